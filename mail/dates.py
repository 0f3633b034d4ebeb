"""When was it written?  The date forms of mail headers, old and broken ones too."""

import re
from datetime import UTC, datetime, timedelta, timezone

# The first three letters, in English and as mailers with a German, French or Italian system write them.
_MONTHS = {
    "jan": 1, "jän": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "avr": 4,
    "may": 5, "mai": 5, "mag": 5, "jun": 6, "giu": 6, "jul": 7, "lug": 7, "aug": 8, "aoû": 8, "aou": 8, "ago": 8,
    "sep": 9, "set": 9, "oct": 10, "okt": 10, "ott": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12,
}  # fmt: skip
ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "mez": 1,
    "cest": 2, "mest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9,
}  # fmt: skip
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\b)?"
_ZONE = r"\s*(?P<zone>[+-]\s?\d{1,2}:?\d{2}\b|[A-Za-z]{1,5}\b(?:\s?[+-]\d{4}\b)?)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})"
_FORMS = (
    # RFC 5322 and its obsolete form: Tue, 24 Nov 2026 14:35:27 +0100
    re.compile(
        rf"(?:[^\W\d_]+\.?\s*,?\s*)?(?P<day>\d{{1,2}})\.?[\s-]*{_MONTH}\.?,?[\s-]*(?P<year>\d{{2,5}})[\s,]+{_CLOCK}{_ZONE}"
    ),
    # asctime: Tue Nov 24 14:35:27 2026
    re.compile(
        rf"[^\W\d_]+,?\s+{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+{_CLOCK}\s+(?P<zone>[A-Za-z]{{1,5}}\s+)?(?P<year>\d{{4}})"
    ),
    # asctime with the zone behind
    re.compile(rf"[^\W\d_]+,?\s+{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})\s+{_CLOCK}{_ZONE}"),
    # ISO 8601: 2026-11-24T14:35:27+01:00
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[T\s]\s*{_CLOCK}{_ZONE}"),
)
_COMMENT = re.compile(r"\([^()]*\)")


def read_date(value: str) -> datetime | None:
    """Return the time that a Date field names, aware and with its own offset.

    A missing, unknown or impossible zone is UTC.  None if no form fits.
    """
    value = _COMMENT.sub(" ", value[:200]).strip()
    for form in _FORMS:
        found = form.match(value)
        if found and (when := _from(found)):
            return when
    return None


def _from(found: re.Match[str]) -> datetime | None:
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.get(month[:3].lower())
    if number is None:
        return None
    year = int(found["year"])
    if year < 1000:  # RFC 5322, 4.3
        year += 2000 if year < 50 else 1900
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    second = min(int(found["second"] or 0), 59)  # a leap second has no datetime
    try:
        when = datetime(
            year, number, int(found["day"]), hour, int(found["minute"]), second, tzinfo=_zone(found["zone"])
        )
        when.astimezone(UTC)  # tables keep it so, and the last hours of the year 9999 have no such form
    except (ValueError, OverflowError):
        return None
    return when


def _zone(written: str | None) -> timezone:
    if not written:
        return UTC
    written = written.replace(" ", "").replace(":", "")
    name = written.rstrip("+-0123456789").lower()
    digits = written[len(name) :]
    if not digits:
        return timezone(timedelta(hours=ZONES[name])) if ZONES.get(name) else UTC
    minutes = int(digits[-2:]) + 60 * int(digits[1:-2] or 0)
    if not 0 < minutes < 24 * 60:
        return UTC
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))
