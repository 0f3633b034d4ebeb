"""The test of a mailbox against a real server: each step is marked, and the one that fails says what to do."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from ingest.credentials import Password, read
from storage.mailboxes import Mailbox
from storage.secrets import Seal
from tests.ingest.reading_mailboxes import added, mail
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.ports import free_port
from tests.web.conftest import Browser
from tests.web.test_mailbox_forms import kept_in
from web import mailbox_steps

# The steps and their words do not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_STEP = re.compile(r'<li class="row step (\w*)">.*?<b>(.*?)</b>', re.DOTALL)


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    """A server with a mailbox that holds three mails."""
    with dovecot() as running:
        running.add_user("eva")
        running.put("eva", [mail("one"), mail("two"), mail("three")])
        yield running


def filled(server: Dovecot, **changed: str) -> dict[str, str]:
    """Return the form for the mailbox."""
    right = {
        "login": "eva",
        "secret_kind": "password",
        "secret": PASSWORD,
        "host": "127.0.0.1",
        "port": str(server.port),
        "tls": "none",
        "act": "test",
    }
    return right | changed


def steps_in(text: str) -> dict[str, str]:
    """Return how each step on a page is marked."""
    return {name: tone for tone, name in _STEP.findall(text)}


async def test_a_mailbox_whose_steps_all_work_is_saved(
    administrators: Browser, imap: Dovecot, tmp_path: Path
):
    response = await administrators.post("/mailboxes/new", **filled(imap))
    one = await Mailbox.get()
    assert response.headers["Location"] == f"/mailboxes/{one.id}?saved=tested"
    assert read(one.secret_kind, Seal(tmp_path).opened(one.secret)) == Password(PASSWORD)
    assert "All steps work. Reading begins within seconds." in await administrators.text(
        response.headers["Location"]
    )
    text = await (await administrators.post(f"/mailboxes/{one.id}/test")).text()
    assert "All steps work" in text
    assert set(steps_in(text).values()) == {"good"}
    assert "INBOX: 3 mails to read" in text
    assert "INBOX, Sent" in text


async def test_a_refused_password_is_shown_at_its_step_and_asked_for_again(
    administrators: Browser, imap: Dovecot
):
    response = await administrators.post("/mailboxes/new", **filled(imap, secret="wrong"))
    text = await response.text()
    assert response.status == 422
    assert steps_in(text) == {
        "Reach the server": "good",
        "Log in": "bad",
        "Find the folders": "",
        "Hear of new mail at once (IDLE)": "",
        "Read the mail": "",
    }
    assert "If the password was changed, enter the new one." in text
    assert "[AUTHENTICATIONFAILED]" in text
    assert kept_in(text) == ""
    assert not await Mailbox.exists()


async def test_a_folder_that_is_not_there_is_named_and_the_password_need_not_be_typed_again(
    administrators: Browser, imap: Dovecot
):
    text = await (await administrators.post("/mailboxes/new", **filled(imap, folders="Kunden"))).text()
    assert steps_in(text)["Log in"] == "good"
    assert steps_in(text)["Find the folders"] == "bad"
    assert "The folder “Kunden” is not there." in text
    again = filled(imap, folders="Sent", secret="", kept=kept_in(text))
    assert (await administrators.post("/mailboxes/new", **again)).status == 303
    assert (await Mailbox.get()).folders == ["Sent"]


async def test_a_server_that_is_not_there_fails_at_the_first_step(administrators: Browser, imap: Dovecot):
    fields = filled(imap, port=str(free_port()))
    text = await (await administrators.post("/mailboxes/new", **fields)).text()
    assert steps_in(text)["Reach the server"] == "bad"
    assert "The server cannot be reached." in text


async def test_a_server_that_speaks_no_tls_fails_at_the_encryption(administrators: Browser, imap: Dovecot):
    text = await (await administrators.post("/mailboxes/new", **filled(imap, tls="tls"))).text()
    assert steps_in(text)["Reach the server"] == "good"
    assert steps_in(text)["Encrypt the connection"] == "bad"


async def test_a_certificate_that_nobody_vouches_for_is_told_as_such(administrators: Browser, tmp_path: Path):
    with dovecot(tls=True) as server:
        server.add_user("eva")
        fields = filled(server, host="localhost", port=str(server.tls_port), tls="tls")
        text = await (await administrators.post("/mailboxes/new", **fields)).text()
    assert steps_in(text)["Encrypt the connection"] == "bad"
    assert "certificate is not valid: self-signed certificate" in text


@asynccontextmanager
async def _mute() -> AsyncIterator[int]:
    """Listen on a port, and say nothing."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: held.append(writer), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in held:
            writer.close()


async def test_a_server_that_says_nothing_does_not_keep_anybody_waiting(
    administrators: Browser, imap: Dovecot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mailbox_steps, "_ALL_SECONDS", 0.5)
    async with _mute() as port:
        text = await (await administrators.post("/mailboxes/new", **filled(imap, port=str(port)))).text()
    assert steps_in(text)["Reach the server"] == "bad"


async def test_a_secret_whose_key_is_lost_must_be_entered_again(
    administrators: Browser, imap: Dovecot, tmp_path: Path
):
    one = await added(imap, Seal(tmp_path))
    (tmp_path / "encryption.keys").unlink()
    text = await (await administrators.post(f"/mailboxes/{one.id}/test")).text()
    assert steps_in(text)["Log in"] == "bad"
