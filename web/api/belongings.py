"""What belongs to organisations and persons: domains, addresses, numbers, former names, roles."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field

from storage import directory, directory_edits
from storage.correspondents import PhoneKind
from storage.directory_edits import BELONGINGS
from storage.phones import phone_key
from web.api.fields import Answer, Days, Given, Id, Line, Named, Needed, changes_of, read_as, wrong
from web.api.operation import Area, Operation, checked
from web.api.references import must_exist
from web.config import CONFIG
from web.found import found, id_in
from web.rights import Right
from web.session import STAFF

area = Area("belongings", "What belongs to an organisation or a person. Both show it in full.")


def _number(text: str) -> str:
    if not phone_key(text):
        raise wrong("This is no telephone number.")
    return text


def _email(form: Any, name: str) -> str:
    return str(form.email(name) or "")


EmailText = Annotated[
    str, Field(min_length=1, max_length=320, json_schema_extra={"format": "email"}), read_as(_email)
]
DomainText = Annotated[
    str, Field(min_length=1, max_length=255), read_as(lambda form, name: form.domain(name))
]


class NewDomain(Given):
    """The mail domain that one organisation alone uses."""

    domain: DomainText


class NewEmail(Days):
    """An e-mail address, from and until."""

    written: EmailText


class NewPhone(Days):
    """A telephone number, from and until."""

    written: Annotated[Needed, Field(max_length=60), read_as(lambda form, name: _number(form.text(name)))]
    kind: PhoneKind = PhoneKind.OFFICE


class NewPostalAddress(Days):
    """A postal address, from and until; the country has two letters (ISO 3166-1)."""

    street: Line = Field("", max_length=300)
    postcode: Line = Field("", max_length=20)
    place: Needed = Field(max_length=200)
    country: str = Field("", pattern="^([A-Z][A-Z])?$")
    undeliverable_on: date | None = Field(None, description="when a letter came back; null once it is right")


class NewFormerName(Given):
    """What an organisation was called, until a day, or is called in short."""

    name: Needed = Field(max_length=300)
    until: date | None = None
    is_short: bool = False


class NewRole(Days):
    """A person's function at an organisation, from and until."""

    organisation_id: Id
    function: Line = Field("", max_length=200)


class _Lasting(Answer):
    id: int
    since: date | None
    until: date | None


class Domain(Answer):
    """A mail domain of an organisation."""

    id: int
    domain: str


class Email(_Lasting):
    """An e-mail address."""

    written: str


class Phone(_Lasting):
    """A telephone number, as it is written, and (*key*) as it is dialled: E.164, `;ext=` for an extension."""

    written: str
    key: str
    kind: PhoneKind


class PostalAddress(_Lasting):
    """A postal address; a letter to it came back on the day `undeliverable_on`."""

    street: str
    postcode: str
    place: str
    country: str
    undeliverable_on: date | None


class FormerName(Answer):
    """What an organisation was called until a day."""

    id: int
    name: str
    until: date | None
    is_short: bool


class RoleOfPerson(_Lasting):
    """A function of a person at an organisation."""

    organisation: Named
    function: str


class RoleAtOrganisation(_Lasting):
    """A function at an organisation, and whose it is."""

    person: Named
    function: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what belongs to somebody: in paths, and as it is given and answered."""

    path: str
    place: str
    words: str
    new: type[Given]
    changes: type[Given]
    answer: type[Answer]


def _kind(path: str, place: str, words: str, new: type[Given], answer: type[Answer]) -> Kind:
    return Kind(path, place, words, new, changes_of(new), answer)


_EMAILS = _kind("emails", "email", "an e-mail address", NewEmail, Email)
_PHONES = _kind("phones", "phone", "a telephone number", NewPhone, Phone)
_POSTAL = _kind("postal-addresses", "address", "a postal address", NewPostalAddress, PostalAddress)
_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "organisation": (
        _kind("domains", "domain", "a mail domain", NewDomain, Domain),
        _EMAILS,
        _PHONES,
        _POSTAL,
        _kind("former-names", "name", "a former name", NewFormerName, FormerName),
    ),
    "person": (_EMAILS, _PHONES, _POSTAL, _kind("roles", "role", "a role", NewRole, RoleOfPerson)),
}
_WORDS = {"organisation": "an organisation", "person": "a person"}
_OWNERS: Mapping[str, Callable[[int], Coroutine[Any, Any, Any]]] = {
    "organisation": directory.organisation,
    "person": directory.person,
}


def given_rows(body: Given) -> tuple[dict[str, Any], list[tuple[type[Any], dict[str, Any]]]]:
    """Return the columns of what is new, and the rows that belong to it."""
    values = body.model_dump()
    names = {name for name in values if name.replace("_", "-") in BELONGINGS}
    lists = {name: values.pop(name) for name in values.keys() & names}
    rows = [(BELONGINGS[name.replace("_", "-")], row) for name, these in lists.items() for row in these]
    return values, rows


async def _show(owner: str, kind: Kind, request: web.Request) -> Answer:
    return kind.answer.model_validate(await _row(owner, kind, request, id_in(request, kind.place)))


async def _add(owner: str, kind: Kind, request: web.Request, body: Given) -> Answer:
    owner_id = found(await _OWNERS[owner](id_in(request, owner))).id
    values = body.model_dump()
    await must_exist(values)
    model = BELONGINGS[kind.path]
    row = await directory_edits.add(
        model,
        {f"{owner}_id": owner_id, **values},
        staff_id=request[STAFF].id,
        country=request.app[CONFIG].country,
    )
    return kind.answer.model_validate(await _row(owner, kind, request, row.pk))


def _by(request: web.Request) -> dict[str, Any]:
    """Return who changes something, and in which country they dial."""
    return {"staff_id": request[STAFF].id, "country": request.app[CONFIG].country}


async def _correct(owner: str, kind: Kind, request: web.Request, body: Given) -> Answer:
    row = await _row(owner, kind, request, id_in(request, kind.place))
    changes = body.model_dump(exclude_unset=True)
    checked(kind.new, {name: getattr(row, name) for name in kind.new.model_fields} | changes)
    await must_exist(changes)
    await directory_edits.change(
        BELONGINGS[kind.path],
        row.id,
        changes,
        staff_id=request[STAFF].id,
        country=request.app[CONFIG].country,
    )
    return kind.answer.model_validate(await _row(owner, kind, request, row.id))


async def _remove(owner: str, kind: Kind, request: web.Request) -> None:
    row = await _row(owner, kind, request, id_in(request, kind.place))
    await directory_edits.remove(BELONGINGS[kind.path], row.id, staff_id=request[STAFF].id)


async def _row(owner: str, kind: Kind, request: web.Request, row_id: int) -> Any:
    model, owner_id = BELONGINGS[kind.path], id_in(request, owner)
    return found(await directory_edits.belonging(model, row_id, owner, owner_id))


def _operations(owner: str, kind: Kind) -> Iterator[Operation]:
    every = f"/{owner}s/{{{owner}}}/{kind.path}"
    of, taken = f"{kind.words} of {_WORDS[owner]}", (409,)
    name = f"{owner}_{kind.path.replace('-', '_')}"
    one = partial(Operation, area=area.name, path=f"{every}/{{{kind.place}}}")
    yield one(
        method="GET", right=Right.READ, act=partial(_show, owner, kind), name=f"show_{name}",
        summary=f"Show {of}", answer=kind.answer,
    )  # fmt: skip
    yield Operation(
        area=area.name, path=every, method="POST", right=Right.EDIT, act=partial(_add, owner, kind),
        name=f"add_{name}", summary=f"Add {of}", body=kind.new, answer=kind.answer, status=201, problems=taken,
    )  # fmt: skip
    yield one(
        method="PATCH", right=Right.EDIT, act=partial(_correct, owner, kind), name=f"correct_{name}",
        summary=f"Correct {of}", body=kind.changes, answer=kind.answer, problems=taken,
    )  # fmt: skip
    yield one(
        method="DELETE", right=Right.EDIT, act=partial(_remove, owner, kind), name=f"remove_{name}",
        summary=f"Remove {of}, entered by mistake", status=204,
    )  # fmt: skip


for _owner, _kinds in _KINDS.items():
    for _one in _kinds:
        area.operations.extend(_operations(_owner, _one))
