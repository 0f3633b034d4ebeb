"""The words on a picture, read by tesseract: text, places and how sure it is of each, in one run."""

import csv
import math
import os
import resource
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytesseract
from PIL import Image

from ingest.letters.lines import in_lines
from ingest.letters.picture import MM_PER_INCH
from mail.letter import Box, Line, Word

_WORD_LEVEL = "5"
_ONE_BLOCK = 6  # tesseract's page segmentation modes
_SPARSE = 11  # finds small blocks beside others, which segmenting the page by columns drops
_RULES = frozenset("|_—–-=~.,:;'`‘’\"“”«»°¦\\/[](){}<>!*^")
_UNSURE = 0.3
_LONGEST_WORD = 200
_PATIENCE = 4.0  # times what the processor may spend, by the clock


class TooLong(Exception):
    """Reading took longer than it may."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When reading a page must have ended: the processor's *seconds* say more than a clock on a busy machine."""

    seconds: float
    spent: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Return the deadline of a page that is begun now."""
        return cls(seconds, _spent())

    def left(self) -> float:
        """Return the seconds that are left; TooLong where none is."""
        seconds = self.seconds - (_spent() - self.spent)
        if seconds <= 0:
            raise TooLong
        return seconds


def _spent() -> float:
    """Return the seconds that the processor spent on this process and on those that it began."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def page_lines(
    image: Image.Image, dpi: float, languages: Iterable[str], folder: Path, deadline: Deadline
) -> tuple[Line, ...]:
    """Return the lines of a grey page from top to bottom."""
    return _lines(image, dpi, languages, folder, deadline, _SPARSE)


def strip_lines(
    image: Image.Image, dpi: float, languages: Iterable[str], folder: Path, deadline: Deadline
) -> tuple[Line, ...]:
    """Return the lines of a grey part of a page that holds nothing but lines below each other."""
    return _lines(image, dpi, languages, folder, deadline, _ONE_BLOCK)


def _lines(
    image: Image.Image, dpi: float, languages: Iterable[str], folder: Path, deadline: Deadline, mode: int
) -> tuple[Line, ...]:
    source = folder / f"reading-{os.getpid()}.pgm"
    image.save(source, "PPM")  # as it is in memory: packing it would take longer than reading it
    seconds = deadline.left()
    # The program inherits the limit, but not what was spent so far.
    resource.setrlimit(
        resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), resource.RLIM_INFINITY)
    )
    try:
        table = pytesseract.image_to_data(
            str(source),
            lang="+".join(languages),
            config=f"--psm {mode} --dpi {round(dpi)}",
            timeout=_PATIENCE * seconds,
        )
    except pytesseract.TesseractError as error:
        if error.status == -signal.SIGXCPU:
            raise TooLong from error
        raise
    except RuntimeError as error:
        raise TooLong from error
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        source.unlink(missing_ok=True)
    return in_lines(_told(table, MM_PER_INCH / dpi))


def _told(table: str, mm: float) -> Iterator[Word]:
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD_LEVEL and (word := _word(row, mm)):
            yield word


def _word(row: dict[str, str], mm: float) -> Word | None:
    """Return the word of a row; None for rules and specks that were taken for one."""
    text = (row["text"] or "").strip()[:_LONGEST_WORD]
    confidence = max(0.0, min(1.0, float(row["conf"]) / 100))
    if not text or (confidence < _UNSURE and not set(text) - _RULES):
        return None
    left, top, width, height = (round(int(row[side]) * mm, 2) for side in ("left", "top", "width", "height"))
    return Word(text, Box(left, top, width, height), round(confidence, 3))
