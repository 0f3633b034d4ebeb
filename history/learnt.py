"""What was learnt from decisions?  Facts in pages, the latest first."""

from dataclasses import dataclass

from mail.address import Address
from storage import facts
from storage.directory import cursor_of, position
from storage.facts import Fact, FactKind


@dataclass(frozen=True, slots=True)
class Learnt:
    """One page of facts; *after* asks for the next, None where this is the last."""

    facts: list[Fact]
    after: str | None


async def learnt(*, kind: FactKind | None, text: str, after: str | None, most: int) -> Learnt:
    """Return a page of facts, of one kind or all; *text* is how the address begins, or its domain.

    `storage.directory.WrongCursor` where *after* is none.
    """
    before = position(after)[1] if after else None
    found = await facts.listed(kind=kind, text=_key(text), before=before, most=most + 1)
    page = found[:most]
    return Learnt(page, cursor_of("fact", page[-1].id) if len(found) > most else None)


def _key(text: str) -> str:
    """Return what somebody looks for in look-up form, as far as it is an address already."""
    text = text.strip().lower()
    address = Address.parse(text)
    return address.key if address else text
