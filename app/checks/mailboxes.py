"""The mailboxes: which of them are silent, and why."""

from collections.abc import AsyncIterator

from app.checks.finding import Finding, Level
from storage.mailboxes import Mailbox, everyones
from web.mailbox_words import silent_since, told


async def mailboxes() -> AsyncIterator[Finding]:
    """Yield what is found of each silent mailbox, or of all together where none is."""
    every = await everyones()
    silent = [mailbox for mailbox in every if mailbox.alarmed_at and not mailbox.paused]
    for mailbox in silent:
        yield _finding(mailbox)
    if not silent:
        paused = sum(mailbox.paused for mailbox in every)
        yield Finding("mailboxes", Level.OK, f"{len(every) - paused} are read, {paused} paused")


def _finding(mailbox: Mailbox) -> Finding:
    words = told(str, mailbox.problem, mailbox.problem_parameters)
    text = f"silent since {silent_since(mailbox):%Y-%m-%d %H:%M} UTC: {words.wrong}"
    advice = f"{words.advice} `postbuch mailbox test {mailbox.id}` tells which step fails."
    return Finding(f"mailbox {mailbox.id} ({mailbox.name})", Level.WARN, text, advice)
