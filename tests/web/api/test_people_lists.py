"""Filters, order and own fields of organisations and persons, for programs."""

from datetime import date

from storage.correspondents import Organisation, Party, Person, Role
from storage.own_fields import OwnField, OwnFieldKind
from tests.web.api.conftest import Program


async def test_own_fields_are_given_and_got_by_name(program: Program):
    await OwnField.create(party=Party.PERSON, name="Stufe", kind=OwnFieldKind.CHOICE, choices=["Gold"])
    await OwnField.create(party=Party.PERSON, name="Umsatz", kind=OwnFieldKind.NUMBER)
    given = {"family_name": "Abt", "interests": ["Wein"], "own_fields": {"Stufe": "Gold", "Umsatz": 12.5}}
    made = await program.done("POST", "/persons", status=201, json=given)
    assert made["own_fields"] == {"Stufe": "Gold", "Umsatz": 12.5}
    assert made["interests"] == ["Wein"]
    await program.done("POST", "/persons", status=201, json={"family_name": "Beck"})
    for query in (
        "own_field=Stufe&own_value=Gold",
        "own_field=Umsatz&own_value=12.5",
        "interest=Wein&sort=place",
    ):
        found = await program.got(f"/persons?{query}")
        assert [row["family_name"] for row in found["rows"]] == ["Abt"], query
    path = f"/persons/{made['id']}"
    changed = await program.done("PATCH", path, json={"own_fields": {"Umsatz": None}})
    assert changed["own_fields"] == {"Stufe": "Gold"}
    for wrong in ({"Stufe": "Blech"}, {"Umsatz": "viel"}, {"Alter": 3}):
        assert (await program.problem("PATCH", path, json={"own_fields": wrong})).status == 422
    assert [row["name"] for row in (await program.got("/own-fields"))["rows"]] == ["Stufe", "Umsatz"]


async def test_programs_filter_persons_by_their_roles(program: Program):
    glas = await Organisation.create(name="Glaswerk AG")
    for name, until in (("Abt", date(2020, 1, 1)), ("Beck", None)):
        person = await Person.create(family_name=name)
        await Role.create(person=person, organisation=glas, function="Einkauf", until=until)
    for query, names in (
        ("function=eink", ["Abt", "Beck"]), ("function=eink&has_role=true", ["Beck"]),
        ("organisation=glas&has_left=true", ["Abt"]), (f"organisation_id={glas.id}&function=x", []),
    ):  # fmt: skip
        found = await program.got(f"/persons?{query}")
        assert [row["family_name"] for row in found["rows"]] == names, query
    assert (await program.problem("GET", "/organisations?function=eink")).status == 422


async def test_a_parent_is_given_by_id_and_never_in_a_circle(program: Program):
    parent = await program.done("POST", "/organisations", status=201, json={"name": "Mutter AG"})
    given = {"name": "Tochter AG", "parent_id": parent["id"]}
    child = await program.done("POST", "/organisations", status=201, json=given)
    assert child["parent"]["name"] == "Mutter AG"
    circle = {"parent_id": child["id"]}
    assert (await program.problem("PATCH", f"/organisations/{parent['id']}", json=circle)).status == 422
