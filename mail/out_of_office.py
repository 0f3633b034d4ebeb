"""Until when is somebody away, and who stands in?  Read from the words of an automatic answer.

German, French, Italian and English.  A date counts where a phrase says what it is: the day of
return, or the last day away; a date without a year is the next one after the mail was written.
"""

import datetime as dt
import re

from mail.address import Address
from mail.message import OutOfOffice
from mail.notice import ADDRESS

# From January: the names of the months, and what is written for short.
_NAMES = (
    "jan januar jänner january janvier gennaio genn gen", "feb februar february février fevrier févr febbraio febb",
    "mar mär mrz märz maerz march mars marzo", "apr april avril avr aprile", "may mai maggio mag",
    "jun juni june juin giugno giu", "jul juli july juillet juil luglio lug", "aug august août aout agosto ago",
    "sep sept september septembre settembre sett set", "oct okt oktober october octobre ottobre ott",
    "nov november novembre", "dec dez dezember december décembre decembre dicembre dic",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = "(?P<{0}month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:(?:\s|,\s?|\s?de\s)(?P<{0}year>20\d\d))?"
_FORMS = "|".join(
    form.replace("{0}", letter)
    for letter, form in (
        ("a", r"(?P<{0}day>\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?\s{0,2}(?:of\s|de\s|di\s)?" + _MONTH + _YEAR),
        ("b", _MONTH + r"\s{0,2}(?P<{0}day>\d{1,2})(?:st|nd|rd|th)?\b" + _YEAR),
        ("c", r"(?P<{0}year>20\d\d)-(?P<{0}month>\d{1,2})-(?P<{0}day>\d{1,2})\b"),
        (
            "d",
            r"(?P<{0}day>\d{1,2})[./-]\s?(?P<{0}month>\d{1,2})(?:[./-]\s?(?P<{0}year>(?:20)?\d\d)\b|\.|\b)",
        ),
    )
)
_DAY_OF_WEEK = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lune|marte|mercole|giove|vener)d[iì]|sabato|domenica"
    r"|mo|di|mi|do|fr|sa|so)[.,]{0,2}\s"
)
_ARTICLE = r"(?:(?:the|le|il|dem|den|der|einschliesslich|incl\.?|and including)\s|l['’])"
_DATE = rf"(?:{_ARTICLE}){{0,2}}(?:{_DAY_OF_WEEK})?(?:{_ARTICLE})?(?:{_FORMS})"
_BACK = re.compile(
    r"(?:\b(?:back|return(?:ing)?|available again|reachable again|resume\w*)\b(?:\s\w+){0,6}?"
    r"(?:\s(?:on|from|by|as of))?"
    r"|\b(?:wieder|zur[uü]ck)\b(?:\s\w+){0,5}?\s(?:ab|am|seit|per)"
    r"|\b(?:ab|am)(?=\s(?:\w+[,.]?\s){0,2}?\d{1,2}\.(?:\s?\w+){0,3}?\s(?:bin ich\s)?(?:wieder|zur[uü]ck))"
    r"|\b(?:de retour|pr[eé]sente?|reviens|reviendrai|retour|[aà] nouveau|joignable)\b(?:\s[\w'’]+){0,5}?"
    r"\s(?:le|d[eè]s le|[aà] partir du|au)"
    r"|\b(?:rientr|torn)\w+(?:\s[\w'’]+){0,5}?(?:\s(?:il|dal|l['’]))?"
    r"|\b(?:di ritorno|nuovamente|di nuovo|disponibile|presente|reperibile)\b(?:\s[\w'’]+){0,5}?"
    rf"\s(?:il|dal|a partire dal|l['’]))\s{{0,2}}{_DATE}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:until|till|through|thru|up to|bis(?: und mit| einschlie(?:ss|ß)lich| zum)?|jusqu['’]au|fino al"
    rf"|sino al|to|au|al)\s{{1,2}}|\bfino all['’]|\s[-–]\s?){_DATE}",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:out of|away|absent|not in|on (?:leave|vacation|holiday)|unavailable|travel|abwesend|ferien|urlaub"
    r"|nicht (?:im|da|erreichbar)|au(?:ss|ß)er haus|absence|cong[eé]|vacances|assente|assenza|ferie|fuori|ufficio"
    r"|bis|until|jusqu|fino)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?:\bcontact|write to|reach out to|turn to|refer to|(?:please|can) (?:e-?mail|call)|wenden sie sich|kontaktieren"
    r"|schreiben sie|stellvertret\w*|vertret\w*|vertritt|in dringenden|dringende|contacter|adresse[rz]|[eé]cri[rv]\w+"
    r"|remplac\w+|joindre|urgence|contatt\w+|rivolg\w+|scriver\w+|sostitu\w+|urgen\w+)"
    rf"[^@]{{0,240}}?(?<![^\s<(\[:,;])(?P<address>{ADDRESS})",
    re.IGNORECASE,
)
_READ = 4_000
_AHEAD = dt.timedelta(days=31)


def out_of_office(text: str, written: dt.datetime | None, own: frozenset[str]) -> OutOfOffice | None:
    """Return what an automatic answer says of an absence; None if neither date nor substitute is named.

    *own* are the keys of the author's addresses: nobody stands in for himself.
    """
    text = text[:_READ]
    flat = " ".join(text.split())
    back = _day(_BACK.search(flat), written)
    until = _day(_UNTIL.search(flat), written) if _AWAY.search(flat) else None
    named = (Address.parse(found["address"]) for found in _INSTEAD.finditer(text))
    address = next((each for each in named if each and each.key not in own), None)
    if back is None and until is None and address is None:
        return None
    return OutOfOffice(back, until, address)


def _day(found: re.Match[str] | None, written: dt.datetime | None) -> dt.date | None:
    """Return the day that a phrase names, with the year that is left out."""
    if found is None:
        return None
    named = found.groupdict()
    for form in "abcd":
        if named[f"{form}day"]:
            month = named[f"{form}month"].lower()
            number = int(month) if month.isdecimal() else _MONTHS[month]
            return _dated(int(named[f"{form}day"]), number, named[f"{form}year"], written)
    return None


def _dated(day: int, month: int, year: str | None, written: dt.datetime | None) -> dt.date | None:
    try:
        if year:
            return dt.date(int(year) % 100 + 2000, month, day)
        if written is None:
            return None
        this = dt.date(written.year, month, day)
        return this if this >= written.date() - _AHEAD else dt.date(written.year + 1, month, day)
    except (ValueError, OverflowError):
        return None
