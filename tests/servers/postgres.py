"""A throw-away PostgreSQL cluster: one for all workers of a test run, gone with the last of them.

The cluster belongs to a keeper, a process of its own.  Who uses the cluster holds a
shared lock on a file, which the system releases even for a process that was killed; the keeper
waits for the exclusive lock, stops the server and removes its files.

    python -m tests.servers.postgres        runs one until Ctrl-C, and prints its URL
"""

import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers.absent import absent
from tests.servers.ports import free_port

OLDEST = 15
_START_SECONDS, _TRIES = 60, 3
_ROOT = Path(__file__).parents[2]
_FAST_AND_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "unix_socket_directories": "",
}


class DidNotStart(Exception):
    """PostgreSQL ended instead; the text is its log."""


@contextmanager
def cluster(shared: Path | None = None) -> Iterator[str]:
    """Yield the administrator's URL of a cluster: the one of all that name the same folder *shared*."""
    if binaries() is None:
        absent(f"PostgreSQL {OLDEST} or later")
    if shared is None:
        with tempfile.TemporaryDirectory(prefix="postbuch-cluster-") as folder, cluster(Path(folder)) as url:
            yield url
        return
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "postgres.users").open("a") as users:
        yield _joined(shared, users.fileno())


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs; None where there is none new enough."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    versions = {folder: _version(folder) for folder in (*debian, *on_path) if (folder / "initdb").exists()}
    newest = max(versions, key=lambda folder: versions[folder], default=None)
    return newest if newest and versions[newest] >= OLDEST else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _joined(shared: Path, users: int) -> str:
    """Return the URL of the cluster in *shared*, started if need be; it stays while *users* is open."""
    with (shared / "postgres.starting").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper stops the last one
        told = shared / "postgres.url"
        if not told.exists():
            _start_keeper(shared)
        return told.read_text(encoding="utf-8")


def _start_keeper(shared: Path) -> None:
    """Start the process that owns the cluster, and wait until the URL is told.

    Its output goes to a file: a pipe would keep whoever reads our output waiting for it.
    """
    log = shared / "postgres.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.postgres", str(shared)],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + _START_SECONDS
    while not (shared / "postgres.url").exists():
        if keeper.poll() is not None or time.monotonic() > until:
            keeper.terminate()
            raise DidNotStart(log.read_text(errors="replace"))
        time.sleep(0.05)
    keeper.returncode = 0  # it outlives us on purpose: no warning that it still runs


def _keep(shared: Path) -> None:
    """Run a cluster until nobody holds the lock on its users any more."""
    told, being_told = shared / "postgres.url", shared / "postgres.url.new"
    with _server(shared) as url, (shared / "postgres.users").open("a") as users:
        being_told.write_text(url, encoding="utf-8")
        being_told.rename(told)
        with suppress(KeyboardInterrupt):
            fcntl.flock(users, fcntl.LOCK_EX)
        told.unlink(missing_ok=True)


@contextmanager
def _server(log_folder: Path) -> Iterator[str]:
    """Run a server on a new cluster, and yield the administrator's URL."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="postbuch-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _account())
        password = _initialised(programs, folder)
        process, port = _started(programs, folder, log_folder / "postgres-server.log")
        try:
            yield f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # "fast": sessions are ended
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialised(programs: Path, folder: Path) -> str:
    """Make a cluster in *folder*, and return the password of its administrator."""
    password, file = secrets.token_hex(16), folder / "password"
    file.touch(mode=0o600)
    file.write_text(password, encoding="utf-8")
    if os.geteuid() == 0:
        shutil.chown(file, _account())
    subprocess.run(
        [*_as_account(), programs / "initdb", "--pgdata", folder / "cluster", "--username=postgres",
         "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=password", f"--pwfile={file}"],
        cwd=folder, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return password


def _started(programs: Path, folder: Path, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server, and return it with its port; another port if somebody was quicker."""
    settings = [f"--{name}={value}" for name, value in _FAST_AND_FORGETFUL.items()]
    for _ in range(_TRIES):
        port = free_port()
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*_as_account(), programs / "postgres", "-D", folder / "cluster", "-h", "127.0.0.1",
                 "-p", str(port), *settings],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        if _answers(programs, port, process):
            return process, port
    raise DidNotStart(log.read_text(errors="replace"))


def _answers(programs: Path, port: int, process: subprocess.Popen[bytes]) -> bool:
    ask: list[str | Path] = [programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        if subprocess.run(ask, check=False).returncode == 0:
            return True
        time.sleep(0.05)
    return False


def _as_account() -> list[str]:
    """Return what goes before a command of PostgreSQL: not as root, and ended when its parent ends."""
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "INT"]
    group = str(pwd.getpwnam(_account()).pw_gid)
    return ["setpriv", "--pdeathsig", "INT", "--reuid", _account(), "--regid", group, "--clear-groups"]


def _account() -> str:
    """Return the account without rights that runs the server: PostgreSQL refuses to run as root."""
    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"


def main() -> None:
    """Keep the cluster of a folder, or run one of our own until Ctrl-C."""
    if sys.argv[1:]:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        _keep(Path(sys.argv[1]))
        return
    with suppress(KeyboardInterrupt), cluster() as url:
        print(url, flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
