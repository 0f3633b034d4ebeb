"""Which way did a message go, and who took part: colleagues on one side, outsiders on the other?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mail.address import Address, Mailbox, untagged
from mail.message import Automatic, DefectCode, ParsedMessage
from mail.paper_address import PaperAddress
from storage.entries import Direction, ParticipantRole
from storage.lookups import Own
from storage.reasons import Reason

_MOST_FAILED = 100
_VIA = re.compile(r"\bvia\b", re.IGNORECASE)
_NO_REPLY = re.compile(
    r"(do[-_.]?)?not?[-_.]?reply|(nicht|keine?)[-_.]?antwort(en)?|ne-?pas-?repondre|non-?rispondere"
)


@dataclass(frozen=True, slots=True)
class Outsider:
    """An address outside of the firm, in the header field where it stood first; of a letter, the postal one."""

    role: ParticipantRole
    address: Address | PaperAddress
    name: str

    @property
    def key(self) -> str:
        """The address in look-up form."""
        return self.address.key


@dataclass(frozen=True, slots=True)
class Parties:
    """Who took part.  *authors* and *recipients* are staff by number; *held* says why nobody outside can be told.

    *readers* are the addresses of ours it went to, but those of its authors and for
    capturing; *tags* stood behind a plus sign in addresses of ours.

    On a letter the outsider *signer* is whom its signs tell of, even where we wrote it; *also* are
    outsiders who are but another address of somebody, printed on the letter: by key, whose.
    """

    direction: Direction
    outsiders: tuple[Outsider, ...] = ()
    authors: frozenset[int] = frozenset()
    recipients: frozenset[int] = frozenset()
    leaked_capture_address: str | None = None
    held: Reason | None = None
    readers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    signer: str = ""
    also: Mapping[str, str] = field(default_factory=dict)


def addresses_of(message: ParsedMessage) -> set[Address]:
    """Return every address of the header that can decide who took part."""
    fields = (*message.from_, *message.to, *message.cc, *message.bcc, *message.reply_to)
    senders = (message.sender,) if message.sender else ()
    return {one.address for one in (*fields, *senders) if one.address} | set(_failed(message))


def parties_of(message: ParsedMessage, own: Own) -> Parties:
    """Return who took part in *message*, colleagues and capture addresses told from outsiders.

    Outgoing is what one of ours wrote: in From, or as the Sender (RFC 5322, 3.6.2) who
    sent it for somebody; a form or a list that is the Sender wrote nothing.  Former staff
    are still ours.  A bounce is with those whom a mail of ours did not reach: no machine is a
    correspondent.
    """
    missed = tuple(_missed(message, own))
    authors = _authors(message, own)
    if missed:
        told = _staff(_addresses((*message.to, *message.cc)), own)
        return Parties(Direction.INCOMING, outsiders=missed, recipients=told)
    if not authors:
        unreadable = {defect.code for defect in message.defects} & {
            DefectCode.EMPTY,
            DefectCode.HEADER_MISSING,
        }
        return Parties(Direction.INCOMING, held=Reason.UNREADABLE if unreadable else Reason.NO_AUTHOR)
    writers = [*_addresses(authors), *_delegate(message, own)]
    outgoing = any(is_ours(address, own) for address in writers)
    outsiders = tuple(_outsiders(message, authors, own))
    readers = list(_addresses((*message.to, *message.cc, *message.bcc)))
    ours = [address for address in readers if is_ours(address, own)]
    return Parties(
        direction=_direction(outgoing=outgoing, internal=not outsiders),
        outsiders=outsiders,
        authors=_staff(writers, own),
        recipients=_staff(readers, own),
        leaked_capture_address=None if outgoing else _leaked(message, own),
        held=None if outsiders else Reason.NO_OUTSIDE_PARTICIPANT,
        readers=frozenset(_others(ours, writers, own)),
        tags=frozenset(tag for address in ours if (tag := untagged(address.key)[1])),
    )


def is_ours(address: Address, own: Own) -> bool:
    """Tell whether an address is a colleague's, a team's, or for capturing."""
    key = address.key
    if key in own.staff or key in own.captures:
        return True
    return address.domain_key in own.domains or address.private_domain in own.domains


def _others(readers: Iterable[Address], writers: Iterable[Address], own: Own) -> Iterator[str]:
    """Yield the readers who are none of the writers, whichever of their addresses it went to."""
    wrote = {address.key for address in writers}
    who = _staff(writers, own)
    for address in readers:
        name, _ = untagged(address.key)
        known = own.staff.get(name)
        if name not in own.captures and name not in wrote and not (known and known.staff_id in who):
            yield name


def _authors(message: ParsedMessage, own: Own) -> list[Mailbox]:
    """Return who wrote it: From, or who stands elsewhere because From cannot name them.

    A web form or a list writes in its own name and puts the author into Reply-To.
    """
    authors = [one for one in message.from_ if one.address]
    reply_to = [one for one in message.reply_to if one.address]
    if not authors:
        return reply_to or ([message.sender] if message.sender and message.sender.address else [])
    written_for = [one for one in reply_to if one.address and not is_ours(one.address, own)]
    if not written_for:
        return authors
    if all(_speaks_for_others(one, own) for one in authors):
        return written_for
    if all(_is_nobodys(address, own) for address in _addresses(authors)):
        to_outside = (a for a in _addresses((*message.to, *message.cc)) if not is_ours(a, own))
        return authors if any(to_outside) else written_for
    return authors


def _speaks_for_others(author: Mailbox, own: Own) -> bool:
    """Tell whether a list or portal is named, which says so: `Anna via Portal <no-reply@portal.example>`."""
    if author.address is None:
        return False
    if is_ours(author.address, own):
        return bool(_VIA.search(author.name)) and _is_nobodys(author.address, own)
    return bool(_VIA.search(author.name) or _NO_REPLY.match(author.address.local_part.lower()))


def _delegate(message: ParsedMessage, own: Own) -> Iterator[Address]:
    """Yield the Sender if it is a colleague, who wrote for whoever stands in From."""
    address = message.sender.address if message.sender else None
    if address and (known := own.staff.get(address.key)) and known.is_personal:
        yield address


def _is_nobodys(address: Address, own: Own) -> bool:
    """Tell whether an address is ours but no colleague's own: a form, a list, a team."""
    if not is_ours(address, own):
        return False
    known = own.staff.get(address.key)
    return known is None or not known.is_personal


def _failed(message: ParsedMessage) -> Iterator[Address]:
    """Yield the addresses that a bounce tells of."""
    if message.automatic is Automatic.BOUNCE:
        parsed = (Address.parse(bounce.address) for bounce in message.bounces[:_MOST_FAILED])
        yield from (address for address in parsed if address)


def _missed(message: ParsedMessage, own: Own) -> Iterator[Outsider]:
    """Yield the outsiders whom a mail did not reach, if *message* is a bounce and names them."""
    for address in {address.key: address for address in _failed(message)}.values():
        if not is_ours(address, own):
            yield Outsider(ParticipantRole.TO, address, "")


def _outsiders(message: ParsedMessage, authors: Iterable[Mailbox], own: Own) -> Iterator[Outsider]:
    seen: set[str] = set()
    fields = (
        (ParticipantRole.FROM, authors),
        (ParticipantRole.TO, message.to),
        (ParticipantRole.CC, message.cc),
        (ParticipantRole.BCC, message.bcc),
    )
    for role, mailboxes in fields:
        for one in mailboxes:
            if one.address is None or one.address.key in seen:
                continue
            seen.add(one.address.key)
            if not is_ours(one.address, own):
                yield Outsider(role, one.address, one.name)


def _direction(*, outgoing: bool, internal: bool) -> Direction:
    if internal:
        return Direction.INTERNAL
    return Direction.OUTGOING if outgoing else Direction.INCOMING


def _leaked(message: ParsedMessage, own: Own) -> str | None:
    """Return the secret capture address that an outsider knows, from a reply to all."""
    for address in _addresses((*message.to, *message.cc)):
        name, _ = untagged(address.key)
        if own.captures.get(name) is not None and name not in own.closed:
            return name
    return None


def _staff(addresses: Iterable[Address], own: Own) -> frozenset[int]:
    known = (own.staff.get(address.key) for address in addresses)
    return frozenset(one.staff_id for one in known if one and one.staff_id is not None)


def _addresses(mailboxes: Iterable[Mailbox]) -> Iterator[Address]:
    return (one.address for one in mailboxes if one.address)
