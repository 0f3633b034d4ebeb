"""What do people write in four languages, and how do they sign?"""

import random
from collections.abc import Sequence
from typing import Final

from benchmarks.matching.directory import Firm, Human
from benchmarks.matching.firms import at_home
from benchmarks.matching.names import plain

SUBJECTS: Final = {
    "de": ("Offerte", "Ihre Rechnung", "Termin nächste Woche", "Rückfrage", "Lieferung", "Unterlagen"),
    "fr": ("Offre", "Votre facture", "Rendez-vous", "Question", "Livraison", "Documents"),
    "it": ("Offerta", "La vostra fattura", "Appuntamento", "Domanda", "Consegna", "Documenti"),
    "en": ("Quotation", "Your invoice", "Meeting next week", "A question", "Delivery", "Documents"),
}
_SALUTATIONS: Final = {
    "de": ("Sehr geehrte Damen und Herren", "Guten Tag Frau Keller", "Liebe Eva", "Grüezi"),
    "fr": ("Madame, Monsieur", "Bonjour Madame Keller", "Chère Eva", "Bonjour"),
    "it": ("Gentili Signore e Signori", "Buongiorno signora Keller", "Cara Eva", "Buongiorno"),
    "en": ("Dear Sir or Madam", "Dear Ms Keller", "Hi Eva", "Hello"),
}
_SENTENCES: Final = {
    "de": (
        "Besten Dank für Ihre Nachricht von gestern.",
        "Könnten Sie uns bitte den Stand der Arbeiten mitteilen?",
        "Wir haben 12 Stück bestellt, geliefert wurden aber nur 10.",
        "Der Termin vom 14. passt uns leider nicht, ginge auch der 17.?",
        "Die Rechnung Nr. 2026-3381 ist bei uns eingegangen.",
        "Für eine kurze Rückmeldung wären wir dankbar.",
    ),
    "fr": (
        "Merci de votre message d’hier.",
        "Pourriez-vous nous dire où en sont les travaux ?",
        "Nous avons commandé 12 pièces, mais 10 seulement ont été livrées.",
        "La date du 14 ne nous convient pas, le 17 serait-il possible ?",
        "Nous avons bien reçu la facture n° 2026-3381.",
        "Une brève réponse nous rendrait service.",
    ),
    "it": (
        "Grazie per il suo messaggio di ieri.",
        "Potrebbe dirci a che punto sono i lavori?",
        "Abbiamo ordinato 12 pezzi, ma ne sono arrivati solo 10.",
        "La data del 14 purtroppo non va bene, sarebbe possibile il 17?",
        "Abbiamo ricevuto la fattura n. 2026-3381.",
        "Saremmo grati di una breve risposta.",
    ),
    "en": (
        "Thank you for your message of yesterday.",
        "Could you please let us know how the work is getting on?",
        "We ordered 12 pieces, but only 10 were delivered.",
        "The 14th does not suit us I am afraid, would the 17th be possible?",
        "We have received invoice no. 2026-3381.",
        "A short reply would be appreciated.",
    ),
}
_CLOSINGS: Final = {
    "de": ("Freundliche Grüsse", "Mit freundlichen Grüßen", "Beste Grüsse", "Herzliche Grüsse"),
    "fr": ("Meilleures salutations", "Cordialement", "Bien à vous"),
    "it": ("Cordiali saluti", "Distinti saluti", "Un cordiale saluto"),
    "en": ("Kind regards", "Best wishes", "Yours sincerely"),
}
CUSTOMER_NUMBER: Final = {
    "de": (
        "Unsere Kundennummer: {}",
        "Kundennr. {}",
        "Kunden-Nr.: {}",
        "Wir sind Kunde bei Ihnen, Kundennummer {}.",
    ),
    "fr": ("Notre numéro de client : {}", "N° client {}", "No de client: {}"),
    "it": ("Il nostro numero cliente: {}", "N. cliente {}", "Codice cliente: {}"),
    "en": ("Our customer number is {}", "Customer no. {}", "Customer number: {}"),
}
BY_CHANCE: Final = {
    "de": ("Die Bestellung {} ist noch offen.", "Es geht um das Gerät mit der Seriennummer {}."),
    "fr": ("La commande {} est encore ouverte.", "Il s’agit de l’appareil, numéro de série {}."),
    "it": ("L’ordine {} è ancora aperto.", "Si tratta dell’apparecchio con il numero di serie {}."),
    "en": ("The order {} is still open.", "This is about the machine with the serial number {}."),
}
NAMING: Final = {
    "de": "Wir arbeiten seit Jahren auch für {firm}, dort kennt uns {name} ({phone}) bestens.",
    "fr": "Nous travaillons depuis des années aussi pour {firm} ; {name} ({phone}) nous connaît bien.",
    "it": "Da anni lavoriamo anche per {firm}; {name} ({phone}) ci conosce bene.",
    "en": "We have been working for {firm} for years; {name} ({phone}) knows us well.",
}


def letter(
    chance: random.Random, language: str, signed: Sequence[str] = (), *, says: str = "", quoted: str = ""
) -> str:
    """Return the text of a mail: what it *says* among what everybody says, lines of a signature, what it quotes."""
    sentences = chance.sample(_SENTENCES[language], k=chance.randint(1, 4))
    if says:
        sentences.insert(chance.randint(0, len(sentences)), says)
    lines = [f"{chance.choice(_SALUTATIONS[language])},", "", *sentences, ""]
    if signed:
        lines += [chance.choice(_CLOSINGS[language]), *([""] if chance.random() < 0.5 else []), *signed]
    if quoted:
        lines += ["", *(f"> {line}" for line in quoted.splitlines())]
    return "\n".join(lines) + "\n"


def signature(
    chance: random.Random,
    name: str,
    firm: Firm | None,
    *,
    function: str = "",
    phone: str = "",
    mark: bool = True,
) -> list[str]:
    """Return the lines of a signature; numbers as people write them."""
    lines = [name, *([function] if function else [])]
    if firm:
        lines += [firm.name, firm.place]
    if phone:
        written = phone if chance.random() < 0.6 else at_home(phone)
        lines.append(f"{chance.choice(('Tel. ', 'T ', 'Mobile: ', ''))}{written}")
    return ["-- ", *lines] if mark and chance.random() < 0.4 else lines


def shown(chance: random.Random, human: Human, firm: Firm | None = None) -> str:
    """Return the name that somebody's mail program gives, in one of the usual ways."""
    way = chance.random()
    given = human.given.split()[0] if chance.random() < 0.3 else human.given
    name = f"{given} {human.family}"
    if way < 0.08:
        return f"{human.family} {given}"
    if way < 0.13:
        return f"{human.family}, {given}"
    if way < 0.2:
        return plain(name)
    if way < 0.23:
        return name.upper()
    if way < 0.28 and firm:
        return f"{name} ({firm.name})"
    return f"{human.title} {name}" if human.title and way < 0.6 else name
