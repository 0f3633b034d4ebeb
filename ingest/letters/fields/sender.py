"""Who wrote a letter?  Whom its letterhead, return line, footer, domain and signature name."""

import re
from collections.abc import Sequence

from ingest.letters.fields.addressee import is_below_reader
from ingest.letters.fields.addresses import AddressSeen
from ingest.letters.fields.brands import brands_in
from ingest.letters.fields.closing import signer
from ingest.letters.fields.label_words import Label
from ingest.letters.fields.labels import Labelled
from ingest.letters.fields.layout import Piece
from ingest.letters.fields.names import Sort, sort_of, without_honorific
from ingest.letters.fields.postal import Address
from ingest.letters.fields.sender_names import (
    Standing,
    fits_host,
    is_same_name,
    names_at_top,
    names_of_addresses,
    names_with_form,
    standings,
)
from ingest.letters.fields.spelling import folded
from mail.letter import LetterParty, Page

_LEAST = 2.0
_CONTACT_LEAST = 2


def sender_in(
    pieces: Sequence[Piece],
    page: Page,
    addresses: Sequence[AddressSeen],
    *,
    addressee: AddressSeen | None,
    hosts: Sequence[str],
    signature: Sequence[Piece],
    labelled: Sequence[Labelled],
) -> LetterParty | None:
    """Return who wrote a letter; *pieces* are those of its first page and its signature."""
    weighted = [
        (_weight(seen, page, addressee), seen) for seen in addresses if not _is_readers(seen, addressee)
    ]
    others = [
        piece for piece in pieces if not _is_part(piece, addressee) and not is_below_reader(piece, pieces)
    ]
    names = [
        *names_of_addresses(weighted, hosts),
        *names_at_top([piece for piece in others if piece.page == page.number], page),
        *names_with_form(others, page, signature),
    ]
    # Where nobody is called like the domain, the brand that is counts more than the firm behind it.
    unnamed = not any(fits_host(name.text, host) for name in names for host in hosts)
    names += brands_in(pieces, hosts, 3.0 if unnamed else 0.0)
    reader = addressee.address.organisation if addressee else ""
    ranks = [one for one in standings(names, hosts) if not (reader and is_same_name(one.text, reader))]
    return _party(ranks, weighted, hosts, signature, labelled)


def _party(
    ranks: Sequence[Standing],
    weighted: Sequence[tuple[float, AddressSeen]],
    hosts: Sequence[str],
    signature: Sequence[Piece],
    labelled: Sequence[Labelled],
) -> LetterParty | None:
    best = ranks[0] if ranks else None
    home = _address(weighted, best)
    private = _private(weighted, best, hosts)
    if private is not None:
        return _of_address(private, Address(**_parts(private.address)), 0.85)
    if best is None or best.weight < _LEAST:
        return _by_signature(home, signature)
    address = home.address if home else Address()
    person = signer(signature)[0] or _contact(labelled)
    pieces = [best.piece, *(home.pieces if home else ())]
    sure = min(0.99, 0.5 + 0.06 * best.weight)
    box = home.box if home and any(piece is best.piece for piece in home.pieces) else best.piece.box
    return LetterParty(
        best.text,
        person,
        address.street,
        address.postcode,
        address.town,
        address.country,
        box,
        best.piece.page,
        round(sure * min(piece.confidence for piece in pieces), 3),
    )


def _parts(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in address.__dataclass_fields__}


def _of_address(seen: AddressSeen, address: Address, sure: float) -> LetterParty:
    return LetterParty(
        address.organisation,
        address.person,
        address.street,
        address.postcode,
        address.town,
        address.country,
        seen.box,
        seen.page,
        round(sure * min(piece.confidence for piece in seen.pieces), 3),
    )


def _by_signature(home: AddressSeen | None, signature: Sequence[Piece]) -> LetterParty | None:
    """Return who signed, at the address that may be theirs, where nothing else names the sender."""
    name, piece = signer(signature)
    if home is not None:
        address = home.address
        known = Address(
            address.organisation,
            address.person or name,
            address.street,
            address.postcode,
            address.town,
            address.country,
        )
        return _of_address(home, known, 0.6)
    return (
        LetterParty("", name, box=piece.box, page=piece.page, confidence=round(0.5 * piece.confidence, 3))
        if piece
        else None
    )


def _weight(seen: AddressSeen, page: Page, addressee: AddressSeen | None) -> float:
    """Return how much the place of an address says that it is the sender's."""
    top = seen.box.top / (page.height or 1.0)
    if seen.is_line and addressee is not None and _is_above(seen, addressee):
        return 5.0
    if top < 0.3:
        return 4.5 if seen.has_contact or top < 0.12 else 4.0
    if top > 0.84:
        return 3.5
    return 2.0 if seen.has_contact else 1.0


def _is_above(line: AddressSeen, block: AddressSeen) -> bool:
    """Tell whether a line stands right above a block, as return lines do."""
    return -2 <= block.box.top - line.box.bottom <= 16 and abs(line.box.left - block.box.left) < 15


def _is_readers(seen: AddressSeen, addressee: AddressSeen | None) -> bool:
    """Tell whether an address is the reader's, also where it stands once more."""
    if addressee is None:
        return False
    if seen is addressee or any(piece is other for piece in seen.pieces for other in addressee.pieces):
        return True
    mine, theirs = seen.address, addressee.address
    same_place = (
        bool(mine.postcode)
        and mine.postcode == theirs.postcode
        and folded(mine.street)[:8] == folded(theirs.street)[:8]
    )
    return same_place and bool(mine.street)


def _is_part(piece: Piece, addressee: AddressSeen | None) -> bool:
    return addressee is not None and any(piece is other for other in addressee.pieces)


def _address(weighted: Sequence[tuple[float, AddressSeen]], best: Standing | None) -> AddressSeen | None:
    """Return the address of the best name: one that has it, else the one at the best place."""

    def points(one: tuple[float, AddressSeen]) -> float:
        weight, seen = one
        named = (
            best is not None
            and bool(seen.address.organisation)
            and is_same_name(seen.address.organisation, best.text)
        )
        return weight + 3.0 * named + 2.5 * bool(seen.address.street)

    fitting = [one for one in weighted if one[0] >= _CONTACT_LEAST]
    return max(fitting, key=points)[1] if fitting else None


def _private(
    weighted: Sequence[tuple[float, AddressSeen]], best: Standing | None, hosts: Sequence[str]
) -> AddressSeen | None:
    """Return the address of a person who writes for nobody else; a name that a domain has is a firm's."""
    persons = [
        (weight, seen)
        for weight, seen in weighted
        if seen.address.person and not seen.address.organisation and weight >= 3.5
    ]
    if not persons:
        return None
    weight, seen = max(persons, key=lambda one: one[0])
    name = seen.address.person
    if best is not None and best.weight > weight:
        return None
    return (
        None if sort_of(name) is Sort.MAYBE_PERSON and any(fits_host(name, host) for host in hosts) else seen
    )


def _contact(labelled: Sequence[Labelled]) -> str:
    for one in labelled:
        text = re.split(r"[,|·;]|\s[-–]\s|\s{2,}|\b(?:Tel|Fon|Direkt)", one.value.text)[0].strip()
        if one.label is Label.CONTACT and sort_of(text) in {Sort.PERSON, Sort.MAYBE_PERSON}:
            return without_honorific(text)
    return ""
