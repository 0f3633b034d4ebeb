"""What is enclosed, and what does it hold?  Names, sizes and contents of attachments."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from mail.contents import Passage, content_id, enclosed, name_of
from mail.defects import Defects
from mail.encoded_words import characters, header_text
from mail.limits import LIMITS
from mail.message import Attachment
from mail.outlook import OutlookFile, file_attachment
from mail.parameters import file_name
from mail.structure import Part, read_header
from mail.tnef import read_tnef
from mail.transfer import Uuencoded, decoded_pieces, encoding_of, uu_content, uuencoded

_TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment's source: a part, a uuencoded file within the text of one, or a file that winmail.dat holds."""

    part: Part
    file: Uuencoded | None = None
    unpacked: OutlookFile | None = None


def pieces_of(raw: bytes, part: Part, defects: Defects) -> Iterator[bytes | memoryview]:
    """Yield the decoded content of a part in pieces."""
    encoding = encoding_of(part.first(b"content-transfer-encoding"))
    return decoded_pieces(memoryview(raw)[part.span], encoding, defects)


def enclosures(raw: bytes, root: Part, chosen: list[Passage], defects: Defects) -> Iterator[Enclosure]:
    """Yield what is attached, in the order of the message."""
    texts = {id(part) for passage in chosen for part in passage.plain}
    for part in enclosed(root, chosen):
        if id(part) not in texts:
            yield Enclosure(part)
            if is_winmail(part):
                content = read_tnef(b"".join(pieces_of(raw, part, defects)))
                yield from (Enclosure(part, unpacked=file) for file in (content.files if content else ()))
        elif _may_hold_files(raw, part):
            for file in uuencoded(b"".join(pieces_of(raw, part, defects))):
                yield Enclosure(part, file)


def is_winmail(part: Part) -> bool:
    """Tell whether a part is what Outlook and Exchange call winmail.dat (TNEF)."""
    return part.type in _TNEF_TYPES or (
        part.type == "application/octet-stream" and name_of(part).lower() == "winmail.dat"
    )


def _may_hold_files(raw: bytes, part: Part) -> bool:
    """Tell whether a text is worth a second look for uuencoded files."""
    hidden = encoding_of(part.first(b"content-transfer-encoding")) == b"base64"
    return hidden or raw.find(b"begin", part.body, part.end) >= 0


def pieces(raw: bytes, found: Enclosure, defects: Defects) -> Iterator[bytes | memoryview]:
    """Yield the decoded content of an enclosure in pieces."""
    if found.unpacked is not None:
        return iter((found.unpacked.content,))
    if found.file is not None:
        return iter((uu_content(found.file, defects),))
    return pieces_of(raw, found.part, defects)


def attachment(raw: bytes, number: int, found: Enclosure, shown: set[str], defects: Defects) -> Attachment:
    """Return the value that describes an enclosure; *shown* are the content ids that the HTML uses."""
    if found.unpacked is not None:
        return file_attachment(number, found.unpacked)
    digest, size, start = hashlib.sha256(), 0, b""
    for piece in pieces(raw, found, defects):
        digest.update(piece)
        size += len(piece)
        start = start or bytes(piece[:_SUBJECT_WITHIN])
    if found.file is not None:
        name = file_name(characters(found.file.name, defects))
        return Attachment(number, name, "application/octet-stream", size, digest.hexdigest(), None, False)
    part = found.part
    cid = content_id(part)
    name = file_name(name_of(part))
    if not name and part.type == "message/rfc822":
        name = _name_by_subject(start, defects)
    inline = part.disposition == "inline" or (cid is not None and cid in shown)
    return Attachment(number, name, part.type, size, digest.hexdigest(), cid, inline)


_SUBJECT_WITHIN = 64 * 1024


def _name_by_subject(start: bytes, defects: Defects) -> str:
    """Return a name for an attached message that has none: its subject and `.eml`."""
    fields, _ = read_header(start, 0, LIMITS, Defects())
    subject = header_text(Part(fields, 0).first(b"subject") or b"", defects)
    return f"{file_name(subject.replace('/', '-'))[:100] or 'message'}.eml"
