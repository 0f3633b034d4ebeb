"""A file with correspondents is taken over: whom its rows mean, and what they change."""

import json
from datetime import UTC, date, datetime

from ingest.correspondents.writing import ExportKind
from storage import directory_edits
from storage.audit import Change
from storage.connect import transaction
from storage.correspondents import (
    EmailAddress,
    FormerName,
    Organisation,
    OrganisationDomain,
    OrganisationNumber,
    Party,
    Person,
    PhoneNumber,
    PostalAddress,
    Role,
)
from storage.jobs import Job
from storage.marks import Mark
from storage.merging import merge
from storage.own_fields import OwnField, OwnFieldKind
from tests.ingest.correspondents.conftest import Importing, counts

CONTACTS = """\
Kontakt-Nr;Anrede;Titel;Vorname;Nachname;Firma;Position;E-Mail;Telefon;Mobil;Strasse;PLZ;Ort;Land;Sprache
1;Frau;Dr.;Anna;Müller;Muster & Söhne AG;Einkauf;anna@muster-soehne.ch;044 123 45 67;079 123 45 67;\
Bahnhofstr. 1;8001;Zürich;Schweiz;Deutsch
2;Herr;;Urs;Meier;Muster & Söhne AG;;urs@muster-soehne.ch;+49 89 1234567;;;;;;
"""


async def test_a_persons_row_is_entered_with_all_that_it_says(importing: Importing):
    assert counts(await importing.run(CONTACTS, key="Kontakt-Nr")) == (2, 0, 0, 0)
    anna = await Person.get(external_key="1")
    assert (anna.salutation, anna.title, anna.given_name, anna.family_name, anna.language) == (
        "Frau", "Dr.", "Anna", "Müller", "de",
    )  # fmt: skip
    assert anna.sort_key == "muller anna"
    firm = await Organisation.get()
    assert firm.name == "Muster & Söhne AG"
    roles = await Role.all().order_by("id")
    assert [(role.organisation_id, role.function) for role in roles] == [(firm.id, "Einkauf"), (firm.id, "")]
    phones = await PhoneNumber.all().order_by("id")
    assert [(one.key, one.kind) for one in phones] == [
        ("+41441234567", "office"), ("+41791234567", "mobile"), ("+49891234567", "office"),
    ]  # fmt: skip
    address = await PostalAddress.get()
    assert (address.street, address.postcode, address.place, address.country) == (
        "Bahnhofstr. 1", "8001", "Zürich", "CH",
    )  # fmt: skip
    assert (await OrganisationDomain.get()).domain == "muster-soehne.ch"


async def test_who_was_merged_away_is_the_one_who_stayed(importing: Importing):
    await importing.run(CONTACTS, key="Kontakt-Nr")
    anna, urs = await Person.get(external_key="1"), await Person.get(external_key="2")
    await merge(Party.PERSON, anna.id, urs.id, {"given_name": "Anna Urs"}, by=None)
    again = await importing.run(CONTACTS.replace("Urs;Meier", "Anna;Müller"), key="Kontakt-Nr")
    assert (again.new, again.wrong) == (0, 0)
    assert (await Person.get()).external_key == "1"


async def test_the_same_file_again_changes_nothing_and_another_one_what_it_says(importing: Importing):
    await importing.run(CONTACTS, key="Kontakt-Nr")
    journal = await Change.all().count()
    assert counts(await importing.run(CONTACTS, key="Kontakt-Nr")) == (0, 0, 2, 0)
    assert await Change.all().count() == journal
    changed = CONTACTS.replace("Einkauf", "Leitung").replace("Anna;Müller", "Anna;Müller-Frei")
    assert counts(await importing.run(changed, key="Kontakt-Nr")) == (0, 1, 1, 0)
    assert (await Person.get(external_key="1")).family_name == "Müller-Frei"
    assert [role.function for role in await Role.all().order_by("id")] == ["Leitung", ""]
    change = await Change.filter(subject="person").order_by("-id").first()
    assert change
    assert (change.before, change.after) == ({"family_name": "Müller"}, {"family_name": "Müller-Frei"})


async def test_without_a_key_the_address_tells_who_it_is(importing: Importing):
    header = "Vorname,Nachname,E-Mail,Funktion\n"
    await importing.run(header + "Eva,Graf,eva@firm.example,\n")
    assert counts(await importing.run(header + "Eva,Graf-Frei,EVA@firm.example,\n")) == (0, 1, 0, 0)
    assert [one.family_name for one in await Person.all()] == ["Graf-Frei"]
    # An address that several share is no reason to take one for the other.
    assert counts(await importing.run(header + "Hans,Keller,eva@firm.example,\n")) == (1, 0, 0, 0)
    assert counts(await importing.run(header + "Hans,Keller,eva@firm.example,\n")) == (0, 0, 1, 0)
    assert await EmailAddress.filter(key="eva@firm.example").count() == 2


async def test_organisations_are_found_by_key_number_or_name_and_domain(importing: Importing):
    await directory_edits.add(
        Organisation, {"name": "Müller AG", "customer_number": "K1"}, staff_id=None,
        belongings=[(OrganisationDomain, {"domain": "mueller-bau.example"})],
    )  # fmt: skip
    header = "Firma;Kundennummer;Website;Branche\n"
    assert counts(await importing.run(header + "Müller Bau AG;K1;;Bau\n")) == (0, 1, 0, 0)
    assert counts(await importing.run(header + "Müller Bau AG;;https://www.mueller-bau.example/;Bau\n")) == (
        0, 0, 1, 0,
    )  # fmt: skip
    # The same name at another domain is another firm.
    assert counts(await importing.run(header + "Müller Bau AG;;mueller-bern.example;\n")) == (1, 0, 0, 0)
    assert await Organisation.all().count() == 2


async def test_a_row_is_wholly_in_or_not_at_all_and_the_reason_is_told(importing: Importing):
    rows = [
        "Firma;Vorname;Nachname;E-Mail;Telefon;Land;Kundennummer",
        "Gut AG;Eva;Graf;eva@gut.example;044 111 22 33;CH;",
        "Neu AG;Anna;Muster;anna at neu.example;;;",
        "Neu AG;Anna;Muster;;keine Ahnung;;",
        "Neu AG;Anna;Muster;;;Atlantis;",
        ";;;x@y.example;;;",
        "Neu AG;;;;;;1;2;3",
    ]
    run = await importing.run("\r\n".join(rows))
    assert counts(run) == (1, 0, 0, 5)
    assert await importing.wrong(run) == [
        (3, "no-email"), (4, "no-phone"), (5, "no-country"), (6, "nobody-named"), (7, "too-many-cells"),
    ]  # fmt: skip
    assert [one.name for one in await Organisation.all()] == ["Gut AG"]


async def test_a_dry_run_tells_what_would_be_and_writes_nothing(importing: Importing):
    await importing.run(CONTACTS, key="Kontakt-Nr")
    more = CONTACTS.replace("Einkauf", "Leitung") + "3;;;Neu;Neumann;;;neu@firm.example;;;;;;;\n" * 2
    run = await importing.run(more, key="Kontakt-Nr", dry_run=True)
    assert counts(run) == (1, 2, 1, 0) or counts(run) == (1, 1, 2, 0)
    assert await Person.all().count() == 2
    assert [role.function for role in await Role.all().order_by("id")] == ["Einkauf", ""]


JOBS = "Id;Vorname;Nachname;Firma;Position\n"


async def _roles() -> list[tuple[str, str, date | None]]:
    found = await Role.all().select_related("organisation").order_by("id")
    return [(one.organisation.name, one.function, one.until) for one in found]


async def test_by_a_new_employer_in_the_same_file_the_role_of_before_ends_and_a_dry_run_tells_it(
    importing: Importing,
):
    today = datetime.now(UTC).date()
    await importing.run(JOBS + "1;Anna;Muster;Alt AG;Einkauf\n2;Urs;Weg;Alt AG;\n", key="Id")
    news = JOBS + "1;Anna;Muster;Neu AG;Leitung\n2;Urs;Weg;Alt AG;\n"
    trial = await importing.run(news, key="Id", dry_run=True)
    assert (trial.moved, next(line[2] for line in trial.lines)) == (1, "Anna Muster, Alt AG → Neu AG")
    assert [until for _, _, until in await _roles()] == [None, None]
    assert (await importing.run(news, key="Id")).moved == 1
    ended = [("Alt AG", "Einkauf", today), ("Alt AG", "", None), ("Neu AG", "Leitung", None)]
    assert await _roles() == ended
    changes = await Change.filter(subject="role").order_by("id")
    assert {"until": today.isoformat()} in [one.after for one in changes]
    again = await importing.run(news, key="Id")
    assert (counts(again), again.moved) == ((0, 0, 2, 0), 0)
    assert await _roles() == ended


async def test_the_role_of_before_ends_the_day_before_the_new_one_where_the_file_says_that(
    importing: Importing,
):
    header = "E-Mail;Vorname;Nachname;Firma;role_since\n"
    await importing.run(header + "anna@home.example;Anna;Muster;Alt AG;2020-01-01\n")
    await importing.run(header + "anna@home.example;Anna;Muster;Neu AG;2026-03-01\n")
    assert [until for _, _, until in await _roles()] == [date(2026, 2, 28), None]
    # A role that began before the one that is entered did not end by it.
    await importing.run(header + "anna@home.example;Anna;Muster;Vorher AG;2019-01-01\n")
    assert [until for _, _, until in await _roles()] == [date(2026, 2, 28), None, None]


async def test_a_role_that_the_file_did_not_tell_goes_on(importing: Importing):
    await importing.run(JOBS + "1;Anna;Muster;Alt AG;\n2;Urs;Weg;Alt AG;\n", key="Id")
    by_hand = await Role.get(person__external_key="2")
    await directory_edits.change(Role, by_hand.id, {"function": "Rat"}, staff_id=None)
    # What staff have corrected is theirs; a file with other columns knows nothing of these roles.
    await importing.run(JOBS + "2;Urs;Weg;Neu AG;\n", key="Id")
    await importing.run("Id;Nachname;Firma\n1;Muster;Neu AG\n", key="Id")
    assert [until for _, _, until in await _roles()] == [None] * 4


async def test_who_has_two_employers_in_a_file_keeps_both_in_any_order_of_its_rows(importing: Importing):
    alt, neu, nein = (f"1;Anna;Muster;{name};\n" for name in ("Alt AG", "Neu AG", "Nein AG"))
    await importing.run(JOBS + alt, key="Id")
    for rows in (neu + alt, alt + neu, neu + alt):
        assert (await importing.run(JOBS + rows, key="Id")).wrong == 0
        assert [(name, until) for name, _, until in await _roles()] == [("Alt AG", None), ("Neu AG", None)]
    # Which of two it was that ended, nobody can tell.
    assert (await importing.run(JOBS + nein, key="Id")).moved == 0


async def test_own_fields_interests_and_several_addresses_are_kept(importing: Importing):
    rows = (
        "external_key;Vorname;Nachname;E-Mail 1;E-Mail 2;Interessen;own:Region;own:Score\n"
        "a;Eva;Graf;eva@firm.example;eva@home.example;Wein; \n"
    )
    rows = rows.replace("Wein; ", '"Wein; Kunst";Ost;7')
    assert counts(await importing.run(rows)) == (1, 0, 0, 0)
    eva = await Person.get()
    assert eva.interests == ["Wein", "Kunst"]
    assert json.dumps(eva.own_fields, sort_keys=True) == '{"Region": "Ost", "Score": 7}'
    assert await EmailAddress.all().count() == 2


async def test_own_fields_that_are_defined_are_filled_in_by_their_kind(importing: Importing):
    ids = {}
    for name, kind, choices in (
        ("Region", OwnFieldKind.CHOICE, ["Ost", "West"]), ("Umsatz", OwnFieldKind.NUMBER, []),
        ("Seit", OwnFieldKind.DATE, []), ("Code", OwnFieldKind.TEXT, []),
    ):  # fmt: skip
        field = await OwnField.create(party=Party.PERSON, name=name, kind=kind, choices=choices)
        ids[name] = str(field.id)
    # That of organisations is another one.
    await OwnField.create(party=Party.ORGANISATION, name="Region", kind=OwnFieldKind.NUMBER)
    header = "external_key;Nachname;own:region;own:Umsatz;own:Seit;own:Code;own:Fremd\n"
    run = await importing.run(
        header + "a;Graf;Ost;1'250.50;31.12.2025;007;x\nb;Weg;Nord;;;;\nc;Abt;;viel;;;\n"
    )
    assert await importing.wrong(run) == [(3, "no-own-value"), (4, "no-own-value")]
    graf = await Person.get()
    assert graf.own_fields == {
        ids["Region"]: "Ost", ids["Umsatz"]: 1250.5, ids["Seit"]: "2025-12-31", ids["Code"]: "007", "Fremd": "x",
    }  # fmt: skip
    await Mark.get(key=f"field:{ids['Region']}", value="Ost", row_id=graf.id)
    exported = await importing.export()
    assert "own:Umsatz" in exported.decode("utf-8-sig").splitlines()[0]
    assert counts(await importing.run(exported)) == (0, 0, 1, 0)
    (told,) = json.loads(await importing.export(ExportKind.JSON))["persons"]
    assert told["own_fields"]["Seit"] == "2025-12-31"


async def test_what_changed_lets_messages_be_matched_anew(importing: Importing):
    await importing.run(CONTACTS)
    assert [job.kind for job in await Job.all()] == ["match-anew"]
    async with transaction():
        await Job.all().delete()
    await importing.run(CONTACTS)
    assert await Job.all().count() == 0


async def test_the_same_key_from_two_programs_makes_nobody_somebody_else(importing: Importing):
    header = "Id;Vorname;Nachname;E-Mail\n"
    await importing.run(header + "1;Anna;Muster;anna@muster.example\n")
    run = await importing.run(header + "1;Urs;Meier;urs@meier.example\n1;Anna;Frei;\n")
    assert counts(run) == (0, 1, 0, 1)
    assert await importing.wrong(run) == [(2, "key-of-another")]
    assert [one.family_name for one in await Person.all()] == ["Frei"]


async def test_an_organisation_that_only_a_key_names_must_be_there(importing: Importing):
    contacts = (
        "Id,AccountId,LastName,FirstName,Salutation,MailingStreet,Email\nC1,A1,Muster,Anna,,,a@x.example\n"
    )
    run = await importing.run(contacts)
    assert await importing.wrong(run) == [(2, "unknown-organisation")]
    accounts = "Id,Name,BillingStreet,BillingCity,AccountNumber\nA1,Muster AG,Weg 1,Bern,4711\n"
    assert counts(await importing.run(accounts)) == (1, 0, 0, 0)
    assert counts(await importing.run(contacts)) == (1, 0, 0, 0)
    assert (await Organisation.get()).customer_number == "4711"
    assert (await Role.get()).organisation_id == (await Organisation.get()).id


NUMBERS = "Firma;Kurzname;UID-Nr.;IBAN;MWST-Nr.\n"


async def test_numbers_and_short_names_are_read_and_a_firm_is_known_by_its_number(importing: Importing):
    rows = NUMBERS + "Muster Bau AG;MB;CHE-116.281.710;CH93 0076 2011 6238 5295 7;CHE-116.281.710 MWST\n"
    assert counts(await importing.run(rows)) == (1, 0, 0, 0)
    numbers = [(one.kind, one.value) for one in await OrganisationNumber.all().order_by("id")]
    assert numbers == [("uid", "CHE116281710"), ("iban", "CH9300762011623852957")]
    assert [(one.name, one.is_short) for one in await FormerName.all()] == [("MB", True)]
    assert counts(await importing.run(rows)) == (0, 0, 1, 0)
    # It has another name by now; the number says which firm it is.
    assert counts(await importing.run("Firma,UID\nMuster Holding AG,che116281710\n")) == (0, 1, 0, 0)
    assert [one.name for one in await Organisation.all()] == ["Muster Holding AG"]


async def test_a_number_that_is_none_or_anothers_is_told_by_line(importing: Importing):
    await importing.run("Id;" + NUMBERS + "1;Muster AG;;CHE-116.281.710;;\n2;Andere AG;;;;\n", key="Id")
    rows = "Id;" + NUMBERS + "2;Andere AG;;CHE-116.281.710;;\n3;Neu AG;;;CH93 0076 2011 6238 5295 8;\n"
    run = await importing.run(rows, key="Id")
    assert counts(run) == (0, 0, 0, 2)
    assert await importing.wrong(run) == [(2, "registered-number-taken"), (3, "no-registered-number")]
    assert await OrganisationNumber.all().count() == 1


async def test_a_column_uid_holds_keys_unless_they_are_numbers_of_the_register(importing: Importing):
    await importing.run("UID,Firma\n4711,Muster AG\n")
    await importing.run("UID,Firma\nCHE-116.281.710,Andere AG\n")
    assert [one.external_key for one in await Organisation.all().order_by("id")] == ["4711", None]


async def test_a_parent_may_come_after_its_subsidiary(importing: Importing):
    rows = "Id;Firma;ParentId\n1;Muster Bern AG;2\n2;Muster Holding AG;\n"
    assert counts(await importing.run(rows)) == (1, 1, 0, 0)
    child = await Organisation.get(external_key="1")
    assert child.parent_id == (await Organisation.get(name="Muster Holding AG")).id
    assert counts(await importing.run(rows)) == (0, 0, 2, 0)


async def test_a_value_that_no_table_can_hold_is_wrong_and_breaks_nothing(importing: Importing):
    header = "Id;Firma;Firma Id;Vorname;Nachname;E-Mail;Website;Strasse;former_name;PLZ;Sprache\n"
    long = "x" * 400
    rows = [
        f"{long};A;;Anna;Muster;;;;;;",
        f";A;{long};Anna;Muster;;;;;;",
        f";{long};;;;;;;;;",
        f";A;;Anna;Muster;{'ü' * 320}@x.example;;;;;",
        f";A;;;;;;{long};;;",
        f";A;;;;;;;{long};;",
        ";A;;;;;;;;012345678901234567890123;",
        f";Gut AG;;Eva;Graf;eva@gut.example;https://{'y' * 300}.example;\x00Weg;;;{long}",
    ]
    run = await importing.run(header + "\n".join(rows))
    assert counts(run) == (1, 0, 0, 7)
    assert {reason for _, reason in await importing.wrong(run)} <= {"value-too-long", "no-email"}
