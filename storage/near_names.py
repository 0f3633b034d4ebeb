"""Which organisations have nearly this name?  By pieces of it, so that few of hundreds of thousands are read.

A name that differs by few letters still has one of its pieces whole, nearly where it was: of n+1 pieces
n slips leave one (Li, Deng, Feng: Pass-Join, PVLDB 5(3), 2011).  Two letters swapped are one slip.
Triggers keep the pieces of each name as marks: its length, the piece's number, and its letters.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from storage.by_hand import rows_among
from storage.connect import dialect

SHORTEST = 4
_MOST_PROBES = 4000


@dataclass(frozen=True, slots=True)
class NearNames:
    """Names that may be meant, without spaces, and whose each is; thousands, so that they are two lists."""

    organisation_ids: Sequence[int]
    letters: Sequence[str]


def slips_allowed(length: int) -> int:
    """Return by how many letters a name of some length may differ from what was written.

    >>> [slips_allowed(length) for length in (3, 5, 12, 20)]
    [0, 1, 2, 3]
    """
    return 0 if length < SHORTEST else 1 if length < 6 else 2 if length < 15 else 3


def letters_of(key: str) -> str:
    """Return a sort key as it is compared: where one word ends matters little to who reads a letterhead."""
    return key.replace(" ", "")


def pieces(letters: str) -> list[str]:
    """Return the marks of a name: what the triggers write.

    >>> pieces("musterbau")
    ['9.0.mus', '9.1.ter', '9.2.bau']
    """
    length = len(letters)
    if length < SHORTEST:
        return []
    return [f"{length}.{number}.{letters[start : start + long]}" for number, start, long in _places(length)]


def probes(letters: str) -> set[str]:
    """Return the marks of which a name that is nearly *letters* has one."""
    return {
        f"{length}.{number}.{piece}"
        for length in range(len(letters) - 3, len(letters) + 4)
        if slips_allowed(length) >= abs(length - len(letters))
        for number, start, long in _places(length)
        for at in _starts(number, start, long, len(letters), length)
        for piece in _readings(letters, at, at + long)
    }


def _readings(letters: str, start: int, end: int) -> Iterator[str]:
    """Yield what stands at a place, also if a letter there was swapped with the one before or behind it."""
    yield letters[start:end]
    if end < len(letters):
        yield letters[start : end - 1] + letters[end]
    if start:
        yield letters[start - 1] + letters[start + 1 : end]


def _places(length: int) -> Iterator[tuple[int, int, int]]:
    """Yield the number, start and length of each piece; the longer ones are the last."""
    many = slips_allowed(length) + 1
    if many == 1:
        return
    short, longer = divmod(length, many)
    for number in range(many):
        beyond = max(0, number - (many - longer))
        yield number, number * short + beyond, short + (number >= many - longer)


def _starts(number: int, start: int, long: int, written: int, length: int) -> range:
    """Return where a piece may stand in what was written: as far off as the slips before and after it allow."""
    after = slips_allowed(length) - number
    shift = written - length
    first = max(start - number, start + shift - after, 0)
    last = min(start + number, start + shift + after, written - long)
    return range(first, last + 1)


async def nearly_named(written: Collection[str], *, was: bool = False) -> NearNames:
    """Return whose names, or names as they *was* called, may be nearly one of *written*.

    Both without spaces; the caller compares them.  The database joins them to one text: thousands end as
    `…druckerei` does, and a row each would take longer than to compare them.
    """
    marks = sorted({mark for letters in written for mark in probes(letters)})[:_MOST_PROBES]
    joined = "group_concat({}, ' ')" if dialect() == "sqlite" else "string_agg({}, ' ')"
    whose = "organisation_id" if was else "id"
    telling = joined.format(f"n.{whose} || ' ' || replace(n.sort_key, ' ', '')")
    table, party = ("former_name", "was_called") if was else ("organisation", "called")
    found = await rows_among(
        f"SELECT {telling} AS names FROM {table} n WHERE n.id IN (SELECT m.row_id FROM mark m"  # noqa: S608 - ours
        f" WHERE m.party = '{party}' AND m.key = 'piece' AND {{among}})",
        "m.value",
        marks,
    )
    parts = (found[0]["names"] or "").split(" ") if found else []
    return NearNames([int(row_id) for row_id in parts[0:-1:2]], parts[1::2])
