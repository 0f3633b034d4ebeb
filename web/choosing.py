"""Which organisation or person does somebody mean who types a name into a form?

Without a script: the name is looked up when the form is sent; where several fit,
the form comes back with them to choose from.
"""

from dataclasses import dataclass, field

from matcher.alike import alike
from storage import directory
from storage.correspondents import Organisation, Person
from web.forms import Form
from web.i18n import N_

_MOST = 12
_DIGITS = 18


@dataclass(slots=True)
class Choices:
    """What fits a typed name: id, name and something to tell it from others."""

    fitting: list[tuple[int, str, str]] = field(default_factory=list)


async def chosen_organisation(
    form: Form,
    choices: Choices,
    *,
    required: bool = True,
    known: Organisation | None = None,
    but: int | None = None,
) -> Organisation | None:
    """Return the organisation that is ticked or named in a form; *known* where its name was left as it is.

    One with the id *but* is not meant.
    """
    if ticked := _ticked(form, "organisation_id"):
        return await directory.organisation(ticked)
    text = form.text("organisation", required=required)
    if not text:
        return None
    if known and known.name == text:
        return known
    listed = await directory.organisations(text=text, most=_MOST)
    lines = [line for line in listed.lines if line.organisation.id != but]
    same = [line for line in lines if line.organisation.name.casefold() == text.casefold()]
    if len(same or lines) == 1:
        return (same or lines)[0].organisation
    choices.fitting = [(line.organisation.id, line.organisation.name, "") for line in lines]
    if not choices.fitting:
        near = [one.organisation for one in await alike(text)]
        choices.fitting = [(one.id, one.name, "") for one in near]
        if near:
            form.wrong("organisation", N_("None is called so: choose below if one of these is meant."))
            return None
    _ask(form, "organisation", choices)
    return None


async def chosen_person(form: Form, choices: Choices, *, but: int | None = None) -> Person | None:
    """Return the person who is ticked or named in a form; the one with the id *but* is not meant."""
    if ticked := _ticked(form, "person_id"):
        return await directory.person(ticked)
    text = form.text("person", required=True)
    if not text:
        return None
    listed = await directory.persons(text=text, most=_MOST)
    lines = [line for line in listed.lines if line.person.id != but]
    if len(lines) == 1:
        return lines[0].person
    choices.fitting = [(line.person.id, line.person.name, _known_as(line)) for line in lines]
    _ask(form, "person", choices)
    return None


def _known_as(line: directory.PersonLine) -> str:
    employers = [role.organisation.name for role in line.roles]
    return ", ".join(part for part in (*employers, line.email) if part)


def _ticked(form: Form, name: str) -> int | None:
    value = form.values.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _DIGITS else None


def _ask(form: Form, name: str, choices: Choices) -> None:
    if choices.fitting:
        form.wrong(name, N_("Several fit: choose one below."))
    else:
        form.wrong(name, N_("Nobody of this name is entered yet."))
