"""Organisations and persons by the API: entered, shown, corrected, with all that belongs to them."""

from typing import Any

import pytest

from storage.audit import Change
from storage.correspondents import EmailAddress, Organisation, PhoneNumber
from tests.web.api.conftest import Program
from tests.web.correspondence import entered, firm, mail, somebody

EVERY_KIND = [
    (
        "organisations",
        "domains",
        {"domain": "https://www.Muster.example/kontakt"},
        {"domain": "muster.example"},
    ),
    ("organisations", "emails", {"written": "info@muster.example"}, {}),
    (
        "organisations",
        "numbers",
        {"value": "ch93 0076 2011 6238 5295 7"},
        {"kind": "iban", "value": "CH9300762011623852957"},
    ),
    ("organisations", "phones", {"written": "+41 44 123 45 67", "kind": "fax"}, {}),
    (
        "organisations",
        "postal-addresses",
        {"place": "Zürich", "country": "CH"},
        {"street": "", "postcode": ""},
    ),
    (
        "organisations",
        "former-names",
        {"name": " Muster  GmbH ", "until": "2020-12-31"},
        {"name": "Muster GmbH"},
    ),
    ("persons", "emails", {"written": "anna@muster.example", "since": "2020-01-01"}, {"until": None}),
    ("persons", "phones", {"written": "079 123 45 67"}, {"kind": "office"}),
    (
        "persons",
        "postal-addresses",
        {"place": "Bern", "street": "Gasse 1", "postcode": "3000"},
        {"country": ""},
    ),
]
CORRECTIONS: dict[str, dict[str, Any]] = {
    "domains": {"domain": "neu.example"},
    "numbers": {"value": "DE89370400440532013000"},
    "emails": {"written": "neu@muster.example"},
    "phones": {"kind": "mobile"},
    "postal-addresses": {"place": "Basel"},
    "former-names": {"until": None},
    "roles": {"function": "Leitung"},
}


async def _owner(program: Program, owners: str) -> int:
    body = {"name": "Muster AG"} if owners == "organisations" else {"family_name": "Muster"}
    made = await program.done("POST", f"/{owners}", status=201, json=body)
    return int(made["id"])


async def test_an_organisation_is_entered_with_what_belongs_to_it(program: Program):
    made = await program.done(
        "POST",
        "/organisations",
        status=201,
        json={
            "name": "  Müller &\tSöhne AG ",
            "customer_number": "K-17",
            "external_key": "crm:4711",
            "language": "de",
            "owner_id": program.staff and program.staff.id,
            "domains": [{"domain": "mueller.example"}],
            "emails": [{"written": "info@mueller.example"}],
        },
    )
    assert (made["name"], made["customer_number"], made["owner"]["name"]) == (
        "Müller & Söhne AG",
        "K-17",
        "Somebody, staff",
    )
    assert [one["domain"] for one in made["domains"]] == ["mueller.example"]
    assert (await EmailAddress.get()).key == "info@mueller.example"
    assert await program.got(f"/organisations/{made['id']}") == made
    assert {change.staff_id for change in await Change.all()} == {program.staff and program.staff.id}


async def test_only_the_given_fields_of_an_organisation_are_corrected(program: Program):
    made = await program.done(
        "POST", "/organisations", status=201, json={"name": "A", "note": "x", "external_key": "k"}
    )
    path = f"/organisations/{made['id']}"
    changed = await program.done("PATCH", path, json={"name": "B", "external_key": None})
    assert (changed["name"], changed["note"], changed["external_key"]) == ("B", "x", None)
    assert (await program.done("PATCH", path, json={}))["name"] == "B"
    assert (await program.problem("PATCH", "/organisations/999", json={"name": "B"})).status == 404


async def test_two_organisations_without_a_customer_number_are_two(program: Program):
    for _ in range(2):
        await program.done("POST", "/organisations", status=201, json={"name": "A", "customer_number": ""})


@pytest.mark.parametrize("field", ["customer_number", "external_key"])
async def test_a_taken_number_is_a_conflict(program: Program, field: str):
    await program.done("POST", "/organisations", status=201, json={"name": "A", field: "1"})
    problem = await program.problem("POST", "/organisations", json={"name": "B", field: "1"})
    assert (problem.status, problem.errors[0]["pointer"]) == (409, f"/{field}")
    other = await program.done("POST", "/organisations", status=201, json={"name": "B"})
    assert (await program.problem("PATCH", f"/organisations/{other['id']}", json={field: "1"})).status == 409


async def test_a_taken_domain_is_a_conflict_and_nothing_is_entered(program: Program):
    await firm(domain="mueller.example")
    body = {"name": "B", "domains": [{"domain": "mueller.example"}]}
    problem = await program.problem("POST", "/organisations", json=body)
    assert problem.status == 409
    assert [row["name"] for row in (await program.got("/organisations"))["rows"]] == ["Müller & Söhne AG"]


async def test_an_organisation_has_several_numbers_each_of_its_kind_and_alone(program: Program):
    numbers = [{"value": one} for one in ("CHE-116.281.710", "CH93 0076 2011 6238 5295 7", "ATU12345678")]
    made = await program.done("POST", "/organisations", status=201, json={"name": "A", "numbers": numbers})
    assert [(one["kind"], one["value"]) for one in made["numbers"]] == [
        ("uid", "CHE116281710"), ("iban", "CH9300762011623852957"), ("vat", "ATU12345678"),
    ]  # fmt: skip
    path = f"/organisations/{made['id']}/numbers/{made['numbers'][0]['id']}"
    assert (await program.done("PATCH", path, json={"value": "DE89370400440532013000"}))["kind"] == "iban"
    body = {"name": "B", "numbers": [{"value": "che 116281710"}, {"value": "CH9300762011623852957"}]}
    problem = await program.problem("POST", "/organisations", json=body)
    assert (problem.status, problem.errors[0]["pointer"]) == (409, "/value")
    assert await Organisation.all().count() == 1


async def test_a_person_is_entered_with_a_role_and_shown_where_they_work(program: Program):
    organisation = await firm()
    body = {
        "given_name": "Anna",
        "family_name": "Müller",
        "emails": [{"written": "anna@mueller.example"}],
        "roles": [{"organisation_id": organisation.id, "function": "Einkauf"}],
    }
    made = await program.done("POST", "/persons", status=201, json=body)
    assert made["roles"][0]["organisation"] == {"id": organisation.id, "name": "Müller & Söhne AG"}
    shown = await program.got(f"/organisations/{organisation.id}")
    assert shown["roles"][0]["person"] == {"id": made["id"], "name": "Anna Müller"}
    (row,) = (await program.got("/persons?q=mueller anna"))["rows"]
    assert (row["email"], row["roles"][0]["function"]) == ("anna@mueller.example", "Einkauf")


async def test_a_person_keeps_a_name(program: Program):
    problem = await program.problem("POST", "/persons", json={"title": "Dr."})
    assert (problem.status, problem.errors[0]["pointer"]) == (422, "/family_name")
    made = await program.done("POST", "/persons", status=201, json={"given_name": "Anna"})
    path = f"/persons/{made['id']}"
    assert (await program.problem("PATCH", path, json={"given_name": ""})).status == 422
    changed = await program.done("PATCH", path, json={"given_name": "", "family_name": "Müller"})
    assert changed["name"] == "Müller"
    assert (await program.done("PATCH", path, json={"note": "n"}))["note"] == "n"


@pytest.mark.parametrize("body", [{"name": "A", "owner_id": 999}, {"name": "A", "deputy_id": 999}])
async def test_staff_that_are_not_there_own_nothing(program: Program, body: dict[str, Any]):
    problem = await program.problem("POST", "/organisations", json=body)
    assert (problem.status, problem.errors[0]["pointer"]) == (422, f"/{[*body][1]}")


async def test_a_role_at_no_organisation_is_refused(program: Program):
    role = {"organisation_id": 999}
    problem = await program.problem("POST", "/persons", json={"family_name": "A", "roles": [role]})
    assert (problem.status, problem.errors[0]["pointer"]) == (422, "/roles/0/organisation_id")
    owner = await _owner(program, "persons")
    assert (await program.problem("POST", f"/persons/{owner}/roles", json=role)).status == 422


@pytest.mark.parametrize(("owners", "kind", "body", "expected"), EVERY_KIND)
async def test_what_belongs_to_somebody_is_added_corrected_and_removed(
    program: Program, owners: str, kind: str, body: dict[str, Any], expected: dict[str, Any]
):
    every = f"/{owners}/{await _owner(program, owners)}/{kind}"
    made = await program.done("POST", every, status=201, json=body)
    assert made.items() >= (body | expected).items()
    one = f"{every}/{made['id']}"
    assert await program.got(one) == made
    changed = await program.done("PATCH", one, json=CORRECTIONS[kind])
    assert changed == made | CORRECTIONS[kind]
    assert (await program.got(every.rpartition("/")[0]))[kind.replace("-", "_")] == [changed]
    await program.done("DELETE", one, status=204)
    assert (await program.problem("GET", one)).status == 404
    assert (await program.problem("DELETE", one)).status == 404


async def test_roles_are_added_corrected_and_removed(program: Program):
    organisation, owner = await firm(), await _owner(program, "persons")
    made = await program.done(
        "POST", f"/persons/{owner}/roles", status=201, json={"organisation_id": organisation.id}
    )
    path = f"/persons/{owner}/roles/{made['id']}"
    assert (await program.done("PATCH", path, json={"function": "Leitung"}))["function"] == "Leitung"
    assert (await program.problem("PATCH", path, json={"organisation_id": 999})).status == 422
    await program.done("DELETE", path, status=204)


async def test_what_belongs_to_one_is_not_found_at_another(program: Program):
    one, other = await firm(domain="one.example"), await firm(domain="two.example")
    (domain,) = (await program.got(f"/organisations/{one.id}"))["domains"]
    assert (await program.problem("GET", f"/organisations/{other.id}/domains/{domain['id']}")).status == 404
    body = {"domain": "three.example"}
    assert (await program.problem("POST", "/organisations/999/domains", json=body)).status == 404


async def test_a_corrected_number_and_address_are_found_by_what_they_are_now(program: Program):
    owner = await _owner(program, "persons")
    phone = await program.done("POST", f"/persons/{owner}/phones", status=201, json={"written": "044 1"})
    await program.done("PATCH", f"/persons/{owner}/phones/{phone['id']}", json={"written": "+41 (0)44 22"})
    assert (await PhoneNumber.get()).key == "+414422"


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/organisations/{}/domains", {"domain": "gmail.com"}, "/domain"),
        ("/organisations/{}/domains", {"domain": "muster"}, "/domain"),
        ("/organisations/{}/emails", {"written": "nobody"}, "/written"),
        ("/organisations/{}/numbers", {"value": "CH93 0076 2011 6238 5295 8"}, "/value"),
        ("/organisations/{}/numbers", {"value": "CH93 0076 2011 6238 5295 7 0"}, "/value"),
        ("/organisations/{}/numbers", {"value": "CHE-116.281.711"}, "/value"),
        ("/organisations/{}/phones", {"written": "n/a"}, "/written"),
        ("/organisations/{}/phones", {"written": "044 1", "kind": "telex"}, "/kind"),
        ("/organisations/{}/postal-addresses", {"place": "Bern", "country": "Schweiz"}, "/country"),
        (
            "/organisations/{}/emails",
            {"written": "a@b.ch", "since": "2020-02-01", "until": "2020-01-01"},
            "/until",
        ),
        ("/organisations/{}/former-names", {"name": " \t "}, "/name"),
    ],
)
async def test_what_makes_no_sense_is_refused_where_it_stands(
    program: Program, path: str, body: dict[str, Any], pointer: str
):
    problem = await program.problem("POST", path.format((await firm()).id), json=body)
    assert (problem.status, [one["pointer"] for one in problem.errors]) == (422, [pointer])


async def test_a_correction_must_fit_what_stays(program: Program):
    owner = await _owner(program, "persons")
    body = {"written": "a@muster.example", "since": "2020-02-01"}
    made = await program.done("POST", f"/persons/{owner}/emails", status=201, json=body)
    path = f"/persons/{owner}/emails/{made['id']}"
    problem = await program.problem("PATCH", path, json={"until": "2020-01-01"})
    assert (problem.status, problem.errors[0]["pointer"]) == (422, "/until")
    assert (await program.done("PATCH", path, json={"until": "2021-01-01"}))["until"] == "2021-01-01"


async def test_lists_show_the_last_contact_and_how_many_persons(program: Program):
    organisation = await firm()
    person = await somebody(organisation)
    assert program.staff
    await entered(mail(), staff=program.staff, person=person, organisation=organisation)
    (row,) = (await program.got("/organisations"))["rows"]
    assert (row["persons"], row["last_contact"]) == (1, "2026-03-03T12:00:00Z")
    (row,) = (await program.got("/persons"))["rows"]
    assert (row["name"], row["last_contact"]) == ("Anna Müller", "2026-03-03T12:00:00Z")
