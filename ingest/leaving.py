"""What becomes of messages that a rule leaves out?  Nothing of them stays but a count and seals.

In the transaction in which a batch is filed: after a crash either all of it is done or
nothing.  What a rule leaves out is entered all the same where a copy of it is in the
history already; what a person marked as private is not, and takes the entry of its
copies with it (docs/decisions/0005).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from history.taking_back import take_back
from ingest.left_out import LeftOut, Way, marked_by
from ingest.read import Copy
from storage import forgetting, leaving_out
from storage.filing import InShort
from storage.jobs import JobQueue, SweepUp
from storage.leaving_out import LeavingOut, LeftOutReason, Sealing
from storage.messages import Message


@dataclass(frozen=True, slots=True)
class Judged:
    """A message without an entry, what its copies agree in, and why a rule leaves it out if one does."""

    row: Message
    copy: Copy
    left_out: LeftOut | None

    @property
    def sealing(self) -> Sealing:
        """By what it is known again; a copy without id and date is named by its bytes alone."""
        message_id, told = self.copy
        return Sealing(self.row.digest, message_id, None if told == self.row.digest else told)

    @property
    def staff(self) -> list[int]:
        """Who captured it."""
        return [way.staff_id for way in ways_of(self.row) if way.staff_id is not None]


def ways_of(row: Message) -> list[Way]:
    """Return how a message came."""
    return [Way(one.staff_id, tuple(one.marks), bool(one.held_because)) for one in row.captures]


@dataclass(slots=True)
class Leaving:
    """Leaves messages of one batch out; *entries* are those that copies of them have."""

    rules: LeavingOut
    secret: bytes
    queue: JobQueue
    entries: dict[Copy, InShort]
    _known: Mapping[str, LeftOutReason] = field(default_factory=dict)
    _counted: set[Copy] = field(default_factory=set)

    async def leave_out(self, judged: Sequence[Judged]) -> set[int]:
        """Forget those that are left out, and return them; *entries* has those no more that were taken back."""
        self._known = await leaving_out.sealed({seal for one in judged for seal in self._seals_about(one)})
        private = {one.copy: why for one in judged if (why := self._why_private(one))}
        for one in judged:
            await self._take_back_copies(one, private)
        entered = self.entries.keys() | {one.copy for one in judged if self._is_entered(one, private)}
        left_out = {
            one.row.id: why
            for one in judged
            if (why := self._why(one, private, is_entered=one.copy in entered))
        }
        gone = [one for one in judged if one.row.id in left_out]
        for one in gone:
            await self._note(one, left_out[one.row.id])
        if gone:
            await forgetting.forget_messages([one.row for one in gone])
            await self.queue.enqueue([SweepUp(words=False)])
        kept = (
            seal for one in judged if one.row.id not in left_out for seal in one.sealing.seals(self.secret)
        )
        await leaving_out.unseal(seal for seal in kept if seal in self._known)
        return set(left_out)

    async def take_back_marked(self, rows: Iterable[Message]) -> None:
        """Take back the entries of messages that came once more, marked as private this time."""
        for row in rows:
            marking = marked_by(ways_of(row), self.rules.private_words) - {None}
            if row.entry_id is None or not marking:
                continue
            await self._take_back(row.entry_id, frozenset(one for one in marking if one is not None))

    async def _take_back_copies(self, one: Judged, private: Mapping[Copy, LeftOutReason]) -> None:
        """Take the entry of a private message's copies back, if who marked it may."""
        entry = self.entries.get(one.copy)
        if entry is None:
            return
        if one.copy in private:
            by = next(iter(one.staff), None)
            await take_back(entry.id, private[one.copy], by=by, secret=self.secret, queue=self.queue)
        elif not (one.left_out and one.left_out.by and await self._take_back(entry.id, one.left_out.by)):
            return
        del self.entries[one.copy]
        self._counted.add(one.copy)

    async def _take_back(self, entry_id: int, marking: frozenset[int]) -> bool:
        """Take an entry back if those who marked it wrote it, or are the only ones who captured it."""
        parts = await forgetting.parts_of(entry_id)
        is_authors = bool(parts.authors & marking)
        if not is_authors and not parts.capturers <= marking:
            return False
        return await take_back(
            entry_id,
            LeftOutReason.MARKED_PRIVATE,
            by=min(marking),
            only_for=None if is_authors else marking,
            secret=self.secret,
            queue=self.queue,
        )

    def _why_private(self, one: Judged) -> LeftOutReason | None:
        """Return by which person's word no copy of a message is entered, if there is one."""
        if one.left_out and one.left_out.why.is_final and one.left_out.by is None:
            return one.left_out.why
        return self._final(one.sealing.seals(self.secret))

    def _why(
        self, one: Judged, private: Mapping[Copy, LeftOutReason], *, is_entered: bool
    ) -> LeftOutReason | None:
        """Return why a message is left out; a rule leaves no copy of an entry out, a person does."""
        if why := private.get(one.copy) or self._final_for_staff(one):
            return why
        if one.left_out is None or (is_entered and one.left_out.by is None):
            return None
        return one.left_out.why

    def _is_entered(self, one: Judged, private: Mapping[Copy, LeftOutReason]) -> bool:
        return one.left_out is None and self._why(one, private, is_entered=False) is None

    def _final_for_staff(self, one: Judged) -> LeftOutReason | None:
        """Return why it is left out if all who captured it said so before."""
        said = [self._final(one.sealing.seals(self.secret, staff_id)) for staff_id in one.staff]
        return said[0] if said and all(said) else None

    def _final(self, seals: Iterable[str]) -> LeftOutReason | None:
        reasons = (self._known[seal] for seal in seals if seal in self._known)
        return next((why for why in reasons if why.is_final), None)

    async def _note(self, one: Judged, why: LeftOutReason) -> None:
        """Count a message the first time, and seal it."""
        is_new = one.copy not in self._counted and self._known.keys().isdisjoint(self._seals_about(one))
        if is_new:
            self._counted.add(one.copy)
            await leaving_out.count(why, next(iter(one.staff), None))
        await leaving_out.seal(dict.fromkeys(self._seals_of(one), why))

    def _seals_of(self, one: Judged) -> list[str]:
        """Return the seals that a message gets: for everybody's copies, or those of the staff who marked it."""
        whose: Sequence[int | None] = [None]
        if one.left_out and one.left_out.by:
            whose = sorted(one.left_out.by)
        elif self._final_for_staff(one):
            whose = one.staff
        return [seal for staff_id in whose for seal in one.sealing.seals(self.secret, staff_id)]

    def _seals_about(self, one: Judged) -> list[str]:
        """Return all seals that can tell of a message: everybody's, and those of who captured it."""
        return [seal for staff_id in (None, *one.staff) for seal in one.sealing.seals(self.secret, staff_id)]
