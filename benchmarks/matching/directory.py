"""Who is in the directory?  Blocks of a hundred firms and five hundred persons, each made from its number alone.

Nothing is kept: whoever needs a block again makes it again, and it is the same.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from benchmarks.matching import firms, names

FIRMS, PERSONS = 100, 500
TODAY: Final = date(2026, 6, 1)
_SIZES: Final = (*[2] * 60, *[4] * 25, *[10] * 10, *[20] * 4, 60)  # 460 work somewhere, 40 nowhere
_MOVED, _NAMESAKES, _SHARED, _SUBSIDIARIES, _WITHOUT_DOMAIN = 30, 5, 6, 3, 10
_FUNCTIONS: Final = {
    "de": ("Geschäftsführerin", "Projektleiter", "Sachbearbeiterin", "Buchhalter", "Leiterin Einkauf", ""),
    "fr": ("Directrice", "Chef de projet", "Assistante", "Comptable", "Responsable des achats", ""),
    "it": ("Direttrice", "Capo progetto", "Assistente", "Contabile", "Responsabile acquisti", ""),
    "en": ("Managing Director", "Project Lead", "Assistant", "Accountant", "Head of Purchasing", ""),
}
_ROLE_ADDRESSES: Final = {
    "de": ("info", "kontakt", "office", "verwaltung"),
    "fr": ("info", "contact", "secretariat"),
    "it": ("info", "segreteria", "amministrazione"),
    "en": ("info", "office", "hello", "enquiries"),
}
SHARED_ADDRESSES: Final = {"de": "empfang", "fr": "reception", "it": "ufficio", "en": "frontdesk"}


@dataclass(frozen=True, slots=True)
class Mailed:
    """An address as it is entered, from-until."""

    address: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Where somebody works or worked: the firm's number, from-until."""

    firm: int
    function: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Human:
    """A person of the directory; *mobile* is empty where none is entered."""

    id: int
    given: str
    family: str
    title: str
    language: str
    jobs: tuple[Job, ...] = ()
    mailed: tuple[Mailed, ...] = ()
    mobile: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"

    @property
    def job(self) -> Job | None:
        """What they do today."""
        return next((job for job in self.jobs if job.until is None), None)


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation of the directory.

    *domain* is where its staff write from, be it its parent's; *domains* are entered as its own.
    """

    id: int
    name: str
    legal_form: str
    language: str
    place: str
    phone: str
    top: str
    domain: str
    domains: tuple[str, ...]
    mailed: tuple[Mailed, ...]
    pattern: int
    customer_number: str | None = None
    former_name: str = ""
    parent: int | None = None


@dataclass(slots=True)
class Block:
    """A hundred firms and five hundred persons."""

    number: int
    firms: dict[int, Firm] = field(default_factory=dict)
    humans: dict[int, Human] = field(default_factory=dict)

    def staff_of(self, firm: int, *, today: bool = True) -> list[Human]:
        """Return who works at a firm; without *today* also who worked there."""
        return [
            human
            for human in self.humans.values()
            if any(job.firm == firm and (job.until is None or not today) for job in human.jobs)
        ]


def blocks(persons: int, *, first: int = 0, seed: int = 1) -> Iterator[Block]:
    """Yield the blocks of a directory of so many persons, from the block *first* on."""
    return (make(number, seed) for number in range(first, persons // PERSONS))


@lru_cache(maxsize=2)
def block(number: int, seed: int = 1) -> Block:
    """Return a block that is looked at several times in a row."""
    return make(number, seed)


def make(number: int, seed: int = 1) -> Block:
    """Return the block with this number."""
    chance = random.Random(f"directory {seed} {number}")
    made = Block(number)
    sizes = list(_SIZES)
    chance.shuffle(sizes)
    for at in range(FIRMS):
        firm = _firm(chance, number * FIRMS + at + 1)
        made.firms[firm.id] = firm
    _without_domain(chance, made, sizes)
    _subsidiaries(chance, made)
    _humans(chance, made, sizes)
    _namesakes(chance, made)
    _moves(chance, made)
    _addresses(chance, made)
    _shared(chance, made)
    return made


def _firm(chance: random.Random, number: int) -> Firm:
    language = chance.choices(names.LANGUAGES, weights=(5, 3, 2, 2))[0]
    form = chance.choice(firms.LEGAL_FORMS[language])
    name = firms.firm_name(chance, language, form)
    domain, top = firms.domain(chance, name, number, language)
    second = (f"{domain.removesuffix(f'.{top}')}-group.com",) if chance.random() < 0.15 else ()
    role = chance.choice(_ROLE_ADDRESSES[language])
    return Firm(
        number,
        name,
        form if name.endswith(form) else "",
        language,
        chance.choice(firms.PLACES[language].split()),
        firms.office_number(top, number),
        top,
        domain,
        (domain, *second),
        (Mailed(f"{role}@{domain}"),) if chance.random() < 0.8 else (),
        chance.randrange(4),
        _customer_number(chance, number),
        firms.firm_name(chance, language, form) if chance.random() < 0.08 else "",
    )


def _customer_number(chance: random.Random, number: int) -> str | None:
    kind = chance.random()
    if kind < 0.5:
        return None
    return f"K-{number:06}" if kind < 0.75 else str(4_000_000 + number)


def _without_domain(chance: random.Random, made: Block, sizes: list[int]) -> None:
    """Let small firms have no domain, but an address at an access provider."""
    small = [firm for firm, size in zip(made.firms.values(), sizes, strict=True) if size == 2]
    for firm in chance.sample(small, k=_WITHOUT_DOMAIN):
        local = f"{names.slug(firm.name.split()[0]).strip('-')}.{firms.code(firm.id)}"
        provider = chance.choice(("bluewin.ch", "t-online.de", "orange.fr", "libero.it"))
        mailed = (Mailed(f"{local}@{provider}"),)
        made.firms[firm.id] = replace(firm, domain="", domains=(), mailed=mailed)


def _subsidiaries(chance: random.Random, made: Block) -> None:
    """Let some firms write from the domain of the one that owns them."""
    chosen = chance.sample([firm for firm in made.firms.values() if firm.domain], k=2 * _SUBSIDIARIES)
    for parent, child in zip(chosen[::2], chosen[1::2], strict=True):
        made.firms[child.id] = replace(
            child, domain=parent.domain, domains=(), mailed=(), parent=parent.id, pattern=parent.pattern
        )


def _humans(chance: random.Random, made: Block, sizes: list[int]) -> None:
    number = made.number * PERSONS
    for firm, size in zip(made.firms.values(), sizes, strict=True):
        for _ in range(size):
            number += 1
            language = firm.language if chance.random() < 0.85 else chance.choice(names.LANGUAGES)
            job = Job(firm.id, chance.choice(_FUNCTIONS[firm.language]), _some_day(chance, 2012, 2019))
            made.humans[number] = _human(chance, number, language, (job,), firm.top)
    for private in range(number + 1, (made.number + 1) * PERSONS + 1):
        language = chance.choice(names.LANGUAGES)
        made.humans[private] = _human(chance, private, language, (), "ch")


def _human(chance: random.Random, number: int, language: str, jobs: tuple[Job, ...], top: str) -> Human:
    mobile = firms.mobile_number(top, number) if chance.random() < 0.6 else ""
    given, family = names.given_name(chance, language), names.family_name(chance, language)
    return Human(number, given, family, names.title(chance, language), language, jobs, mobile=mobile)


def _some_day(chance: random.Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=chance.randrange((last - first + 1) * 365))


def _namesakes(chance: random.Random, made: Block) -> None:
    """Let two be called alike in some of the larger firms."""
    large = [those for those in _by_firm(made).values() if len(those) >= 10]
    for those in chance.sample(large, k=_NAMESAKES):
        one, other = chance.sample(those, k=2)
        made.humans[other.id] = replace(other, given=one.given, family=one.family, language=one.language)


def _by_firm(made: Block) -> dict[int, list[Human]]:
    """Return who works at each firm today."""
    found: dict[int, list[Human]] = {firm: [] for firm in made.firms}
    for human in made.humans.values():
        if job := human.job:
            found[job.firm].append(human)
    return found


def _moves(chance: random.Random, made: Block) -> None:
    """Let some have worked at another firm before."""
    employed = [human for human in made.humans.values() if human.jobs]
    for human in chance.sample(employed, k=_MOVED):
        now = human.jobs[0]
        before = chance.choice([one for one in made.firms.values() if one.domain and one.id != now.firm])
        day = _some_day(chance, 2023, 2025)
        function = chance.choice(_FUNCTIONS[before.language])
        past = Job(before.id, function, _some_day(chance, 2012, 2019), day - timedelta(days=1))
        made.humans[human.id] = replace(human, jobs=(past, replace(now, since=day)))


def _addresses(chance: random.Random, made: Block) -> None:
    taken: set[str] = set()
    for human in made.humans.values():
        mailed: list[Mailed] = []
        for job in human.jobs:
            firm = made.firms[job.firm]
            if firm.domain and (job.until or chance.random() < 0.85):
                mailed.append(
                    Mailed(_free(local_part(human, firm.pattern), firm.domain, taken), job.since, job.until)
                )
        if not human.jobs or not made.firms[human.jobs[-1].firm].domain or chance.random() < 0.2:
            local = f"{local_part(human, chance.choice((0, 2)))}.{firms.code(human.id)}"
            mailed.append(Mailed(f"{local}@{chance.choice(firms.FREE_MAIL)}"))
        made.humans[human.id] = replace(human, mailed=tuple(mailed))


def _free(local: str, domain: str, taken: set[str]) -> str:
    """Return the address, numbered where somebody has it."""
    number, address = 1, f"{local}@{domain}"
    while address in taken:
        number += 1
        address = f"{local}{number}@{domain}"
    taken.add(address)
    return address


def local_part(human: Human, pattern: int) -> str:
    """Return what stands before the @ for somebody, in one of the ways of firms to write it."""
    given, family = names.slug(human.given), names.slug(human.family)
    return (f"{given}.{family}", f"{given[:1]}.{family}", f"{given[:1]}{family}", f"{family}.{given}")[
        pattern
    ]


def _shared(chance: random.Random, made: Block) -> None:
    """Let two of a firm share an address, and two who work nowhere."""
    by_firm = _by_firm(made)
    larger = [firm for firm in made.firms.values() if firm.domain and len(by_firm[firm.id]) >= 4]
    for firm in chance.sample(larger, k=_SHARED):
        address = f"{SHARED_ADDRESSES[firm.language]}@{firm.domain}"
        _share(made, address, chance.sample(by_firm[firm.id], k=2))
    private = [human for human in made.humans.values() if not human.jobs]
    for one, other in zip(private[0:8:2], private[1:8:2], strict=True):
        made.humans[other.id] = replace(other, family=one.family)
        local = f"familie.{names.slug(one.family)}.{firms.code(one.id)}"
        _share(made, f"{local}@{chance.choice(firms.FREE_MAIL)}", [one, made.humans[other.id]])


def _share(made: Block, address: str, those: list[Human]) -> None:
    for human in those:
        made.humans[human.id] = replace(human, mailed=(*human.mailed, Mailed(address)))
