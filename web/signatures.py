"""What a mail's signature says of its author beside what is known: shown, and taken over by whoever ticks it."""

from dataclasses import dataclass

from aiohttp import web

from mail.address import Address
from mail.signature_fields import Proposal, proposed_of
from matcher.proposals import News, Part, news, person_known, take_over
from storage import one_entry
from storage.correspondents import Person
from storage.entries import Entry, Participant, ParticipantRole
from web.found import NotFound, found, id_in
from web.i18n import N_
from web.page import page
from web.rights import Right, allowed
from web.session import STAFF

routes = web.RouteTableDef()
PART_NAMES = {
    Part.TITLE: N_("Title"),
    Part.GIVEN_NAME: N_("Given name"),
    Part.FUNCTION: N_("Function"),
    Part.ORGANISATION: N_("Works at"),
    Part.PHONE: N_("Telephone"),
    Part.EMAIL: N_("E-mail"),
    Part.PLACE: N_("Postal address"),
    Part.DOMAIN: N_("Domain of the organisation"),
}


@dataclass(frozen=True, slots=True)
class SignatureNews:
    """What an entry's signature says of a person that is not known."""

    entry: Entry
    person: Person
    news: list[News]


@routes.get("/entries/{entry}/signature")
@allowed(Right.READ)
async def show(request: web.Request) -> web.Response:
    """What the signature says, each with what is known now."""
    said = found(await signature_news(request, await _entry(request)))
    return page(request, "signatures/show.html", said=said, part_names=PART_NAMES)


@routes.post("/entries/{entry}/signature")
@allowed(Right.EDIT)
async def take(request: web.Request) -> web.Response:
    """Take over what was ticked, and nothing else."""
    author, person = await _author(await _entry(request))
    if author is None or person is None:
        raise NotFound
    posted = await request.post()
    chosen = {value for value in posted.getall("take", []) if isinstance(value, str)}
    entry = await _entry(request)
    await take_over(_proposal(entry, author), person.id, chosen, by=request[STAFF].id)
    raise web.HTTPSeeOther(f"/persons/{person.id}")


async def signature_news(request: web.Request, entry: Entry) -> SignatureNews | None:
    """Return what the signature of an entry says of its author that is not known; None if that is nothing."""
    author, person = await _author(entry)
    if author is None or person is None:
        return None
    unknown = news(_proposal(entry, author), person)
    return SignatureNews(entry, person, unknown) if unknown else None


async def signature_of_person(request: web.Request, person_id: int) -> SignatureNews | None:
    """Return what the last mail of a person says of them that is not known."""
    entry = await one_entry.last_written_by(person_id, request[STAFF].id)
    return await signature_news(request, entry) if entry else None


async def _entry(request: web.Request) -> Entry:
    return found(await one_entry.entry(id_in(request, "entry"), request[STAFF].id))


async def _author(entry: Entry) -> tuple[Participant | None, Person | None]:
    """Return who wrote a mail, if it was a person who is entered."""
    for one in entry.participants:
        if entry.kind == "email" and one.role is ParticipantRole.FROM and one.person_id:
            return one, await person_known(one.person_id)
    return None, None


def _proposal(entry: Entry, author: Participant) -> Proposal:
    return proposed_of(entry.text, author.name, Address.parse(author.key))
