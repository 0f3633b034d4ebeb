"""What comes onto paper after it is printed: stamps, strokes of a pen, holes, a line that a fax machine adds."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from benchmarks.letters import dates, texts
from benchmarks.letters.letter import Letter

_STAMP_INKS: Final = ((40, 60, 150), (170, 30, 40), (60, 60, 70), (90, 40, 130))
# Where a stamp finds room on a first page, in millimetres: left, top of a place of about 60 by 25.
_STAMP_PLACES: Final = {
    "din-a": ((128, 3), (60, 225), (120, 232)),
    "din-b": ((128, 3), (60, 225), (120, 232)),
    "swiss-left": ((125, 3), (60, 225), (125, 225)),
    "swiss-right": ((130, 225), (70, 225), (60, 22)),
    "french": ((130, 10), (125, 225), (60, 225)),
    "italian": ((130, 10), (125, 225), (60, 225)),
    "british": ((130, 10), (125, 90), (125, 225)),
}


def font(name: str, pixels: float) -> ImageFont.FreeTypeFont:
    """Return a font of the system by the name of its file, in a size of at least eight pixels."""
    return ImageFont.truetype(_font_file(name), max(round(pixels), 8))


def _font_file(name: str) -> str:
    found = sorted(Path("/usr/share/fonts").rglob(f"{name}.ttf"))
    return str(found[0]) if found else f"{name}.ttf"


def stamped(
    random: Random, page: Image.Image, letter: Letter, layout: str, dpi: float
) -> tuple[Image.Image, list[str]]:
    """Return a page with a stamp on it (most often: received on a day), and what that says."""
    if random.random() < 0.7:
        day = letter.day + timedelta(days=random.randrange(1, 6))
        lines = [random.choice(texts.RECEIVED[letter.language]), dates.stamped(random, day, letter.language)]
    else:
        lines = [random.choice(texts.OTHER_STAMPS[letter.language])]
    left, top = random.choice(_STAMP_PLACES[layout])
    rubber = _stamp(random, lines, dpi)
    at = (
        round((left + random.uniform(-2, 4)) / 25.4 * dpi),
        round((top + random.uniform(-1, 4)) / 25.4 * dpi),
    )
    sheet = Image.new("RGB", page.size, "white")
    sheet.paste(rubber, at)
    return ImageChops.multiply(page.convert("RGB"), sheet), lines


def _stamp(random: Random, lines: Sequence[str], dpi: float) -> Image.Image:
    """Return a stamp on white, turned a little, its ink uneven."""
    ink = random.choice(_STAMP_INKS)
    size = dpi * random.uniform(4.5, 6.0) / 25.4
    letters = font(random.choice(("DejaVuSans-Bold", "LiberationSans-Bold", "LiberationMono-Bold")), size)
    width = round(max(letters.getlength(line) for line in lines) + size * 1.6)
    height = round(size * (1.35 * len(lines) + 0.9))
    rubber = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(rubber)
    draw.rectangle((2, 2, width - 3, height - 3), outline=ink, width=max(round(dpi / 60), 2))
    for at, line in enumerate(lines):
        x = (width - letters.getlength(line)) / 2
        draw.text((x, size * (0.4 + 1.35 * at)), line, font=letters, fill=ink)
    worn_off = np.random.default_rng(random.randrange(2**32)).normal(28, 60, (height, width, 1)).clip(0, 255)
    rubber = ImageChops.add(rubber, Image.fromarray(worn_off.astype(np.uint8).repeat(3, axis=2)))
    return rubber.rotate(random.uniform(-9, 9), Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def penned(random: Random, page: Image.Image, dpi: float) -> Image.Image:
    """Return a page on which somebody noted something by hand: a tick, a stroke in the margin, initials."""
    page = page.convert("RGB")
    draw = ImageDraw.Draw(page)
    ink = random.choice(((30, 40, 140), (20, 20, 20), (20, 110, 50), (190, 30, 30)))
    width = max(round(dpi * random.uniform(0.35, 0.7) / 25.4), 1)
    for _ in range(random.randrange(1, 4)):
        stroke = random.choice((_margin, _tick, _initials, _underline))(random)
        draw.line([(x / 25.4 * dpi, y / 25.4 * dpi) for x, y in stroke], fill=ink, width=width, joint="curve")
    return page


Stroke = list[tuple[float, float]]


def _margin(random: Random) -> Stroke:
    top = random.uniform(110, 190)
    return [(12 + random.uniform(-0.8, 0.8), top + at * 2) for at in range(random.randrange(5, 14))]


def _tick(random: Random) -> Stroke:
    x, y = random.uniform(8, 18), random.uniform(110, 240)
    return [(x, y), (x + 2.5, y + 4), (x + 9, y - 7)]


def _initials(random: Random) -> Stroke:
    x, y = random.choice(((8, 8), (150, 240), (8, 90))), random.uniform(0, 4)
    turns = range(random.randrange(25, 45))
    return [(x[0] + at * 0.6 + 2 * math.cos(at * 0.9), x[1] + y + 4 * math.sin(at * 0.7)) for at in turns]


def _underline(random: Random) -> Stroke:
    x, y = random.uniform(30, 100), random.uniform(125, 200)
    return [(x + at * 3, y + random.uniform(-0.3, 0.3)) for at in range(random.randrange(6, 18))]


def transmitted(
    random: Random, page: Image.Image, number: int, sent: date, sender: str
) -> tuple[Image.Image, list[str]]:
    """Return a page with the line that a fax machine prints on top, and what that says; 204 dots an inch."""
    clock = f"{random.randrange(7, 19):02}:{random.randrange(60):02}"
    line = f"{dates.in_figures(sent)}  {clock}   {sender}   S. {number:02}"
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, page.width, 34), fill="white")
    draw.text((60, 6), line, font=font("LiberationMono-Regular", 24), fill="black")
    return page, [line]
