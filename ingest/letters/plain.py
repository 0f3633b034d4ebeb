"""A page as plain values, as it passes between processes."""

from typing import Any

from mail.letter import Box, Code, Line, Page, TextSource, Word

Plain = dict[str, Any]


def plain_page(page: Page, problem: str) -> Plain:
    """Return a page, and what was wrong with reading it, as values that JSON knows."""
    return {
        "number": page.number, "width": page.width, "height": page.height, "source": page.source,
        "turned": page.turned, "skew": page.skew, "is_blank": page.is_blank, "problem": problem,
        "lines": [[[w.text, *_sides(w.box), w.confidence] for w in line.words] for line in page.lines],
        "codes": [[code.symbology, code.text, *_sides(code.box)] for code in page.codes],
    }  # fmt: skip


def page_of(plain: Plain) -> tuple[Page, str]:
    """Return the page and its problem out of plain values."""
    page = Page(
        plain["number"], plain["width"], plain["height"],
        lines=tuple(Line(tuple(_word(*word) for word in line)) for line in plain["lines"]),
        codes=tuple(Code(symbology, text, Box(*sides)) for symbology, text, *sides in plain["codes"]),
        source=TextSource(plain["source"]), turned=plain["turned"], skew=plain["skew"], is_blank=plain["is_blank"],
    )  # fmt: skip
    return page, plain["problem"]


def _sides(box: Box) -> tuple[float, float, float, float]:
    return round(box.left, 2), round(box.top, 2), round(box.width, 2), round(box.height, 2)


def _word(text: str, left: float, top: float, width: float, height: float, confidence: float) -> Word:
    return Word(text, Box(left, top, width, height), confidence)
