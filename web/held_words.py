"""How is told what speaks for a candidate, what was decided, and what a message says of somebody new?"""

from collections.abc import Mapping, Sequence

from history.clues import Hint, words_of
from mail.address import Address
from mail.signature_fields import Proposal, proposed_of
from storage import facts, lookups
from storage.entries import Participant, ParticipantRole
from storage.facts import Fact, FactKind
from web.forms import Form, form_of
from web.i18n import N_, translations

HINTS: Mapping[Hint, str] = {
    Hint.ADDRESS: N_("has this address, at another time or with others"),
    Hint.FULL_NAME: N_("the same name"),
    Hint.FAMILY_NAME: N_("a name of the message"),
    Hint.WORKS_THERE: N_("works where the address belongs to"),
    Hint.DOMAIN: N_("the domain of the address is theirs"),
    Hint.CONVERSATION: N_("took part in the conversation"),
    Hint.LETTER: N_("what stands on the letter speaks for them"),
    Hint.FOUND: N_("fits your search"),
}
KINDS: Mapping[FactKind, str] = {
    FactKind.PERSON: N_("Address of a person"),
    FactKind.ORGANISATION: N_("Shared address of an organisation"),
    FactKind.IGNORED_ONCE: N_("Let go once"),
    FactKind.ADDRESS_IGNORED: N_("Address ignored"),
    FactKind.DOMAIN_IGNORED: N_("Domain ignored"),
}
_SAID: Mapping[FactKind, str] = {
    FactKind.PERSON: N_("%(about)s is %(name)s."),
    FactKind.ORGANISATION: N_("%(about)s is an address of %(name)s."),
    FactKind.IGNORED_ONCE: N_("Let go without an answer."),
    FactKind.ADDRESS_IGNORED: N_("%(about)s is ignored from now on."),
    FactKind.DOMAIN_IGNORED: N_("%(about)s is ignored from now on."),
}


async def said_of(decided: Sequence[Fact], language: str) -> str:
    """Return the sentences that tell what was decided, and how much that settled."""
    if not decided or (fact := await facts.fact(decided[0].id)) is None:
        return ""
    translated = translations(language)
    party = fact.person or fact.organisation
    about = fact.written if fact.about else translated.gettext(N_("This message"))
    said = translated.gettext(_SAID[fact.kind]) % {"about": about, "name": party.name if party else ""}
    more = len(decided) - 1 + await facts.settled_by([one.id for one in decided])
    if not more:
        return said
    told = translated.ngettext("One more was settled.", "%(num)s more were settled.", more) % {"num": more}
    return f"{said} {told}"


def taken_back(number: int, language: str) -> str:
    """Return the sentence that tells how many entries wait again."""
    translated = translations(language)
    if not number:
        return translated.gettext(N_("You have decided nothing lately that could be undone."))
    told = translated.ngettext(
        "Undone: one message waits again.", "Undone: %(num)s messages wait again.", number
    )
    return told % {"num": number}


async def suggested(participant: Participant | None, text: str) -> Form:
    """Return the form with what the mail itself says of somebody: name, and where the address belongs to.

    Of its author, the signature says both better than header and address.
    """
    if participant is None:
        return form_of({"remember": "yes"})
    signed = _signed(participant, text)
    given, family = (
        (signed.name.given_name, signed.name.family_name) if signed.name.family_name else _names(participant)
    )
    employer, is_new = await _employer(participant)
    if signed.organisation and (is_new or not employer):
        employer, is_new = signed.organisation, True
    return form_of(
        {
            "given_name": given,
            "family_name": family,
            "organisation": employer,
            "new_organisation": "yes" if is_new else "",
            "remember": "yes",
        }
    )


def _signed(participant: Participant, text: str) -> Proposal:
    if participant.role is not ParticipantRole.FROM:
        return Proposal()
    return proposed_of(text, participant.name, Address.parse(participant.written))


def _names(participant: Participant) -> tuple[str, str]:
    """Return given and family name; `Muster, Anna` is Anna Muster, and anna.muster@ too."""
    name = participant.name.strip()
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return given.strip(), family.strip()
    words = name.split() or _names_in_address(participant)
    return " ".join(words[:-1]), words[-1] if words else ""


def _names_in_address(participant: Participant) -> list[str]:
    words = words_of(participant)
    return [word.title() for word in words] if len(words) == 2 else []


async def _employer(participant: Participant) -> tuple[str, bool]:
    """Return the organisation's name, and whether it is guessed from the domain and not entered yet."""
    if participant.organisation:
        return participant.organisation.name, False
    address = Address.parse(participant.written)
    domain = address.private_domain if address else None
    if domain is None:
        return "", False
    known = (await lookups.organisations_by_domain([domain])).get(domain)
    if known:
        return known.name, False
    return domain.partition(".")[0].replace("-", " ").title(), True
