"""A person changes employer; numbers are those of the country; names in short."""

from datetime import date

from storage.correspondents import EmailAddress, FormerName, Person, PhoneNumber, PostalAddress, Role
from tests.web.conftest import Browser
from tests.web.correspondence import firm, somebody


async def test_a_person_changes_employer_in_one_step_and_the_history_stays(browser: Browser):
    old, new = await firm("Alt AG", "alt.example"), await firm("Neu AG", "neu.example")
    person = await somebody(old, "Anna", "Muster")
    email = await EmailAddress.create(person=person, key="anna@alt.example", written="anna@alt.example")
    own = await EmailAddress.create(person=person, key="anna@gmx.ch", written="anna@gmx.ch")
    role = await Role.get(person_id=person.id)
    form = await browser.text(f"/persons/{person.id}/move")
    assert f'name="email-{email.id}" value="yes" checked' in form
    assert f'name="email-{own.id}" value="yes" checked' not in form
    ends = {f"role-{role.id}": "yes", f"email-{email.id}": "yes"}
    await browser.post(
        f"/persons/{person.id}/move", organisation="Neu AG", function="Leitung", since="2026-07-01", **ends
    )
    roles = {one.organisation_id: (one.since, one.until) for one in await Role.all()}
    assert roles == {old.id: (role.since, date(2026, 6, 30)), new.id: (date(2026, 7, 1), None)}
    assert (await EmailAddress.get(id=email.id)).until == date(2026, 6, 30)
    assert (await EmailAddress.get(id=own.id)).until is None


async def test_a_day_before_the_old_role_began_changes_nothing(browser: Browser):
    old = await firm("Alt AG", "alt.example")
    person = await Person.create(family_name="Muster")
    role = await Role.create(person=person, organisation=old, since=date(2026, 5, 1))
    response = await browser.post(
        f"/persons/{person.id}/move", organisation="Alt AG", since="2026-05-01", **{f"role-{role.id}": "yes"}
    )
    assert "began later" in await response.text()
    assert await Role.all().count() == 1
    assert (await Role.get()).until is None


async def test_a_number_is_one_of_the_employers_country(browser: Browser):
    organisation = await firm("Hamburg GmbH", "hamburg.example")
    await PostalAddress.create(organisation=organisation, place="Hamburg", country="DE")
    person = await Person.create(family_name="Muster")
    await browser.post(f"/persons/{person.id}/phones/new", written="044 123 45 67", kind="office")
    await Role.create(person=person, organisation=organisation)
    await browser.post(f"/persons/{person.id}/phones/new", written="040 123456 ext. 7", kind="office")
    assert [one.key for one in await PhoneNumber.all().order_by("id")] == [
        "+41441234567",
        "+4940123456;ext=7",
    ]


async def test_a_name_in_short_is_shown_and_found(browser: Browser):
    organisation = await firm("Schweizerische Glaswerke AG")
    await browser.post(f"/organisations/{organisation.id}/former-names/new", name="SGW", is_short="yes")
    assert (await FormerName.get()).is_short
    assert "In short" in await browser.text(f"/organisations/{organisation.id}")
    assert "Schweizerische Glaswerke" in await browser.text("/organisations?q=sgw")


async def test_a_country_that_there_is_none_of_is_refused(browser: Browser):
    organisation = await firm("Glas AG")
    path = f"/organisations/{organisation.id}/postal-addresses/new"
    assert (await browser.post(path, place="Bern", country="XX")).status == 422
    await browser.post(path, place="Bern", country="ch")
    assert (await PostalAddress.get()).country == "CH"
