"""Entering and correcting organisations, persons and what belongs to them."""

from datetime import date

import pytest

from storage.audit import Change
from storage.correspondents import (
    EmailAddress,
    Organisation,
    OrganisationDomain,
    OrganisationNumber,
    Person,
    PhoneNumber,
    Role,
)
from storage.staff import Staff
from tests.web.conftest import Browser, staff_member
from tests.web.correspondence import entered, firm, mail, somebody


async def test_an_organisation_is_entered_with_its_domain(browser: Browser):
    response = await browser.post(
        "/organisations/new",
        name="Glaswerk  Süd GmbH",
        domain="https://www.glaswerk.example/de",
        language="de",
    )
    organisation = await Organisation.get(name="Glaswerk Süd GmbH")
    assert response.headers["Location"] == f"/organisations/{organisation.id}"
    assert [row.domain for row in await OrganisationDomain.all()] == ["glaswerk.example"]
    assert "Glaswerk Süd GmbH" in await browser.text(f"/organisations/{organisation.id}")


async def test_a_wrong_field_is_told_beside_it_and_nothing_typed_is_lost(browser: Browser):
    response = await browser.post("/organisations/new", name="", domain="gmail.com", note="Kommt aus <Basel>")
    text = await response.text()
    assert response.status == 422
    assert "This is needed." in text
    assert "Anybody can get an address at this domain" in text
    assert "Kommt aus &lt;Basel&gt;" in text
    assert 'aria-describedby="domain-hint domain-error"' in text
    assert not await Organisation.all().exists()


async def test_a_domain_belongs_to_one_organisation(browser: Browser):
    await firm(domain="mueller.example")
    response = await browser.post("/organisations/new", name="Andere AG", domain="mueller.example")
    assert "another organisation's already" in await response.text()
    assert await Organisation.all().count() == 1


async def test_a_correction_is_kept_with_what_was_before(browser: Browser):
    organisation = await firm("Alt AG")
    await browser.post(f"/organisations/{organisation.id}/edit", name="Neu AG", customer_number="K-7")
    await browser.post(f"/organisations/{organisation.id}/edit", name="Neu AG", customer_number="K-7")
    changes = await Change.filter(subject="organisation", subject_id=organisation.id).order_by("id")
    assert [change.before for change in changes][1:] == [{"name": "Alt AG", "customer_number": None}]
    assert changes[-1].after == {"name": "Neu AG", "customer_number": "K-7"}
    assert changes[-1].staff_id == (await Staff.get(login="rita@muster.ch")).id


async def test_a_person_is_entered_with_role_address_and_number(browser: Browser):
    organisation = await firm()
    await browser.post(
        "/persons/new",
        given_name="Zoë",
        family_name="Çelik",
        email="Zoe@Mueller.example",
        phone="+41 (0)44 123 45 67",
        organisation="mueller",
        function="Leitung",
    )
    person = await Person.get(family_name="Çelik")
    assert (await Role.get()).organisation_id == organisation.id
    assert (await EmailAddress.get()).key == "zoe@mueller.example"
    assert (await PhoneNumber.get()).key == "+41441234567"
    assert "Leitung" in await browser.text(f"/persons/{person.id}")


async def test_a_name_that_fits_several_organisations_is_asked_back(browser: Browser):
    await firm("Muster Bau AG", "bau.example")
    second = await firm("Muster Holz AG", "holz.example")
    response = await browser.post("/persons/new", family_name="Ärni", organisation="Muster")
    assert "Several fit" in await response.text()
    assert not await Person.all().exists()
    await browser.post(
        "/persons/new", family_name="Ärni", organisation="Muster", organisation_id=str(second.id)
    )
    assert (await Role.get()).organisation_id == second.id


async def test_a_misspelt_organisation_is_proposed_and_not_taken_unasked(browser: Browser):
    one = await firm("Zürcher Brunnenbau AG", "bau.example")
    response = await browser.post("/persons/new", family_name="Ärni", organisation="Zürcher Brunenbau")
    text = await response.text()
    assert "None is called so" in text
    assert "Zürcher Brunnenbau AG" in text
    assert not await Person.all().exists()
    await browser.post("/persons/new", family_name="Ärni", organisation_id=str(one.id))
    assert (await Role.get()).organisation_id == one.id


async def test_a_person_changes_employer_and_the_old_role_ends(browser: Browser):
    old, new = await firm(), await firm("Neu AG", "neu.example")
    person = await somebody(old)
    role = await Role.get()
    await browser.post(
        f"/persons/{person.id}/roles/{role.id}",
        organisation_id=str(old.id),
        function="Einkauf",
        until="2026-06-30",
    )
    await browser.post(f"/persons/{person.id}/roles/new", organisation="Neu AG", since="01.07.2026")
    roles = await Role.all().order_by("id")
    assert [(one.organisation_id, one.since, one.until) for one in roles] == [
        (old.id, None, date(2026, 6, 30)),
        (new.id, date(2026, 7, 1), None),
    ]


@pytest.mark.parametrize(
    ("belonging", "fields"),
    [
        ("emails", {"written": "info@mueller.example"}),
        ("phones", {"written": "+41 44 123 45 67", "kind": "mobile"}),
        ("postal-addresses", {"place": "Zürich", "postcode": "8001", "country": "ch"}),
        ("domains", {"domain": "mueller-soehne.example"}),
        ("numbers", {"value": "CHE116281710"}),
        ("former-names", {"name": "Müller und Co.", "until": "2020-12-31"}),
    ],
)
async def test_belongings_are_added_corrected_and_removed(
    browser: Browser, belonging: str, fields: dict[str, str]
):
    organisation = await firm()
    path = f"/organisations/{organisation.id}/{belonging}"
    assert (await browser.post(f"{path}/new", **fields)).status == 303
    change = (await Change.all().order_by("-id"))[0]
    assert next(iter(fields.values())) in await browser.text(f"{path}/{change.subject_id}")
    assert (await browser.post(f"{path}/{change.subject_id}", **fields)).status == 303
    assert (await browser.post(f"{path}/{change.subject_id}/remove")).status == 303
    assert (await browser.get(f"{path}/{change.subject_id}")).status == 404


async def test_a_number_with_a_slip_of_the_pen_is_told_and_a_right_one_shown_as_people_write_it(
    browser: Browser,
):
    one, other = await firm(), await firm("Andere AG", "andere.example")
    path = f"/organisations/{one.id}/numbers/new"
    wrong = await browser.post(path, value="CH93 0076 2011 6238 5295 1")
    assert wrong.status == 422
    assert "its check digits do not fit" in await wrong.text()
    assert (await browser.post(path, value="che116281710 MWST")).status == 303
    assert (await browser.post(path, value="CH9300762011623852957")).status == 303
    page = await browser.text(f"/organisations/{one.id}")
    assert "CHE-116.281.710" in page
    assert "CH93 0076 2011 6238 5295 7" in page
    taken = await browser.post(f"/organisations/{other.id}/numbers/new", value="CHE-116.281.710")
    assert (taken.status, await OrganisationNumber.filter(organisation_id=other.id).count()) == (422, 0)
    assert "another organisation" in await taken.text()
    assert {change.after["value"] for change in await Change.filter(subject="organisation_number")} == {
        "CHE116281710", "CH9300762011623852957",
    }  # fmt: skip


async def test_a_belonging_is_corrected_only_where_it_belongs(browser: Browser):
    organisation, other = await firm(), await firm("Andere AG", "andere.example")
    await somebody(organisation)
    role = await Role.get()
    assert (await browser.get(f"/organisations/{other.id}/roles/{role.id}")).status == 404
    assert (await browser.get(f"/persons/{role.person_id}/domains/new")).status == 404


@pytest.mark.parametrize("until", ["2026-13-01", "yesterday", "31.02.2026", "2026-01-01"])
async def test_a_day_that_is_none_or_too_early_is_told(browser: Browser, until: str):
    organisation = await firm()
    response = await browser.post(
        f"/organisations/{organisation.id}/emails/new",
        written="a@b.ch",
        since="2026-02-01",
        until=until,
    )
    assert response.status == 422
    assert not await EmailAddress.all().exists()


async def test_what_no_database_keeps_is_left_out(browser: Browser):
    await browser.post(
        "/organisations/new", name="Null\x00 und \ud800Nichts".encode("utf-8", "replace").decode()
    )
    assert (await browser.get("/organisations?q=%00&after=%00")).status == 404
    assert (await browser.get("/organisations?q=a%00b")).status == 200


async def test_lists_are_in_the_order_of_names_and_go_on_where_they_ended(browser: Browser):
    for name in ["Zünd", "Äbi", "abt", "Öhler", "Müller", "Mueller"] * 12:
        await Organisation.create(name=name)
    seen: list[str] = []
    path = "/organisations"
    while path:
        text = await browser.text(path)
        seen += [part.partition("</b>")[0] for part in text.split("<b>")[1:]]
        link = text.partition('class="more"><a class="button" href="')[2].partition('"')[0]
        path = link.replace("&amp;", "&")
    assert len(seen) == 72
    assert [name for name, before in zip(seen, ["", *seen], strict=False) if name != before] == [
        "Äbi", "abt", "Mueller", "Müller", "Öhler", "Zünd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["mueller", "MÜLLER", "soehne müller", "Müller %26 Söhne", "mueller.example", "anna@mue"]
)
async def test_an_organisation_is_found_however_it_is_spelt(browser: Browser, words: str):
    organisation = await firm()
    await somebody(organisation)
    path = "/persons" if "@" in words else "/organisations"
    assert "Müller" in await browser.text(f"{path}?q={words}")


async def test_a_cursor_that_is_none_of_ours_is_not_found(browser: Browser):
    assert (await browser.get("/organisations?after=xx")).status == 404


async def test_the_last_contact_is_shown(browser: Browser):
    organisation = await firm()
    person = await somebody(organisation)
    staff = await staff_member("Urs Frei", "urs@muster.ch")
    await entered(mail(), staff=staff, person=person, organisation=organisation)
    assert "2026-03-03T12:00:00+00:00" in await browser.text("/organisations")
    assert "2026-03-03T12:00:00+00:00" in await browser.text("/persons")
