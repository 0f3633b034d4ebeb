"""Is there what the ids in a body refer to?"""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from storage import directory, roster
from web.api.problem import wrong_field


async def _present(staff_id: int) -> Any:
    return next((one for one in await roster.present() if one.id == staff_id), None)


_LOOK_UPS: Mapping[str, Callable[[int], Coroutine[Any, Any, Any]]] = {
    "organisation_id": directory.organisation,
    "parent_id": directory.organisation,
    "owner_id": _present,
    "deputy_id": _present,
}


async def must_exist(values: Mapping[str, Any], *, below: str = "") -> None:
    """Look up every id among *values*, which stand *below* that pointer; a Problem names what is not there."""
    for name, look_up in _LOOK_UPS.items():
        row_id = values.get(name)
        if row_id is not None and await look_up(row_id) is None:
            raise wrong_field(f"{below}/{name}", "There is none with this id.")
