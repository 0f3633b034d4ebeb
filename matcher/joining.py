"""What does an entry say that was made of two?  Field by field, as somebody chose, or whatever says more."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from storage.correspondents import Party

FIELDS: Mapping[Party, tuple[str, ...]] = {
    Party.PERSON: (
        "title", "given_name", "family_name", "salutation", "language", "external_key", "interests", "note",
    ),
    Party.ORGANISATION: (
        "name", "legal_form", "customer_number", "industry", "language", "owner_id", "deputy_id", "parent_id",
        "external_key", "interests", "note",
    ),
}  # fmt: skip
_LONGEST_NOTE = 20_000


class Take(StrEnum):
    """From which of the two a field is taken."""

    SURVIVOR = "survivor"
    GONE = "gone"
    BOTH = "both"  # notes and interests


JOINED = frozenset({"interests", "note"})


def joined(party: Party, survivor: Any, gone: Any, take: Mapping[str, Take]) -> dict[str, Any]:
    """Return what the survivor says from now on, by column.

    What nobody chose is the survivor's, or where that is empty the other's; notes and
    interests of both are kept, and so are all fields that the firm has defined itself.
    """
    values: dict[str, Any] = {}
    for name in FIELDS[party]:
        ours, theirs = getattr(survivor, name), getattr(gone, name)
        chosen = take.get(name, Take.BOTH if name in JOINED or not ours else Take.SURVIVOR)
        if chosen is Take.BOTH:
            values[name] = _both(ours, theirs)
        elif chosen is Take.GONE:
            values[name] = theirs
    values["own_fields"] = {**(gone.own_fields or {}), **(survivor.own_fields or {})}
    if values.get("parent_id") in {survivor.id, gone.id}:
        values["parent_id"] = None
    return values


def differing(party: Party, one: Any, other: Any) -> list[str]:
    """Return the fields of which somebody may want to choose: filled in on one side at least, and not alike."""
    return [name for name in FIELDS[party] if (getattr(one, name) or None) != (getattr(other, name) or None)]


def _both(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(one for one in theirs if one not in ours)]
    if isinstance(ours, str) and isinstance(theirs, str) and ours and theirs and theirs not in ours:
        return f"{ours}\n\n{theirs}"[:_LONGEST_NOTE]
    return ours or theirs
