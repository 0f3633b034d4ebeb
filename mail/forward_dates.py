"""When was it written?  Dates as mail clients type them for people, in many languages."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from mail.dates import ZONES, read_date

# Beginnings of the names of months; the longest that fits counts.  Three mean two months: Croats call
# June, July and October what Poles and Czechs call July, August and November.
_MONTHS_TABLE = {
    1: "jan jän janv gen ene ian ιαν янв січ сич led sty stycz oca ocak saus tammi jaan sij sije яну",
    2: "feb fév fev febr febb ber lut lút úno veebr helmi vas veljača velj şub sub фев лют φεβ",
    3: "mar mär mrz märz mars marzo març maart mrt marts märts martie "
    "bře břez kov ožu ožuj maalis márc márciu мар бер бере μαρ μάρ",
    4: "apr avr abr ápr dub kwi bal balan tra travnja travanj huhti nis апр кві квіт απρ",
    5: "may mai maj mag máj mei kvě květ geg svi svib touko maijs toukok мая май тра трав μαι μαϊ μάι μαΐ",
    6: "jun jún giu juin juni june čvn červn červen cze czerw bir "
    "lip lipnj lipan kesä jūn juuni haz iun ιουν июн чер черв юни",
    7: "jul júl lug juil juli july čvc červenc lip lipc lipie liep "
    "srp srpnj srpan heinä jūl juuli tem iul ιουλ июл лип липн юли",
    8: "aug aoû aou ago srp srpn sie sierp rugp kol elo elok ağu agu авг сер серп αυγ αύγ agt avg agos",
    9: "sep set sept zář wrz rugs ruj syys szept eyl сен вер верес σεπ szep",
    10: "oct okt ott out říj paź lis spal lok loka eki окт жов οκτ oktoo",
    11: "nov noi noe lis listopadu lapkr stu stud marras kas noiem ноя лис лист νοε νοέ ное",
    12: "dec dez déc dic des dets pro pros gru gruod joulu ara дек гру δεκ dek",
}
_MONTHS: dict[str, tuple[int, ...]] = {}
for _number, _stems in _MONTHS_TABLE.items():
    for _stem in _stems.split():
        _MONTHS[_stem] = (*_MONTHS.get(_stem, ()), _number)
_ZONES = ZONES | {
    "oez": 2, "oesz": 3, "wez": 0, "wesz": 1, "hec": 1, "hnec": 1, "haec": 2, "hnee": 2, "haee": 3,
    "mesz": 2, "trt": 3, "akst": -9, "akdt": -8, "hst": -10, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "sast": 2, "brt": -3, "art": -3,
}  # fmt: skip
_EVENING = (
    "pm",
    "p.m",
    "p. m",
    "nachm",
    "下午",
    "午後",
    "오후",
    "ös",
    "du.",
    "μμ",
    "μ.μ",
    "пп",
    "em.",
    "e.m",
)
_HALF = r"[ap]\.?\s?m\b\.?|上午|下午|午前|午後|오전|오후|öö\b|ös\b|πμ\b|μμ\b|π\.μ\.|μ\.μ\.|\bde\.|\bdu\."
_TIME = re.compile(
    rf"(?:(?P<before>{_HALF})\s?)?(?<![\d.:])(?P<hour>\d{{1,2}})\s?[:時时시h]\s?(?P<minute>\d{{2}})분?(?!\d)"
    rf"(?:[:分](?P<second>\d{{2}})(?!\d)(?:[.,]\d{{1,9}})?)?\s?(?P<after>{_HALF})?",
    re.IGNORECASE,
)
_DOTTED_TIME = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\.(?P<second>\d{2}))?(?![\d.])(?P<before>)(?P<after>)"
)
_ZONE = re.compile(
    r"(?:\b(?:gmt|utc|z)\s?)?(?<![\d/.-])(?P<sign>[+\u2212-])\s?(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?![\d/.-])"
    r"|\b(?P<name>[a-z]{1,5})\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\.?\s?(?:[-./]|年|년)\s?(?P<month>\d{1,2})\s?(?:[-./]|月|월)\s?(?P<day>\d{1,2})(?!\d)"
)
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+th(?:áng|g)\s+(?P<month>\d{1,2}),?\s+(?:năm\s+)?(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})\s?(?P<mark>[-./])\s?(?P<other>\d{1,2})\s?[-./]\s?(?P<year>\d{4}|\d{2})(?!\d)"
)
_YEAR_WITH_DOT = re.compile(r"\d{4}\.")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202c\u2068\u2069\ufeff"))
_Day = tuple[int, int, int]  # year, month, day


def typed_date(text: str, near: datetime | None) -> datetime | None:
    """Return the time that a typed date names; None if it has no known form.

    *near* is when the mail that holds it was written, somewhat later: it decides between
    day and month where both orders are possible, and lends its zone where none is typed.
    """
    text = unicodedata.normalize("NFKC", text[:160].translate(_MARKS)).strip()
    if not any(character.isdecimal() for character in text):
        return None
    clock = _TIME.search(text)
    rest = f"{text[: clock.start()]} ; {text[clock.end() :]}" if clock else text
    days, rest = _days(rest, us=bool(clock and (clock["after"] or clock["before"])))
    day = _nearest(days, near)
    if day is None:
        return read_date(text)
    clock = clock or _DOTTED_TIME.search(rest)
    behind = clock.string[clock.end() :] if clock else ""
    return _at(day, clock, _zone(behind) or (near.tzinfo if near else None) or UTC)


def _days(text: str, *, us: bool) -> tuple[list[_Day], str]:
    """Return the days that a text may mean, the likeliest first, and the text without them."""
    for form in (_YEAR_FIRST, _NUMBERED_MONTH):
        if found := form.search(text):
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            return [(year, month, day)], _without(found)
    found = _NUMBERS.search(text)
    if found is None or (found["mark"] != "/" and len(found["year"]) == 2):
        # Danes write the time of day with dots, so that it looks like a short date.
        words = _in_words(text)
        if words or found is None:
            return words, text
    one, other, year = int(found["one"]), int(found["other"]), _year(found["year"])
    days = [(year, other, one), (year, one, other)]
    return days[::-1] if us and found["mark"] == "/" else days, _without(found)


def _without(found: re.Match[str]) -> str:
    return f"{found.string[: found.start()]} ; {found.string[found.end() :]}"


def _in_words(text: str) -> list[_Day]:
    """Return the days that a date with a month in letters may mean."""
    tokens = [token.casefold() for token in _WORDS.findall(text)]
    days = [
        at for at, token in enumerate(tokens) if token.isdecimal() and len(token) < 3 and 0 < int(token) < 32
    ]
    months = [(at, found) for at, token in enumerate(tokens) if (found := _months(token))]
    # A month behind its day is surer than one before: `mar. 3 mars` is a Tuesday.
    near = [
        (2 * abs(at - day) + (at < day), day, found)
        for at, found in months
        for day in days
        if abs(at - day) < 4
    ]
    if not near:
        return []
    _, day, found = min(near)
    years = [int(token) for token in tokens if token.isdecimal() and len(token) == 4]
    years += [_year(tokens[at]) for at in days if at != day and len(tokens[at]) == 2]
    if len(found) > 1 and not _YEAR_WITH_DOT.search(text):  # Croats put a dot behind the year
        found = found[::-1]
    return [(year, month, int(tokens[day])) for year in years[:1] for month in found]


def _months(token: str) -> tuple[int, ...] | None:
    if not token.isdecimal():
        for length in range(min(len(token), 9), 2, -1):
            if found := _MONTHS.get(token[:length]):
                return found
    return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _nearest(days: list[_Day], near: datetime | None) -> _Day | None:
    """Return the first day that exists and is not after *near*; else the first that exists."""
    existing = [day for day in days if _exists(day)]
    if near is not None and len(existing) > 1:
        latest = near + timedelta(days=2)
        for day in existing:
            if day <= (latest.year, latest.month, latest.day):
                return day
    return existing[0] if existing else None


def _exists(day: _Day) -> bool:
    try:
        datetime(*day, tzinfo=UTC)
    except ValueError:
        return False
    return True


def _at(day: _Day, clock: re.Match[str] | None, zone: tzinfo) -> datetime | None:
    hour, minute, second = (
        (int(clock[part] or 0) for part in ("hour", "minute", "second")) if clock else (0, 0, 0)
    )
    half = ((clock["after"] or clock["before"] or "") if clock else "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_EVENING) else 0)
    try:
        when = datetime(*day, hour, minute, min(second, 59), tzinfo=zone)
        when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return when


def _zone(behind: str) -> tzinfo | None:
    """Return the zone that is typed behind the time of day."""
    for found in _ZONE.finditer(behind[:60]):
        if found["sign"]:
            minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
            if minutes < 15 * 60:
                return timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes))
        elif (name := found["name"].lower()) in _ZONES and not _signed(behind, found.end()):
            return timezone(timedelta(hours=_ZONES[name]))
    return None


def _signed(text: str, position: int) -> bool:
    return text[position : position + 3].lstrip()[:1] in ("+", "-", "\u2212")
