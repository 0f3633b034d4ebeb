"""What did the mailer write itself, and what of the message that it returns?

A notice is a report in words.  The returned message follows in a part of its own, or in
the same text behind a line that every mailer words differently: it must not be searched
for failed addresses, but its recipients tell which addresses can have failed.
"""

import re
from dataclasses import dataclass

from mail.bounce_words import FAILURE

ADDRESS = r"[^\s\"'<>(),:;@\[\]\\{}|]{1,128}+@(?![.-])[^\s\"'<>(),:;@\[\]\\{}|/=!?*…]{1,200}(?<![.\-])"
ADDRESSES = re.compile(ADDRESS)
# What stands above the returned message, without the rules and marks around it.
_RETURNED = re.compile(
    r"""(?:
        (?:here|below|this|the|a|following|included|attached|ci-dessous|hier)\b .{0,60}
            \b(?:copy|headers?|copie|kopie)\b .{0,60} (?:follow|message|line|copy|below|original|includ)
      | (?:start\ of\ |begin(?:ning)?\ of\ )? (?:the\ )?
            (?:original|returned|unsent|your|undelivered|failed|rejected|old|sent) \s+
            (?:e-?mail|mail|message|letter|text)
            (?:\s+ (?:headers?|text|body|info|details?|summary|contents?|as\ received.{0,20}))?
            \s* (?:\(.{0,40}\))? \s* (?: [:;] | follow | below | reads | is\ as | is\ attached | in\ part | $ )
      | message\ (?:headers?|text|body|details|contents?) \s* (?:\w+\s+)?
            (?: follows? | below | : | suppressed | $ )
      | (?:the\ )? (?:first|top)\ \d+\ (?:lines|bytes|k\b) | the\ headers?\ and\ (?:top|first)
      | a\ summary\ of\ the\ undelivered | copy\ of\ (?:the|your)\ message
      | received\ (?:message|mail)\ headers? | message\ transcript | headers\ of\ the\ (?:original|returned)
      | (?:die\ )? (?:urspr[uü]ngliche|originale?)\ (?:nachricht|mail)
      | message\ (?:d'origine|original|retourn[eé]) | messaggio\ (?:originale|originario)
      | mensaje\ (?:original|devuelto) | mensagem\ (?:original|devolvida) | oorspronkelijk\ bericht
      | oprindelig | ursprungligt? | opprinnelig | alkuper[aä]inen
      | (?:ниже|текст|исходное|копия|оригинал)\ .{0,60} (?:копия|письм|сообщени)
      | 元のメッセージ | 原信 | 原邮件 | 原始 | 附件中的 | 以下は
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_RETURNED = re.compile(
    r"recipient|address(?!ed)|^(?:your|the|failed|sent) (?:message|mail|e-?mail):?$", re.IGNORECASE
)
_MARKS = " \t\r>*|=_.~-#[]<"
_LONGEST = 130
_HEADER_LINE = re.compile(
    r"[ \t>]{0,6}(?:Return-Path|Received|X-[A-Za-z-]{2,40}|DKIM-Signature|Message-ID|MIME-Version"
    r"|Delivered-To|Authentication-Results|ARC-Seal|From):[ \t]\S",
    re.IGNORECASE,
)
_TRACE_LINE = re.compile(
    r"[ \t>]{0,6}(?:Return-Path|Received|DKIM-Signature|X-Received|ARC-Seal):[ \t]", re.IGNORECASE
)
_TO = re.compile(
    r"^[ \t>]{0,6}(?:To|Cc|Bcc|Resent-To|Apparently-To|X-Envelope-To|X-Original-To|Delivered-To"
    r"|RCPT TO):(.*(?:\n[ \t]++(?![A-Za-z-]{2,20}(?: [A-Za-z]+)?:).*){0,50})",
    re.IGNORECASE | re.MULTILINE,
)
_FOR = re.compile(r"\bfor[ \t]{1,3}<?(" + ADDRESS + r")>?[ \t]{0,3};")
_WORDS, _NEAR = 60, 8
_READ, _READ_LINES, _READ_OF_LINE = 64 * 1024, 2_000, 1_000


@dataclass(frozen=True, slots=True)
class Notice:
    """A report in words: the mailer's *lines*, and whom the message that came back was *sent_to* and *carried_for*.

    *own* is the mailer's address, *told* to whom it reports, both in lower case: one of the latter can
    have failed only if the message was sent to it.
    """

    lines: tuple[str, ...]
    subject: str
    sent_to: dict[str, str]
    carried_for: dict[str, str]
    failed_recipients: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    author_domain: str = ""

    @property
    def words(self) -> str:
        """The beginning of what the mailer wrote, in one line."""
        return " ".join(" ".join(self.lines[:_WORDS]).split())


def recipients_of(returned: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return whom a returned message's header names, and for whom its relays carried it, the last one first.

    As written, by their form in lower case.
    """
    texts = [found[1] for found in _TO.finditer(returned[:_READ])]
    named = {address.lower(): address for text in texts for address in ADDRESSES.findall(text)}
    return named, {found[1].lower(): found[1] for found in _FOR.finditer(returned[:_READ])}


def divided(text: str) -> tuple[tuple[str, ...], str]:
    """Return the lines that the mailer wrote, and the returned message below them, if it stands in the text."""
    lines = [line[:_READ_OF_LINE] for line in text[:_READ].split("\n", _READ_LINES)[:_READ_LINES]]
    at, summary = _end(lines), len(lines)
    if at < len(lines) and not _says_failure(lines[:at]):
        # Some mailers sum up the message first and tell its fate below.
        summary = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
        if _says_failure(lines[summary : summary + _NEAR]):
            rest, returned = lines[summary:], "\n".join(lines[at:summary])
            end = _end(rest)
            return tuple(rest[:end]), "\n".join([returned, *rest[end:]])
    return tuple(lines[:at]), "\n".join(lines[at:])


def _end(lines: list[str]) -> int:
    return next((n for n in range(len(lines)) if _returned_from(lines, n)), len(lines))


def _says_failure(lines: list[str]) -> bool:
    return FAILURE.search(" ".join(" ".join(lines).split())[:_READ_OF_LINE]) is not None


def _returned_from(lines: list[str], number: int) -> bool:
    line = lines[number]
    if not line.strip() or (number == 0 and not _TRACE_LINE.match(line)):
        return False
    if _TRACE_LINE.match(line):
        return True
    if _HEADER_LINE.match(line) and number + 1 < len(lines):
        return _HEADER_LINE.match(lines[number + 1]) is not None
    bare = line.strip(_MARKS)
    if len(bare) > _LONGEST or _NOT_RETURNED.search(bare) or ADDRESSES.search(bare):
        return False
    return _RETURNED.match(bare) is not None
