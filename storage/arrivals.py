"""Messages are written down: many at a time, in few statements.

What is acknowledged to a sender waits for this, so it goes around the mapper's
objects, which would cost more than all the rest of the way.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from tortoise.backends.base.client import BaseDBAsyncClient

from storage import blobs
from storage.connect import dialect
from storage.messages import CaptureSource, MessageState

_MESSAGE = ("digest", "size", "accepted_at", "state", "defects")
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
)


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


async def keep_all(connection: BaseDBAsyncClient, arrivals: Sequence[Arrival]) -> dict[str, Kept]:
    """Write messages, blobs and captures in the caller's transaction; return them by digest.

    What is known already stays as it is.
    """
    distinct = {arrival.digest: arrival for arrival in arrivals}
    new = await _keep_messages(connection, distinct.values())
    ids = new | await _ids_of(connection, distinct.keys() - new.keys())
    await _keep_blobs(connection, [arrival for arrival in distinct.values() if arrival.digest in new])
    captured = await _keep_captures(connection, arrivals, ids)
    return {digest: Kept(id_, digest in new, id_ in captured) for digest, id_ in ids.items()}


async def _keep_messages(connection: BaseDBAsyncClient, arrivals: Iterable[Arrival]) -> dict[str, int]:
    """Return the ids of the messages that are new, by digest."""
    rows = [(one.digest, one.size, one.arrived_at, MessageState.ACCEPTED.value, "[]") for one in arrivals]
    written = await _insert(connection, "message", _MESSAGE, rows, returning="id, digest")
    return {row["digest"]: row["id"] for row in written}


async def _ids_of(connection: BaseDBAsyncClient, digests: Iterable[str]) -> dict[str, int]:
    wanted = list(digests)
    if not wanted:
        return {}
    places = _places(1, len(wanted))
    statement = f"SELECT id, digest FROM message WHERE digest IN {places}"  # noqa: S608 - places only
    found = await connection.execute_query_dict(statement, wanted)
    return {row["digest"]: row["id"] for row in found}


async def _keep_blobs(connection: BaseDBAsyncClient, arrivals: Sequence[Arrival]) -> None:
    parts = [(one.digest, 0, blobs.compressed(one.raw)) for one in arrivals if isinstance(one.raw, bytes)]
    await _insert(connection, "blob_part", ("digest", "number", "octets"), parts, returning="id")
    for one in arrivals:
        if not isinstance(one.raw, bytes):
            await blobs.keep_file(one.digest, one.raw)


async def _keep_captures(
    connection: BaseDBAsyncClient, arrivals: Sequence[Arrival], ids: dict[str, int]
) -> set[int]:
    """Return the ids of the messages that came by a way that is new."""
    rows = [_row(capture, ids[one.digest], one.arrived_at) for one in arrivals for capture in one.captures]
    written = await _insert(connection, "capture", _CAPTURE, rows, returning="message_id")
    return {row["message_id"] for row in written}


def _row(capture: ArrivedCapture, message_id: int, at: datetime) -> tuple[Any, ...]:
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
    )


async def _insert(
    connection: BaseDBAsyncClient,
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    returning: str,
) -> Sequence[dict[str, Any]]:
    """Insert rows in one statement, but those that are there; return *returning* of those inserted."""
    if not rows:
        return ()
    values = [value for row in rows for value in row]
    into = f"{table} ({', '.join(columns)})"
    statement = (
        f"INSERT INTO {into} VALUES {_places(len(rows), len(columns))} "  # noqa: S608 - names of ours only
        f"ON CONFLICT DO NOTHING RETURNING {returning}"
    )
    return await connection.execute_query_dict(statement, values)


def _places(rows: int, columns: int) -> str:
    """Return the places for values in a statement: `(?, ?), (?, ?)`, or numbered ones for PostgreSQL."""
    numbered = dialect() == "postgres"
    marks = [f"${number}" if numbered else "?" for number in range(1, rows * columns + 1)]
    listed = (", ".join(marks[start : start + columns]) for start in range(0, len(marks), columns))
    return ", ".join(f"({row})" for row in listed)
