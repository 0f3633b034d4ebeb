"""How do the matcher's rules read a letter?  As a message whose signature is the letterhead.

There is no second matcher: what stands on paper is told in the form in which rules look for
it.  Postal addresses stand where e-mail addresses stand; those of e-mail and of web sites that
are printed in the letterhead are further addresses of the same sender.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.letters.own import OwnLetterhead
from mail.address import Address
from mail.letter import Found, LetterFields, LetterParty
from mail.message import ParsedMessage
from mail.paper_address import PaperAddress
from mail.reply_code import RecipientKind, ReplyCode, ReplyPurpose
from matcher.evidence import Case
from matcher.parties import Outsider, Parties
from storage.entries import Direction, ParticipantRole

_A4 = 297.0
_HEAD, _FOOT = 110.0, 45.0  # mm from above and below: what stands between is text, and names others too
_NOBODY = LetterParty()


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter that was read: its pages by number with their heights, what stands on them, the codes of ours.

    *is_outgoing* if it came by the way of those that we send; *unread* is the first page that could
    not be read, 0 without one.
    """

    heights: Mapping[int, float]
    text: str
    fields: LetterFields
    codes: tuple[ReplyCode, ...] = ()
    is_outgoing: bool = False
    unread: int = 0

    @property
    def came_back(self) -> bool:
        """Whether it is one that we sent and that could not be delivered."""
        return not self.is_outgoing and any(one.purpose is ReplyPurpose.LETTER for one in self.codes)


def direction_of(letter: ReadLetter, own: OwnLetterhead) -> Direction:
    """Return which way a letter went.  Without a sign of ours, it came in."""
    if letter.is_outgoing:
        return Direction.OUTGOING
    if letter.codes or not own.wrote(letter.fields):
        return Direction.INCOMING
    return Direction.OUTGOING


def case_of(letter: ReadLetter, direction: Direction, own: OwnLetterhead, day: date) -> Case:
    """Return a letter as the rules take it."""
    is_ours = direction is Direction.OUTGOING
    party = (letter.fields.addressee if is_ours or letter.came_back else letter.fields.sender) or _NOBODY
    codes = tuple(one for one in letter.codes if one.kind is not RecipientKind.NOBODY)
    also = () if is_ours or letter.came_back else tuple(_printed(letter, own))
    lines = [party.organisation, party.person, *_numbers(letter, is_ours=is_ours)]
    is_there = any(lines) or bool(codes) or party.street != ""
    address = PaperAddress.of(party)
    role = ParticipantRole.TO if is_ours else ParticipantRole.FROM
    outsiders = (Outsider(role, address, party.person),) if is_there else ()
    parties = Parties(
        direction,
        outsiders=(*outsiders, *(Outsider(ParticipantRole.CC, one, "") for one in also)),
        recipients=frozenset() if is_ours else frozenset(_staff(letter.fields.addressee, own)),
        authors=frozenset(_staff(letter.fields.sender, own)) if is_ours else frozenset(),
        signer=address.key if is_there else "",
        also={one.key: address.key for one in also},
    )
    return Case(_message(letter, lines, is_ours=is_ours or letter.came_back), parties, day, codes)


def _message(letter: ReadLetter, lines: Sequence[str], *, is_ours: bool) -> ParsedMessage:
    """Return what rules read of a letter; of one of ours not its text, which names us."""
    subject = letter.fields.subject.value if letter.fields.subject else ""
    text = "" if is_ours else letter.text
    number = letter.fields.customer_number
    told = f"Our customer number: {number.value}" if is_ours and number else text
    signature = "\n".join(line for line in lines if line)
    return ParsedMessage(subject="" if is_ours else subject, text=told, new_text=told, signature=signature)


def _numbers(letter: ReadLetter, *, is_ours: bool) -> Iterator[str]:
    """Yield the numbers of a letterhead; those on a letter of ours are ours."""
    read = letter.fields
    if is_ours or letter.came_back:
        return
    yield from (f"Tel. {one.value}" for one in read.phones if _in_margin(one, letter))
    yield from (one.value for one in (*read.tax_numbers, *read.ibans))


def _printed(letter: ReadLetter, own: OwnLetterhead) -> Iterator[Address]:
    """Yield the addresses of e-mail, and for web sites any of their domains, that a letterhead has."""
    read = letter.fields
    emails = [Address.parse(one.value) for one in read.emails if _in_margin(one, letter)]
    sites = [Address.parse(f"www@{_host(one.value)}") for one in read.webs if _in_margin(one, letter)]
    found = {one.key: one for one in (*emails, *sites) if one and not own.is_own_address(one)}
    yield from found.values()


def _in_margin(found: Found, letter: ReadLetter) -> bool:
    height = letter.heights.get(found.page, _A4)
    return found.box.top < _HEAD or found.box.bottom > height - _FOOT


def _host(site: str) -> str:
    host = site.lower().split("://")[-1].split("/")[0].split("?")[0]
    return host.removeprefix("www.").rstrip(".")


def _staff(party: LetterParty | None, own: OwnLetterhead) -> list[int]:
    return own.staff_named([party.person]) if party else []
