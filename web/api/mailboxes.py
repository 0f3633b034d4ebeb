"""Mailboxes that are read: list, add, change, test, pause, resume, remove.  No answer holds a secret."""

from datetime import date, datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field

from ingest.credentials import Password, Token, as_text
from ingest.imap_trial import TrialPart
from storage import mailboxes, roster
from storage.listing import WrongCursor
from storage.mailboxes import (
    After,
    Encryption,
    Mailbox,
    MailboxProblem,
    MailboxSetting,
    MailboxState,
    SecretKind,
)
from storage.secrets import Seal
from web.api.fields import Answer, Given, Id, Line, Named, Needed, Page, Paging, Rows, changes_of, read_as
from web.api.operation import Area, checked
from web.api.problem import wrong_field
from web.config import CONFIG
from web.found import found
from web.mailbox_fields import host_in
from web.mailbox_rules import goes_elsewhere, may_use_port, may_use_token_url
from web.mailbox_steps import tested
from web.mailboxes import named, visible_to
from web.rights import Right, may
from web.session import STAFF

area = Area(
    "mailboxes",
    "Mailboxes that are read by IMAP: one's own, and for administrators all. Passwords and tokens are only "
    "written, and never answered.",
)
_SECRET: dict[str, Any] = {"writeOnly": True}
Secret = Annotated[str, Field(min_length=1, max_length=5000, json_schema_extra=_SECRET)]
FolderName = Annotated[Needed, Field(max_length=500)]


class NewToken(Given):
    """What fetches tokens of OAuth 2 (RFC 6749, 6)."""

    token_url: str = Field(max_length=1000)
    client_id: Secret
    client_secret: str = Field("", max_length=5000, json_schema_extra=_SECRET)
    refresh_token: Secret
    scope: str = Field("", max_length=1000)


class NewMailbox(Given):
    """A mailbox, and what logs in to it: a password or a token."""

    name: Line = Field("", max_length=200, description="the login, if left out")
    staff_id: Id | None = Field(
        None, description="whose it is; null: one's own, for administrators a shared one"
    )
    host: Annotated[str, Field(min_length=1, max_length=255), read_as(host_in)]
    port: int = Field(993, ge=1, le=65535, description="others than 993 and 143 for administrators only")
    tls: Encryption = Encryption.TLS
    login: Needed = Field(max_length=320)
    password: Secret | None = None
    token: NewToken | None = None
    folders: list[FolderName] = Field(
        [], max_length=50, description="names; none: Inbox and Sent, found by use"
    )
    only_from: date | None = Field(None, description="mail from this day on; null: all there is")
    after: After = Field(After.LEAVE, description="what becomes of a mail there once it is entered")
    after_folder: Line = Field("", max_length=500, description="where it is moved to")


MailboxChanges = changes_of(NewMailbox)


class FolderOfMailbox(Answer):
    """A folder that is read, and how many mails were fetched from it."""

    name: str
    fetched: int


class MailboxInFull(Answer):
    """A mailbox, and how it gets on: `silent` if an alarm stands, `problem` tells why as a code;
    `left_out` counts by reason what was not taken.
    """

    id: int
    name: str
    staff: Named | None
    host: str
    port: int
    tls: Encryption
    login: str
    secret_kind: SecretKind
    folders: list[str]
    only_from: date | None
    after: After
    after_folder: str
    paused: bool
    state: MailboxState
    silent: bool
    problem: str
    problem_parameters: dict[str, str]
    since: datetime
    last_contact_at: datetime | None
    last_mail_at: datetime | None
    filled: int
    to_fill: int
    left_out: dict[str, int]
    places: Rows[FolderOfMailbox]


class MailboxPage(Page):
    """A page of mailboxes."""

    rows: list[MailboxInFull]


class StepOfTest(Answer):
    """A step to a mailbox: whether it works, null if it was not tried; `problem` tells why not, as a code."""

    part: TrialPart
    works: bool | None
    problem: MailboxProblem | None
    parameters: dict[str, str]
    found: dict[str, str]


class TestOfMailbox(Answer):
    """What came of a test: each step, and whether all work."""

    works: bool
    steps: list[StepOfTest]


@area.operation("GET", "/mailboxes", Right.ACCOUNT)
async def list_mailboxes(request: web.Request, query: Paging) -> MailboxPage:
    """List one's own mailboxes, for administrators all, in the order in which they were added"""
    if query.after and not query.after.isdigit():
        raise WrongCursor
    visible = sorted(await visible_to(request[STAFF]), key=lambda one: one.id)
    rows = [one for one in visible if one.id > int(query.after or 0)]
    page, more = rows[: query.limit], rows[query.limit :]
    return MailboxPage(rows=[_in_full(one) for one in page], after=str(page[-1].id) if more else None)


@area.operation("POST", "/mailboxes", Right.ACCOUNT, status=201)
async def add_mailbox(request: web.Request, body: NewMailbox) -> MailboxInFull:
    """Add a mailbox; reading begins within seconds"""
    setting = await _setting(request, body, None)
    added = await mailboxes.add(setting, by=request[STAFF].id)
    return _in_full(found(await mailboxes.one(added.id)))


@area.operation("GET", "/mailboxes/{mailbox}", Right.ACCOUNT)
async def show_mailbox(request: web.Request) -> MailboxInFull:
    """Show a mailbox and how it gets on"""
    return _in_full(await named(request))


@area.operation("PATCH", "/mailboxes/{mailbox}", Right.ACCOUNT, body=MailboxChanges)
async def change_mailbox(request: web.Request, body: Given) -> MailboxInFull:
    """Change a mailbox: the fields that are given; another server or login needs its password or token again"""
    before = await named(request)
    kept = (
        "name",
        "staff_id",
        "host",
        "port",
        "tls",
        "login",
        "folders",
        "only_from",
        "after",
        "after_folder",
    )
    values = {name: getattr(before, name) for name in kept} | body.model_dump(exclude_unset=True)
    setting = await _setting(request, checked(NewMailbox, values), before)
    await mailboxes.change(before.id, setting, by=request[STAFF].id)
    return _in_full(found(await mailboxes.one(before.id)))


@area.operation("DELETE", "/mailboxes/{mailbox}", Right.ACCOUNT)
async def remove_mailbox(request: web.Request) -> None:
    """Read a mailbox no more, and forget its secret; what was entered stays"""
    await mailboxes.remove((await named(request)).id, by=request[STAFF].id)


@area.operation("POST", "/mailboxes/{mailbox}/test", Right.ACCOUNT)
async def test_mailbox(request: web.Request) -> TestOfMailbox:
    """Take the steps to a mailbox, and tell which of them fails"""
    mailbox = await named(request)
    found = await tested(request, mailbox, kept_by=mailbox)
    steps = [
        StepOfTest(
            part=step.part,
            works=step.problem is None if step.is_tried else None,
            problem=step.problem,
            parameters=dict(step.parameters),
            found=dict(step.found),
        )
        for step in found.taken
    ]
    return TestOfMailbox(works=found.works, steps=steps)


@area.operation("POST", "/mailboxes/{mailbox}/pause", Right.ACCOUNT)
async def pause_mailbox(request: web.Request) -> MailboxInFull:
    """Read a mailbox no more for now"""
    mailbox = await named(request)
    await mailboxes.pause(mailbox.id, by=request[STAFF].id)
    return _in_full(found(await mailboxes.one(mailbox.id)))


@area.operation("POST", "/mailboxes/{mailbox}/resume", Right.ACCOUNT)
async def resume_mailbox(request: web.Request) -> MailboxInFull:
    """Read a paused mailbox again, from where it was left"""
    mailbox = await named(request)
    await mailboxes.resume(mailbox.id, by=request[STAFF].id)
    return _in_full(found(await mailboxes.one(mailbox.id)))


def _in_full(mailbox: Mailbox) -> MailboxInFull:
    names = [name for name in MailboxInFull.model_fields if name != "silent"]
    values = {name: getattr(mailbox, name) for name in names}
    return MailboxInFull.model_validate(values | {"silent": mailbox.alarmed_at is not None})


async def _setting(request: web.Request, body: NewMailbox, before: Mailbox | None) -> MailboxSetting:
    staff = request[STAFF]
    if not may_use_port(staff, body.port):
        raise wrong_field("/port", "Only administrators may choose another port than 993 and 143.")
    if body.after is After.MOVE and not body.after_folder:
        raise wrong_field("/after_folder", "This is needed.")
    values = body.model_dump(exclude={"password", "token", "staff_id", "name"})
    kind, secret = _secret(request, body)
    kind = kind or (before.secret_kind if before else SecretKind.PASSWORD)
    setting = MailboxSetting(
        **values,
        name=body.name or body.login,
        staff_id=await _owner(request, body, before),
        secret_kind=kind,
        secret=secret or (before.secret if before else ""),
    )
    if not secret and (before is None or goes_elsewhere(before, setting)):
        raise wrong_field("/password", "Give the password, or a token.")
    return setting


def _secret(request: web.Request, body: NewMailbox) -> tuple[SecretKind | None, str]:
    """Return the kind of what is given, and it sealed; nothing where nothing is given."""
    if body.password and body.token:
        raise wrong_field("/token", "Give a password or a token, not both.")
    seal = Seal(request.app[CONFIG].data_folder)
    if body.password:
        return SecretKind.PASSWORD, seal.sealed(as_text(Password(body.password)))
    if body.token:
        if not may_use_token_url(request[STAFF], body.token.token_url):
            raise wrong_field("/token/token_url", "This is no address for tokens. One begins with https://.")
        return SecretKind.XOAUTH2, seal.sealed(as_text(Token(**body.token.model_dump())))
    return None, ""


async def _owner(request: web.Request, body: NewMailbox, before: Mailbox | None) -> int | None:
    staff = request[STAFF]
    if before and body.staff_id == before.staff_id:
        return body.staff_id
    if not may(staff.access, Right.ADMINISTER):
        if body.staff_id not in {None, staff.id}:
            raise wrong_field("/staff_id", "Only administrators set up the mailboxes of others.")
        return int(staff.id)
    if body.staff_id not in {None, *(one.id for one in await roster.present())}:
        raise wrong_field("/staff_id", "There is none with this id.")
    return body.staff_id
