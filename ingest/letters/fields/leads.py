"""Which words lead to a name or an address, and are no part of it?"""

import re

from ingest.letters.fields.spelling import folded

_LEAD = re.compile(
    r"^(?:sold by|siege social|sede legale|regd\.? office|registered office|corporate office|head office"
    r"|absender|expediteur|exp\.|abs\.|mittente|mitt\.|courrier|adresse?|kontoinhaber|titulaire(?: du compte)?"
    r"|intestatario|account (?:name|holder)|beneficiary|bank|empfanger|zugunsten(?: von)?|en faveur de"
    r"|a favore di|geschaftsfuhrer|von|from|payable to|payee)\s*:\s*"
)


def without_lead(text: str) -> str:
    """Return a text without the words that lead to a name: `Siège social : `, `Absender: `."""
    found = _LEAD.match(folded(text))
    return text[found.end() :] if found else text
