"""Whose mail is it that staff forward to be captured?  The original's author's, not the forwarder's.

Only a colleague's forward to nobody but us is unfolded: a customer's forward, and one to a
customer, is mail of its own.  A journal's report is unfolded where a server of ours sent it:
anybody could write one.  What is typed in a body is evidence, never certainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mail.message import Forwarded, ForwardKind, ParsedMessage
from matcher.look_ups import own_of
from matcher.parties import parties_of
from storage.lookups import Own


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What is to be entered of a message: itself, or the original that is *inside* it."""

    message: ParsedMessage
    inside: Forwarded | None = None

    @property
    def is_typed(self) -> bool:
        """Whether who took part is only what somebody typed, or a mail program for them."""
        return self.inside is not None and self.inside.attached is None


async def unfolded(messages: Sequence[tuple[ParsedMessage, bool, bool]]) -> list[Unfolded]:
    """Return what is to be entered of each message.

    It comes with whether a server of ours vouches for it, and whether somebody decided that
    it is the forwarder's own mail.
    """
    folded = [message for message, _, own_mail in messages if message.forwarded and not own_mail]
    own = await own_of(folded) if folded else None
    return [
        Unfolded(message) if own_mail else _unfolded(message, vouched, own)
        for message, vouched, own_mail in messages
    ]


def _unfolded(message: ParsedMessage, vouched: bool, own: Own | None) -> Unfolded:
    inside = message.forwarded
    if inside is None or own is None:
        return Unfolded(message)
    if inside.kind is ForwardKind.JOURNAL:
        return Unfolded(_original(message, inside), inside) if vouched else Unfolded(message)
    parties = parties_of(message, own)
    if parties.outsiders or not parties.authors:
        return Unfolded(message)
    return Unfolded(_original(message, inside), inside)


def _original(message: ParsedMessage, inside: Forwarded) -> ParsedMessage:
    """Return the original.  Its files stay those of the message that came, in which they are found."""
    if inside.attached is not None:
        recipients = dict.fromkeys([*inside.attached.bcc, *inside.bcc])
        return replace(inside.attached, bcc=tuple(recipients))
    return replace(
        message,
        message_id=None,
        from_=(inside.from_,) if inside.from_ else (),
        sender=None,
        reply_to=(),
        to=inside.to,
        cc=inside.cc,
        bcc=inside.bcc,
        date=inside.date or message.date,
        subject=inside.subject,
        text=inside.text,
        automatic=None,
    )
