"""What a signature says of who wrote it: golden cards of six countries, and that nothing breaks the reading."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.parse import parse
from mail.signature_fields import Proposal, proposed, proposed_of

CARDS = (Path(__file__).parent / "cards" / "signatures.txt").read_text().split("\n====\n")


def _message(card: str) -> str:
    header, _, signature = card.partition("\n>>")[0].strip().partition("\n\n")
    kind = "Content-Type: text/plain; charset=utf-8"
    return f"{header}\n{kind}\n\nGuten Tag\n\nDie Pläne folgen morgen.\n\n{signature}\n"


def _expected(card: str) -> list[str]:
    return [line for line in card.partition("\n>>")[2].split("\n") if line]


def _told(found: Proposal, *, emails: bool) -> list[str]:
    """Return a proposal as the lines of a golden card."""
    place = found.place
    lines = [
        ("title", found.name.title),
        ("given", found.name.given_name),
        ("family", found.name.family_name),
        ("function", found.function),
        ("organisation", found.organisation),
        ("street", place.street if place else ""),
        ("town", " ".join(filter(None, (place.postcode, place.place, place.country))) if place else ""),
        *(("phone", f"{phone.use} {phone.key}") for phone in found.phones),
        *(("email", email) for email in (found.emails if emails else ())),
        ("web", found.web),
    ]
    return [f"{name}: {value}" for name, value in lines if value]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.strip().split("\n")[0].removeprefix("From: "))
def test_a_signature_is_read_as_a_person_reads_it(card: str) -> None:
    expected = _expected(card)
    found = proposed(parse(_message(card).encode()))
    assert _told(found, emails=any(line.startswith("email:") for line in expected)) == expected


def test_there_are_cards_enough_to_tell_something() -> None:
    assert len(CARDS) >= 40


def test_of_a_forward_the_original_author_is_proposed() -> None:
    text = """Zur Info

-----Ursprüngliche Nachricht-----
Von: Urs Meier <urs@kunde.example>
Gesendet: Dienstag, 3. März 2026 12:00
An: Eva Muster <eva@firm.example>
Betreff: Offerte

Guten Tag

Freundliche Grüsse
Urs Meier
Einkauf
Tel. 044 111 22 33
"""
    header = (
        "From: Eva Muster <eva@firm.example>\nSubject: WG: Offerte\nContent-Type: text/plain; charset=utf-8"
    )
    raw = f"{header}\n\n{text}"
    found = proposed(parse(raw.encode()))
    assert (found.name.given_name, found.name.family_name) == ("Urs", "Meier")
    assert [phone.key for phone in found.phones] == ["+41441112233"]
    assert found.emails == ("urs@kunde.example",)


def test_an_address_of_another_firm_is_not_proposed() -> None:
    text = "Freundliche Grüsse\nAnna Keller\nTel. 044 111 22 33\nKopie an urs@anderswo.example"
    assert proposed_of(text, "Anna Keller").emails == ("urs@anderswo.example",)
    author = parse(b"From: Anna Keller <anna@muster.example>\n\nx").from_[0].address
    assert proposed_of(text, "Anna Keller", author).emails == ("anna@muster.example",)


@given(st.text(), st.text(max_size=60))
def test_whatever_is_written_reading_it_never_fails(text: str, name: str) -> None:
    proposed_of(f"Guten Tag\n\nFreundliche Grüsse\n{text}", name)


@given(
    st.lists(
        st.sampled_from(
            [
                "Anna",
                "Keller",
                "AG",
                "8001 Zürich",
                "+41",
                "044 111 22 33",
                "www.",
                "a@b.ch",
                ",",
                "|",
                "Tel.",
                "Dr.",
                "von",
            ]
        ),
        max_size=40,
    ),
    st.sampled_from([" ", "\n", ", ", " | "]),
)
def test_words_of_signatures_in_any_order_never_break_it(words: list[str], gap: str) -> None:
    proposed_of(f"--\n{gap.join(words)}", gap.join(words))


@pytest.mark.parametrize(
    "part",
    ["1 ", "a" * 150 + "\n", "Anna-", "8001 Zürich, ", "+41 ", "www.a.", "a.b@c.", "Herr Dr. ", "Str. 1 "],
)
def test_a_signature_made_to_take_long_does_not(part: str) -> None:
    begun = perf_counter()
    proposed_of(f"--\n{part * 20_000}", part * 50)
    proposed_of(f"--\n{(part * 150)[:150]}\n" * 30, part * 50)
    assert perf_counter() - begun < 5
