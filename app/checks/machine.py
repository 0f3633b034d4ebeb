"""The data folder, its disk, the secret, and the clock."""

import os
import shutil
import stat
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.checks.finding import Finding, Level
from app.settings import Settings
from storage.secret_key import FILE_NAME as SECRET_KEY
from storage.secret_key import WrongSecretKey, secret_key

_SHORT, _TOO_SHORT = 2_000_000_000, 200_000_000  # octets free on the disk
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SYNCS = 5
_SLOW_SECONDS = 0.1
_UNBELIEVABLE_SECONDS = 0.00002  # no disk is as quick as that
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


def machine(settings: Settings) -> Iterator[Finding]:
    """Yield what is found on this machine; it changes nothing but a file that it removes again."""
    folder = settings.data_folder
    writable = _folder(folder)
    yield writable
    if writable.level is not Level.FAIL:
        yield _space(folder)
        yield _syncing(folder)
        yield _secret(folder)
    yield _clock(settings)


def _folder(folder: Path) -> Finding:
    if not folder.is_dir():
        advice = "Run `postbuch serve` or `postbuch migrate`, or set POSTBUCH_DATA."
        return Finding("data folder", Level.FAIL, f"{folder} is not there", advice)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        advice = f"Give the user that runs Postbuch the right to write: chown -R USER {folder}"
        return Finding("data folder", Level.FAIL, f"{folder} cannot be written: {error.strerror}", advice)
    if stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        advice = f"The mail of the firm lies there: chmod 700 {folder}"
        return Finding("data folder", Level.WARN, f"{folder} is open to other users", advice)
    return Finding("data folder", Level.OK, f"{folder} can be written")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:.1f} GB free"
    if free >= _SHORT:
        return Finding("disk space", Level.OK, text)
    level = Level.FAIL if free < _TOO_SHORT else Level.WARN
    return Finding("disk space", level, text, "Make room: with a full disk every mail is put off (451).")


def _syncing(folder: Path) -> Finding:
    """Whether the disk is waited for, and how long: every acknowledged mail costs a share of one wait."""
    seconds = _seconds_of_sync(folder)
    text = f"the disk confirms a write after {seconds * 1000:.2f} ms"
    if seconds > _SLOW_SECONDS:
        return Finding(
            "disk", Level.WARN, text, "Mail is taken slowly: put the data folder on a quicker disk."
        )
    if seconds < _UNBELIEVABLE_SECONDS:
        advice = "That is memory, not a disk: what is kept here does not survive a power cut."
        return Finding("disk", Level.WARN, text, advice)
    return Finding("disk", Level.OK, text)


def _seconds_of_sync(folder: Path) -> float:
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(_SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            begun = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _secret(folder: Path) -> Finding:
    path = folder / SECRET_KEY
    if not path.exists():
        return Finding("secret key", Level.OK, "will be made at the first start")
    if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
        advice = f"Who reads it can log in as anybody: chmod 600 {path}"
        return Finding("secret key", Level.FAIL, f"{path} is open to other users", advice)
    try:
        secret_key(folder)
    except WrongSecretKey as error:
        return Finding("secret key", Level.FAIL, str(error), "")
    return Finding("secret key", Level.OK, "readable by its owner only")


def _clock(settings: Settings) -> Finding:
    now = datetime.now(UTC)
    here = f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M} in {settings.zone.key}"
    if now < _EARLIEST:
        return Finding(
            "clock", Level.FAIL, f"it is {here}?", "Set the machine's clock (timedatectl, chrony)."
        )
    return Finding("clock", Level.OK, here)
