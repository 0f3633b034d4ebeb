"""Whom mails are with, by the rules on real tables; each with a reason in a sentence."""

from datetime import date, datetime

import pytest

from history.reasons import SENTENCES
from storage import roster
from storage.entries import Direction, Entry
from storage.reasons import Reason
from storage.staff import Staff, StaffAddressKind
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import NOON, also, colleague, firm, letter, person, reachable, works

pytestmark = pytest.mark.usefixtures("eva")
EVA = "eva@firm.example"


async def reasons(entry: Entry) -> list[str]:
    """Return why each participant was taken for somebody, in sentences."""
    return [SENTENCES[one.reason].format(**one.reason_parameters) for one in await participants(entry)]


async def test_an_address_that_is_entered_names_its_person_with_role_and_organisation(office: Office) -> None:
    muster = await firm("Muster AG")
    await works(await person("Anna Muster", "Anna@Muster.example"), muster, "Einkauf")
    (entry,) = await office.enter(letter("ANNA@muster.example"))
    (anna,) = await participants(entry)
    assert await with_whom(entry) == {"anna@muster.example": ("Anna Muster", "Muster AG")}
    assert (anna.function, anna.strength) == ("Einkauf", "certain")
    assert await reasons(entry) == ["ANNA@muster.example is entered as an address of Anna Muster."]
    assert entry.held_reason is None


async def test_every_outsider_of_a_mail_takes_part(office: Office) -> None:
    await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG"))
    await firm("Holz AG", "holz.example")
    (entry,) = await office.enter(
        letter(EVA, "anna@muster.example", Cc="x@holz.example, urs@firm.example", Bcc="y@gmx.ch")
    )
    assert entry.direction is Direction.OUTGOING
    assert await with_whom(entry) == {
        "anna@muster.example": ("Anna Muster", "Muster AG"),
        "x@holz.example": (None, "Holz AG"),
        "y@gmx.ch": (None, None),
    }
    assert entry.held_reason is None


async def test_the_name_tells_which_of_several_uses_their_address(office: Office) -> None:
    muster = await firm("Muster AG")
    for name in ("Anna Muster", "Beat Muster"):
        await person(name, "einkauf@muster.example", at=muster)
    named, unnamed = await office.enter(
        letter("Muster, Beat <einkauf@muster.example>"), letter("einkauf@muster.example")
    )
    assert await with_whom(named) == {"einkauf@muster.example": ("Beat Muster", "Muster AG")}
    assert (await reasons(named))[0].endswith("and the message gives the name of Beat Muster.")
    assert await with_whom(unnamed) == {"einkauf@muster.example": (None, "Muster AG")}
    assert (named.held_reason, unnamed.held_reason) == (None, Reason.SEVERAL_PERSONS)


async def test_an_address_entered_twice_for_one_person_is_theirs(office: Office) -> None:
    anna = await person("Anna Muster", "anna@muster.example")
    await reachable(anna, "anna@muster.example")
    (entry,) = await office.enter(letter("anna@muster.example"))
    assert await with_whom(entry) == {"anna@muster.example": ("Anna Muster", None)}


async def test_an_organisations_own_address_is_nobodys(office: Office) -> None:
    await firm("Muster AG", address="info@muster.example")
    (entry,) = await office.enter(letter("info@muster.example"))
    assert await with_whom(entry) == {"info@muster.example": (None, "Muster AG")}
    assert await reasons(entry) == ["info@muster.example is entered as an address of Muster AG."]


async def test_an_address_counts_from_and_until(office: Office) -> None:
    before = await person("Anna Alt")
    after = await person("Beat Neu")
    await reachable(before, "einkauf@muster.example", until=date(2025, 12, 31))
    await reachable(after, "einkauf@muster.example", since=date(2026, 2, 1))
    found = await office.enter(
        *[
            letter("einkauf@muster.example", at=datetime.fromisoformat(f"{day}T12:00:00+01:00"))
            for day in ("2025-12-31", "2026-01-15", "2026-02-01")
        ]
    )
    assert [(await with_whom(one))["einkauf@muster.example"][0] for one in found] == [
        "Anna Alt",
        None,
        "Beat Neu",
    ]
    assert [one.held_reason for one in found] == [None, Reason.ANOTHER_TIME, None]
    assert await reasons(found[1]) == [
        "einkauf@muster.example is entered for Anna Alt, Beat Neu, but not at the time of this message."
    ]


async def test_an_old_mail_is_with_the_old_employer(office: Office) -> None:
    anna = await person("Anna Muster", "anna@private.example")
    await works(anna, await firm("Alt AG"), "Lehrling", until=date(2025, 12, 31))
    await works(anna, await firm("Neu AG"), "Leitung", since=date(2026, 1, 1))
    old, new = await office.enter(
        letter("anna@private.example", at=NOON.replace(year=2024)), letter("anna@private.example")
    )
    assert await with_whom(old) == {"anna@private.example": ("Anna Muster", "Alt AG")}
    assert await with_whom(new) == {"anna@private.example": ("Anna Muster", "Neu AG")}
    assert [one.function for one in await participants(old)] == ["Lehrling"]


DOMAINS = {
    "stranger@muster.example": "Muster AG",
    "stranger@mail.muster.example": "Muster AG",
    "stranger@werk.muster.example": "Muster Werk",
    "stranger@MUSTER.example": "Muster AG",
    "stranger@bücher.example": "Bücher AG",
    "stranger@xn--bcher-kva.example": "Bücher AG",
    "stranger@notmuster.example": None,
    "stranger@gmx.ch": None,
    "stranger@github.io": None,
    "stranger@[192.0.2.1]": None,
}


async def test_a_stranger_belongs_to_the_organisation_of_their_domain(office: Office) -> None:
    await firm("Muster AG", "muster.example")
    await firm("Muster Werk", "werk.muster.example")
    await firm("Bücher AG", "xn--bcher-kva.example")
    await firm("Irrtum AG", "gmx.ch", "github.io", "[192.0.2.1]")  # entered by mistake: they are everybody's
    entries = await office.enter(*[letter(author) for author in DOMAINS])
    found = [[organisation for _, organisation in (await with_whom(one)).values()] for one in entries]
    assert found == [[organisation] for organisation in DOMAINS.values()]
    open_reasons = [one.held_reason for one in entries if one.held_reason]
    assert open_reasons == [Reason.UNKNOWN_ADDRESS] * 4


async def test_our_own_domain_is_no_correspondent(office: Office) -> None:
    await firm("Wir selber", "firm.example")
    (entry,) = await office.enter(letter("stranger@firm.example", "anna@muster.example"))
    assert await with_whom(entry) == {"anna@muster.example": (None, None)}
    assert entry.direction is Direction.OUTGOING


async def test_a_customers_domain_is_not_ours_because_a_colleague_may_send_as_one_of_it(
    office: Office, eva: Staff
) -> None:
    await also(eva, "sekretariat@verband.example", StaffAddressKind.SEND_AS)
    await firm("Verband", "verband.example")
    sent, got = await office.enter(
        letter("sekretariat@verband.example", "praesident@verband.example"),
        letter("praesident@verband.example", "eva@firm.example"),
    )
    assert (sent.direction, got.direction) == (Direction.OUTGOING, Direction.INCOMING)
    assert await with_whom(sent) == await with_whom(got) == {"praesident@verband.example": (None, "Verband")}


async def test_who_has_left_is_still_one_of_ours(office: Office) -> None:
    await roster.leave((await colleague("urs@firm.example")).id, by=None)
    (entry,) = await office.enter(letter("urs@firm.example", "anna@muster.example"))
    assert entry.direction is Direction.OUTGOING


async def test_who_answers_from_a_new_address_is_known_by_name(office: Office) -> None:
    await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG"))
    _, answer = await office.enter(
        letter(EVA, "anna@muster.example", own_id="a@firm.example"),
        letter("Anna Muster <anna77@gmx.ch>", answers=["a@firm.example"]),
    )
    assert await with_whom(answer) == {"anna77@gmx.ch": ("Anna Muster", "Muster AG")}
    assert (await reasons(answer))[0].startswith("anna77@gmx.ch is new, but answers in a conversation")


async def test_somebody_who_answers_from_free_mail_is_of_the_conversations_only_organisation(
    office: Office,
) -> None:
    await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG"))
    _, free, own_domain = await office.enter_in_turn(
        letter(EVA, "anna@muster.example", own_id="a@firm.example"),
        letter("stranger@gmx.ch", answers=["a@firm.example"]),
        letter("stranger@holz.example", answers=["a@firm.example"]),
    )
    assert await with_whom(free) == {"stranger@gmx.ch": (None, "Muster AG")}
    assert [one.strength for one in await participants(free)] == ["weak"]
    assert await with_whom(own_domain) == {"stranger@holz.example": (None, None)}


async def test_a_shared_address_is_whom_it_was_taken_for_before_in_the_conversation(office: Office) -> None:
    for name in ("Anna Muster", "Beat Muster"):
        await person(name, "einkauf@muster.example")
    _, answer = await office.enter_in_turn(
        letter("Beat Muster <einkauf@muster.example>", own_id="b@muster.example"),
        letter(EVA, "einkauf@muster.example", answers=["b@muster.example"]),
    )
    assert await with_whom(answer) == {"einkauf@muster.example": ("Beat Muster", None)}
    assert await reasons(answer) == ["einkauf@muster.example was Beat Muster before in this conversation."]


async def test_an_address_that_is_somebody_elses_by_now_is_not_known_from_the_conversation(
    office: Office,
) -> None:
    anna = await person("Anna Muster")
    await reachable(anna, "einkauf@muster.example", until=date(2026, 3, 3))
    _, answer = await office.enter_in_turn(
        letter("einkauf@muster.example", own_id="b@muster.example"),
        letter("einkauf@muster.example", answers=["b@muster.example"], at=NOON.replace(day=5)),
    )
    assert (await with_whom(answer), answer.held_reason) == (
        {"einkauf@muster.example": (None, None)},
        Reason.ANOTHER_TIME,
    )


async def test_an_answer_that_comes_before_its_question_in_a_batch_is_known_from_it(office: Office) -> None:
    await person("Anna Muster", "anna@muster.example", at=await firm("Muster AG"))
    answer, _ = await office.enter(
        letter("Anna Muster <anna77@gmx.ch>", answers=["a@firm.example"], at=NOON.replace(hour=14)),
        letter(EVA, "anna@muster.example", own_id="a@firm.example"),
    )
    assert await with_whom(answer) == {"anna77@gmx.ch": ("Anna Muster", "Muster AG")}
