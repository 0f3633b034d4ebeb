"""How are people called in four languages?  Few names are frequent, and many are rare, as in a real directory."""

import random
import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

LANGUAGES: Final = ("de", "fr", "it", "en")

_GIVEN: Final = {
    "de": """Peter Daniel Thomas Hans Martin Andreas Michael Christian Markus Stefan Urs Beat Reto Jürg Jörg Günther
        Matthias Lukas Jonas Simon Anna Maria Ursula Sandra Ruth Monika Barbara Karin Nicole Regula Käthi Sabine
        Heidi Brigitte Claudia Silvia Franziska Katharina Zoë Lea Björn Sören Jürgen Wolfgang Annegret Dörte""",
    "fr": """Jean Pierre Michel Philippe André François Nicolas Laurent Olivier Frédéric Stéphane Sébastien Benoît
        Jérôme Gaël Loïc Marie Nathalie Isabelle Catherine Sylvie Véronique Hélène Céline Aurélie Zoé Élodie Chloé
        Anne Françoise Geneviève Joëlle Maëlle Noémie Thérèse Agnès""",
    "it": """Giuseppe Giovanni Antonio Marco Luca Andrea Francesco Paolo Roberto Stefano Davide Fabio Niccolò Matteo
        Alessandro Lorenzo Maria Anna Francesca Laura Elena Chiara Giulia Paola Silvia Sara Valentina Alessia
        Rosalba Nunzia Desirée Ilaria""",
    "en": """John William James David Robert Michael Richard Andrew Stephen Paul Mark Oliver Harry George Alan Sean
        Mary Susan Sarah Margaret Elizabeth Karen Helen Emma Alice Jane Charlotte Grace Zoë Siobhán Fiona Brenda""",
}
_FAMILY: Final = {
    "de": """Müller Meier Schmid Keller Weber Huber Schneider Meyer Steiner Fischer Gerber Brunner Baumann Frei
        Zimmermann Moser Widmer Wyss Graf Roth Suter Kälin Bühler Zürcher Lüthi Schär Hürlimann Ammann Egli Kunz
        Hofmann Köhler Schröder Krüger Jäger Böhm Strauß Weiß Groß Österreicher Fässler Gasser Zehnder Ackermann""",
    "fr": """Martin Bernard Dubois Durand Moreau Favre Rochat Blanc Girard Lefèvre Müller Chevalley Béguin Pâquier
        Rey Fournier Mercier Bonnet Lambert Roux Jaccard Cuénod Péclard Gagnebin Crêt Noël Hébert Benoît Bélanger""",
    "it": """Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Bernasconi Fontana Greco Conti Rezzonico Galli
        Cattaneo Ferretti Pedrazzini Quadri Molinari Bassetti Crivelli Nicolò Cantù Viganò Nardò""",
    "en": """Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White
        Roberts Green Hall Wood Harris Lewis Clarke Turner Hughes Edwards Brontë""",
}
# First and last parts of the many rare names.
_RARE: Final = {
    "de": (
        """Alten Blumen Buchen Dorn Eichen Erlen Falken Felden Grün Hagen Hirsch Hohen Kirch Linden Mühl Nuss Ober
        Rosen Schön Stein Tannen Unter Wald Wiesen Wolf Zell Berg Brunn Birk Lauten""",
        """ach acher auer bacher berger brunner egger eisen feld gruber häusler hofer holzer lehner müller mann moser
        reiter rieder stadler steiner thaler walder weger wieser zeller""",
    ),
    "fr": (
        """Beau Bel Bois Bon Chante Char Clair Cour Dau Fon Gran Haut Lan Mar Mont Pas Per Ra Ro Saint Tail Val Ver""",
        """bert champ court deau dier fort gnon guet lier lemont loup martin menil mond nier pin quier rand reau
        rival tier ville zac""",
    ),
    "it": (
        """Aca Bal Bel Bor Cam Car Cas Dal Fal Gal Lam Man Mar Mon Pal Pel Ros Sal San Tar Val Ver Vis Zan""",
        """betti brini chetti dini falchi ghini gnoli lotti mazzi mini nardi nelli pini randi rini ssani telli
        tti vecchi zani zzoli""",
    ),
    "en": (
        """Ash Black Brad Brook Clay Cross East Fair Green Hart Holling Kirk Lang Mill North Oak Pember Rad Sher South
        Stan Thorn West Whit Win""",
        """brook by combe croft dale den field ford gate ham hurst ley man more ridge sett stead thorpe ton wick
        wood worth""",
    ),
}
_PARTICLES: Final = {
    "de": ("von ", "von der ", "zur "),
    "fr": ("de ", "du ", "de la "),
    "it": ("Di ", "De ", "Della "),
    "en": ("Mc", "O’", "Mac"),
}
_TITLES: Final = {
    "de": ("Dr.", "Prof. Dr."),
    "fr": ("Dr", "Me"),
    "it": ("Dott.", "Ing."),
    "en": ("Dr", "Prof."),
}
_SPELT_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_NEIGHBOURS: Final = {"e": "r", "r": "t", "a": "s", "i": "o", "n": "m", "t": "z", "l": "k", "s": "d"}


def _weighted(names: str) -> tuple[Sequence[str], Sequence[float]]:
    words = names.split()
    return words, list(accumulate(1 / (rank + 4) for rank in range(len(words))))


_GIVEN_WEIGHTED: Final = {language: _weighted(names) for language, names in _GIVEN.items()}
_FAMILY_WEIGHTED: Final = {language: _weighted(names) for language, names in _FAMILY.items()}
_RARE_PARTS: Final = {language: (first.split(), last.split()) for language, (first, last) in _RARE.items()}


def given_name(chance: random.Random, language: str) -> str:
    """Return a given name; of one in ten two."""
    names, weights = _GIVEN_WEIGHTED[language]
    first, *others = chance.choices(names, cum_weights=weights, k=2)
    if chance.random() < 0.9 or others[0] == first:
        return first
    return f"{first}-{others[0]}" if language == "fr" else f"{first} {others[0]}"


def family_name(chance: random.Random, language: str) -> str:
    """Return a family name: a frequent one, a rare one, one with a particle, or two."""
    kind = chance.random()
    if kind < 0.03:
        return chance.choice(_PARTICLES[language]) + _rare(chance, language)
    if kind < 0.07:
        return f"{_frequent(chance, language)}-{_rare(chance, language)}"
    return _frequent(chance, language) if kind < 0.5 else _rare(chance, language)


def title(chance: random.Random, language: str) -> str:
    """Return a title; empty for most."""
    return chance.choices(("", *_TITLES[language]), weights=(30, 2, 1))[0]


def _frequent(chance: random.Random, language: str) -> str:
    names, weights = _FAMILY_WEIGHTED[language]
    return chance.choices(names, cum_weights=weights)[0]


def _rare(chance: random.Random, language: str) -> str:
    first, last = _RARE_PARTS[language]
    return chance.choice(first) + chance.choice(last)


def plain(text: str) -> str:
    """Return *text* in ASCII, as people write it who have no umlauts on their keyboard.

    >>> plain("Jürg O’Béguin")
    'Juerg OBeguin'
    """
    letters = unicodedata.normalize("NFKD", text.translate(_SPELT_OUT))
    return letters.encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """Return *text* as it stands in an address: `von der Mühl` is `vondermuehl`."""
    return "".join(letter for letter in plain(text).lower() if letter.isalnum() or letter == "-")


def misspelt(chance: random.Random, word: str) -> str:
    """Return *word* with one slip of a finger: two letters swapped, one left out, doubled or beside it."""
    if len(word) < 4:
        return word + word[-1]
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + _NEIGHBOURS.get(word[at], "x") + word[at + 1 :],
    )
    return next(slip for slip in chance.sample(slips, k=4) if slip != word)
