"""What do the tables know about those who write on paper?  Letterheads that were told, names with postal addresses."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from mail.paper_address import PaperAddress, firm_key
from mail.reply_code import RecipientKind
from matcher.evidence import Case
from matcher.known import LookUps
from matcher.legal_forms import keys_of
from storage import facts, lookups, postal
from storage.lookups import Holder
from storage.sort_keys import person_sort_key, sort_key, spellings

_SALUTATIONS = frozenset(
    "herr herrn hr frau fr familie fam mr mrs ms mme madame monsieur famille m signor signora famiglia dr prof".split()
)
_MOST_WORDS = 5


async def look_up_paper(cases: Sequence[Case], found: LookUps) -> None:
    """Add what is known of the postal addresses of *cases*, and of whom codes of ours name."""
    written = [one.address for case in cases for one in case.parties.outsiders]
    paper = [address for address in written if isinstance(address, PaperAddress)]
    if not paper:
        return
    await _look_up_recipients(cases, found)
    keys = {one.key for one in paper if one.names_somebody}
    told = await facts.told(keys | {firm_key(key) for key in keys})
    persons = await lookups.persons({one.person_id for one in told.values() if one.person_id})
    firms = await lookups.organisations({one.organisation_id for one in told.values() if one.organisation_id})
    found.letterheads = {
        key: Holder(persons.get(one.person_id or 0), firms.get(one.organisation_id or 0), None, None)
        for key, one in told.items()
    }
    found.at_home = {
        **await postal.organisations_called({key for one in paper for key in keys_of(one.organisation)}),
        **{f"person:{key}": those for key, those in (await _persons(paper)).items()},
    }


async def _persons(paper: Iterable[PaperAddress]) -> dict[str, list[postal.AtHome]]:
    return await postal.persons_called({key for one in paper for key in person_keys(one.person)})


async def _look_up_recipients(cases: Sequence[Case], found: LookUps) -> None:
    codes = list(chain.from_iterable(case.codes for case in cases))
    persons = {one.recipient for one in codes if one.kind is RecipientKind.PERSON}
    firms = {one.recipient for one in codes if one.kind is RecipientKind.ORGANISATION}
    found.persons.update(await lookups.persons(persons))
    found.organisations.update(await lookups.organisations(firms))


def person_keys(name: str) -> set[str]:
    """Return the sort keys that tables may have for a person, whichever of the names stands first."""
    words = [word for word in name.split() if sort_key(word) not in _SALUTATIONS][:_MOST_WORDS]
    return {spelt for key in _orders(words) for spelt in spellings(key)} if len(words) > 1 else set()


def _orders(words: Sequence[str]) -> Iterator[str]:
    for at in range(1, len(words)):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        yield person_sort_key(last, first)
        yield person_sort_key(first, last)
