"""What of a text can a database keep?  PostgreSQL refuses NUL and lone surrogates."""

import hashlib

LONGEST_ID = 250


def storable(text: str, *, most: int | None = None) -> str:
    """Return *text* without what a database refuses, and at most *most* characters of it."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text if most is None else text[:most]


def storable_id(message_id: str) -> str:
    """Return a Message-ID as it is looked up: an index takes no value of any length.

    What is longer than any real one ends with its digest instead.
    """
    if len(message_id) <= LONGEST_ID:
        return storable(message_id)
    digest = hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()
    return f"{storable(message_id, most=LONGEST_ID - len(digest) - 1)}#{digest}"
