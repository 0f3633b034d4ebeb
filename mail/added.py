"""Did a gateway or a mailing list add this?  Warnings above what somebody wrote, footers and notices below it."""

import re

from mail.signature import looks_like_contacts
from mail.signature_marks import ADDRESSEE, APPENDED, CONFIDENTIAL

_LONGEST_WARNING, _LONGEST_FOOTER = 1_500, 8_000
_CARD_LINES = 2
_LONGEST_TAG = 20
# A warning has two of them: that the mail is from elsewhere, and what it warns of.
_ELSEWHERE = re.compile(
    r"\bextern|\boutside\b|ausserhalb|außerhalb|\bexterieur|\bextérieur|\besterno|\besterna|\bfuori\b|\bbuiten\b"
    r"|\bfuera\b|\bexterno|unknown sender|unbekannte[nr]? absender|first[- ]time sender|(?:not|n['’]t) often get"
    r"|nicht (?:oft|häufig) (?:eine )?e-?mail|pas souvent d['’]e-?mail|non si ricevono spesso",
    re.IGNORECASE,
)
_WARNED = re.compile(
    r"caution|warning|beware|be careful|suspicious|phishing|do not click|don't click|learn why|safe"
    r"|e-?mail|message|sender|organi[sz]ation|vorsicht|achtung|warnung|hinweis|absender|nachricht|klicken|anh[aä]ng"
    r"|attention|prudence|avertissement|courriel|expéditeur|cliquez|attenzione|avviso|mittente|messaggio|cliccare"
    r"|let op|afzender|bericht|precaución|advertencia|remitente|correo",
    re.IGNORECASE,
)
_RULE = re.compile(r"\W*(?:[-_=*~#–—]{3,}|--[ \t]*(?:\n|$))")
# Each needs one of its second pattern beside it: people write such words, too.
_LISTS = (
    r"mailing[- ]?list|unsubscribe|mailman|listinfo|list-?archive|google groups|abonnement|abbestellen"
    r"|abmelden|austragen|verteiler|liste de diffusion|d[ée]sabonner|d[ée]sinscri|lista di distribuzione"
    r"|disiscri|cancellar|afmelden|suscripci"
)
_SCANNED = r"scan|gepr[üu]ft|überprüft|checked|v[ée]rifi|analizz|frei\b|free\b|by \w|durch \w"
_FILES = r"attachment|anhang|anh[äa]nge|pi[èe]ces? jointes?|allegat|bijlage|adjunto"
_REMOVED = r"scrubbed|removed|stripped|deleted|entfernt|gelöscht|supprim|retir|rimoss|eliminat|verwijderd"
_FOOTERS = tuple(
    (re.compile(told, re.IGNORECASE), re.compile(beside, re.IGNORECASE))
    for told, beside in (
        (_LISTS, r"@|https?://|www\."),
        (r"virus|malware|spam", _SCANNED),
        (_FILES, _REMOVED),
    )
)


def is_warning(text: str) -> bool:
    """Tell whether a gateway wrote this above a mail: that it comes from outside, that one should beware."""
    if len(text) > _LONGEST_WARNING or not _ELSEWHERE.search(text):
        return False
    return len(text.strip()) <= _LONGEST_TAG or _WARNED.search(text) is not None


def is_footer(text: str) -> bool:
    """Tell whether a list or gateway wrote this below a mail: how to leave, a disclaimer, a card, what was removed."""
    if len(text) > _LONGEST_FOOTER:
        return False
    if _RULE.match(text) or is_warning(text):
        return True
    if any(told.search(text) and beside.search(text) for told, beside in _FOOTERS):
        return True
    said = text.lower()
    if any(mark in said for mark in APPENDED):
        return True
    if any(mark in said for mark in CONFIDENTIAL) and any(mark in said for mark in ADDRESSEE):
        return True
    lines = [line.strip() for line in text.strip().split("\n")]
    return len(lines) >= _CARD_LINES and looks_like_contacts(lines)
