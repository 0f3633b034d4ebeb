"""How are firms called, and which domains and numbers are theirs?  Each code is of one firm alone."""

import random
from typing import Final

from benchmarks.matching.names import family_name, slug

LEGAL_FORMS: Final = {
    "de": ("AG", "GmbH", "KG", "Genossenschaft", "e.V."),
    "fr": ("SA", "Sàrl", "SAS", "SARL"),
    "it": ("S.p.A.", "S.r.l.", "Sagl", "SA"),
    "en": ("Ltd", "plc", "LLP", "Inc."),
}
_TRADES: Final = {
    "de": """Metallbau Schreinerei Treuhand Elektro Gartenbau Druckerei Bäckerei Maschinenbau Immobilien Transporte
        Architektur Ingenieure Informatik Verlag Sanitär Holzbau Uhren Optik Käserei Weinbau""",
    "fr": """Menuiserie Fiduciaire Électricité Jardins Imprimerie Boulangerie Mécanique Immobilier Transports
        Architectes Ingénierie Informatique Éditions Sanitaires Horlogerie Optique Fromagerie Vins""",
    "it": """Falegnameria Fiduciaria Elettricità Giardini Tipografia Panetteria Meccanica Immobiliare Trasporti
        Architetti Ingegneria Informatica Edizioni Orologeria Ottica Caseificio Vini""",
    "en": """Joinery Accountants Electrical Gardens Printing Bakery Engineering Estates Haulage Architects Consulting
        Software Publishing Plumbing Watches Optics Dairy Wines""",
}
_BODIES: Final = {
    "de": ("Stadtwerke", "Gemeinde", "Schulverein", "Spital"),
    "fr": ("Commune de", "Services industriels de", "Hôpital de", "Association de"),
    "it": ("Comune di", "Azienda elettrica di", "Ospedale di", "Associazione di"),
    "en": ("Borough of", "University of", "Friends of", "Museum of"),
}
PLACES: Final = {
    "de": """Zürich Bern Luzern Winterthur Schaffhausen Chur Köln München Nürnberg Lübeck Wien Linz Graz Göttingen
        Wädenswil Dübendorf""",
    "fr": """Genève Lausanne Neuchâtel Fribourg Sion Delémont Lyon Besançon Grenoble Nîmes Orléans Évian Nyon""",
    "it": """Lugano Bellinzona Locarno Mendrisio Milano Como Varese Torino Bergamo Verona Forlì Chiasso""",
    "en": """Bristol Leeds Bath Durham Exeter Lincoln Norwich Oxford Ripon Wells Truro Cork""",
}
_MADE: Final = (
    "va no li tra mo re xi so ka del pra zen cor lu mi ter pha qua nex ori sol dyn vel gra tek bio ".split()
)
_TOPS: Final = {
    "de": ("ch", "ch", "de", "at"),
    "fr": ("ch", "fr"),
    "it": ("ch", "it"),
    "en": ("co.uk", "com"),
}
_LETTERS: Final = "bcdfghjkmnpqrstvwxz"
FREE_MAIL: Final = (
    *("gmail.com", "gmx.ch", "bluewin.ch", "hotmail.com", "outlook.com", "web.de", "t-online.de"),
    *("orange.fr", "libero.it", "yahoo.co.uk", "icloud.com", "protonmail.com"),
)
# Country code, and what stands before seven digits of a firm's telephone and of somebody's mobile.
_DIALLED: Final = {
    "ch": ("41", "44 ", "79 "),
    "de": ("49", "30 2", "151 1"),
    "at": ("43", "1 ", "664 "),
    "fr": ("33", "1 4", "6 1"),
    "it": ("39", "02 8", "347 "),
    "co.uk": ("44", "20 7", "740 "),
    "com": ("44", "20 7", "740 "),
}
_SPREAD: Final = 7_776_371  # has no factor of ten: a number gives each seven digits once


def code(number: int) -> str:
    """Return letters that only this number has."""
    letters = ""
    while number or not letters:
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters


def firm_name(chance: random.Random, language: str, legal_form: str) -> str:
    """Return what a firm is called: after its founder and trade, a made-up word, or a place."""
    kind = chance.random()
    trade, place = chance.choice(_TRADES[language].split()), chance.choice(PLACES[language].split())
    if kind < 0.45:
        return f"{family_name(chance, language)} {trade} {legal_form}"
    if kind < 0.6:
        return f"{family_name(chance, language)} & {family_name(chance, language)} {legal_form}"
    if kind < 0.9:
        return f"{made_up(chance)} {trade} {legal_form}" if kind < 0.75 else f"{made_up(chance)} {legal_form}"
    return f"{chance.choice(_BODIES[language])} {place}"


def made_up(chance: random.Random) -> str:
    """Return a word that marketing people made up: `Novatek`."""
    return "".join(chance.choices(_MADE, k=chance.randint(2, 4))).capitalize()


def domain(chance: random.Random, name: str, number: int, language: str) -> tuple[str, str]:
    """Return a domain that only the firm with this number has, and its top: `keller-bcd.ch`, `ch`."""
    top = chance.choice(_TOPS[language])
    first = name.split(maxsplit=1)[0]
    if language == "de" and chance.random() < 0.15:
        return f"{first.lower().replace('ß', 'ss').strip('.&')}-{code(number)}.{top}", top
    return f"{slug(first).strip('-') or 'firma'}-{code(number)}.{top}", top


def dns_name(domain: str) -> str:
    """Return a domain as it stands in DNS and in headers: `müller.ch` is `xn--mller-kva.ch`."""
    return domain.encode("idna").decode("ascii")


def office_number(top: str, number: int) -> str:
    """Return a firm's telephone number, which no other has."""
    country, before, _ = _DIALLED[top]
    return _dialled(country, before, number)


def mobile_number(top: str, number: int) -> str:
    """Return somebody's mobile number, which nobody else has."""
    country, _, before = _DIALLED[top]
    return _dialled(country, before, number)


def _dialled(country: str, before: str, number: int) -> str:
    digits = f"{number * _SPREAD % 10_000_000:07}"
    return f"+{country} {before}{digits[:3]} {digits[3:5]} {digits[5:]}"


def at_home(phone: str) -> str:
    """Return a number as one writes it within the country: `+41 79 …` is `079 …`; in Italy the zero stays."""
    country, _, rest = phone.partition(" ")
    return rest if country == "+39" else f"0{rest}"
