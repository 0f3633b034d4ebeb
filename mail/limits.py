"""How much of a message is read, so that no message can exhaust memory or time.

What exceeds a limit is named as a defect and left unread; the raw message keeps it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading; sizes are octets unless named otherwise."""

    header_octets: int = 512 * 1024
    header_fields: int = 4_000
    depth: int = 1_200
    parts: int = 4_000
    mailboxes: int = 5_000
    references: int = 1_000
    text_octets: int = 4 * 1024 * 1024
    value_characters: int = 64 * 1024


LIMITS = Limits()
