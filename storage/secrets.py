"""How are the secrets of others kept, say the password of a mailbox?

Sealed with keys that lie in a file of the data folder and not in the database: who reads a copy of
the database reads no password.  The file has a key on each line, the newest first; the one
before it stays for what was being sealed while the keys were changed.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.connect import transaction
from storage.enquiries import EnquiryIntegration
from storage.mailboxes import Mailbox

FILE_NAME = "encryption.keys"
_KEYS_KEPT = 2


class WrongEncryptionKeys(ValueError):
    """The file with the keys does not hold any, or not the one that something was sealed with."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens secrets with the keys in *folder*; the file is read each time, for they may be changed."""

    folder: Path

    def sealed(self, secret: str) -> str:
        """Return *secret* as it may stand in the database.  The first time, a key is made."""
        return self._fernet().encrypt(secret.encode()).decode()

    def opened(self, sealed: str) -> str:
        """Return what was sealed.  WrongEncryptionKeys if its key is not there any more."""
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongEncryptionKeys(
                f"{self.folder / FILE_NAME} lacks the key that a secret was sealed with: restore the file from a "
                "copy, or enter the mailbox's password anew"
            ) from None

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in keys(self.folder)])


async def rotate(folder: Path) -> int:
    """Make a new key, seal all secrets anew with it, and return how many there were.

    Interrupted, it is simply done again: no key goes before nothing needs it.
    """
    old = keys(folder)
    _write(folder, [Fernet.generate_key(), *old])
    fernet = MultiFernet([Fernet(key) for key in keys(folder)])
    async with transaction():
        number = 0
        for mailbox in await Mailbox.all().only("id", "secret"):
            sealed = fernet.rotate(mailbox.secret.encode()).decode()
            number += await Mailbox.filter(id=mailbox.id, secret=mailbox.secret).update(secret=sealed)
        for site in await EnquiryIntegration.all().only("id", "secret"):
            sealed = fernet.rotate(site.secret.encode()).decode()
            number += await EnquiryIntegration.filter(id=site.id, secret=site.secret).update(secret=sealed)
    _write(folder, keys(folder)[:_KEYS_KEPT])
    return number


def keys(folder: Path) -> list[bytes]:
    """Return the keys of *folder*, the newest first; the first time one is made, readable by its owner only."""
    path = folder / FILE_NAME
    with suppress(FileExistsError):
        _write_new(path)
    found = path.read_bytes().split()
    try:
        for key in found:
            Fernet(key)
    except ValueError:
        found = []
    if not found:
        raise WrongEncryptionKeys(
            f"{path} does not hold keys, one a line: restore it from a copy, or remove it (a new one is made; "
            "the passwords of mailboxes must be entered anew)"
        )
    return found


def _write_new(path: Path) -> None:
    _written(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), [Fernet.generate_key()])


def _write(folder: Path, those: list[bytes]) -> None:
    """Put *those* keys in place of the others, at one moment."""
    new = folder / f"{FILE_NAME}.new"
    _written(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), those)
    new.replace(folder / FILE_NAME)


def _written(descriptor: int, those: list[bytes]) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.write(b"\n".join(those) + b"\n")
        file.flush()
        os.fsync(file.fileno())
