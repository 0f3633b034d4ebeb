"""What does somebody look for who types this?  Words: all must be found, the last may be a beginning."""

_MOST_WORDS = 12
_LONGEST = 80


def words(text: str) -> list[str]:
    """Return the words to look for; signs alone are none.

    >>> words('Offerte & "Lüftung"')
    ['Offerte', '"Lüftung"']
    """
    found = [word for word in text.replace("\x00", " ").split() if any(c.isalnum() for c in word)]
    return [word[:_LONGEST] for word in found[:_MOST_WORDS]]
