"""The lines of a signature, one statement each, without what is no card: notices, closings, ornaments."""

import re
from collections.abc import Iterator

from mail.signature import is_device_line
from mail.signature_marks import CLOSINGS, CONFIDENTIAL

MOST_LINES = 30
_LONGEST = 160
_APART = re.compile(
    r"\s+[|•·–—]\s+|\s*\|\s*|\s*[•·‧∙●]\s*|\t+|\s{3,}|\s+//\s+|\s+[/]\s+(?=[A-Za-zÀ-ÿ+0])|\s+-\s+(?=[A-ZÀ-Ý+0w])"
)
_ORNAMENT = " \t*_-–—=~|•·>#\u200b\ufeff\xa0"
_LINK = re.compile(r"<(?:https?://|mailto:|tel:)[^<>\s]{0,500}>|\[(?:cid|image)[^\]]{0,200}\]", re.IGNORECASE)


def statements(signature: str) -> list[str]:
    r"""Return what a signature says, in order; what comes behind a notice of confidentiality is left out.

    >>> statements("Freundliche Grüsse\nAnna Keller | Leiterin Verkauf\n\nT 044 111 22 33 · M 079 111 22 33")
    ['Anna Keller', 'Leiterin Verkauf', 'T 044 111 22 33', 'M 079 111 22 33']
    """
    return list(_statements(signature))


def _statements(signature: str) -> Iterator[str]:
    for line in signature.split("\n")[:MOST_LINES]:
        text = _LINK.sub("", line.replace("\xa0", " ")).strip(_ORNAMENT)
        if any(mark in text.lower() for mark in CONFIDENTIAL):
            return
        if not text or len(text) > _LONGEST or is_device_line(text):
            continue
        if len(text) <= 60 and text.lower().startswith(CLOSINGS):
            continue
        for part in _APART.split(text):
            if said := part.strip(_ORNAMENT + ","):
                yield said
