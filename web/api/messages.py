"""Messages: hand in a raw mail, see what became of it, and get its bytes back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, closing
from datetime import UTC, datetime
from typing import Literal

from aiohttp import web

from ingest.body import FIRST_SHARE, IN_MEMORY, Body
from ingest.source import CaptureNote, RawMessage
from storage import one_message, quarantine
from storage.messages import CaptureSource, Message, MessageState
from web.api.fields import Answer, Named, Rows
from web.api.operation import Area
from web.api.problem import Problem, wrong_field
from web.config import ACCEPT, BUDGET, CONFIG
from web.found import NotFound, found, id_in
from web.guessing import network_of
from web.originals import streamed
from web.rights import Right
from web.session import STAFF

area = Area("messages", "Mail as it came, byte for byte, and what became of it.")
RAW_MAIL = "message/rfc822"
SILENT_SECONDS = 60.0
LEFT_OUT: Literal["left-out"] = "left-out"
_PIECE_OCTETS = 64 * 1024


class HandedIn(Answer):
    """A message that is kept, or left out by a rule; *known* if these bytes had been here before."""

    id: int
    digest: str
    known: bool
    state: MessageState | Literal["left-out"]


class CaptureOfMessage(Answer):
    """One way by which a message came, and who captured it."""

    source: CaptureSource
    staff: Named | None
    captured_at: datetime


class DefectOfMessage(Answer):
    """Something in a message that is not as the standards say."""

    code: str
    detail: str


class MessageInFull(Answer):
    """A message; `digest` is the SHA-256 of its bytes, `entry_id` what it became."""

    id: int
    digest: str
    size: int
    state: MessageState
    accepted_at: datetime
    message_id: str | None
    entry_id: int | None
    defects: list[DefectOfMessage]
    captures: Rows[CaptureOfMessage]


@area.operation("POST", "/messages", Right.EDIT, status=202, takes=RAW_MAIL, problems=[408])
async def add_message(request: web.Request) -> HandedIn:
    """Hand in a raw mail; it is kept when this answers, and filed soon after"""
    largest = request.app[CONFIG].largest_message
    told = request.content_length
    if told is not None and told > largest:
        raise _too_large(largest)
    expected = FIRST_SHARE if told is None else min(told, IN_MEMORY)
    async with request.app[BUDGET].share(expected) as share:
        body = Body(share, folder=request.app[CONFIG].data_folder, largest=largest)
        with closing(body):
            async with aclosing(pieces(request)) as coming:
                async for octets in coming:
                    await body.add(octets)
                    if body.size > largest:
                        raise _too_large(largest)
            return await _accepted(request, body)


@area.operation("GET", "/messages/{message}", Right.READ)
async def show_message(request: web.Request) -> MessageInFull:
    """Show what became of a message; one that a rule left out is not there"""
    return MessageInFull.model_validate(await _message(request))


@area.operation("GET", "/messages/{message}/raw", Right.READ, gives=RAW_MAIL)
async def fetch_message(request: web.Request) -> web.StreamResponse:
    """Fetch a message byte for byte"""
    message = await _message(request)
    return await streamed(request, message, f"postbuch-message-{message.id}.eml")


async def _message(request: web.Request) -> Message:
    message = found(await one_message.message(id_in(request, "message")))
    if message.entry_id and not await quarantine.is_visible(message.entry_id, request[STAFF].id):
        raise NotFound
    return message


async def pieces(request: web.Request) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes: who stops sending must not hold memory that others wait for."""
    while True:
        try:
            async with asyncio.timeout(SILENT_SECONDS):
                octets = await request.content.read(_PIECE_OCTETS)
        except TimeoutError:
            raise Problem(408, "Nothing more came for too long.") from None
        if not octets:
            return
        yield octets


async def _accepted(request: web.Request, body: Body) -> HandedIn:
    if not body.size:
        raise wrong_field("", "There is no mail in the body.")
    note = CaptureNote(
        source=CaptureSource.UPLOAD,
        staff_id=request[STAFF].id,
        capture_address_id=None,
        envelope_sender="",
        envelope_recipients=(),
        peer=network_of(request),
        authenticated=True,
    )
    message = RawMessage(body.content(), body.digest, body.size, (note,), datetime.now(UTC))
    accepted = await request.app[ACCEPT](message)
    kept = await one_message.message(accepted.message_id)
    state = kept.state if kept else LEFT_OUT
    return HandedIn(id=accepted.message_id, digest=accepted.digest, known=accepted.known, state=state)


def _too_large(largest: int) -> Problem:
    return Problem(413, f"The mail has more than {largest} octets, which is the most that is taken.")
