"""What of a message did its author write, and how do they sign?  Nothing of what it quotes is theirs."""

import re
from dataclasses import dataclass

from mail.message import ForwardKind, ParsedMessage
from mail.reply import split_reply
from mail.signature_marks import CLOSINGS

_LONGEST_TEXT = 20_000
_LONGEST_SIGNATURE = 4_000
_LONGEST_LINE = 200
_MOST_LINES = 40
_LAST_LINES = 6  # a closing with nothing but a name stays with the text
_LONGEST_CLOSING = 60
_MOST_WORDS = 8  # of a line that is no sentence
_END = re.compile(r"[^\W\d_]{5,}[.]\Z")  # not that of `Muster & Co.`


@dataclass(frozen=True, slots=True)
class Written:
    """The subject, the new text and the lines of the signature, each bounded; *last* lines stand above it.

    Among these is no sentence: the number in `ring Ms Meier (044 …)` is not the author's.
    """

    subject: str
    text: str
    signature: tuple[str, ...]
    last: tuple[str, ...]


def written(message: ParsedMessage) -> Written:
    """Return what the author of a message, or of the original that stands for it, wrote."""
    new, signature = message.new_text, message.signature
    typed = message.forwarded is not None and message.forwarded.kind is ForwardKind.INLINE
    if typed or new is None:  # the parts are those of the mail around the original
        reply = split_reply(message.text[:_LONGEST_TEXT])
        new, signature = reply.new, reply.signature
    lines = _lines((signature or "")[:_LONGEST_SIGNATURE])
    last = _lines(new[-_LONGEST_SIGNATURE:])
    # The first lines are the salutation, which names us.
    above = last[-_LAST_LINES:] if len(last) > _LAST_LINES else last[1:]
    return Written(message.subject[:1000], new[:_LONGEST_TEXT], lines[:_MOST_LINES], _behind_sentences(above))


def _behind_sentences(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines below the closing, or below the last sentence where there is none."""
    for at in range(len(lines), 0, -1):
        if _is_closing(lines[at - 1]) or _is_sentence(lines[at - 1]):
            return lines[at:]
    return lines


def _is_closing(line: str) -> bool:
    return len(line) <= _LONGEST_CLOSING and line.lower().startswith(CLOSINGS)


def _is_sentence(line: str) -> bool:
    words = line.split()
    ended = line.endswith(("!", "?")) or (len(words) >= 4 and bool(_END.search(line)))
    return ended or len(words) > _MOST_WORDS


def _lines(text: str) -> tuple[str, ...]:
    stripped = (line.strip() for line in text.split("\n"))
    return tuple(line for line in stripped if line and len(line) <= _LONGEST_LINE)
