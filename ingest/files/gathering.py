"""Where the text of a file is gathered, and which limit ends it."""

from collections.abc import Iterable

from ingest.files.limits import FileLimits
from ingest.files.told import FileDefect, Packed, Told
from mail.file_marks import FileMark, is_program


class Enough(Exception):
    """A limit is reached: what was gathered counts, and no more is read."""


class Gathering:
    """Gathers what a file says until it is enough."""

    def __init__(self, limits: FileLimits, told: Told) -> None:
        self.limits, self.told = limits, told
        self._left = limits.characters
        self._octets_left = limits.unpacked_octets

    def say(self, text: str) -> None:
        """Add a piece of text.  Enough if there is no room for more."""
        folded = text.replace("\x00", "").strip()
        if not folded:
            return
        self.told.parts.append(folded[: self._left])
        self._left -= len(folded) + 1
        if self._left <= 0:
            raise self.enough(FileDefect.TRUNCATED)

    def say_all(self, texts: Iterable[str]) -> None:
        """Add pieces of text, as they come."""
        for text in texts:
            self.say(text)

    def unpack(self, octets: int) -> None:
        """Count what was unpacked.  Enough if it becomes absurdly much."""
        self._octets_left -= octets
        if self._octets_left < 0:
            raise self.enough(FileDefect.TOO_LARGE)

    def enough(self, defect: FileDefect) -> Enough:
        """Note a defect, and return what ends the reading."""
        self.told.defects.add(defect)
        return Enough(defect)

    def pack(self, name: str, size: int | None) -> None:
        """Add the name of a file in an archive; a program inside is told in any case."""
        shown = "".join(character if character.isprintable() else "\ufffd" for character in name)[:500]
        if is_program(shown):
            self.told.marks.add(FileMark.PROGRAM_INSIDE)
        if len(self.told.packed) < self.limits.names:
            self.told.packed.append(Packed(shown, size))
        else:
            self.told.defects.add(FileDefect.NAMES_TRUNCATED)
