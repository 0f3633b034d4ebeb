"""Which number is dialled, however it is written?"""

import re

import phonenumbers

LONGEST_KEY = 40
_AT_HOME_ONLY = re.compile(r"\(0\)")


def phone_key(written: str, country: str = "CH") -> str:
    """Return a number as everybody may dial it: E.164, `;ext=` and the extension where it has one (RFC 3966).

    Without a country code it is one of *country* (ISO 3166-1).  What can be no number there, say an
    extension alone, is left with its digits; empty where there is none.

    >>> phone_key("+41 (0)44 123 45 67"), phone_key("044 123 45 67 int. 12"), phone_key("intern 23")
    ('+41441234567', '+41441234567;ext=12', '23')
    """
    text = _AT_HOME_ONLY.sub("", written).strip()
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return _digits(text)
    if not phonenumbers.is_possible_number(number):
        return _digits(text)
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{key};ext={number.extension}"[:LONGEST_KEY] if number.extension else key


def is_country(code: str) -> bool:
    """Tell whether two capital letters are a country with telephones: all of ISO 3166-1 that has people."""
    return code in phonenumbers.SUPPORTED_REGIONS


def _digits(text: str) -> str:
    international = text.startswith(("+", "00"))
    digits = re.sub(r"\D", "", text)
    return f"+{digits.removeprefix('00')}"[:LONGEST_KEY] if international else digits[:LONGEST_KEY]
