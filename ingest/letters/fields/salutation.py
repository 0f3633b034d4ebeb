"""Which line greets the reader?  It parts the head of a letter from its text."""

import re
from collections.abc import Sequence

from ingest.letters.fields.layout import Piece
from ingest.letters.fields.spelling import folded

_SALUTATION = re.compile(
    r"^(?:sehr (?:geehrt|verehrt|geschatzt)|geehrte|verehrte|guten tag|gruezi|liebe[rs]?\s|hallo\b|werte[rs]?\s"
    r"|geschatzte[rs]?\s|an alle\b"
    r"|(?:chere?s?|tres chere?s?|cheres?)\s|bonjour|(?:madame|monsieur|mesdames|messieurs|mademoiselle|maitre"
    r"|docteur)(?:[\s,]|$)"
    r"|egregi[oa]?|gentil(?:e|i|issim[oaie])\s|gent\.?(?:ma|mo|mi)\b|spettabil[ei]|spett\.|stimat[oaie]\s"
    r"|car[oaie]\s|buongiorno|alla cortese attenzione"
    r"|dear\b|to whom it may concern|hello\b|hi\b|good (?:morning|afternoon)|geachte|beste\s|dag\s|estimad[oa]s?)"
)
_FRENCH_TITLE = re.compile(
    r"^(?:(?:madame|monsieur|mesdames|messieurs|mademoiselle|maitre|docteur|et|ou|le|la|directeur|directrice"
    r"|president|presidente|et chers?|collegues?|clients?)[\s,!]*)+$"
)
_LONGEST = 75


def salutation_in(pieces: Sequence[Piece], below: float) -> Piece | None:
    """Return the line that greets on a page, the first one further down than *below* millimetres."""
    for piece in pieces:
        plain = folded(piece.text).strip()
        if piece.box.top < below or len(plain) > _LONGEST or not _SALUTATION.match(plain):
            continue
        if plain.startswith(
            ("madame", "monsieur", "mesdames", "messieurs", "mademoiselle", "maitre", "docteur")
        ):
            # Not the line of an address: that names somebody, and has no comma at its end.
            if not _FRENCH_TITLE.match(plain) and not plain.endswith((",", "!")):
                continue
        elif any(map(str.isdigit, plain)) or (plain.endswith(".") and not plain.endswith(("sig.", "ff."))):
            continue
        return piece
    return None
