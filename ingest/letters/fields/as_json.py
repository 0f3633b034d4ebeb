"""A letter as JSON: the form that docs/letter-format.md promises."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mail.letter import Box, Code, Found, LetterFields, LetterParty, Page

_TEXTS = ("organisation", "person", "street", "postcode", "town", "country")
_HARD_TO_READ = 0.6
DEFECTS = {
    "blank-page": "a page is blank, and was left out",
    "page-too-long": "a page took too long to read; nothing is known of it",
    "page-failed": "a page could not be read; nothing is known of it",
    "no-text": "no text was found on any page",
    "hard-to-read": "the print is so faint or small that much of it is guessed",
}


def as_json(pages: Sequence[Page], fields: LetterFields, *, problems: Iterable[str] = ()) -> dict[str, Any]:
    """Return a letter as what JSON can say; *pages* are those that are not blank, *problems* what reading them met."""
    return {
        "pages": len(pages),
        "text": "\n\n".join(page.text for page in pages).replace("\0", ""),
        "language": fields.language or None,
        "sender": _party(fields.sender),
        "addressee": _party(fields.addressee),
        "date": fields.date.isoformat() if fields.date else None,
        "subject": _value(fields.subject),
        "our_reference": _value(fields.our_reference),
        "your_reference": _value(fields.your_reference),
        "customer_number": _value(fields.customer_number),
        **{name: [found.value for found in getattr(fields, name)] for name in _LISTS},
        "codes": [_code(code, page.number) for page in pages for code in page.codes],
        "confidence": _confidence(fields),
        "defects": [
            {"code": code, "detail": DEFECTS[code]} for code in sorted({*problems, *_defects(pages)})
        ],
    }


_LISTS = ("phones", "emails", "webs", "ibans", "tax_numbers")
_SINGLE = {
    "date": "date_found",
    "subject": "subject",
    "our_reference": "our_reference",
    "your_reference": "your_reference",
    "customer_number": "customer_number",
}


def places(fields: LetterFields) -> dict[str, Any]:
    """Return where each field stands: what `places` adds to the form."""
    kept = {**_SINGLE, "salutation": "salutation"}
    single: Mapping[str, Found | None] = {name: getattr(fields, value) for name, value in kept.items()}
    return {name: _place(found) if found else None for name, found in single.items()} | {
        name: [_place(found) for found in getattr(fields, name)] for name in _LISTS
    }


def _party(party: LetterParty | None) -> dict[str, Any]:
    known = party or LetterParty()
    texts = {name: getattr(known, name) for name in _TEXTS}
    return {**texts, "box": _box(known.box) if known.box else None, "page": known.page if known.box else None}


def _confidence(fields: LetterFields) -> dict[str, float]:
    """Return how sure each field is that was found, from 0 to 1; of several, the least sure."""
    parties = {"sender": fields.sender, "addressee": fields.addressee}
    found: dict[str, float] = {name: party.confidence for name, party in parties.items() if party}
    for name, kept in _SINGLE.items():
        if one := getattr(fields, kept):
            found[name] = one.confidence
    for name in _LISTS:
        if several := getattr(fields, name):
            found[name] = min(one.confidence for one in several)
    return found


def _defects(pages: Sequence[Page]) -> set[str]:
    confidences = [word.confidence for page in pages for line in page.lines for word in line.words]
    if not confidences:
        return {"no-text"}
    return {"hard-to-read"} if sum(confidences) < _HARD_TO_READ * len(confidences) else set()


def _place(found: Found) -> dict[str, Any]:
    return {"value": found.value, "box": _box(found.box), "page": found.page, "confidence": found.confidence}


def _code(code: Code, page: int) -> dict[str, Any]:
    return {"symbology": code.symbology, "text": code.text, "box": _box(code.box), "page": page}


def _box(box: Box) -> dict[str, float]:
    return {name: round(getattr(box, name), 1) for name in ("left", "top", "width", "height")}


def _value(found: Found | None) -> str:
    return found.value if found else ""
