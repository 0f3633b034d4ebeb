"""Messages are written down: many at a time, in few statements.

What is acknowledged to a sender waits for this, so it goes around the mapper's
objects, which would cost more than all the rest of the way.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from storage import blobs
from storage.by_hand import among, inserting, json_value, listed
from storage.connect import dialect
from storage.messages import CaptureSource, MessageState
from storage.statements import Steps

_MESSAGE = ("digest", "size", "accepted_at", "state", "defects")
_BLOB_PART = ("digest", "number", "octets")
_CAPTURE = (
    "message_id",
    "key",
    "source",
    "staff_id",
    "capture_address_id",
    "envelope_sender",
    "envelope_recipients",
    "peer",
    "authenticated",
    "held_because",
    "captured_at",
    "marks",
)

_ACCEPTED = MessageState.ACCEPTED.value


@dataclass(frozen=True, slots=True)
class ArrivedCapture:
    """One way by which a message came: see `storage.messages.Capture`."""

    key: str
    source: CaptureSource
    staff_id: int | None
    capture_address_id: int | None
    envelope_sender: str
    envelope_recipients: tuple[str, ...]
    peer: str
    authenticated: bool
    held_because: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message to be written down; *raw* is its bytes, or a file that holds them from its start."""

    digest: str
    size: int
    raw: bytes | BinaryIO
    arrived_at: datetime
    captures: tuple[ArrivedCapture, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that is written down; *new* if it was not before, *captured* if it came by a new way."""

    message_id: int
    new: bool
    captured: bool


def keeping(arrivals: Sequence[Arrival]) -> Steps[dict[str, Kept]]:
    """Write messages, blobs and captures, and return what became of them by digest.

    What is known already stays as it is.  No statement gives more than one row: each row
    would be one more wait for Python's lock.
    """
    distinct = {arrival.digest: arrival for arrival in arrivals}
    known = yield from _ids_of(distinct)
    seen = yield from _ways_of(known.values())
    fresh = [arrival for digest, arrival in distinct.items() if digest not in known]
    if fresh:
        rows = [(one.digest, one.size, one.arrived_at, _ACCEPTED, "[]") for one in fresh]
        yield inserting("message", _MESSAGE, rows)
        yield from _keep_blobs(fresh)
    ids = (yield from _ids_of(distinct)) if fresh else known
    ways = [(ids[one.digest], capture, one.arrived_at) for one in arrivals for capture in one.captures]
    if ways:
        yield inserting("capture", _CAPTURE, [_row(*way) for way in ways])
    captured = {message_id for message_id, capture, _ in ways if (message_id, capture.key) not in seen}
    return {digest: Kept(id_, digest not in known, id_ in captured) for digest, id_ in ids.items()}


def _ids_of(digests: Iterable[str]) -> Steps[dict[str, int]]:
    """Return the ids of the messages that there are, by digest."""
    together = "json_group_object" if dialect() == "sqlite" else "json_object_agg"
    condition = among("digest")
    statement = f"SELECT {together}(digest, id) AS found FROM message WHERE {condition}"  # noqa: S608 - ours
    rows = yield statement, [listed(list(digests))]
    return dict(json_value(rows[0]["found"]) or {})


def _ways_of(message_ids: Collection[int]) -> Steps[set[tuple[int, str]]]:
    """Return message and key of the captures that some messages have."""
    if not message_ids:
        return set()
    condition = among("message_id", "bigint")
    rows = yield f"SELECT message_id, key FROM capture WHERE {condition}", [listed(list(message_ids))]  # noqa: S608 - ours
    return {(row["message_id"], row["key"]) for row in rows}


def _keep_blobs(arrivals: Iterable[Arrival]) -> Steps[None]:
    parts = [(one.digest, 0, blobs.compressed(one.raw)) for one in arrivals if isinstance(one.raw, bytes)]
    if parts:
        yield inserting("blob_part", _BLOB_PART, parts)
    for one in arrivals:
        if not isinstance(one.raw, bytes):
            for number, octets in enumerate(blobs.parts_of(one.raw)):
                yield inserting("blob_part", _BLOB_PART, [(one.digest, number, octets)])


def _row(message_id: int, capture: ArrivedCapture, at: datetime) -> tuple[Any, ...]:
    return (
        message_id,
        capture.key,
        capture.source.value,
        capture.staff_id,
        capture.capture_address_id,
        capture.envelope_sender,
        json.dumps(capture.envelope_recipients),
        capture.peer,
        capture.authenticated,
        capture.held_because,
        at,
        json.dumps(capture.marks),
    )
