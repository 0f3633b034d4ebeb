"""How is the installation?  What the system page tells beside the health of the service."""

from dataclasses import dataclass
from datetime import datetime

from storage.connect import dialect, rows
from storage.messages import Message, MessageState


@dataclass(frozen=True, slots=True)
class Received:
    """What has come in so far."""

    last_at: datetime | None
    by_state: dict[MessageState, int]


async def received() -> Received:
    """Return when the last message was accepted, and how many there are in each state."""
    last = await Message.all().order_by("-id").first()
    counts = {state: await Message.filter(state=state).count() for state in MessageState}
    return Received(last.accepted_at if last else None, counts)


async def database_version() -> str:
    """Return the name and version of the database, as people say it."""
    if dialect() == "sqlite":
        return f"SQLite {(await rows('SELECT sqlite_version() AS version'))[0]['version']}"
    return f"PostgreSQL {(await rows('SHOW server_version'))[0]['server_version']}"
