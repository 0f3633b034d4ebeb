"""Of which kinds are entries?"""

from enum import StrEnum


class EntryKind(StrEnum):
    """What happened: a mail, a letter that was scanned, what staff enter by hand or by a mail to us
    alone, or what came by a web site.
    """

    EMAIL = "email"
    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    NOTE = "note"
    GIFT = "gift"
    TODO = "todo"
    WEB_ENQUIRY = "web_enquiry"
    LETTER = "letter"
