"""What do the cells of own fields hold?  Those that the firm has defined by their kind, others under their own name."""

from collections.abc import Mapping
from typing import Any

from ingest.correspondents.columns import OWN_PREFIX, Column
from ingest.correspondents.fields_of import Cells
from ingest.correspondents.said import WrongReason, WrongRow
from ingest.correspondents.values import day_in, own_in
from storage.correspondents import Party
from storage.own_fields import OwnField, OwnFieldKind, WrongValue, value_of

OwnFields = Mapping[tuple[Party, str], OwnField]
_LONGEST_NAME = 100


def own_values(cells: Cells, party: Party, fields: OwnFields) -> dict[str, Any]:
    """Return the values of own fields as rows keep them, by id, or by name where none is defined.  WrongRow."""
    found: dict[str, Any] = {}
    for column, title, cell in cells:
        if column is not Column.OWN:
            continue
        name = title.removeprefix(OWN_PREFIX).strip()[:_LONGEST_NAME]
        if field := fields.get((party, name.casefold())):
            found[str(field.id)] = _value(field, cell)
        else:
            found[name] = own_in(cell)
    return {name: value for name, value in found.items() if value is not None}


def _value(field: OwnField, cell: str) -> Any:
    read = own_in(cell)
    text = read if isinstance(read, str) else cell  # a file of ours has a text "3" in quotation marks
    if field.kind is OwnFieldKind.DATE:
        return day_in(text).isoformat()
    try:
        return value_of(field, text)
    except WrongValue:
        raise WrongRow(WrongReason.NO_OWN_VALUE, value=text[:80], name=field.name) from None
