"""What are the parts of a name?  Asked only where no columns tell it."""

from collections.abc import Mapping
from functools import cache

from nameparser import HumanName
from nameparser.config import Constants

from ingest.correspondents.columns import Column

_TITLES = ("dr", "prof", "ing", "dipl", "lic", "iur", "med", "med.", "dott", "dottssa", "pd", "mag", "me")
_SALUTATIONS = (
    "herr",
    "frau",
    "mr",
    "mrs",
    "ms",
    "monsieur",
    "madame",
    "m",
    "mme",
    "signor",
    "signora",
    "sig",
)


def names_in(first: Mapping[Column, str]) -> dict[str, str]:
    """Return given and family name, title and salutation from the cells of a row.

    A full name is parted only where neither of its parts has a column of its own.
    """
    given, family = first.get(Column.GIVEN_NAME, ""), first.get(Column.FAMILY_NAME, "")
    if given or family:
        middle = first.get(Column.MIDDLE_NAME, "")
        told = {"given_name": f"{given} {middle}".strip(), "family_name": family}
        return {name: value for name, value in told.items() if value}
    full = first.get(Column.FULL_NAME, "")
    return parts_of(full) if full else {}


def parts_of(full: str) -> dict[str, str]:
    """Return the parts of a full name: `Frau Dr. Anna von Muster`, `Muster, Anna`."""
    if len(full) > 300:
        return {"family_name": full}
    name = HumanName(full, constants=_constants())
    words = name.title.split()
    salutation = [word for word in words if word.strip(".").casefold() in _SALUTATIONS]
    found = {
        "salutation": " ".join(salutation),
        "title": " ".join(word for word in words if word not in salutation),
        "given_name": f"{name.first} {name.middle}".strip(),
        "family_name": " ".join(part for part in (name.last, name.suffix) if part),
    }
    if not found["family_name"]:
        found["family_name"] = found.pop("given_name")
    return {name: value for name, value in found.items() if value}


@cache
def _constants() -> Constants:
    constants = Constants()
    constants.titles.add(*_TITLES, *_SALUTATIONS)
    return constants
