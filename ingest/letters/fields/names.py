"""Does a line name an organisation or a person, and how sure is that?"""

import re
from enum import IntEnum

from cleanco import basename

from ingest.letters.fields.name_words import (
    DEPARTMENT,
    HONORIFIC,
    is_given_name,
    names_organisation,
)
from ingest.letters.fields.spelling import folded
from mail.signature_marks import LEGAL_FORM
from mail.signature_names import read_name
from mail.signature_words import TITLES
from matcher.legal_forms import firm_name

_FORMS = re.compile(
    r"(?:^|[\s,])(?:A\.?G\.?|GmbH|mbH|KG|KGaA|OHG|UG|S\.?A\.?|S\.?à\.?\s?r\.?l\.?|SARL|S\.?A\.?S\.?|SASU|EURL"
    r"|S\.?p\.?A\.?|S\.?r\.?l\.?|Sagl|S\.?n\.?c\.?|S\.?a\.?s\.?|Ltd|Limited"
    r"|LLC|LLP|Inc|PLC|plc|Corp|B\.?V\.?|N\.?V\.?|A/S|ApS|Oy|e\.\s?V\.|e\.\s?U\.|e\.\s?K\.|eG|GesmbH"
    r"|Ges\.m\.b\.H\.|Sp\. z o\.o\.|s\.r\.o\.|Pvt|SCI|SNC|GbR|PartG(?:mbB)?"
    r"|Genossenschaft|Stiftung|spółka akcyjna)(?:\.|\b)(?![\w-])"
)
_FORM_END = re.compile(
    r"\b(?:AG|GmbH(?: & Co\.? KG)?|KG|OHG|UG|SA|S\.A\.|S[àa]rl|SARL|Sarl|SAS|S\.p\.A\.|SpA|S\.r\.l\.|Srl|SRL"
    r"|Sagl|Ltd\.?|Limited|LLC|LLP|Inc\.?|PLC|plc|B\.V\.|BV|N\.V\.|NV|e\.V\.|e\.U\.|e\.K\.|eG)(?![\w])"
)
_AND = re.compile(r"\s(?:&|\+)\s")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_SMALL_WORDS = re.compile(
    r"\s(?:fur|der|des|die|du|de la|de l'|pour|of|for|per|della|dello|degli|dei|zur|zum|and the|et)\s"
)


class Sort(IntEnum):
    """Of whom a line is the name; the higher, the surer it is an organisation."""

    PERSON = 0  # with a title, or a usual given name
    MAYBE_PERSON = 1  # two or three words that could be anybody's
    MAYBE_ORGANISATION = 2
    ORGANISATION = 3  # with a legal form, or a word of organisations


def has_legal_form(line: str) -> bool:
    """Tell whether a line has the legal form of a firm, also one of a country far away."""
    if _FORMS.search(line) or LEGAL_FORM.search(line):
        return True
    name = line.strip(" .,")
    return len(name.split()) > 1 and (firm_name(name).form is not None or _loses_its_form(name))


def firm_end(text: str) -> int:
    """Return where the first legal form of a text ends, 0 where it has none."""
    found = _FORM_END.search(text)
    return found.end() if found else 0


def sort_of(line: str) -> Sort:
    """Return whether a line names an organisation or a person.

    >>> sort_of("Frau Anna Keller"), sort_of("Keller Metallbau"), sort_of("Anna Keller")
    (<Sort.PERSON: 0>, <Sort.ORGANISATION: 3>, <Sort.PERSON: 0>)
    """
    plain = folded(line).strip(" .,")
    if HONORIFIC.match(plain) or TITLES.match(plain + " "):
        # `Dr. Keller AG` is a firm.
        return Sort.ORGANISATION if has_legal_form(line) else Sort.PERSON
    if has_legal_form(line) or _AND.search(line):
        return Sort.PERSON if _is_couple(line) else Sort.ORGANISATION
    return Sort.ORGANISATION if names_organisation(plain) else _by_its_words(line, plain)


def _is_couple(line: str) -> bool:
    """Tell whether a line is two given names and a family name: `Anna & Urs Keller`."""
    two = [part for part in _AND.split(line) if part]
    return not has_legal_form(line) and all(is_given_name(folded(part).split(" ")[0]) for part in two)


def _by_its_words(line: str, plain: str) -> Sort:
    person = read_name(line)
    if person.family_name and any(is_given_name(word) for word in plain.split()):
        return Sort.PERSON
    if DEPARTMENT.match(plain) or _SMALL_WORDS.search(f" {plain} "):
        return Sort.ORGANISATION
    return Sort.MAYBE_PERSON if person.family_name and len(line.split()) <= 3 else Sort.MAYBE_ORGANISATION


def is_name_like(line: str) -> bool:
    """Tell whether a line can be a name at all: a few words with capitals, no sentence, no number."""
    words = _WORD.findall(line)
    letters = sum(map(str.isalpha, line))
    return (
        bool(words) and len(line) <= 80 and len(words) <= 11 and letters >= 0.6 * len(line.replace(" ", ""))
    )


def without_honorific(line: str) -> str:
    """Return a name without the words before it: `Herrn Dr. Max Muster` is `Dr. Max Muster`."""
    found = HONORIFIC.match(folded(line))
    return line[found.end() :].strip(" ,") if found else line.strip(" ,")


def _loses_its_form(name: str) -> bool:
    bare: str = basename(name)
    return bool(bare) and bare != name and len(name) - len(bare) >= 3
