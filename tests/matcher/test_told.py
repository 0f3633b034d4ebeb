"""Whom a message names itself, by rules on real tables: numbers, names in a signature, persons of a firm."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from history.candidates import candidates
from history.clues import Hint
from history.reasons import SENTENCES
from storage import directory_edits
from storage.correspondents import FormerName, Organisation, OrganisationNumber, PhoneNumber
from storage.entries import Entry, Strength
from storage.likely import likely_ids
from storage.reasons import Reason
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import firm, letter, person, works

pytestmark = pytest.mark.usefixtures("eva")
FREE = "anna77@gmx.ch"
Found = tuple[str | None, str | None]


async def told(entry: Entry) -> tuple[Found, str]:
    """Return whom the first participant was taken for, and why, in a sentence."""
    first = (await participants(entry))[0]
    sentence = SENTENCES[first.reason].format(**first.reason_parameters)
    return next(iter((await with_whom(entry)).values())), sentence


async def has(organisation: Organisation, model: type[Any], **values: Any) -> None:
    """Enter what belongs to an organisation."""
    await directory_edits.add(model, {"organisation_id": organisation.id, **values}, staff_id=None)


async def customer(name: str, number: str, *domains: str) -> Organisation:
    """Enter an organisation with its customer number."""
    entered = await firm(name, *domains)
    await directory_edits.change(Organisation, entered.id, {"customer_number": number}, staff_id=None)
    return entered


def signed(*lines: str, text: str = "Guten Tag\n\nAnbei die Unterlagen, die Sie wünschten.") -> str:
    """Return a text with a signature."""
    return "\n".join([text, "", "-- ", *lines, ""])


PLUS = {
    "anna+news@muster.example": ("Anna Muster", "Muster AG"),
    "ANNA+a+b@MUSTER.example": ("Anna Muster", "Muster AG"),
    "info+offerte@muster.example": (None, "Muster AG"),
    "beat+x@bücher.example": ("Beat Buch", None),
    "beat+x@xn--bcher-kva.example": ("Beat Buch", None),
    "+anna@gmx.ch": (None, None),
}


async def test_a_tag_does_not_make_another_address(office: Office) -> None:
    muster = await firm("Muster AG", address="info@muster.example")
    await person("Anna Muster", "anna@muster.example", at=muster)
    await person("Beat Buch", "beat@bücher.example")
    entries = await office.enter(*[letter(author) for author in PLUS])
    assert [(await told(one))[0] for one in entries] == list(PLUS.values())
    assert (await told(entries[0]))[1] == (
        "anna+news@muster.example is anna@muster.example with a tag, and that is entered as an address of Anna Muster."
    )


async def test_an_address_entered_with_its_tag_is_whose_it_is(office: Office) -> None:
    await person("Anna Muster", "team@muster.example")
    await person("Beat Keller", "team+beat@muster.example")
    (entry,) = await office.enter(letter("team+beat@muster.example"))
    assert (await told(entry))[0] == ("Beat Keller", None)


async def test_all_domains_of_an_organisation_are_its_own_down_to_the_nearest(office: Office) -> None:
    await firm("Muster AG", "muster.example", "muster.swiss")
    await firm("Muster Werk", "werk.muster.example")
    authors = ["x@muster.swiss", "x@a.b.c.muster.example", "x@halle3.werk.muster.example"]
    entries = await office.enter(*[letter(author) for author in authors])
    assert [(await told(one))[0][1] for one in entries] == ["Muster AG", "Muster AG", "Muster Werk"]


EMPLOYEES = {
    "Anna Muster <am@muster.example>": "Anna Muster",
    "anna.muster@muster.example": "Anna Muster",
    '"Muster, Anna" <x1@muster.example>': "Anna Muster",
    "a.muster@muster.example": "Anna Muster",
    "b.keller@muster.example": None,  # has an address there, by another pattern: perhaps Bruno Keller
    "Beat Keller <b.keller@muster.example>": "Beat Keller",
    "Bruno Keller <b.keller@muster.example>": None,
    "anna.muster2@muster.example": None,
    "muster@muster.example": None,
    '"Muster AG, Anna Keller" <ak@muster.example>': None,
    "Berta Muster <anna.muster@muster.example>": None,
    "Beat Keller <anna.muster@muster.example>": None,
    "Beat <anna.muster@muster.example>": None,
    "Carla Weg <carla.weg@muster.example>": None,  # works there no more
    "Anna Muster <info@muster.example>": "Anna Muster",
    "info@muster.example": None,
}


async def test_employees_are_told_apart_by_name_when_an_address_is_new(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    await person("Anna Muster", "anna@gmx.ch", at=muster)
    await person("Beat Keller", "beat.keller@muster.example", at=muster)
    await works(await person("Carla Weg"), muster, until=date(2025, 12, 31))
    await person("Anna Keller", at=await firm("Anders AG"))
    entries = await office.enter(*[letter(author) for author in EMPLOYEES])
    found = {author: (await told(one))[0] for author, one in zip(EMPLOYEES, entries, strict=True)}
    assert found == {author: (name, "Muster AG") for author, name in EMPLOYEES.items()}
    assert [one.held_reason for one in entries] == [None] * len(entries)
    assert (await told(entries[1]))[1] == (
        "anna.muster@muster.example is new, but is used at Muster AG and gives the name of Anna Muster."
    )


async def test_who_works_at_a_subsidiary_may_write_from_its_parents_domain(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    for name in ("Muster Werk", "Muster Bau"):
        below = await firm(name)
        await directory_edits.change(Organisation, below.id, {"parent_id": muster.id}, staff_id=None)
        await person("Beat Keller", at=below)
        await person(f"Carla {name.split()[1]}", at=below)
    entries = await office.enter(letter("carla.bau@muster.example"), letter("beat.keller@muster.example"))
    assert [(await told(one))[0] for one in entries] == [("Carla Bau", "Muster Bau"), (None, "Muster AG")]


async def test_whom_an_open_message_may_be_is_kept_with_it_the_likeliest_first(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    namesakes = [await person("Anna Muster", at=muster) for _ in range(2)]
    (entry,) = await office.enter(letter("anna.muster@muster.example"))
    (first,) = await participants(entry)
    persons, organisations = likely_ids(first.reason_parameters)
    assert (set(persons), organisations) == ({one.id for one in namesakes}, [muster.id])
    found = await candidates(entry, first)
    assert {one.person.person.id for one in found[:2] if one.person} == {one.id for one in namesakes}
    assert Hint.EVIDENCE in found[0].hints


async def test_a_mistyped_domain_is_told_from_namesakes(office: Office) -> None:
    await person("Anna Muster", "anna@gmx.ch")
    meant = await person("Anna Muster", "anna.muster@musterbau.example")
    (entry,) = await office.enter(letter("Anna Muster <anna.muster@mustrbau.example>"))
    (first,) = await participants(entry)
    found = await candidates(entry, first)
    assert [one.person.person.id for one in found[:1] if one.person] == [meant.id]
    assert Hint.NEAR_ADDRESS in found[0].hints


async def test_a_number_of_another_country_is_that_of_who_is_named_beside_it(office: Office) -> None:
    jane = await person("Jane Stanley")
    await directory_edits.add(
        PhoneNumber, {"written": "+44 7403 573246", "person_id": jane.id}, staff_id=None
    )
    named, unnamed = await office.enter(
        letter("Jane Stanley <js@gmx.ch>", text=signed("Jane Stanley", "0740 357 32 46")),
        letter("Beat Weg <bw@gmx.ch>", text=signed("Beat Weg", "0740 357 32 46")),
    )
    assert (await told(named))[0] == ("Jane Stanley", None)
    assert (await told(unnamed))[0] == (None, None)


async def test_nobody_guesses_between_namesakes(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    for _ in range(2):
        await person("Anna Muster", at=muster)
    (entry,) = await office.enter(letter("anna.muster@muster.example"))
    assert (await told(entry)) == (
        (None, "Muster AG"),
        "“anna.muster” may be several: Anna Muster, Anna Muster.",
    )
    assert entry.held_reason == Reason.SEVERAL_OF_THIS_NAME


async def test_who_signs_is_whom_a_shared_address_was_that_day(office: Office) -> None:
    muster = await firm("Muster AG", address="info@muster.example")
    await person("Anna Muster", at=muster)
    await person("Beat Keller", at=muster)
    closing = "Guten Tag Eva\n\nGerne.\n\nFreundliche Grüsse\nBeat Keller\n"
    both = signed("Anna Muster", "Beat Keller", "Muster AG")
    greets = "Lieber Beat Keller\n\nDanke!\n"
    entries = await office.enter(
        letter("info@muster.example", text=closing),
        letter("info@muster.example", text=both),
        letter("info@muster.example", text=greets),
    )
    assert [(await told(one))[0] for one in entries] == [
        ("Beat Keller", "Muster AG"),
        (None, "Muster AG"),
        (None, "Muster AG"),
    ]
    assert (await told(entries[0]))[1].endswith("and the message is signed by Beat Keller.")


async def test_who_signs_is_who_of_several_wrote_from_the_address_that_they_share(office: Office) -> None:
    muster = await firm("Muster AG")
    for name in ("Anna Muster", "Beat Keller"):
        await person(name, "einkauf@muster.example", at=muster)
    by_beat = "Guten Tag Eva\n\nGerne.\n\nFreundliche Grüsse\nBeat Keller\n"
    signed_, by_name, neither = await office.enter(
        letter("einkauf@muster.example", text=by_beat),
        letter("Anna Muster <einkauf@muster.example>", text=by_beat),
        letter("einkauf@muster.example", text="Lieber Beat Keller\n\nDanke!\n"),
    )
    assert (await told(signed_))[0] == ("Beat Keller", "Muster AG")
    assert (await told(by_name))[0] == ("Anna Muster", "Muster AG")
    assert (await told(neither))[0] == (None, "Muster AG")
    assert neither.held_reason == Reason.SEVERAL_PERSONS


async def test_among_very_many_colleagues_the_one_with_that_name_is_found(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    for number in range(120):
        await person(f"Person Nummer{number}", at=muster)
    await person("Zoe Zwahlen", at=muster)
    (entry,) = await office.enter(letter("zoe.zwahlen@muster.example"))
    assert (await told(entry))[0] == ("Zoe Zwahlen", "Muster AG")


CUSTOMER_NUMBERS = {
    "Unsere Kundennummer: K-20456": True,
    "Kundennummer K-20456": True,
    "No client: k-20456": True,
    "numéro de client K-20456": True,
    "codice cliente: K-20456": True,
    "our customer no. is K-20456, thanks": True,
    "Ihre Kundennummer: K-20456": None,
    "votre numéro client : K-20456": None,
    "Bestellung K-20456": False,
    "Kundennummer: AK-20456": None,
    "Kundennummer: K-204567": None,
    "Kundennummer: 2026": None,
    "see k-20456.example and x@K-20456": None,
}


async def test_a_customer_number_tells_the_organisation_where_it_is_called_so(office: Office) -> None:
    await customer("Muster AG", "K-20456")
    await customer("Kurz AG", "204")
    entries = await office.enter(*[letter(FREE, text=text) for text in CUSTOMER_NUMBERS])
    found = {
        text: (await told(one))[0][1] == "Muster AG" or (False if one.held_reason == Reason.MAY_BE else None)
        for text, one in zip(CUSTOMER_NUMBERS, entries, strict=True)
    }
    assert found == CUSTOMER_NUMBERS
    assert (await told(entries[0]))[
        1
    ] == "The message names K-20456 as customer number, and that is Muster AG."
    assert (await told(entries[8]))[1] == "anna77@gmx.ch is not entered anywhere yet, but may be Muster AG."


async def test_a_number_from_a_strangers_domain_is_a_customers_own_only_if_it_says_so(office: Office) -> None:
    await customer("Muster AG", "K-20456")
    entries = await office.enter(
        letter("x@lieferant.example", text="Kundennummer: K-20456"),
        letter("x@lieferant.example", text="Unsere Kundennummer: K-20456"),
        letter("x@lieferant.example", text="Unsere Kundennummer: K-20456", Auto_Submitted="auto-generated"),
    )
    assert [(await told(one))[0][1] for one in entries] == [None, "Muster AG", None]


SIGNATURES: dict[str, tuple[str, bool]] = {
    "Muster & Söhne AG": ("x@gmx.ch", True),
    "Anna Muster | Muster & Söhne SA": ("x@gmx.ch", True),
    "Muster und Soehne AG": ("x@gmx.ch", False),
    "Muster & Soehne A.G.": ("x@gmx.ch", True),
    "Muster & Söhne": ("x@gmx.ch", False),
    "Muster & Söhne GmbH": ("x@gmx.ch", False),
    "Muster AG": ("x@gmx.ch", False),
    "Vormals AG": ("x@gmx.ch", True),
    "Doppelt AG": ("x@gmx.ch", False),
    "Tel. 044 668 18 00": ("x@gmx.ch", True),
    "Tel. +41 (0)44 668 18 00": ("x@holz.example", True),
    "Tel. 043 222 33 44": ("x@gmx.ch", True),
    "T +49 44 668 18 00": ("x@gmx.ch", False),
    "CHE-116.281.710 MWST": ("x@holz.example", True),
    "IBAN CH93 0076 2011 6238 5295 7": ("x@gmx.ch", True),
    "IBAN CH94 0076 2011 6238 5295 7": ("x@gmx.ch", False),
    "USt-IdNr. DE 123 456 789": ("x@gmx.ch", True),
}


async def test_a_signature_tells_the_organisation(office: Office) -> None:
    muster = await firm("Muster & Söhne AG", "muster.example")
    await has(muster, FormerName, name="Vormals AG")
    for number in ("+41 44 668 18 00", "043 222 33 44"):
        await has(muster, PhoneNumber, written=number)
    for kind, value in (("uid", "CHE116281710"), ("iban", "CH9300762011623852957"), ("vat", "DE123456789")):
        await has(muster, OrganisationNumber, kind=kind, value=value)
    for _ in range(2):
        await firm("Doppelt AG")
    mails = [letter(author, text=signed("Anna Weg", line)) for line, (author, _) in SIGNATURES.items()]
    entries = await office.enter(*mails)
    found = {
        line: (author, (await told(one))[0][1] == muster.name)
        for (line, (author, _)), one in zip(SIGNATURES.items(), entries, strict=True)
    }
    assert found == SIGNATURES


async def test_who_signs_in_the_name_of_a_known_organisation_is_its_employee(office: Office) -> None:
    await person("Anna Muster", at=await firm("Muster & Söhne AG"))
    (entry,) = await office.enter(letter(FREE, text=signed("Anna Muster", "Muster & Söhne AG")))
    assert (await told(entry))[0] == ("Anna Muster", "Muster & Söhne AG")
    assert [one.strength for one in await participants(entry)] == [Strength.STRONG]


async def test_a_name_from_a_domain_that_is_none_of_the_organisations_is_but_a_hint(office: Office) -> None:
    await firm("Muster & Söhne AG", "muster.example")
    text = signed("Treuhand für", "Muster & Söhne AG")
    authors = ["x@treuhand.example", "x@mustersohne.example"]
    entries = await office.enter(*[letter(author, text=text) for author in authors])
    assert [(await told(one))[0][1] for one in entries] == [None, "Muster & Söhne AG"]


async def test_a_number_without_a_country_code_is_dialled_where_the_firm_is(office: Office) -> None:
    await has(await firm("Muster Berlin GmbH"), PhoneNumber, written="+49 30 90294 0")
    mails = [letter(f"x{number}@gmail.com", text=signed("Anna Weg", "Tel. 030 90294-0")) for number in (1, 2)]
    (at_home,) = await replace(office, country="DE").enter(mails[0])
    (elsewhere,) = await office.enter(mails[1])
    assert (await told(at_home))[0][1] == "Muster Berlin GmbH"
    assert (await told(elsewhere))[0][1] is None


async def test_a_persons_telephone_number_needs_their_name(office: Office) -> None:
    anna = await person("Anna Muster")
    await directory_edits.add(
        PhoneNumber, {"written": "+41 79 123 45 67", "person_id": anna.id}, staff_id=None
    )
    entries = await office.enter(
        letter("Anna Muster <x@gmx.ch>", text=signed("Mobil 079 123 45 67", "8000 Zürich")),
        letter("x@gmx.ch", text=signed("Anna Muster", "Mobil 079 123 45 67")),
        letter("Carla Weg <y@gmx.ch>", text=signed("Mobil 079 123 45 67", "8000 Zürich")),
    )
    assert [(await told(one))[0][0] for one in entries] == ["Anna Muster", "Anna Muster", None]
    assert entries[2].held_reason == Reason.MAY_BE


async def test_what_is_quoted_says_nothing_of_who_writes(office: Office) -> None:
    await customer("Muster AG", "K-20456")
    quoted = "Danke!\n\nAm 3.3.2026 schrieb Eva:\n> Unsere Kundennummer: K-20456\n> -- \n> Muster AG\n"
    (entry,) = await office.enter(letter(FREE, text=quoted))
    assert (await told(entry))[0] == (None, None)


async def test_we_ourselves_are_never_whom_a_signature_names(office: Office) -> None:
    ours = await firm("Wir selber AG", "firm.example")
    await has(ours, PhoneNumber, written="+41 44 668 18 00")
    text = signed("Wir selber AG", "Tel. +41 44 668 18 00")
    incoming, outgoing = await office.enter(
        letter(FREE, text=text), letter("eva@firm.example", "neu@gmx.ch", text=text)
    )
    assert await with_whom(incoming) == {FREE: (None, None)}
    assert await with_whom(outgoing) == {"neu@gmx.ch": (None, None)}


async def test_what_the_address_says_goes_before_what_the_message_says(office: Office) -> None:
    await customer("Muster AG", "K-20456")
    await firm("Holz AG", "holz.example")
    await person("Anna Keller", "anna@keller.example")
    text = "Unsere Kundennummer: K-20456"
    entries = await office.enter(
        letter("x@holz.example", text=text), letter("anna@keller.example", text=text)
    )
    assert [(await told(one))[0] for one in entries] == [(None, "Holz AG"), ("Anna Keller", None)]


async def test_signs_of_two_organisations_wait_for_a_person(office: Office) -> None:
    await firm("Muster & Söhne AG")
    await firm("Holz & Partner AG")
    (entry,) = await office.enter(letter(FREE, text=signed("Muster & Söhne AG", "Holz & Partner AG")))
    assert (await told(entry))[0] == (None, None)
    assert entry.held_reason == Reason.CONFLICTING_EVIDENCE


async def test_an_original_that_a_colleague_forwards_is_not_signed_by_the_forwarder(office: Office) -> None:
    muster, wrong = await firm("Muster & Söhne AG"), await firm("Falsch & Co AG")
    forward = "\n".join(
        [
            "Zur Ablage", "", "-- ", wrong.name, "",
            "-----Ursprüngliche Nachricht-----", f"Von: Anna <{FREE}>", "Gesendet: Montag, 2. März 2026 10:00",
            "An: Eva <eva@firm.example>", "Betreff: Offerte", "", "Guten Tag", "", "Anbei die Unterlagen.", "",
            "-- ", muster.name,
        ]
    )  # fmt: skip
    (entry,) = await office.enter(letter("eva@firm.example", subject="WG: Offerte", text=forward))
    assert await with_whom(entry) == {FREE: (None, muster.name)}
