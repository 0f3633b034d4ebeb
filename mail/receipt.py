"""Was a message read or delivered?  Receipts: RFC 8098, and the delivery reports of RFC 3464 that report success."""

import re

from mail.seen import Seen

_KINDS = ("disposition-notification", "global-disposition-notification")
_PARTS = ("message/disposition-notification", "message/global-disposition-notification")
_SUBJECT = re.compile(
    r"\s*(?:(?:read|gelesen|lu|letto|leído|lido|gelezen|læst|lest|läst|luettu|przeczytano|přečteno"
    r"|прочитано|okundu|"
    r"delivered|zugestellt|übermittelt|remis|consegnato|recapitato|entregado|entregue|bezorgd|leveret"
    r"|levert|levererat|"
    r"relayed|expanded|displayed|return receipt(?: \(displayed\))?|disposition notification"
    r"|empfangsbestätigung|lesebestätigung|"
    r"accusé de (?:réception|lecture)|conferma di lettura|ricevuta di (?:lettura|ritorno)"
    r"|leesbevestiging|confirmación de lectura|开封|已读|읽음|既読)"
    r"\s*(?:[::]|-|\())",
    re.IGNORECASE,
)


def is_receipt(seen: Seen) -> bool:
    """Tell whether a mail says that a message was read, or (from a mailer) that it was delivered."""
    if seen.root.type == "multipart/report" and seen.root.parameters.get("report-type", "").lower() in _KINDS:
        return True
    if any(part.type in _PARTS for part in seen.parts):
        return True
    return (seen.null_return_path or seen.is_mailers) and _SUBJECT.match(seen.subject) is not None
