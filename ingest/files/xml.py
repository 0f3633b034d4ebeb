"""What stands in an XML file?  Its text, a piece at a time, without a tree of it in memory.

Office files declare no document type; one that does is refused, and with it all tricks
with entities.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate

from ingest.files.gathering import Gathering

_PIECE = 64 * 1024
_LONGEST_PARAGRAPH = 64 * 1024


class BrokenXml(ValueError):
    """It is no XML, or not of the kind that office files are."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which elements of a kind of file hold text, end a paragraph, or stand for white space.

    Names are local ones, without their namespace.  Where *within* is empty all text counts.
    *pointing* is an element whose attribute has this value where it holds no text but points to one.
    """

    within: Collection[str] = ()
    paragraphs: Collection[str] = ()
    blanks: Collection[str] = ()
    left_out: Collection[str] = ()
    pointing: tuple[str, str, str] | None = None


@dataclass(slots=True)
class _Reader:
    vocabulary: Vocabulary
    paragraph: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    inside: int = 0
    outside: int = 0
    length: int = 0
    points: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if self.vocabulary.pointing and local == self.vocabulary.pointing[0]:
            _, attribute, value = self.vocabulary.pointing
            self.points = attributes.get(attribute) == value
        if local in self.vocabulary.left_out:
            self.outside += 1
        elif local in self.vocabulary.within:
            self.inside += 1
        elif local in self.vocabulary.blanks:
            self.text(" ", always=True)

    def end(self, name: str) -> None:
        local = _local(name)
        if local in self.vocabulary.left_out:
            self.outside -= 1
        elif local in self.vocabulary.within:
            self.inside -= 1
        if local in self.vocabulary.paragraphs:
            self.flush()

    def text(self, text: str, *, always: bool = False) -> None:
        if (
            self.outside
            or (self.points and not always)
            or not (always or self.inside or not self.vocabulary.within)
        ):
            return
        self.paragraph.append(text)
        self.length += len(text)
        if self.length > _LONGEST_PARAGRAPH:
            self.flush()

    def flush(self) -> None:
        if self.paragraph:
            self.done.append("".join(self.paragraph))
            self.paragraph.clear()
            self.length = 0


def xml_texts(file: BinaryIO, vocabulary: Vocabulary, gathering: Gathering) -> Iterator[str]:
    """Yield the paragraphs of an XML file.  BrokenXml where it ends as one."""
    reader = _Reader(vocabulary)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    while True:
        piece = file.read(_PIECE)
        gathering.unpack(len(piece))
        _feed(parser.Parse, piece)
        yield from reader.done
        reader.done.clear()
        if not piece:
            break
    reader.flush()
    yield from reader.done


def _feed(parse: Callable[[bytes, bool], object], piece: bytes) -> None:
    try:
        parse(piece, not piece)
    except ExpatError as error:
        raise BrokenXml(str(error)) from None


def _refuse(*_declared: object) -> None:
    raise BrokenXml("it declares a document type")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
