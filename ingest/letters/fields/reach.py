"""How can the sender be reached, by what stands on a letter: telephone numbers, mail addresses, web sites."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from ingest.letters.fields.countries import TOP_LEVEL
from ingest.letters.fields.layout import Piece
from ingest.letters.fields.spans import found_in
from ingest.letters.fields.spelling import as_digits, folded
from mail.address import Address
from mail.letter import Found
from mail.signature_words import OTHER_NUMBERS

_EMAIL = re.compile(r"[\w.+%-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ENDINGS = "|".join(
    sorted(
        {
            *TOP_LEVEL,
            "com",
            "org",
            "net",
            "eu",
            "io",
            "info",
            "biz",
            "shop",
            "online",
            "coop",
            "bank",
            "cloud",
            "app",
        }
    )
)
_WEB = re.compile(
    rf"(?<![\w@.-])(?:https?\s?:\s?//\s?|www\s?\.\s?)[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{{2,10}})(?:/[^\s,;|)]*)?"
    rf"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{{1,62}})\.){{1,3}}(?:{_ENDINGS})(?![\w@-]|\.\w)(?:/[^\s,;|)]*)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:tel(?:e(?:f(?:on|ono|onnummer)|phone))?|phone|ph|fon|fono|fax|telefax|telecopie|facs?imile|mobil(?:e)?"
    r"|mobiltelefon|natel|handy|cell(?:ulare)?|port(?:able)?|durchwahl|direkt(?:wahl)?|direct|hotline"
    r"|zentrale|centrale|central|call|\bt|\bf|\bm|\bp|gsm|n°\svert|numero verde|servizio clienti"
    r"|service clients?|kundendienst|customer care|standard)\W{0,4}(?:\(0\))?$"
)
_GROUPED = re.compile(r"^(?:\+|00|\(?0)[\d()]*[\s./\-–)]")
_NUMBERS = re.compile(
    r"\b(?:rechnung|facture|fattura|invoice|kunde|client|cliente|customer|order|bestell|auftrag|vertrag|police"
    r"|referenz|reference|ref|account|konto|compte|conto|nr|no|n°|nummer"
    r"|numero|number|aktenzeichen|az|dossier|pin|plz|gtin|ean|isbn)\b[^:]{0,20}[:.\s]\s*$"
)
_MIXED = re.compile(r"(?<!\w)[+(]{0,2}[\dOolIS|][\dOolIS|().+/-]*(?!\w)")


def phones_in(pieces: Sequence[Piece], region: str) -> tuple[Found, ...]:
    """Return the telephone numbers as E.164; those without a country's prefix are of *region*."""
    found: dict[str, Found] = {}
    for piece in pieces:
        if sum(map(str.isdigit, piece.text)) >= 6:
            for phone in _phones(piece, region or "CH"):
                found.setdefault(phone.value, phone)
    return tuple(found.values())


def _phones(piece: Piece, region: str) -> Iterator[Found]:
    text = _MIXED.sub(
        lambda match: as_digits(match[0]) if any(map(str.isdigit, match[0])) else match[0], piece.text
    )
    plain = folded(text)
    before = 0
    for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.POSSIBLE):
        label = plain[max(before, match.start - 34) : match.start]
        before = match.end
        told = bool(_LABEL.search(label.rstrip()))
        abroad = match.raw_string.startswith(("+", "00"))
        if not told and not abroad and not phonenumbers.is_valid_number(match.number):
            continue
        if not told and (
            OTHER_NUMBERS.search(label) or _NUMBERS.search(label) or not _GROUPED.match(match.raw_string)
        ):
            continue
        if text[match.end : match.end + 1].isalnum() or text[max(0, match.start - 1) : match.start] in {
            "-",
            "/",
            ".",
        }:
            continue
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield found_in(piece, match.start, match.end, number, 1.0 if told or abroad else 0.8)


def emails_in(pieces: Sequence[Piece]) -> tuple[Found, ...]:
    """Return the mail addresses in small letters."""
    found: dict[str, Found] = {}
    for piece in pieces:
        for match in _EMAIL.finditer(piece.text) if "@" in piece.text else ():
            address = Address.parse(re.sub(r"\s", "", match[0]).strip(".-"))
            if address and "." in address.domain_key:
                value = str(address).lower()
                found.setdefault(value, found_in(piece, match.start(), match.end(), value))
    return tuple(found.values())


def webs_in(pieces: Sequence[Piece]) -> tuple[Found, ...]:
    """Return the web sites without protocol, in small letters up to the first slash."""
    found: dict[str, Found] = {}
    for piece in pieces:
        for match in _WEB.finditer(piece.text):
            if "@" in piece.text[max(0, match.start() - 1) : match.end() + 1]:
                continue
            text = re.sub(r"^https?:/*", "", re.sub(r"\s", "", match[0]), flags=re.IGNORECASE).rstrip("/.")
            host, slash, path = text.partition("/")
            value = host.lower() + slash + path
            found.setdefault(value, found_in(piece, match.start(), match.end(), value))
    return tuple(found.values())
