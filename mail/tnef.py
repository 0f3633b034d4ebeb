"""What is in winmail.dat, the form (TNEF) in which Outlook and Exchange wrap what mail cannot hold?"""

from __future__ import annotations

import logging
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from mail.address import Mailbox
from mail.outlook import BROKEN, OutlookFile, OutlookMail, aware, outlook_mailbox, shown_text

if TYPE_CHECKING:
    from tnefparse.tnef import TNEF, TNEFAttachment

_SIGNATURE = b"\x78\x9f\x3e\x22"
_EMBEDDED = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
_MOST_OCTETS = 64 * 1024 * 1024
_MOST_WORK = 2**32  # octets that the reader copies
_RECIPIENTS, _PROPERTIES, _ATTACHED = 0x9004, 0x9003, 0x9005
_FIXED = {0x2: 2, 0xB: 2, 0x3: 4, 0x4: 4, 0xA: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_DEEPEST = 4
_SUBJECT, _DATE_SENT = 0x8004, 0x8005


def is_tnef(content: bytes) -> bool:
    """Tell whether the octets begin as winmail.dat does."""
    return content.startswith(_SIGNATURE)


def read_tnef(content: bytes) -> OutlookMail | None:
    """Return what is in a winmail.dat; None if it is none, or broken."""
    if not is_tnef(content) or len(content) > _MOST_OCTETS or not _is_bounded(content, 0):
        return None
    try:
        return _mail(_opened(content))
    except BROKEN:
        return None


def embedded_mail(content: bytes) -> OutlookMail | None:
    """Return the mail that is attached inside a winmail.dat; None if there is none."""
    if not is_tnef(content) or len(content) > _MOST_OCTETS or not _is_bounded(content, 0):
        return None
    try:
        inside = [each.embed for each in _opened(content).attachments if hasattr(each, "embed")]
        return _mail(inside[0]) if inside else None
    except BROKEN:
        return None


def _opened(content: bytes) -> TNEF:
    from tnefparse.tnef import TNEF  # noqa: PLC0415  # only who gets such a file pays for it

    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # broken files are no news to who runs this
    return TNEF(content, do_checksum=False)


def _mail(opened: TNEF) -> OutlookMail:
    noted = {each.name: each.data for each in opened.msgprops}
    properties = _properties(opened.mapiprops)
    return OutlookMail(
        header=_text(properties, 0x007D),
        subject=shown_text(_text(properties, 0x0037) or noted.get(_SUBJECT) or ""),
        from_=_author(properties),
        to=_people(_text(properties, 0x0E04)),
        cc=_people(_text(properties, 0x0E03)),
        date=aware(properties.get(0x0039) or noted.get(_DATE_SENT)),
        text=shown_text(_joined(opened.body)).strip("\n\0"),
        html=shown_text(_joined(opened.htmlbody)) or None,
        files=tuple(_file(each) for each in opened.attachments),
    )


def _properties(listed: list[Any]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for each in listed:
        try:
            found.setdefault(each.name, each.data)
        except BROKEN:  # one that is broken spoils no other
            continue
    return found


def _text(properties: dict[int, Any], which: int) -> str:
    value = properties.get(which)
    return shown_text(value) if isinstance(value, str | bytes) else ""


def _joined(body: Any) -> str | bytes | None:
    """Return a body as one text: the reader gives some as a list of pieces."""
    if isinstance(body, list):
        return body[0] if body else None
    return body if isinstance(body, str | bytes) else None


def _author(properties: dict[int, Any]) -> Mailbox | None:
    for smtp, address, name in ((0x5D02, 0x0065, 0x0042), (0x5D01, 0x0C1F, 0x0C1A)):
        found = outlook_mailbox(
            _text(properties, name), _text(properties, smtp) or _text(properties, address)
        )
        if found:
            return found
    return None


def _people(shown: str) -> tuple[Mailbox, ...]:
    """Return the people of a line that Outlook shows: names or addresses, divided by semicolons."""
    people = (outlook_mailbox(name.strip(), name.strip()) for name in shown.split(";"))
    return tuple(filter(None, people))


def _file(attached: TNEFAttachment) -> OutlookFile:
    try:
        name = shown_text(attached.long_filename())
    except BROKEN:
        name = ""
    properties = _properties(attached.mapi_attrs)
    content = attached.data if isinstance(attached.data, bytes) else b""
    kind = "application/ms-tnef" if hasattr(attached, "embed") else _text(properties, 0x370E).lower()
    return OutlookFile(name.strip("\0"), kind or "application/octet-stream", content)


def _is_bounded(content: bytes, depth: int) -> bool:
    """Tell whether the numbers in a file promise no more than the file can hold.

    The reader believes them: one that promises four thousand million properties keeps it
    busy for hours, and each of many small objects costs it a copy of the rest.
    """
    position, objects, end = 6, 0, len(content)
    while position + 12 < end:
        name, _, length = unpack_from("<HHI", content, position + 1)
        start, stop = position + 9, min(position + 9 + length, end)
        if name in (_RECIPIENTS, _PROPERTIES, _ATTACHED):
            rows = unpack_from("<I", content, start)[0] if name == _RECIPIENTS and stop - start > 4 else 1
            if rows > stop - start or not _are_bounded(
                content[start:stop], rows, 4 * (name == _RECIPIENTS), depth
            ):
                return False
        objects += 1
        position += length + 11
    return objects * end < _MOST_WORK


def _are_bounded(properties: bytes, rows: int, position: int, depth: int) -> bool:
    """Tell whether lists of properties promise no more of them, and no more values, than they have octets."""
    end = len(properties)
    for _ in range(rows):
        if position + 4 > end:
            return True
        (count,) = unpack_from("<I", properties, position)
        position += 4
        if count > end:
            return False
        for _ in range(count):
            following = _behind_property(properties, position, depth)
            if following is None or following < 0:
                return following is None
            position = following
    return True


def _behind_property(properties: bytes, position: int, depth: int) -> int | None:
    """Return where the next property begins: None where the octets end, -1 if this one promises too much."""
    end = len(properties)
    if position + 8 > end:
        return None
    kind, name = unpack_from("<HH", properties, position)
    position += 4
    if name >= 0x8000:
        if position + 28 > end:
            return None
        named, length = unpack_from("<II", properties, position + 16)
        position += 24 + (0 if named == 0 else length + -length % 4)
    fixed = _FIXED.get(kind & ~0x1000)
    count = 1
    if kind & 0x1000 or fixed is None:
        if position + 4 > end:
            return None
        (count,) = unpack_from("<I", properties, position)
        position += 4
        if count > end:
            return -1
    if fixed is not None:
        width = max(4, fixed) if not kind & 0x1000 else fixed
        return position + count * width + (2 if fixed == 2 and kind & 0x1000 and count % 2 else 0)
    return _behind_values(properties, position, count, depth)


def _behind_values(properties: bytes, position: int, count: int, depth: int) -> int | None:
    for _ in range(count):
        if position + 4 > len(properties):
            return None
        (length,) = unpack_from("<I", properties, position)
        position += 4
        if properties.startswith(_EMBEDDED, position):
            inside = properties[position + 16 : position + length]
            if depth >= _DEEPEST or (is_tnef(inside) and not _is_bounded(inside, depth + 1)):
                return -1
        position += length + -length % 4
    return position
