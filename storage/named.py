"""Which persons and organisations may a text name?  By the words with which their names begin."""

from collections.abc import Collection

from tortoise.expressions import Q

from storage.correspondents import Organisation, Person
from storage.lookups import KnownOrganisation, KnownPerson, persons

_MOST = 200


async def persons_beginning(keys: Collection[str]) -> list[KnownPerson]:
    """Return persons whose family name begins with one of these words, in the form of sort keys."""
    if not keys:
        return []
    found = await Person.filter(_begins(keys)).order_by("id").limit(_MOST).values_list("id", flat=True)
    known = await persons([int(str(one)) for one in found])
    return [known[one] for one in sorted(known)]


async def organisations_beginning(keys: Collection[str]) -> list[KnownOrganisation]:
    """Return organisations whose name begins with one of these words, in the form of sort keys."""
    if not keys:
        return []
    found = await Organisation.filter(_begins(keys)).order_by("id").limit(_MOST)
    return [KnownOrganisation(one.id, one.name) for one in found]


def _begins(keys: Collection[str]) -> Q:
    conditions = [Q(sort_key=key) | Q(sort_key__startswith=f"{key} ") for key in sorted(keys)]
    return Q(*conditions, join_type="OR")
