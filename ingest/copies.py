"""Which messages are copies of one?  By what they agree in, or, where a way changed one, by reading both.

Copies that came unchanged agree in Message-ID and fingerprint, and are told by looking these
up; so are those of which a way has lost the Message-ID.  Only where the Message-ID alone
agrees, the other message is read too.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ingest.read import Copy, Read, read_messages
from mail.sameness import are_one
from storage import filing
from storage.filing import InShort

_MOST_OF_ONE_ID = 10  # a machine may give all its mails the same
_MOST_OCTETS = 64 * 1024 * 1024


@dataclass(slots=True)
class Copies:
    """The *entries* that copies of some messages have, and what each of these agrees in with its copies.

    Filed messages that were read to find out are read once, however often it is found out.
    """

    entries: dict[Copy, InShort] = field(default_factory=dict)
    _seen: dict[int, Read] = field(default_factory=dict)
    _agree: dict[int, Copy] = field(default_factory=dict)

    def key(self, one: Read) -> Copy:
        """Return what a message and all its copies have in common."""
        return self._agree[one.row.id]

    def entry(self, one: Read) -> InShort | None:
        """Return the entry that a copy of a message has, if there is one."""
        return self.entries.get(self.key(one))

    def was_changed(self, one: Read) -> bool:
        """Tell whether a message and its first copy are not the same word by word."""
        return self.key(one) not in (one.copy, (None, one.nameless))

    def note(self, one: Read, entry: InShort) -> None:
        """Remember the entry of a message, for its copies."""
        self.entries[self.key(one)] = entry

    async def find(self, read: Sequence[Read]) -> None:
        """Find out about messages."""
        others = await self._look_up(read)
        self._agree = {}
        found: dict[Copy, Copy] = {}
        for one in read:
            if one.copy not in found:
                found[one.copy] = self._copied(one, others)
                for name in _names(one):
                    others[name].append((one, found[one.copy]))
            self._agree[one.row.id] = found[one.copy]

    def _copied(self, one: Read, others: dict[str, list[tuple[Read, Copy]]]) -> Copy:
        """Return what the first copy of a message is known by; itself, where it is the first."""
        nameless = (None, one.nameless)
        for copy in (one.copy, nameless):
            if copy in self.entries:
                return copy
        candidates = (pair for name in _names(one) for pair in others[name])
        return next((copy for other, copy in candidates if _are_one(one, other)), one.copy)

    async def _look_up(self, read: Sequence[Read]) -> defaultdict[str, list[tuple[Read, Copy]]]:
        """Look up what agrees with messages, and return what had to be read of it, by what tells it."""
        lost = [one for one in read if one.own_id is None]
        known = await filing.known(
            {one.own_id for one in read if one.own_id},
            {one.nameless for one in read},
            {one.fingerprints.named for one in lost},
        )
        self.entries = {(one.message_id, one.fingerprint): one.entry for one in known}
        doubtful = {one.own_id for one in read if one.copy not in self.entries} | {
            one.message_id for one in known if lost
        }
        kept: defaultdict[str, dict[Copy, int]] = defaultdict(dict)
        for one in known:
            if one.message_id in doubtful and one.message_id and len(kept[one.message_id]) < _MOST_OF_ONE_ID:
                kept[one.message_id].setdefault((one.message_id, one.fingerprint), one.id)
        wanted = {number for copies in kept.values() for number in copies.values()}
        await self._read_others(wanted - self._seen.keys())
        others: defaultdict[str, list[tuple[Read, Copy]]] = defaultdict(list)
        for copies in kept.values():
            for copy, number in copies.items():
                if other := self._seen.get(number):
                    for name in _names(other):
                        others[name].append((other, copy))
        return others

    async def _read_others(self, wanted: Collection[int]) -> None:
        """Read filed messages one after the other, as much as may be worth it."""
        octets = 0
        for row in await filing.accepted(wanted) if wanted else ():
            octets += row.size
            if octets > _MOST_OCTETS:
                break
            self._seen |= {other.row.id: other for other in await read_messages([row])}


def _are_one(one: Read, other: Read) -> bool:
    if one.own_id and other.own_id:
        return are_one(one.parsed, other.parsed)
    return one.nameless == other.nameless


def _names(one: Read) -> list[str]:
    """Return by what a copy of a message could be found that agrees with it only in part."""
    return [*([one.own_id] if one.own_id else []), one.nameless]
