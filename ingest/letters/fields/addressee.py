"""To whom is a letter addressed?  The block in the window of its envelope, wherever a scanner put that."""

import math
import re
from collections.abc import Sequence

from ingest.letters.fields.addresses import AddressSeen, is_contact
from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.labels import begins_with_label
from ingest.letters.fields.layout import Block, Piece, around, overlap
from ingest.letters.fields.name_words import ATTENTION, HONORIFIC, NOTE
from ingest.letters.fields.names import Sort, has_legal_form, is_name_like, sort_of
from ingest.letters.fields.postal import Address, who
from ingest.letters.fields.spelling import folded
from mail.letter import Box, Page

# Where the lines of an address begin, in millimetres from the left: DIN 5008 and Swiss left; Swiss right, French
# and Italian.
_LEFT_EDGES = ((16.0, 34.0), (98.0, 136.0))
# How far down its middle is: form A 55, form B 76, Swiss 60 to 80.
_MIDDLE = (46.0, 88.0)
_A4_WIDTH, _A4_HEIGHT = 210.0, 297.0
_OURS = re.compile(
    r"\b(?:bill(?:ed|ing)?|rechnungs\w+|factu\w+|sold|invoice|customer|kunde|client|cliente|destinat\w+"
    r"|empfanger|guest)\b.{0,14}$"
)
_THEIRS = re.compile(
    r"\b(?:ship|liefer\w*|livraison|deliver\w*|aflever\w*|consegna|from|von|seller|sold by|verkaufer|vendeur"
    r"|absender|expediteur|mittente|hotel|address|adresse)\b.{0,14}$"
)
_TO = re.compile(
    r"^(?:(?:bill|ship|sold|deliver|invoice)(?:ed)? to|(?:billing|shipping|delivery|bill to) address"
    r"|(?:rechnungs|liefer)(?:adresse|anschrift)|rechnung an|lieferung an|adresse de (?:facturation|livraison)"
    r"|factur(?:e|er) a|livrer a|indirizzo di (?:fatturazione|consegna)|(?:factuur|aflever)adres|guest name"
    r"|customer|kunde|client|cliente)\s?:?$"
)
_LEAST = 0.8


def addressee_in(
    addresses: Sequence[AddressSeen], blocks: Sequence[Block], page: Page, hosts: Sequence[str]
) -> AddressSeen | None:
    """Return the address of the reader on the first page, None where no block looks like one."""
    ranked = [(_points(seen, addresses, blocks, page, hosts), seen) for seen in addresses if not seen.is_line]
    ranked = [(points, seen) for points, seen in ranked if points >= _LEAST]
    if ranked:
        return max(ranked, key=lambda one: one[0])[1]
    return _without_town(blocks, addresses, page)


def is_below_reader(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a line stands under `Bill to:` or `Lieferadresse:`, and names the reader."""
    return any(
        0 <= piece.box.top - label.box.bottom + 1 <= 22
        and abs(piece.box.left - label.box.left) < 4
        and _TO.match(folded(label.text).strip())
        for label in pieces
        if label is not piece
    )


def window_fit(box: Box, page: Page) -> float:
    """Return from 0 to 1 how well a block stands where the windows of envelopes are."""
    left = box.left * _A4_WIDTH / (page.width or _A4_WIDTH)
    middle = (box.top + box.height / 2) * _A4_HEIGHT / (page.height or _A4_HEIGHT)
    aside = min(max(low - left, 0.0, left - high) for low, high in _LEFT_EDGES)
    away = max(_MIDDLE[0] - middle, 0.0, middle - _MIDDLE[1])
    return math.exp(-((aside / 12.0) ** 2) - (away / 16.0) ** 2)


def _points(
    seen: AddressSeen,
    addresses: Sequence[AddressSeen],
    blocks: Sequence[Block],
    page: Page,
    hosts: Sequence[str],
) -> float:
    points = 3.0 * window_fit(seen.box, page)
    texts = [folded(piece.text).strip() for piece in seen.pieces]
    points += 2.0 * any(HONORIFIC.match(text) or ATTENTION.match(text) for text in texts)
    points += 0.5 * any(NOTE.match(text) for text in texts)
    points += 3.0 * any(other.is_line and _is_return_line(other, seen) for other in addresses)
    points -= 4.0 * seen.has_contact
    above = _line_above(seen, blocks)
    points += 2.5 * bool(_OURS.search(above) or _OURS.search(texts[0])) - 1.5 * bool(
        _THEIRS.search(above) or _THEIRS.search(texts[0])
    )
    middle = seen.box.top / (page.height or _A4_HEIGHT)
    points -= 2.0 * (middle > 0.42) + 3.0 * (middle > 0.6) + 1.0 * (middle < 0.1)
    twins = [other for other in addresses if other is not seen and _is_same(other.address, seen.address)]
    points -= 3.0 * any(other.is_line or other.has_contact for other in twins)
    points -= 3.0 * _is_at(seen.address.organisation or seen.address.person, hosts)
    return points


def _is_return_line(line: AddressSeen, block: AddressSeen) -> bool:
    """Tell whether a line stands right above an address as the return line in a window does."""
    gap = block.box.top - line.box.bottom
    return -1 <= gap <= 14 and overlap(line.box, block.box) > 0 and abs(line.box.left - block.box.left) < 12


def _line_above(seen: AddressSeen, blocks: Sequence[Block]) -> str:
    over = [
        piece
        for block in blocks
        for piece in block
        if 0 <= seen.box.top - piece.box.bottom + 1 <= 7
        and overlap(piece.box, seen.box) > 0
        and piece not in seen.pieces
    ]
    return folded(max(over, key=lambda piece: piece.box.bottom).text).strip() if over else ""


def _is_same(one: Address, other: Address) -> bool:
    return one.postcode == other.postcode and folded(one.street)[:8] == folded(other.street)[:8]


def _is_at(name: str, hosts: Sequence[str]) -> bool:
    """Tell whether a name is the one in a domain of the letter: that is the sender's."""
    letters = re.sub(r"[^a-z]", "", folded(name))
    return len(letters) >= 4 and any(
        len(label) >= 5 and (letters.startswith(label) or label.startswith(letters[:12])) for label in hosts
    )


def _without_town(
    blocks: Sequence[Block], addresses: Sequence[AddressSeen], page: Page
) -> AddressSeen | None:
    """Return the block in a window though no town was read in it, such as a name handed over by hand."""
    best: tuple[float, AddressSeen] | None = None
    taken = [piece for seen in addresses for piece in seen.pieces]
    for block in blocks:
        lines = [piece for piece in block if not any(piece is other for other in taken)]
        if (
            not 2 <= len(lines) <= 7
            or len(lines) < len(block) - 1
            or any(_is_no_address(piece) for piece in lines)
        ):
            continue
        organisation, person = who([piece.text for piece in lines[:4]])
        named = HONORIFIC.match(folded(lines[0].text)) or any(
            sort_of(line.text) is Sort.PERSON or has_legal_form(line.text) for line in lines[:2]
        )
        fit = window_fit(around([piece.box for piece in lines]), page)
        if fit > 0.6 and named and (organisation or person) and (best is None or fit > best[0]):
            best = (fit, AddressSeen(Address(organisation, person), tuple(lines), False))
    return best[1] if best else None


def _is_no_address(piece: Piece) -> bool:
    text = piece.text
    return (
        is_contact(text)
        or bool(dates_in(text))
        or len(text) > 55
        or begins_with_label(text) is not None
        or not (is_name_like(text) or any(map(str.isdigit, text)))
    )
