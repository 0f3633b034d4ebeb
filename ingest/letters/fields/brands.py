"""Under which name does a firm trade, that its letter has only in a logo and a domain?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.letters.fields.layout import Piece
from ingest.letters.fields.sender_names import NameSeen, letters_of

_WORD = re.compile(r"(?<![\w@.])[A-ZÀ-Ý][\w&'’-]{2,30}(?![@\w])")
_FEWEST = 2


def brands_in(pieces: Sequence[Piece], hosts: Sequence[str], more: float) -> Iterator[NameSeen]:
    """Yield the words that a domain of the letter is called by, or begins with, and that stand there twice.

    *more* is added to what they weigh by themselves.
    """
    counts: Counter[str] = Counter()
    where: dict[str, Piece] = {}
    for piece in pieces:
        for match in _WORD.finditer(piece.text):
            word = match[0].strip("'’-")
            if any(_names(word, host) for host in hosts):
                counts[word] += 1
                where.setdefault(word, piece)
    for word, count in counts.items():
        if count >= _FEWEST:
            yield NameSeen(word, where[word], more + 0.5 + 0.4 * min(count, 4))


def _names(word: str, host: str) -> bool:
    letters, label = letters_of(word), letters_of(host)
    return len(letters) >= 3 and (letters == label or (word.isupper() and label.startswith(letters)))
