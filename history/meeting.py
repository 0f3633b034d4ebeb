"""What is agreed of a meeting?  Made of all that was said of it by mail, in whichever order that came here.

Pure, by RFC 5546: the organiser's word with the highest SEQUENCE counts, and of two the later.
Who was invited answers for themselves, and an answer to an earlier time counts no more.  What
anybody else says of it is not about this meeting: a UID is no secret.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from history.notes import Invited, Note

BY_ORGANISER = frozenset({"REQUEST", "ADD", "CANCEL", "DECLINECOUNTER"})
BY_INVITED = frozenset({"REPLY", "COUNTER", "REFRESH"})
_UNANSWERED = "NEEDS-ACTION"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series that is not as the others; *on* is when it would have been, None for one that was added."""

    on: datetime | None
    start: datetime | None
    end: datetime | None
    location: str
    cancelled: bool
    answers: tuple[Invited, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it is agreed now, and all that was said of it, the oldest first."""

    organiser: str
    organiser_name: str
    summary: str
    location: str
    start: datetime | None
    end: datetime | None
    whole_day: bool
    recurs: bool
    sequence: int
    cancelled: bool
    invited: tuple[Invited, ...]
    occurrences: tuple[Occurrence, ...]
    said: tuple[Note, ...]


def meetings_of(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Return what was said of each meeting of one UID, by the organiser's address; without what belongs to none."""
    distinct = sorted(set(notes), key=_order)
    found: dict[str, list[Note]] = defaultdict(list)
    for note in distinct:
        if note.method in BY_ORGANISER and note.by_organiser:
            found[note.organiser].append(note)
    invited = {
        organiser: {one.key for note in those for one in note.invited} for organiser, those in found.items()
    }
    for note in distinct:
        if note.method not in BY_INVITED:
            continue
        asked = [one for one in found if note.organiser in ("", one) and note.answers_for in invited[one]]
        if len(asked) == 1:
            found[asked[0]].append(note)
    return dict(found)


def meeting_of(said: Collection[Note]) -> Meeting:
    """Return the meeting of which this was said; its organiser has said some of it."""
    led = sorted((note for note in said if note.method in BY_ORGANISER), key=_order)
    whole = [note for note in led if note.occurrence is None and note.method in ("REQUEST", "CANCEL")] or led
    asked = [note for note in whole if note.method == "REQUEST"] or whole
    last = asked[-1]
    later = [note for note in whole if note.method == "CANCEL" and _order(note) > _order(last)]
    if last.method == "CANCEL":
        later.append(last)
    gone = {one.key for note in later if not _cancels_all(note, last) for one in note.invited}
    replies = [note for note in said if note.method == "REPLY"]
    return Meeting(
        organiser=last.organiser,
        organiser_name=next((note.organiser_name for note in reversed(led) if note.organiser_name), ""),
        summary=last.summary,
        location=last.location,
        start=last.start,
        end=last.end,
        whole_day=last.whole_day,
        recurs=any(note.recurs for note in whole),
        sequence=whole[-1].sequence,
        cancelled=any(_cancels_all(note, last) for note in later),
        invited=tuple(_answered(one, last, whole, replies) for one in last.invited if one.key not in gone),
        occurrences=tuple(_occurrences(led, last, replies)),
        said=tuple(sorted(said, key=lambda note: (note.at, _order(note)))),
    )


def governing(said: Collection[Note]) -> Note:
    """Return what the organiser said last of the meeting as a whole: its mail is the one that is shown."""
    led = sorted((note for note in said if note.method in BY_ORGANISER), key=_order)
    whole = [note for note in led if note.occurrence is None] or led
    asked = [note for note in whole if note.method == "REQUEST"] or whole
    return asked[-1]


def _order(note: Note) -> tuple[object, ...]:
    """Return what tells the later of two, whenever they came; the end decides between equal ones in any order."""
    return (note.sequence, note.stamp, note.method == "CANCEL", note.at, note.key)


def _cancels_all(note: Note, asked: Note) -> bool:
    """Tell whether nobody is to come any more, and not only those who are named are uninvited (RFC 5546, 3.2.5)."""
    if note.status == "CANCELLED" or note is asked:
        return True
    return {one.key for one in asked.invited} <= {one.key for one in note.invited} or not note.invited


def _answered(one: Invited, asked: Note, whole: Sequence[Note], replies: Iterable[Note]) -> Invited:
    """Return somebody with their last answer to the meeting as it is now; else what the organiser knows of it."""
    mine = [
        note
        for note in replies
        if note.answers_for == one.key and note.occurrence is None and _is_still_of(note, asked, whole)
    ]
    last = max(mine, key=_order, default=None)
    known = one.answer not in ("", _UNANSWERED)
    if last is None or (known and (asked.sequence, asked.stamp) > (last.sequence, last.stamp)):
        return one
    return Invited(one.key, one.name or last.name, last.answer)


def _is_still_of(reply: Note, asked: Note, whole: Iterable[Note]) -> bool:
    """Tell whether an answer is to the time that is agreed now."""
    if reply.sequence >= asked.sequence:
        return True
    known = [note for note in whole if note.sequence <= reply.sequence and note.method == "REQUEST"]
    return bool(known) and (known[-1].start, known[-1].end) == (asked.start, asked.end)


def _occurrences(led: Iterable[Note], asked: Note, replies: Collection[Note]) -> list[Occurrence]:
    """Return the times that are not as the others, in their order."""
    last: dict[tuple[bool, datetime | None], Note] = {}
    for note in led:
        if note is asked or (note.occurrence is None and note.method != "ADD"):
            continue
        last[(note.occurrence is None, note.occurrence or note.start)] = note
    answers: dict[datetime, dict[str, Note]] = defaultdict(dict)
    for reply in sorted(replies, key=_order):
        if reply.occurrence:
            answers[reply.occurrence][reply.answers_for] = reply
    for on in answers.keys() - {on for _, on in last}:
        last[(False, on)] = asked
    return sorted(
        (
            _occurrence(note, None if added else on, asked, answers.get(on, {}) if on else {})
            for (added, on), note in last.items()
        ),
        key=lambda one: ((one.on or one.start) is not None, (one.on or one.start) or asked.at),
    )


def _occurrence(note: Note, on: datetime | None, asked: Note, answers: dict[str, Note]) -> Occurrence:
    names = {one.key: one.name for one in asked.invited}
    answered = tuple(
        Invited(key, names.get(key) or reply.name, reply.answer) for key, reply in sorted(answers.items())
    )
    if note is asked:  # somebody answers for this time, and it is as the others
        length = asked.end - asked.start if asked.end and asked.start else None
        return Occurrence(
            on, on, on + length if on and length is not None else None, asked.location, False, answered
        )
    return Occurrence(on, note.start, note.end, note.location, note.method == "CANCEL", answered)
