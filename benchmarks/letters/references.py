"""What a letter calls its references, and what they look like."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.letters import dates, numbers
from benchmarks.letters.parties import Person

OURS, YOURS, CUSTOMER = "our_reference", "your_reference", "customer_number"
_LABELS: Final = {
    OURS: {
        "de": "Unser Zeichen|Unsere Referenz|Unsere Ref.|Unser Az.|Aktenzeichen",
        "fr": "Nos réf.|Notre référence|N/réf.|Nos références",
        "it": "Ns. rif.|Nostro riferimento|Rif. nostro",
        "en": "Our ref|Our reference|Our Ref.",
    },
    YOURS: {
        "de": "Ihr Zeichen|Ihre Referenz|Ihre Ref.|Ihre Zeichen",
        "fr": "Vos réf.|Votre référence|V/réf.|Vos références",
        "it": "Vs. rif.|Vostro riferimento|Rif. vostro",
        "en": "Your ref|Your reference|Your Ref.",
    },
    CUSTOMER: {
        "de": "Kundennummer|Kunden-Nr.|Kundennr.|Kd.-Nr.",
        "fr": "N° client|Numéro de client|N° de client|Réf. client",
        "it": "Codice cliente|N. cliente|Numero cliente",
        "en": "Customer number|Customer no.|Account number|Customer No",
    },
}
_YOUR_LETTER: Final = {
    "de": ("Ihre Nachricht vom", "Ihr Schreiben vom"),
    "fr": ("Votre lettre du",),
    "it": ("Vs. lettera del",),
    "en": ("Your letter of",),
}
_CONTACT: Final = {
    "de": ("Ansprechpartner", "Kontakt", "Sachbearbeiter/in", "Es betreut Sie"),
    "fr": ("Personne de contact", "Affaire suivie par", "Traité par"),
    "it": ("Persona di contatto", "Referente"),
    "en": ("Contact", "Please ask for"),
}
_DIRECT: Final = {
    "de": ("Direktwahl", "Durchwahl", "Telefon"),
    "fr": ("Ligne directe", "Téléphone"),
    "it": ("Linea diretta", "Telefono"),
    "en": ("Direct line", "Telephone"),
}
_DATE: Final = {"de": "Datum", "fr": "Date", "it": "Data", "en": "Date"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of what a letter refers to; *kind* names the field of the truth, "" where it is none."""

    kind: str
    label: str
    value: str


def references(
    random: Random, language: str, writer: Person, direct: str, day: date
) -> tuple[Reference, ...]:
    """Return what a letter of a day refers to, in the order in which it is printed."""
    chosen = [
        kind for kind, share in ((YOURS, 0.5), (OURS, 0.68), (CUSTOMER, 0.38)) if random.random() < share
    ]
    found = [
        Reference(kind, random.choice(_LABELS[kind][language].split("|")), _value(random, kind, writer, day))
        for kind in chosen
    ]
    if random.random() < 0.2:
        earlier = day - timedelta(days=random.randrange(3, 40))
        found.insert(
            1, Reference("", random.choice(_YOUR_LETTER[language]), dates.spelt(random, earlier, language))
        )
    if random.random() < 0.45:
        found.append(Reference("", random.choice(_CONTACT[language]), writer.name))
        if random.random() < 0.6:
            found.append(Reference("", random.choice(_DIRECT[language]), direct))
    return tuple(found)


def date_label(language: str) -> str:
    """Return what stands before a date in a block of references."""
    return _DATE[language]


def _value(random: Random, kind: str, writer: Person, day: date) -> str:
    if kind == CUSTOMER:
        plain = numbers.digits(random, random.choice((5, 6, 8)))
        return random.choice(
            (plain, plain, f"K-{plain}", f"{plain[:-3]} {plain[-3:]}", f"{plain[:2]}.{plain[2:]}")
        )
    initials = f"{writer.given[0]}{writer.family[0]}"
    short, number = writer.family[:3].lower(), random.randrange(10, 9999)
    of_ours = (f"{initials}/{short}", f"{short}-{number}", f"{initials}{number}")
    of_all = (
        f"{day.year}-{number:05}",
        f"{number}/{day:%y}",
        f"{random.choice('ABCDEFGHKLMNPRSTVWZ')}{random.choice('BCDEHKLMPRST')}-{day.year}/{number}",
        f"{random.choice(('AN', 'PO', 'BE', 'VS', 'P'))} {number}",
        f"{random.randrange(10, 99)}.{number:04}",
        numbers.digits(random, 8),
    )
    return random.choice(of_ours + of_all if kind == OURS else of_all)
