"""How does a figure grow with the directory?  Lines on two logarithmic axes, as an SVG that needs nothing else."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 860, 460, 80, 50, 230, 60
_COLOURS: Final = ("#1f5fa8", "#b5541c", "#2f7d4f", "#7a3f98", "#8a6d00", "#44525f")


@dataclass(frozen=True, slots=True)
class Line:
    """A named line of points: how many persons, how many milliseconds."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Scale:
    """A logarithmic axis over whole powers of ten, laid along pixels."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.start + (math.log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    def marks(self) -> range:
        return range(self.low, self.high + 1)


def drawn(title: str, lines: Sequence[Line]) -> str:
    """Return the chart as SVG, with a description for those who do not see it."""
    points = [point for line in lines for point in line.points]
    across = _scale([x for x, _ in points], _LEFT, _WIDTH - _RIGHT)
    up = _scale([y for _, y in points], _HEIGHT - _BOTTOM, _TOP)
    told = "; ".join(
        f"{line.name}: " + ", ".join(f"{y:.3g} ms at {x:,.0f}" for x, y in line.points) for line in lines
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        "<style>text { font: 13px sans-serif }</style>",
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="28">{escape(title)}</text>',
        *_axes(across, up),
    ]
    for number, line in enumerate(lines):
        parts += _line(line, across, up, number)
    return "\n".join([*parts, "</svg>\n"])


def _scale(values: Sequence[float], start: float, end: float) -> _Scale:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _Scale(low, max(high, low + 1), start, end)


def _axes(across: _Scale, up: _Scale) -> Iterator[str]:
    for power in across.marks():
        x = across.at(10**power)
        yield f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#dde2e7"/>'
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
    for power in up.marks():
        y = up.at(10.0**power)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#dde2e7"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>'
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield f'<text x="{middle:.1f}" y="{_HEIGHT - 15}" text-anchor="middle">persons</text>'


def _line(line: Line, across: _Scale, up: _Scale, number: int) -> Iterator[str]:
    colour = _COLOURS[number % len(_COLOURS)]
    places = [(across.at(x), up.at(y)) for x, y in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'
    key = _TOP + 22 * number
    yield f'<rect x="{_WIDTH - _RIGHT + 15}" y="{key}" width="12" height="12" fill="{colour}"/>'
    yield f'<text x="{_WIDTH - _RIGHT + 33}" y="{key + 11}">{escape(line.name)}</text>'
