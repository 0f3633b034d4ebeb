"""What is told of an entry's files: what is dangerous about each, what is packed in it, what is not searched."""

from collections.abc import Sequence
from dataclasses import dataclass

from mail.file_kinds import FileKind, kind_of
from mail.file_marks import FileMark, marks_of
from storage import attachment_texts
from storage.attachment_texts import AttachmentText
from storage.entries import Attachment, Entry
from web.i18n import N_

MARKS: dict[FileMark, str] = {
    FileMark.PROGRAM: N_("Program"),
    FileMark.MACROS: N_("With macros"),
    FileMark.DOUBLE_ENDING: N_("Misleading ending"),
    FileMark.TURNED_NAME: N_("Name partly backwards"),
    FileMark.DISGUISED: N_("Not what its name says"),
    FileMark.PROGRAM_INSIDE: N_("Program inside"),
    FileMark.ENCRYPTED: N_("Encrypted"),
}
EXPLAINED: dict[FileMark, str] = {
    FileMark.PROGRAM: N_(
        "It is a program, or something that starts one: opened, it can do whatever you can."
    ),
    FileMark.MACROS: N_("It holds macros: small programs that run in your office program once you allow it."),
    FileMark.DOUBLE_ENDING: N_(
        "Its name has two endings, so that it looks like a harmless file and is none."
    ),
    FileMark.TURNED_NAME: N_(
        "Its name holds characters that turn the direction of writing and hide the real ending."
    ),
    FileMark.DISGUISED: N_("Its content is of another kind than its name and type say."),
    FileMark.PROGRAM_INSIDE: N_("A program is packed inside."),
    FileMark.ENCRYPTED: N_("It is encrypted: nobody could look what is in it."),
}
_UNSAID = {
    "truncated": N_("Only its beginning is searched"),
    "too-slow": N_("Took too long to read: not all of it is searched"),
    "too-large": N_("Too large to read: not all of it is searched"),
    "too-many": N_("Too many files: this one is not searched"),
    "too-deep": N_("Mails within mails: not all of it is searched"),
    "broken": N_("Damaged: not all of it could be read"),
    "not-listed": N_("Archive, not listed"),
}
_OLD_OFFICE = N_("Its text is not searched")


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of an entry, and what is known of it; *is_read* tells whether somebody has looked into it yet."""

    file: Attachment
    is_read: bool
    marks: tuple[FileMark, ...]
    defects: tuple[str, ...]
    packed: Sequence[tuple[str, int | None]]
    kind: str

    @property
    def is_dangerous(self) -> bool:
        """Whether it is handed out only to who has read a warning."""
        return any(mark.is_dangerous for mark in self.marks)

    @property
    def warnings(self) -> list[tuple[str, bool]]:
        """The short words for its marks, and whether each is a danger."""
        return [(MARKS[mark], mark.is_dangerous) for mark in self.marks]

    @property
    def explanations(self) -> list[str]:
        """The sentences for its marks."""
        return [EXPLAINED[mark] for mark in self.marks]

    @property
    def unsaid(self) -> list[str]:
        """The sentences for what of it is not searched."""
        told = [_UNSAID[code] for code in self.defects if code in _UNSAID]
        is_text = self.kind == FileKind.OLE and "not-read" in self.defects
        return [*told, _OLD_OFFICE] if is_text else told

    @property
    def has_more_packed(self) -> bool:
        """Whether the archive holds more than is listed."""
        return "names-truncated" in self.defects


async def files_of(entry: Entry) -> list[ShownFile]:
    """Return the files of an entry, in the order of its message."""
    known = await attachment_texts.of_files({file.digest for file in entry.attachments})
    return [_shown(file, known.get(file.digest)) for file in entry.attachments]


async def file_with_content(file: Attachment, content: bytes) -> ShownFile:
    """Return a file whose content is at hand: where nobody has looked into it yet, a look at its beginning."""
    known = (await attachment_texts.of_files([file.digest])).get(file.digest)
    return _shown(file, known, None if known else kind_of(content))


def _shown(file: Attachment, known: AttachmentText | None, kind: FileKind | None = None) -> ShownFile:
    kind = FileKind(known.kind) if known else kind
    return ShownFile(
        file=file,
        is_read=known is not None,
        marks=marks_of(file.name, file.type.lower(), kind, known.marks if known else ()),
        defects=tuple(known.defects) if known else (),
        packed=[(name, size) for name, size in known.packed] if known else (),
        kind=kind or "",
    )
