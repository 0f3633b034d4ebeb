"""What was a decision worth, beside the truth?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from benchmarks.matching.truth import Level, Truth

FIRST = 3  # candidates that are seen at a glance


class Verdict(StrEnum):
    """What became of a message."""

    RIGHT = "right"
    FIRM_ONLY = "firm only"  # its person could have been told
    WRONG = "wrong"
    FOUND = "held, found"  # the right answer is among the first candidates
    MISSED = "held, missed"
    UNKNOWN = "held, unknown"  # nobody in the directory is the right answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A person, an organisation, or a person in a firm's history."""

    person: int | None
    organisation: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """For whom a message was entered, by which reason; or (*answer* None) held with *candidates*, best first."""

    reason: str
    answer: Answer | None
    candidates: Sequence[Answer] = ()


def verdict(truth: Truth, decision: Decision) -> Verdict:
    """Return what a decision is worth: nobody's history may hold what is not theirs."""
    answer = decision.answer
    if answer is None:
        if not truth.is_known:
            return Verdict.UNKNOWN
        found = any(_answers(truth, one) for one in decision.candidates[:FIRST])
        return Verdict.FOUND if found else Verdict.MISSED
    if answer.person is not None and answer.person != truth.person:
        return Verdict.WRONG
    if answer.organisation is not None and answer.organisation not in truth.firms:
        return Verdict.WRONG
    return Verdict.FIRM_ONLY if truth.level is Level.PERSON and answer.person is None else Verdict.RIGHT


def _answers(truth: Truth, candidate: Answer) -> bool:
    """Tell whether choosing a candidate would be right; of a firm only where the person cannot be told."""
    if candidate.person is not None:
        return candidate.person == truth.person
    return candidate.organisation in truth.firms and (truth.level is not Level.PERSON)


@dataclass(slots=True)
class Tally:
    """How many messages had which verdict, by case and by reason; some wrong ones to look at."""

    by_case: defaultdict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    by_reason: defaultdict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[tuple[Truth, Decision]] = field(default_factory=list)
    _decidable: Counter[Verdict] = field(default_factory=Counter)

    def add(self, truth: Truth, decision: Decision) -> None:
        """Count one message."""
        what = verdict(truth, decision)
        self.by_case[truth.case][what] += 1
        self.by_reason[decision.reason][what] += 1
        if truth.is_decidable:
            self._decidable[what] += 1
        if what is Verdict.WRONG:
            self.wrong.append((truth, decision))

    @property
    def messages(self) -> int:
        """How many were counted."""
        return sum(each.total() for each in self.by_case.values())

    @property
    def wrong_of_thousand(self) -> float:
        """Wrong links of 1,000 messages."""
        return 1000 * len(self.wrong) / self.messages

    @property
    def right_of_hundred(self) -> float:
        """Of 100 that could be told, those that were, and rightly."""
        return 100 * self._decidable[Verdict.RIGHT] / max(self._decidable.total(), 1)

    @property
    def decidable(self) -> int:
        """How many could be told."""
        return self._decidable.total()

    @property
    def held(self) -> int:
        """How many wait for somebody whose answer is in the directory."""
        return sum(each[Verdict.FOUND] + each[Verdict.MISSED] for each in self.by_case.values())

    @property
    def found_of_hundred(self) -> float:
        """Of 100 that wait so, those whose right answer is among the first candidates; all where none waits."""
        found = sum(each[Verdict.FOUND] for each in self.by_case.values())
        return 100 * found / self.held if self.held else 100.0


def table(title: str, counted: dict[str, Counter[Verdict]]) -> Iterator[str]:
    """Yield the lines of a table of verdicts, the most frequent first."""
    yield f"  {title:28}" + "".join(f"{each:>15}" for each in Verdict)
    for name, each in sorted(counted.items(), key=lambda pair: -pair[1].total()):
        yield f"  {name:28}" + "".join(f"{each[what] or '':>15}" for what in Verdict)
