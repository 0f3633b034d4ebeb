"""Of which kinds are entries?"""

from enum import StrEnum


class EntryKind(StrEnum):
    """What happened: a mail, or what staff enter by hand or by a mail to us alone."""

    EMAIL = "email"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    NOTE = "note"
    GIFT = "gift"
    TODO = "todo"
