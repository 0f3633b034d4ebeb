"""A made-up directory is in the tables as if the product had entered it, on both databases."""

from benchmarks.matching.directory import PERSONS, Block, make
from benchmarks.matching.filling import fill
from storage import directory_edits, lookups
from storage.connect import dialect, rows
from storage.correspondents import EmailAddress, Organisation, Person


async def test_all_firms_and_persons_of_a_block_are_there_with_their_indexes(database: str) -> None:
    before = await _indexes()
    block = make(0)
    await fill(database, [block])
    assert await Person.all().count() == PERSONS
    assert await Organisation.all().count() == len(block.firms)
    assert await EmailAddress.all().count() == _entered(block)
    assert await _indexes() == before


async def test_blocks_are_added_to_those_that_are_there(database: str) -> None:
    await fill(database, [make(0)])
    await fill(database, [make(1)])
    assert await Person.all().count() == 2 * PERSONS
    added = await directory_edits.add(Person, {"family_name": "Neu"}, staff_id=None)
    assert added.id > 2 * PERSONS


async def test_what_is_written_in_bulk_is_what_the_product_writes_itself(database: str) -> None:
    block = make(0)
    await fill(database, [block])
    for row in await EmailAddress.filter(id__lte=40):
        entered = await directory_edits.add(EmailAddress, {"written": row.written}, staff_id=None)
        assert entered.key == row.key
    for person in await Person.filter(id__lte=40):
        key = person.sort_key
        await person.save()
        assert person.sort_key == key


async def test_whoever_has_an_address_is_found_with_where_they_work(database: str) -> None:
    block = make(0)
    await fill(database, [block])
    human = next(one for one in block.humans.values() if one.job and len(one.mailed) == 1)
    address = human.mailed[0].address
    assert human.job is not None
    (holder,) = (await lookups.holders([address]))[address]
    assert holder.person is not None
    assert holder.person.id == human.id
    assert human.job.firm in {role.organisation.id for role in holder.person.roles}


def _entered(block: Block) -> int:
    of_firms = sum(len(firm.mailed) for firm in block.firms.values())
    return of_firms + sum(len(human.mailed) for human in block.humans.values())


async def _indexes() -> set[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'index'"
    postgres = "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'"
    return {row["name"] for row in await rows(sqlite if dialect() == "sqlite" else postgres)}
