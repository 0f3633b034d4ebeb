"""Which persons and organisations do vCards name?  Versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), card by card.

A card becomes a row with the columns of `CARD_COLUMNS`, those that may come several times
side by side.  Pictures, sounds and keys are passed over while they are read.
"""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.correspondents.columns import SEVERAL_IN_ONE, Column
from ingest.correspondents.encodings import decoded, encoding_of
from ingest.correspondents.guessing import Heading, distinct
from ingest.correspondents.said import RawRow, WrongReason, WrongRow

_SAMPLE = 1024 * 1024
_LONGEST_LINE, _LONGEST_CARD, _MOST_SEVERAL = 1024 * 1024, 256 * 1024, 5
_PASSED_OVER = ("PHOTO", "LOGO", "SOUND", "KEY")
_LINE = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(?P<value>.*)",
    re.DOTALL,
)
_ONCE = (
    Column.RECORD, Column.KEY, Column.TITLE, Column.SALUTATION, Column.GIVEN_NAME, Column.MIDDLE_NAME,
    Column.FAMILY_NAME, Column.FULL_NAME, Column.ORGANISATION, Column.FUNCTION, Column.LANGUAGE,
    Column.INTERESTS, Column.NOTE, Column.DOMAIN, Column.SHORT_NAME,
)  # fmt: skip
_EACH = (
    Column.REGISTERED_NUMBER, Column.EMAIL, Column.PHONE_KIND, Column.PHONE, Column.STREET, Column.POSTCODE,
    Column.PLACE, Column.COUNTRY,
)  # fmt: skip
CARD_COLUMNS = (*_ONCE, *(column for _ in range(_MOST_SEVERAL) for column in _EACH))
_NUMBERS = ("X-IBAN", "X-UID", "X-VAT")  # RFC 6350 has no property for them
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)


def card_heading() -> Heading:
    """Return the columns that a card is read into."""
    # RECORD is told by KIND, but a card is not a row of a file of ours.
    meanings = tuple(Column.NONE if column is Column.RECORD else column for column in CARD_COLUMNS)
    return Heading(distinct([column.value for column in CARD_COLUMNS]), meanings, "vCard")


@dataclass(frozen=True, slots=True)
class CardFile:
    """A file of vCards."""

    path: Path
    declared: str | None = None

    @property
    def octets(self) -> int:
        """How long the file is."""
        return self.path.stat().st_size

    def rows(self, after: int = 0) -> Iterator[RawRow]:
        """Yield the cards behind the first *after* ones as rows."""
        with self.path.open("rb") as file:
            encoding = encoding_of(file.read(_SAMPLE), self.declared)
            file.seek(encoding.mark)
            number = octets = 0
            card: _Card | None = None
            for line_number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
                octets += len(line)
                word = line.strip().upper()
                if word == b"BEGIN:VCARD":
                    card = card.inner() if card else _Card(line_number)
                elif card is not None and word == b"END:VCARD":
                    if card.leave():
                        continue
                    number += 1
                    if number > after:
                        yield RawRow(number, card.line, *card.cells(octets, encoding.codec))
                    card, octets = None, 0
                elif card is not None:
                    card.add(line)
            if card is not None:
                yield RawRow(number + 1, card.line, [], octets, WrongRow(WrongReason.BROKEN_CARD))


class _Card:
    """The lines of a card as they come, but pictures and the cards inside (AGENT)."""

    def __init__(self, line: int) -> None:
        self.line = line
        self._lines: list[bytes] = []
        self._octets = self._depth = 0
        self._is_passing_over = False

    def inner(self) -> "_Card":
        """A card begins inside of this one."""
        self._depth += 1
        return self

    def leave(self) -> bool:
        """A card ends; tell whether it is one inside."""
        self._depth -= 1
        return self._depth >= 0

    def add(self, line: bytes) -> None:
        """Take a line."""
        if self._depth:
            return
        is_folded = line[:1] in b" \t" or (self._is_passing_over and b":" not in line)
        if not is_folded:
            name = re.split(rb"[;:]", line, maxsplit=1)[0].rpartition(b".")[2].upper()
            self._is_passing_over = name.decode("ascii", "replace") in _PASSED_OVER
        if not self._is_passing_over:
            self._octets += len(line)
            if self._octets <= _LONGEST_CARD:
                self._lines.append(line)

    def cells(self, octets: int, codec: str) -> tuple[Sequence[str], int, WrongRow | None]:
        """Return the card as a row's cells, with its octets and what is wrong."""
        if self._octets > _LONGEST_CARD:
            return [], octets, WrongRow(WrongReason.TOO_LONG)
        text = decoded(b"".join(self._lines), codec)
        if text is None:
            return [], octets, WrongRow(WrongReason.MIXED_ENCODING)
        return _cells(list(_properties(text, codec))), octets, None


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: str
    value: str

    @property
    def parts(self) -> list[str]:
        """The components of a structured value."""
        return [_plain(part) for part in re.split(r"(?<!\\);", self.value)]


def _properties(text: str, codec: str) -> Iterator[_Property]:
    for line in _unfolded(text):
        if found := _LINE.fullmatch(line):
            parameters, value = found["parameters"].upper(), found["value"]
            if "QUOTED-PRINTABLE" in parameters:
                charset = re.search(r"CHARSET=\"?([\w-]+)", parameters)
                value = _printable(value, charset[1] if charset else codec)
            yield _Property(found["name"].upper(), parameters, value)


def _unfolded(text: str) -> Iterator[str]:
    """Yield the logical lines (RFC 6350, 3.2); those in quoted-printable end with = where they go on."""
    current = ""
    for line in text.splitlines():
        if current.endswith("=") and "QUOTED-PRINTABLE" in current.partition(":")[0].upper():
            current = current[:-1] + line
        elif line[:1] in {" ", "\t"}:
            current += line[1:]
        else:
            if current:
                yield current
            current = line
    if current:
        yield current


def _printable(value: str, charset: str) -> str:
    octets = quopri.decodestring(value.encode("latin-1", "replace"))
    try:
        return octets.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return octets.decode("cp1252", "replace")


def _plain(value: str) -> str:
    return _UNESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _cells(properties: Sequence[_Property]) -> list[str]:
    first = {one.name: one for one in reversed(properties)}
    name = [*first["N"].parts, *[""] * 5] if "N" in first else [""] * 5
    firm = first["ORG"].parts[0] if "ORG" in first else ""
    full = _plain(first["FN"].value) if "FN" in first else ""
    is_firm = (
        (first["KIND"].value.strip().lower() == "org") if "KIND" in first else bool(firm and firm == full)
    )
    if is_firm:
        firm, full, name = firm or full, "", [""] * 5
    key = _plain(first["UID"].value) if "UID" in first else ""
    once = [
        "", key, name[3], "", name[1], name[2], name[0], full, firm,
        *(_plain(first[one].value) if one in first else "" for one in ("TITLE", "LANG")),
        "; ".join(part.strip() for part in first["CATEGORIES"].value.split(",")) if "CATEGORIES" in first else "",
        *(_plain(first[one].value) if one in first else "" for one in ("NOTE", "URL")),
        SEVERAL_IN_ONE.join(_listed(first["NICKNAME"].value)) if "NICKNAME" in first else "",
    ]  # fmt: skip
    emails = [_plain(one.value).removeprefix("mailto:") for one in properties if one.name == "EMAIL"]
    numbers = [_plain(one.value) for one in properties if one.name in _NUMBERS]
    phones = [one for one in properties if one.name == "TEL"]
    addresses = [([*one.parts, *[""] * 7])[:7] for one in properties if one.name == "ADR"]
    cells = list(once)
    for number in range(_MOST_SEVERAL):
        cells.append(numbers[number] if number < len(numbers) else "")
        cells.append(emails[number] if number < len(emails) else "")
        cells += _phone(phones[number]) if number < len(phones) else ["", ""]
        cells += _address(addresses[number]) if number < len(addresses) else [""] * 4
    return cells


def _listed(value: str) -> list[str]:
    return [_plain(part) for part in re.split(r"(?<!\\),", value)]


def _phone(one: _Property) -> list[str]:
    return [one.parameters.replace("CELL", "mobile"), _plain(one.value).removeprefix("tel:")]


def _address(parts: Sequence[str]) -> list[str]:
    street = ", ".join(part for part in (parts[0], parts[2], parts[1]) if part)
    return [street.replace("\n", ", "), parts[5], parts[3], parts[6]]
