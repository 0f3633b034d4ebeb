"""What of a message did its author write, and how do they sign?  Nothing of what it quotes is theirs."""

from dataclasses import dataclass

from mail.message import ForwardKind, ParsedMessage
from mail.reply import split_reply

_LONGEST_TEXT = 20_000
_LONGEST_SIGNATURE = 4_000
_LONGEST_LINE = 200
_MOST_LINES = 40
_LAST_LINES = 6  # a closing with nothing but a name stays with the text


@dataclass(frozen=True, slots=True)
class Written:
    """The subject, the new text and the lines of the signature, each bounded; *last* lines stand above it."""

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
    return Written(message.subject[:1000], new[:_LONGEST_TEXT], lines[:_MOST_LINES], above)


def _lines(text: str) -> tuple[str, ...]:
    stripped = (line.strip() for line in text.split("\n"))
    return tuple(line for line in stripped if line and len(line) <= _LONGEST_LINE)
