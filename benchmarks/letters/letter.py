"""A letter before it is printed: everything that stands on it, drawn by a seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.letters import dates, numbers, parties, texts, words
from benchmarks.letters.parties import Firm, Person, Place
from benchmarks.letters.references import Reference, references

_FIRST_DAY: Final = date(2023, 1, 3)
# Region of the sender, language in which it writes, and how often.
_WRITERS: Final = {
    ("de-DE", "de"): 18, ("de-CH", "de"): 20, ("de-AT", "de"): 4, ("fr-FR", "fr"): 10, ("fr-CH", "fr"): 11,
    ("it-IT", "it"): 9, ("it-CH", "it"): 9, ("en-GB", "en"): 14, ("de-CH", "en"): 3, ("de-DE", "en"): 2,
}  # fmt: skip
_NEIGHBOURS: Final = {
    "DE": "de-CH",
    "CH": "de-DE",
    "AT": "de-DE",
    "FR": "fr-CH",
    "IT": "it-CH",
    "GB": "de-CH",
}
SHARE_OF_PRIVATE, SHARE_ABROAD = 0.05, 0.12


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes; *lines* are what its window shows, the truth apart from them."""

    firm: str
    person: Person | None
    place: Place
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table in a letter: a bill, an offer."""

    number: int
    name: str
    count: int
    price: int

    @property
    def amount(self) -> int:
        """Return the sum, in hundredths."""
        return self.count * self.price


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed; *pages_wanted* from 1 to 3 says how long the text is made."""

    number: int
    region: str
    language: str
    sender: Firm | Person
    home: Place
    writer: Person
    position: str
    addressee: Addressee
    day: date
    day_text: str
    references: tuple[Reference, ...]
    subject_label: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    rows: tuple[Row, ...]
    closing: str
    enclosures: str
    direct: str
    direct_email: str
    pages_wanted: int

    @property
    def firm(self) -> Firm | None:
        """Return who sends it; None where it is a private person."""
        return self.sender if isinstance(self.sender, Firm) else None


def drawn(random: Random, number: int) -> Letter:
    """Return the letter that a source of chance gives."""
    region, language = random.choices(list(_WRITERS), weights=list(_WRITERS.values()))[0]
    writer = parties.person(random, region[:2])
    is_private = random.random() < SHARE_OF_PRIVATE
    firm = parties.firm(random, region)
    sender: Firm | Person = writer if is_private else firm
    home = parties.place(random, region) if is_private else firm.place
    day = _FIRST_DAY + timedelta(days=random.randrange(1060))
    addressee = _addressee(random, region, language)
    direct = numbers.phone(random, home.country)
    pages = random.choices((1, 2, 3), weights=(78, 15, 7))[0]
    return Letter(
        number,
        region,
        language,
        sender,
        home,
        writer,
        "" if is_private else random.choice(texts.POSITIONS[language].split("|")),
        addressee,
        day,
        dates.spelt(random, day, language),
        () if is_private else references(random, language, writer, direct, day),
        random.choice(texts.SUBJECT_LABELS[language]),
        random.choice(texts.SUBJECTS[language].split("|")).format(random.randrange(10, 9999)),
        _salutation(random, language, addressee.person),
        _paragraphs(random, region, language, pages),
        () if is_private or random.random() < 0.6 else _rows(random, language, pages),
        random.choice(
            [c for c in texts.CLOSINGS[language].split("|") if not (region == "de-CH" and "ß" in c)]
        ),
        "" if random.random() < 0.5 else random.choice(texts.ENCLOSURES[language].split("|")),
        direct,
        "" if random.random() < 0.6 else _mailbox(writer, firm.web),
        pages,
    )


def _mailbox(writer: Person, web: str) -> str:
    return f"{parties.plain(writer.given)[0]}.{parties.plain(writer.family)}@{web.removeprefix('www.')}"


def _addressee(random: Random, region: str, language: str) -> Addressee:
    """Return to whom a letter from a region goes: most often within the country."""
    is_abroad = random.random() < SHARE_ABROAD
    target = _NEIGHBOURS[region[-2:]] if is_abroad else region
    kind = random.random()
    firm = parties.firm(random, target).name if kind < 0.8 else ""
    person = parties.person(random, target[:2]) if kind > 0.4 else None
    place = parties.place(random, target)
    if firm and target in words.BOXES and random.random() < 0.1:
        box = words.BOXES[target]
        place = Place(f"{box} {random.randrange(10, 900)}", place.postcode, place.town, place.country)
    lines = [
        *_named(random, language, firm, person),
        place.street,
        *_town(random, place, language, is_abroad=is_abroad),
    ]
    return Addressee(firm, person, place, tuple(lines))


def _named(random: Random, language: str, firm: str, person: Person | None) -> list[str]:
    """Return the lines that say who it is."""
    titled = _titled(language, person, alone=not firm) if person else []
    if not firm:
        return titled
    lines = [firm]
    if language == "it" and random.random() < 0.6:
        lines = random.choice((["Spett.le", firm], [f"Spett.le {firm}"]))
    if random.random() < 0.22:
        lines.append(random.choice(words.DEPARTMENTS[language].split("|")))
    if person:
        lines.append(random.choice(_ATTENTION[language]) + titled[-1])
    return lines


_ATTENTION: Final = {
    "de": ("", "", "z. Hd. ", "z. H. ", "zu Händen "),
    "fr": ("", "À l'attention de ", "A l'att. de "),
    "it": ("", "c.a. ", "Alla c.a. "),
    "en": ("", "", "Attn: ", "For the attention of "),
}


def _titled(language: str, person: Person, *, alone: bool) -> list[str]:
    """Return a person with the title that a language gives: on a line of its own where some do so."""
    name = f"{person.degree}{person.name}"
    if language == "de":
        title = "Frau" if person.is_woman else "Herrn" if alone else "Herr"
        return [title, name] if alone and person.degree else [f"{title} {name}"]
    if language == "fr":
        return [f"{'Madame' if person.is_woman else 'Monsieur'} {person.name}"]
    if language == "it":
        if alone:
            return ["Gent.ma Sig.ra" if person.is_woman else "Egr. Sig.", person.name]
        return [f"{'Sig.ra' if person.is_woman else 'Sig.'} {person.name}"]
    return [f"{'Ms' if person.is_woman else 'Mr'} {person.name}" if not person.degree else name]


def _town(random: Random, place: Place, language: str, *, is_abroad: bool) -> list[str]:
    if place.country == "GB":
        if random.random() < 0.4:
            return [f"{place.town} {place.postcode}"]
        return [random.choice((place.town, place.town.upper())), place.postcode]
    if not is_abroad:
        return [parties.postal_line(place)]
    if random.random() < 0.5:
        return [parties.postal_line(place, prefix=True)]
    country = words.COUNTRY_NAMES[language][place.country]
    return [parties.postal_line(place), random.choice((country, country.upper()))]


def _salutation(random: Random, language: str, person: Person | None) -> str:
    impersonal, to_man, to_woman = texts.SALUTATIONS[language]
    if person is None or random.random() < 0.2:
        return impersonal
    return (to_woman if person.is_woman else to_man).format(person.family)


def _paragraphs(random: Random, region: str, language: str, pages: int) -> tuple[str, ...]:
    sentences = texts.SENTENCES[language].splitlines()
    if region == "de-DE":
        sentences = [sentence.replace("dreissig", "dreißig") for sentence in sentences]
    wanted = {1: random.randrange(5, 13), 2: random.randrange(25, 31), 3: random.randrange(50, 58)}[pages]
    pool: list[str] = []
    while len(pool) < wanted:
        pool += random.sample(sentences, len(sentences))
    found: list[str] = []
    pool = pool[:wanted]
    while pool:
        length = random.randrange(2, 5)
        found.append(" ".join(pool[:length]))
        pool = pool[length:]
    return tuple(found)


def _rows(random: Random, language: str, pages: int) -> tuple[Row, ...]:
    goods = texts.GOODS[language].split("|")
    count = random.randrange(2, 5) + 3 * (pages - 1)
    return tuple(
        Row(at + 1, random.choice(goods), random.randrange(1, 20), random.randrange(450, 90000, 5))
        for at in range(count)
    )
