"""Numbers that carry their own check: accounts, tax numbers, and telephones as each country writes them."""

from random import Random
from typing import Final

# Digits behind the check of an account, by country; Italian and British ones begin with letters.
_ACCOUNT_LENGTHS: Final = {"DE": 18, "CH": 17, "AT": 16, "FR": 23, "IT": 23, "GB": 18}
_PREFIXES: Final = {"GB": ("BARC", "LOYD", "NWBK"), "IT": ("X", "K", "A")}
_DIALLING: Final = {
    "DE": ("49", ("431", "711", "911", "30", "40", "351")),
    "CH": ("41", ("44", "31", "61", "71", "52", "21", "22", "91", "81")),
    "AT": ("43", ("1", "732", "512")),
    "FR": ("33", ("1", "3", "4", "5")),
    "IT": ("39", ("051", "055", "010", "045")),
    "GB": ("44", ("113", "117", "161", "131")),
}


def digits(random: Random, number: int) -> str:
    """Return so many digits, the first of them not 0."""
    return str(random.randrange(1, 10)) + "".join(str(random.randrange(10)) for _ in range(number - 1))


def iban(random: Random, country: str) -> str:
    """Return an account of a country whose check is right, in groups of four."""
    prefix = random.choice(_PREFIXES.get(country, ("",)))
    account = prefix + digits(random, _ACCOUNT_LENGTHS[country] - len(prefix))
    numeric = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    whole = f"{country}{98 - int(numeric) % 97:02}{account}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def tax_number(random: Random, country: str) -> str:
    """Return the number under which a firm pays value added tax, its check right, as it is printed."""
    return {"DE": _german, "CH": _swiss, "AT": _austrian, "FR": _french, "IT": _italian, "GB": _british}[
        country
    ](random)


def phone(random: Random, country: str) -> str:
    """Return a telephone number as an office of a country prints it."""
    code, areas = _DIALLING[country]
    area, rest = random.choice(areas), digits(random, 8)
    if country == "CH":
        local = f"{rest[:3]} {rest[3:5]} {rest[5:7]}"
        return random.choice((f"0{area} {local}", f"+{code} {area} {local}", f"+{code} (0){area} {local}"))
    if country == "FR":
        local = " ".join(rest[at : at + 2] for at in range(0, 8, 2))
        return random.choice(
            (f"0{area} {local}", f"+{code} (0){area} {local}", f"0{area} {local}".replace(" ", "."))
        )
    if country == "IT":
        return random.choice((f"{area} {rest[:7]}", f"+39 {area} {rest[:7]}", f"{area}/{rest[:7]}"))
    if country == "GB":
        return random.choice((f"0{area} {rest[:3]} {rest[3:7]}", f"+44 (0){area} {rest[:3]} {rest[3:7]}"))
    return random.choice(
        (
            f"0{area} {rest[:6]}",
            f"0{area} / {rest[:3]} {rest[3:6]}-0",
            f"+{code} {area} {rest[:6]}",
            f"(0{area}) {rest[:6]}",
        )
    )


def _german(random: Random) -> str:
    body, product = digits(random, 8), 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return f"DE{body}{(11 - product) % 10}"


def _swiss(random: Random) -> str:
    while True:
        body = digits(random, 8)
        check = -sum(int(d) * w for d, w in zip(body, (5, 4, 3, 2, 7, 6, 5, 4), strict=True)) % 11
        if check < 10:
            whole = f"{body}{check}"
            return f"CHE-{whole[:3]}.{whole[3:6]}.{whole[6:]}"


def _austrian(random: Random) -> str:
    body = digits(random, 7)
    doubled = [int(d) * (2 if at % 2 else 1) for at, d in enumerate(body)]
    check = (96 - sum(d // 10 + d % 10 for d in doubled)) % 10
    return f"ATU{body}{check}"


def _luhn(body: str) -> int:
    doubled = [int(d) * (1 if at % 2 else 2) for at, d in enumerate(reversed(body))]
    return -sum(d // 10 + d % 10 for d in doubled) % 10


def _french(random: Random) -> str:
    body = digits(random, 8)
    siren = f"{body}{_luhn(body)}"
    return f"FR {(12 + 3 * (int(siren) % 97)) % 97:02} {siren[:3]} {siren[3:6]} {siren[6:]}"


def _italian(random: Random) -> str:
    body = f"0{digits(random, 6)}{random.randrange(1, 100):03}"
    return f"{body}{_luhn(body)}"


def _british(random: Random) -> str:
    body = digits(random, 7)
    check = -sum(int(d) * w for d, w in zip(body, range(8, 1, -1), strict=True)) % 97 or 97
    whole = f"{body}{check:02}"
    return f"GB {whole[:3]} {whole[3:7]} {whole[7:]}"
