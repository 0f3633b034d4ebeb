"""How fast is mail taken durably?  Ours against Postfix, which queues to disk, and its sink, which keeps nothing.

Each takes the same load from `smtp-source`: mails of 10 kB over ten connections that stay
open.  All are on the same disk.  The three take turns, and the median of the rounds counts.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.report import print_figure
from tests.servers import postfix
from tests.servers.ports import free_port

ROUNDS = 9
MAILS, OCTETS, CONNECTIONS = 2000, 10_000, 10
AT_LEAST_OF_POSTFIX, AT_LEAST_OF_SINK = 3.0, 0.2
_START_SECONDS, _LONGEST_SECONDS = 20, 300
_ROOT = Path(__file__).parents[1]


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    rates: dict[str, list[float]] = {"ours": [], "Postfix": [], "sink": []}
    with _ours() as (port, recipient), postfix.smtpd() as smtpd, _sink() as sink:
        for _ in range(ROUNDS):
            rates["ours"].append(_rate(port, recipient))
            rates["Postfix"].append(_rate(smtpd, "anna@muster.example"))
            rates["sink"].append(_rate(sink, "anna@muster.example"))
    ours, queued, thrown_away = (statistics.median(each) for each in rates.values())
    held = print_figure("capture (to Postfix on disk)", ours, queued, "mails/s", AT_LEAST_OF_POSTFIX)
    return print_figure("capture (to smtp-sink)", ours, thrown_away, "mails/s", AT_LEAST_OF_SINK) and held


def _rate(port: int, recipient: str) -> float:
    """Return how many mails a second were taken on *port*."""
    command = [*postfix.source(), "-d", "-s", str(CONNECTIONS), "-m", str(MAILS), "-l", str(OCTETS)]
    addresses = ["-f", "eva@firm.example", "-t", recipient, f"127.0.0.1:{port}"]
    begun = time.perf_counter()
    subprocess.run([*command, *addresses], check=True, timeout=_LONGEST_SECONDS)
    return MAILS / (time.perf_counter() - begun)


@contextmanager
def _ours() -> Iterator[tuple[int, str]]:
    """Yield the port of our receiver, and an address that it takes mail for."""
    folder = tempfile.mkdtemp(prefix="postbuch-capture-")
    command = [sys.executable, "-m", "benchmarks.receiver", folder]
    log = Path(folder) / "log"  # it logs each mail, as the service does
    try:
        with (
            log.open("w") as lines,
            subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=lines, text=True) as process,
        ):
            assert process.stdout is not None
            port, address = process.stdout.readline().split()
            yield int(port), address
            process.terminate()
    finally:
        shutil.rmtree(folder)


@contextmanager
def _sink() -> Iterator[int]:
    """Yield the port of a sink."""
    port = free_port()
    with subprocess.Popen([*postfix.sink(), f"127.0.0.1:{port}", "512"]) as process:
        until = time.monotonic() + _START_SECONDS
        while not postfix.greets(port) and time.monotonic() < until:
            time.sleep(0.05)
        yield port
        process.terminate()
