"""Which line of an address has postcode and town?  As the posts of Europe, America and India want them."""

import re
from dataclasses import dataclass

from ingest.letters.fields.countries import country_of_code
from ingest.letters.fields.spelling import as_digits, folded

_N = r"[\dOolIS|]"
_TOWN = r"[^\W\d_][^\d,;:|•·@]{1,40}?"
_CEDEX = r"(?:\s(?:cedex|CEDEX|Cedex)(?:\s\d{1,2})?|\s\d{1,2})?"
_FREE = r"(?P<town>[^\W\d_][^\d,|•·@]{1,40}?),?"  # a town before its postcode
_BEFORE = r"(?<![\w.-])"
_PATTERNS = tuple(
    (country, re.compile(pattern + "$"))
    for country, pattern in (
        (
            "NL",
            rf"{_BEFORE}(?:NL[-\s])?(?P<postcode>\d{{4}}\s?[A-Z]{{2}})\s+(?P<town>[^\W\d_][^\d,;:|•·@]{{2,40}})",
        ),
        (
            "",
            rf"(?<![\w.+])(?P<code>[A-Z]{{1,3}}|1)\s?[-–]\s?(?P<postcode>{_N}{{4,5}})\s+(?P<town>{_TOWN}{_CEDEX})",
        ),
        ("", rf"(?<![\w.+/-])(?P<postcode>{_N}{{4,5}})\s*(?P<town>{_TOWN}{_CEDEX})"),
        ("PL", rf"{_BEFORE}(?:PL-)?(?P<postcode>\d{{2}}-\d{{3}})\s+(?P<town>{_TOWN})"),
        (
            "",
            rf"{_BEFORE}(?:(?P<code>CZ|SK|SE|GR)[-\s])?(?P<postcode>\d{{3}}\s\d{{2}})\s+(?P<town>{_TOWN})(?:\s\d)?",
        ),
        ("PT", rf"{_BEFORE}(?P<postcode>\d{{4}}-\d{{3}})\s+(?P<town>{_TOWN})"),
        ("GB", r"(?P<town>[^\W\d_][^\d|•·@]{1,60}?)?[,\s]*\b(?P<postcode>[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})"),
        (
            "GB",
            r"(?P<town>[^\W\d_][^\d|•·@]{1,40}?)?[,\s]*\b(?P<postcode>[A-Z][A-Zil]?[\dIlOi][A-Z\d]?\s[A-Z\d]{1,2}[A-Z]{2})",
        ),
        ("US", rf"{_FREE}\s+(?P<state>[A-Z]{{2}})\.?,?\s+(?P<postcode>\d{{5}}(?:-\d{{4}})?)"),
        ("CA", rf"{_FREE}\s+\(?[A-Z]{{2}}\)?,?\s+(?P<postcode>[A-Z]\d[A-Z]\s\d[A-Z]\d)"),
        ("IN", rf"{_FREE}\s*[-–]?\s*(?P<postcode>[1-8]\d{{2}}\s?\d{{3}})(?:,?\s+[^\W\d_][^\d]{{2,30}})?"),
    )
)
_PROVINCE = re.compile(r"\s*(?:\(([A-Z]{2})\)|\s([A-Z]{2}))$")
_NO_TOWN = re.compile(
    r"^(?:januar|februar|marz|april|mai|juni|juli|august|sept|okt|nov|dez|uhr|euro?|chf|fr\.|stuck|jahre|tage"
    r"|seiten?|kwh|m2|kg|mm|cm|prozent|personen|mitglieder|janvier|"
    r"fevrier|mars|avril|juin|juillet|aout|decembre|annee|jours|gennaio|febbraio|marzo|giorni|persone|years"
    r"|days|people|units|gb|mb|small|copies|art)\b"
)
_HOUSE_BEFORE = re.compile(r"\d\s?[a-z]?$|(?:postfach|case postale|casella postale|box|pf|c\.?p\.?|nl|pl)$")
_LONGEST = 4
_QUOTES = "\"'„“”«»‘’`´"  # specks on the paper come back as these


@dataclass(frozen=True, slots=True)
class TownSeen:
    """Postcode and town at the end of a text, from *start* on; *country* where the writing tells it."""

    start: int
    postcode: str
    town: str
    country: str


def town_in(text: str) -> TownSeen | None:
    """Return the postcode and town with which a text ends, None if it does not end so.

    >>> town_in("CH-8OO1 Zürich"), town_in("Bern, 3. März 2026")
    (TownSeen(start=0, postcode='8001', town='Zürich', country='CH'), None)
    """
    text = text.rstrip(" .,;-–").lstrip(_QUOTES)
    for country, pattern in _PATTERNS:
        if (found := pattern.search(text)) and (seen := _seen(found, country)):
            return seen
    return None


def _seen(found: re.Match[str], country: str) -> TownSeen | None:
    groups = found.groupdict()
    postcode, town = found["postcode"], (groups.get("town") or "").strip(" ,-–")
    if code := groups.get("code"):
        country = country_of_code(code)
        if not country:
            return None
    if not country or country == "PL":
        if sum(map(str.isdigit, postcode)) < 2 or _NO_TOWN.match(folded(town)):
            return None
        postcode = as_digits(postcode)
    elif groups.get("code"):
        postcode = as_digits(postcode)
    if country == "GB":
        postcode = _british(postcode)
    if (country == "US" and not town) or not _begins_here(found):
        return None
    if len(town.split()) > _LONGEST + 2 or (town and not town[0].isupper() and not town.startswith("'")):
        return None
    if (
        len(postcode) == 5
        and postcode.isdigit()
        and country in {"", "IT"}
        and (province := _PROVINCE.search(town))
    ):
        town, country = town[: province.start()].strip(), "IT"
    return TownSeen(_start(found, town), postcode, town.rpartition(",")[2].strip(), country)


def _british(postcode: str) -> str:
    """Return a British postcode with figures where they belong: `WIB 2ES` is W1B 2ES, `EH2 ARG` EH2 4RG."""
    outward, _, inward = postcode.partition(" ")
    if not any(map(str.isdigit, outward)):
        outward = outward[0] + as_digits(outward[1]) + outward[2:]
    figure = as_digits(inward[:-2].replace("A", "4"))[-1:]
    return f"{outward} {figure}{inward[-2:]}"


def _begins_here(found: re.Match[str]) -> bool:
    """Tell whether a postcode stands where one can: first, or behind a mark, a house number or a post box."""
    groups = found.groupdict()
    if "town" in groups and groups["town"] and found.start("town") < found.start("postcode"):
        return True
    before = found.string[: found.start("code" if groups.get("code") else "postcode")].rstrip()
    return not before or before[-1] in f",;|•·–-/:*°{_QUOTES}" or bool(_HOUSE_BEFORE.search(folded(before)))


def _start(found: re.Match[str], town: str) -> int:
    """Return where postcode and town begin, whichever comes first."""
    groups = found.groupdict()
    starts = [found.start(name) for name in ("code", "postcode") if groups.get(name)]
    if town and found.start("town") < found.start("postcode"):
        last = found.string.rfind(town.rpartition(",")[2].strip(), 0, found.start("postcode"))
        return max(last, found.start("town"))
    return min(starts)
