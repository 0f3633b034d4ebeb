"""The sentences that pages show: found in code and templates, kept up to date in the catalogues.

`python -m tests.web.messages` adds what is new to every catalogue, without a
translation, and takes out what nobody shows any more.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import web
from history.reasons import SENTENCES
from web.i18n import LANGUAGES, catalogue_path

Message = str | tuple[str, ...]
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_WIDTH = 110
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a file that is made anew must not differ


def messages() -> dict[Message, list[str]]:
    """Return every sentence, singular and plural together, with the files that show it."""
    found: dict[Message, list[str]] = {}
    for message, place in _extracted():
        found.setdefault(message, []).append(place)
    return found


def catalogue(language: str) -> Catalog:
    """Return a language's sentences as they are in the source tree."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Bring a language's catalogue up to date; translations stay."""
    old = catalogue(language)
    new = Catalog(
        locale=language,
        project="Postbuch",
        version="1",
        header_comment=f"# {LANGUAGES[language]}",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        charset="utf-8",
        fuzzy=False,
    )
    for message, places in messages().items():
        kept = old.get(message if isinstance(message, str) else message[0])
        new.add(
            message,
            kept.string if kept else None,
            locations=[(place, 0) for place in dict.fromkeys(places)],
        )
    with catalogue_path(language).open("wb") as file:
        write_po(file, new, width=_WIDTH, sort_output=True, include_lineno=False)


def _extracted() -> Iterator[tuple[Message, str]]:
    folder = Path(web.__file__).parent
    for path, _, message, _, _ in extract_from_dir(folder, _METHODS, keywords=_KEYWORDS):
        yield message, f"web/{path}"
    for sentence in SENTENCES.values():
        yield sentence, "history/reasons.py"


if __name__ == "__main__":
    for known in LANGUAGES:
        update(known)
