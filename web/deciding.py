"""What does somebody decide on held entries who sends the form of one?  Done for it, and for all that are ticked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from history import held
from history.candidates import open_participant
from history.held import Somebody
from storage import directory_edits, facts, one_entry
from storage.entries import Entry, Participant
from storage.facts import Fact
from storage.jobs import JobQueue
from web.choosing import Choices, chosen_organisation
from web.forms import Form
from web.found import NotFound
from web.i18n import N_
from web.letter_takings import Taking, taken

MOST_TICKED = 200
_DIGITS = 18
_IGNORING = {"ignore-address": False, "ignore-domain": True}
_Act = Callable[[Entry, Participant | None], Awaitable[Fact]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """The entry at hand, and the form that was sent for it; what is wrong stands in that."""

    entry: Entry
    participant: Participant | None
    form: Form
    choices: Choices
    by: int
    queue: JobQueue
    takings: Sequence[Taking] = ()

    @property
    def remembers(self) -> bool:
        """Whether the address is to be known from now on."""
        return self.form.checked("remember")


async def decide(deciding: Deciding, ticked: Sequence[str]) -> list[Fact]:
    """Do what a form says, and return the facts; none where something is wrong with it."""
    first = await _decide_first(deciding)
    if first is None:
        return []
    decided = [first]
    again = _again(deciding, first)
    for entry in await _ticked(deciding, ticked):
        try:
            decided.append(await again(entry, open_participant(entry, "")))
        except (held.NotHeld, held.NothingToIgnore):
            continue  # settled by the one before, or no address to be ignored
    await facts.put_together([one.id for one in decided])
    return decided


def named_participant(form: Form, entry: Entry) -> Participant | None:
    """Return the participant that a form is about; None for a message that names nobody."""
    if not list(entry.participants):
        return None
    for participant in entry.participants:
        if str(participant.id) == form.values.get("participant"):
            return participant
    raise NotFound


async def _decide_first(deciding: Deciding) -> Fact | None:
    form, choice = deciding.form, deciding.form.values.get("choice", "")
    try:
        if choice in {"new", "shared"}:
            return await _enter(deciding, is_shared=choice == "shared")
        if (act := _chosen(deciding, choice)) is None:
            form.wrong("choice", N_("Choose somebody, or enter somebody new below."))
            return None
        return await act(deciding.entry, deciding.participant)
    except held.NothingToIgnore:
        form.wrong("choice", N_("There is no address that could be ignored."))
    except held.NotHeld as error:
        raise NotFound from error
    return None


def _chosen(deciding: Deciding, choice: str) -> _Act | None:
    """Return what a button does: somebody who is entered, or nobody."""
    kind, _, number = choice.partition(":")
    if kind in {"person", "organisation"}:
        is_number = number.isascii() and number.isdigit() and len(number) <= _DIGITS
        return _assigning(deciding, kind, int(number)) if is_number else None
    if choice == "ignore":
        return lambda entry, _: held.ignore(entry.id, by=deciding.by)
    if choice in _IGNORING:
        return lambda entry, one: held.ignore_always(
            entry.id,
            one.id if one else None,
            whole_domain=_IGNORING[choice],
            by=deciding.by,
            queue=deciding.queue,
        )
    return None


def _assigning(deciding: Deciding, kind: str, row_id: int) -> _Act:
    assign = held.assign if kind == "person" else held.assign_organisation
    return lambda entry, one: assign(
        entry.id,
        one.id if one else None,
        row_id,
        by=deciding.by,
        remember=deciding.remembers,
        queue=deciding.queue,
    )


def _again(deciding: Deciding, first: Fact) -> _Act:
    """Return what decides others as the first was: whom that entered is there now."""
    if first.person_id:
        return _assigning(deciding, "person", first.person_id)
    if first.organisation_id:
        return _assigning(deciding, "organisation", first.organisation_id)
    act = _chosen(deciding, deciding.form.values.get("choice", ""))
    assert act is not None
    return act


async def _ticked(deciding: Deciding, ticked: Sequence[str]) -> list[Entry]:
    """Return the other entries that are ticked, as far as they wait and may be seen."""
    ids = [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) <= _DIGITS]
    wanted = [one for one in dict.fromkeys(ids) if one != deciding.entry.id][:MOST_TICKED]
    found = [await one_entry.entry(one, deciding.by) for one in wanted]
    return [one for one in found if one is not None and one.held_reason is not None]


async def _enter(deciding: Deciding, *, is_shared: bool) -> Fact | None:
    form = deciding.form
    who = await _shared(deciding) if is_shared else await _somebody(deciding)
    if not form.ok:
        return None
    one, by = deciding.participant, deciding.by
    entry_id, participant_id, remember = deciding.entry.id, one.id if one else None, deciding.remembers
    if is_shared and who.organisation_id:
        return await _assigning(deciding, "organisation", who.organisation_id)(deciding.entry, one)
    try:
        return await held.enter_and_assign(
            entry_id, participant_id, who, by=by, remember=remember, queue=deciding.queue
        )
    except directory_edits.Taken:
        form.wrong("organisation", N_("The domain of this address is another organisation's already."))
        return None


async def _somebody(deciding: Deciding) -> Somebody:
    """Return the person whom a form enters."""
    form = deciding.form
    given, family = (form.text(name, most=150) for name in ("given_name", "family_name"))
    if not (given or family):
        form.wrong("family_name", N_("Enter a given or a family name."))
    if form.checked("new_organisation"):
        belongings = taken(deciding.takings, form, by_firm=True)
        firm = form.text("organisation", required=True)
        return Somebody(given, family, new_organisation=firm, belongings=belongings)
    organisation = await chosen_organisation(form, deciding.choices, required=False)
    belongings = taken(deciding.takings, form, by_firm=False)
    return Somebody(given, family, organisation.id if organisation else None, belongings=belongings)


async def _shared(deciding: Deciding) -> Somebody:
    """Return the organisation whose address a form says it is."""
    form = deciding.form
    if form.checked("new_organisation"):
        belongings = taken(deciding.takings, form, by_firm=True)
        return Somebody(new_organisation=form.text("organisation", required=True), belongings=belongings)
    organisation = await chosen_organisation(form, deciding.choices)
    return Somebody(organisation_id=organisation.id if organisation else None)
