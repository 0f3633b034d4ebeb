"""Who writes to whom: firms, authorities and persons with their addresses, as their country writes them."""

import re
import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.letters import numbers, words

_DEGREES: Final = {
    "de": ("Dr. ", "Prof. Dr. ", "Dipl.-Ing. "),
    "fr": ("Dr ", "Me "),
    "it": ("Dott. ", "Ing. ", "Avv. "),
    "en": ("Dr ", "Prof. "),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person by name; *degree* ends with a blank where there is one."""

    given: str
    family: str
    is_woman: bool
    degree: str = ""

    @property
    def name(self) -> str:
        """Return given and family name."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives; *country* in two letters."""

    street: str
    postcode: str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation as its letterhead shows it; *short* is how its logo calls it."""

    name: str
    short: str
    place: Place
    phone: str
    fax: str
    email: str
    web: str
    iban: str
    bank: str
    tax_number: str
    slogan: str


def person(random: Random, language: str, *, may_have_degree: bool = True) -> Person:
    """Return somebody of a language."""
    is_woman = random.random() < 0.5
    given = random.choice((words.WOMEN if is_woman else words.MEN)[language].split())
    family = random.choice(words.FAMILIES[language].split())
    if random.random() < 0.08 and language != "en":
        family += f"-{random.choice(words.FAMILIES[language].split())}"
    has_degree = may_have_degree and random.random() < 0.12
    return Person(given, family, is_woman, random.choice(_DEGREES[language]) if has_degree else "")


def place(random: Random, region: str) -> Place:
    """Return an address in a region, such as `fr-CH`."""
    at = random.choice(words.TOWNS[region].split("|"))
    postcode, town = _parted(at, region)
    street = random.choice(words.STREETS[region].split("|")).format(random.randrange(1, 180))
    if random.random() < 0.05 and not region.endswith(("FR", "GB", "IT")):
        street += random.choice("abc")
    return Place(street, postcode, town, region[-2:])


def _parted(text: str, region: str) -> tuple[str, str]:
    """Return postcode and town; a British postcode is two words."""
    pieces = text.split(" ")
    of_postcode = 2 if region == "en-GB" else 1
    return " ".join(pieces[:of_postcode]), " ".join(pieces[of_postcode:])


def firm(random: Random, region: str) -> Firm:
    """Return an organisation of a region."""
    language, country = region.split("-")
    at = place(random, region)
    short, name = _names(random, region, at)
    domain = f"{plain(short)}.{'co.uk' if country == 'GB' else country.lower()}"
    mailbox = random.choice(("info", "office", "kontakt" if language == "de" else "contact"))
    return Firm(
        name,
        short,
        at,
        phone=numbers.phone(random, country),
        fax=numbers.phone(random, country),
        email=f"{mailbox}@{domain}",
        web=f"www.{domain}",
        iban=numbers.iban(random, country),
        bank=random.choice(words.BANKS[country].split("|")),
        tax_number=numbers.tax_number(random, country),
        slogan=random.choice(words.SLOGANS[language].split("|")),
    )


def _names(random: Random, region: str, at: Place) -> tuple[str, str]:
    """Return what a firm is called in short and in full."""
    language = region[:2]
    kind = random.random()
    if kind < 0.18:
        town = re.split(r"[ /]", at.town)[0] if at.town.split()[0] not in {"La", "St.", "Bad"} else at.town
        name = random.choice(words.BODIES[region].split("|")).format(town)
        return name, name
    form = random.choice(words.FORMS[region].split("|"))
    family = random.choice(words.FAMILIES[language].split())
    trade = random.choice(words.TRADES[language].split("|"))
    if kind < 0.5:
        short = f"{family} {trade}"
    elif kind < 0.62:
        short = f"{family} & {random.choice(words.FAMILIES[language].split())}"
    elif kind < 0.82:
        short = f"{random.choice(words.INVENTED.split())} {trade}"
    else:
        short = random.choice(words.INVENTED.split())
    return short, f"{short} {form}"


def plain(name: str) -> str:
    """Return a name as a domain spells it."""
    spelt = name.lower()
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("&", "und")):
        spelt = spelt.replace(letter, written)
    bare = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def postal_line(at: Place, *, prefix: bool = False) -> str:
    """Return postcode and town on a line, with the country's letters before where *prefix* asks for them."""
    if at.country == "GB":
        return f"{at.town} {at.postcode}"
    before = {"DE": "D-", "AT": "A-", "FR": "F-", "IT": "I-"}.get(at.country, "CH-") if prefix else ""
    province = f" ({words.PROVINCES[at.town]})" if at.town in words.PROVINCES else ""
    return f"{before}{at.postcode} {at.town}{province}"
