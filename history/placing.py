"""Which conversation does a new entry belong to?

By References and In-Reply-To (RFC 5322, 3.6.4), in whichever order messages come; without
them by the subject of an answer, with the same correspondents within two weeks: the answer
waits for what it answers, where that comes later.  Never across organisations: what is
forwarded to another firm is another conversation.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from history.sides import Correspondent, Sides, correspondents, sides_of
from history.subjects import is_answer, subject_key
from storage import conversations, open_answers
from storage.entering import new_ids
from storage.entries import Thread
from storage.lookups import Party, parties_of_threads, threads_by_reference
from storage.open_answers import Waiting
from storage.storable import storable

SAME_SUBJECT_WITHIN = timedelta(days=14)
_NOBODY = sides_of(())


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
    def subject_key(self) -> str:
        """What its subject has in common with those of the same conversation."""
        return storable(subject_key(self.subject))

    @property
    def waiting_keys(self) -> list[str]:
        """Under which keys it waits for what it answers, or an answer for it: subject and correspondent."""
        if not (subject := self.subject_key):
            return []
        named = (f"{kind}:{value}\n{subject}" for one in self.parties for kind, value in correspondents(one))
        return [sha256(one.encode()).hexdigest() for one in named]

    @property
    def answers_by_subject(self) -> bool:
        """Whether nothing but its subject says that it answers."""
        return not self.references and is_answer(self.subject) and bool(self.subject_key)


@dataclass(slots=True)
class Threads:
    """The threads that entries of a batch may belong to, those that they begin among them."""

    _free_ids: list[int]
    _by_reference: dict[str, list[int]]
    _sides: dict[int, Sides]
    _apart: set[frozenset[int]]
    _by_subject: defaultdict[tuple[Correspondent, str], list[tuple[datetime, int]]]
    _open: list[Waiting]
    _waiting: list[Waiting] = field(default_factory=list)
    _settled: set[int] = field(default_factory=set)
    _new: list[Thread] = field(default_factory=list)
    _references: list[tuple[str, int]] = field(default_factory=list)
    _joined: dict[int, int] = field(default_factory=dict)
    _grown: set[int] = field(default_factory=set)

    def place(self, entry: ToPlace) -> int:
        """Return an entry's thread; ask `now` for it again when all are placed.

        All threads in which its ids were seen become one, so that it does not matter which
        message of a conversation comes first.
        """
        sides = sides_of(entry.parties)
        found = self._with(sides, entry.ids)
        thread_id = found[0] if found else self._by_same_subject(entry, sides) or self._begin(entry)
        self._add(sides, thread_id)
        while others := self._to_join(thread_id, entry):
            thread_id = self._join(thread_id, others[0])
        for one in self._answers(thread_id, entry, sides):
            self._settled.add(one.thread_id)
            if self.now(one.thread_id) != thread_id:
                thread_id = self._join(thread_id, self.now(one.thread_id))
        self._note(entry, thread_id)
        return thread_id

    def now(self, thread_id: int) -> int:
        """Return the thread that one has become part of, or itself."""
        while thread_id in self._joined:
            thread_id = self._joined[thread_id]
        return thread_id

    def grown(self) -> set[int]:
        """Return the threads that were joined by somebody new, who may be in related ones."""
        return {self.now(thread_id) for thread_id in self._grown}

    async def write(self) -> None:
        """Write what is new about threads, in the caller's transaction."""
        new = {thread.id for thread in self._new}
        await conversations.write(
            [thread for thread in self._new if thread.id not in self._joined],
            {source: self.now(source) for source in self._joined if source not in new},
            dict.fromkeys((reference, self.now(thread_id)) for reference, thread_id in self._references),
        )
        await open_answers.write(
            [replace(one, thread_id=self.now(one.thread_id)) for one in self._waiting],
            {self.now(thread_id) for thread_id in self._settled},
        )

    def _with(self, sides: Sides, references: Iterable[str]) -> list[int]:
        """Return the threads in which ids were seen and that are with the same correspondents."""
        seen = (self.now(one) for reference in references for one in self._by_reference.get(reference, ()))
        return [one for one in dict.fromkeys(seen) if sides.meet(self._sides.get(one, _NOBODY))]

    def _by_same_subject(self, entry: ToPlace, sides: Sides) -> int | None:
        """Return the thread where an answer's subject was written last, with nobody else."""
        if not entry.answers_by_subject:
            return None
        seen = {
            one
            for party in entry.parties
            for correspondent in correspondents(party)
            for one in self._by_subject[correspondent, entry.subject_key]
        }
        for at, thread_id in sorted(seen, reverse=True):
            near = timedelta() <= entry.at - at <= SAME_SUBJECT_WITHIN
            if near and sides.are_the_same(self._sides[self.now(thread_id)]):
                return self.now(thread_id)
        return None

    def _answers(self, thread_id: int, entry: ToPlace, sides: Sides) -> list[Waiting]:
        """Return the answers that waited for an entry: of its subject, soon after it, with nobody else."""
        keys = set(entry.waiting_keys)
        apart = [{self.now(one) for one in split} for split in self._apart]
        return [
            one
            for one in self._open
            if one.key in keys
            and timedelta() <= one.at - entry.at <= SAME_SUBJECT_WITHIN
            and {self.now(one.thread_id), thread_id} not in apart
            and sides.are_the_same(self._sides[self.now(one.thread_id)])
        ]

    def _begin(self, entry: ToPlace) -> int:
        thread = Thread(id=self._free_ids.pop(), subject_key=entry.subject_key)
        self._new.append(thread)
        if entry.answers_by_subject:
            self._waiting += [Waiting(key, int(thread.id), entry.at) for key in entry.waiting_keys]
        return int(thread.id)

    def _to_join(self, thread_id: int, entry: ToPlace) -> list[int]:
        """Return the other threads of an entry's ids; those that somebody has split off stay apart."""
        apart = [{self.now(one) for one in split} for split in self._apart]
        found = self._with(self._sides[thread_id], entry.ids)
        return [one for one in found if one != thread_id and {one, thread_id} not in apart]

    def _join(self, one: int, other: int) -> int:
        """Make two threads one, the older."""
        target, source = sorted((one, other))
        self._joined[source] = target
        self._add(self._sides.pop(source, _NOBODY), target)
        return target

    def _add(self, sides: Sides, thread_id: int) -> None:
        there = self._sides.get(thread_id)
        if there is None:
            self._sides[thread_id] = sides
        elif not sides.parties <= there.parties:
            both = there | sides
            if both.employers != there.employers:
                self._grown.add(thread_id)
            self._sides[thread_id] = both

    def _note(self, entry: ToPlace, thread_id: int) -> None:
        """Remember ids and subject, for those that come later.

        Not the ids that another thread with the same correspondents has: somebody has split
        it off, and the next answer must not join them.
        """
        for reference in entry.ids:
            if not self._with(self._sides[thread_id], [reference]):
                self._references.append((reference, thread_id))
                self._by_reference.setdefault(reference, []).append(thread_id)
        for party in entry.parties:
            for correspondent in correspondents(party):
                self._by_subject[correspondent, entry.subject_key].append((entry.at, thread_id))


async def threads_for(entries: Sequence[ToPlace]) -> Threads:
    """Return the threads that *entries* may belong to, with an id in store for each that begins one."""
    by_reference = await threads_by_reference({one for entry in entries for one in entry.ids})
    of_subject = await _threads_of_subject([entry for entry in entries if entry.answers_by_subject])
    waiting = await open_answers.with_keys({key for entry in entries for key in entry.waiting_keys})
    ids = {one for those in by_reference.values() for one in those}
    ids |= {one.thread_id for one in of_subject} | {one.thread_id for one in waiting}
    parties = await parties_of_threads(ids)
    sides = {thread_id: sides_of(parties.get(thread_id, ())) for thread_id in ids}
    by_subject: defaultdict[tuple[Correspondent, str], list[tuple[datetime, int]]] = defaultdict(list)
    for one in of_subject:
        for correspondent in correspondents(Party(one.key, one.person_id, None)):
            by_subject[correspondent, one.subject_key].append((one.at, one.thread_id))
    apart = await conversations.split_by_hand(ids) if len(ids) > 1 else set()
    free_ids = (await new_ids("thread", len(entries)))[::-1]  # the lowest is taken first
    return Threads(free_ids, by_reference, sides, apart, by_subject, waiting)


async def _threads_of_subject(answers: Sequence[ToPlace]) -> list[conversations.ThreadOfSubject]:
    if not answers:
        return []
    parties = [party for answer in answers for party in answer.parties]
    return await conversations.by_subject(
        {answer.subject_key for answer in answers},
        {party.person_id for party in parties if party.person_id},
        {party.key for party in parties if party.key},
        between=(
            min(answer.at for answer in answers) - SAME_SUBJECT_WITHIN,
            max(answer.at for answer in answers),
        ),
    )
