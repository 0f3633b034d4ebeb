"""What does a scanner make of a card?  Turned, shifted, stretched, pale, blurred, noisy."""

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scan:
    """How a card was scanned; *page* is the scanned page's size in mm, *shift* where the card begins on it."""

    dpi: int
    page: tuple[float, float]
    shift: tuple[float, float]
    degrees: float
    scale: tuple[float, float]
    paper: float
    ink: float
    blur: float
    noise: float
    dust: float
    quality: int


def some_scan(width: float, height: float, chance: Random) -> Scan:
    """Return a way to scan a card of this size: alone, or on a glass of A4 and more."""
    glass = chance.random() < 0.4
    page = (max(216.0, width + 32), max(302.0, height + 32)) if glass else (width + 30, height + 32)
    free = (page[0] - width, page[1] - height)
    middle = (free[0] / 2 + chance.uniform(-2, 2), free[1] / 2 + chance.uniform(-2, 2))
    shift = (chance.uniform(14, free[0] - 14), chance.uniform(15, free[1] - 15)) if glass else middle
    paper = chance.uniform(205, 252)
    stretch = chance.uniform(0.96, 1.04)
    return Scan(
        dpi=chance.choice((150, 150, 200, 200, 240, 300)),
        page=page,
        shift=shift,
        degrees=chance.uniform(-5, 5) + (180 if chance.random() < 0.3 else 0),
        scale=(stretch, stretch * chance.uniform(0.997, 1.003)),
        paper=paper,
        ink=paper - chance.choice((90, 120, 150, 180, 200)),
        blur=chance.uniform(0, 0.9),
        noise=chance.choice((2, 4, 6, 9, 12)),
        dust=chance.choice((0, 0, 0.0001, 0.0003)),
        quality=chance.choice((0, 0, 60, 75, 90)),
    )


def scanned(card: Floats, per_mm: float, scan: Scan, seed: int) -> NDArray[np.uint8]:
    """Return a card (darkness 0 to 1, *per_mm* samples a mm) as grey values of a scan."""
    to = scan.dpi / 25.4
    size = round(scan.page[0] * to), round(scan.page[1] * to)
    image = Image.fromarray(np.clip(card * 255, 0, 255).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(0.42 * per_mm / to))
    laid = image.transform(size, Image.Transform.AFFINE, _back(card, per_mm, scan), Image.Resampling.BICUBIC)
    soft = laid.filter(ImageFilter.GaussianBlur(scan.blur))
    chance = np.random.default_rng(seed)
    grey = scan.paper - np.asarray(soft, dtype=np.float32) / 255 * (scan.paper - max(0.0, scan.ink))
    grey += chance.normal(0, scan.noise, grey.shape).astype(np.float32)
    if scan.dust:
        where = chance.random(grey.shape, dtype=np.float32)
        grey[where < scan.dust], grey[where > 1 - scan.dust] = scan.ink, scan.paper
    result = np.clip(grey, 0, 255).astype(np.uint8)
    return _pressed(result, scan.quality) if scan.quality else result


def _back(card: Floats, per_mm: float, scan: Scan) -> tuple[float, ...]:
    """Return where each pixel of the scan comes from on the card, as PIL wants it."""
    to, turn = scan.dpi / 25.4, np.deg2rad(scan.degrees)
    middle = np.array([card.shape[1], card.shape[0]]) / per_mm / 2
    onto = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ np.diag(scan.scale)
    back = np.linalg.inv(onto) * per_mm / to
    start = per_mm * middle - back @ ((np.array(scan.shift) + middle) * to)
    return (back[0, 0], back[0, 1], start[0], back[1, 0], back[1, 1], start[1])


def _pressed(grey: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    pressed = BytesIO()
    Image.fromarray(grey).save(pressed, "JPEG", quality=quality)
    pressed.seek(0)
    return np.asarray(Image.open(pressed))
