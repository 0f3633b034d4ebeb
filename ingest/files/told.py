"""What was found in a file: the value that reading one gives."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mail.file_kinds import FileKind
from mail.file_marks import FileMark


class FileDefect(StrEnum):
    """Why of a file less is known than it holds; docs/operations.md explains each."""

    TRUNCATED = "truncated"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NOT_READ = "not-read"
    NOT_LISTED = "not-listed"
    NAMES_TRUNCATED = "names-truncated"


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in an archive; *size* is None where the archive does not say it."""

    name: str
    size: int | None


@dataclass(slots=True)
class Told:
    """What a file says, as far as it was read: it grows while the file is read.

    *parts* are pieces of text, *packed* what an archive holds.
    """

    kind: FileKind = FileKind.OTHER
    parts: list[str] = field(default_factory=list)
    packed: list[Packed] = field(default_factory=list)
    marks: set[FileMark] = field(default_factory=set)
    defects: set[FileDefect] = field(default_factory=set)

    @property
    def text(self) -> str:
        """All that was read."""
        return "\n".join(self.parts)

    def as_json(self) -> dict[str, Any]:
        """Return it as values that `json.dumps` takes as they are."""
        return {
            "kind": self.kind,
            "text": self.text,
            "packed": [[one.name, one.size] for one in self.packed],
            "marks": sorted(self.marks),
            "defects": sorted(self.defects),
        }


def told_of(values: dict[str, Any]) -> Told:
    """Return what `as_json` gave."""
    return Told(
        kind=FileKind(values["kind"]),
        parts=[values["text"]] if values["text"] else [],
        packed=[Packed(name, size) for name, size in values["packed"]],
        marks={FileMark(code) for code in values["marks"]},
        defects={FileDefect(code) for code in values["defects"]},
    )


def untold(defect: FileDefect) -> Told:
    """Return that nothing is known of a file but why."""
    return Told(defects={defect})
