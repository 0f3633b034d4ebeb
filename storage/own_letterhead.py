"""What of ours may stand on a letter: registered numbers of our own firm, names of the staff?"""

from collections.abc import Collection

from storage.by_hand import rows_among
from storage.sort_keys import sort_key
from storage.staff import Staff


async def numbers_of(organisation_ids: Collection[int]) -> frozenset[str]:
    """Return the IBAN, UID and VAT numbers of organisations."""
    found = await rows_among(
        "SELECT n.value FROM organisation_number n WHERE {among}",
        "n.organisation_id",
        organisation_ids,
        "bigint",
    )
    return frozenset(row["value"] for row in found)


async def staff_by_name() -> dict[str, int]:
    """Return the present staff by name in look-up form; nobody of a name that two have."""
    names: dict[str, int | None] = {}
    for one in await Staff.filter(left_at__isnull=True).only("id", "name"):
        key = sort_key(one.name)
        names[key] = None if key in names else one.id
    return {key: staff_id for key, staff_id in names.items() if key and staff_id is not None}
