"""Do the files come out of winmail.dat?  Each is attached to a mail, as Outlook does it.

How many a file holds is counted in its octets: one mark for each attachment.
"""

from base64 import encodebytes
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.scoring import Score
from mail.message import ParsedMessage
from mail.parse import attachment_content, parse

_HEADER = (
    b"From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: application/ms-tnef; name=winmail.dat\r\n"
    b"Content-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
)
_BEGINS_ATTACHMENT = b"\x02\x02\x90\x06\x00"  # attAttachRendData


def score(folder: Path) -> Iterator[Score]:
    """Yield how many of the files give all their attachments."""
    missed, of = list[str](), 0
    for path in sorted((folder / "tnef").iterdir()):
        content = path.read_bytes()
        raw = _HEADER + encodebytes(content)
        of += 1
        if not _are_out(raw, parse(raw), content.count(_BEGINS_ATTACHMENT)):
            missed.append(path.name)
    yield Score("tnef", of - len(missed), of, 1.0, tuple(missed))


def _are_out(raw: bytes, message: ParsedMessage, wanted: int) -> bool:
    inside = message.attachments[1:]
    return len(inside) >= wanted and all(
        len(attachment_content(raw, each.number)) == each.size for each in inside
    )
