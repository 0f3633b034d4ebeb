"""Whom does a typed header line name?  Addresses as mail clients show them, which is not how headers have them."""

import re

from mail.address import Mailbox
from mail.forward_headers import folded
from mail.limits import LIMITS
from mail.mailboxes import mailboxes

_LONGEST = 64 * 1024
_MAILTO = re.compile(r"<mailto:([^<>\s]{1,300}+)>", re.IGNORECASE)
_MAILTO_IN_SQUARES = re.compile(
    r"[\[(](?:mailto:)?([^\[\]()<>\s,;]{1,256}@[^\[\]()<>\s,;]{1,256})[\])]", re.IGNORECASE
)
_ADDRESS_BEFORE = re.compile(r"[^\s<>@]{1,256}@[^\s<>@]{1,256}\Z")
_TWICE = re.compile(r"<\s?([^\s<>]{1,256}@[^\s<>]{1,256}?)\s?<[^\s<>]{1,300}+>\s?>")
_NOTES = re.compile(r"(?P<name>[^/@<>]{1,200}?)/[^@<>,;]{1,200}(?:@[^\s@<>.,;]{1,60})?")
_QUOTES = " \t\xa0'\"‘’‚‛“”„‟«»‹›`*"
_ON_BEHALF = re.compile(
    r"""\s(?: on\ behalf\ of | im\ auftrag\ von | (?:de\ la\ part|au\ nom)\ (?:de|d['’]) | per\ conto\ di
    | a\ nome\ di | namens
    | en\ nombre\ de | em\ nome\ de | på\ vegne\ (?:af|av) | för | w\ imieniu | jménem | v\ mene | în\ numele | u\ ime
    | от\ имени | від\ імені | puolesta | nevében | adına | 代表 | の代理 )\s""",
    re.VERBOSE | re.IGNORECASE,
)


def typed_mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Return whom a typed line of recipients names, in order.

    Semicolons divide if there are any, for then commas stand within names.
    """
    value = _plain(value[:_LONGEST])
    if ";" in value and '"' not in value:
        found = [mailbox for piece in value.split(";") for mailbox in _some(piece)]
    elif "@" in value or ";" in value:
        found = _some(value)
    else:
        found = _without_addresses(value)
    return tuple(found[: LIMITS.mailboxes])


def typed_mailbox(value: str) -> Mailbox | None:
    """Return whom a typed line of authors names first; who wrote on behalf of another is the author."""
    value = _plain(value[:2_000])
    if behalf := _ON_BEHALF.search(value):
        before = value[: behalf.start()]
        # `Office for X <address>` is a name: the address must be before, or nowhere.
        value = before if "@" in before or "@" not in value else value
    found = [each for each in _some(value) if each.address or each.name]
    with_address = [each for each in found if each.address]
    return next(iter(with_address or found), None)


def _plain(value: str) -> str:
    """Return *value* with each address as headers write it: once, between angle brackets."""
    if "<" in value:
        value = _TWICE.sub(r"<\1>", _without_links(value))
    if "[" in value or "(" in value:
        value = _MAILTO_IN_SQUARES.sub(_in_brackets, value)
    return value


def _without_links(value: str) -> str:
    """Return *value* without what a converter made of links: `eva@firma.example<mailto:eva@firma.example>`."""
    pieces: list[str] = []
    position = 0
    for found in _MAILTO.finditer(value):
        before = value[position : found.start()]
        behind = value[found.end() : found.end() + 2].lstrip()
        shown_twice = _ADDRESS_BEFORE.search(before[-600:]) or behind.startswith(("<", ">"))
        pieces += (before, "" if shown_twice else f"<{found[1]}>")
        position = found.end()
    return "".join((*pieces, value[position:]))


def _in_brackets(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 300) : found.start()].rpartition(",")[2].rpartition(";")[2]
    return "" if "@" in before else f"<{found[1]}>"


def _some(value: str) -> list[Mailbox]:
    value = value.strip(" \t\xa0;,")
    if not value:
        return []
    if "@" not in value or (_NOTES.fullmatch(value) and "<" not in value):
        return [_named(value)]
    return [_cleaned(mailbox) for mailbox in mailboxes(value)]


def _without_addresses(value: str) -> list[Mailbox]:
    """Return the mailboxes of a list that shows names alone: `Meier, Eva` is one, `Eva Meier, Max Frey` two."""
    pieces = [piece.strip() for piece in value.split(",") if piece.strip()]
    if len(pieces) == 2 and any(" " not in piece for piece in pieces):
        return [_named(value)]
    return [_named(piece) for piece in pieces]


def _named(value: str) -> Mailbox:
    found = _NOTES.fullmatch(value.strip())
    name = (found["name"] if found else value).strip(_QUOTES)
    return Mailbox(name, None, name)


def _cleaned(mailbox: Mailbox) -> Mailbox:
    name = " ".join(mailbox.name.strip(_QUOTES).split())
    address = mailbox.address
    if address is None:
        return Mailbox(name, None, name or mailbox.written)
    if folded(name).strip("<>()[]") == folded(str(address)):
        name = ""
    return Mailbox(name, address, f"{name} <{address}>" if name else str(address))
