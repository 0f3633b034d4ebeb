"""Whom did a message not reach, where a relay's cloud reports it as JSON in a mail?

Amazon SES tells subscribers of its notification service in a mail whose text is the event:
bounces with their recipients, the fields named as in RFC 3464.
"""

import json
from typing import Any

from mail.dsn import Recipient, status_in

MARK = "bouncedRecipients"
_READ = 256 * 1024
_FAILURES = {"Bounce", "DeliveryDelay"}


def read_event(text: str) -> tuple[Recipient, ...]:
    """Return the recipients of a bounce event; none if the text holds no such event."""
    event = _object(text[:_READ])
    if isinstance(message := event.get("Message"), str):  # the envelope of the notification service
        event = _object(message)
    kind = event.get("notificationType") or event.get("eventType")
    bounce = event.get("bounce") or event.get("deliveryDelay")
    if kind not in _FAILURES or not isinstance(bounce, dict):
        return ()
    named = bounce.get(MARK) or bounce.get("delayedRecipients")
    found = [each for each in named if isinstance(each, dict)] if isinstance(named, list) else []
    return tuple(_recipient(each, delayed=kind != "Bounce") for each in found)


def _object(text: str) -> dict[str, Any]:
    """Return the first JSON object of a text; empty if there is none."""
    start = text.find("{")
    if start < 0:
        return {}
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _recipient(each: dict[str, Any], *, delayed: bool) -> Recipient:
    words = str(each.get("diagnosticCode", ""))
    address = str(each.get("emailAddress", "")).rpartition("<")[2].strip("<> ")
    return Recipient(
        final=_kept(address),
        original="",
        action="delayed" if delayed else str(each.get("action", "failed")).lower(),
        status=status_in(str(each.get("status", ""))) or "",
        diagnostic=_kept(" ".join(words.removeprefix("smtp;").split())),
    )


def _kept(text: str) -> str:
    """Return *text* without what no stored text can have: NUL, halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
