"""What is enclosed, and what does it hold?  Names, sizes and contents of attachments."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from mail.contents import Passage, content_id, enclosed, name_of
from mail.defects import Defects
from mail.encoded_words import characters, header_text
from mail.limits import LIMITS
from mail.message import Attachment
from mail.parameters import file_name
from mail.structure import Part, read_header
from mail.transfer import decoded_pieces, encoding_of, uu_content, uuencoded


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment's source: a part, or a uuencoded file within the text of one."""

    part: Part
    uu_name: bytes | None = None
    uu_lines: bytes = b""


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
        elif raw.find(b"begin ", part.body, part.end) >= 0:
            for _, name, lines in uuencoded(b"".join(pieces_of(raw, part, defects))):
                yield Enclosure(part, name, lines)


def pieces(raw: bytes, found: Enclosure, defects: Defects) -> Iterator[bytes | memoryview]:
    """Yield the decoded content of an enclosure in pieces."""
    if found.uu_name is not None:
        return iter((uu_content(found.uu_lines, defects),))
    return pieces_of(raw, found.part, defects)


def attachment(raw: bytes, number: int, found: Enclosure, shown: set[str], defects: Defects) -> Attachment:
    """Return the value that describes an enclosure; *shown* are the content ids that the HTML uses."""
    digest, size, start = hashlib.sha256(), 0, b""
    for piece in pieces(raw, found, defects):
        digest.update(piece)
        size += len(piece)
        start = start or bytes(piece[:_SUBJECT_WITHIN])
    if found.uu_name is not None:
        name = file_name(characters(found.uu_name, defects))
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
