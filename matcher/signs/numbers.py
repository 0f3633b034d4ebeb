"""Which customer and registered numbers does a text name?  Each only in a form that it can have."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mail.registered_numbers import iban, uid, vat

_MOST_LABELS, _MOST_CALLED, _MOST_BARE, _MOST_REGISTERED = 10, 20, 60, 20
_SHORTEST, _LONGEST = 4, 40
_LABEL = re.compile(
    r"""(?<!\w)(?:
        (?:kunden?|debitoren?|mandanten|klienten|mitglieder|mitglied)[- ]?(?:nummer|nr|no|n°)
      | kd[.-]?\ ?nr
      | (?:num[ée]ro|n[°ºo.]|réf[ée]?rence|r[ée]f)\.?\ ?(?:de\ |d['’]|du\ )?(?:client|d[ée]biteur|membre)
      | (?:numero|n[°ºo.]|nr|codice|cod)\.?\ ?(?:di\ |del\ )?(?:cliente|socio|debitore)
      | (?:customer|client|member|debtor)[ -]?(?:number|no|nr|id|\#)
    )(?!\w)\.?[:#]?\s{0,3}(?:(?:ist|lautet|is|est|è)\s)?\s{0,3}[:#]?\s{0,3}
    (?P<number>[A-Za-z0-9](?:[\w./-]|\ (?=[\w./-]*\d)){0,38})""",
    re.VERBOSE | re.IGNORECASE,
)
_STEMS = (
    "kund",
    "kd",
    "debit",
    "débit",
    "mandant",
    "klient",
    "glied",
    "clien",
    "memb",
    "socio",
    "custom",
    "debtor",
)
# `Your customer number` is ours with whoever writes, and nothing to do with our own lists.
_YOURS = re.compile(
    r"(?<!\w)(?:ihre[rsn]?|deine[rsn]?|eure[rsn]?|votre|vos|vostr[oi]|su[oa]|tu[oa]|your)\W{1,3}\Z",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"(?<!\w)(?:unsere[rn]?|meine[rn]?|notre|mon|ma|nostr[oa]|mi[oa]|our|my)\W{1,3}\Z", re.IGNORECASE
)
_BARE = re.compile(r"(?<![\w@./-])(?=[A-Za-z./-]{0,12}\d)\w[\w./-]{2,38}\w(?![\w@])")
_DAY_OR_SUM = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,4}|\d+[.,]\d\d|\d{1,2}[.:h]\d\d"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Za-z0-9]{1,4}){3,8}")
_UID = re.compile(r"(?<![A-Za-z0-9])CHE[- ]?\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d)", re.IGNORECASE)
_VAT = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:ATU|BE|CZ|DE|DK|ES|FI|FR|GB|HU|IT|LU|NL|PL|PT|SE|SI|SK)"
    r" ?(?:[A-Z0-9][ .]?){6,12}[A-Z0-9](?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class CustomerNumbers:
    """Numbers that the author calls *own*, that are *called* customer numbers, and that only could be one."""

    own: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def customer_numbers(*texts: str) -> CustomerNumbers:
    """Return the numbers of some texts that may be customer numbers, a bounded number.

    >>> customer_numbers("Unsere Kundennummer: K-10 234, am 3.4.2026")
    CustomerNumbers(own=('K-10', 'K-10 234', 'K-10234'), called=(), bare=())
    """
    own: dict[str, None] = {}
    called: dict[str, None] = {}
    ours: set[str] = set()
    for text in texts:
        for found in islice(_LABEL.finditer(text), _MOST_LABELS) if _may_label(text) else ():
            before, ways = (
                text[max(0, found.start() - 12) : found.start()],
                dict.fromkeys(_ways(found["number"])),
            )
            if _YOURS.search(before):
                ours.update(ways)
            else:
                (own if _OURS.search(before) else called).update(ways)
    theirs = [one for one in called if one not in own]
    bare = dict.fromkeys(number for text in texts for number in _bare(text))
    rest = [one for one in bare if one not in own and one not in called and one not in ours]
    return CustomerNumbers(tuple(own)[:_MOST_CALLED], tuple(theirs)[:_MOST_CALLED], tuple(rest)[:_MOST_BARE])


def _may_label(text: str) -> bool:
    """Tell whether to look closely, which takes longer than all else."""
    lower = text.lower()
    return any(stem in lower for stem in _STEMS)


def _bare(text: str) -> Iterator[str]:
    for found in islice(_BARE.finditer(text), _MOST_BARE * 2):
        if _can_be(found[0]) and not _DAY_OR_SUM.fullmatch(found[0]):
            yield from _cases(found[0])


def registered_numbers(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return IBAN, UID and VAT numbers of some lines, with their kinds."""
    found = dict.fromkeys(each for line in lines for each in _registered(line))
    return tuple(found)[:_MOST_REGISTERED]


def _registered(line: str) -> Iterator[tuple[str, str]]:
    for kind, pattern, reading in (("iban", _IBAN, iban), ("uid", _UID, uid), ("vat", _VAT, vat)):
        for found in pattern.finditer(line):
            if value := reading(found[0]):
                yield kind, value


def _ways(written: str) -> Iterator[str]:
    """Yield how a number may stand in tables: up to each blank, with blanks and without."""
    words = written.split(" ")
    for length in range(1, min(len(words), 4) + 1):
        spaced = " ".join(words[:length]).rstrip("./-")
        for one in dict.fromkeys((spaced, spaced.replace(" ", ""))):
            if _can_be(one):
                yield from _cases(one)


def _cases(number: str) -> dict[str, None]:
    return dict.fromkeys((number, number.upper()))


def _can_be(number: str) -> bool:
    return _SHORTEST <= len(number) <= _LONGEST and any(sign.isdigit() for sign in number)
