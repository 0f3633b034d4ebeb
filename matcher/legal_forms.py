"""Which words of a firm's name are its legal form, and what is it called without?

AG, SA and SA are one form in three languages, so that `Muster SA` may be `Muster AG`;
`Muster AG` and `Muster GmbH` are two firms.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from storage.sort_keys import sort_key

# Each line one form; in it the ways to write it, as sort keys without dots.
_FORMS = tuple(
    tuple(way.strip() for way in line.split("|"))
    for line in """
        ag|sa|spa|aktiengesellschaft|societe anonyme|societa anonima|societa per azioni
        gmbh|sarl|sagl|srl|gesmbh|gesellschaft mit beschrankter haftung
        kg|co kg|cie kg|kommanditgesellschaft|societe en commandite
        gmbh co kg|gmbh cie kg
        ag co kg|kgaa
        ohg|og|kollektivgesellschaft|snc|societe en nom collectif
        ug|ug haftungsbeschrankt
        ek|eu|einzelunternehmen|ei|eurl
        sas|sasu
        ev|verein|association|associazione
        eg|genossenschaft|cooperative|cooperativa|societe cooperative|scarl
        stiftung|fondation|fondazione
        ltd|limited|co ltd|plc
        inc|incorporated|corp|corporation
        llc|llp
        se|ab|as|oy|aps|bv|nv|sro|doo
    """.strip().splitlines()
)
_BY_WAY = {tuple(way.split()): number for number, ways in enumerate(_FORMS) for way in ways}
_LONGEST = max(map(len, _BY_WAY))
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){1,4}[^\W\d_]\b\.?")
_BY_LAST = frozenset(way[-1] for way in _BY_WAY)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True, slots=True)
class FirmName:
    """A name as a sort key without its legal form, and the number of that form; None without one."""

    bare: str
    form: int | None


@lru_cache(maxsize=4096)
def firm_name(written: str) -> FirmName:
    """Return a name apart from its legal form.

    >>> firm_name("Müller & Söhne S.A.").bare, firm_name("Muster GmbH").form == firm_name("Muster Sàrl").form
    ('muller sohne', True)
    """
    words = sort_key(_without_dots(written)).split()
    longest = min(_LONGEST, len(words) - 1) if words and words[-1] in _BY_LAST else 0
    for length in range(longest, 0, -1):
        if (form := _BY_WAY.get(tuple(words[-length:]))) is not None:
            return FirmName(" ".join(words[:-length]), form)
    return FirmName(" ".join(words), None)


def form_of(legal_form: str) -> int | None:
    """Return the number of a form that stands alone; None if it is none that is known."""
    return _BY_WAY.get(tuple(sort_key(_without_dots(legal_form)).split()))


def ways_of(form: int) -> tuple[str, ...]:
    """Return how a form is written: AG, SA, SpA."""
    return _FORMS[form]


def keys_of(written: str) -> set[str]:
    """Return the sort keys that tables may have for a name: either spelling of umlauts, any way to write its form."""
    name = firm_name(written)
    if not name.bare:
        return set()
    bares = {name.bare, firm_name(written.translate(_UMLAUTS)).bare, re.sub(r"(?<=[aou])e", "", name.bare)}
    ways = _FORMS[name.form] if name.form is not None else ()
    spaced = {" ".join(way) for way in ways if len(way) <= 3 and " " not in way}  # S.A. is `s a` in tables
    return {*bares, sort_key(written)} | {f"{bare} {way}" for bare in bares for way in {*ways, *spaced}}


def _without_dots(written: str) -> str:
    """Return `S.p.A.` as `SpA`, and initials without dots too: both sides are read so."""
    return (
        written if "." not in written else _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]), written)
    )
