"""Whom does a header field name?  Address lists as the standard has them, and as mailers write them."""

import re

from mail.address import Address, Mailbox
from mail.defects import Defects
from mail.encoded_words import decoded, one_line
from mail.limits import LIMITS
from mail.message import DefectCode

# One mailbox of the common forms, up to the comma or the end: no comments, groups or routes.
# Possessive throughout: a list that does not fit must fail in linear time.
_PLAIN = r'[^\s"(),:;<>@\[\]\\\x00-\x1f\x7f]'
_ADDRESS = rf"{_PLAIN}{{1,256}}+@(?!\.){_PLAIN}{{1,255}}+"
_PLAIN_FORM = re.compile(
    rf"""\s*+ (?:
        (?: "(?P<quoted>[^"\\]*+)"\s*+ | (?P<phrase>[^"(),:;<>@\[\]\\]*+) ) <(?P<angle>{_ADDRESS})>
        | (?P<bare>{_ADDRESS})
    ) \s*+ (?:,|\Z)""",
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
      (?P<encoded> =\?[^?\s]{1,60}\?[bBqQ]\?[^?]*+\?= )
    | (?P<quote> " )
    | (?P<angle> <[^<>]*+> )
    | (?P<comment> \( )
    | (?P<mark> [,;:] )
    | (?P<word> \[[^\[\]\s"<>]*+\] | [^\s"<>(),:;]++ | < | > | \) )
    | (?P<blank> \s++ )
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COMMENT_WITHIN = re.compile(r"\([^()]*+\)")
_ROUTE = re.compile(r"\s*+@[^<>:]*+:")
_SOMEWHERE = re.compile(rf'(?:"[^"]++"@(?!\.){_PLAIN}{{1,255}}+|(?<!{_PLAIN}){_ADDRESS})')
_AROUND_LINK = re.compile(r"\[(?:mailto:)?\]|mailto:")  # Eva [mailto:eva@firm.example]
_AROUND_DOT = re.compile(r" ?([@.]) ?")
_AROUND_AT = re.compile(r" ?@ ?")
_BRACKETS = str.maketrans("<>", "  ")


def mailboxes(value: str, defects: Defects | None = None) -> tuple[Mailbox, ...]:
    """Return the mailboxes that an address field's body names, in order; never fails.

    Groups are dissolved.  A semicolon separates as a comma does (Outlook writes it).
    An unquoted comma inside a name is forgiven where the next part has the address.
    """
    defects = defects if defects is not None else Defects()
    found = _plain_form(value, defects)
    if found is None:
        found = _joined([_mailbox(words, defects) for words in _segments(value)])
        if any(mailbox.address is None for mailbox in found):
            defects.add(
                DefectCode.ADDRESS_UNREADABLE, "an address field names somebody without a readable address"
            )
    if len(found) > LIMITS.mailboxes:
        defects.add(
            DefectCode.ADDRESSES_TOO_MANY, f"only the first {LIMITS.mailboxes} addresses of a field were read"
        )
    return tuple(found[: LIMITS.mailboxes])


def _plain_form(value: str, defects: Defects) -> list[Mailbox] | None:
    """Return the mailboxes if all are of the common forms, else None."""
    found: list[Mailbox] = []
    position, end = 0, len(value)
    while position < end:
        match = _PLAIN_FORM.match(value, position)
        if match is None:
            return None if value[position:].strip() else found
        quoted, phrase, angle, bare = match.groups()
        local_part, _, domain = (angle or bare).partition("@")
        name = _name(quoted or phrase or "", defects)
        address = Address(local_part, domain)
        found.append(Mailbox(name, address, f"{name} <{address}>" if name else str(address)))
        position = match.end()
    return found


def _name(text: str, defects: Defects) -> str:
    name = one_line(decoded(text, defects)).lstrip(", ")
    if "  " in name or "\t" in name:
        name = " ".join(name.split())
    if len(name) > 1 and name[0] == name[-1] == "'":  # Outlook quotes with apostrophes too
        name = name[1:-1].strip()
    return name


# A segment is what stands between two separators: pairs of a kind (encoded, quoted, angle,
# comment, word, blank) and the text, in order.
_Segment = list[tuple[str, str]]


def _segments(value: str) -> list[_Segment]:
    """Return the parts of an address list that separators divide; the names of groups fall away."""
    segments: list[_Segment] = [[]]
    position = 0
    whole = {"quote": True, "comment": True}
    while token := _TOKEN.match(value, position):
        kind, text, position = token.lastgroup or "", token[0], token.end()
        if kind in whole:
            end, text = (
                (_quoted if kind == "quote" else _comment)(value, token.start()) if whole[kind] else (0, "")
            )
            # One that never ends has no end for a later one either: look once only.
            whole[kind] = end > 0
            position = end or position
            kind = kind if end else "word"
        if kind == "mark":
            _separate(segments, text)
        else:
            if kind == "angle" and "@" in text:
                _separate_unmarked(segments)
            segments[-1].append((kind, text))
    return [segment for segment in segments if any(kind not in ("blank", "comment") for kind, _ in segment)]


def _separate(segments: list[_Segment], mark: str) -> None:
    if mark != ":":
        segments.append([])
    elif any("@" in text for _, text in segments[-1]):
        segments[-1].append(("word", mark))  # no group's name: an obsolete route or a typing error
    else:
        segments[-1].clear()


def _separate_unmarked(segments: list[_Segment]) -> None:
    """Let a second address in brackets begin a mailbox of its own: some mailers lose or encode the comma."""
    segment = segments[-1]
    for position, (kind, text) in enumerate(segment, start=1):
        if kind == "angle" and "@" in text:
            segments.append(segment[position:])
            del segment[position:]
            return


def _quoted(value: str, start: int) -> tuple[int, str]:
    """Return the end and the content of a quoted string; 0 as its end if it has none."""
    found = _QUOTED.match(value, start)
    return (found.end(), _ESCAPED.sub(r"\1", found[1])) if found else (0, "")


def _comment(value: str, start: int) -> tuple[int, str]:
    """Return the end and the content of a comment, which may hold others; 0 as its end if it has none."""
    depth = 0
    for mark in _COMMENT_MARK.finditer(value, start):
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end(), _ESCAPED.sub(r"\1", value[start + 1 : mark.start()])
    return 0, ""


def _mailbox(segment: _Segment, defects: Defects) -> Mailbox:
    """Return the mailbox of one segment: the address in brackets, or the word that looks like one."""
    address = next((found for kind, text in segment if kind == "angle" and (found := _bracketed(text))), None)
    if address is not None:
        phrase = "".join(text for kind, text in segment if kind in ("word", "quote", "encoded", "blank"))
    else:
        address, phrase = _bare(segment, defects)
    name = _name(phrase, defects)
    if not name:
        name = _name(" ".join(text for kind, text in segment if kind == "comment"), defects)
    return Mailbox(name, address, f"{name} <{address}>" if name and address else str(address or name))


def _bracketed(angle: str) -> Address | None:
    inside = _COMMENT_WITHIN.sub("", angle[1:-1])
    return Address.parse(_ROUTE.sub("", inside, count=1))


def _bare(segment: _Segment, defects: Defects) -> tuple[Address | None, str]:
    """Return an address without brackets, and the text around it.

    Blanks around `@` and dots are the obsolete form (RFC 5322, 4.4).  Some mailers
    encode the whole field, address and all: so the words are decoded first.
    """
    shown = (f'"{text}"' if kind == "quote" else " " if kind == "blank" else text
             for kind, text in segment if kind != "comment")  # fmt: skip
    text = decoded("".join(shown), defects).translate(_BRACKETS).strip()
    if address := Address.parse(_AROUND_DOT.sub(r"\1", text)):
        return address, ""
    text = _AROUND_AT.sub("@", text)
    found = _SOMEWHERE.search(text)
    address = Address.parse(found[0]) if found else None
    if found is None or address is None:
        return None, _as_written(segment, defects)
    around = text[: found.start()] + text[found.end() :]
    return address, _AROUND_LINK.sub("", around).replace('"', "")


def _as_written(segment: _Segment, defects: Defects) -> str:
    written = (
        f"({text})" if kind == "comment" else " " if kind == "blank" else text for kind, text in segment
    )
    return decoded("".join(written), defects).translate(_BRACKETS).strip()


def _joined(found: list[Mailbox]) -> list[Mailbox]:
    """Return the mailboxes with names put together that an unquoted comma has torn apart."""
    joined: list[Mailbox] = []
    for mailbox in found:
        torn = joined and joined[-1].address is None and mailbox.address is not None and mailbox.name
        if torn:
            name = f"{joined.pop().name}, {mailbox.name}"
            joined.append(Mailbox(name, mailbox.address, f"{name} <{mailbox.address}>"))
        else:
            joined.append(mailbox)
    return joined
