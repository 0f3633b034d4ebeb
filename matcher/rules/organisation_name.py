"""The signature names an organisation, as it is called or was called before."""

import re
from collections.abc import Iterator, Sequence

from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from matcher.legal_forms import firm_name, form_of, keys_of
from matcher.parties import Outsider
from storage.entries import Strength
from storage.reasons import Reason
from storage.telling import NamedOrganisation


async def organisation_name(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return which organisations the signature of a message's author names."""
    return organisation_names(case, look_ups)


def organisation_names(case: Case, look_ups: LookUps) -> list[Evidence]:
    """Return the same, for those who ask which organisations are named.

    Strong only with the legal form, of one organisation alone, and not from a domain that says otherwise.
    """
    author = author_of(case)
    firms = look_ups.signs_of(case).firms if author else ()
    return [each for written in firms if author for each in _of(written, author, look_ups)]


def _of(written: str, author: Outsider, look_ups: LookUps) -> Iterator[Evidence]:
    called = {
        one.organisation.id: one
        for key in keys_of(written)
        for one in look_ups.told.by_name.get(key, ())
        if one.organisation.id not in look_ups.told.own and _same(written, one)
    }
    for one in called.values():
        sure = len(called) == 1 and _with_form(written, one) and not _contradicts(author, one)
        reason = (
            (Reason.FORMER_NAME if one.was else Reason.SIGNED_BY_ORGANISATION) if sure else Reason.NAME_ALONE
        )
        yield Evidence(
            author.key,
            Strength.STRONG if sure else Strength.WEAK,
            reason,
            {"name": written, "organisation": one.organisation.name},
            organisation=one.organisation,
        )


def _same(written: str, one: NamedOrganisation) -> bool:
    """Tell whether the forms do not speak against it: `Muster AG` is not `Muster GmbH`."""
    here, there = firm_name(written).form, _form(one)
    return here is None or there is None or here == there


def _with_form(written: str, one: NamedOrganisation) -> bool:
    return (form := firm_name(written).form) is not None and form == _form(one)


def _form(one: NamedOrganisation) -> int | None:
    named = firm_name(one.name).form
    return named if named is not None or one.was else form_of(one.legal_form)


def _contradicts(author: Outsider, one: NamedOrganisation) -> bool:
    """Tell whether an own domain is none of the organisation's, which has some, nor looks like its name."""
    domain = author.address.private_domain
    if domain is None or not one.has_domain:
        return False
    label = re.sub(r"[^a-z0-9]", "", domain.partition(".")[0])
    name = firm_name(one.name).bare.replace(" ", "")
    return not (label.startswith(name) and len(label) - len(name) <= len("gruppe"))
