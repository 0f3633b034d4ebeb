"""What does a letter say of somebody to be entered?  Names for the form, and what can be taken over with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mail.address import Address
from mail.letter import LetterFields, LetterParty
from mail.registered_numbers import iban, uid, vat
from storage import directory, letters
from storage.correspondents import (
    EmailAddress,
    NumberKind,
    OrganisationNumber,
    PhoneNumber,
    PostalAddress,
)
from storage.directory_edits import Belonging
from storage.entries import Direction, Entry
from storage.letter_fields import unpacked_fields
from web.forms import Form, form_of
from web.i18n import N_
from web.scan_words import FIELDS

_MOST_OF_A_KIND = 3
_FEW = 2


@dataclass(frozen=True, slots=True)
class Taking:
    """Something that can be entered with who is new: *title* is a message id, *value* what the letter says.

    *name* is that of its box in the form.
    """

    name: str
    title: str
    value: str
    belonging: Belonging

    @property
    def is_of_firms_alone(self) -> bool:
        """Whether only an organisation can have it."""
        return self.belonging[0] is OrganisationNumber


async def read_of(entry: Entry, viewer: int) -> LetterFields | None:
    """Return what was read on the letter of an entry; None if it is none."""
    letter = await letters.letter_of_entry(entry.id, viewer) if entry.kind == "letter" else None
    return unpacked_fields(letter.found) if letter else None


def takings_of(read: LetterFields, direction: Direction) -> list[Taking]:
    """Return what a letter says of whom it is with; of one of ours that is only where it went."""
    found = [*_place(_party(read, direction))]
    if direction is Direction.INCOMING:
        found += [*_reach(read), *_numbers(read)]
    return [
        Taking(f"take-{number}", title, value, belonging)
        for number, (title, value, belonging) in enumerate(found, start=1)
    ]


def taken(takings: Sequence[Taking], form: Form, *, by_firm: bool) -> list[Belonging]:
    """Return what is ticked in a form, for an organisation or else a person."""
    return [
        one.belonging for one in takings if form.checked(one.name) and (by_firm or not one.is_of_firms_alone)
    ]


async def suggested_by(read: LetterFields, direction: Direction, takings: Sequence[Taking]) -> Form:
    """Return the form with what a letter says of somebody new; all that can be taken over is ticked."""
    party = _party(read, direction)
    words = party.person.split()
    known = await _known(party.organisation)
    ticked = {one.name: "yes" for one in takings}
    return form_of(
        {
            "given_name": " ".join(words[:-1]),
            "family_name": words[-1] if words else "",
            "organisation": known or party.organisation,
            "new_organisation": "yes" if party.organisation and not known else "",
            "remember": "yes",
        }
        | ticked
    )


async def _known(name: str) -> str:
    """Return the name of the one organisation that is called so; empty without."""
    lines = (await directory.organisations(text=name, most=_FEW)).lines if name else []
    same = [line.organisation.name for line in lines if line.organisation.name.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else ""


def _party(read: LetterFields, direction: Direction) -> LetterParty:
    return (read.sender if direction is Direction.INCOMING else read.addressee) or LetterParty()


_Found = tuple[str, str, Belonging]


def _place(party: LetterParty) -> Iterator[_Found]:
    if not (party.street or party.postcode):
        return
    told = ", ".join(part for part in (party.street, f"{party.postcode} {party.town}".strip()) if part)
    country = party.country.upper() if len(party.country) == 2 else ""
    values = {
        "street": party.street[:300],
        "postcode": party.postcode[:20],
        "place": party.town[:200],
        "country": country,
    }
    yield N_("Postal address"), told, (PostalAddress, values)


def _reach(read: LetterFields) -> Iterator[_Found]:
    for one in read.phones[:_MOST_OF_A_KIND]:
        yield FIELDS["phones"], one.value, (PhoneNumber, {"written": one.value[:60]})
    for one in read.emails[:_MOST_OF_A_KIND]:
        if Address.parse(one.value):
            yield FIELDS["emails"], one.value, (EmailAddress, {"written": one.value[:320]})


def _numbers(read: LetterFields) -> Iterator[_Found]:
    for one in read.ibans[:_MOST_OF_A_KIND]:
        if number := iban(one.value):
            yield FIELDS["ibans"], one.value, _number(NumberKind.IBAN, number)
    for one in read.tax_numbers[:_MOST_OF_A_KIND]:
        if number := uid(one.value):
            yield FIELDS["tax_numbers"], one.value, _number(NumberKind.UID, number)
        elif number := vat(one.value):
            yield FIELDS["tax_numbers"], one.value, _number(NumberKind.VAT, number)


def _number(kind: NumberKind, value: str) -> Belonging:
    return OrganisationNumber, {"kind": kind, "value": value}
