"""What would rules have left out of the messages that came last?  Read anew, nothing is changed.

Of a large message only the beginning is read: rules look at its header and whom it is with.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.leaving import ways_of
from ingest.left_out import why_left_out
from ingest.originals import unfolded
from ingest.reading import read_in_thread
from matcher.look_ups import own_of
from matcher.parties import parties_of
from storage import blobs, filing
from storage.leaving_out import LeavingOut, LeftOutReason
from storage.messages import Message

MOST = 100
_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """How many messages were looked at, and the entries that would not be there, the newest first."""

    looked_at: int
    left_out: Mapping[int, LeftOutReason]


async def preview(rules: LeavingOut, *, most: int = MOST) -> Preview:
    """Return what *rules* would have left out of the last *most* messages.

    An entry that has a copy which would have been let in would be there: a rule leaves no
    copy of an entry out.
    """
    rows = await filing.latest(most)
    reasons: defaultdict[int, list[LeftOutReason | None]] = defaultdict(list)
    for start in range(0, len(rows), _AT_ONCE):
        those = rows[start : start + _AT_ONCE]
        for row, why in zip(those, await _judged(those, rules), strict=True):
            reasons[row.entry_id or 0].append(why)
    left_out = {entry_id: why for entry_id, all_of_it in reasons.items() if (why := _of_entry(all_of_it))}
    return Preview(len(rows), left_out)


async def _judged(rows: Sequence[Message], rules: LeavingOut) -> list[LeftOutReason | None]:
    octets = await blobs.beginnings(row.digest for row in rows)
    came = await read_in_thread([octets.get(row.digest, b"") for row in rows])
    vouched = [any(capture.authenticated for capture in row.captures) for row in rows]
    own_mail = [row.own_mail for row in rows]
    shown = await unfolded(list(zip(came, vouched, own_mail, strict=True)))
    own = await own_of([its.message for its in shown])
    judged = []
    for row, message, its in zip(rows, came, shown, strict=True):
        said = (message,) if its.inside is None else (message, its.message)
        found = why_left_out(said, parties_of(its.message, own), ways_of(row), rules)
        judged.append(found.why if found else None)
    return judged


def _of_entry(reasons: Sequence[LeftOutReason | None]) -> LeftOutReason | None:
    """Return why an entry of several copies would not be there."""
    final = [why for why in reasons if why and why.is_final]
    return final[0] if final else reasons[0] if all(reasons) else None
