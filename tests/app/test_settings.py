"""Settings: file and environment, wrong ones by name, every one documented."""

from ipaddress import IPv4Network
from pathlib import Path

import pytest

from app.reference import settings_page
from app.settings import FILE_NAME, Others, Settings, WrongSettings, described, read_settings


@pytest.fixture(autouse=True)
def _no_other_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for _, variable, _ in described():
        monkeypatch.delenv(variable, raising=False)


def _read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(f"POSTBUCH_{name}", value)
    return read_settings()


def test_without_any_setting_the_defaults_hold(tmp_path: Path) -> None:
    settings = read_settings()
    assert settings.data_folder == tmp_path / "var"
    assert settings.database == f"sqlite:///{tmp_path}/var/postbuch.db"
    assert (settings.web.port, settings.smtp.port, settings.lmtp.port) == (8025, 2525, None)


def test_the_environment_goes_before_the_file_and_that_before_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_text('firm_name = "Muster AG"\n[smtp]\nport = 25\nidle_seconds = 9\n')
    settings = _read(monkeypatch, DATA=str(tmp_path), SMTP_PORT="2626")
    assert settings.firm_name == "Muster AG"
    assert (settings.smtp.port, settings.smtp.idle_seconds, settings.smtp.most_recipients) == (2626, 9, 100)


def test_lists_are_separated_by_commas_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = _read(
        monkeypatch,
        CAPTURE_TRUSTED_NETWORKS="10.0.0.0/8, 192.0.2.1/32",
        CAPTURE_TRUSTED_AUTHSERV_IDS="mx.muster.example",
        CAPTURE_OTHERS="hold",
    ).capture
    assert capture.trusted_networks == (IPv4Network("10.0.0.0/8"), IPv4Network("192.0.2.1/32"))
    assert capture.trusted_authserv_ids == ("mx.muster.example",)
    assert capture.others is Others.HOLD


def test_sizes_may_carry_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _read(monkeypatch, SMTP_LARGEST_MESSAGE="5MB").smtp.largest_message == 5_000_000


def test_another_file_may_be_named_and_name_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.toml").write_text(f'data = "{tmp_path}/kept"\n')
    assert _read(monkeypatch, CONFIG="elsewhere.toml").data_folder == tmp_path / "kept"


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("WEB_PORT", "80x", "web.port"),
        ("WEB_PORT", "99999", "web.port"),
        ("ZONE", "Zurich", "zone"),
        ("LOG_LEVEL", "loud", "log_level"),
        ("CAPTURE_TRUSTED_NETWORKS", "10.0.0.0/99", "capture.trusted_networks"),
        ("SMTP_LARGEST_MESSAGE", "much", "smtp.largest_message"),
        ("SMTP_PROT", "25", "POSTBUCH_SMTP_PROT"),
    ],
)
def test_a_wrong_setting_in_the_environment_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, key: str
) -> None:
    with pytest.raises(WrongSettings, match=key):
        _read(monkeypatch, **{name: value})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[smtp]\nprot = 25\n", "smtp.prot"),
        ("firm = 1\n", "firm"),
        ("firm_name = \n", FILE_NAME),
        ("[smtp]\nport = 'x'\n", "smtp.port"),
    ],
)
def test_a_wrong_setting_in_the_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, named: str
) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(WrongSettings, match=named):
        _read(monkeypatch, DATA=str(tmp_path))


def test_a_file_that_is_named_but_missing_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongSettings, match="POSTBUCH_CONFIG"):
        _read(monkeypatch, CONFIG="missing.toml")


def test_every_setting_is_documented() -> None:
    written = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()
    assert all(field.description for _, _, field in described())
    assert written == settings_page()
