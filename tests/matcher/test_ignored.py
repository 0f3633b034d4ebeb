"""Who is ignored is nobody whom somebody must look at, unless something tells who they are."""

from datetime import date

from matcher.decide import decide
from matcher.evidence import Evidence
from matcher.known import ignorable_names
from storage.entries import Strength
from storage.lookups import KnownOrganisation, KnownPerson
from storage.reasons import Reason

DAY, KEY = date(2026, 3, 3), "news@shop.example"
IGNORED = Evidence(KEY, Strength.WEAK, Reason.IGNORED_ADDRESS, {"address": KEY})
ANNA = KnownPerson(1, "Anna Muster", "Anna", "Muster", ())
BERTA = KnownPerson(2, "Berta Muster", "Berta", "Muster", ())


def test_nobody_is_asked_about_who_is_ignored():
    match = decide(KEY, [IGNORED], on=DAY)
    assert (match.reason, match.person, match.parameters) == (
        Reason.IGNORED_ADDRESS,
        None,
        {"address": KEY},
    )
    sharing = [Evidence(KEY, Strength.WEAK, Reason.EXACT_ADDRESS, {}, one) for one in (ANNA, BERTA)]
    assert decide(KEY, [*sharing, IGNORED], on=DAY).reason is Reason.IGNORED_ADDRESS


def test_whom_something_tells_is_told_though_ignored():
    known = Evidence(KEY, Strength.CERTAIN, Reason.EXACT_ADDRESS, {}, ANNA)
    assert decide(KEY, [known, IGNORED], on=DAY).person == ANNA
    shop = KnownOrganisation(1, "Shop AG")
    domain = Evidence(KEY, Strength.STRONG, Reason.ORGANISATION_DOMAIN, {}, organisation=shop)
    assert decide(KEY, [domain, IGNORED], on=DAY).organisation == shop


def test_an_address_is_ignored_by_itself_without_its_tag_or_by_a_domain():
    names = list(ignorable_names("a+b@x.shop.example"))
    assert names == ["a+b@x.shop.example", "a@x.shop.example", "x.shop.example", "shop.example", "example"]
