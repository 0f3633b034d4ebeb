"""Values with parameters, as Content-Type and Content-Disposition have them (RFC 2045, 5.1).

Names of files come in three ways: in quotes with octets above 127, as encoded words,
which the standard forbids and everybody writes, and in the pieces of RFC 2231.
"""

import re
from urllib.parse import unquote_to_bytes

from mail.charset import decode
from mail.defects import Defects
from mail.encoded_words import decoded, one_line

_PARAMETER = re.compile(
    r"""[;\s]*+ (?P<name>[^\s=;"]++) \s*+ = \s*+
        (?: "(?P<quoted>(?:[^"\\]++|\\.)*+)(?:"|\Z) | (?P<plain>[^;]*+) )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')
_PIECE = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d{1,4}))?(?P<extended>\*)?")
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f]+")


def read_parameters(value: str, defects: Defects) -> tuple[str, dict[str, str]]:
    """Return the value in lower case and its parameters, decoded, by name in lower case."""
    head, mark, rest = value.partition(";")
    if not mark and "=" in head:  # a blank where the semicolon should be
        head, _, rest = head.strip().partition(" ")
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(rest):
        name = match["name"].lower()
        text = _ESCAPED.sub(r"\1", match["quoted"]) if match["quoted"] is not None else match["plain"].strip()
        if "*" in name and (piece := _PIECE.fullmatch(name)):
            number = int(piece["number"] or 0)
            pieces.setdefault(piece["name"], {}).setdefault(number, (text, bool(piece["extended"])))
        else:
            found.setdefault(name, _meant(name, text, defects))
    for name, numbered in pieces.items():
        found[name] = _meant(name, _joined(numbered, defects), defects)
    return head.strip().lower(), found


def file_name(text: str) -> str:
    """Return a file's name as a sender gives it, without folders and control characters.

    Some mailers fold in the middle of a name: line ends and what follows fall away.
    """
    name = _NOT_IN_A_NAME.sub("", text.replace("\t", " "))
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()


def _joined(pieces: dict[int, tuple[str, bool]], defects: Defects) -> str:
    """Return the value of a parameter that comes in pieces (RFC 2231, 3 and 4)."""
    charset = ""
    octets = bytearray()
    first = min(pieces)
    for number in sorted(pieces):
        text, extended = pieces[number]
        if extended and number == first and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        octets += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    return decode(bytes(octets), charset or None, defects)


def _meant(name: str, text: str, defects: Defects) -> str:
    """Return a value with its encoded words read; a boundary has none, though it may look so."""
    return text if name == "boundary" or "=?" not in text else one_line(decoded(text, defects))
