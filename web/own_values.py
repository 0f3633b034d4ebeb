"""Own fields in forms and in the API: shown, read, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from storage.own_fields import OwnField, OwnFieldKind, WrongValue, changed, value_of
from web.forms import Form
from web.i18n import N_

MOST_INTERESTS, LONGEST_INTEREST = 50, 100
_SENTENCES = {
    OwnFieldKind.TEXT: N_("This may have 300 characters at most."),
    OwnFieldKind.NUMBER: N_("This is no number."),
    OwnFieldKind.DATE: N_("This is no date. Write it as 31.12.2026 or 2026-12-31."),
    OwnFieldKind.CHOICE: N_("Choose one of the list."),
}


def input_name(field_id: int) -> str:
    """Return the name of an own field's input."""
    return f"own-{field_id}"


def shown_values(own: Mapping[str, Any]) -> dict[str, str]:
    """Return a row's own values by the names of their inputs."""
    return {f"own-{field_id}": str(value) for field_id, value in own.items()}


def own_values_in(form: Form, fields: Sequence[OwnField], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's own values with those of a form put in their place."""
    read: dict[int, Any] = {}
    for one in fields:
        kept = known.get(str(one.id))
        # A choice that is not offered any more stays until another is made.
        if form.values.get(input_name(one.id), "") != str(kept if kept is not None else ""):
            read[one.id] = value_in(form, one)
    return changed(known, read)


def value_in(form: Form, one: OwnField, name: str = "") -> Any:
    """Return what is filled in for an own field, None where nothing is; a wrong one is told."""
    name = name or input_name(one.id)
    try:
        if one.kind is OwnFieldKind.DATE:
            day = form.day(name)
            return day.isoformat() if day else None
        return value_of(one, form.values.get(name, ""))
    except WrongValue:
        form.wrong(name, _SENTENCES[one.kind])
        return None


def told(fields: Sequence[OwnField], own: Mapping[str, Any]) -> list[tuple[OwnField, Any]]:
    """Return the own fields that a row has something in, with the value, in order."""
    return [(one, own[str(one.id)]) for one in fields if str(one.id) in own]


def interests_in(form: Form) -> list[str]:
    """Return the interests of a form, which are parted by commas."""
    words = (" ".join(word.split()) for word in form.lines("interests").replace("\n", ",").split(","))
    found = list(dict.fromkeys(filter(None, words)))
    if len(found) > MOST_INTERESTS or any(len(word) > LONGEST_INTEREST for word in found):
        form.wrong("interests", N_("These may be 50 interests of 100 characters at most."))
    return found
