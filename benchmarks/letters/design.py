"""How a letter looks: layout of the sheet, shape of the letterhead, letters and colours, drawn by a seed."""

from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.letters.letter import Letter


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on the first page, in millimetres from its upper left corner."""

    name: str
    address: tuple[float, float]  # left, top of its first line
    block: tuple[float, float]  # left, top of the references
    has_return_line: bool
    body: float  # where the subject begins
    day: tuple[float, float]  # left, top of place and date on a line of their own
    contact: tuple[float, float]  # left, top of the sender's own column, where there is one


LAYOUTS: Final = {
    "din-a": Layout("din-a", (25, 45.5), (125, 38), True, 88, (125, 78), (125, 11)),
    "din-b": Layout("din-b", (25, 63.5), (125, 53), True, 104, (125, 95), (125, 22)),
    "swiss-left": Layout("swiss-left", (25, 53), (120, 53), True, 100, (25, 88), (120, 24)),
    "swiss-right": Layout("swiss-right", (120, 53), (25, 53), True, 100, (25, 88), (25, 25)),
    "french": Layout("french", (110, 50), (22, 64), False, 105, (110, 88), (22, 26)),
    "italian": Layout("italian", (112, 52), (22, 58), False, 102, (22, 90), (22, 26)),
    "british": Layout("british", (25, 50), (25, 92), False, 112, (25, 82), (125, 48)),
}
_OF_REGION: Final = {
    "de-DE": ("din-a", "din-b", "din-b"),
    "de-AT": ("din-b", "din-a"),
    "de-CH": ("swiss-left", "swiss-right"),
    "fr-CH": ("swiss-right", "swiss-right", "swiss-left"),
    "it-CH": ("swiss-right", "swiss-left"),
    "fr-FR": ("french",),
    "it-IT": ("italian",),
    "en-GB": ("british",),
}
HEADS: Final = (
    "logo-left",
    "logo-right",
    "centred",
    "band",
    "column",
    "foot-only",
    "spaced",
    "plain-right",
    "boxed",
)
_FONTS: Final = (
    "'Liberation Sans'", "'Liberation Sans'", "'Liberation Serif'", "'Liberation Serif'", "'DejaVu Sans'",
    "'DejaVu Serif'", "'DejaVu Sans Condensed', 'DejaVu Sans'", "'Liberation Sans Narrow'", "'Liberation Mono'",
)  # fmt: skip
_COLOURS: Final = ("#1b3a6b", "#8a1c1c", "#1f5c3a", "#333333", "#000000", "#5a2a6e", "#0a6a7a", "#b0520a")


@dataclass(frozen=True, slots=True)
class Design:
    """The look of one letter; *small* is the size of return line and footer in points."""

    layout: Layout
    head: str
    references: str  # block, row or lines
    has_day_in_block: bool
    has_return_line: bool
    font: str
    head_font: str
    colour: str
    size: float
    small: float
    leading: float
    is_justified: bool
    has_fold_marks: bool
    special: bool
    logo: int
    has_foot_in_lines: bool


def designed(random: Random, letter: Letter, *, is_coarse: bool) -> Design:
    """Return how a letter looks; a *coarse* scan gets no print that nobody could read on it."""
    layout = LAYOUTS[random.choice(_OF_REGION[letter.region])]
    style = random.choice(_REFERENCES[layout.name]) if letter.firm else "lines"
    head = random.choice(HEADS) if letter.firm else "private"
    may_return = layout.has_return_line and letter.firm is not None
    font = random.choice(_FONTS[:-1] if random.random() < 0.9 else _FONTS)
    size = random.choice((10, 10.5, 11, 11, 11.5, 12))
    if "DejaVu" in font or "Mono" in font:
        size -= 1
    if is_coarse:
        size = max(size, 11)
    small = random.choice((8, 8.5, 9)) if is_coarse else random.choice((6.5, 7, 7, 7.5, 8))
    return Design(
        layout,
        head,
        style,
        # A row has a place for it always; where nothing else is referred to, the day stands alone.
        style == "row" or (bool(letter.references) and random.random() < 0.5),
        may_return and (head == "foot-only" or random.random() < 0.75),
        font,
        font if random.random() < 0.5 else random.choice(_FONTS[:5]),
        random.choice(_COLOURS),
        size,
        small,
        random.choice((1.15, 1.2, 1.3, 1.4)),
        random.random() < 0.25,
        random.random() < 0.4,
        random.random() < 0.15,
        random.randrange(6),
        small > 7.5 or "Mono" in font or random.random() < 0.2,
    )


_REFERENCES: Final = {
    "din-a": ("block", "block", "row", "lines"),
    "din-b": ("block", "block", "row", "lines"),
    "swiss-left": ("block", "lines", "lines"),
    "swiss-right": ("block", "block", "lines"),
    "french": ("block", "block", "lines"),
    "italian": ("block", "block", "lines"),
    "british": ("block",),
}
