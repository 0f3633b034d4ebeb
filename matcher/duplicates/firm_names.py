"""Is it the same firm's name?  Without legal form, whether abbreviated, in another order, or with a slip."""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from cleanco.termdata import terms_by_country

from matcher.duplicates.words import folded, is_close
from storage.sort_keys import sort_key

_COUNTRIES = (
    "Switzerland", "Germany", "Austria", "France", "Italy", "Belgium", "Luxembourg", "Liechtenstein",
    "United Kingdom", "Ireland", "United States of America", "Netherlands", "Spain",
)  # fmt: skip
# What the list of the package lacks, and words that say as little of who it is.
_MORE_FORMS = """
    ag gmbh gmbhco sa sarl sagl srl spa snc sas sasu eurl ltd limited llc inc plc lp llp corp
    corporation kg ohg og eg ev kgaa se ug gesmbh mbh gbr partg stiftung genossenschaft fondation
    fondazione societe anonyme aktiengesellschaft gesellschaft haftung beschrankter mit
    kommanditgesellschaft einzelfirma bv nv cooperative cie
"""
_SMALL = frozenset(
    "und et e and y u co & der die das des den le la les l il lo i gli the of fur pour per von de du di del"
    " della d in im a".split()
)
_FORMS_OF_STOCK, _FORMS_OF_SHARES = "stock", "shares"
_KIND_OF_FORM = {
    **dict.fromkeys("ag sa spa plc inc aktiengesellschaft se corp".split(), frozenset({_FORMS_OF_STOCK})),
    **dict.fromkeys("gmbh sarl srl sagl llc gesmbh mbh ug bv".split(), frozenset({_FORMS_OF_SHARES})),
    "ltd": frozenset({_FORMS_OF_STOCK, _FORMS_OF_SHARES}),
    "limited": frozenset({_FORMS_OF_STOCK, _FORMS_OF_SHARES}),
    **dict.fromkeys("kg ohg og snc gbr kgaa sas".split(), frozenset({"partners"})),
    **dict.fromkeys("ev verein".split(), frozenset({"association"})),
    **dict.fromkeys("stiftung fondation fondazione".split(), frozenset({"foundation"})),
    **dict.fromkeys("genossenschaft eg cooperative".split(), frozenset({"cooperative"})),
}
_SPELT_OUT = """
    gebr=gebruder st=sankt schweiz=schweizerisch suisse=schweizerisch svizzera=schweizerisch
    schweizerische=schweizerisch schweizerischer=schweizerisch schweizerisches=schweizerisch
    eidg=eidgenossisch switzerland=schweizerisch swiss=schweizerisch int=international
    intl=international deutsch=deutsche dt=deutsche osterr=osterreichische ass=assurance
    vers=versicherung versicherungen=versicherung ing=ingenieur ingenieurburo=ingenieur
    ets=etablissements fratelli=gebruder freres=gebruder flli=gebruder
"""
_SHORT = dict(pair.split("=") for pair in _SPELT_OUT.split())


class FirmFit(IntEnum):
    """How well the names of two firms fit; the more, the better."""

    OTHER = 0
    ACRONYM = 1
    CLOSE = 2
    SHORT = 3
    EQUAL = 4


def _forms() -> frozenset[str]:
    listed = [term for country in _COUNTRIES for term in terms_by_country.get(country, ())]
    return frozenset(sort_key(term.replace(".", "")) for term in listed) | frozenset(_MORE_FORMS.split())


_FORMS = _forms()


@lru_cache(maxsize=65536)
def firm_words(name: str) -> tuple[str, ...]:
    """Return the words that tell a firm from others, in their folded form.

    >>> firm_words("Gebr. Müller & Co. AG"), firm_words("Muster S.à r.l."), firm_words("Stiftung")
    (('gebruder', 'muller'), ('muster',), ('stiftung',))
    """
    words = folded(_without_dots(name)).split()
    bare = [word for word in words if word not in _SMALL]
    firm = [word for word in bare if word not in _FORMS] or bare or words
    return tuple(_SHORT.get(word, word) for word in firm)


def forms(name: str, legal_form: str = "") -> frozenset[str]:
    """Return of which kinds a firm may be by its legal form: an AG is a SA, but no GmbH; empty if none is said.

    >>> forms("Muster AG") == forms("Muster SA"), forms("Muster Sàrl") & forms("Muster AG"), forms("Muster")
    (True, frozenset(), frozenset())
    """
    words = sort_key(_without_dots(f"{name} {legal_form}")).split()
    kinds = [_KIND_OF_FORM[word] for word in words if word in _KIND_OF_FORM]
    return kinds[-1] if kinds else frozenset()


def firm_fit(one: str, other: str) -> FirmFit:
    """Return how the names of two firms fit.

    >>> firm_fit("Müller Söhne AG", "Soehne Mueller").name
    'EQUAL'
    >>> firm_fit("Schweiz. Bundesbahnen", "Schweizerische Bundesbahnen SBB").name
    'SHORT'
    >>> firm_fit("Muster Bau AG", "Muster Immobilien AG").name
    'OTHER'
    >>> firm_fit("SBB", "Schweizerische Bundesbahnen").name
    'ACRONYM'
    """
    words, its = firm_words(one), firm_words(other)
    if sorted(words) == sorted(its) or "".join(words) == "".join(its):
        return FirmFit.EQUAL
    if _is_shortened(words, its, one) or _is_shortened(its, words, other):
        return FirmFit.SHORT
    if is_close("".join(words), "".join(its)) and _each_close(words, its):
        return FirmFit.CLOSE
    if _is_acronym(words, its) or _is_acronym(its, words):
        return FirmFit.ACRONYM
    return FirmFit.OTHER


def _without_dots(name: str) -> str:
    """Return a name with `S.à r.l.` and `G.m.b.H.` as words."""
    text = name.replace("S.à r.l.", "Sàrl").replace("S.à.r.l.", "Sàrl").replace("Sp. z o.o.", "")
    return " ".join(word.replace(".", "") if word.count(".") > 1 else word for word in text.split())


def _is_shortened(short: Sequence[str], long: Sequence[str], written: str) -> bool:
    """Tell whether each word of one is that of the other, or its beginning where a full stop says so.

    An acronym behind the long name, as in `Schweizerische Bundesbahnen SBB`, is passed over.
    """
    stopped = {_SHORT.get(folded(word), folded(word)) for word in written.split() if word.endswith(".")}
    bare = _without_acronym(long)
    return len(short) == len(bare) > 1 and all(
        word == whole or (word in stopped and len(word) > 1 and whole.startswith(word))
        for word, whole in zip(short, bare, strict=True)
    )


def _without_acronym(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if _is_acronym(words[-1:], words[:-1]) else words


def _each_close(words: Sequence[str], its: Sequence[str]) -> bool:
    """Tell whether word fits word, so that a whole word that differs is no slip; joined words may be apart."""
    if len(words) != len(its):
        return True
    return all(is_close(*pair) for pair in zip(sorted(words), sorted(its), strict=True))


def _is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether one is made of the other's letters: the first of each word, and some between."""
    if len(short) != 1 or len(long) < 2 or not 2 <= len(short[0]) <= 6 or long[0].startswith(short[0][:3]):
        return False
    initials = "".join(word[0] for word in long)
    return short[0][0] == initials[0] and _in_order(initials, short[0]) and _in_order(short[0], "".join(long))


def _in_order(letters: str, text: str) -> bool:
    left = iter(text)
    return all(letter in left for letter in letters)
