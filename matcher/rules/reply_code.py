"""A letter bears a code of ours, signed: it is with whom we sent that to."""

from collections.abc import Sequence

from mail.reply_code import RecipientKind
from matcher.evidence import Case, Evidence
from matcher.known import LookUps, author_of
from storage.entries import Strength
from storage.reasons import Reason


async def reply_code(case: Case, look_ups: LookUps) -> Sequence[Evidence]:
    """Return to whom what bears our codes was sent; one who is gone since is nobody."""
    author = author_of(case) if case.codes else None
    found: list[Evidence] = []
    for code in case.codes if author else ():
        person = look_ups.persons.get(code.recipient) if code.kind is RecipientKind.PERSON else None
        is_firm = code.kind is RecipientKind.ORGANISATION
        firm = look_ups.organisations.get(code.recipient) if is_firm else None
        if author and (who := person or firm):
            parameters = {"correspondent": who.name}
            found.append(Evidence(author.key, Strength.CERTAIN, Reason.REPLY_CODE, parameters, person, firm))
    return found
