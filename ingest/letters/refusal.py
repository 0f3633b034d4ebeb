"""Why is a scan not read?  The reasons for which a file goes back as a whole."""

from collections.abc import Mapping
from enum import StrEnum


class Refusal(StrEnum):
    """Why a scan is refused."""

    UNKNOWN_KIND = "unknown-kind"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_PIXELS = "too-many-pixels"
    BOMB = "bomb"
    ACTIVE = "active"
    TOO_LONG = "too-long"


class ScanRefused(Exception):
    """A scan cannot be read, or must not: *code* is one of `Refusal`, *parameters* say how much of what.

    `too-large`: octets, most.  `too-many-pages`: pages, most.  `too-many-pixels`: pixels, most, page.
    `active`: what (what it would do, as "JavaScript").  `damaged`: how.  The others have none.
    """

    def __init__(self, code: str, parameters: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.parameters: Mapping[str, str] = dict(parameters or {})
        told = ", ".join(f"{name} {value}" for name, value in self.parameters.items())
        super().__init__(f"{code}: {told}" if told else code)
