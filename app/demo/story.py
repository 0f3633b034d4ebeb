"""A correspondence as a template: who writes what after how many days, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of a story.  *form* is `plain` or `html`, *file* names what is attached, "" nothing."""

    by_us: bool
    after_days: int
    form: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """A subject and its mails, with places in braces for what differs each time."""

    subject: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """How one writes letters in a language; greetings have a place for the name."""

    greetings: tuple[str, ...]
    closings: tuple[str, ...]
    quoting: str
    reply: str
    products: tuple[str, ...]
    reasons: tuple[str, ...]
    stories: tuple[Story, ...]


def stories(text: str) -> tuple[Story, ...]:
    """Return the stories of a text: `# subject`, then each mail after a line like `@us 2 html Offer.pdf`."""
    return tuple(_story(block) for block in text.strip().split("\n# "))


def _story(block: str) -> Story:
    subject, *letters = block.removeprefix("# ").split("\n@")
    return Story(subject.strip(), tuple(_letters(letters)))


def _letters(blocks: list[str]) -> Iterator[Letter]:
    for block in blocks:
        first, _, text = block.partition("\n")
        who, days, form, *file = first.split(maxsplit=3)
        yield Letter(who == "us", int(days), form, file[0] if file else "", text.strip())
