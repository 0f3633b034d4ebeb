"""Setting up a mailbox in the pages: what is filled in, what is kept, and where a secret may go."""

import re
from datetime import date
from pathlib import Path

import pytest

from ingest.credentials import Password, Token, read
from storage.mailboxes import After, Encryption, Mailbox, SecretKind
from storage.secrets import Seal
from storage.staff import Staff
from tests.web.conftest import Browser, NewBrowser, staff_member
from tests.web.mailboxes import mailbox
from web.providers import PROVIDERS

FILLED = {
    "login": "rita@muster.ch",
    "secret_kind": "password",
    "secret": "ganz geheim",
    "host": "imap.muster.ch",
    "port": "993",
    "tls": "tls",
    "name": "Meine Post",
    "folders": "Kunden/Offerten\r\n\r\nKunden/Offerten\r\n Rechnungen ",
    "only_from": "1.3.2026",
    "after": "move",
    "after_folder": "Eingetragen",
    "act": "save",
}
TOKEN = {
    "secret_kind": "xoauth2",
    "secret": "",
    "client_id": "app-17",
    "client_secret": "of the app",
    "refresh_token": "0.AXo",
    "token_url": "https://login.example/token",
    "scope": "imap",
}


@pytest.fixture
async def rita(browser: Browser) -> Staff:
    """Whose browser it is."""
    return await Staff.get(login="rita@muster.ch")


def secret_of(one: Mailbox, folder: Path) -> object:
    """Return what logs in to a mailbox."""
    return read(one.secret_kind, Seal(folder).opened(one.secret))


def kept_in(text: str) -> str:
    """Return what a form keeps of the secret for the next try."""
    found = re.search(r'name="kept" value="([^"]*)"', text)
    assert found
    return found[1]


async def test_a_mailbox_is_set_up_as_it_is_filled_in(browser: Browser, rita: Staff, tmp_path: Path):
    response = await browser.post("/mailboxes/new", **FILLED)
    one = await Mailbox.get()
    assert response.headers["Location"] == f"/mailboxes/{one.id}?saved=untested"
    assert (one.name, one.login, one.host, one.port) == (
        "Meine Post",
        "rita@muster.ch",
        "imap.muster.ch",
        993,
    )
    assert (one.tls, one.staff_id, one.paused) == (Encryption.TLS, rita.id, False)
    assert one.folders == ["Kunden/Offerten", "Rechnungen"]
    assert (one.only_from, one.after, one.after_folder) == (date(2026, 3, 1), After.MOVE, "Eingetragen")
    assert secret_of(one, tmp_path) == Password("ganz geheim")
    assert "ganz geheim" not in one.secret
    assert (await browser.get(response.headers["Location"])).status == 200


async def test_a_token_is_set_up_instead_of_a_password(browser: Browser, tmp_path: Path):
    await browser.post("/mailboxes/new", **FILLED | TOKEN)
    one = await Mailbox.get()
    assert one.secret_kind is SecretKind.XOAUTH2
    assert secret_of(one, tmp_path) == Token(
        token_url="https://login.example/token",
        client_id="app-17",
        client_secret="of the app",
        refresh_token="0.AXo",
        scope="imap",
    )


async def test_the_blanks_in_an_app_password_of_gmail_are_not_part_of_it(browser: Browser, tmp_path: Path):
    await browser.post(
        "/mailboxes/new", **FILLED | {"host": "imap.gmail.com", "secret": "abcd efgh ijkl mnop"}
    )
    assert secret_of(await Mailbox.get(), tmp_path) == Password("abcdefghijklmnop")


async def test_each_provider_fills_in_its_server_and_tells_what_to_do(browser: Browser):
    for provider in PROVIDERS.values():
        text = await browser.text(f"/mailboxes/new?provider={provider.key}")
        assert f'name="host" type="text" maxlength="255" autocomplete="off" value="{provider.host}"' in text
        assert text.count("<li>") >= len(provider.steps)
        assert f'href="/mailboxes/new?provider={provider.key}"' in await browser.text("/mailboxes/new")


WRONG: list[tuple[dict[str, str], str]] = [
    ({"secret": ""}, "This is needed."),
    ({"login": ""}, "This is needed."),
    ({"host": "imap muster/ch"}, "This is no name of a server."),
    ({"port": "70000"}, "This is no port."),
    ({"port": "six"}, "This is no port."),
    ({"port": "22"}, "Only administrators may choose another port"),
    ({"only_from": "31.2.2026"}, "This is no date."),
    ({"after_folder": ""}, "This is needed."),
    ({"folders": "\n".join(map(str, range(60)))}, "These are too many folders"),
    (TOKEN | {"refresh_token": ""}, "This is needed."),
    (TOKEN | {"token_url": "http://login.example/token"}, "This is no address for tokens."),
    (TOKEN | {"token_url": "https://login.example/TENANT/"}, "Put the id of your firm"),
]


async def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(browser: Browser):
    for wrong, sentence in WRONG:
        response = await browser.post("/mailboxes/new", **FILLED | wrong)
        assert response.status == 422, wrong
        assert sentence in await response.text(), wrong
    assert not await Mailbox.exists()


async def test_a_password_need_not_be_typed_again_when_another_field_is_wrong(
    browser: Browser, tmp_path: Path
):
    text = await (await browser.post("/mailboxes/new", **FILLED | {"host": "?"})).text()
    assert "ganz geheim" not in text
    await browser.post("/mailboxes/new", **FILLED | {"secret": "", "kept": kept_in(text)})
    assert secret_of(await Mailbox.get(), tmp_path) == Password("ganz geheim")


async def test_a_sealed_secret_from_elsewhere_is_opened_for_nobody(
    browser: Browser, rita: Staff, new_browser: NewBrowser, tmp_path: Path
):
    text = await (await browser.post("/mailboxes/new", **FILLED | {"host": "?"})).text()
    await staff_member("Leo Frei", "leo@muster.ch")
    other = await new_browser()
    await other.log_in("leo@muster.ch")
    stolen = (await mailbox(tmp_path, rita)).secret
    for kept in (kept_in(text), stolen, f".{stolen}", f"00.{stolen}", "é.x"):
        response = await other.post("/mailboxes/new", **FILLED | {"secret": "", "kept": kept})
        assert response.status == 422, kept
    assert await Mailbox.all().count() == 1


async def test_a_change_keeps_the_secret_that_is_not_typed_anew(
    browser: Browser, rita: Staff, tmp_path: Path
):
    one = await mailbox(tmp_path, rita)
    same = {"login": one.login, "host": one.host, "secret": ""}
    response = await browser.post(f"/mailboxes/{one.id}/edit", **FILLED | same)
    assert response.status == 303
    changed = await Mailbox.get()
    assert (changed.name, changed.secret) == ("Meine Post", one.secret)
    assert changed.revision > one.revision
    await browser.post(f"/mailboxes/{one.id}/edit", **FILLED | same | {"secret": "another"})
    assert secret_of(await Mailbox.get(), tmp_path) == Password("another")


ELSEWHERE: list[dict[str, str]] = [
    {"host": "evil.example"},
    {"login": "urs@muster.ch"},
    {"tls": "none", "port": "143"},
    {"port": "4993"},
    TOKEN | {"client_id": "", "client_secret": "", "refresh_token": ""},
]


async def test_a_secret_goes_nowhere_else_without_being_entered_again(
    administrators: Browser, tmp_path: Path
):
    rita = await staff_member()
    one = await mailbox(tmp_path, rita)
    same = {"login": one.login, "host": one.host, "secret": "", "owner": str(rita.id)}
    for elsewhere in ELSEWHERE:
        response = await administrators.post(f"/mailboxes/{one.id}/edit", **FILLED | same | elsewhere)
        assert response.status == 422, elsewhere
        assert "This goes to another server or login now" in await response.text()
    unchanged = await Mailbox.get()
    assert (unchanged.host, unchanged.login, unchanged.port) == (one.host, one.login, 993)


async def test_the_form_of_a_change_shows_all_but_the_secret(browser: Browser, rita: Staff, tmp_path: Path):
    await browser.post("/mailboxes/new", **FILLED)
    one = await Mailbox.get()
    text = await browser.text(f"/mailboxes/{one.id}/edit")
    for shown in ("Meine Post", "imap.muster.ch", "Kunden/Offerten\nRechnungen", "2026-03-01", "Eingetragen"):
        assert shown in text
    assert "ganz geheim" not in text
    assert one.secret not in text


async def test_administrators_set_up_mailboxes_of_others_and_shared_ones(administrators: Browser):
    rita = await staff_member()
    await administrators.post("/mailboxes/new", **FILLED | {"owner": str(rita.id)})
    await administrators.post("/mailboxes/new", **FILLED | {"owner": ""})
    assert [one.staff_id for one in await Mailbox.all().order_by("id")] == [rita.id, None]


async def test_staff_set_up_their_own_only(browser: Browser, rita: Staff, tmp_path: Path):
    other = await staff_member("Leo Frei", "leo@muster.ch")
    await browser.post("/mailboxes/new", **FILLED | {"owner": str(other.id)})
    assert (await Mailbox.get()).staff_id == rita.id
    strange = await mailbox(tmp_path, other)
    for path in ("edit", "test"):
        assert (await browser.post(f"/mailboxes/{strange.id}/{path}", **FILLED)).status == 404
    assert (await browser.get(f"/mailboxes/{strange.id}/edit")).status == 404


async def test_who_has_left_keeps_their_mailbox_when_it_is_changed(administrators: Browser, tmp_path: Path):
    rita = await staff_member()
    one = await mailbox(tmp_path, rita)
    await administrators.post(f"/staff/{rita.id}/leave")
    text = await administrators.text(f"/mailboxes/{one.id}/edit")
    assert f'<option value="{rita.id}" selected>' in text
    same = {"login": one.login, "host": one.host, "secret": "", "owner": str(rita.id)}
    await administrators.post(f"/mailboxes/{one.id}/edit", **FILLED | same)
    assert (await Mailbox.get()).staff_id == rita.id
