"""Which of our letters came back?  The text of the QR code on what we print: campaign, recipient, purpose, signed.

A scanned page with a code that we signed is matched with certainty; one that somebody made or
changed says nothing.  At 61 characters of QR's alphanumeric kind it fits version 4 at level Q, and so every
code of ours is of one size.
"""

from dataclasses import dataclass
from enum import IntEnum

from mail.tokens import numbers_in, token

PREFIX = "POSTBUCH:"
MOST_NUMBER = 2**48 - 1
_SIGNED_FOR = "reply-code"
_LONGEST = 100


class ReplyPurpose(IntEnum):
    """What was printed.  The numbers stand on paper: they never change."""

    SAMPLE = 0  # a card to try the scanner with: it concerns nobody
    LETTER = 1  # a printed letter, also one that comes back undeliverable
    CARD = 2  # a reply card
    INVITATION = 3
    QUESTIONNAIRE = 4
    TICKET = 5


class RecipientKind(IntEnum):
    """In which table the recipient is.  The numbers stand on paper: they never change."""

    NOBODY = 0
    PERSON = 1
    ORGANISATION = 2


@dataclass(frozen=True, slots=True)
class ReplyCode:
    """What a code names: a campaign and a recipient by their numbers (0 to `MOST_NUMBER`), and what was printed."""

    campaign: int
    recipient: int
    kind: RecipientKind
    purpose: ReplyPurpose


SAMPLE = ReplyCode(0, 0, RecipientKind.NOBODY, ReplyPurpose.SAMPLE)


def written(code: ReplyCode, *, key: bytes) -> str:
    """Return the text of a code, signed with *key*.

    >>> written(SAMPLE, key=b"k")[:24]
    'POSTBUCH:AAAAAAAAAAAAAAA'
    """
    if not (0 <= code.campaign <= MOST_NUMBER and 0 <= code.recipient <= MOST_NUMBER):
        raise ValueError(f"numbers of a reply code go from 0 to {MOST_NUMBER}")
    numbers = (code.campaign, code.recipient << 16 | code.kind << 8 | code.purpose)
    return PREFIX + token(_SIGNED_FOR, numbers, key=key).upper()


def read(text: str, *, key: bytes) -> ReplyCode | None:
    """Return what a code's text names; None if it is none of ours, or was changed in any way but its case."""
    upper = text.strip().upper() if len(text) <= _LONGEST else ""
    if not upper.startswith(PREFIX) or not upper.isascii():
        return None
    numbers = numbers_in(_SIGNED_FOR, upper.removeprefix(PREFIX), count=2, key=key)
    if numbers is None:
        return None
    campaign, rest = numbers
    try:
        kind, purpose = RecipientKind(rest >> 8 & 0xFF), ReplyPurpose(rest & 0xFF)
        code = ReplyCode(campaign, rest >> 16, kind, purpose)
        # The last character has bits to spare, which would make sixteen texts of each code.
        return code if written(code, key=key) == upper else None
    except ValueError:  # signed by a later version, with more purposes than are known here
        return None
