"""Postfix: its load generator and sink, and an instance of our own that queues to disk.

The instance has its own configuration and queue in a temporary folder; a Postfix that
this machine runs for itself is neither read nor touched.

    python -m tests.servers.postfix         runs one until Ctrl-C, and prints its port
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers.absent import absent
from tests.servers.ports import free_port

_UNPACKED = Path(__file__).parents[2] / ".cache" / "postfix"
_LIBRARIES, _LIBEXEC = "usr/lib/postfix", "usr/lib/postfix/sbin"
_ALSO = "/usr/sbin:/sbin"  # not on the PATH of ordinary users
_START_SECONDS, _STOP_SECONDS = 20, 20
# Takes any mail from this machine, keeps it on disk until the discard transport has thrown it away.
_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file_prefixes = {folder}
maillog_file = {folder}/log
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = postfix.test
mydestination =
default_transport = discard
relay_transport = discard
local_transport = discard
alias_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
default_process_limit = 100
message_size_limit = 0
"""
# Passes the mail of some domains on, and soon again where it is not taken.
_ROUTED = """\
transport_maps = inline:{{{routes}}}
smtp_host_lookup = native
lmtp_host_lookup = native
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class DidNotStart(Exception):
    """Postfix ended instead, or does not answer; the text is its log."""


def source() -> list[str]:
    """Return the command of `smtp-source`, which sends mail as fast as it is taken."""
    return _command("smtp-source")


def sink() -> list[str]:
    """Return the command of `smtp-sink`, which takes mail and throws it away; not as root."""
    unprivileged = ["-u", "nobody"] if os.geteuid() == 0 else []
    return [*_command("smtp-sink"), *unprivileged]


def _command(program: str) -> list[str]:
    if found := shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:{_ALSO}"):
        return [found]
    unpacked = _UNPACKED / "usr" / "sbin" / program
    if not unpacked.exists():
        absent(f"Postfix's {program}")
    return ["env", f"LD_LIBRARY_PATH={_UNPACKED / _LIBRARIES}", str(unpacked)]


@contextmanager
def smtpd(**routes: str) -> Iterator[int]:
    """Yield the port of a Postfix that queues to disk and discards; as root only, as it wants it.

    Mail to the domains in *routes* it passes on: `**{"firm.example": "smtp:[127.0.0.1]:2525"}`.
    """
    master = Path("/") / _LIBEXEC / "master"
    if os.geteuid() != 0 or not master.exists():
        absent("an installed Postfix, and root to run it,")
    folder = Path(tempfile.mkdtemp(prefix="postbuch-postfix-"))
    try:
        folder.chmod(0o755)
        port = _configured(folder, routes)
        process = _started(master, folder, port)
        try:
            yield port
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configured(folder: Path, routes: Mapping[str, str]) -> int:
    """Write configuration and queue folders, and return the port chosen."""
    port = free_port()
    listed = ", ".join(f"{{ {domain} = {way} }}" for domain, way in routes.items())
    routed = _ROUTED.format(routes=listed) if routes else ""
    (folder / "main.cf").write_text(_MAIN.format(folder=folder) + routed)
    (folder / "master.cf").write_text(_MASTER.format(port=port))
    (folder / "queue").mkdir()
    (folder / "data").mkdir()
    owner = pwd.getpwnam("postfix")
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    postfix = shutil.which("postfix", path=_ALSO)
    assert postfix is not None
    subprocess.run(
        [postfix, "-c", folder, "check"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return port


def _started(master: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Start Postfix's master, which ends with us whatever becomes of us."""
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", master, "-s", "-c", folder],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MAIL_CONFIG": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        if greets(port):
            return process
        time.sleep(0.05)
    process.kill()
    process.wait()
    log = folder / "log"
    raise DidNotStart(log.read_text(errors="replace") if log.exists() else "no log")


def greets(port: int) -> bool:
    """Tell whether a mail server greets on *port*."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as peer:
        return peer.recv(100).startswith(b"220 ")
    return False


if __name__ == "__main__":
    with suppress(KeyboardInterrupt), smtpd() as running:
        print(running, flush=True)
        signal.pause()
