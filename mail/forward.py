"""Who wrote the forwarded mail?  The original within a text that somebody sent on.

What is typed can be typed by anyone: it is strong evidence, never certain.  Of forwards of
forwards the outermost block counts, the mail that the forwarder had.
"""

from dataclasses import dataclass
from datetime import datetime

from mail.address import Mailbox
from mail.forward_attribution import Attribution, is_attribution, read_attribution
from mail.forward_block import Block, guessed_block, read_block, unglued
from mail.forward_dates import typed_date
from mail.forward_headers import Typed
from mail.forward_lines import BLANK, depth_of, header_line, is_blank, is_rule, without_quotes
from mail.forward_mailboxes import typed_mailbox, typed_mailboxes
from mail.forward_words import Mark, Marker, announces, glued, marker, subject_mark
from mail.message import Forwarded, ParsedMessage
from mail.text import html_text

_MARKER_BEGINS = frozenset("-_=~*<—–─#8✂")
_MOST_TRIED = 300  # lines that may begin something and do not: who writes above a forward has fewer
_MOST_GLUED = 50
_HEADER_WITHIN = 5  # lines between a marker and its header block


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a mail is quoted: the marker above, and its header block or the line that says who wrote it."""

    marker: Marker | None
    start: int
    depth: int
    block: Block | None = None
    attribution: Attribution | None = None


def original(message: ParsedMessage) -> Forwarded | None:
    """Return the mail that *message* forwards within its text; None if it forwards none."""
    mark, subject = subject_mark(message.subject)
    found = _within(message.text, message, mark, subject)
    if found is None and mark is Mark.FORWARD:
        if message.html and message.text:
            found = _within(html_text(message.html), message, mark, subject)
        found = found or _within(message.text, message, mark, subject, guessing=True)
    return found


def _within(
    text: str, message: ParsedMessage, mark: Mark, subject: str, *, guessing: bool = False
) -> Forwarded | None:
    lines = _with_line_ends(text.split("\n"))
    found = _guessed(lines) if guessing else _first(lines, message.date)
    if found is None or not _is_forward(found, lines, message, mark):
        return None
    return (
        _from_block(lines, found, message.date) if found.block else _from_attribution(lines, found, subject)
    )


def _with_line_ends(lines: list[str]) -> list[str]:
    """Return the lines with those divided that hold a marker and a whole header, as some web clients write them."""
    divided: list[str] = []
    tried = 0
    for line in lines:
        if line.count(":") < 2 or "@" not in line or tried > _MOST_GLUED:
            divided.append(line)
            continue
        tried += 1
        joined = glued(line)
        rest = joined[1] if joined else line
        header = unglued(rest)
        if joined and (header or header_line(rest)):
            divided.append(line[: len(line) - len(rest)])
        divided += [*header, ""] if header else [rest if joined and header_line(rest) else line]
    return divided


def _first(lines: list[str], near: datetime | None) -> _Found | None:
    """Return the first thing in a text that quotes a mail."""
    tried = 0
    for position, line in enumerate(lines):
        begins = line.lstrip(BLANK)[:1]
        ends_open = line.endswith((":", ": ", "："))
        if not begins or not (ends_open or begins in _MARKER_BEGINS or ":" in line or "：" in line):
            continue
        found = _marked(lines, position, near) if ends_open or begins in _MARKER_BEGINS else None
        found = found or _typed(lines, position)
        if found is None and ends_open and (by := read_attribution(lines, position, near)):
            found = _Found(None, by.start, depth_of(line), None, by)
        if found:
            return found
        tried += ends_open or header_line(line) is not None
        if tried > _MOST_TRIED:
            break
    return None


def _marked(lines: list[str], position: int, near: datetime | None) -> _Found | None:
    what = marker(lines[position])
    return _behind(lines, position, what, near) if what and what is not Marker.END else None


def _typed(lines: list[str], position: int) -> _Found | None:
    block = read_block(lines, position)
    if block and Typed.FROM in block.fields and len(block.named) > 1:
        return _Found(None, position, block.depth, block)
    return None


def _guessed(lines: list[str]) -> _Found | None:
    """Return the first block in a text that must be one of header lines, in a language that no table knows."""
    tried = 0
    for position, line in enumerate(lines):
        if ":" not in line and "：" not in line:
            continue
        if block := guessed_block(lines, position):
            return _Found(None, position, block.depth, block)
        tried += 1
        if tried > _MOST_TRIED:
            break
    return None


def _behind(lines: list[str], start: int, what: Marker, near: datetime | None) -> _Found | None:
    """Return what a marker announces: the header block behind it, or a line that says who wrote."""
    for position in range(start + 1, min(start + 1 + _HEADER_WITHIN, len(lines))):
        block = read_block(lines, position)
        if block and len(block.named) > 1 and (Typed.FROM in block.fields or Typed.SUBJECT in block.fields):
            return _Found(what, start, depth_of(lines[start]), block)
        if block is None and ":" in lines[position] and (block := guessed_block(lines, position)):
            return _Found(what, start, depth_of(lines[start]), block)
        if lines[position].rstrip().endswith(":") and (by := read_attribution(lines, position, near)):
            return _Found(what, start, depth_of(lines[start]), None, by)
    return None


def _is_forward(found: _Found, lines: list[str], message: ParsedMessage, mark: Mark) -> bool:
    """Tell whether what is quoted was sent on, not answered."""
    if mark is Mark.FORWARD:
        return found.attribution is None or found.marker is not None or not _was_told(found, message)
    if found.depth and not _begins_quotation(found, lines):
        return False
    if found.marker is Marker.FORWARDED:
        return mark is not Mark.REPLY or found.depth == 0
    if mark is Mark.REPLY or found.block is None or not _is_sure(found.block, message.date):
        return False
    # An answer goes to the author; without recipients nobody can tell.
    return bool(message.to or message.cc) and not _was_told(found, message)


def _is_sure(block: Block, near: datetime | None) -> bool:
    """Tell whether a block is one though nothing announces it: a form or a timetable has such lines too."""
    fields = block.fields
    return (
        len(block.named) > 2
        and ("@" in fields.get(Typed.FROM, "") or {Typed.FROM, Typed.SUBJECT} <= fields.keys())
        and typed_date(fields.get(Typed.DATE, ""), near) is not None
    )


def _begins_quotation(found: _Found, lines: list[str]) -> bool:
    """Tell whether nothing quoted, and no line that says who wrote it, stands before."""
    before = next(
        (position for position in range(found.start - 1, -1, -1) if not is_blank(lines[position])), None
    )
    return before is None or (depth_of(lines[before]) < found.depth and not is_attribution(lines[before]))


def _was_told(found: _Found, message: ParsedMessage) -> bool:
    """Tell whether the message is sent to who wrote what it quotes: then it is an answer."""
    author = found.attribution.author if found.attribution else _author(found)
    if author is None or author.address is None:
        return False
    own = {mailbox.address.key for mailbox in message.from_ if mailbox.address}
    told = {mailbox.address.key for mailbox in message.to + message.cc if mailbox.address}
    return author.address.key in told - own


def _author(found: _Found) -> Mailbox | None:
    return typed_mailbox(found.block.fields.get(Typed.FROM, "")) if found.block else None


def _from_block(lines: list[str], found: _Found, near: datetime | None) -> Forwarded:
    assert found.block is not None
    fields = found.block.fields
    written = fields.get(Typed.DATE, "")
    return Forwarded(
        from_=_author(found),
        to=typed_mailboxes(fields.get(Typed.TO, "")),
        cc=typed_mailboxes(fields.get(Typed.CC, "")),
        bcc=typed_mailboxes(fields.get(Typed.BCC, "")),
        date=typed_date(written, near),
        subject=fields.get(Typed.SUBJECT, ""),
        text=_text(lines, found.block.end, found.block.depth),
        comment=_comment(lines[: found.start]),
        date_text=written,
    )


def _from_attribution(lines: list[str], found: _Found, subject: str) -> Forwarded:
    by = found.attribution
    assert by is not None
    behind = next((line for line in lines[by.end :] if line.strip()), "")
    return Forwarded(
        from_=by.author, to=(), cc=(), date=by.date, subject=subject,
        text=_text(lines, by.end, depth_of(behind)),
        comment=_comment(lines[: found.start]),
        date_text=by.written,
    )  # fmt: skip


def _text(lines: list[str], start: int, depth: int) -> str:
    """Return what stands behind a header block, without the marks of quotation and up to where it ends."""
    kept: list[str] = []
    while start < len(lines) and (is_blank(lines[start]) or announces(lines[start])):
        start += 1  # some clients write their marker below the header block again
    for position, line in enumerate(lines[start:], start):
        blank = is_blank(line)
        if not blank and depth_of(line) < depth and (position == start or is_blank(lines[position - 1])):
            break  # what is quoted less deep was not forwarded; a line that a mailer wrapped was
        if line.lstrip(BLANK)[:1] in _MARKER_BEGINS and marker(line) is Marker.END:
            break
        kept.append(without_quotes(line, depth))
    return "\n".join(kept).strip("\n \t\xa0\ufeff")


def _comment(lines: list[str]) -> str:
    end = len(lines)
    while end and (is_blank(lines[end - 1]) or is_rule(lines[end - 1]) or announces(lines[end - 1])):
        end -= 1
    return "\n".join(lines[:end]).strip("\n \t\xa0\ufeff")
