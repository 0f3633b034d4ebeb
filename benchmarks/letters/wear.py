"""What scanners and fax machines make of a page: turned, grey, noisy, shaded, coarse."""

from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.float32]
A4: Final = (210.0, 297.0)
FAX_DPI: Final = (204, 98)


@dataclass(frozen=True, slots=True)
class Wear:
    """How badly a page is scanned; *kind* names it.  Angles in degrees, *ink* and *paper* are shades of 0 to 255."""

    kind: str
    dpi: int
    mode: str  # "RGB", "L" or "1"
    skew: float
    ink: int
    paper: int
    blur: float
    noise: float
    specks: float
    has_shadow: bool
    has_holes: bool
    quality: int

    @property
    def is_coarse(self) -> bool:
        """Whether small print cannot be read any more."""
        return self.kind == "fax" or self.dpi < 200


_KINDS: Final = {
    "good": 34, "office": 16, "tilted": 14, "coarse": 10, "pale": 10, "shaded": 9, "fax": 7,
}  # fmt: skip


def worn(random: Random) -> Wear:
    """Return how a letter is scanned."""
    kind = random.choices(list(_KINDS), weights=list(_KINDS.values()))[0]
    dpi = {"coarse": 150, "fax": 204}.get(kind) or random.choice((200, 200, 240, 300, 300))
    is_pale, is_shaded = kind == "pale", kind == "shaded"
    mode = {"office": "1", "fax": "1"}.get(kind) or random.choice(("RGB", "L", "L"))
    return Wear(
        kind,
        dpi,
        mode,
        round(random.uniform(-3, 3) if kind == "tilted" else random.uniform(-0.9, 0.9), 2),
        random.randrange(95, 135) if is_pale else random.randrange(5, 40),
        random.randrange(195, 222) if is_pale else random.randrange(240, 256),
        random.uniform(0.5, 1.0) if kind in {"pale", "shaded"} else random.uniform(0.2, 0.7),
        random.uniform(6, 14) if kind in {"pale", "shaded", "tilted"} else random.uniform(1, 5),
        random.choice((0, 0, 5e-6, 2e-5))
        if kind not in {"office", "fax"}
        else random.choice((5e-6, 2e-5, 6e-5)),
        is_shaded or random.random() < 0.06,
        random.random() < 0.12,
        random.choice((50, 65, 75, 85)),
    )


def scanned(page: Image.Image, wear: Wear, chance: np.random.Generator) -> Image.Image:
    """Return what a scanner makes of a page that was rendered at its resolution."""
    page = page.convert("RGB" if wear.mode == "RGB" else "L")
    page = page.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(wear.blur * wear.dpi / 200))
    shades = np.asarray(page, dtype=np.float32)
    shades = wear.ink + shades * ((wear.paper - wear.ink) / 255)
    layers = shades if shades.ndim == 3 else shades[:, :, np.newaxis]
    light = _light(layers.shape[:2], wear, chance)
    noise = chance.standard_normal(light.shape, np.float32) * wear.noise
    worn = layers * light[:, :, np.newaxis] + noise[:, :, np.newaxis]
    _speckle(worn, wear.specks, chance)
    pixels = np.clip(worn, 0, 255).astype(np.uint8)
    if wear.mode == "RGB":
        return Image.fromarray(pixels)
    grey = Image.fromarray(pixels[:, :, 0])
    if wear.kind == "fax":
        grey = grey.resize((1728, round(A4[1] / 25.4 * FAX_DPI[1])), Image.Resampling.BOX)
    if wear.mode == "1":
        return grey.point(lambda shade: 255 if shade > 165 else 0).convert("1")
    return grey


def _light(shape: tuple[int, ...], wear: Wear, chance: np.random.Generator) -> Grey:
    """Return how brightly each point is lit, from 0 to 1: darker towards an edge and along a fold; holes are dark."""
    light = np.ones(shape, dtype=np.float32)
    height, width = shape
    if wear.has_shadow:
        across = np.linspace(0, 1, width, dtype=np.float32)
        edge = across if chance.random() < 0.5 else 1 - across
        light *= 1 - 0.35 * np.exp(-edge / chance.uniform(0.05, 0.2)).astype(np.float32)[np.newaxis, :]
        down = np.linspace(0, 1, height, dtype=np.float32)
        light *= (1 - chance.uniform(0, 0.18) * down)[:, np.newaxis].astype(np.float32)
        for fold in (1 / 3, 2 / 3):
            light *= (1 - 0.2 * np.exp(-np.abs(down - fold) * 1500))[:, np.newaxis].astype(np.float32)
    if wear.has_holes:
        _punch(light, wear.dpi)
    return light


def _punch(light: Grey, dpi: int) -> None:
    rows, columns = np.ogrid[: light.shape[0], : light.shape[1]]
    for down in (108.5, 188.5):
        y, x, radius = down / 25.4 * dpi, 11 / 25.4 * dpi, 3 / 25.4 * dpi
        light[(rows - y) ** 2 + (columns - x) ** 2 < radius**2] = 0.15


def _speckle(layers: Grey, share: float, chance: np.random.Generator) -> None:
    """Put dark specks of one to three points onto a page."""
    height, width = layers.shape[:2]
    for _ in range(round(share * height * width)):
        y, x, size = chance.integers(height), chance.integers(width), chance.integers(1, 4)
        layers[y : y + size, x : x + size] = chance.uniform(0, 120)
