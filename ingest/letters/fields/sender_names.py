"""Which names may be the sender's, and how much speaks for each?  By letterhead, return line, footer and domain."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from rapidfuzz import fuzz

from ingest.letters.fields.addresses import AddressSeen, is_contact, parts_of
from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.labels import begins_with_label
from ingest.letters.fields.layout import Piece
from ingest.letters.fields.leads import without_lead
from ingest.letters.fields.name_words import NOTE
from ingest.letters.fields.names import Sort, firm_end, has_legal_form, is_name_like, sort_of
from ingest.letters.fields.postal import is_street, trimmed
from ingest.letters.fields.spelling import folded
from ingest.letters.fields.towns import town_in
from mail.letter import Page
from mail.signature_words import FUNCTION
from matcher.legal_forms import firm_name

HEADING = re.compile(
    r"\b(?:rechnung|facture|fattura|(?:retail |tax |proforma )?invoices?(?:/bill)?|factuur|offerte|angebot"
    r"|devis|lieferschein|mahnung|gutschrift|quotation|statement|receipt|payment receipt|bill"
    r"|auftragsbestatigung"
    r"|kopie|copy|original|duplicata?|summary|page|seite|willkommen|einladung|invitation|newsletter)\b[\s.:/-]*"
)
_HOLDER = re.compile(
    r"(?:kontoinhaber|titulaire du compte|intestat\w+|account (?:name|holder)|zugunsten von|en faveur de"
    r"|in favou?r of|payment received by|sold by|ordered through)\s*:?\s*(?P<name>[^,;:()–|]{3,60})"
)
_AFTER_FORM = re.compile(
    r"(?<=\w)[.]?\s+(?:au capital|a capitale|mit sitz|sitz|siege|sede|registered|reg\.|hrb|amtsgericht|ust|mwst"
    r"|tva|vat|p\.?\s?iva|est|is|ist|wurde|has|have|and|und|et|e)\b.*$"
)
_WORD = re.compile(r"[^\W\d_]{3}|^[A-Z]{2,3}$")
_SOLD_BY = re.compile(r"^(?:sold|shipped) by\b|^verkauf durch\b|^vendu par\b|^venduto da\b")
_TOP = 0.19
_FOOT = 0.86
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class NameSeen:
    """A name that may be the sender's, where it stands, and how much its place speaks for it."""

    text: str
    piece: Piece
    weight: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A name with all that speaks for it: the same one may stand in letterhead, return line and footer."""

    text: str
    piece: Piece
    weight: float


def names_at_top(pieces: Sequence[Piece], page: Page) -> Iterator[NameSeen]:
    """Yield the names in the letterhead: large print counts, and a legal form."""
    body = median([piece.box.height for piece in pieces]) if pieces else 1.0
    letter = median([_letter(piece) for piece in pieces]) if pieces else 1.0
    # Who sells through somebody's market is named on paper of the market.
    top = [
        piece
        for piece in pieces
        if piece.box.top < _TOP * page.height and not _SOLD_BY.match(folded(piece.text))
    ]
    for at, piece in enumerate(top):
        parts = parts_of(piece.text) if len(piece.text) > 30 else [piece.text]
        for part in parts:
            text = trimmed(without_heading(without_lead(part)))
            if not _may_be_name(text) or (part is not parts[0] and not has_legal_form(text)):
                continue
            size = sqrt(piece.box.height / body * _letter(piece) / letter)
            weight = 1.0 + 2.5 * (size >= 1.5) + 1.0 * (1.2 <= size < 1.5) + 0.6 * (at == 0)
            weight += 1.2 * (size >= 1.0 and _leads_contact(piece, pieces))
            weight += 2.0 * has_legal_form(text) + 1.0 * (sort_of(text) is Sort.ORGANISATION)
            yield NameSeen(text, piece, weight - 1.0 * (len(text.split()) > 6))


def _letter(piece: Piece) -> float:
    """Return how wide a letter of a piece is, in millimetres: surer than how high its words are."""
    return max(0.2, piece.box.width / max(1, len(piece.text)))


def _leads_contact(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a mail address, a number or a street stands right below a name."""
    return any(
        -1 <= other.box.top - piece.box.bottom <= 4
        and abs(other.box.left - piece.box.left) < 3
        and (is_contact(other.text) or is_street(other.text))
        for other in pieces
        if other is not piece
    )


def names_with_form(pieces: Sequence[Piece], page: Page, signature: Sequence[Piece]) -> Iterator[NameSeen]:
    """Yield the firms that footer, signature and the rest of the pages name."""
    for piece in pieces:
        height = piece.box.top / (page.height or 1.0)
        signed = any(piece is other for other in signature)
        for part in parts_of(piece.text):
            text = firm_in(part)
            if not text:
                continue
            sentence = len(piece.text) > 60 and text != trimmed(part)
            weight = 2.5 if height > _FOOT else 2.0 if signed else 1.2 if height < 0.45 else 0.7
            yield NameSeen(text, piece, 0.6 if sentence and height <= _FOOT else weight)
        if holder := _HOLDER.search(folded(piece.text)):
            start, end = holder.span("name")
            yield NameSeen(trimmed(piece.text[start:end]), piece, 1.5)


def names_of_addresses(
    weighted: Iterable[tuple[float, AddressSeen]], hosts: Sequence[str]
) -> Iterator[NameSeen]:
    """Yield the organisations of the addresses that may be the sender's; a domain makes two words a firm."""
    for weight, seen in weighted:
        address = seen.address
        if address.organisation:
            yield NameSeen(without_lead(address.organisation), seen.pieces[0], weight)
        elif sort_of(address.person) is Sort.MAYBE_PERSON and any(
            fits_host(address.person, host) for host in hosts
        ):
            yield NameSeen(address.person, seen.pieces[0], weight)


def standings(names: Iterable[NameSeen], hosts: Sequence[str]) -> list[Standing]:
    """Return names with what speaks for each, the best first; *hosts* are the names in domains of the letter."""
    groups: list[list[NameSeen]] = []
    for name in names:
        group = next(
            (group for group in groups if any(is_same_name(name.text, other.text) for other in group)), None
        )
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    found = [_standing(group, hosts) for group in groups]
    return sorted(found, key=lambda one: -one.weight)


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names are one, also where one was read with a slip or lacks its legal form."""
    first, second = firm_name(one).bare, firm_name(other).bare
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 4 and (longer.startswith(shorter + " ") or fuzz.ratio(first, second) >= 86):
        return True
    return shorter == longer or longer.replace(" ", "") == shorter.replace(" ", "")


def firm_in(text: str) -> str:
    """Return the firm that a part of a line names up to its legal form, empty if it names none.

    >>> firm_in("Free SAS au capital de 3.441.812 Euros"), firm_in("Siège social : Paris")
    ('Free SAS', '')
    """
    text = without_lead(text)
    text = text[: firm_end(text) or len(text) - len(_cut(text))]
    text = trimmed(text)
    words = text.split()
    if not has_legal_form(text) or not 2 <= len(words) <= 9 or len(text) > _LONGEST or not is_name_like(text):
        return ""
    return (
        text
        if words[0][:1].isupper() or words[0][:1].isdigit() or any(w[:1].isupper() for w in words[:2])
        else ""
    )


def without_heading(text: str) -> str:
    """Return a text without the word for an invoice or another paper at its ends."""
    plain = folded(text)
    for found in HEADING.finditer(plain):
        if found.start() == 0 or found.end() == len(plain):
            text = text[: found.start()] + text[found.end() :]
            break
    return text.strip(" -–:#")


def letters_of(text: str) -> str:
    """Return the letters of a name as a domain would have them."""
    spelt = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return re.sub(r"[^a-z0-9]", "", folded(spelt))


def fits_host(name: str, host: str) -> bool:
    """Tell whether a domain is called like a name: `muster-treuhand` like `Muster Treuhand AG`."""
    label, bare = letters_of(host), firm_name(name).bare
    forms = {letters_of(name), letters_of(bare), re.sub(r"(?<=[aou])e", "", letters_of(name))} - {""}
    if any(form == label or (len(form) >= 4 and label.startswith(form)) for form in forms):
        return True
    if any(len(label) >= 4 and form.startswith(label) for form in forms):
        return True
    words = [letters_of(word) for word in bare.split()]
    if len(words) >= 2 and any(len(word) >= 5 and word in label for word in words):
        return True
    return len(words) >= 3 and "".join(word[:1] for word in words) == label


def _cut(text: str) -> str:
    found = _AFTER_FORM.search(folded(text))
    return text[found.start() :] if found else ""


def _may_be_name(text: str) -> bool:
    plain = folded(text)
    if (
        not _WORD.search(text)
        or not is_name_like(text)
        or is_contact(text)
        or dates_in(text)
        or NOTE.match(plain)
    ):
        return False
    is_place = is_street(text) and (any(map(str.isdigit, text)) or sort_of(text) is not Sort.ORGANISATION)
    if begins_with_label(text) or town_in(text) or (is_place and not has_legal_form(text)):
        return False
    if FUNCTION.match(text.lower()) and not has_legal_form(text):
        return False
    return sort_of(text) is not Sort.PERSON and (
        text[:1].isupper() or any(w[:1].isupper() for w in text.split())
    )


def _standing(group: Sequence[NameSeen], hosts: Sequence[str]) -> Standing:
    """Return a group as one: named by its best member, those with the legal form first."""
    best = max(
        group,
        key=lambda name: (has_legal_form(name.text), name.weight + name.piece.confidence, len(name.text)),
    )
    weights = sorted((name.weight for name in group), reverse=True)
    # Three places say it; the tenth mention in the text adds nothing.
    weight = weights[0] + 0.6 * sum(weights[1:4])
    weight += 2.5 * any(fits_host(name.text, host) for name in group for host in hosts)
    return Standing(best.text, best.piece, weight)
