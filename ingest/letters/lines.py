"""Words in lines: what stands beside each other on the same height, columns apart."""

from collections.abc import Iterable

from mail.letter import Box, Line, Word

_GAP = 2.5  # times the height of a word: wider is another column
_OVERLAP = 0.45  # of the lower word's height


def in_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """Return words in lines from top to bottom, whichever order they come in.

    A line is cut where the gap between two words is as wide as between columns.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.box.top + one.box.height / 2):
        row = next((row for row in reversed(rows[-6:]) if _on_height(row, word.box)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    lines = [Line(tuple(part)) for row in rows for part in _columns(row)]
    return tuple(sorted(lines, key=lambda line: (round(line.box.top, 1), line.box.left)))


def _on_height(row: list[Word], box: Box) -> bool:
    """Say whether a box is on the height of the row's nearest word."""
    near = min(row, key=lambda word: abs(word.box.left - box.left)).box
    shared = min(near.bottom, box.bottom) - max(near.top, box.top)
    return shared > _OVERLAP * max(0.1, min(near.height, box.height)) and _alike(near.height, box.height)


def _alike(one: float, other: float) -> bool:
    """Say whether heights can be of one line: a hyphen and a capital are, a line and the frame around five are not."""
    return max(one, other) < 12 * max(0.1, min(one, other))


def _columns(row: list[Word]) -> Iterable[list[Word]]:
    row.sort(key=lambda word: word.box.left)
    part = [row[0]]
    for word in row[1:]:
        height = max(part[-1].box.height, word.box.height, 1.5)
        if word.box.left - part[-1].box.right > _GAP * height:
            yield part
            part = []
        part.append(word)
    yield part
