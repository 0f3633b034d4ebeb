"""In which encoding is a text file?  Its mark, what somebody declares, UTF-8, cp1252, and statistics last."""

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_MOST_ZEROS = 0.2
_GUESSED_FROM = 64 * 1024
_MIN_SIGNS = 3


class UnknownEncoding(ValueError):
    """There is no encoding of this name."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec, and how many octets of a mark stand before the text."""

    codec: str
    mark: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether a line does not end with the octet of a line feed alone."""
        return self.codec.startswith(("utf-16", "utf-32"))


def encoding_of(sample: bytes, declared: str | None = None) -> Encoding:
    """Return the encoding of a file that begins with *sample*.

    Of a file in which some lines are UTF-8 and others are not, that of most lines: the
    others are wrong (`decoded`).
    """
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            return Encoding(codec, len(mark))
    if declared:
        return Encoding(_codec(declared))
    if wide := _wide(sample):
        return Encoding(wide)
    lines = [line for line in sample.splitlines()[:-1] or [sample] if not line.isascii()]
    utf8 = sum(_fits(line, "utf-8") for line in lines)
    if utf8 * 2 >= len(lines):
        return Encoding("utf-8")
    rest = b"\n".join(line for line in lines if not _fits(line, "utf-8"))
    if not any(octet in rest for octet in _UNDEFINED_IN_CP1252):
        return Encoding("cp1252")
    return Encoding(_guessed(rest))


def decoded(line: bytes, codec: str) -> str | None:
    """Return a line as text; None where it is not in the encoding of its file.

    >>> decoded("Müller".encode("cp1252"), "utf-8"), decoded("Müller".encode(), "cp1252")
    (None, None)
    """
    if line.isascii():
        return line.decode("ascii")
    if codec == "cp1252" and _fits(line, "utf-8"):
        return None
    try:
        return line.decode(codec)
    except UnicodeDecodeError:
        return None


def _wide(sample: bytes) -> str:
    """Return the codec of a file of two octets a character that says so by its zeros alone."""
    pairs = len(sample) // 2
    if pairs < _MIN_SIGNS:
        return ""
    even, odd = sample[: pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > pairs * _MOST_ZEROS and odd > even:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * _MOST_ZEROS else ""


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)  # refuses the codecs that are no text encodings
    except (LookupError, ValueError):
        raise UnknownEncoding(name) from None
    return "cp1252" if found.name in {"iso8859-1", "cp1252"} else found.name


def _guessed(octets: bytes) -> str:
    best = from_bytes(octets[:_GUESSED_FROM]).best()
    return best.encoding if best else "latin-1"


def _fits(line: bytes, codec: str) -> bool:
    try:
        line.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
