"""The installation's secret, with which cookies, forms and links are signed.

Kept in the data folder and not in the database: whoever reads a copy of the
database must not be able to sign in our name.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE_NAME = "secret.key"
_OCTETS = 32


class WrongSecretKey(ValueError):
    """The file with the secret does not hold one."""


def secret_key(folder: Path) -> bytes:
    """Return the secret of *folder*; the first time it is made, readable by its owner only."""
    path = folder / FILE_NAME
    with suppress(FileExistsError):
        _write_new(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (ValueError, UnicodeDecodeError):
        key = b""
    if len(key) != _OCTETS:
        raise WrongSecretKey(
            f"{path} does not hold {_OCTETS} octets in hexadecimal digits: restore it from a copy, or remove "
            "it (a new one is made; everybody must log in again)"
        )
    return key


def _write_new(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_OCTETS) + "\n")
        file.flush()
        os.fsync(file.fileno())
