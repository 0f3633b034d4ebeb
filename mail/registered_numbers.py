"""Under which number is a firm known to banks and authorities?  IBAN, UID and VAT number, as tables keep them.

Written with blanks, dots or small letters they are the same number.  What fails its own
check digits is none: a slip of the pen must not name somebody else.
"""

import re

_BETWEEN = re.compile(r"[\s.\-/ ]+")
# ISO 13616: how long an account number is in each country, with country code and check digits.
_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip
_VAT = re.compile(
    r"ATU\d{8}|BE[01]\d{9}|CZ\d{8,10}|DE\d{9}|DK\d{8}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB\d{9}|HU\d{8}|"
    r"IT\d{11}|LU\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|SE\d{12}|SI\d{8}|SK\d{10}"
)
_UID = re.compile(r"CHE(\d{9})(?:MWST|TVA|IVA|HR)?")
_UID_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4)  # eCH-0108


def iban(text: str) -> str | None:
    """Return the account number with which *text* begins, None if there is none.

    >>> iban("CH93 0076 2011 6238 5295 7 BIC")
    'CH9300762011623852957'
    """
    compact = _compact(text)
    number = compact[: _IBAN_LENGTHS.get(compact[:2], 0)]
    if len(number) != _IBAN_LENGTHS.get(compact[:2]) or not number.isascii() or not number.isalnum():
        return None
    digits = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return number if number[2:4].isdigit() and int(digits) % 97 == 1 else None


def uid(text: str) -> str | None:
    """Return the number of a firm in the Swiss register, None if *text* is none.

    >>> uid("che-116.281.710 MWST")
    'CHE116281710'
    """
    found = _UID.fullmatch(_compact(text))
    if found is None:
        return None
    *digits, check = map(int, found[1])
    rest = 11 - sum(map(int.__mul__, _UID_WEIGHTS, digits)) % 11
    return f"CHE{found[1]}" if check == rest % 11 else None


def vat(text: str) -> str | None:
    """Return the VAT number of a firm in the European Union, None if *text* is none.

    >>> vat("ATU 1234 5678")
    'ATU12345678'
    """
    compact = _compact(text)
    return compact if _VAT.fullmatch(compact) else None


def registered_number(text: str) -> tuple[str, str] | None:
    """Return which kind of number *text* is as a whole ("iban", "uid" or "vat"), and the number; None if none.

    >>> registered_number("CHE-116.281.710 MWST"), registered_number("CH93 0076 2011 6238 5295 8")
    (('uid', 'CHE116281710'), None)
    """
    number = iban(text)
    if number is not None and number == _compact(text):
        return "iban", number
    for kind, read in (("uid", uid), ("vat", vat)):
        if (number := read(text)) is not None:
            return kind, number
    return None


def spaced(number: str) -> str:
    """Return a number as people write it.

    >>> spaced("CH9300762011623852957"), spaced("CHE116281710"), spaced("ATU12345678")
    ('CH93 0076 2011 6238 5295 7', 'CHE-116.281.710', 'ATU12345678')
    """
    if uid(number):
        return f"{number[:3]}-{number[3:6]}.{number[6:9]}.{number[9:]}"
    return " ".join(re.findall(r".{1,4}", number)) if iban(number) == number else number


def _compact(text: str) -> str:
    return _BETWEEN.sub("", text).upper()
