"""Which letters did we write ourselves?  By letterhead, by numbers and by addresses of ours."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from mail.address import Address
from mail.letter import LetterFields, LetterParty
from matcher.legal_forms import firm_name
from matcher.parties import is_ours
from storage import lookups, own_letterhead
from storage.lookups import Own
from storage.sort_keys import sort_key


@dataclass(frozen=True, slots=True)
class OwnLetterhead:
    """By what a letter of ours is known: how the firm is called, its numbers, its addresses, and its staff."""

    names: Sequence[str]
    own: Own
    numbers: Collection[str] = frozenset()
    staff: dict[str, int] = field(default_factory=dict)

    def wrote(self, read: LetterFields) -> bool:
        """Tell whether a letter is ours: its sender is called as we are, or what nobody else has stands on it.

        An address or number of ours says so only where no other sender is read: customers
        quote them.
        """
        if read.sender and self.is_called_so(read.sender):
            return True
        if read.sender and (read.sender.organisation or read.sender.person):
            return False
        return any(one.value in self.numbers for one in read.tax_numbers) and not self.is_addressed(read)

    def is_addressed(self, read: LetterFields) -> bool:
        """Tell whether a letter is addressed to us."""
        return read.addressee is not None and self.is_called_so(read.addressee)

    def is_called_so(self, party: LetterParty) -> bool:
        """Tell whether a party is called as we are, whichever legal form stands there."""
        if not party.organisation:
            return sort_key(party.person) in self.staff
        called = firm_name(party.organisation)
        return any(
            own.bare == called.bare and (own.form is None or called.form in (None, own.form))
            for own in map(firm_name, self.names)
        )

    def is_own_address(self, address: Address) -> bool:
        """Tell whether an e-mail address, or the domain of a site, is ours."""
        return is_ours(address, self.own)

    def staff_named(self, names: Iterable[str]) -> list[int]:
        """Return who of the staff has one of these names."""
        return sorted({self.staff[key] for name in names if (key := sort_key(name)) in self.staff})


async def own_letterhead_of(names: Sequence[str], read: Iterable[LetterFields]) -> OwnLetterhead:
    """Return by what letters of ours are known, as far as *read* asks; *names* are those of the settings."""
    emails = {address.key for one in read for found in one.emails if (address := Address.parse(found.value))}
    ourselves = await lookups.organisations_that_are_we()
    called = [*names, *(one.name for one in ourselves.values())]
    return OwnLetterhead(
        names=[name for name in dict.fromkeys(called) if name],
        own=await lookups.own(emails),
        numbers=await own_letterhead.numbers_of({one.id for one in ourselves.values()}),
        staff=await own_letterhead.staff_by_name(),
    )
