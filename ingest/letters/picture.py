"""A page as a picture: its pixels, and how large the paper is."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MM_PER_INCH = 25.4
Pixels = NDArray[np.uint8]

_COLOURFUL = 40  # how far red, green and blue are apart where a page is printed in colour
_COLOUR_SHARE = 0.002
_GREY, _DEEP = "L", ("I;16", "I;16B", "I;16L", "I", "F")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's *image* in mode 1, L or RGB, with *dpi* pixels an inch across and down."""

    image: Image.Image
    dpi: float

    @property
    def width(self) -> float:
        """Return the width of the paper in mm."""
        return self.image.width / self.dpi * MM_PER_INCH

    @property
    def height(self) -> float:
        """Return the height of the paper in mm."""
        return self.image.height / self.dpi * MM_PER_INCH

    @property
    def is_bilevel(self) -> bool:
        """Say whether it has only black and white."""
        return self.image.mode == "1"

    def turned(self, degrees: int) -> "Picture":
        """Return it turned clockwise by 0, 90, 180 or 270 degrees."""
        ways = {
            90: Image.Transpose.ROTATE_270,
            180: Image.Transpose.ROTATE_180,
            270: Image.Transpose.ROTATE_90,
        }
        return replace(self, image=self.image.transpose(ways[degrees])) if degrees else self

    def straightened(self, skew: float) -> "Picture":
        """Return it turned clockwise by *skew* degrees, white where paper ends; its size stays."""
        if not skew:
            return self
        grey = self.image.convert(_GREY) if self.is_bilevel else self.image
        white = 255 if grey.mode == _GREY else (255, 255, 255)
        turned = grey.rotate(-skew, resample=Image.Resampling.BILINEAR, fillcolor=white)
        return replace(
            self, image=turned.convert("1", dither=Image.Dither.NONE) if self.is_bilevel else turned
        )

    def at_most(self, dpi: float) -> "Picture":
        """Return it with no more than *dpi* pixels an inch."""
        if self.dpi <= dpi * 1.02:
            return self
        size = (round(self.image.width * dpi / self.dpi), round(self.image.height * dpi / self.dpi))
        image = self.image.convert(_GREY) if self.is_bilevel else self.image
        return Picture(image.resize((max(1, size[0]), max(1, size[1])), Image.Resampling.BOX), dpi)

    def grey(self) -> "Picture":
        """Return it without colour."""
        return self if self.image.mode == _GREY else replace(self, image=self.image.convert(_GREY))


def plain(image: Image.Image) -> Image.Image:
    """Return an image of any kind in mode 1, L or RGB: on white where transparent, grey where it has no colour."""
    image.load()
    if image.mode in _DEEP:
        return _eight_bits(image)
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in {"LA", "La", "RGBA", "RGBa"}:
        painted, ground = image.convert("RGBA"), Image.new("RGB", image.size, "white")
        ground.paste(painted, mask=painted.getchannel("A"))
        image = ground
    if image.mode in {"1", _GREY}:
        return image
    image = image.convert("RGB")
    return image if _has_colour(image) else image.convert(_GREY)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return an image of deeper grey with 256 shades, from its darkest to its lightest."""
    deep = np.asarray(image).astype(np.float32)
    low, high = float(deep.min()), float(deep.max())
    scaled = (deep - low) * (255.0 / (high - low)) if high > low else np.full_like(deep, 255.0)
    return Image.fromarray(scaled.astype(np.uint8))


def _has_colour(image: Image.Image) -> bool:
    small = np.asarray(image.reduce(max(1, min(image.size) // 400))).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return bool((spread > _COLOURFUL).mean() > _COLOUR_SHARE)
