"""Mailboxes to look at, entered without a server."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage import mailboxes
from storage.mailboxes import Mailbox, MailboxSetting, MailboxState
from storage.secrets import Seal
from storage.staff import Staff

SINCE = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SECRET = "pferd batterie heftklammer"


async def mailbox(folder: Path, staff: Staff | None, name: str = "", **state: Any) -> Mailbox:
    """Enter a mailbox of somebody, or a shared one, with how it gets on."""
    setting = MailboxSetting(
        name=name or (f"Mail of {staff.name}" if staff else "Office"),
        host="imap.muster.example",
        login=staff.login if staff else "office@muster.example",
        secret=Seal(folder).sealed(SECRET),
        staff_id=staff.id if staff else None,
    )
    added = await mailboxes.add(setting, by=None)
    if state:
        await Mailbox.filter(id=added.id).update(**state)
    found = await mailboxes.one(added.id)
    assert found
    return found


def silent(problem: str = "login_refused", **parameters: Any) -> dict[str, Any]:
    """Return the state of a mailbox that has fallen silent."""
    return {
        "state": MailboxState.FAILED,
        "problem": problem,
        "problem_parameters": parameters,
        "since": SINCE,
        "alarmed_at": SINCE,
    }
