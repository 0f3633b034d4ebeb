"""A letter as PDF, as its sender's printer would make it, and the text of its pages."""

import math
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pypdfium2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML

from benchmarks.letters import parties, texts
from benchmarks.letters.design import Design
from benchmarks.letters.letter import Letter
from benchmarks.letters.references import date_label

_TAX_LABELS: Final = {"DE": "USt-IdNr.", "AT": "UID", "FR": "N° TVA", "IT": "P. IVA", "GB": "VAT Reg. No"}
_CURRENCIES: Final = {"CH": "CHF", "GB": "GBP"}
_AS_SEEN: Final = str.maketrans("\ufffe\x02\xad‐\xa0", "---- ")  # hyphens and blanks as one sees them
# What parts thousands, and the fraction; elsewhere a point and a comma.
_MARKS: Final = {"CH": "'.", "GB": ",.", "FR": " ,"}


def money(cents: int, country: str) -> str:
    """Return an amount in hundredths as a country writes it."""
    marks = _MARKS.get(country, ".,")
    return f"{cents / 100:,.2f}".translate(str.maketrans(",.", marks))


_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "sheets"), autoescape=True, undefined=StrictUndefined
)
_ENVIRONMENT.filters["money"] = money


def printed(random: Random, letter: Letter, design: Design) -> bytes:
    """Return the PDF of a letter."""
    html = _ENVIRONMENT.get_template("letter.html").render(_values(random, letter, design))
    pdf = HTML(string=html, url_fetcher=_refused).write_pdf()
    assert isinstance(pdf, bytes)
    return pdf


def page_texts(pdf: bytes) -> list[str]:
    """Return what the text layer of each page says, a line each, without what cannot be seen."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_range() for page in document]
    return ["\n".join(text.translate(_AS_SEEN).split("\r\n")) for text in found]


def _refused(url: str) -> Mapping[str, Any]:
    raise ValueError(f"a letter fetches nothing: {url}")


def _values(random: Random, letter: Letter, design: Design) -> dict[str, Any]:
    language, home = letter.language, letter.home
    separator = random.choice((" · ", " • ", ", ", " – ", " | "))
    postal = parties.postal_line(home, prefix=random.random() < 0.2)
    one_line = f"{home.street}{separator}{postal}"
    tops = {"din-a": (87, 192), "din-b": (105, 210)}
    has_town = random.random() < 0.75
    special = random.choice(texts.SPECIAL[language].split("|")) if design.special else ""
    return {
        "letter": letter,
        "design": design,
        "postal": postal,
        "one_line": one_line,
        "return_line": f"{letter.firm.name}{separator}{one_line}" if letter.firm else "",
        "underlined": random.random() < 0.5,
        "special": special,
        "folds": tops.get(design.layout.name, (99, 198)),
        "town_and_day": _town_and_day(random, letter) if has_town else letter.day_text,
        "day_label": date_label(language),
        "colon": random.choice((":", ":", "")) if language != "fr" else random.choice((" :", " :", ":")),
        "in_row": [reference for reference in letter.references if reference.kind][:3],
        "by_line": random.random() < 0.6,
        "labels": texts.FOOT_LABELS[language],
        "tax": _tax(letter),
        "foot_colour": random.choice(("#222", "#333", "#444", design.colour)),
        "short_size": _short_size(random, letter),
        "subject_first": language != "en" or random.random() < 0.3,
        "follow": random.choice(
            (f"{letter.day_text}", letter.firm.short if letter.firm else letter.writer.name)
        ),
        "page_word": texts.PAGE_WORDS[language],
        "heads_of_table": texts.TABLE_HEADS[language],
        "currency": _CURRENCIES.get(home.country, "EUR"),
        "country": home.country,
        "scrawl": scrawl(random),
        "ink": random.choice(("#14247a", "#1a1a1a", "#2a3fa0")),
        "pen": random.choice((1.2, 1.6, 2.2)),
    }


def _town_and_day(random: Random, letter: Letter) -> str:
    town = letter.home.town.split(",")[0].removesuffix(" 7").removesuffix(" SG")
    if letter.language == "fr":
        return f"{town}, le {letter.day_text}"
    if letter.language == "de":
        return random.choice((f"{town}, {letter.day_text}", f"{town}, den {letter.day_text}"))
    return f"{town}, {letter.day_text}" if letter.language == "it" else letter.day_text


def _tax(letter: Letter) -> str:
    if not letter.firm:
        return ""
    ending = {"de": "MWST", "fr": "TVA", "it": "IVA", "en": "VAT"}[letter.language]
    if letter.home.country == "CH":
        return f"{letter.firm.tax_number} {ending}"
    return f"{_TAX_LABELS[letter.home.country]} {letter.firm.tax_number}"


def _short_size(random: Random, letter: Letter) -> float:
    """Return the size of the name in a letterhead in points: less for a long one."""
    length = len(letter.firm.name if letter.firm else letter.writer.name)
    return round(min(random.choice((18, 20, 22, 26)), 620 / length), 1)


def scrawl(random: Random) -> str:
    """Return the path of a signature in a box of 200 by 60: loops that run to the right."""
    x, y = random.uniform(5, 25), random.uniform(25, 45)
    path = [f"M{x:.1f} {y:.1f}"]
    for turn in range(random.randrange(5, 11)):
        reach = random.uniform(10, 24)
        up, down = random.uniform(4, 30), random.uniform(34, 56)
        first = (x + reach * random.uniform(-0.4, 0.6), up if turn % 2 else down)
        second = (x + reach * random.uniform(0.3, 1.3), down if turn % 2 else up)
        x, y = min(x + reach, 190), 32 + 10 * math.sin(turn * 1.7) * random.random()
        path.append(f"C{first[0]:.1f} {first[1]:.1f} {second[0]:.1f} {second[1]:.1f} {x:.1f} {y:.1f}")
    return " ".join(path)
