"""Mail to and from an address that an organisation's persons share: the message says with whom it is."""

import pytest

from mail.message import ParsedMessage
from matcher.signs.greeted import Greeted, greeted_in
from storage import directory_edits
from storage.correspondents import Organisation, Person
from storage.entries import Strength
from storage.reasons import Reason
from tests.ingest.office import Office, participants, with_whom
from tests.matcher.people import firm, letter, person

pytestmark = pytest.mark.usefixtures("eva")
EVA, SHARED = "eva@firm.example", "info@muster.example"
GREETINGS = {
    "Sehr geehrte Frau Dr. Meier\n\nAnbei": Greeted("Meier", is_woman=True),
    "Sehr geehrter Herr von Gunten,\n": Greeted("von Gunten", is_woman=False),
    "Grüezi Herr Meier": Greeted("Meier", is_woman=False),
    "Liebe Anna Meier,": Greeted("Anna Meier"),
    "Chère Madame Dupont,": Greeted("Dupont", is_woman=True),
    "Madame Dupont,": Greeted("Dupont", is_woman=True),
    "Gentile Sig.ra Rossi,": Greeted("Rossi", is_woman=True),
    "Dear Mr. Smith,": Greeted("Smith", is_woman=False),
    "Sehr geehrte Damen und Herren\n\nz. Hd. Frau Meier": Greeted("Meier", is_woman=True),
    "A l'attention de M. Blanc": Greeted("Blanc", is_woman=False),
    "Sehr geehrte Frau Meier, sehr geehrter Herr Weg": None,
    "Guten Tag Frau Meier und Herr Weg": None,
    "Sehr geehrte Frau Meier\nSehr geehrter Herr Weg": None,
    "Sehr geehrte Damen und Herren": None,
    "Guten Tag\n\nFrau Meier hat das bestellt.": None,
    "Frau Meier kommt morgen, danke.": None,
    "": None,
}


@pytest.mark.parametrize("text", GREETINGS)
def test_a_salutation_names_one_or_nobody(text: str) -> None:
    assert greeted_in(ParsedMessage(text=text)) == GREETINGS[text]


def test_a_subject_may_say_for_whom_it_is() -> None:
    assert greeted_in(ParsedMessage(subject="Offerte z.Hd. Frau Meier", text="Guten Tag")) == Greeted(
        "Meier", is_woman=True
    )


async def _muster() -> Organisation:
    muster = await firm("Muster AG", "muster.example", address=SHARED)
    await person("Anna Meier", at=muster)
    await person("Urs Weg", at=muster)
    return muster


async def test_our_salutation_says_with_whom_a_mail_to_a_shared_address_is(office: Office) -> None:
    await _muster()
    texts = {
        "Sehr geehrte Frau Meier\n\nAnbei die Offerte.": "Anna Meier",
        "Liebe Anna Meier\n\nAnbei die Offerte.": "Anna Meier",
        "Sehr geehrte Damen und Herren\n\nz. Hd. Herrn Weg\n\nAnbei die Offerte.": "Urs Weg",
        "Sehr geehrte Frau Keller\n\nAnbei die Offerte.": None,
        "Sehr geehrte Frau Anna\n\nAnbei die Offerte.": None,
        "Liebe Anna\n\nAnbei die Offerte.": None,
        "Guten Tag\n\nAnbei die Offerte.": None,
        "Sehr geehrte Frau Meier, sehr geehrter Herr Weg\n\nAnbei die Offerte.": None,
    }
    entries = await office.enter(*[letter(EVA, SHARED, text=text) for text in texts])
    found = [(await with_whom(one))[SHARED] for one in entries]
    assert found == [(name, "Muster AG") for name in texts.values()]
    first = (await participants(entries[0]))[0]
    assert (first.reason, first.strength) == (Reason.GREETED, Strength.STRONG)
    assert not any(entry.held_reason for entry in entries)


async def test_an_office_at_the_domain_is_shared_and_a_persons_address_is_not(office: Office) -> None:
    await _muster()
    text = "Sehr geehrte Frau Meier\n\nAnbei die Offerte."
    addresses = {"verkauf@muster.example": "Anna Meier", "b.huber@muster.example": None}
    entries = await office.enter(*[letter(EVA, one, text=text) for one in addresses])
    assert [(await with_whom(one)) for one in entries] == [
        {address: (name, "Muster AG")} for address, name in addresses.items()
    ]


async def test_herr_meier_is_not_frau_meier_and_of_two_nobody_is_guessed(office: Office) -> None:
    muster = await _muster()
    anna = await Person.get(given_name="Anna")
    await directory_edits.change(Person, anna.id, {"salutation": "Frau"}, staff_id=None)
    letters = [
        letter(EVA, SHARED, text=f"{title} Meier\n\nText.")
        for title in ("Sehr geehrter Herr", "Guten Tag Frau")
    ]
    his, hers = await office.enter(*letters)
    assert (await with_whom(his))[SHARED] == (None, "Muster AG")
    assert (await with_whom(hers))[SHARED] == ("Anna Meier", "Muster AG")
    await person("Carla Meier", at=muster)
    (two,) = await office.enter(letter(EVA, SHARED, text="Sehr geehrte Frau Meier\n\nNochmals."))
    assert (await with_whom(two))[SHARED] == (None, "Muster AG")
    assert two.held_reason == Reason.SEVERAL_OF_THIS_NAME


async def test_who_left_or_is_greeted_with_other_recipients_is_not_meant(office: Office) -> None:
    await _muster()
    await firm("Holz AG", "holz.example", address="info@holz.example")
    text = "Sehr geehrte Frau Meier\n\nAnbei die Offerte."
    (entry,) = await office.enter(letter(EVA, f"{SHARED}, info@holz.example", text=text))
    assert set((await with_whom(entry)).values()) == {(None, "Muster AG"), (None, "Holz AG")}


async def test_of_several_who_share_an_address_our_salutation_tells_which(office: Office) -> None:
    muster = await firm("Muster AG", "muster.example")
    for name in ("Anna Meier", "Urs Weg"):
        await person(name, "team@muster.example", at=muster)
    texts = ("Sehr geehrter Herr Weg\n\nText.", "Guten Tag\n\nText.")
    named, open_ = await office.enter(*[letter(EVA, "team@muster.example", text=text) for text in texts])
    assert (await with_whom(named))["team@muster.example"] == ("Urs Weg", "Muster AG")
    assert open_.held_reason == Reason.SEVERAL_PERSONS


async def test_a_mail_from_a_shared_address_is_by_who_signs_it_or_gives_their_name(office: Office) -> None:
    muster = await _muster()
    closing = "Guten Tag Frau Muster\n\nAnbei die Unterlagen.\n\nFreundliche Grüsse\n\n-- \n{}\nMuster AG"
    mails = [
        letter(SHARED, EVA, text=closing.format("Anna Meier")),
        letter(f"Urs Weg <{SHARED}>", EVA),
        letter(f'"Muster AG, Anna Meier" <{SHARED}>', EVA),
        # Whom they greet is one of us.
        letter(SHARED, EVA, text="Sehr geehrter Herr Weg\n\nAnbei die Unterlagen."),
    ]
    entries = await office.enter(*mails)
    names = [(await with_whom(one))[SHARED][0] for one in entries]
    assert names == ["Anna Meier", "Urs Weg", "Anna Meier", None]
    await person("Anna Meier", at=muster)
    (two,) = await office.enter(letter(f"Anna Meier <{SHARED}>", EVA))
    assert (two.held_reason, (await with_whom(two))[SHARED]) == (
        Reason.SEVERAL_OF_THIS_NAME,
        (None, "Muster AG"),
    )
