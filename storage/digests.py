"""Which held entries are whose to decide?"""

from storage.by_hand import place
from storage.connect import rows

_OWN = (
    "EXISTS (SELECT 1 FROM entry_staff s WHERE s.entry_id = e.id AND s.part = 'captured' AND s.staff_id = {})"
)
# Nobody of the present staff captured it.
_NOBODYS = (
    "NOT EXISTS (SELECT 1 FROM entry_staff s JOIN staff t ON t.id = s.staff_id"
    " WHERE s.entry_id = e.id AND s.part = 'captured' AND t.left_at IS NULL)"
)


async def held_of(staff_id: int, *, nobodys_too: bool, most: int) -> tuple[list[int], int]:
    """Return the newest entries held that a staff member captured, and how many there are.

    With *nobodys_too* also those that nobody captured who still works here.
    """
    own = _OWN.format(place(1))
    condition = f"({own} OR {_NOBODYS})" if nobodys_too else own
    # A range, so that the index on the reason is used: few of many entries are held.
    held = f"FROM entry e WHERE e.held_reason > '' AND {condition}"
    newest = await rows(f"SELECT e.id {held} ORDER BY e.at DESC, e.id DESC LIMIT {int(most)}", [staff_id])
    (counted,) = await rows(f"SELECT count(*) AS number {held}", [staff_id])
    return [row["id"] for row in newest], int(counted["number"])
