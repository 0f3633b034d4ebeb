"""Which characters do these octets stand for?

The declared charset first, if it is one and fits; then UTF-8; then cp1252, which
mailers of western Europe mean when they name nothing or something else.  Guessing
by statistics is worse: it takes German for Hungarian.
"""

import codecs
import re
from functools import lru_cache

from mail.defects import Defects
from mail.message import DefectCode

# What mailers write, and the codec that reads it without loss (WHATWG Encoding, 4.2, where
# Python's own aliases differ: a superset stands for the set that it extends).
_MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "windows-1252http-equivcontent-type": "cp1252",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "tis-620": "cp874",
    "big5": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "csutf8": "utf-8",
}
# Codecs of Python that are no charset of a mail, slow on long input, or unsafe as one.
_NO_CHARSET = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape",
               "undefined", "mbcs", "oem"}  # fmt: skip
_SAYS_NOTHING = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "default", "none",
                 "8bit", "binary", "user-defined", "x-user-defined", "_autodetect_all", "default_charset"}  # fmt: skip
_UTF8, _CP1252 = "utf-8", "cp1252"
_MOST_ODD = 10_000  # octets that are not UTF-8; with more of them nothing is
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}")


def decode(octets: bytes, declared: str | None, defects: Defects) -> str:
    """Return *octets* as text, never failing; NULs go, for no stored text can have them."""
    codec = _codec(declared.strip(" \"'").lower()) if declared else _UTF8
    if codec is None:
        defects.add(
            DefectCode.CHARSET_UNKNOWN, "a declared charset is not known: UTF-8, then cp1252 was tried"
        )
        codec = _UTF8
    text = _read(octets, codec, defects)
    if "\0" in text:
        defects.add(DefectCode.NUL_REMOVED, "NUL characters were taken out of the text")
        text = text.replace("\0", "")
    return text.removeprefix("\ufeff")


def _read(octets: bytes, codec: str, defects: Defects) -> str:
    if codec in (_UTF8, _CP1252):
        return _utf8_or_cp1252(octets, codec, defects)
    if codec.startswith(("utf-16", "utf-32")) and octets.isascii() and b"\0" not in octets:
        defects.add(DefectCode.CHARSET_WRONG, "declared as UTF-16 or UTF-32, but it is ASCII")
        return octets.decode("ascii")
    try:
        return _without_surrogates(octets.decode(codec))
    except (UnicodeError, ValueError):
        defects.add(DefectCode.CHARSET_WRONG, "the text does not fit its declared charset")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return _without_surrogates(octets.decode(codec, "replace"))


def _utf8_or_cp1252(octets: bytes, declared: str, defects: Defects) -> str:
    """Return the text; what is UTF-8 throughout is UTF-8, whatever it is declared to be.

    Octets that UTF-8 cannot hold are read as cp1252 one by one, for quoted text and
    footers are often pasted in another charset than the rest.
    """
    if octets.isascii():
        return octets.decode("ascii")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        if declared == _CP1252:
            return octets.decode("cp1252", "postbuch-latin1")
        defects.add(
            DefectCode.CHARSET_WRONG, "the text is not UTF-8; octets that do not fit were read as cp1252"
        )
        if len(octets) - len(octets.decode("utf-8", "ignore").encode()) > _MOST_ODD:
            return octets.decode("cp1252", "postbuch-latin1")
        return octets.decode("utf-8", "postbuch-cp1252")
    if declared == _CP1252:
        defects.add(DefectCode.CHARSET_WRONG, "declared as a western single-byte charset, but it is UTF-8")
    return text


@lru_cache(maxsize=512)
def _codec(name: str) -> str | None:
    """Return the codec for a charset's name, None for one that nobody knows."""
    if name in _SAYS_NOTHING:
        return _UTF8
    name = _MEANT.get(name, name)
    if not _NAME.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # refuses the codecs that are no text encodings
    except (LookupError, ValueError):
        return None
    if found.name in _NO_CHARSET:
        return None
    return _MEANT.get(found.name, found.name)


def _without_surrogates(text: str) -> str:
    """Return *text* without the lone surrogates that UTF-7 lets through and UTF-8 cannot store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    if (
        error.end == len(error.object)
        and error.reason == "unexpected end of data"
        and _is_utf8(error.object[: error.start])
    ):
        return "\ufffd", error.end  # a character that was cut off, not one of another charset
    octets = error.object[error.start : error.end]
    return octets.decode("cp1252", "postbuch-latin1"), error.end


def _is_utf8(octets: bytes) -> bool:
    """Tell whether there are characters above ASCII, all of them in UTF-8."""
    try:
        return not octets.isascii() and bool(octets.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    """Read the five octets that cp1252 leaves undefined as the control characters of ISO 8859-1."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("postbuch-cp1252", _as_cp1252)
codecs.register_error("postbuch-latin1", _as_latin1)
