"""Dovecot: an IMAP server of our own on loopback, with mailboxes in a temporary folder.

A Dovecot that this machine runs for itself is neither read nor touched.

    python -m tests.servers.dovecot         runs one until Ctrl-C, and prints its port
"""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.absent import absent
from tests.servers.ports import free_port

PASSWORD = "korrekt pferd 7"
_ALSO = "/usr/sbin:/sbin"
_START_SECONDS, _STOP_SECONDS = 20, 20
_CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 200
mail_fsync = never
first_valid_uid = 1
mail_uid = {owner}
mail_gid = {owner_group}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = {auto}
  }}
{mailboxes}
}}
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 300
  client_limit = 1
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{tls}
{more}
"""
_TLS = "ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n"


class DidNotStart(Exception):
    """Dovecot ended instead, or does not answer; the text is its log."""


@dataclass(slots=True)
class Dovecot:
    """A server that can be stopped and started again on the same ports, with the same mail."""

    folder: Path
    port: int
    tls_port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def certificate(self) -> Path:
        """The certificate that TLS is spoken with, made for `localhost`; it vouches for itself."""
        return self.folder / "cert.pem"

    def start(self) -> None:
        """Start it, and wait until it greets."""
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", _program("dovecot"), "-F", "-c", self._file],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        until = time.monotonic() + _START_SECONDS
        while self._process.poll() is None and time.monotonic() < until:
            if greets(self.port):
                return
            time.sleep(0.05)
        self.stop()
        raise DidNotStart(self.log())

    def stop(self) -> None:
        """Stop it, and end its sessions, which would live on while they are idle."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(_STOP_SECONDS)
            self._process = None

    def add_user(self, user: str, password: str = PASSWORD) -> None:
        """Add a user, or give one another password."""
        lines = [line for line in self._users.read_text().splitlines() if not line.startswith(f"{user}:")]
        self._users.write_text("\n".join([*lines, f"{user}:{{PLAIN}}{password}"]) + "\n")

    def put(self, user: str, mails: Iterable[bytes], folder: str = "", *, start: int = 0) -> None:
        """Lay mails into a folder (the inbox without a name); each call needs another *start*."""
        place = self.maildir(user, folder)
        for name in ("cur", "new", "tmp"):
            (place / name).mkdir(parents=True, exist_ok=True)
        for number, raw in enumerate(mails, start=start):
            name = f"{int(time.time())}.M{number:07}P{os.getpid()}.test,S={len(raw)}"
            (place / "tmp" / name).write_bytes(raw)
            (place / "tmp" / name).rename(place / "new" / name)
        _give_away(self.folder / "mail")

    def maildir(self, user: str, folder: str = "") -> Path:
        """Return where the mails of a folder lie."""
        return self.folder / "mail" / user / (f".{folder.replace('/', '.')}" if folder else "")

    def doveadm(self, *arguments: str) -> str:
        """Return what Dovecot's own tool says."""
        command = [_program("doveadm"), "-c", self._file, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def log(self) -> str:
        """Return what it has logged."""
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else "no log"

    @property
    def _file(self) -> str:
        return str(self.folder / "dovecot.conf")

    @property
    def _users(self) -> Path:
        return self.folder / "users"


@contextmanager
def dovecot(
    *, tls: bool = False, auto: str = "create", mailboxes: str = "", mechanisms: str = "", more: str = ""
) -> Iterator[Dovecot]:
    """Yield a running server; *mailboxes* and *more* are added to its configuration."""
    _program("dovecot")
    folder = Path(tempfile.mkdtemp(prefix="postbuch-dovecot-"))
    server = Dovecot(folder, free_port(), free_port())
    try:
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        (folder / "users").touch()
        if tls:
            make_certificate(folder)
        text = _CONFIGURATION.format(
            folder=folder,
            port=server.port,
            tls_port=server.tls_port if tls else 0,
            auto=auto,
            mailboxes=mailboxes,
            mechanisms=f" {mechanisms}" if mechanisms else "",
            tls=_TLS.format(folder=folder) if tls else "ssl = no",
            more=more,
            **_accounts(),
        )
        (folder / "dovecot.conf").write_text(text)
        _give_away(folder / "mail")
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> None:
    """Make `cert.pem` for localhost, which vouches for itself, and its `key.pem`."""
    if shutil.which("openssl") is None:
        absent("openssl")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def greets(port: int) -> bool:
    """Tell whether an IMAP server greets on *port*."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
        return peer.recv(100).startswith(b"* OK")
    return False


def _accounts() -> dict[str, str]:
    """Return whose rights each part runs with: as root those of Dovecot's package, else all our own."""
    if os.geteuid() != 0:
        own, group = getpass.getuser(), str(os.getegid())
        return {"internal": own, "internal_group": group, "login": own, "owner": own, "owner_group": group}
    known = {entry.pw_name for entry in pwd.getpwall()}
    if not {"dovecot", "dovenull"} <= known:
        absent("Dovecot's own accounts")
    owner = pwd.getpwnam("nobody")
    return {
        "internal": "dovecot",
        "internal_group": "dovecot",
        "login": "dovenull",
        "owner": str(owner.pw_uid),
        "owner_group": str(owner.pw_gid),
    }


def _give_away(folder: Path) -> None:
    """Let the account that reads the mail own it."""
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", "nobody:", folder], check=True)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:{_ALSO}")
    if found is None:
        absent(f"Dovecot ({name})")
    return found


if __name__ == "__main__":
    with suppress(KeyboardInterrupt), dovecot() as running:
        print(running.port, flush=True)
        signal.pause()
