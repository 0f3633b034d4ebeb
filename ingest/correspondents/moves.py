"""Who changes employer by a file?  Its role of before ends, where the file is what told of that role.

A row names somebody who is known, by key or e-mail address, and another organisation.  The
role of before ends if it came from a file with the same columns, if nobody has corrected it
since, if it is the only such role that is open, and if this import has no row that names it:
who has two employers in a file keeps both.  It ends the day before the new one begins, if the
row says when that is, else on the day of the import.  What staff entered is never ended.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from storage.cards import Belonging, Card


@dataclass(frozen=True, slots=True)
class Moves:
    """What an import knows of roles: its kind of file, its number, its day, and the roles that it named."""

    columns: str = ""
    run_id: int = 0
    day: date = field(default_factory=lambda: datetime.now(UTC).date())
    named: set[int] = field(default_factory=set)

    @property
    def source(self) -> str:
        """What tells of a role that it is from this kind of file."""
        return f"file:{self.columns[:32]}" if self.columns else ""

    @property
    def _ended(self) -> str:
        return f"{self.source}:{self.run_id}"

    def is_ended_here(self, role: Belonging) -> bool:
        """Tell whether this import has ended a role: a later row that names it takes that back."""
        return bool(self.source) and role.source == self._ended

    def reopen(self, role: Belonging) -> None:
        """Let a role that this import has ended go on."""
        role.values["until"], role.source = None, self.source

    def note(self, role: Belonging) -> None:
        """Remember that a row names a role."""
        if role.id is not None:
            self.named.add(role.id)

    def note_written(self, cards: list[Card]) -> None:
        """Remember the roles that rows have made."""
        for card in cards:
            for role in card.of("role"):
                if role.before is None:
                    self.note(role)

    def end_of_before(self, card: Card, new: Belonging) -> Belonging | None:
        """End the role that somebody had before a *new* one, and return it; None if there is none to end."""
        if not self.source or card.before is None or new.values["until"] is not None:
            return None
        theirs = [
            one
            for one in card.of("role")
            if one is not new
            and one.before is not None
            and one.values["until"] is None
            and one.source == self.source
        ]
        if len(theirs) != 1 or theirs[0].id in self.named:
            return None
        (role,) = theirs
        begins, since = new.values["since"], role.values["since"]
        last = begins - timedelta(days=1) if begins else self.day
        if since and since > last:
            return None
        role.values["until"], role.source = last, self._ended
        return role
