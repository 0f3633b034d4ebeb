"""Firms entered once or twice, and others that only look like one: sisters, branches, namesakes."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.twins.names import AUTHORITIES, FAMILY, FORMS, LONG_FORMS, STREETS, TOWNS, TRADES
from benchmarks.twins.record import Record
from benchmarks.twins.slips import slip, spelt_out, without_accents

Again = Callable[[Random, Record], Record]


def firms(random: Random, number: int) -> list[Record]:
    """Return *number* firms, a third of them entered twice, a third beside one that is another."""
    found: list[Record] = []
    for at in range(number):
        one = firm(random, f"firm-{at}")
        again = None
        if at % 9 == 0:
            long, short = random.choice(AUTHORITIES)
            one, again = replace(one, family=f"{long} {at}"), f"{short} {at}"
        found.append(one)
        if at % 3 == 0:
            found.append(_twice(random, one, again))
        elif at % 3 == 1:
            found.append(replace(random.choice(BESIDE)(random, one), true=f"beside-{at}"))
    random.shuffle(found)
    return found


def firm(random: Random, true: str) -> Record:
    """Return a firm with what an address book has of it."""
    tongue = random.choice(("de", "de", "fr", "it"))
    family, trade = random.choice(FAMILY[tongue].split()), random.choice(TRADES[tongue].split())
    form = random.choice(FORMS[tongue])
    name = random.choice((f"{family} {trade} {form}", f"{trade} {family} {form}", f"{family} & Co. {form}"))
    postcode, town = random.choice(TOWNS)
    street = random.choice(STREETS[tongue].split()).replace("_", " ")
    domain = f"{without_accents(spelt_out(family)).lower()}-{random.randrange(10**4)}.ch"
    return Record(
        true,
        family=name,
        street=f"{street} {random.randrange(1, 140)}",
        postcode=postcode,
        town=town,
        phone=f"+4144{random.randrange(10**7):07}",
        domain=domain,
        email=f"info@{domain}",
    )


def _twice(random: Random, one: Record, name: str | None) -> Record:
    again = replace(one, family=name) if name else random.choice(AGAIN)(random, one)
    kept = random.sample(("domain", "phone", "address"), random.choice((1, 2, 2, 3)))
    if "domain" not in kept:
        again = replace(again, domain="", email="")
    if "phone" not in kept:
        again = replace(again, phone=f"+4144{random.randrange(10**7):07}" if random.random() < 0.3 else "")
    if "address" not in kept:
        again = replace(again, street="", postcode="", town="")
    else:
        again = replace(again, street=random.choice((one.street, one.street.replace("strasse", "str."))))
    return again


def _without_form(name: str) -> str:
    return name.rpartition(" ")[0]


def _long_form(random: Random, one: Record) -> Record:
    bare, _, form = one.family.rpartition(" ")
    return replace(one, family=f"{bare} {LONG_FORMS[form]}")


def _in_other_order(random: Random, one: Record) -> Record:
    first, _, rest = _without_form(one.family).partition(" ")
    return replace(one, family=f"{rest} {first}")


AGAIN: tuple[Again, ...] = (
    lambda _, one: replace(one, family=spelt_out(one.family)),
    lambda _, one: replace(one, family=without_accents(one.family)),
    lambda _, one: replace(one, family=_without_form(one.family)),
    lambda _, one: replace(one, family=one.family.upper()),
    lambda _, one: replace(one, family=one.family.replace("&", "und")),
    lambda random, one: replace(one, family=slip(random, one.family)),
    _long_form,
    _in_other_order,
    lambda _, one: one,
)


def _sister(random: Random, one: Record) -> Record:
    """Return another firm of the group: the same house, telephone and domain."""
    first = one.family.split()[0]
    return replace(
        one, family=f"{first} {random.choice(('Holding', 'Service', 'Immobilien', 'Logistik'))} AG", email=""
    )


def _namesake(random: Random, one: Record) -> Record:
    return replace(firm(random, ""), family=one.family)


def _branch(random: Random, one: Record) -> Record:
    """Return a branch in another town: the same domain, another house and telephone."""
    other = firm(random, "")
    return replace(other, family=f"{_without_form(one.family)} {other.town}", domain=one.domain)


def _tenant(random: Random, one: Record) -> Record:
    other = firm(random, "")
    return replace(other, street=one.street, postcode=one.postcode, town=one.town)


def _other_form(random: Random, one: Record) -> Record:
    """Return a firm that differs by its legal form: two by law, as for a family's AG and GmbH."""
    bare, _, form = one.family.rpartition(" ")
    other = "GmbH" if form in {"AG", "SA"} else "AG"
    return replace(one, family=f"{bare} {other}", domain="", email="")


BESIDE: tuple[Again, ...] = (_sister, _namesake, _branch, _tenant, _other_form)
