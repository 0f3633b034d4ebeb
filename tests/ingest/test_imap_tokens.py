"""A mailbox whose server wants a token of OAuth 2: logged in with it, and renewed when it ends."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from ingest.credentials import Token, read
from storage.mailboxes import Mailbox
from storage.secrets import Seal
from tests.ingest.reading_mailboxes import added, mail, now, reading, until, until_filled, until_there
from tests.servers.dovecot import Dovecot, dovecot

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_PASSDB = "passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {file}\n}}\n"
_ASKING = "introspection_mode = auth\nintrospection_url = {url}/tell\nusername_attribute = username\n"


@dataclass(slots=True)
class Issuer:
    """A server that issues tokens, and tells Dovecot which are valid."""

    url: str = ""
    valid: set[str] = field(default_factory=set)
    refresh_tokens: list[str] = field(default_factory=lambda: ["first"])
    asked: list[dict[str, str]] = field(default_factory=list)

    async def give(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.asked.append({name: str(value) for name, value in form.items()})
        if form.get("refresh_token") != self.refresh_tokens[-1]:
            return web.json_response({"error": "invalid_grant", "error_description": "withdrawn"}, status=400)
        self.valid = {f"access-{len(self.asked)}"}
        self.refresh_tokens.append(f"refresh-{len(self.asked)}")
        answer = {"access_token": next(iter(self.valid)), "expires_in": 3600, "token_type": "Bearer"}
        return web.json_response(answer | {"refresh_token": self.refresh_tokens[-1]})

    async def tell(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.valid:
            return web.json_response({"active": False})
        return web.json_response({"active": True, "username": "eva"})


@asynccontextmanager
async def issuing() -> AsyncIterator[Issuer]:
    """Run an issuer on loopback."""
    issuer = Issuer()
    app = web.Application()
    app.add_routes([web.post("/token", issuer.give), web.get("/tell", issuer.tell)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        issuer.url = f"http://127.0.0.1:{port}"
        yield issuer
    finally:
        await runner.cleanup()


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    async with issuing() as issuer:
        yield issuer


@pytest.fixture
def tokens_server(issuer: Issuer, tmp_path: Path) -> Iterator[Dovecot]:
    """A server that asks the issuer whether a token is valid."""
    file = tmp_path / "oauth2.conf"
    file.write_text(_ASKING.format(url=issuer.url))
    with dovecot(mechanisms="xoauth2", more=_PASSDB.format(file=file)) as server:
        server.put("eva", [mail("one")])
        yield server


async def test_a_token_logs_in_until_it_is_refused(
    database: str, seal: Seal, issuer: Issuer, tokens_server: Dovecot
) -> None:
    issuer.valid = {"given"}
    mailbox = await added(tokens_server, seal, credentials=Token(access_token="given"))
    async with reading(seal):
        await until_filled(mailbox)
        issuer.valid = set()
        tokens_server.stop()
        tokens_server.start()
        await _until_refused(mailbox)


async def test_a_token_that_has_ended_is_renewed_and_the_new_one_kept(
    database: str, seal: Seal, issuer: Issuer, tokens_server: Dovecot
) -> None:
    token = Token(
        token_url=f"{issuer.url}/token", client_id="postbuch", client_secret="hush", refresh_token="first"
    )
    mailbox = await added(tokens_server, seal, credentials=token)
    async with reading(seal):
        await until_filled(mailbox)
        (asked,) = issuer.asked
        assert asked == {
            "grant_type": "refresh_token",
            "refresh_token": "first",
            "client_id": "postbuch",
            "client_secret": "hush",
        }
        kept = await _kept(mailbox, seal)
        assert (kept.access_token, kept.refresh_token) == ("access-1", "refresh-1")
        assert kept.expires_at is not None
        assert kept.expires_at > datetime.now(UTC) + timedelta(minutes=50)
        issuer.valid = set()  # withdrawn before its time
        tokens_server.stop()
        tokens_server.put("eva", [mail("two")], start=100)
        tokens_server.start()
        await until_there(2)
        assert (await _kept(mailbox, seal)).refresh_token == "refresh-2"
        issuer.valid = set()
        issuer.refresh_tokens.append("unknown to us")
        tokens_server.stop()
        tokens_server.start()
        its = await _until_refused(mailbox)
        assert its.problem_parameters == {"said": "withdrawn"}


async def _until_refused(mailbox: Mailbox) -> Mailbox:
    async def is_refused() -> bool:
        its = await now(mailbox)
        return (its.problem, its.state) == ("token_refused", "failed")

    await until(is_refused)
    return await now(mailbox)


async def _kept(mailbox: Mailbox, seal: Seal) -> Token:
    its = await now(mailbox)
    token = read(its.secret_kind, seal.opened(its.secret))
    assert isinstance(token, Token)
    return token
