"""How fast is a message read?  `mail.parse` against the standard library reading the same fields.

Both read the same mixed set: mails of our own making (plain, HTML, both, with attachments)
and, where CORPUS_DIR names it, the public collections.  They take turns at each mail, so
that a busy machine slows both, and the median of some rounds counts.  The reference is slow
out of all proportion on a few mails; so the middle mail must reach the goal too.
"""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from benchmarks.agreement import differences, ours, reason, reference
from benchmarks.report import print_figure
from mail.parse import parse

GOAL = 3.0
ROUNDS = 3
_SETS = ("mime/core/*.msg", "mime/mixed/*", "mime/torture/*", "mime/samples/*", "mime/clients/*", "replies/*/*.eml",
         "replies/*/*.txt", "forwards/*.eml", "forwards/*.txt", "auto-replies/*")  # fmt: skip


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    corpus = list(_corpus())
    mails = [raw for raw in [*_own(), *corpus] if _both_succeed(raw)]
    print(f"parse: {len(mails)} mails, {len(corpus)} read from the corpus")
    agree = _print_agreement(mails)
    times = [_seconds(raw) for raw in mails]
    mine, theirs = (len(mails) / sum(seconds) for seconds in zip(*times, strict=True))
    whole = print_figure("parse", mine, theirs, "mails/s", GOAL)
    mine, theirs = _middle(times)
    middle = print_figure("parse, the middle mail", mine, theirs, "mails/s", GOAL)
    return agree and whole and middle


def _both_succeed(raw: bytes) -> bool:
    """Tell whether the reference reads the mail; it raises on many real ones."""
    try:
        reference(raw)
    except (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        return False
    return True


def _seconds(raw: bytes) -> tuple[float, float]:
    """Return how long each takes, ours first: medians of alternating rounds."""
    rounds = [(_timed(parse, raw), _timed(reference, raw)) for _ in range(ROUNDS)]
    mine, theirs = zip(*rounds, strict=True)
    return statistics.median(mine), statistics.median(theirs)


def _timed(read: Callable[[bytes], object], raw: bytes) -> float:
    started = time.perf_counter()
    read(raw)
    return time.perf_counter() - started


def _middle(times: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the rates at the mail whose ratio is the median."""
    mine, theirs = sorted(times, key=lambda pair: pair[1] / pair[0])[len(times) // 2]
    return 1 / mine, 1 / theirs


def _print_agreement(mails: list[bytes]) -> bool:
    """Print for each field in how many mails both say the same, and why not in the others."""
    found = [difference for raw in mails for difference in differences(raw)]
    by_field = Counter(difference.field for difference in found)
    fields = ", ".join(f"{field} {len(mails) - by_field[field]}" for field in ours(b""))
    print(f"parse: equal in {fields}")
    reasons = Counter(reason(difference) for difference in found)
    unexplained = reasons.pop(None, 0)
    for name, count in reasons.most_common():
        print(f"parse: differ on purpose {count}: {name}")
    print(f"parse: differ without a reason {unexplained}")
    return unexplained == 0


def _corpus() -> Iterator[bytes]:
    folder = os.environ.get("CORPUS_DIR")
    for pattern in _SETS if folder else ():
        for path in sorted(Path(str(folder)).glob(pattern)):
            if path.is_file():
                yield path.read_bytes()


def _own() -> Iterator[bytes]:
    """Yield 120 mails of an office: replies, newsletters, offers with attachments."""
    for number in range(120):
        message = EmailMessage()
        message["Subject"] = f"Offerte {number} für Lüftungsgeräte, Überarbeitung vom März"
        message["From"] = "Jürg Müller <juerg.mueller@haustechnik.example>"
        message["To"] = "Zoë Brändli <zoe@verwaltung.example>, Empfang <info@verwaltung.example>"
        message["Cc"] = ", ".join(f"Person {i} <person{i}@verwaltung.example>" for i in range(number % 7))
        message["Date"] = datetime(2026, 3, 1 + number % 28, 9, 30, tzinfo=UTC)
        message["Message-ID"] = f"<offer.{number}@haustechnik.example>"
        message["References"] = " ".join(
            f"<offer.{number}.{i}@verwaltung.example>" for i in range(number % 9)
        )
        message.set_content(
            "Guten Tag\n\nBeiliegend die überarbeitete Offerte.\n\nFreundliche Grüsse\nJürg Müller\n" * 8
        )
        if number % 2:
            paragraphs = "<p>Gerät <b>{0}</b> für <a href='https://haustechnik.example/{0}'>das Bad</a></p>"
            message.add_alternative(
                "".join(paragraphs.format(i) for i in range(40 * (number % 5))), subtype="html"
            )
        for attached in range(number % 3):
            message.add_attachment(
                bytes(range(256)) * 120,
                maintype="application",
                subtype="pdf",
                filename=f"Anhang für Zürich {attached}.pdf",
            )
        yield message.as_bytes()


if __name__ == "__main__":
    raise SystemExit(not run())
