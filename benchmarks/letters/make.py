"""`python -m benchmarks.letters.make FOLDER COUNT SEED`: scans of letters, each beside its truth as JSON."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from time import struct_time
from typing import Any, Final

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.letters import marks, printing
from benchmarks.letters.design import Design, designed
from benchmarks.letters.letter import Letter, drawn
from benchmarks.letters.truth import Truth, read, truth_of, written
from benchmarks.letters.wear import FAX_DPI, Wear, scanned, worn

WORKERS: Final = 2
_EPOCH: Final = struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))  # files are the same whenever they are made


@dataclass(frozen=True, slots=True)
class Made:
    """A scan and what it truly says."""

    scan: Path
    truth: Truth


def make(folder: Path, count: int, seed: int, *, workers: int = WORKERS) -> list[Made]:
    """Write so many letters into a folder, the same for the same seed, and return them by their number."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers) as pool:
        scans = list(pool.map(partial(write, folder, seed), range(count)))
    return [Made(scan, read(scan.with_suffix(".json"))) for scan in scans]


def letters_in(folder: Path) -> list[Made]:
    """Return the letters that were written into a folder, by their number."""
    truths = sorted(folder.glob("letter-*.json"))
    return [Made(next(p for p in sorted(folder.glob(f"{t.stem}.*")) if p != t), read(t)) for t in truths]


def print_of(seed: int, number: int) -> tuple[Letter, Design, Wear, bytes]:
    """Return a letter, how it looks and is scanned, and its PDF before that."""
    random = Random(f"{seed}/{number}")
    letter = drawn(random, number)
    wear = worn(random)
    design = designed(random, letter, is_coarse=wear.is_coarse)
    return letter, design, wear, printing.printed(random, letter, design)


def write(folder: Path, seed: int, number: int) -> Path:
    """Write one letter and its truth, and return where its scan is."""
    letter, design, wear, pdf = print_of(seed, number)
    random = Random(f"{seed}/{number}/paper")
    pages = list(_rendered(pdf, wear.dpi))
    added: list[list[str]] = [[] for _ in pages]
    pages[0], added[0] = _handled(random, pages[0], letter, design, wear)
    chance = np.random.default_rng([seed, number])
    images = [scanned(page, wear, chance) for page in pages]
    if wear.kind == "fax":
        images, added = _faxed(random, images, added, letter)
    truth = truth_of(letter, design, wear.kind, printing.page_texts(pdf), added)
    for old in folder.glob(f"letter-{number:04}.*"):
        old.unlink()
    path = folder / f"letter-{number:04}{_ending(random, wear, len(images))}"
    _save(path, images, wear)
    path.with_suffix(".json").write_text(written(truth), encoding="utf-8")
    return path


def _rendered(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    for page in pypdfium2.PdfDocument(pdf):
        yield page.render(scale=dpi / 72).to_pil().convert("RGB")


def _handled(
    random: Random, page: Image.Image, letter: Letter, design: Design, wear: Wear
) -> tuple[Image.Image, list[str]]:
    """Return a page after an office had it in its hands, and what it stamped on it."""
    said: list[str] = []
    if random.random() < 0.25:
        page, said = marks.stamped(random, page, letter, design.layout.name, wear.dpi)
    if random.random() < 0.2:
        page = marks.penned(random, page, wear.dpi)
    return page, said


def _faxed(
    random: Random, images: Sequence[Image.Image], added: Sequence[list[str]], letter: Letter
) -> tuple[list[Image.Image], list[list[str]]]:
    """Return pages with the line that the machine prints on each."""
    sent = letter.day + timedelta(days=random.randrange(3))
    sender = (letter.firm.short if letter.firm else letter.writer.name)[:24]
    lined = [marks.transmitted(random, image, at + 1, sent, sender) for at, image in enumerate(images)]
    return [image for image, _ in lined], [old + new for old, (_, new) in zip(added, lined, strict=True)]


def _ending(random: Random, wear: Wear, pages: int) -> str:
    if wear.kind == "fax":
        return ".tif"
    if pages > 1:
        return random.choice((".pdf", ".pdf", ".pdf", ".tif"))
    return random.choices((".pdf", ".tif", ".jpg", ".png"), weights=(68, 8, 14, 10))[0]


def _save(path: Path, images: Sequence[Image.Image], wear: Wear) -> None:
    dpi = FAX_DPI if wear.kind == "fax" else (wear.dpi, wear.dpi)
    first, *others = images
    if path.suffix == ".pdf":
        chosen: dict[str, Any] = {"creationDate": _EPOCH, "modDate": _EPOCH}
        if wear.mode != "1":
            chosen["quality"] = wear.quality
        first.save(path, save_all=True, append_images=others, dpi=dpi, **chosen)
    elif path.suffix == ".tif":
        compression = {"fax": "group3", "office": "group4"}.get(wear.kind, "tiff_lzw")
        first.save(path, save_all=True, append_images=others, dpi=dpi, compression=compression)
    elif path.suffix == ".jpg":
        (first.convert("L") if first.mode == "1" else first).save(path, dpi=dpi, quality=wear.quality)
    else:
        first.save(path, dpi=dpi)


if __name__ == "__main__":
    _folder, _count, _seed = sys.argv[1:4]
    print(f"{len(make(Path(_folder), int(_count), int(_seed)))} letters in {_folder}")
