"""Persons entered once or twice: each second entry differs as such entries do, and others only look like one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from random import Random

from benchmarks.twins.names import ENDINGS, FAMILY, GIVEN, NICKNAMES, STREETS, TITLES, TOWNS
from benchmarks.twins.record import Record
from benchmarks.twins.slips import slip, spelt_out, without_accents

SHARED = ("gmx.ch", "bluewin.ch", "gmail.com", "web.de", "orange.fr", "libero.it")
Again = Callable[[Random, Record], Record]


def persons(random: Random, number: int) -> list[Record]:
    """Return *number* persons, a third of them entered twice, a third beside somebody who is not them."""
    found: list[Record] = []
    for at in range(number):
        one = person(random, f"person-{at}")
        found.append(one)
        if at % 3 == 0:
            found.append(_twice(random, one))
        elif at % 3 == 1:
            found.append(replace(random.choice(BESIDE)(random, one), true=f"beside-{at}"))
    random.shuffle(found)
    return found


def person(random: Random, true: str) -> Record:
    """Return somebody with what an address book has of them."""
    tongue = random.choice(("de", "de", "fr", "it"))
    given, family = random.choice(GIVEN[tongue].split()), random.choice(FAMILY[tongue].split())
    if random.random() < 0.12:
        given += f"{random.choice('- ')}{random.choice(GIVEN[tongue].split())}"
    if random.random() < 0.1:
        family += f"-{random.choice(FAMILY[tongue].split())}"
    postcode, town = random.choice(TOWNS)
    street = random.choice(STREETS[tongue].split()).replace("_", " ")
    return Record(
        true,
        given,
        family,
        f"{street} {random.randrange(1, 140)}",
        postcode,
        town,
        email=_email(random, given, family),
        phone=f"+4179{random.randrange(10**7):07}",
        employer=random.randrange(1, 4000) if random.random() < 0.7 else 0,
        birthday=_day(random) if random.random() < 0.3 else "",
    )


def _email(random: Random, given: str, family: str) -> str:
    local = without_accents(spelt_out(f"{given}.{family}")).lower().replace(" ", "")
    host = random.choice(SHARED) if random.random() < 0.4 else f"firma{random.randrange(4000)}.example"
    return f"{local}{random.randrange(10**4)}@{host}"


def _day(random: Random) -> str:
    return f"{random.randrange(1940, 2003)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}"


def _twice(random: Random, one: Record) -> Record:
    """Return the second entry of somebody: written otherwise, and with a part of what the first has."""
    again = random.choice(AGAIN)(random, one)
    kept = random.sample(("email", "phone", "address", "employer"), random.choice((1, 2, 2, 3)))
    if not {"email", "phone"} & set(kept) and not ("address" in kept and "employer" in kept):
        kept.append(random.choice(("email", "phone")))
    if "email" not in kept:
        again = replace(again, email=_email(random, one.given, one.family) if random.random() < 0.4 else "")
    if "phone" not in kept:
        again = replace(again, phone=f"+4178{random.randrange(10**7):07}" if random.random() < 0.4 else "")
    if "address" not in kept:
        again = (
            replace(again, street="", postcode="", town="")
            if random.random() < 0.5
            else _moved(random, again)
        )
    else:
        again = replace(again, street=_street_again(random, again.street))
    if "employer" not in kept:
        again = replace(again, employer=random.randrange(4000, 8000) if random.random() < 0.5 else 0)
    return again if random.random() < 0.6 else replace(again, birthday="")


def _moved(random: Random, one: Record) -> Record:
    postcode, town = random.choice(TOWNS)
    street = random.choice(STREETS["de"].split())
    return replace(one, street=f"{street} {random.randrange(1, 140)}", postcode=postcode, town=town)


def _street_again(random: Random, street: str) -> str:
    shorter = street.replace("strasse", "str.").replace("Avenue", "Av.").replace("Boulevard", "Bd")
    return random.choice(
        (street, shorter, street.replace("strasse", "straße"), spelt_out(street), slip(random, street))
    )


AGAIN: tuple[Again, ...] = (
    lambda _, one: replace(one, given=spelt_out(one.given), family=spelt_out(one.family)),
    lambda _, one: replace(one, given=without_accents(one.given), family=without_accents(one.family)),
    lambda _, one: replace(one, given=one.family, family=one.given),
    lambda _, one: replace(one, given="", family=f"{one.given} {one.family}"),
    lambda _, one: replace(one, given="", family=f"{one.family} {one.given}"),
    lambda random, one: replace(one, given=random.choice(TITLES) + one.given),
    lambda random, one: replace(one, family=f"{one.family}, {random.choice(TITLES)}".strip()),
    lambda _, one: replace(one, given=f"{one.given[0]}."),
    lambda random, one: replace(one, family=slip(random, one.family)),
    lambda random, one: replace(one, given=slip(random, one.given)),
    lambda _, one: replace(one, given=one.given.upper(), family=one.family.upper()),
    lambda _, one: replace(one, given=NICKNAMES.get(one.given, one.given)),
    lambda random, one: replace(one, family=f"{one.family}-{random.choice(FAMILY['de'].split())}"),
    lambda random, one: replace(one, given=f"{one.given} {random.choice('ABCDEFGH')}."),
    lambda _, one: one,
)


def _namesake(random: Random, one: Record) -> Record:
    other = person(random, "")
    return _called(random, other, one.given, one.family)


def _called(random: Random, one: Record, given: str, family: str) -> Record:
    """Return somebody by another name, with an address made of it that nobody else has."""
    local, _, host = _email(random, given, family).partition("@")
    return replace(one, given=given, family=family, email=f"{local}.{random.randrange(10**4)}@{host}")


def _namesake_in_town(random: Random, one: Record) -> Record:
    other = person(random, "")
    return replace(_called(random, other, one.given, one.family), postcode=one.postcode, town=one.town)


def _of_household(random: Random, one: Record) -> Record:
    """Return a husband, wife or child: family name, address and telephone are the same."""
    other = person(random, "")
    while other.given[:3] == one.given[:3]:
        other = person(random, "")
    other = _called(random, other, other.given, one.family)
    return replace(other, street=one.street, postcode=one.postcode, town=one.town, phone=one.phone)


def _of_household_with_one_mailbox(random: Random, one: Record) -> Record:
    return replace(_of_household(random, one), email=one.email)


def _brother(random: Random, one: Record) -> Record:
    """Return a brother or sister whose given name differs from that of the first by its ending."""
    stem = next((name for name in ENDINGS if one.given.startswith(name)), "")
    other = _of_household(random, one)
    return _called(random, other, random.choice(ENDINGS[stem]), one.family) if stem else other


def _son(random: Random, one: Record) -> Record:
    """Return a son who has his father's name and lives with him; only their birthdays tell them apart."""
    if not one.birthday:
        return _of_household(random, one)
    born = f"{int(one.birthday[:4]) + random.randrange(20, 40)}{_day(random)[4:]}"
    son = _called(random, _of_household(random, one), one.given, one.family)
    return replace(son, birthday=born)


def _colleague(random: Random, one: Record) -> Record:
    other = person(random, "")
    return replace(
        other, employer=one.employer, phone=one.phone, street=one.street, postcode=one.postcode, town=one.town
    )


def _colleague_with_name(random: Random, one: Record) -> Record:
    """Return somebody of the same name in the same large firm: the second there is `hans.muster2@`."""
    local, _, host = one.email.partition("@")
    if host in SHARED or not one.employer:
        return _namesake(random, one)
    other = person(random, "")
    return replace(other, given=one.given, family=one.family, employer=one.employer, email=f"{local}2@{host}")


BESIDE: tuple[Again, ...] = (
    _namesake,
    _namesake_in_town,
    _of_household,
    _of_household_with_one_mailbox,
    _brother,
    _son,
    _colleague,
    _colleague_with_name,
)


def truth(records: list[Record]) -> Iterator[tuple[int, int]]:
    """Yield the places of those that are one and the same."""
    first: dict[str, int] = {}
    for at, record in zip(count(), records, strict=False):
        if record.true in first:
            yield first[record.true], at
        else:
            first[record.true] = at
