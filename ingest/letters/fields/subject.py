"""What is a letter about?  Said behind a label, above the greeting or below it, or as the heading of an invoice."""

import re
from collections.abc import Sequence

from ingest.letters.fields.addresses import is_contact
from ingest.letters.fields.dates import dates_in
from ingest.letters.fields.label_words import Label
from ingest.letters.fields.labels import Labelled, begins_with_label
from ingest.letters.fields.layout import Piece, at_one_height, right_of
from ingest.letters.fields.spans import found_of
from ingest.letters.fields.spelling import folded
from mail.letter import Found, Page

_HEADING = re.compile(
    r"^\W*(?:\w*rechnung|\w*bestatigung|offerte?|angebot|lieferschein|gutschrift|\w*mahnung|zahlungserinnerung"
    r"|kontoauszug|bescheid|kundigung|quittung|facture|devis|avoir|rappel|bon de livraison"
    r"|confirmation|avis|recu|fattura|preventivo|offerta|nota di credito|sollecito|conferma|ricevuta"
    r"|(?:\w+\s){0,2}invoices?|quot(?:e|ation)|credit note|reminder|statement|receipt|payment receipt"
    r"|order confirmation"
    r"|\w*factuur|kopie factuur|proforma|einladung|invitation|invito|bewerbung|candidature|candidatura"
    r"|application)\b"
)
_FURTHEST_ABOVE = 30.0
_PARAGRAPH_GAP = 2.6
_LONGEST = 160
_VALUE = re.compile(r"^[^:]{2,40}:\s*\S|^[^:]{2,40}:$|@")
_HEAD_LABELS = {Label.CUSTOMER, Label.DATE, Label.OUR_REFERENCE, Label.YOUR_REFERENCE, Label.CONTACT}
_MOST_LINES = 3
_TITLE = re.compile(r"^(?:herrn?|frau|monsieur|madame|an|a)\b")


def subject_in(
    pieces: Sequence[Piece],
    labelled: Sequence[Labelled],
    page: Page,
    *,
    salutation: Piece | None,
    apart: Sequence[Piece],
) -> Found | None:
    """Return the subject of a letter and where it stands; *apart* are the lines of its addresses and its date."""
    for one in labelled:
        if one.label is Label.SUBJECT and one.value.text.strip():
            lines = _continued(one.value, pieces, salutation)
            return found_of(lines, _joined(lines), 0.98)
    if salutation is not None:
        if above := _above(pieces, salutation, apart):
            return found_of(above, _joined(above), 0.9)
        if below := _below(pieces, salutation):
            return found_of([below], below.text, 0.8)
    headings = [
        piece
        for piece in pieces
        if _HEADING.match(folded(piece.text))
        and piece.text[:1] == piece.text[:1].upper()
        and len(piece.text) <= 80
        and piece.box.top < 0.6 * page.height
        and not _is_any(piece, apart)
    ]
    if headings:
        highest = max(headings, key=lambda piece: (round(piece.box.height), -piece.box.top))
        return found_of([highest], highest.text.strip(" :"), 0.75)
    return None


def _joined(lines: Sequence[Piece]) -> str:
    text = " ".join(line.text.strip() for line in lines)
    return re.sub(r"(?<=[a-zà-ÿ])- (?=[a-zà-ÿ])", "", text).strip(" :–-")[:_LONGEST]


def _continued(value: Piece, pieces: Sequence[Piece], salutation: Piece | None) -> list[Piece]:
    """Return a labelled subject with the lines that go on below it, at the same edge."""
    lines = [value]
    for piece in pieces:
        gap = piece.box.top - lines[-1].box.bottom
        if piece is salutation or len(lines) == _MOST_LINES:
            break
        if (
            not -0.5 < gap <= _PARAGRAPH_GAP
            or abs(piece.box.left - value.box.left) > 1.5
            or at_one_height(piece, lines[-1])
        ):
            continue
        if (
            begins_with_label(piece.text)
            or (dates_in(piece.text)[:1] and len(piece.text) < 35)
            or is_contact(piece.text)
        ):
            break
        lines.append(piece)
    return lines


def _above(pieces: Sequence[Piece], salutation: Piece, apart: Sequence[Piece]) -> list[Piece]:
    """Return the lines of the paragraph above the greeting, None of them a date, a label or an address."""
    lines: list[Piece] = []
    edge = salutation.box.left
    for piece in sorted(pieces, key=lambda piece: -piece.box.bottom):
        below = lines[0].box.top if lines else salutation.box.top
        if piece.box.bottom > below + 0.6 or piece is salutation:
            continue
        gap = below - piece.box.bottom
        if gap > (_PARAGRAPH_GAP if lines else _FURTHEST_ABOVE) or len(lines) == _MOST_LINES:
            break
        if abs(piece.box.left - edge) > 4:
            continue
        if _is_no_subject(piece, pieces, apart):
            if lines or (_is_any(piece, apart) and not dates_in(piece.text)):
                break
            continue
        lines.insert(0, piece)
    return lines


def _is_no_subject(piece: Piece, pieces: Sequence[Piece], apart: Sequence[Piece]) -> bool:
    if _is_any(piece, apart) or is_contact(piece.text) or _TITLE.match(folded(piece.text)):
        return True
    label = begins_with_label(piece.text)
    if label in _HEAD_LABELS or (label is not None and (_VALUE.search(piece.text) or len(piece.text) < 14)):
        return True
    dates = dates_in(piece.text)
    # A date alone, or a row of values under the labels of an office.
    is_date = any(seen.end - seen.start > 0.45 * len(piece.text) for seen in dates)
    return is_date or bool(right_of(piece, (one for one in pieces if one is not piece)))


def _below(pieces: Sequence[Piece], salutation: Piece) -> Piece | None:
    """Return a line below the greeting that stands alone, as in English letters."""
    under = [piece for piece in pieces if piece.box.top > salutation.box.bottom - 0.5]
    if len(under) < 2 or (
        abs(under[0].box.left - salutation.box.left) > 6 and not _centred(under[0], salutation)
    ):
        return None
    line, after = under[0], under[1]
    text = line.text.strip()
    ends = text.endswith((".", ",", ";"))
    gap = after.box.top - line.box.bottom
    if ends or len(text) > 90 or gap < _PARAGRAPH_GAP or not text[:1].isupper() or at_one_height(line, after):
        return None
    return line


def _centred(line: Piece, salutation: Piece) -> bool:
    return line.box.left > salutation.box.left + 15


def _is_any(piece: Piece, others: Sequence[Piece]) -> bool:
    return any(piece is other for other in others)
