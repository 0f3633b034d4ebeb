"""What a signature says stands beside what is known, and is taken over field by field."""

from html import escape

from storage.audit import Change
from storage.correspondents import (
    EmailAddress,
    Organisation,
    Person,
    PhoneKind,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.entries import Direction, Entry, Participant, ParticipantRole
from storage.staff import AccessRole
from tests.matcher.people import NOON, firm, person
from tests.web.conftest import Browser, NewBrowser, staff_member

TEXT = """Guten Tag

Die Pläne folgen morgen.

Freundliche Grüsse

Dr. Anna Keller
Leiterin Verkauf

Muster Maschinen AG
Bahnhofstrasse 12
8001 Zürich
Tel. 044 111 22 33
Mobil 079 111 22 33
www.muster-maschinen.ch
"""


async def letter(author: Person) -> Entry:
    """Enter a mail of somebody, with a signature."""
    entry = await Entry.create(direction=Direction.INCOMING, at=NOON, subject="Pläne", text=TEXT)
    await Participant.create(
        entry=entry,
        at=NOON,
        role=ParticipantRole.FROM,
        key="anna.keller@muster-maschinen.ch",
        written="anna.keller@muster-maschinen.ch",
        name="Anna Keller",
        person=author,
        reason="exact-address",
    )
    return entry


async def anna() -> tuple[Person, Organisation]:
    """Enter Anna Keller with her address and a role alone."""
    muster = await firm("Muster Maschinen AG")
    return await person("Anna Keller", "anna.keller@muster-maschinen.ch", at=muster), muster


async def test_what_is_not_known_is_shown_on_the_pages_of_entry_and_person(browser: Browser):
    who, _ = await anna()
    entry = await letter(who)
    for path in (f"/entries/{entry.id}", f"/persons/{who.id}"):
        text = await browser.text(path)
        assert "From the signature" in text
        assert f"/entries/{entry.id}/signature" in text
        assert "Leiterin Verkauf" in text


async def test_only_what_is_ticked_is_taken_over_and_journalled(browser: Browser):
    who, _ = await anna()
    entry = await letter(who)
    form = await browser.text(f"/entries/{entry.id}/signature")
    for key in (
        "function:Leiterin Verkauf",
        "phone:+41 79 111 22 33",
        "title:Dr.",
        "domain:muster-maschinen.ch",
    ):
        assert f'value="{escape(key)}"' in form
    await browser.post(f"/entries/{entry.id}/signature", take="phone:+41 79 111 22 33")
    phone = await PhoneNumber.get(person_id=who.id)
    assert (phone.key, phone.kind) == ("+41791112233", PhoneKind.MOBILE)
    assert await Change.filter(subject="phone_number", subject_id=phone.id).count() == 1
    assert (await Person.get(id=who.id)).title == ""
    assert not await PostalAddress.all().exists()
    assert "+41 79 111 22 33" not in await browser.text(f"/entries/{entry.id}/signature")


async def test_every_field_can_be_taken_over(browser: Browser):
    who, muster = await anna()
    entry = await letter(who)
    for key in (
        "title:Dr.",
        "function:Leiterin Verkauf",
        "phone:+41 44 111 22 33",
        "place:Bahnhofstrasse 12, 8001 Zürich",
        "domain:muster-maschinen.ch",
        "phone:+41 79 111 22 33",
    ):
        response = await browser.post(f"/entries/{entry.id}/signature", take=key)
        assert response.headers["Location"] == f"/persons/{who.id}"
    assert (await Person.get(id=who.id)).title == "Dr."
    assert (await Role.get(person_id=who.id)).function == "Leiterin Verkauf"
    assert await PhoneNumber.filter(person_id=who.id).count() == 2
    place = await PostalAddress.get(person_id=who.id)
    assert (place.street, place.postcode, place.place, place.country) == (
        "Bahnhofstrasse 12",
        "8001",
        "Zürich",
        "CH",
    )
    assert muster.id == (await Organisation.get(domains__domain="muster-maschinen.ch")).id
    assert "From the signature" not in await browser.text(f"/entries/{entry.id}")
    assert await EmailAddress.filter(person_id=who.id).count() == 1


async def test_who_works_nowhere_gets_the_firm_and_the_function_there(browser: Browser):
    who = await person("Anna Keller", "anna.keller@muster-maschinen.ch")
    entry = await letter(who)
    await browser.post(f"/entries/{entry.id}/signature", take="organisation:Muster Maschinen AG")
    role = await Role.get(person_id=who.id).prefetch_related("organisation")
    assert role.organisation.name == "Muster Maschinen AG"
    await browser.post(f"/entries/{entry.id}/signature", take="function:Leiterin Verkauf")
    assert (await Role.get(person_id=who.id)).function == "Leiterin Verkauf"
    assert await Organisation.all().count() == 1


async def test_what_the_signature_does_not_say_is_not_taken_over(browser: Browser):
    who, _ = await anna()
    entry = await letter(who)
    await browser.post(f"/entries/{entry.id}/signature", take="phone:+41 99 999 99 99")
    assert not await PhoneNumber.all().exists()


async def test_a_reader_sees_and_takes_over_nothing(new_browser: NewBrowser):
    await staff_member("Rolf Leser", "rolf@muster.ch", AccessRole.READER)
    browser = await new_browser()
    await browser.log_in("rolf@muster.ch")
    who, _ = await anna()
    entry = await letter(who)
    assert "Take over what is ticked" not in await browser.text(f"/entries/{entry.id}/signature")
    assert (await browser.post(f"/entries/{entry.id}/signature", take="title:Dr.")).status == 403
