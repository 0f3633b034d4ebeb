"""Secrets of others: no copy of the database tells them, and their keys can be changed."""

import stat
from pathlib import Path

import pytest

from storage import mailboxes
from storage.connect import rows
from storage.mailboxes import Mailbox, MailboxSetting
from storage.secrets import FILE_NAME, Seal, WrongEncryptionKeys, keys, rotate


def test_a_secret_is_sealed_with_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    seal = Seal(tmp_path)
    sealed = seal.sealed("Grüezi 7")
    assert seal.opened(sealed) == "Grüezi 7"
    assert "Grüezi" not in sealed
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_secret_whose_key_is_gone_cannot_be_opened(tmp_path: Path) -> None:
    sealed = Seal(tmp_path).sealed("x")
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(WrongEncryptionKeys, match=FILE_NAME):
        Seal(tmp_path).opened(sealed)


@pytest.mark.parametrize("text", ["", "no key", "0" * 44])
def test_a_file_that_holds_no_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(WrongEncryptionKeys, match=FILE_NAME):
        Seal(tmp_path).sealed("x")


async def test_keys_are_changed_while_others_seal_and_open(database: str, tmp_path: Path) -> None:
    seal = Seal(tmp_path)
    setting = MailboxSetting(name="Eva", host="imap.firm.example", login="eva", secret=seal.sealed("one"))
    first = await mailboxes.add(setting, by=None)
    (old,) = keys(tmp_path)
    meanwhile = seal.sealed("two")
    assert await rotate(tmp_path) == 1
    assert seal.opened((await Mailbox.get(id=first.id)).secret) == "one"
    assert seal.opened(meanwhile) == "two"
    assert await rotate(tmp_path) == 1
    assert old not in keys(tmp_path)
    assert seal.opened((await Mailbox.get(id=first.id)).secret) == "one"
    found = await rows("SELECT secret FROM mailbox")
    assert "one" not in str(found)
