"""The relay: its settings are looked at before the start, and the doctor speaks with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.relaying import letterhead_of, relay_of
from app.settings import RelaySettings, Settings
from app.wiring import CannotStart
from storage.schema import migrate
from tests.running import DidNotStart, command, running
from tests.servers.ports import free_port
from tests.servers.sink import sink


def _settings(folder: Path, **relay: Any) -> Settings:
    return Settings(data_folder=folder, relay=RelaySettings(**relay))


def test_without_a_host_there_is_no_relay(tmp_path: Path) -> None:
    assert relay_of(_settings(tmp_path)) is None


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    found = relay_of(_settings(tmp_path, host="mx.test", login="postbuch", password_file="password"))
    assert found is not None
    assert (found.login, found.password) == ("postbuch", "secret")
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("relay", "key"),
    [
        ({"login": "postbuch"}, "relay.login"),
        ({"password": "secret"}, "relay.login"),
        ({"login": "x", "password_file": "missing"}, "relay.password_file"),
        ({"login": "x", "password": "y", "password_file": "z"}, "relay.password_file"),
        ({"return_path": "nobody"}, "relay.return_path"),
    ],
)
def test_what_is_wrong_stops_the_start_and_names_its_key(
    tmp_path: Path, relay: dict[str, Any], key: str
) -> None:
    with pytest.raises(CannotStart, match=key):
        relay_of(_settings(tmp_path, host="mx.test", **relay))


def test_a_sender_that_is_no_address_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"relay\.sender"):
        letterhead_of(_settings(tmp_path, sender="nobody"), staff_url="")


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [("relay_tls", "maybe", "relay.tls"), ("digest_at", "noon", "digest.at"),
     ("digest_weekdays", "mon,xyz", "digest.weekdays"), ("relay_login", "x", "relay.login")],
)  # fmt: skip
async def test_the_service_does_not_start_with_it(tmp_path: Path, name: str, value: str, key: str) -> None:
    with pytest.raises(DidNotStart, match=key):
        async with running(tmp_path, relay_host="127.0.0.1", **{name: value}):
            pass


async def test_the_doctor_speaks_with_the_relay(tmp_path: Path) -> None:
    async with sink() as kept:
        assert await _doctor(tmp_path, port=kept.port, tls="none") == "ok"
        assert await _doctor(tmp_path, port=kept.port, tls="starttls") == "fail"
    assert await _doctor(tmp_path, port=free_port(), tls="none") == "fail"


async def _doctor(folder: Path, *, port: int, tls: str) -> str:
    await migrate(f"sqlite:///{folder / 'postbuch.db'}")
    _, printed, _ = await command(
        folder, "doctor", "--json", relay_host="127.0.0.1", relay_port=port, relay_tls=tls
    )
    (found,) = [one for one in json.loads(printed) if one["about"] == "relay"]
    return str(found["level"])
