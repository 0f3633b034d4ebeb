"""The mail that matching is measured on says the truth, and knows nothing of what is measured."""

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from types import FunctionType
from typing import get_type_hints

import pytest

from benchmarks.matching import answers, cases, doubtful, known, newcomers
from benchmarks.matching.directory import FIRMS, PERSONS, Block, Human, blocks, make
from benchmarks.matching.scene import header_address
from benchmarks.matching.truth import Level, Sample
from mail.parse import parse

_SIZE, _MAILS = 4 * PERSONS, 1500
_KNOWING = (
    "truth",
    "names",
    "firms",
    "directory",
    "wording",
    "scene",
    "known",
    "newcomers",
    "answers",
    "doubtful",
    "cases",
)
_ROOMS = {"app", "web", "events", "surveys", "ingest", "outbound", "matcher", "history", "storage", "mail"}


@pytest.fixture(scope="module")
def office() -> list[Block]:
    return list(blocks(_SIZE))


@pytest.fixture(scope="module")
def mails() -> list[Sample]:
    return list(cases.samples(_MAILS, _SIZE))


def _entered(office: list[Block]) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield every address that is entered, with whose it is."""
    for block in office:
        for firm in block.firms.values():
            yield from ((header_address(one.address), None, firm.id) for one in firm.mailed)
        for human in block.humans.values():
            yield from ((header_address(one.address), human.id, None) for one in human.mailed)


def test_the_same_directory_and_mail_come_every_time() -> None:
    assert make(7) == make(7)
    assert make(7) != make(8)
    first, second = (_digest(cases.samples(90, _SIZE)) for _ in range(2))
    assert first == second


def _digest(samples: Iterator[Sample]) -> str:
    return hashlib.sha256(b"".join(one.raw for one in samples)).hexdigest()


def test_a_directory_has_a_firm_for_five_persons_and_numbers_them_without_gaps(office: list[Block]) -> None:
    assert [one for block in office for one in block.firms] == list(range(1, 4 * FIRMS + 1))
    assert [one for block in office for one in block.humans] == list(range(1, _SIZE + 1))


def test_domains_customer_numbers_and_phones_are_of_one_alone(office: list[Block]) -> None:
    firms = [firm for block in office for firm in block.firms.values()]
    humans = [human for block in office for human in block.humans.values()]
    for values in (
        [domain for firm in firms for domain in firm.domains],
        [firm.customer_number for firm in firms if firm.customer_number],
        [firm.phone for firm in firms],
        [human.mobile for human in humans if human.mobile],
    ):
        assert len(set(values)) == len(values)


def test_only_addresses_that_are_shared_on_purpose_have_two_holders(office: list[Block]) -> None:
    holders = Counter(address for address, _, _ in _entered(office))
    shared = {address for address, count in holders.items() if count > 1}
    assert len(shared) == len(office) * (6 + 4)
    assert max(holders.values()) == 2


def test_there_are_namesakes_at_a_firm_those_who_moved_and_firms_without_a_domain(
    office: list[Block],
) -> None:
    for block in office:
        called = Counter((human.name, human.job.firm) for human in block.humans.values() if human.job)
        assert sum(count > 1 for count in called.values()) >= 3
        assert sum(len(human.jobs) > 1 for human in block.humans.values()) == 30
        assert sum(not firm.domain for firm in block.firms.values()) == 10


def test_nobody_works_at_two_firms_on_the_same_day(office: list[Block]) -> None:
    for human in _all(office):
        for earlier, later in zip(human.jobs, human.jobs[1:], strict=False):
            assert earlier.until is not None
            assert later.since is not None
            assert earlier.until < later.since


def _all(office: list[Block]) -> Iterator[Human]:
    return chain.from_iterable(block.humans.values() for block in office)


def test_every_case_that_is_written_occurs(mails: list[Sample]) -> None:
    written = {
        function
        for module in (known, newcomers, answers, doubtful)
        for name, function in vars(module).items()
        if not name.startswith("_") and function.__class__ is FunctionType
        if get_type_hints(function).get("return") == Sample | None
    }
    assert written == set(cases.WEIGHTS)
    assert {one.truth.case for one in mails} == {_named(case) for case in written}


def _named(case: cases.Case) -> str:
    return case.__name__.replace("_", "-")


def test_the_address_that_the_truth_is_about_takes_part_beside_one_of_ours(mails: list[Sample]) -> None:
    for one in mails:
        message = parse(one.raw)
        boxes = {str(box.address) for box in (*message.from_, *message.to)}
        assert one.truth.address in boxes
        assert len(boxes) == 2
        assert any(box.endswith("@kontor.example") for box in boxes)
        assert message.date == one.at
        assert not message.defects


def test_what_can_be_told_names_a_person_or_a_firm_and_strangers_nobody(mails: list[Sample]) -> None:
    for one in mails:
        if one.truth.level is Level.PERSON:
            assert one.truth.person is not None
        if one.truth.level is Level.ORGANISATION:
            assert one.truth.firms
        if one.truth.case in {"stranger", "namesake", "look-alike", "newsletter", "number-by-chance"}:
            assert not one.truth.is_known


def test_an_entered_address_of_one_person_is_that_persons_in_the_truth(
    office: list[Block], mails: list[Sample]
) -> None:
    holders: dict[str, set[int | None]] = {}
    for address, person, _ in _entered(office):
        holders.setdefault(address, set()).add(person)
    told = [one.truth for one in mails if one.truth.address in holders and one.truth.level is Level.PERSON]
    assert len(told) > _MAILS / 3
    for truth in told:
        assert truth.person in holders[truth.address] or None in holders[truth.address]


def test_new_addresses_are_entered_for_nobody(office: list[Block], mails: list[Sample]) -> None:
    entered = {address for address, _, _ in _entered(office)}
    new = {
        case.__name__.replace("_", "-")
        for case in cases.WEIGHTS
        if case.__module__.endswith(("newcomers", "doubtful"))
    }
    found = [one.truth for one in mails if one.truth.case in new]
    assert len(found) > _MAILS / 5
    assert not [truth for truth in found if truth.address in entered]


def test_a_person_is_told_by_a_name_only_where_nobody_else_of_the_firm_has_it(
    office: list[Block], mails: list[Sample]
) -> None:
    humans = {human.id: human for human in _all(office)}
    for one in mails:
        if one.truth.case != "new-at-firm":
            continue
        human = humans[one.truth.person or 0]
        alike = [other for other in humans.values() if other.name == human.name and other is not human]
        firms = one.truth.firms
        assert not [other for other in alike if {job.firm for job in other.jobs} & firms]


def test_mail_of_before_a_move_is_of_a_day_when_they_worked_there(
    office: list[Block], mails: list[Sample]
) -> None:
    humans = {human.id: human for human in _all(office)}
    moved = [one for one in mails if one.truth.case in {"before-move", "after-move"}]
    assert moved
    for one in moved:
        jobs = [job for job in humans[one.truth.person or 0].jobs if job.firm in one.truth.firms]
        assert any((job.since or date.min) <= one.at.date() <= (job.until or date.max) for job in jobs)


def test_an_answer_comes_after_what_it_answers_and_names_it(mails: list[Sample]) -> None:
    answering = [one for one in mails if one.earlier]
    assert answering
    for one in answering:
        assert one.earlier is not None
        assert one.at >= one.earlier.at
        assert parse(one.raw).in_reply_to == (one.earlier.message_id,)


@pytest.mark.parametrize("name", _KNOWING)
def test_who_knows_the_truth_imports_nothing_that_is_measured(name: str) -> None:
    path = Path(cases.__file__).with_name(f"{name}.py")
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert not imported & _ROOMS
