"""What do the header fields of a message say?  Each read by its own kind, none of them trusted to be well formed."""

import re
from datetime import datetime

from mail.address import Mailbox
from mail.dates import read_date
from mail.defects import Defects
from mail.encoded_words import characters, header_text, one_line
from mail.limits import Limits
from mail.mailboxes import mailboxes
from mail.message import DefectCode
from mail.structure import Part

_ID_IN_BRACKETS = re.compile(r"<([^<>]++)>")
_BLANKS = re.compile(r"\s+")
# RFC 5322, 3.6 allows each of these once.
_ONLY_ONCE = (b"from", b"to", b"cc", b"bcc", b"subject", b"date", b"message-id", b"sender", b"reply-to")
# Keywords: RFC 5322, 3.6.5; the others hold what programs call labels, tags and categories.
_OF_KEYWORDS = (b"keywords", b"x-keywords", b"categories", b"x-gmail-labels", b"x-mozilla-keys")
_BETWEEN_BLANKS = (b"x-keywords", b"x-mozilla-keys")
_MOST_KEYWORDS = 100
_JOINED = (b"to", b"cc", b"bcc", b"resent-from")


class Header:
    """The header of one part; every method takes a field's name in lower case."""

    def __init__(self, part: Part, limits: Limits, defects: Defects) -> None:
        self._part, self._limits, self._defects = part, limits, defects
        fields = part.fields
        if any(name in fields and len(fields[name]) > 1 for name in _ONLY_ONCE):
            defects.add(DefectCode.HEADER_REPEATED, "a field stands more than once in the header")

    def text(self, name: bytes) -> str:
        """Return the text of the first such field; empty without one."""
        value = self._part.first(name)
        return header_text(value, self._defects) if value else ""

    def words(self, name: bytes) -> tuple[str, ...]:
        """Return all such fields, topmost first, without decoding anything."""
        return tuple(one_line(characters(value, self._defects)) for value in self._part.all(name))

    def count(self, name: bytes) -> int:
        """Return how many such fields there are."""
        return len(self._part.fields.get(name, ()))

    def mailboxes(self, name: bytes) -> tuple[Mailbox, ...]:
        """Return whom such a field names, in order.

        Of authors the first field counts, as mail clients show it: a second one is a
        forger's.  Fields of recipients are joined.
        """
        found: tuple[Mailbox, ...] = ()
        values = self._part.all(name)
        for value in values if name in _JOINED else values[:1]:
            found += mailboxes(characters(value, self._defects), self._defects)
            if len(found) >= self._limits.mailboxes:
                break
        return found[: self._limits.mailboxes]

    def ids(self, name: bytes) -> tuple[str, ...]:
        """Return the message ids of such a field without brackets, each once.

        Some mailers fold within an id: blanks inside are none of it.
        """
        text = " ".join(self.words(name))
        found = _ID_IN_BRACKETS.findall(text) or [word for word in text.split() if "@" in word]
        ids = dict.fromkeys(_BLANKS.sub("", each) for each in found)
        ids.pop("", None)
        # A thread is found by its start and its end; what a limit costs is the middle.
        kept = list(ids)
        half = self._limits.references // 2
        return tuple(kept if len(kept) <= 2 * half else kept[:half] + kept[-half:])

    def message_id(self) -> str | None:
        """Return the Message-ID without brackets; None if there is none."""
        text = self.text(b"message-id")
        found = _ID_IN_BRACKETS.search(text)
        return _BLANKS.sub("", found[1] if found else text.strip("<>")) or None

    def keywords(self) -> tuple[str, ...]:
        """Return the labels and categories that the message has, each once."""
        found: dict[str, None] = {}
        for name in _OF_KEYWORDS:
            for value in self._part.all(name)[:_MOST_KEYWORDS]:
                text = header_text(value, self._defects)
                words = text.replace(",", " ").split() if name in _BETWEEN_BLANKS else text.split(",")
                found.update((word.strip(' "'), None) for word in words[:_MOST_KEYWORDS])
        found.pop("", None)
        return tuple(found)[:_MOST_KEYWORDS]

    def date(self) -> datetime | None:
        """Return when the message says it was written; None if it does not say so."""
        text = self.text(b"date")
        if not text:
            self._defects.add(DefectCode.DATE_MISSING, "the message has no date")
            return None
        when = read_date(text)
        if when is None:
            self._defects.add(DefectCode.DATE_UNREADABLE, "the date has no known form")
        return when
