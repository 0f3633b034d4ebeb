"""How is the splitting of a scan put right by hand?  Letters are split and joined, pages dropped, brought back, turned.

Entries follow: what is left of a letter is read and matched anew, and what a person has decided
about its sender holds.  Each correction stands in the change journal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from history.copies import LACKS_SOMEBODY, look_again
from history.entry import NewEntry, enter
from ingest.letters.filing import FilingMeans, match_letters, new_entry, new_letter, read_letter
from storage import audit, emptying, entering, forgetting, letter_writing, quarantine, scan_reading
from storage.connect import transaction
from storage.entries import Direction, Entry
from storage.scans import Letter, Scan, ScanPage, ScanState

_WHOLE_TURN, _QUARTER = 360, 90


class CannotCorrect(LookupError):
    """The letter or page is gone, has changed meanwhile, or this would leave a letter without pages."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which letters there are to be: each with its pages, and the letter it was (None: a new one)."""

    scan: Scan
    parts: Sequence[tuple[int | None, Sequence[int]]]
    gone: Sequence[int] = ()
    direction: Direction | None = None


async def split_letter(letter_id: int, number: int, *, by: int | None, means: FilingMeans) -> int:
    """Let a letter's pages from *number* (in its scan) on be a letter of their own; return that.  CannotCorrect."""
    letter, numbers = await _letter(letter_id)
    before, after = [one for one in numbers if one < number], [one for one in numbers if one >= number]
    if not before or not after:
        raise CannotCorrect(str(number))
    made = await _carry_out(
        _Plan(await _scan(letter.scan_id), [(letter_id, before), (None, after)]), by, means
    )
    return made[1]


async def join_letters(letter_id: int, *, by: int | None, means: FilingMeans) -> int:
    """Let the letter behind a letter in its scan be part of it; return the letter.  CannotCorrect."""
    letter, numbers = await _letter(letter_id)
    following = (
        await Letter.filter(scan_id=letter.scan_id, first_page__gt=letter.first_page)
        .order_by("first_page")
        .first()
    )
    if following is None:
        raise CannotCorrect(str(letter_id))
    more = await _numbers(following.id)
    plan = _Plan(await _scan(letter.scan_id), [(letter_id, [*numbers, *more])], gone=[following.id])
    return (await _carry_out(plan, by, means))[0]


async def letter_before(letter_id: int) -> int | None:
    """Return the letter before one in its scan; None if it is the first, or gone."""
    letter = await Letter.get_or_none(id=letter_id)
    if letter is None:
        return None
    earlier = Letter.filter(scan_id=letter.scan_id, first_page__lt=letter.first_page)
    found = await earlier.order_by("-first_page").first()
    return found.id if found else None


async def drop_page(scan_id: int, number: int, *, by: int | None, means: FilingMeans) -> None:
    """Take a page out of its letter: it is kept, and belongs to none.  CannotCorrect if it is its only one."""
    page = await _page(scan_id, number)
    if page.letter_id is None:
        raise CannotCorrect(str(number))
    numbers = [one for one in await _numbers(page.letter_id) if one != number]
    if not numbers:
        raise CannotCorrect(str(number))
    plan = _Plan(await _scan(scan_id), [(page.letter_id, numbers)])
    await _carry_out(plan, by, means)


async def restore_page(scan_id: int, number: int, *, by: int | None, means: FilingMeans) -> int:
    """Put a page that was dropped into the letter before it, or where there is none a new one; return that."""
    page = await _page(scan_id, number)
    if page.letter_id is not None:
        raise CannotCorrect(str(number))
    before = await Letter.filter(scan_id=scan_id, first_page__lt=number).order_by("-first_page").first()
    numbers = sorted([*(await _numbers(before.id) if before else []), number])
    plan = _Plan(await _scan(scan_id), [(before.id if before else None, numbers)])
    return (await _carry_out(plan, by, means))[0]


async def turn_page(scan_id: int, number: int, degrees: int, *, by: int | None) -> int:
    """Turn how a page is shown clockwise by a multiple of 90 degrees; return by how much it is turned now.

    What was read on it stays.  CannotCorrect.
    """
    if degrees % _QUARTER:
        raise CannotCorrect(str(degrees))
    async with transaction():
        page = await _page(scan_id, number)
        turned = (page.turned_by_hand + degrees) % _WHOLE_TURN
        await ScanPage.filter(id=page.id).update(turned_by_hand=turned)
        await audit.record_change(
            "scan_page",
            page.id,
            staff_id=by,
            before={"turned_by_hand": page.turned_by_hand},
            after={"turned_by_hand": turned},
        )
    return turned


async def set_direction(letter_id: int, direction: Direction, *, by: int | None, means: FilingMeans) -> None:
    """Let a letter have come in or gone out, and match it with whom it is then.  CannotCorrect."""
    letter, numbers = await _letter(letter_id)
    plan = _Plan(await _scan(letter.scan_id), [(letter_id, numbers)], direction=direction)
    await _carry_out(plan, by, means)


async def match_again(letter_id: int, *, by: int | None, means: FilingMeans) -> None:
    """Read and match a letter anew, with what is known now.  CannotCorrect."""
    letter, numbers = await _letter(letter_id)
    await _carry_out(_Plan(await _scan(letter.scan_id), [(letter_id, numbers)]), by, means)


async def _carry_out(plan: _Plan, by: int | None, means: FilingMeans) -> list[int]:
    """Make the letters of a plan what they are to be, with their entries, and return them."""
    known = await _known(plan)
    ways = {one.id: one.direction for one in known.letters}
    letters = [
        replace(
            await read_letter(plan.scan, numbers, means),
            direction=plan.direction or (ways[letter_id] if letter_id else None),
        )
        for letter_id, numbers in plan.parts
    ]
    matched = await match_letters(letters, means, plan.scan.received_at)
    async with transaction():
        await entering.one_at_a_time()
        if (await _known(plan)).numbers != known.numbers:
            raise CannotCorrect(str(plan.scan.id))
        for gone_id in plan.gone:
            await _forget(gone_id)
        made: list[int] = []
        for one, its, (letter_id, _) in zip(letters, matched, plan.parts, strict=True):
            entry = new_entry(plan.scan, one, its, means)
            entry_id = await _enter(entry, letter_id)
            made.append(await letter_writing.put(letter_id, new_letter(plan.scan, one, its, entry_id)))
            if letter_id is None and known.letters:
                await quarantine.hide_like(entry_id, known.letters[0].entry_id)
        kept = {number for _, numbers in plan.parts for number in numbers}
        await letter_writing.set_dropped(plan.scan.id, sorted(known.pages - kept), sorted(kept))
        await _journal(plan, known, made, by)
    return made


async def _enter(entry: NewEntry, letter_id: int | None) -> int:
    """Enter a letter anew in its entry, or in a new one; what people have decided of its sender holds."""
    old = await letter_writing.entries_of(letter_id)
    decided = [one for entry_id in old for one in await emptying.decided_of(entry_id)]
    for entry_id in old:
        await emptying.empty(entry_id)
    entered = (await enter([entry], again=old))[0]
    await emptying.keep_decisions(decided, [entered.id])
    await look_again({entered.id}, LACKS_SOMEBODY)
    return int(entered.id)


async def _forget(letter_id: int) -> None:
    """Take a letter away that became part of another, with its entry."""
    letter = await Letter.get(id=letter_id)
    if letter.entry_id and (entry := await Entry.get_or_none(id=letter.entry_id)):
        await emptying.empty(entry.id)
        await forgetting.forget_entry(entry)
    await letter.delete()


@dataclass(frozen=True, slots=True)
class _Known:
    """The letters of a plan as they are, and their pages by letter."""

    letters: Sequence[Letter]
    numbers: Mapping[int, Sequence[int]]

    @property
    def pages(self) -> set[int]:
        """All their pages."""
        return {number for numbers in self.numbers.values() for number in numbers}


async def _known(plan: _Plan) -> _Known:
    ids = [letter_id for letter_id, _ in plan.parts if letter_id] + list(plan.gone)
    letters = await Letter.filter(id__in=ids).order_by("first_page")
    return _Known(letters, {one.id: await _numbers(one.id) for one in letters})


async def _journal(plan: _Plan, known: _Known, made: Sequence[int], by: int | None) -> None:
    before: dict[str, Any] = {
        "letters": {str(one.id): list(known.numbers[one.id]) for one in known.letters},
        "directions": {str(one.id): one.direction.value for one in known.letters},
    }
    now = await Letter.filter(id__in=list(made)).order_by("first_page")
    after: dict[str, Any] = {
        "letters": {str(one.id): await _numbers(one.id) for one in now},
        "directions": {str(one.id): one.direction.value for one in now},
    }
    await audit.record_change("scan", plan.scan.id, staff_id=by, before=before, after=after)


async def _letter(letter_id: int) -> tuple[Letter, list[int]]:
    letter = await Letter.get_or_none(id=letter_id)
    if letter is None:
        raise CannotCorrect(str(letter_id))
    return letter, await _numbers(letter_id)


async def _numbers(letter_id: int) -> list[int]:
    return await letter_writing.numbers_of(letter_id)


async def _scan(scan_id: int) -> Scan:
    scan = await scan_reading.scan(scan_id)
    if scan is None or scan.state is not ScanState.READ:
        raise CannotCorrect(str(scan_id))
    return scan


async def _page(scan_id: int, number: int) -> ScanPage:
    page = await ScanPage.get_or_none(scan_id=scan_id, number=number).only(
        "id", "letter_id", "turned_by_hand"
    )
    if page is None:
        raise CannotCorrect(str(number))
    return page
