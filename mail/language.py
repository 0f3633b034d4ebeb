"""Which language is a mail written in?  Told by its small words, or by its script where one language owns it."""

import re
from collections import defaultdict

from mail.language_words import WORDS

_ENOUGH = 600  # characters: more make it no surer
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_PROSE = re.compile(r"https?://\S+|\S+@\S+|<[^<>\s]*>")
_FEWEST_WORDS = 4
_FEWEST_FOUND = 1.5
_AHEAD = 1.4


def _weights() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each word its languages and what it says for each: less if it stands in many of them."""
    languages: dict[str, list[str]] = defaultdict(list)
    for language, words in WORDS.items():
        for word in set(words.split()):
            languages[word].append(language)
    return {word: tuple((name, 1 / len(names)) for name in names) for word, names in languages.items()}


_WEIGHTS = _weights()
# Letters of scripts; where several languages share one, letters that only one of them has come first.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]"), 0.1),
    ("ko", re.compile(r"[\uac00-\ud7a3]"), 0.3),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.3),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.4),
    ("he", re.compile(r"[\u05d0-\u05ea]"), 0.4),
    ("fa", re.compile(r"[پچژگ]"), 0.02),
    ("ar", re.compile(r"[\u0621-\u064a]"), 0.4),
    ("th", re.compile(r"[\u0e01-\u0e5b]"), 0.4),
    ("ka", re.compile(r"[\u10d0-\u10ff]"), 0.4),
    ("hy", re.compile(r"[\u0531-\u0587]"), 0.4),
    ("hi", re.compile(r"[\u0904-\u0939]"), 0.3),
    ("uk", re.compile(r"[іїєґІЇЄҐ]"), 0.02),
    ("sr", re.compile(r"[ђћџљњјЂЋЏЉЊЈ]"), 0.02),
    ("ru", re.compile(r"[ыэёЫЭЁ]"), 0.005),
    ("bg", re.compile(r"[ъЪ]"), 0.005),
    ("ru", re.compile(r"[\u0410-\u044f]"), 0.5),
)


def language_of(text: str) -> str | None:
    """Return the language as ISO 639-1, None if the text is too short or does not show it."""
    start = text[:_ENOUGH]
    if "@" in start or "//" in start or "<" in start:
        start = _NO_PROSE.sub(" ", start)
    words = _WORD.findall(start.lower())
    if len(words) < _FEWEST_WORDS:
        return _by_script(start)
    points: dict[str, float] = defaultdict(float)
    for says in filter(None, map(_WEIGHTS.get, words)):
        for language, weight in says:
            points[language] += weight
    ranks = sorted(points, key=points.__getitem__, reverse=True)
    best = points[ranks[0]] if ranks else 0.0
    second = points[ranks[1]] if ranks[1:] else 0.0
    sure = best >= max(_FEWEST_FOUND, 0.06 * len(words)) and best >= _AHEAD * second
    return ranks[0] if sure else _by_script(start)


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    if letters < 8:
        return None
    return next((name for name, own, share in _SCRIPTS if len(own.findall(text)) > share * letters), None)
