"""What could not be entered without asking: the list, the message at hand, deciding, and undoing that."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from history import held, undoing
from history.candidates import candidates, open_participant
from history.timeline import EntryLine, Timeline, held_entries
from storage import facts, one_entry
from storage.directory import cursor_of
from storage.entries import Entry, Participant
from web.choosing import Choices
from web.config import QUEUE
from web.deciding import Deciding, decide, named_participant
from web.files import files_of
from web.forms import Form, cleaned, posted_form, text_in
from web.found import found, id_in
from web.held_words import HINTS, said_of, suggested, taken_back
from web.letter_takings import read_of, suggested_by, takings_of
from web.letter_view import shown_letter
from web.page import language_of, page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
_MOST = 50
_JSON = "application/json"


@dataclass(slots=True)
class _Shown:
    """The message at hand, as it is to be decided; *typed* and *choices* come back where something is wrong."""

    entry: Entry
    participant: Participant | None
    typed: Form | None = None
    choices: Choices = field(default_factory=Choices)

    @property
    def status(self) -> int:
        """What the page is answered with."""
        return 200 if self.typed is None or self.typed.ok else 422


@routes.get("/held")
@allowed(Right.READ)
async def index(request: web.Request) -> web.Response:
    """Everything that waits for a decision, each with the reason, and the first message beside it."""
    after = cleaned(request.query.get("after", "")) or None
    listed = await held_entries(after=after, most=_MOST)
    first = await one_entry.entry(listed.entries[0].id, request[STAFF].id) if listed.entries else None
    shown = _Shown(first, open_participant(first, "")) if first else None
    return await _desk(request, listed, shown, at_list=True)


@routes.get("/held/{entry}")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """One held entry with those whom it may be with; ?pane=1 is that alone, to be put into the page."""
    entry = await _held_entry(request)
    return await _shown(request, _Shown(entry, open_participant(entry, text_in(request, "participant"))))


@routes.post("/held/{entry}/decide")
@allowed(Right.DECIDE)
async def decide_on(request: web.Request) -> web.Response:
    """Decide whom an address is, for this entry and all that are ticked."""
    form, staff = await posted_form(request), request[STAFF]
    if _wants_json(request) and not await _waits(request):
        return web.json_response({"gone": [id_in(request, "entry")], "waiting": await held.count()})
    entry = await _held_entry(request)
    participant, choices = named_participant(form, entry), Choices()
    ticked = [one for one in (await request.post()).getall("entry", []) if isinstance(one, str)]
    read = await read_of(entry, staff.id)
    takings = takings_of(read, entry.direction) if read else []
    deciding = Deciding(entry, participant, form, choices, staff.id, request.app[QUEUE], takings)
    decided = await decide(deciding, ticked)
    if not form.ok:
        return await _shown(request, _Shown(entry, participant, form, choices))
    if _wants_json(request):
        gone = await facts.let_go_by([one.id for one in decided])
        said = await said_of(decided, language_of(request))
        return web.json_response({"gone": gone, "waiting": await held.count(), "said": said})
    done = f"?done={decided[0].id}" if decided else ""
    raise web.HTTPSeeOther(await _next(form) + done)


@routes.post("/held/undo")
@allowed(Right.DECIDE)
async def undo(request: web.Request) -> web.Response:
    """Take back what one decided last."""
    try:
        entry_ids = await undoing.undo(by=request[STAFF].id)
    except undoing.NothingToUndo:
        entry_ids = []
    if _wants_json(request):
        said = taken_back(len(entry_ids), language_of(request))
        return web.json_response({"entries": entry_ids, "said": said})
    raise web.HTTPSeeOther(f"/held/{entry_ids[-1]}" if entry_ids else "/held?done=nothing")


def _wants_json(request: web.Request) -> bool:
    return _JSON in request.headers.get("Accept", "")


async def _waits(request: web.Request) -> bool:
    entry = await one_entry.entry(id_in(request, "entry"), request[STAFF].id)
    return entry is not None and entry.held_reason is not None


async def _held_entry(request: web.Request) -> Entry:
    entry = found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))
    if entry.held_reason is None:
        raise web.HTTPSeeOther(f"/entries/{entry.id}")
    return entry


async def _next(form: Form) -> str:
    """Return the address of what comes next in the list that was shown, if it waits still."""
    number = form.values.get("next", "")
    if number.isascii() and number.isdigit() and len(number) <= 18 and await held.waits(int(number)):
        return f"/held/{number}"
    return "/held"


async def _shown(request: web.Request, shown: _Shown) -> web.Response:
    if request.query.get("pane") == "1" or _wants_json(request):
        values = await _values(request, shown)
        return page(request, "held/pane.html", status=shown.status, following=None, **values)
    listed = await held_entries(most=_MOST)
    if shown.entry.id not in [line.id for line in listed.entries]:
        # Further down: the list begins with it.
        before = cursor_of(shown.entry.at.isoformat(), shown.entry.id + 1)
        listed = await held_entries(after=before, most=_MOST)
    return await _desk(request, listed, shown, at_list=False)


async def _desk(
    request: web.Request, listed: Timeline, shown: _Shown | None, *, at_list: bool
) -> web.Response:
    done = request.query.get("done", "")
    decided = await facts.fact(int(done)) if done.isascii() and done.isdigit() and len(done) <= 18 else None
    said = await said_of([decided], language_of(request)) if decided else ""
    if done == "nothing":
        said = taken_back(0, language_of(request))
    values = await _values(request, shown) if shown else {"entry": None}
    preceding, following = _beside(listed.entries, shown.entry.id if shown else 0)
    return page(
        request,
        "held/desk.html",
        status=shown.status if shown else 200,
        listed=listed,
        waiting=await held.count(),
        at_list=at_list,
        said=said,
        preceding=preceding,
        following=following,
        **values,
    )


def _beside(lines: list[EntryLine], entry_id: int) -> tuple[int | None, int | None]:
    """Return the entries before and after one in the list."""
    ids = [line.id for line in lines]
    if entry_id not in ids:
        return None, None
    at = ids.index(entry_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


async def _values(request: web.Request, shown: _Shown) -> dict[str, Any]:
    """Return what the message at hand is shown with."""
    entry, participant = shown.entry, shown.participant
    text = text_in(request, "q")
    meant = await candidates(entry, participant, text)
    paper = await shown_letter(entry, request[STAFF].id, sought=text_in(request, "hits"), candidates=meant)
    takings = takings_of(paper.fields, entry.direction) if paper else []
    if shown.typed:
        form = shown.typed
    elif paper:
        form = await suggested_by(paper.fields, entry.direction, takings)
    else:
        form = await suggested(participant, entry.text)
    return {
        "entry": entry,
        "paper": paper,
        "takings": takings,
        "files": await files_of(entry),
        "participant": participant,
        "form": form,
        "choices": shown.choices,
        "text": text,
        "candidates": meant,
        "hints": HINTS,
        "address": held.ignorable(participant.written, whole_domain=False) if participant else None,
        "domain": held.ignorable(participant.written, whole_domain=True) if participant else None,
    }
