"""Which accounts and tax numbers stand on a letter?  Only those whose check digits are right."""

import re
from collections.abc import Iterator, Sequence

from stdnum import get_cc_module
from stdnum.ch import uid
from stdnum.in_ import gstin
from stdnum.it import iva

from ingest.letters.fields.layout import Piece
from ingest.letters.fields.spans import found_in
from ingest.letters.fields.spelling import as_digits, folded
from mail.letter import Found
from mail.registered_numbers import iban

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\s?[\dOolIS]{2}(?:[\s.]?[A-Z0-9OolIS|]){11,36}")
_UID = re.compile(
    r"(?<![A-Za-z0-9])(?:CHE"
    r"|CH[EF£])\s?[-–.\s]?\s?([\dOolISB]{3})[.\s]?\s?([\dOolISB]{3})[.\s]?\s?([\dOolISB]{3})(?!\d)"
)
_VAT = re.compile(
    r"(?<![A-Za-z0-9])(AT\s?U|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI"
    r"|SK)[\s.\-:]?((?:[A-Z0-9][\s.\-]?){7,13})"
)
# A number of a country that does not write its letters before it.
_ITALIAN = re.compile(
    r"(?:p(?:artita|art)?\.?\s?iva|c(?:od(?:ice)?)?\.?\s?f(?:isc(?:ale)?)?\.?)[^\d]{0,24}((?:\d\s?){11})(?!\d)"
)
_GERMAN = re.compile(
    r"(?:ust\.?-?\s?id(?:ent)?\.?-?\s?(?:nr|nummer)?|umsatzsteuer-?id[^:\d]*)[^\d]{0,8}((?:\d\s?){9})(?!\d)"
)
_INDIAN = re.compile(r"(?<![A-Z0-9])\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z\d]{2}(?![A-Z0-9])")


def ibans_in(pieces: Sequence[Piece]) -> tuple[Found, ...]:
    """Return the account numbers, compact."""
    return _once(found for piece in pieces for found in _ibans(piece))


def tax_numbers_in(pieces: Sequence[Piece]) -> tuple[Found, ...]:
    """Return UID and VAT numbers, compact and with the letters of their country: CHE116281710, DE136695976."""
    return _once(found for piece in pieces for found in _tax_numbers(piece))


def _once(found: Iterator[Found]) -> tuple[Found, ...]:
    by_value: dict[str, Found] = {}
    for one in found:
        by_value.setdefault(one.value, one)
    return tuple(by_value.values())


def _ibans(piece: Piece) -> Iterator[Found]:
    for match in _IBAN.finditer(piece.text):
        written = match[0]
        compact = re.sub(r"[\s.]", "", written)
        country, rest = compact[:2], compact[2:]
        for text in (compact, country + as_digits(rest[:2]) + rest[2:], country + as_digits(rest)):
            if number := iban(text):
                end = _end_of(written, len(number))
                yield found_in(piece, match.start(), match.start() + end, number)
                break


def _end_of(written: str, signs: int) -> int:
    """Return behind which place of a text so many signs that are no blanks stand."""
    for at, sign in enumerate(written):
        signs -= not (sign.isspace() or sign == ".")
        if not signs:
            return at + 1
    return len(written)


def _tax_numbers(piece: Piece) -> Iterator[Found]:
    text = piece.text
    for match in _UID.finditer(text):
        number = "CHE" + as_digits(match[1] + match[2] + match[3])
        if uid.is_valid(number):
            yield found_in(piece, match.start(), match.end(), number)
    for match in _VAT.finditer(text):
        if number := _vat(re.sub(r"\s", "", match[1]), match[2]):
            yield found_in(piece, match.start(), match.end(), number)
    yield from _by_words(piece)


def _by_words(piece: Piece) -> Iterator[Found]:
    """Yield the numbers that have words before them in place of the letters of a country."""
    text, plain = piece.text, folded(piece.text)
    for match in _ITALIAN.finditer(plain):
        if iva.is_valid(match[1]):
            yield found_in(piece, match.start(1), match.end(1), f"IT{re.sub(r'[^0-9]', '', match[1])}")
    for match in _GERMAN.finditer(plain):
        if number := _vat("DE", match[1]):
            yield found_in(piece, match.start(1), match.end(1), number)
    for match in _INDIAN.finditer(text):
        if gstin.is_valid(match[0]):
            yield found_in(piece, match.start(), match.end(), match[0])


def _vat(letters: str, behind: str) -> str:
    """Return the longest valid number with which a text begins, empty if none is."""
    compact = re.sub(r"[\s.\-]", "", behind)
    country = "gr" if letters == "EL" else letters[:2].lower()
    module = get_cc_module(country, "vat")
    for length in range(len(compact), 6, -1):
        for part in {compact[:length], as_digits(compact[:length])}:
            if module and module.is_valid(letters + part):
                return f"{letters}{part}"
    return ""
