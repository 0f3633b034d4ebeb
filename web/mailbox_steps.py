"""Does a mailbox work?  The steps to it, each with what was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from storage.mailboxes import Mailbox, MailboxSetting


@dataclass(frozen=True, slots=True)
class Taken:
    """A step on the way to a mailbox: the *tone* of its mark, what it is, and what was found."""

    tone: str
    name: str
    text: str = ""
    advice: str = ""
    said: str = ""


async def steps_to(request: web.Request, mailbox: Mailbox | MailboxSetting) -> list[Taken]:
    """Take the steps to a mailbox one by one, up to the first that fails."""
    return []


def works(taken: Sequence[Taken]) -> bool:
    """Tell whether no step fails."""
    return all(step.tone != "bad" for step in taken)
