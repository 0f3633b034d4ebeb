"""In which language does somebody read the pages?

Message ids are the English sentences.  Catalogues are compiled when the program
starts, so that the text files are the only form there is.
"""

import io
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from aiohttp import web
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = {"de": "Deutsch", "fr": "Français", "it": "Italiano", "en": "English"}
FALL_BACK = "en"
LOCALE_FOLDER = Path(__file__).parent / "locale"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Return *message* as it is: marks a sentence that is translated when it is shown."""
    return message


def catalogue_path(language: str) -> Path:
    """Return where a language's sentences are."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "postbuch.po"


@cache
def translations(language: str) -> NullTranslations:
    """Return the sentences of one of our languages."""
    with catalogue_path(language).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def accepted_language(request: web.Request) -> str:
    """Return the first of our languages that the browser asks for (RFC 9110, 12.5.4)."""
    wishes = []
    for wish in request.headers.get("Accept-Language", "").split(","):
        language, _, weight = wish.partition(";")
        wishes.append((-_weight(weight), language.strip().lower().partition("-")[0]))
    # A stable sort: among equals the browser's order holds.
    ours = [language for _, language in sorted(wishes, key=lambda wish: wish[0]) if language in LANGUAGES]
    return ours[0] if ours else FALL_BACK


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
