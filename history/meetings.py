"""How do invitation, answers, changes and cancellation of a meeting become one entry?

Whatever comes of a meeting is entered as a mail first; then all that was said of its UID is
put together anew, so that it does not matter what came first.  In the caller's transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from history.copies import LACKS_SOMEBODY, look_again
from history.meeting import Meeting, Occurrence, governing, meeting_of, meetings_of
from history.notes import Invited, Note, as_said
from history.threads import join_related
from storage import meetings
from storage.meetings import MeetingEntry, Said
from storage.storable import storable

MOST_SAID = 200


async def gather(uids: Collection[str]) -> None:
    """Make one entry of each meeting of these UIDs."""
    for uid in sorted(uids):
        messages = await meetings.said_of(uid)
        notes = {one.message_id: [as_said(note) for note in one.notes] for one in messages}
        for said in meetings_of(note for those in notes.values() for note in those).values():
            about = set(said)
            its = [one for one in messages if not about.isdisjoint(notes[one.message_id])]
            await _gather(uid, its, notes, said)


async def _gather(
    uid: str, messages: Sequence[Said], notes: Mapping[int, Sequence[Note]], said: Sequence[Note]
) -> None:
    entry_ids = sorted({one.entry_id for one in messages})
    last = governing(said)
    shown = next(one for one in messages if last in notes[one.message_id])
    target = next(iter(await meetings.meetings_among(entry_ids)), shown.entry_id)
    if shown.entry_id != target:
        await meetings.show_message_of(shown.entry_id, target)
    for entry_id in entry_ids:
        if entry_id != target:
            await meetings.absorb(entry_id, target)
    meeting = meeting_of(said)
    fields = {"meeting": as_fields(uid, meeting), "of_message": shown.message_id}
    at = min(note.at for note in said if note.by_organiser)
    entry = MeetingEntry(storable(meeting.summary), at, meeting.organiser, fields)
    thread_id = await meetings.write(target, entry)
    await look_again([target], LACKS_SOMEBODY)
    if thread_id is not None and len(entry_ids) > 1:
        await join_related(thread_id)


def as_fields(uid: str, meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as its entry keeps it, for pages and programs."""
    said = meeting.said
    kept = [*said[:1], *said[1:][-(MOST_SAID - 1) :]]
    return {
        "uid": uid,
        "organiser": {"address": meeting.organiser, "name": meeting.organiser_name},
        "summary": meeting.summary,
        "location": meeting.location,
        "start": _iso(meeting.start),
        "end": _iso(meeting.end),
        "whole_day": meeting.whole_day,
        "recurs": meeting.recurs,
        "sequence": meeting.sequence,
        "cancelled": meeting.cancelled,
        "invited": [_invited(one) for one in meeting.invited],
        "occurrences": [_occurrence(one) for one in meeting.occurrences],
        "said": [_said(one) for one in kept],
    }


def _invited(one: Invited) -> dict[str, str]:
    return {"address": one.key, "name": one.name, "answer": one.answer}


def _occurrence(one: Occurrence) -> dict[str, Any]:
    return {
        "on": _iso(one.on),
        "start": _iso(one.start),
        "end": _iso(one.end),
        "location": one.location,
        "cancelled": one.cancelled,
        "answers": [_invited(each) for each in one.answers],
    }


def _said(note: Note) -> dict[str, Any]:
    return {
        "at": _iso(note.at),
        "method": note.method,
        "who": note.name,
        "sequence": note.sequence,
        "answer": note.answer,
        "occurrence": _iso(note.occurrence),
        "start": _iso(note.start),
        "end": _iso(note.end),
        "location": note.location,
        "summary": note.summary,
        "comment": note.comment,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
