"""A letterhead is one that somebody told of before, or name and postal address of a correspondent."""

from collections.abc import Iterator, Sequence

from mail.paper_address import PaperAddress, firm_key
from matcher.evidence import Case, Evidence
from matcher.known import LookUps
from matcher.legal_forms import firm_name, form_of, keys_of
from matcher.paper import person_keys
from matcher.parties import Outsider
from storage.entries import Strength
from storage.postal import AtHome
from storage.reasons import Reason


async def letterhead(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return whose name and postal address those of a letter's sender or addressee are."""
    return letterheads(case, look_ups)


def letterheads(case: Case, look_ups: LookUps) -> list[Evidence]:
    """Return the same, for those who ask which organisations are named.

    A person's name without the address is weak: there are namesakes.  Of an organisation that is
    said by its own rule.
    """
    return [
        each
        for outsider in case.parties.outsiders
        if isinstance(outsider.address, PaperAddress)
        for each in (
            *_told(outsider, look_ups),
            *_organisations(outsider, outsider.address, case, look_ups),
            *_persons(outsider, outsider.address, case, look_ups),
        )
    ]


def _told(outsider: Outsider, look_ups: LookUps) -> Iterator[Evidence]:
    for key in dict.fromkeys((outsider.key, firm_key(outsider.key))):
        known = look_ups.letterheads.get(key)
        who = (known.person or known.organisation) if known else None
        if known is None or who is None:
            continue
        parameters = {"address": str(outsider.address), "correspondent": who.name}
        yield Evidence(
            outsider.key,
            Strength.CERTAIN,
            Reason.LETTERHEAD_TOLD,
            parameters,
            known.person,
            None if known.person else known.organisation,
        )


def _organisations(
    outsider: Outsider, address: PaperAddress, case: Case, look_ups: LookUps
) -> Iterator[Evidence]:
    called = {
        one.organisation.id: one
        for key in keys_of(address.organisation)
        for one in look_ups.at_home.get(key, ())
        if one.organisation and one.organisation.id not in look_ups.told.own and _same_form(address, one)
    }
    for one in called.values():
        if one.lives(address.street, address.postcode, case.day) and one.organisation:
            parameters = {"address": str(address), "correspondent": one.organisation.name}
            yield Evidence(
                outsider.key,
                Strength.STRONG,
                Reason.POSTAL_ADDRESS,
                parameters,
                organisation=one.organisation,
            )


def _persons(outsider: Outsider, address: PaperAddress, case: Case, look_ups: LookUps) -> Iterator[Evidence]:
    called = {
        one.person.id: one
        for key in person_keys(address.person)
        for one in look_ups.at_home.get(f"person:{key}", ())
        if one.person
    }
    for one in called.values():
        is_there = one.lives(address.street, address.postcode, case.day)
        parameters = {"address": str(address), "correspondent": one.name, "name": address.person}
        yield Evidence(
            outsider.key,
            Strength.STRONG if is_there else Strength.WEAK,
            Reason.POSTAL_ADDRESS if is_there else Reason.NAMESAKE,
            parameters,
            one.person,
        )


def _same_form(address: PaperAddress, one: AtHome) -> bool:
    here = firm_name(address.organisation).form
    there = firm_name(one.name).form
    there = form_of(one.legal_form) if there is None else there
    return here is None or there is None or here == there
