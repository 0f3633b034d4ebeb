"""How does a correspondent read as a vCard 4.0 (RFC 6350)?  What no vCard can say is left to other formats."""

from collections.abc import Iterator

from ingest.correspondents.leaving import Names
from storage.cards import Belonging, Card
from storage.correspondents import Party, PhoneKind

_LONGEST_LINE = 75  # octets (RFC 6350, 3.2)
_KINDS = {
    PhoneKind.OFFICE: "work,voice", PhoneKind.MOBILE: "cell", PhoneKind.PRIVATE: "home,voice",
    PhoneKind.FAX: "work,fax",
}  # fmt: skip


def card_text(card: Card, names: Names) -> str:
    """Return the lines of a card; addresses, numbers and roles of the past are left out."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_lines(card, names), "END:VCARD"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _lines(card: Card, names: Names) -> Iterator[str]:
    values = card.values
    assert card.id is not None
    yield f"UID:{_escaped(names.key(card.party, card.id, values['external_key']))}"
    if card.party is Party.ORGANISATION:
        yield "KIND:org"
        yield f"FN:{_escaped(values['name'])}"
        yield f"ORG:{_escaped(values['name'])}"
        yield from (f"URL:https://{one.values['domain']}" for one in card.of("organisation_domain"))
        short = [one.values["name"] for one in card.of("former_name") if one.values["is_short"]]
        if short:
            yield f"NICKNAME:{','.join(map(_escaped, short))}"
        for one in card.of("organisation_number"):
            yield f"X-{one.values['kind'].upper()}:{one.values['value']}"
    else:
        full = " ".join(filter(None, (values["title"], values["given_name"], values["family_name"])))
        parts = (values["family_name"], values["given_name"], "", values["title"], "")
        yield f"FN:{_escaped(full)}"
        yield f"N:{';'.join(map(_escaped, parts))}"
        yield from _work(card, names)
    yield from _reach(card)
    if values["language"]:
        yield f"LANG:{_escaped(values['language'])}"
    if values["interests"]:
        yield f"CATEGORIES:{','.join(_escaped(str(one)) for one in values['interests'])}"
    if values["note"]:
        yield f"NOTE:{_escaped(values['note'])}"


def _work(card: Card, names: Names) -> Iterator[str]:
    for role in _of_today(card, "role")[:1]:
        yield f"ORG:{_escaped(names.firms.get(role.values['organisation_id'], ''))}"
        if role.values["function"]:
            yield f"TITLE:{_escaped(role.values['function'])}"


def _reach(card: Card) -> Iterator[str]:
    for one in _of_today(card, "email_address"):
        yield f"EMAIL:{_escaped(one.values['written'])}"
    for one in _of_today(card, "phone_number"):
        yield f'TEL;TYPE="{_KINDS[one.values["kind"]]}":{_escaped(one.values["written"])}'
    for one in _of_today(card, "postal_address"):
        values = one.values
        parts = ("", "", values["street"], values["place"], "", values["postcode"], values["country"])
        yield f"ADR:{';'.join(map(_escaped, parts))}"


def _of_today(card: Card, table: str) -> list[Belonging]:
    return [one for one in card.of(table) if one.values["until"] is None]


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """Return a line with breaks after 75 octets, none of them within a character."""
    if len(line.encode("utf-8", "replace")) <= _LONGEST_LINE:
        return line
    pieces, current, octets = [], "", 0
    for character in line:
        length = len(character.encode("utf-8", "replace"))
        if octets + length > _LONGEST_LINE:
            pieces.append(current)
            current, octets = "", 1  # the blank that begins the next line counts
        current, octets = current + character, octets + length
    return "\r\n ".join([*pieces, current])
