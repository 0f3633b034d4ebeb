"""Own fields as programs give and get them: by name."""

from collections.abc import Mapping
from typing import Any

from storage import own_fields
from storage.correspondents import Party
from storage.own_fields import OwnFieldKind, WrongValue, changed, value_of
from web.api.problem import wrong_field

_WRONG = {
    OwnFieldKind.TEXT: "This may have 300 characters at most.",
    OwnFieldKind.NUMBER: "This is no number.",
    OwnFieldKind.DATE: "This is no date: write it as 2026-12-31.",
    OwnFieldKind.CHOICE: "This is none of the field's choices.",
}


async def put_ids(party: Party, values: dict[str, Any], known: Mapping[str, Any]) -> None:
    """Put the ids of own fields in place of their names, beside what is *known*; a Problem names a wrong one."""
    if "own_fields" not in values:
        return
    fields = {one.name: one for one in await own_fields.fields_of(party)}
    read: dict[int, Any] = {}
    for name, value in values["own_fields"].items():
        pointer = "/own_fields/" + name.replace("~", "~0").replace("/", "~1")
        if name not in fields:
            raise wrong_field(pointer, "There is no own field of this name.")
        one = fields[name]
        if value is not None and isinstance(value, str) is (one.kind is OwnFieldKind.NUMBER):
            raise wrong_field(pointer, _WRONG[one.kind])
        try:
            read[one.id] = None if value is None else value_of(one, str(value))
        except WrongValue:
            raise wrong_field(pointer, _WRONG[one.kind]) from None
    values["own_fields"] = changed(known, read)


async def by_name(party: Party, own: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's own values by the names of their fields, archived ones too."""
    fields = await own_fields.fields_of(party, archived=True)
    return {one.name: own[str(one.id)] for one in fields if str(one.id) in own}
