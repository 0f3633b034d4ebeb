"""What came, as it came: attachments, the message byte for byte, and its HTML, made harmless."""

import asyncio
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from html import escape
from urllib.parse import quote

from aiohttp import web

from mail.message import ParsedMessage
from mail.parse import attachment_content, parse
from storage import blobs, one_entry
from storage.entries import Attachment
from storage.messages import Message
from web.files import file_with_content
from web.found import found, id_in
from web.mail_html import Harmless, Picture, content_policy, harmless, nests_too_deep
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_NOTHING = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# What a browser or its user may open without harm; all else is only octets.
_KNOWN_TYPES = re.compile(
    r"application/pdf|application/zip|application/(?:vnd|msword)[a-z0-9.+-]*"
    r"|image/(?:png|jpeg|gif|webp|tiff)|text/(?:plain|csv|calendar)|message/rfc822|audio/[a-z0-9.+-]+"
)
_MOST_NAME = 150
# Cleaning a hostile mail can take long: two at a time, and nobody else waits for them.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail-html")
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


@routes.get("/entries/{entry}/attachments/{number}")
@allowed(Right.READ)
async def attachment(request: web.Request) -> web.Response:
    """One attachment, to be kept and never to be shown as a page of ours; a dangerous one after a warning."""
    file, content = await attached_file(request)
    if (await file_with_content(file, content)).is_dangerous:
        raise web.HTTPSeeOther(f"/entries/{file.entry_id}/attachments/{file.number}/warning")
    return handed_out(file, content)


@routes.get("/entries/{entry}/attachments/{number}/warning")
@allowed(Right.READ)
async def warning(request: web.Request) -> web.Response:
    """What is dangerous about an attachment, and a way to get it all the same."""
    file, content = await attached_file(request)
    shown = await file_with_content(file, content)
    if not shown.is_dangerous:
        raise web.HTTPSeeOther(f"/entries/{file.entry_id}")
    entry = found(await one_entry.entry(file.entry_id, request[STAFF].id))
    return page(request, "entries/warning.html", file=file, shown=shown, entry_title=entry.subject)


@routes.post("/entries/{entry}/attachments/{number}")
@allowed(Right.READ)
async def dangerous_attachment(request: web.Request) -> web.Response:
    """An attachment for who has read the warning: a link from elsewhere cannot lead here."""
    return handed_out(*await attached_file(request), only_octets=True)


async def attached_file(request: web.Request) -> tuple[Attachment, bytes]:
    """Return the attachment that the path names, and its content."""
    entry_id, number = id_in(request, "entry"), id_in(request, "number")
    row = found(await one_entry.attachment(entry_id, min(number, 2**31 - 1), request[STAFF].id))
    raw = await blobs.read((await _original(request, entry_id)).digest)
    return row, await asyncio.to_thread(attachment_content, raw, row.number)


def handed_out(file: Attachment, content: bytes, *, only_octets: bool = False) -> web.Response:
    """Return the answer with a file, under its own type where that is harmless and not *only_octets* are wanted."""
    known = None if only_octets else _KNOWN_TYPES.fullmatch(file.type.lower())
    kind = known[0] if known else "application/octet-stream"
    return web.Response(body=content, headers=download_headers(file.name, kind))


@routes.get("/entries/{entry}/raw")
@allowed(Right.READ)
async def raw(request: web.Request) -> web.StreamResponse:
    """The message as it came, a part at a time."""
    entry_id = id_in(request, "entry")
    return await streamed(request, await _original(request, entry_id), f"postbuch-{entry_id}.eml")


@routes.get("/entries/{entry}/html")
@allowed(Right.READ)
async def html(request: web.Request) -> web.Response:
    """The HTML of the message for a frame without rights; pictures from elsewhere only with ?images=1."""
    remote = request.query.get("images") == "1"
    octets = await blobs.read((await _original(request, id_in(request, "entry"))).digest)
    loop = asyncio.get_running_loop()
    cleaned = await loop.run_in_executor(_THREADS, _harmless_html, octets, remote)
    headers = {
        "Content-Security-Policy": content_policy(remote=remote),
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(text=cleaned.html, content_type="text/html", charset="utf-8", headers=headers)


async def streamed(request: web.Request, message: Message, name: str) -> web.StreamResponse:
    """Send a message byte for byte, to be kept as a file of this name; what breaks off is seen to be too short."""
    response = web.StreamResponse(headers=download_headers(name, "message/rfc822"))
    response.content_length = message.size
    await response.prepare(request)
    try:
        async for part in blobs.stream(message.digest):
            await response.write(part)
    except BaseException:
        if request.transport:  # else a page about the error would go on as the mail
            request.transport.close()
        raise
    return response


async def _original(request: web.Request, entry_id: int) -> Message:
    return found(await one_entry.original(entry_id, request[STAFF].id))


def _harmless_html(octets: bytes, remote: bool) -> Harmless:
    message = parse(octets)
    written = message.html
    if written is None or nests_too_deep(written):
        written = f"<pre>{escape(message.text)}</pre>"
    return harmless(written, _pictures(octets, message), remote=remote)


def _pictures(octets: bytes, message: ParsedMessage) -> dict[str, Picture]:
    """Return the pictures that the HTML names by content id; no others are decoded."""
    named = [one for one in message.attachments if one.content_id and one.type.startswith("image/")]
    return {
        one.content_id: Picture(one.type, attachment_content(octets, one.number))
        for one in named
        if one.content_id and f"cid:{one.content_id}" in (message.html or "")
    }


def download_headers(name: str, kind: str) -> dict[str, str]:
    """Return the headers of a file of this name that is to be kept and never shown as a page of ours."""
    safe = safe_file_name(name)
    ascii_name = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode() or "attachment"
    utf8_name = quote(safe, safe="")
    return {
        "Content-Type": kind,
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{utf8_name}",
        "Content-Security-Policy": _NOTHING,
        "X-Content-Type-Options": "nosniff",
    }


def safe_file_name(name: str) -> str:
    """Return a name that no system takes for a path, and that reads as what it is.

    Characters that turn the direction of writing go: `exe` spelt backwards is no `jpg`.
    """
    base = re.split(r"[\\/]", name)[-1]
    printed = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    safe = _UNSAFE_IN_NAMES.sub("_", printed).strip(" .")
    if len(safe) > _MOST_NAME:
        stem, dot, ending = safe.rpartition(".")
        safe = f"{stem[: _MOST_NAME - 20]}{dot}{ending[:19]}" if dot else safe[:_MOST_NAME]
    return safe or "attachment"
