"""How do people write a name a second time?  Umlauts, slips of the finger, other orders and forms."""

from random import Random

_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
_DROPPED = str.maketrans("äöüÄÖÜéèêëáàâíîïóôúûçÉÈ", "aouAOUeeeeaaaiiioouucEE")


def spelt_out(text: str) -> str:
    """Return a text with its umlauts as two letters."""
    return "".join(_SPELT_OUT.get(letter, letter) for letter in text)


def without_accents(text: str) -> str:
    """Return a text as a keyboard without umlauts and accents gives it."""
    return text.replace("ß", "ss").translate(_DROPPED)


def slip(random: Random, text: str) -> str:
    """Return a text with one letter swapped, doubled or left out, never the first."""
    if len(text) < 5:
        return text
    at = random.randrange(1, len(text) - 2)
    return random.choice((
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1 :],
    ))  # fmt: skip
