"""What does somebody say of themselves below a mail?  Name, function, firm, numbers, addresses: proposals for people.

A field that is not clear is left empty: what is proposed wrongly costs more than what is typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import phonenumbers

from mail.address import Address
from mail.domains import is_shared, registrable
from mail.message import ParsedMessage
from mail.reply import split_reply
from mail.signature_lines import MOST_LINES, statements
from mail.signature_marks import CLOSINGS, LEGAL_FORM
from mail.signature_names import ProposedName, fits, read_name
from mail.signature_places import ProposedPlace, place_in
from mail.signature_words import FAX, FUNCTION, MOBILE, ORGANISATION, OTHER_NUMBERS, PRIVATE

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>,;|()]{3,200}", re.IGNORECASE)
_BARE_WEB = re.compile(
    r"^(?:(?:web|internet|site|www|homepage|website)\s*:?\s+)?((?:[a-z0-9-]{2,63}\.){1,2}(?:ch|de|at|fr|it|com|org|net|eu|li|uk|swiss|io))/?$",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(
    r"^(?:e-?mail|mail|courriel|web|internet|www|e|w|tel\.?|telefon|t|m|f)\s*:?$", re.IGNORECASE
)
_MOST_PHONES = 6
_MOST_CHARACTERS = 6_000
_REGIONS = {
    "ch": "CH",
    "de": "DE",
    "at": "AT",
    "fr": "FR",
    "it": "IT",
    "li": "LI",
    "uk": "GB",
    "be": "BE",
    "lu": "LU",
}


class PhoneUse(StrEnum):
    """What a number in a signature is for."""

    OFFICE = "office"
    MOBILE = "mobile"
    PRIVATE = "private"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class ProposedPhone:
    """A telephone number: for people, as E.164, and what it is for."""

    written: str
    key: str
    use: PhoneUse


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a mail says of who wrote it; empty where it does not say it clearly."""

    name: ProposedName = field(default_factory=ProposedName)
    function: str = ""
    organisation: str = ""
    phones: tuple[ProposedPhone, ...] = ()
    emails: tuple[str, ...] = ()
    place: ProposedPlace | None = None
    web: str = ""


def proposed(message: ParsedMessage) -> Proposal:
    """Return what a message says of its author; of a forward, of who wrote what is inside."""
    forwarded = message.forwarded
    if forwarded and forwarded.attached:
        return proposed(forwarded.attached)
    mailboxes = [forwarded.from_] if forwarded and forwarded.from_ else list(message.from_)
    author = mailboxes[0] if mailboxes else None
    text = forwarded.text if forwarded else message.text
    return proposed_of(text, author.name if author else "", author.address if author else None)


def proposed_of(text: str, name: str = "", address: Address | None = None) -> Proposal:
    """Return what the signature of a text says, and the header's name and address of its author."""
    lines = statements(signature_of(text)[:_MOST_CHARACTERS])
    likely = _likely_country(address)
    place, taken, beside = place_in(lines, likely)
    region = (place.country if place else "") or likely or "CH"
    emails = _emails(lines, address)
    phones, numbered = _phones(lines, region)
    web, of_web = _web(lines)
    left = [
        line for at, line in enumerate(lines) if at not in taken | numbered | of_web and not _is_reach(line)
    ]
    person, rest = _name(left, name, address)
    rest += beside
    organisation = _organisation(rest, address)
    function = _function(rest, organisation) if person.family_name else ""
    return Proposal(person, function, organisation, phones, emails, place, web)


def signature_of(text: str) -> str:
    """Return the signature of a text, or what stands below the closing of its new part."""
    parts = split_reply(text)
    if parts.signature:
        return parts.signature
    lines = parts.new.split("\n")
    for at in range(len(lines) - 1, max(-1, len(lines) - MOST_LINES), -1):
        line = lines[at].strip()
        if line and len(line) <= 60 and line.lower().startswith(CLOSINGS):
            return "\n".join(lines[at + 1 :])
    return ""


def _likely_country(address: Address | None) -> str:
    return _REGIONS.get(address.domain_key.rpartition(".")[2], "") if address else ""


def _emails(lines: Iterable[str], address: Address | None) -> tuple[str, ...]:
    """Return the addresses; those at other firms than the author's are not theirs."""
    found: dict[str, str] = {}
    own = address.domain_key if address else ""
    for text in ([str(address)] if address else []) + [
        match for line in lines for match in _EMAIL.findall(line)
    ]:
        parsed = Address.parse(text.rstrip(".-"))
        if parsed and (
            not own or parsed.domain_key == own or registrable(parsed.domain_key) == registrable(own)
        ):
            found.setdefault(parsed.key, str(parsed))
    return tuple(found.values())[:3]


def _phones(lines: Sequence[str], region: str) -> tuple[tuple[ProposedPhone, ...], set[int]]:
    """Return the numbers, and on which lines they stand."""
    found: dict[str, ProposedPhone] = {}
    numbered: set[int] = set()
    for at, line in enumerate(lines):
        if OTHER_NUMBERS.search(line.lower()) or not any(sign.isdigit() for sign in line):
            continue
        before = 0
        for match in phonenumbers.PhoneNumberMatcher(line, region):
            label = line[before : match.start].lower().replace("(0)", "")
            use = _use(label, line[match.end : match.end + 12].lower(), match.number)
            key = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            shown = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            found.setdefault(key, ProposedPhone(shown, key, use))
            numbered.add(at)
            before = match.end
    return tuple(found.values())[:_MOST_PHONES], numbered


def _use(label: str, behind: str, number: phonenumbers.PhoneNumber) -> PhoneUse:
    """Return what a number is for, by the word before it, else by its kind."""
    behind = behind if behind.lstrip().startswith("(") else ""
    for use, words in ((PhoneUse.FAX, FAX), (PhoneUse.PRIVATE, PRIVATE), (PhoneUse.MOBILE, MOBILE)):
        if words.search(label.rstrip()) or words.search(behind):
            return use
    kind = phonenumbers.number_type(number)
    return PhoneUse.MOBILE if kind == phonenumbers.PhoneNumberType.MOBILE else PhoneUse.OFFICE


def _web(lines: Sequence[str]) -> tuple[str, set[int]]:
    for at, line in enumerate(lines):
        if "@" not in line and (found := _WEB.search(line) or _BARE_WEB.match(line)):
            text = found[found.lastindex or 0]
            return re.sub(r"^https?://", "", text, flags=re.IGNORECASE).rstrip("/.").lower(), {at}
    return "", set()


def _is_reach(line: str) -> bool:
    """Tell whether a line is an address, a link, a label or a number, and neither name nor firm."""
    if "@" in line or _WEB.search(line) or _BARE_WEB.match(line) or _LABEL_ALONE.match(line):
        return True
    return bool(OTHER_NUMBERS.search(line.lower()))


def _name(lines: list[str], written: str, address: Address | None) -> tuple[ProposedName, list[str]]:
    """Return the author's name, and the lines that are left: the header's, with the title of the signature."""
    of_header = read_name(written, address)
    for at, line in enumerate(lines):
        if LEGAL_FORM.search(line):
            continue
        # `Anna Keller, Leiterin Verkauf` says two things.
        said, _, more = line.partition(",")
        read = read_name(said, address)
        if of_header.family_name:
            is_it = fits(read, of_header)
        else:
            is_it = at == 0 and bool(read.given_name) and not _says_more(said)
        if is_it:
            rest = (
                lines[:at]
                + ([more.strip()] if more.strip() and FUNCTION.search(more.lower()) else [])
                + lines[at + 1 :]
            )
            return read.in_place_of(of_header), rest
    return of_header, lines


def _says_more(line: str) -> bool:
    return bool(FUNCTION.search(line.lower()) or ORGANISATION.search(line.lower()))


def _organisation(lines: Sequence[str], address: Address | None) -> str:
    """Return the firm: the line with a legal form, one that the mail domain names, or one with such a word."""
    label = _label(address)
    by_form = [line for line in lines if LEGAL_FORM.search(line) and len(line) <= 80]
    by_domain = [
        line for line in lines if label and _letters(line) and _letters(line) in (label, _letters(label))
    ]
    by_word = [
        line
        for line in lines
        if ORGANISATION.search(line.lower()) and not FUNCTION.search(line.lower()) and len(line.split()) <= 7
    ]
    return next(iter([*by_form, *by_domain, *by_word]), "")


def _label(address: Address | None) -> str:
    """Return the name in an author's domain, if it is one organisation's: `muster` of muster.ch."""
    if address is None or is_shared(address.domain_key):
        return ""
    return _letters((address.private_domain or "").partition(".")[0])


def _letters(text: str) -> str:
    spelt = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]", "", spelt)


def _function(lines: Sequence[str], organisation: str) -> str:
    for line in lines:
        if line == organisation or LEGAL_FORM.search(line) or len(line) > 80:
            continue
        if FUNCTION.search(line.lower()) and not line.endswith((".", "!", "?")):
            return line
    return ""
