"""One message that came here changed, or two of one id?  Each change on its own, and any of them together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.address import Address, Mailbox
from mail.message import Attachment, ParsedMessage
from mail.sameness import are_one, bare_subject

NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
TEXT = """\
Guten Tag Frau Graf

Können wir am Donnerstag über https://muster.example/offerte?nr=17 reden?

Freundliche Grüsse
Anna Muster
"""
ENGLISH = """\
CAUTION: This email originated from outside of the organization. Do not click links or open attachments
unless you recognize the sender and know the content is safe.

"""
GERMAN = (
    "ACHTUNG: Diese E-Mail kommt von einem externen Absender.\nÖffnen Sie keine Anhänge.\n" + "-" * 40 + "\n"
)
FRENCH = "[EXTERNE] Attention, ce courriel vient de l'extérieur.\n\n"
LIST = """
_______________________________________________
Verein mailing list -- verein@liste.example
To unsubscribe send an email to verein-leave@liste.example
"""
DISCLAIMER = """
Diese Nachricht ist vertraulich und nur für den Empfänger bestimmt. Sollten Sie sie irrtümlich
erhalten haben, löschen Sie sie bitte.
"""
CARD = "\nAnna Muster\nMuster AG, 8000 Zürich\nTel. +41 44 300 00 00\nwww.muster.example\n"
SCRUBBED = """
-------------- next part --------------
A non-text attachment was scrubbed...
Name: Offerte.pdf
"""
SAFELINK = (
    "https://eur02.safelinks.protection.outlook.com/"
    "?url=https%3A%2F%2Fmuster.example%2Fofferte%3Fnr%3D17&data=05%7C02&reserved=0"
)


def mailbox(address: str, name: str = "") -> Mailbox:
    """Return a mailbox as it stands in a header."""
    return Mailbox(name, Address.parse(address), address)


def file(name: str, type_: str = "application/pdf", size: int = 5000) -> Attachment:
    """Return an attachment; equal names have equal contents."""
    return Attachment(1, name, type_, size, f"digest of {name}", None, inline=False)


ANNA = mailbox("anna@muster.example", "Anna Muster")
MAIL = ParsedMessage(
    message_id="1@muster.example", date=NOON, subject="Offerte März", from_=(ANNA,), text=TEXT,
    attachments=(file("Offerte.pdf"),),
)  # fmt: skip

CHANGED: dict[str, ParsedMessage] = {
    "with the footer of a list": replace(MAIL, text=TEXT + LIST),
    "with a warning": replace(MAIL, text=ENGLISH + TEXT),
    "with a warning and a rule": replace(MAIL, text=GERMAN + TEXT),
    "with a warning in French": replace(MAIL, text=FRENCH + TEXT),
    "with a disclaimer": replace(MAIL, text=TEXT + DISCLAIMER),
    "with the firm's card": replace(MAIL, text=TEXT + CARD),
    "with all of them": replace(MAIL, subject="[EXT] Offerte März", text=ENGLISH + TEXT + DISCLAIMER + LIST),
    "tagged": replace(MAIL, subject="[EXTERN] Offerte März"),
    "tagged without brackets": replace(MAIL, subject="EXTERN: Offerte März"),
    "wrapped anew": replace(MAIL, text=TEXT.replace(" ", "\n", 3).replace("\n\n", "\n \n")),
    "with links through a filter": replace(MAIL, text=TEXT.replace("https://muster.example/offerte?nr=17", SAFELINK)),
    "with links that lead nowhere known": replace(
        MAIL, text=TEXT.replace("https://muster.example/offerte?nr=17", "https://protect-eu.mimecast.com/s/Xy1")
    ),
    "without its file": replace(MAIL, attachments=()),
    "with a note for its file": replace(
        MAIL, attachments=(file("removed.txt", "text/plain", 300),), text=TEXT + SCRUBBED
    ),
    "with the date of another zone": replace(MAIL, date=NOON.astimezone(timezone(timedelta(hours=2)))),
    "a moment later": replace(MAIL, date=NOON + timedelta(seconds=3)),
    "in the name of a list": replace(
        MAIL, from_=(mailbox("verein@liste.example", "Anna Muster via Verein"),), reply_to=(ANNA,)
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "warning",
    [
        "[EXTERN]", "*** External ***", "Achtung: externe E-Mail!", "Questa e-mail proviene dall'esterno. Attenzione!",
        "You don't often get email from anna@muster.example. Learn why this is important",
        "Sie erhalten nicht oft eine E-Mail von anna@muster.example. Erfahren Sie, warum dies wichtig ist",
        "Vous n’obtenez pas souvent d’e-mail à partir de anna@muster.example. Pourquoi c’est important",
        "Let op: dit bericht komt van buiten de organisatie.",
    ],
)  # fmt: skip
def test_warnings_are_known_in_the_languages_of_the_office(warning: str) -> None:
    assert are_one(MAIL, replace(MAIL, text=f"{warning}\n\n{TEXT}"))


@pytest.mark.parametrize("name", CHANGED)
def test_what_was_changed_on_its_way_is_the_same(name: str) -> None:
    assert are_one(MAIL, CHANGED[name])
    assert are_one(CHANGED[name], MAIL)


# Two ways into one office pass one gateway: no two warnings.
WARNED = {name for name in CHANGED if "warning" in name or "all" in name}
TWO_WAYS = [(one, other) for one, other in combinations(list(CHANGED)[:7], 2) if not {one, other} <= WARNED]


@pytest.mark.parametrize(("one", "other"), TWO_WAYS)
def test_what_was_changed_on_two_ways_is_the_same(one: str, other: str) -> None:
    assert are_one(CHANGED[one], CHANGED[other])
    assert are_one(CHANGED[other], CHANGED[one])


OTHERS: dict[str, ParsedMessage] = {
    "another text": replace(MAIL, text=TEXT.replace("Donnerstag", "Freitag")),
    "a sentence more": replace(MAIL, text=TEXT + "Und bringen Sie den Vertrag mit.\n"),
    "a postscript about files": replace(MAIL, text=TEXT + "PS: Der Anhang folgt morgen.\n"),
    "a sentence before": replace(MAIL, text="Es eilt!\n\n" + TEXT),
    "a sentence within": replace(MAIL, text=TEXT.replace("\n\nF", "\n\nOder am Freitag.\n\nF")),
    "another link": replace(MAIL, text=TEXT.replace("nr=17", "nr=18")),
    "nothing": replace(MAIL, text=""),
    "another subject": replace(MAIL, subject="Offerte April"),
    "a longer subject": replace(MAIL, subject="Offerte März 2"),
    "another author": replace(MAIL, from_=(mailbox("beat@muster.example"),)),
    "no author": replace(MAIL, from_=()),
    "another time": replace(MAIL, date=NOON + timedelta(minutes=5)),
    "no date": replace(MAIL, date=None),
    "another id": replace(MAIL, message_id="2@muster.example"),
    "no id": replace(MAIL, message_id=None),
    "another file": replace(MAIL, attachments=(file("Rechnung.pdf"),)),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_says_something_else_is_another(name: str) -> None:
    assert not are_one(MAIL, OTHERS[name])
    assert not are_one(OTHERS[name], MAIL)


def test_files_of_which_each_has_one_that_the_other_lacks_are_others() -> None:
    one = replace(MAIL, attachments=(file("a.txt", "text/plain", 3),))
    assert not are_one(one, replace(MAIL, attachments=(file("b.txt", "text/plain", 3),)))


def test_two_short_texts_with_footers_of_their_own_are_two() -> None:
    assert not are_one(replace(MAIL, text="Ja." + LIST), replace(MAIL, text="Nein." + LIST))
    assert not are_one(replace(MAIL, text=LIST), replace(MAIL, text=DISCLAIMER))


def test_what_is_added_to_a_long_letter_needs_no_mark() -> None:
    letter = " ".join(f"Wort{number}" for number in range(60))
    assert are_one(
        replace(MAIL, text=letter), replace(MAIL, text=f"Gruss vom Verein\n\n{letter}\n\nund auf bald")
    )
    assert not are_one(replace(MAIL, text=letter), replace(MAIL, text=f"{letter} {letter} anders"))


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("[EXTERN] Offerte", "offerte"), ("[verein] Re: [EXT] Offerte März", "offertemärz"),
        ("Offerte [2]", "offerte[2]"),
        ("***SPAM*** Offerte", "offerte"), ("[EXTERN]", ""), ("", ""), ("(kein Betreff)", "(keinbetreff)"),
        ("External: Offerte", "offerte"), ("Externe Offerte", "externeofferte"),
    ],
)  # fmt: skip
def test_tags_are_no_part_of_a_subject(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare


_lines = st.lists(st.text(st.characters(categories=["L", "Zs", "P"]), max_size=40), min_size=1, max_size=12)
_words = _lines.map("\n".join)


@settings(max_examples=300, deadline=None)
@given(
    _words,
    st.sampled_from(["", ENGLISH, GERMAN, FRENCH]),
    st.sampled_from(["", LIST, DISCLAIMER, DISCLAIMER + LIST]),
)
def test_any_text_is_itself_with_what_a_gateway_adds(text: str, above: str, below: str) -> None:
    assert are_one(replace(MAIL, text=text), replace(MAIL, text=f"{above}{text}\n{below}"))


@settings(max_examples=300, deadline=None)
@given(_words, _words)
def test_it_does_not_matter_which_came_first(one: str, other: str) -> None:
    first, second = replace(MAIL, text=one), replace(MAIL, text=other)
    assert are_one(first, second) is are_one(second, first)
    assert are_one(first, first)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["ja", "nein", "Offerte", "morgen", "nicht"]), min_size=1, max_size=8),
    st.integers(0, 7),
)
def test_no_word_may_differ(words: list[str], number: int) -> None:
    other = [*words]
    other[number % len(words)] = "anders"
    assert not are_one(replace(MAIL, text=" ".join(words)), replace(MAIL, text=" ".join(other)))


@pytest.mark.parametrize(
    "text", ["a " * 200_000, "http://x " * 50_000, "_" * 400_000, "a b " * 100_000 + LIST, "[" * 90_000]
)
def test_it_takes_no_long_time(text: str) -> None:
    other = replace(MAIL, text="b " + text, subject="[" * 5000)
    started = process_time()
    are_one(replace(MAIL, text=text, subject="[" * 5000), other)
    are_one(replace(MAIL, text=text), replace(MAIL, text=text[:-1] + "x"))
    assert process_time() - started < 3


def test_what_differs_far_behind_is_seen_too() -> None:
    long = "ja " * 60_000
    assert are_one(replace(MAIL, text=long), replace(MAIL, text=long + " \n"))
    assert not are_one(replace(MAIL, text=long), replace(MAIL, text=long + "nein"))
