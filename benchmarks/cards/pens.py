"""How do people tick?  Strokes of pens and pencils, drawn by an unsteady hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from random import Random
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mail.letter import Box

Point: TypeAlias = tuple[float, float]
Floats: TypeAlias = NDArray[np.float64]
_FINE = 2  # drawn so many times larger


class Way(StrEnum):
    """How somebody ticks."""

    CROSS = "cross"
    CHECK = "check"  # its long stroke leaves the box
    SLASH = "slash"
    SCRIBBLE = "scribble"  # to and fro, until the box is full


@dataclass(frozen=True, slots=True)
class Pen:
    """A pen: how *wide* its stroke is in mm, how *dark* (0 to 1), how much paper is seen through (*grain*)."""

    name: str
    wide: float
    dark: float
    grain: float = 0.0
    shaky: float = 0.12


def some_pen(chance: Random) -> Pen:
    """Return one of the pens that lie about in homes and offices."""
    shaky = chance.choice((0.05, 0.1, 0.15, 0.3))
    kinds = (
        Pen("ballpoint", chance.uniform(0.3, 0.5), chance.uniform(0.65, 0.95), 0.05, shaky),
        Pen("ink", chance.uniform(0.35, 0.7), chance.uniform(0.6, 0.95), 0.0, shaky),
        Pen("felt", chance.uniform(0.7, 1.1), chance.uniform(0.8, 1.0), 0.0, shaky),
        Pen("pencil", chance.uniform(0.35, 0.6), chance.uniform(0.45, 0.7), 0.25, shaky),
        Pen("light pencil", chance.uniform(0.4, 0.6), chance.uniform(0.3, 0.45), 0.2, shaky),
    )
    return chance.choices(kinds, (45, 15, 10, 20, 10))[0]


def tick(box: Box, way: Way, pen: Pen, chance: Random) -> list[list[Point]]:
    """Return the strokes of a tick in a box, in mm."""
    off = (chance.gauss(0, 0.3), chance.gauss(0, 0.3))
    left, top = box.left + off[0], box.top + off[1]
    side, over = box.width, chance.uniform(-0.8, 1.0)
    if way is Way.CHECK:
        turn = (left + side * chance.uniform(0.3, 0.5), top + side * chance.uniform(0.75, 0.95))
        start = (left + side * chance.uniform(0.05, 0.2), top + side * chance.uniform(0.4, 0.6))
        end = (left + side + chance.uniform(0.2, 2.0), top - chance.uniform(0.0, 2.0))
        return [_shaken([start, turn, end], pen, chance)]
    falling = [(left - over, top - over), (left + side + over, top + side + over)]
    rising = [(left - over, top + side + over), (left + side + over, top - over)]
    if way is Way.SLASH:
        inner = chance.uniform(0.3, 0.9)
        return [
            _shaken([(left + inner, top + side - inner), (left + side - inner, top + inner)], pen, chance)
        ]
    if way is Way.CROSS:
        return [_shaken(falling, pen, chance), _shaken(rising, pen, chance)]
    return filling(box, pen, chance)


def filling(box: Box, pen: Pen, chance: Random) -> list[list[Point]]:
    """Return the strokes that fill a box completely: to and fro, close together, and once around."""
    apart = pen.wide * 0.7
    rows = int((box.height - 0.2) / apart) + 1
    points: list[Point] = []
    for row in range(rows):
        y = box.top + 0.2 + row * (box.height - 0.4) / max(1, rows - 1)
        ends = [box.left + 0.2 + chance.gauss(0, 0.15), box.right - 0.2 + chance.gauss(0, 0.15)]
        points += [(x, y + chance.gauss(0, 0.05)) for x in (ends if row % 2 else ends[::-1])]
    inner = 0.45
    around = [
        (box.left + inner, box.top + inner), (box.right - inner, box.top + inner),
        (box.right - inner, box.bottom - inner), (box.left + inner, box.bottom - inner),
        (box.left + inner, box.top + inner),
    ]  # fmt: skip
    return [points, around]


def stray(width: float, height: float, boxes: Sequence[Box], chance: Random) -> list[list[Point]]:
    """Return marks that mean nothing: dots anywhere, and now and then a long line across the card."""
    strokes: list[list[Point]] = []
    for _ in range(chance.randint(1, 4)):
        x, y = chance.uniform(0, width), chance.uniform(0, height)
        strokes.append([(x, y), (x + chance.uniform(0, 0.35), y + chance.uniform(0, 0.35))])
    if chance.random() < 0.04:
        box = chance.choice(boxes)
        x, y = box.left + chance.uniform(-20, 20), box.top + chance.uniform(-8, 8)
        strokes.append(
            [(x - chance.uniform(12, 30), y + chance.uniform(-6, 6)), (x + 15, y + chance.uniform(-6, 6))]
        )
    return strokes


def drawn(page: Floats, strokes: Sequence[Sequence[Point]], pen: Pen, per_mm: float, seed: int) -> None:
    """Draw strokes on a page, whose values are darkness, 0 to 1."""
    every = np.array([point for stroke in strokes for point in stroke])
    left, top = np.maximum(0, np.floor((every.min(axis=0) - 2) * per_mm).astype(int))
    right, bottom = np.ceil((every.max(axis=0) + 2) * per_mm).astype(int)
    right, bottom = min(int(right), page.shape[1]), min(int(bottom), page.shape[0])
    if right - left < 2 or bottom - top < 2:
        return
    layer = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), 0)
    draw, scale = ImageDraw.Draw(layer), per_mm * _FINE
    for stroke in strokes:
        line = [(x * scale - left * _FINE, y * scale - top * _FINE) for x, y in stroke]
        draw.line(line, fill=255, width=max(1, round(pen.wide * scale)), joint="curve")
        radius = pen.wide * scale / 2
        for x, y in (line[0], line[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    ink = np.asarray(layer.reduce(_FINE), dtype=np.float64) / 255 * pen.dark
    if pen.grain:
        coarse = np.random.default_rng(seed).random((ink.shape[0] // 3 + 1, ink.shape[1] // 3 + 1))
        ink *= 1 - pen.grain * np.kron(coarse, np.ones((3, 3)))[: ink.shape[0], : ink.shape[1]]
    part = page[top:bottom, left:right]
    part[:] = np.maximum(part, 1 - (1 - part) * (1 - ink))


def _shaken(points: Sequence[Point], pen: Pen, chance: Random) -> list[Point]:
    """Return a line through points as a hand draws it."""
    result: list[Point] = []
    for (x, y), (to_x, to_y) in pairwise(points):
        bend_x, bend_y = chance.gauss(0, pen.shaky), chance.gauss(0, pen.shaky)
        for step in range(9):
            part = step / 8
            bow = 4 * part * (1 - part)
            jitter = chance.gauss(0, pen.shaky / 4)
            result.append(
                (x + (to_x - x) * part + bend_x * bow + jitter, y + (to_y - y) * part + bend_y * bow + jitter)
            )
    return result
