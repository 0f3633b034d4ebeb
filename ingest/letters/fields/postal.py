"""What is said in the lines of an address: organisation, person, street, postcode, town, country."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.letters.fields.countries import country_named
from ingest.letters.fields.name_words import ATTENTION, CARE_OF, DEPARTMENT, HONORIFIC, NOTE, SPETTABILE
from ingest.letters.fields.names import Sort, has_legal_form, is_name_like, sort_of, without_honorific
from ingest.letters.fields.spelling import folded
from ingest.letters.fields.towns import TownSeen, town_in

# A street may have no number: then by such a word, long enough to be no abbreviation of a title.
_STREET_WORD = re.compile(
    r"(?:strasse|strase|gasse|platz|allee|damm|ufer|halde|graben|quai|promenade|zeile|weg)(?![^\W\d_])"
    r"|^(?:rue|avenue|boulevard|chemin|route|place|impasse|allee|ruelle|sentier|faubourg|via|viale|piazza"
    r"|piazzale|corso|vicolo|contrada|strada|salita|lungolago)\s"
    r"|\s(?:street|road|lane|drive|court|close|avenue|square|terrace|gardens|crescent|row|st|rd|ave)$"
)
_PLACE = re.compile(
    r"^(?:am|im|an der|in der|in den|auf der|auf dem|zum|zur|bei der|beim|hinter|unter|ober|unterm|hof|weiler"
    r"|le|la|les|au|aux|en|lieu-dit|loc\.|localita|fraz\.|frazione|cascina)\s"
)
_NUMBER_LAST = re.compile(
    r"^[^\W\d_][^\d@:]{2,50}\s\d{1,4}\s?(?:[a-zA-Z]|bis"
    r"|ter)?(?:\s?[-/+–]\s?\d{1,4}\s?[a-zA-Z]?)?(?:[,\s]+[^\W\d_].{0,25})?$"
)
_NUMBER_FIRST = re.compile(
    r"^(?:n[o°]\.?\s?)?\d{1,5}\s?(?:[a-zA-Z]|bis|ter)?(?:\s?[-/–]\s?\d{1,4})?[,;]?\s(?:[^\W\d_]['’.]?)[^@:]{3,60}$"
)
_BOX = re.compile(
    r"^(?:postfach|postf\.|case postale|casella postale|cp\b|c\.p\.|bp\b|b\.p\.|p\.?\s?o\.?\s?box|po box|postbus)"
)
_ROOM = re.compile(
    r"^(?:residence|immeuble|batiment|bat\.|zone industrielle|zone artisanale|z\.?i\.?\s|z\.?a\.?\s|lotissement"
    r"|appartement|escalier|palazzo|scala|interno|edificio|block|gebaude|haus [a-z0-9]{1,2}$|wohnung|\d+(?:st"
    r"|nd|rd|th)? floor|floor|suite|unit|apt|app\.|building|etage|stock|c/o)\b"
)
_POSTCODE = re.compile(r"\b(?:\d{4,6}|\d{3}\s\d{2}|[A-Z]\d{2}\s?[A-Z\d]{4})\b")
_ORNAMENT = " \t,;.·•|-–—*:_"
# The rest of a broken word is no name; `von Arx` is one.
_GOES_ON = re.compile(
    r"(?!(?:von|van|vom|zum|zur|de|di|du|da|del|della|der|den|ten|le|la|les|lo|el|al|the)\s|[dl]['’])[a-zà-ÿ]{2}"
)
_AMOUNT = re.compile(r"[€$£%]|\b(?:chf|eur|usd|total|kg|pcs)\b")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; *lines* says how many of the lines before the town were used."""

    organisation: str = ""
    person: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""


def is_street(line: str) -> bool:
    """Tell whether a line is a street with its number, or a post office box.

    >>> is_street("Bahnhofstrasse 12a"), is_street("12, rue de la Gare"), is_street("Postfach"), is_street("Keller AG")
    (True, True, True, False)
    """
    plain = folded(line).strip(_ORNAMENT)
    if _BOX.match(plain) or _ROOM.match(plain):
        return True
    if _AMOUNT.search(plain) or sum(map(str.isdigit, plain)) > 9:
        return False
    if _NUMBER_LAST.match(line.strip(_ORNAMENT)) or _NUMBER_FIRST.match(line.strip(_ORNAMENT)):
        return not has_legal_form(line)
    if HONORIFIC.match(plain) or has_legal_form(line):
        return False
    return bool(_STREET_WORD.search(plain)) and len(plain.split()) <= 5


def read_address(lines: Sequence[str]) -> Address | None:
    """Return the address that lines say, None where none of them has a town.

    >>> read_address(["Herrn", "Max Muster", "Muster AG", "Weg 3", "8001 Zürich"])
    Address(organisation='Muster AG', person='Max Muster', street='Weg 3', postcode='8001', town='Zürich', country='')
    """
    lines = [line.strip(" \t|·•") for line in lines if line.strip(_ORNAMENT)]
    found = _last_town(lines)
    if found is None:
        return None
    at, town, country, before = found
    above = [*lines[:at], *before]
    if not town.town and above:  # a British postcode on a line of its own: the town is above it
        town = TownSeen(0, town.postcode, above.pop().strip(_ORNAMENT), town.country)
    street, names = _street_and_names(above)
    organisation, person = who(names)
    return Address(organisation, person, street, town.postcode, town.town, country or town.country)


def _last_town(lines: Sequence[str]) -> tuple[int, TownSeen, str, list[str]] | None:
    """Return which line has the town, what it says, the country below or behind it, and what is before it."""
    for at in range(len(lines) - 1, -1, -1):
        text, country = lines[at], ""
        head, comma, tail = text.rpartition(",")
        if comma and (named := country_named(tail)):
            text, country = head, named
        if not (town := town_in(text)):
            continue
        if not country and at + 1 < len(lines):
            country = country_named(lines[at + 1])
        before = [part.strip(_ORNAMENT) for part in re.split(r"[,;|•·]|\s[-–]\s", text[: town.start])]
        return at, town, country, [part for part in before if part]
    return _town_above_country(lines)


def _town_above_country(lines: Sequence[str]) -> tuple[int, TownSeen, str, list[str]] | None:
    """Return the line above a country as the town, whatever form that has: `Dublin 2` above `Ireland`."""
    if len(lines) < 3 or not (country := country_named(lines[-1])):
        return None
    text = lines[-2].strip(_ORNAMENT)
    postcode = _POSTCODE.search(text)
    town = (text[: postcode.start()] + text[postcode.end() :]).strip(_ORNAMENT) if postcode else text
    return len(lines) - 2, TownSeen(0, postcode[0] if postcode else "", town, country), country, []


def _street_and_names(above: Sequence[str]) -> tuple[str, list[str]]:
    """Return the street among the lines above a town, and the other lines."""
    streets = [at for at, line in enumerate(above) if is_street(line) and not _is_called_so(above, at)]
    if not streets and len(above) > 1 and (_is_hamlet(above[-1]) or _is_village(above)):
        streets = [len(above) - 1]
    real = [at for at in streets if not _is_box(above[at])]
    # `Gartenstrasse AG` may stand above it: the street is the last one that has a number.
    numbered = [at for at in real if any(map(str.isdigit, above[at]))]
    chosen = (numbered or real or streets)[-1:]
    street = above[chosen[0]].strip(_ORNAMENT) if chosen else ""
    return street, [line for at, line in enumerate(above) if at not in streets]


def _is_box(line: str) -> bool:
    plain = folded(line).strip(_ORNAMENT)
    return bool(_BOX.match(plain) or _ROOM.match(plain))


def _is_called_so(above: Sequence[str], at: int) -> bool:
    """Tell whether a line that looks like a street is a name: below `Frau`, or the only one that stands first."""
    if any(map(str.isdigit, above[at])):
        return False
    return at == 0 or bool(HONORIFIC.fullmatch(folded(above[at - 1]).strip() + " "))


def _is_village(above: Sequence[str]) -> bool:
    """Tell whether the last line is one word below a person: a farm or a part of a village."""
    last = above[-1].strip(_ORNAMENT)
    alone = len(last.split()) == 1 and last.isalpha() and not HONORIFIC.match(folded(last))
    return (
        alone
        and sort_of(last) is not Sort.ORGANISATION
        and any(sort_of(line) is Sort.PERSON for line in above[:-1])
    )


def _is_hamlet(line: str) -> bool:
    plain = folded(line).strip(_ORNAMENT)
    if ATTENTION.match(plain) or CARE_OF.match(plain) or sort_of(line) is Sort.PERSON:
        return False
    return bool(_PLACE.match(plain)) and not has_legal_form(line)


def trimmed(line: str) -> str:
    """Return a line without ornaments at its ends; the full stop of `B.V.` belongs to it.

    >>> trimmed("· Keller B.V. ·"), trimmed("Keller,"), trimmed("Anna Keller.")
    ('Keller B.V.', 'Keller', 'Anna Keller')
    """
    text = line.strip(_ORNAMENT.replace(".", "")).lstrip(".")
    return text if has_legal_form(text) else text.rstrip(". ")


def who(names: Sequence[str]) -> tuple[str, str]:
    """Return the organisation and the person that the lines above a street name, either may be empty."""
    organisations: list[tuple[Sort, str]] = []
    persons: list[tuple[Sort, str]] = []
    addressed = False  # the line above said only `Frau`
    for line in names:
        text, plain = trimmed(line), folded(line).strip(_ORNAMENT)
        if honorific := HONORIFIC.fullmatch(plain) or HONORIFIC.fullmatch(plain + " "):
            addressed = not honorific[0].startswith(("spett", "mess"))
            continue
        if NOTE.match(plain) or not is_name_like(text) or CARE_OF.match(plain):
            continue
        if attention := ATTENTION.match(plain):
            persons.insert(0, (Sort.PERSON, without_honorific(text[attention.end() :])))
        elif company := SPETTABILE.match(plain):
            organisations.insert(0, (Sort.ORGANISATION, text[company.end() :]))
        elif addressed or (sort := sort_of(text)) is Sort.PERSON:
            persons.append((Sort.PERSON, without_honorific(text)))
            addressed = False
        elif not _GOES_ON.match(text):
            (persons if sort is Sort.MAYBE_PERSON else organisations).append((sort, text))
    return _one_each(organisations, persons)


def _one_each(organisations: list[tuple[Sort, str]], persons: list[tuple[Sort, str]]) -> tuple[str, str]:
    """Return the likeliest of each: the legal form counts, a department does not."""
    firms = [text for _, text in organisations if not DEPARTMENT.match(folded(text)) or has_legal_form(text)]
    sure = [text for sort, text in persons if sort is Sort.PERSON]
    if not firms and sure and len(persons) > len(sure):  # `Muster Keller` above `Frau Anna Keller`
        firms = [text for sort, text in persons if sort is not Sort.PERSON][:1]
    if not firms and not persons:
        firms = [text for _, text in organisations]
    with_form = [text for text in firms if has_legal_form(text)]
    organisation = (with_form or firms or [""])[0]
    person = (sure or [text for _, text in persons if text != organisation] or [""])[0]
    return organisation, person
