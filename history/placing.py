"""Which conversation does a new entry belong to?

By References and In-Reply-To (RFC 5322, 3.6.4), in whichever order messages come; without
them by the subject of an answer, with the same correspondent within two weeks.  Never
across organisations: what is forwarded to another firm is another conversation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from history.subjects import is_answer, subject_key
from storage import conversations
from storage.entering import new_ids
from storage.entries import Thread
from storage.lookups import Party, parties_of_threads, threads_by_reference

SAME_SUBJECT_WITHIN = timedelta(days=14)
Side = tuple[str, int | str]


@dataclass(frozen=True, slots=True)
class ToPlace:
    """What decides an entry's thread; *references* are the ids that it refers to, the nearest first."""

    at: datetime
    subject: str
    own_id: str | None
    references: Sequence[str]
    parties: Sequence[Party]

    @property
    def ids(self) -> list[str]:
        """Every Message-ID that it names, its own first."""
        return list(dict.fromkeys([*([self.own_id] if self.own_id else []), *self.references]))

    @property
    def answers_by_subject(self) -> bool:
        """Whether nothing but its subject says that it answers."""
        return not self.references and is_answer(self.subject) and bool(subject_key(self.subject))


def sides_of(parties: Iterable[Party]) -> set[Side]:
    """Return with whom something is: organisations; persons and addresses where none is known."""
    return {_side(party) for party in parties}


def _side(party: Party) -> Side:
    if party.organisation_id:
        return "organisation", party.organisation_id
    return _correspondent(party.person_id, party.key)


def _correspondent(person_id: int | None, key: str) -> Side:
    return ("person", person_id) if person_id else ("address", key)


@dataclass(slots=True)
class Threads:
    """The threads that entries of a batch may belong to, those that they begin among them."""

    _free_ids: list[int]
    _by_reference: dict[str, list[int]]
    _sides: dict[int, set[Side]]
    _by_subject: dict[tuple[Side, str], list[tuple[datetime, int]]] = field(default_factory=dict)
    _new: list[Thread] = field(default_factory=list)
    _references: list[tuple[str, int]] = field(default_factory=list)
    _joined: dict[int, int] = field(default_factory=dict)

    def place(self, entry: ToPlace) -> int:
        """Return an entry's thread; ask `now` for it again when all are placed."""
        sides = sides_of(entry.parties)
        begun_by_answers = self._with(sides, [entry.own_id] if entry.own_id else [])
        found = begun_by_answers + self._with(sides, entry.references)
        for other in found[1:] if begun_by_answers else ():
            # It came after its answers: what each of them began is one thread.
            self._join(other, found[0])
        thread_id = found[0] if found else self._by_same_subject(entry, sides) or self._begin(entry)
        self._sides.setdefault(thread_id, set()).update(sides)
        self._note(entry, thread_id, sides)
        return thread_id

    def now(self, thread_id: int) -> int:
        """Return the thread that one has become part of, or itself."""
        while thread_id in self._joined:
            thread_id = self._joined[thread_id]
        return thread_id

    async def write(self) -> None:
        """Write what is new about threads, in the caller's transaction."""
        new = {thread.id for thread in self._new}
        await conversations.write(
            [thread for thread in self._new if thread.id not in self._joined],
            {source: self.now(source) for source in self._joined if source not in new},
            dict.fromkeys((reference, self.now(thread_id)) for reference, thread_id in self._references),
        )

    def _with(self, sides: set[Side], references: Iterable[str]) -> list[int]:
        """Return the threads in which ids were seen and that are with the same correspondents."""
        seen = (self.now(one) for reference in references for one in self._by_reference.get(reference, ()))
        return [one for one in dict.fromkeys(seen) if self._fits(one, sides)]

    def _fits(self, thread_id: int, sides: set[Side]) -> bool:
        there = self._sides.get(thread_id, set())
        return bool(there & sides) or (not there and not sides)

    def _by_same_subject(self, entry: ToPlace, sides: set[Side]) -> int | None:
        if not entry.answers_by_subject:
            return None
        key = subject_key(entry.subject)
        seen = [
            one
            for party in entry.parties
            for one in self._by_subject.get((_correspondent(party.person_id, party.key), key), ())
        ]
        for at, thread_id in sorted(seen, reverse=True):
            near = timedelta() <= entry.at - at <= SAME_SUBJECT_WITHIN
            if near and self._fits(self.now(thread_id), sides):
                return self.now(thread_id)
        return None

    def _begin(self, entry: ToPlace) -> int:
        thread = Thread(id=self._free_ids.pop(), subject_key=subject_key(entry.subject))
        self._new.append(thread)
        return int(thread.id)

    def _join(self, source: int, target: int) -> None:
        self._joined[source] = target
        self._sides.setdefault(target, set()).update(self._sides.pop(source, set()))

    def _note(self, entry: ToPlace, thread_id: int, sides: set[Side]) -> None:
        """Remember ids and subject, for those that come later.

        Not the ids that another thread with the same correspondents has: that one may
        have been split off by hand, and must not be joined by the next answer.
        """
        for reference in entry.ids:
            if not self._with(sides, [reference]):
                self._references.append((reference, thread_id))
                self._by_reference.setdefault(reference, []).append(thread_id)
        for party in entry.parties:
            _note_subject(
                self._by_subject,
                party.person_id,
                party.key,
                subject_key(entry.subject),
                (entry.at, thread_id),
            )


async def threads_for(entries: Sequence[ToPlace]) -> Threads:
    """Return the threads that *entries* may belong to, with an id in store for each that begins one."""
    by_reference = await threads_by_reference({one for entry in entries for one in entry.ids})
    of_subject = await _threads_of_subject([entry for entry in entries if entry.answers_by_subject])
    ids = {one for those in by_reference.values() for one in those} | {one.thread_id for one in of_subject}
    parties = await parties_of_threads(ids)
    sides = {thread_id: sides_of(parties.get(thread_id, ())) for thread_id in ids}
    by_subject: dict[tuple[Side, str], list[tuple[datetime, int]]] = {}
    for one in of_subject:
        _note_subject(by_subject, one.person_id, one.key, one.subject_key, (one.at, one.thread_id))
    return Threads(await new_ids("thread", len(entries)), by_reference, sides, by_subject)


async def _threads_of_subject(answers: Sequence[ToPlace]) -> list[conversations.ThreadOfSubject]:
    if not answers:
        return []
    parties = [party for answer in answers for party in answer.parties]
    return await conversations.by_subject(
        {subject_key(answer.subject) for answer in answers},
        {party.person_id for party in parties if party.person_id},
        {party.key for party in parties if not party.person_id},
        since=min(answer.at for answer in answers) - SAME_SUBJECT_WITHIN,
    )


def _note_subject(
    seen: dict[tuple[Side, str], list[tuple[datetime, int]]],
    person_id: int | None,
    key: str,
    subject: str,
    where: tuple[datetime, int],
) -> None:
    seen.setdefault((_correspondent(person_id, key), subject), []).append(where)
