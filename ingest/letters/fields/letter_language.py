"""In which language is a letter written?  Told by its text, else by the words of its head and its labels."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.letters.fields.layout import Piece
from ingest.letters.fields.spelling import folded
from mail.language import language_of

_FORMS = {
    "de": r"""
        rechnung\w* betrag menge preis datum kunden\w* mwst zahlbar bezeichnung steuer lieferung summe
        gesamt\w* seite bestellung stuck einzelpreis unser\w* ihre? geehrte\w* grusse
    """,
    "fr": r"""
        facture montant quantite prix client tva designation total~ht total~ttc reglement echeance virement
        notre votre madame monsieur numero livraison commande objet salutations
    """,
    "it": r"""
        fattura importo quantita prezzo cliente iva descrizione totale pagamento scadenza bonifico nostro
        vostro spett egregio gentile numero consegna ordine oggetto saluti
    """,
    "en": r"""
        invoice amount quantity price customer vat description subtotal due payment balance bill ship our
        your dear regards number delivery order subject date the and of for rate tax
    """,
    "nl": r"""
        factuur\w* bedrag aantal prijs klant\w* btw omschrijving totaal betaling vervaldatum uw onze geachte
        artikel bestelling nederland
    """,
    "es": r"""
        factura importe cantidad precio descripcion pago vencimiento nuestro su estimado fecha pedido
    """,
    "pl": r"""
        faktura kwota ilosc cena nabywca sprzedawca termin razem data~wystawienia zaplaty
    """,
}  # ~ is a blank
_BY_FORM = {
    language: re.compile(rf"\b(?:{'|'.join(words.split()).replace('~', ' ')})\b")
    for language, words in _FORMS.items()
}
_PROSE_WORDS = 5
_LONGEST = 20_000


def letter_language(pieces: Sequence[Piece], salutation: Piece | None) -> tuple[str, float]:
    """Return the language as ISO 639-1 and how sure that is; empty and 0 where nothing shows it."""
    votes: Counter[str] = Counter()
    prose = _prose(pieces, salutation)
    for at in range(0, min(len(prose), 1800), 600):
        if language := language_of(prose[at : at + 600]):
            votes[language] += 3
    everything = "\n".join(piece.text for piece in pieces)[:_LONGEST]
    if language := language_of(everything.replace("\n", " ")):
        votes[language] += 2
    plain = folded(everything)
    forms = Counter({language: len(pattern.findall(plain)) for language, pattern in _BY_FORM.items()})
    best, second = (forms.most_common(2) + [("", 0)] * 2)[:2]
    if best[1] >= 2 and best[1] >= 1.3 * second[1]:
        votes[best[0]] += 2 if best[1] >= 4 else 1
    if not votes:
        return "", 0.0
    language, points = votes.most_common(1)[0]
    return language, round(min(0.99, 0.5 + 0.5 * points / max(1, sum(votes.values()))), 3)


def _prose(pieces: Sequence[Piece], salutation: Piece | None) -> str:
    """Return the lines that are sentences, those below the greeting first."""
    lines = [piece for piece in pieces if len(re.findall(r"[^\W\d_]{2,}", piece.text)) >= _PROSE_WORDS]
    if salutation is not None:
        at = (salutation.page, salutation.box.top)
        lines.sort(key=lambda piece: (piece.page, piece.box.top) < at)
    return " ".join(line.text for line in lines)
