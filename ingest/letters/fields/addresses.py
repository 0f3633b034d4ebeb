"""Where on a page do addresses stand, as blocks of lines or all on one line?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.letters.fields.countries import country_named
from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.layout import Block, Piece, around
from ingest.letters.fields.leads import without_lead
from ingest.letters.fields.names import firm_end, is_name_like
from ingest.letters.fields.postal import Address, is_street, read_address
from ingest.letters.fields.spelling import folded
from ingest.letters.fields.towns import town_in
from mail.letter import Box

_MOST_LINES = 8
# The points between its parts come back from tesseract as many a sign.
_APART = re.compile(r"\s+[:.~»«¢°©®=_'’]{1,2}\s+|\s*[|•·∙●▪■◦*]\s*|\s+[-–—/]\s+|\s*[,;]\s+|\s{3,}")
CONTACT = re.compile(
    r"@|\bwww\.|https?:|\b(?:tel|telefon|telephone|phone|fon|fax|telefax|mobil|mobile|natel|e-?mail|mail"
    r"|courriel|internet|web|iban|bic|swift|mwst|ust-?id(?:nr)?|vat|tva|iva|uid|siret|siren"
    r"|rcs|p\.\s?iva|partita|c\.f\.|hrb|hra|konto|postkonto|ccp)\b\.?\s?[:.+\d]|\bche-\d|^(?:t|f|m|e"
    r"|w)\s?[:.]?\s\+?[\d(w]|\+\d{2}[\s(]\d"
)
# A house number parted from its street by a comma: `Via Roma, 19`, `8 bis, rue du Four`.
_NUMBER = re.compile(r"^\d{1,3}\s?(?:[a-zA-Z]|bis|ter)?$")
_LABEL_ABOVE = re.compile(r":\s*$")
_SENTENCE = re.compile(r"[a-zà-ÿ]{2}[.!?]\s+[A-Z]|\b(?:we|wir|nous|ich|je|noi)\b\s", re.IGNORECASE)
# A blank line may stand before the town, as the German post once wanted.
_BLANK_LINE = 11.0


@dataclass(frozen=True, slots=True)
class AddressSeen:
    """An address and its place; *is_line* where it stands on one line, *has_contact* with numbers or mail beside."""

    address: Address
    pieces: tuple[Piece, ...]
    is_line: bool
    has_contact: bool = False

    @property
    def box(self) -> Box:
        """Return the rectangle around its lines."""
        return around([piece.box for piece in self.pieces])

    @property
    def page(self) -> int:
        """Return the page where it begins."""
        return self.pieces[0].page

    @property
    def height(self) -> float:
        """Return how high its print is, in millimetres."""
        return max(piece.box.height for piece in self.pieces)


def addresses_in(blocks: Sequence[Block]) -> list[AddressSeen]:
    """Return the addresses of a page from top to bottom."""
    found = [seen for block in blocks for seen in _in_block(block, blocks)]
    return sorted(found, key=lambda seen: (seen.box.top, seen.box.left))


def parts_of(line: str) -> list[str]:
    """Return what is said beside each other on one line: `Keller AG · Weg 3 · 8001 Zürich` is three."""
    parts: list[str] = []
    for part in (part.strip(" ,;") for part in _APART.split(line)):
        if part and parts and (_NUMBER.match(parts[-1]) or (_NUMBER.match(part) and is_street(parts[-1]))):
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    return parts


def _is_sentence(text: str) -> bool:
    """Tell whether a line is of a text: `z. Hd. Frau Lenz` has a full stop too."""
    return len(text) > 45 and bool(_SENTENCE.search(text))


def is_contact(line: str) -> bool:
    """Tell whether a line has a number, a mail address or an account."""
    return bool(CONTACT.search(folded(line)))


def _in_block(block: Block, blocks: Sequence[Block]) -> Iterator[AddressSeen]:
    start = 0
    for at, piece in enumerate(block):
        if at < start:
            continue
        broken = piece.text.endswith("-") and _on_two_lines(block, at)
        if one := broken or _on_one_line(block, at) or _on_two_lines(block, at):
            yield one
            start = at + max(1, len(one.pieces) - (one.pieces[0] is not piece))
            continue
        ends = _ends_address(block, at)
        if ends is None:
            continue
        above = _above(block, start, at)
        if not above or len(above) + ends < 2:
            above = [*_block_before(block, at, blocks), *above] if at - len(above) == 0 else above
        pieces = (*above, *block[at : at + ends])
        address = read_address([text.text for text in pieces])
        if address and (address.organisation or address.person or address.street):
            near = [*block[max(0, at - len(above) - 1) : at], *block[at + ends : at + ends + 2]]
            yield AddressSeen(address, pieces, False, any(is_contact(other.text) for other in near))
        start = at + ends


def _on_one_line(block: Block, at: int) -> AddressSeen | None:
    """Return the address that a line has all by itself, or with the one below it."""
    text = without_lead(block[at].text)
    parts = _without_marks(text) or [without_lead(part) for part in parts_of(text)]
    for end in range(len(parts), 1, -1):
        if town_in(parts[end - 1]) or (
            end == len(parts) and country_named(parts[end - 1]) and town_in(parts[end - 2])
        ):
            first = next((n for n in range(end - 1) if not is_contact(parts[n])), None)
            before = parts[first : end - 1] if first is not None else []
            # `Weg 3, 8001 Zürich` may be the end of a block; with a telephone number behind it is a line of its own.
            is_end = len(before) == 1 and is_street(before[0]) and end == len(parts) and first == 0
            if not before or (is_end and _has_name_above(block, at)):
                continue
            named = [block[at - 1]] if is_street(before[0]) and at and _may_name(block[at - 1].text) else []
            if address := read_address([*(piece.text for piece in named), *parts[first:end]]):
                return AddressSeen(address, (*named, block[at]), True, is_contact(text))
    return None


def _on_two_lines(block: Block, at: int) -> AddressSeen | None:
    """Return the address of a return line too long for the window: parted by marks, its town on the next line."""
    if at + 1 >= len(block) or len(block[at + 1].text) > 60 or is_contact(block[at].text):
        return None
    first, second = parts_of(block[at].text), parts_of(block[at + 1].text)
    if block[at].text.endswith("-") and second and first:
        whole = [*first[:-1], f"{first[-1].rstrip('- ')}-{second[0]}"]
        address = read_address(whole) if town_in(whole[-1]) and not is_street(first[0]) else None
        return AddressSeen(address, (block[at], block[at + 1]), True) if address else None
    if (
        len(first) < 2
        or is_street(first[0])
        or not is_name_like(first[0])
        or not (is_street(first[1]) or is_street(first[-1]) or first[-1].isdigit())
    ):
        return None
    broken = (
        [*first[:-1], f"{first[-1]} {second[0]}", *second[1:]]
        if second and not town_in(second[0])
        else [*first, *second]
    )
    for end in range(len(first), len(broken) + 1):
        if (
            town_in(broken[end - 1])
            and (address := read_address(broken[:end]))
            and address.organisation + address.person
        ):
            return AddressSeen(address, (block[at], block[at + 1]), True)
    return None


def _without_marks(text: str) -> list[str]:
    """Return name, street and town of a line whose points between them were not read: the legal form ends the name."""
    town = town_in(text)
    if town is None or not town.start > 8:
        return []
    before = text[: town.start].strip(" ,")
    name = firm_end(before)
    street = before[name:].strip(" ,-–·")
    return (
        [before[:name].strip(), street, text[town.start :]]
        if 0 < name < len(before) and is_street(street)
        else []
    )


def _has_name_above(block: Block, at: int) -> bool:
    """Tell whether a block goes on above a line as an address does, at the same edge."""
    above = block[at - 1] if at else None
    return above is not None and abs(above.box.left - block[at].box.left) < 3 and _may_name(above.text)


def _may_name(text: str) -> bool:
    return (
        not is_contact(text)
        and not town_in(text)
        and not dates_in(text)
        and len(text) <= 70
        and is_name_like(text)
    )


def _ends_address(block: Block, at: int) -> int | None:
    """Return how many lines from *at* on end an address: the town, and a country below it."""
    text = block[at].text
    head, comma, tail = text.rpartition(",")
    seen = town_in(text) or (town_in(head) if comma and country_named(tail) else None)
    below = block[at + 1].text if at + 1 < len(block) else ""
    if seen:
        if dates_in(text) or len(text) > 70 or _is_sentence(text) or (is_street(text) and town_in(below)):
            return None
        return 2 if below and country_named(below) else 1
    # A country alone ends an address too, whose town has a form that we do not know.
    if at >= 2 and below and country_named(below) and not is_contact(text) and len(text) <= 40:
        return 2
    return None


def _above(block: Block, start: int, at: int) -> list[Piece]:
    taken: list[Piece] = []
    for piece in reversed(block[max(start, at - _MOST_LINES) : at]):
        text = piece.text
        if (
            is_contact(text)
            or len(text) > 75
            or dates_in(text)
            or _LABEL_ABOVE.search(text)
            or _is_sentence(text)
        ):
            break
        taken.insert(0, piece)
    return taken


def _block_before(block: Block, at: int, blocks: Sequence[Block]) -> list[Piece]:
    first = block[0].box
    for other in blocks:
        last = other[-1].box
        if (
            other is not block
            and abs(other[0].box.left - first.left) <= 2.6
            and 0 < first.top - last.bottom <= _BLANK_LINE
        ):
            return _above(other, 0, len(other))
    return []
