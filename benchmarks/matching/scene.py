"""Whose mail is it going to be?  What cases are made from: a block of the directory, chance, and a pen."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Final

from benchmarks.matching import names, wording
from benchmarks.matching.directory import Block, Firm, Human, Job
from benchmarks.matching.firms import dns_name
from benchmarks.matching.truth import Earlier, Level, Sample, Truth

OUR_DOMAIN: Final = "kontor.example"
OURS: Final = (("Eva Keller", "eva"), ("Urs Lang", "urs"), ("Rita Sommer", "rita"))
_BEGUN: Final = datetime(2026, 2, 2, 7, 30, tzinfo=UTC)
_DAYS: Final = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be written: who writes, from where, and what."""

    name: str
    address: str
    text: str
    language: str
    at: datetime
    subject: str = ""
    answers: str = ""
    outgoing: bool = False


@dataclass(slots=True)
class Scene:
    """A block from which cases choose who writes.  *number* is of this mail alone."""

    chance: random.Random
    block: Block
    number: int = 0
    _employed: list[tuple[Human, Firm]] = field(default_factory=list)
    _by_domain: dict[str, list[Human]] = field(default_factory=dict)
    _names: set[tuple[str, str]] = field(default_factory=set)
    _entered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for human in self.block.humans.values():
            self._names.add(_called(human))
            self._entered.update(one.address for one in human.mailed)
            firm = self.firm_of(human)
            if firm and firm.domain:
                self._employed.append((human, firm))
            for domain in {self.block.firms[job.firm].domain for job in human.jobs}:
                self._by_domain.setdefault(domain, []).append(human)

    def some_time(self) -> datetime:
        """Return when a mail of this year was written."""
        return _BEGUN + timedelta(days=self.chance.randrange(_DAYS), minutes=self.chance.randrange(600))

    def firm_of(self, human: Human) -> Firm | None:
        """Return where somebody works today."""
        return self.block.firms[human.job.firm] if human.job else None

    def users_of(self, firm: Firm) -> list[int]:
        """Return the firms whose staff write from the domain of one: of a group, nobody can tell them apart."""
        return [one.id for one in self.block.firms.values() if one.domain == firm.domain]

    def employed(self) -> Iterator[tuple[Human, Firm]]:
        """Yield some of those who work at a firm with a domain, in any order."""
        return (self.chance.choice(self._employed) for _ in self._employed)

    def is_entered(self, address: str) -> bool:
        """Tell whether an address is entered for somebody."""
        return address in self._entered

    def is_nobodys(self, name: Human, domain: str) -> bool:
        """Tell whether nobody who writes or once wrote from a domain has this name."""
        return _called(name) not in map(_called, self._by_domain.get(domain, ()))

    def is_alone(self, human: Human, domain: str, *, by_initial: bool = False) -> bool:
        """Tell whether nobody else at a domain has that name, or a name that could be taken for it."""
        wanted = _called(human, by_initial=by_initial)
        return sum(_called(one, by_initial=by_initial) == wanted for one in self._by_domain[domain]) == 1

    def stranger(self, language: str = "") -> Human:
        """Return somebody who is in no directory, and whose name nobody in this block has."""
        while True:
            spoken = language or self.chance.choice(names.LANGUAGES)
            given = names.given_name(self.chance, spoken)
            human = Human(0, given, names.family_name(self.chance, spoken), "", spoken)
            if _called(human) not in self._names:
                return human

    def truth(self, case: str, address: str, level: Level, human: Human | None, *firms: int) -> Truth:
        """Return the truth about a header's *address*."""
        return Truth(case, header_address(address), level, human.id if human else None, frozenset(firms))

    def earlier(self, human: Human, firm: Firm, before: datetime) -> Earlier | None:
        """Return what we wrote to somebody at work; None if no address of them there is known."""
        mailed = [one.address for one in human.mailed if one.address.endswith(f"@{firm.domain}")]
        if not mailed:
            return None
        at = before - timedelta(hours=self.chance.randint(2, 200))
        subject = self.chance.choice(wording.SUBJECTS[human.language])
        message_id = f"ours.{self.number}@{OUR_DOMAIN}"
        return Earlier(message_id, subject, at, human.name, header_address(mailed[0]), human.id, firm.id)

    def write(self, mail: Mail, truth: Truth, earlier: Earlier | None = None) -> Sample:
        """Return a mail as octets, with its truth."""
        message = MIMEText(mail.text, "plain", "utf-8")
        their, our = formataddr((mail.name, header_address(mail.address))), self._colleague()
        message["From"], message["To"] = (our, their) if mail.outgoing else (their, our)
        message["Subject"] = mail.subject or self.chance.choice(wording.SUBJECTS[mail.language])
        message["Date"] = format_datetime(mail.at)
        message["Message-ID"] = f"<{self.number}.{self.chance.getrandbits(40):x}@mail.example>"
        if mail.answers:
            message["In-Reply-To"] = message["References"] = f"<{mail.answers}>"
        return Sample(message.as_bytes(), mail.at, truth, earlier)

    def _colleague(self) -> str:
        name, local = self.chance.choice(OURS)
        return formataddr((name, f"{local}@{OUR_DOMAIN}"))


def header_address(address: str) -> str:
    """Return an address as headers have it: the domain in DNS form."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{dns_name(domain)}"


def job_on(human: Human, day: date) -> Job | None:
    """Return what somebody did on a day."""
    return next(
        (
            job
            for job in human.jobs
            if (job.since is None or job.since <= day) and (job.until is None or day <= job.until)
        ),
        None,
    )


def _called(human: Human, *, by_initial: bool = False) -> tuple[str, str]:
    given = names.slug(human.given.replace("-", " ").split()[0])
    return (given[:1] if by_initial else given), names.slug(human.family)
