"""A mail as it is looked at for what no person wrote: bounces, receipts, replies of machines, lists."""

import re

from mail.address import Mailbox
from mail.attachments import pieces_of
from mail.charset import decode
from mail.contents import walk
from mail.defects import Defects
from mail.encoded_words import header_text
from mail.structure import Part

_MAILER = re.compile(
    r"mailer-?daemon|mail(?:er)?[._-]?daemon|p[o]{1,2}st[._-]?master|mdaemon"
    r"|mail\.delivery\.(?:sub)?system|mmdf|mail-?delivery|nobody@|ndr@|system[ ._]?admin|<>"
    r"|mail deliver\w* (?:sub)?system",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\s*\[?(?:re|aw|sv|antw|rif|r|vs|odp|tr|i|fwd?|wg|vl|vb|doorst|rv|enc|ynt|ilt|回复|答复|转发|返信"
    r"|転送)\s*(?:\[\d+\])?\s*[::]",
    re.IGNORECASE,
)
_NOBODY = (b"<>", b"", b"< >", b"<null>", b"<mailer-daemon>")
_READ = 256 * 1024


class Seen:
    """A mail with its parts, its readable text and its authors; content is decoded when it is asked for."""

    def __init__(self, raw: bytes, root: Part, text: str, subject: str, authors: tuple[Mailbox, ...]) -> None:
        self.raw, self.root, self.text, self.subject, self.authors = raw, root, text, subject, authors
        self.parts: tuple[Part, ...] = tuple(walk(root)) if root.is_multipart else (root,)

    def field(self, name: bytes) -> str:
        """Return the first such field of the mail as text; empty without one."""
        value = self.root.first(name)
        return header_text(value, Defects()) if value else ""

    def content(self, part: Part) -> str:
        """Return the text of a part, as far as it is read."""
        octets = bytearray()
        for piece in pieces_of(self.raw, part, Defects()):
            octets += piece
            if len(octets) >= _READ:
                break
        return decode(bytes(octets[:_READ]), part.parameters.get("charset"), Defects()).replace("\r", "")

    def octets(self, part: Part) -> bytes:
        """Return the decoded content of a part."""
        return b"".join(pieces_of(self.raw, part, Defects()))

    @property
    def null_return_path(self) -> bool:
        """Whether the mail was sent so that nobody can answer it (RFC 5321, 4.5.5)."""
        path = self.root.first(b"return-path")
        return path is not None and path.lower().strip() in _NOBODY

    @property
    def is_mailers(self) -> bool:
        """Whether a mailer wrote it, by its author or by a field that only mailers set."""
        written = self.root.first(b"from")
        author = header_text(written, Defects()) or "<>" if written is not None else ""
        if _MAILER.search(author) is not None:
            # A postmaster is a person too, has a name, and answers.
            named = any(mailbox.name and not _MAILER.search(mailbox.name) for mailbox in self.authors)
            return not (named and self.is_answer and b"in-reply-to" in self.root.fields)
        return b"x-failed-recipients" in self.root.fields or "fail" in self.field(b"auto-submitted")

    @property
    def is_answer(self) -> bool:
        """Whether the subject is that of a reply or a forward, as a person's mail client makes it."""
        return _ANSWERS.match(self.subject) is not None
