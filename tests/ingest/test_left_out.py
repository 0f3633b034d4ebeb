"""Which rule leaves what out: mails, and how each came, against the rules."""

import unicodedata
from dataclasses import replace

import pytest

from ingest.left_out import LeftOut, Way, why_left_out, without_blocked
from matcher.parties import Parties, parties_of
from storage.leaving_out import LeavingOut, LeftOutReason, SensitivityRule
from storage.lookups import Own, OwnAddress
from tests.matcher.people import read

EVA, URS, ANNA, BEAT = "eva@firm.example", "urs@firm.example", "anna@muster.example", "beat@holz.example"
SECRET = "eva.k7q2m@capture.example"
OWN = Own(
    staff={EVA: OwnAddress(1, True), URS: OwnAddress(2, True), "info@firm.example": OwnAddress(None, False)},
    captures={SECRET: 1},
    closed=frozenset(),
    domains=frozenset({"firm.example", "capture.example"}),
)
RULES = LeavingOut()
PRIVATE, AMONG, BLOCKED = LeftOutReason.MARKED_PRIVATE, LeftOutReason.AMONG_STAFF, LeftOutReason.BLOCKED


def judged(
    author: str = EVA,
    to: str = ANNA,
    *,
    rules: LeavingOut = RULES,
    ways: tuple[Way, ...] = (Way(1),),
    **fields: str,
) -> LeftOut | None:
    """Return why a mail is left out."""
    message = read(author, to, **fields)
    return why_left_out([message], parties_of(message, OWN), ways, rules)


def why(author: str = EVA, to: str = ANNA, **fields: object) -> LeftOutReason | None:
    """Return by which rule a mail is left out."""
    found = judged(author, to, **fields)  # type: ignore[arg-type]
    return found.why if found else None


SUBJECTS = {
    "Mittagessen #privat": PRIVATE,
    "#Private: lunch": PRIVATE,
    "Re: Fwd: (#PRIVAT) Essen": PRIVATE,
    "Repas #privé": PRIVATE,
    unicodedata.normalize("NFD", "Repas #Privé"): PRIVATE,
    "Pranzo #privato!": PRIVATE,
    "Essen ##privat": PRIVATE,
    "Angebot #privatkunden": None,
    "Angebot #privat-kunden": None,
    "Privat: Angebot": None,
    "The language C#private": None,
    "# privat": None,
    "": None,
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_word_in_the_subject_marks_a_mail_as_private(subject: str) -> None:
    assert why(subject=subject) == SUBJECTS[subject]
    assert why(ANNA, EVA, subject=subject) == SUBJECTS[subject]


def test_the_words_are_those_of_the_rules() -> None:
    rules = replace(RULES, private_words=("#vertraulich", "nur für mich"))
    assert why(subject="Essen #vertraulich", rules=rules) is PRIVATE
    assert why(Keywords="Nur fuer mich, NUR FÜR MICH", rules=rules) is PRIVATE
    assert why(subject="Essen #privat", rules=rules) is None
    assert why(subject="Essen #privat", rules=replace(RULES, private_words=())) is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Keywords", "Angebot, Privat", PRIVATE),
        ("Keywords", '"Privat"', PRIVATE),
        ("Categories", "private", PRIVATE),
        ("X-Keywords", "$label1 privat NonJunk", PRIVATE),
        ("X-Gmail-Labels", "=?UTF-8?Q?Priv=C3=A9,Inbox?=", PRIVATE),
        ("X-Mozilla-Keys", "$label4 privato", PRIVATE),
        ("Keywords", "Privatkunden", None),
        ("Comments", "privat", None),
    ],
)
def test_a_label_marks_a_mail_as_private(name: str, value: str, expected: LeftOutReason | None) -> None:
    assert why(**{name: value}) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"Bcc": "eva.k7q2m+privat@capture.example"}, PRIVATE),
        ({"Cc": "eva.k7q2m+PRIVE@capture.example"}, PRIVATE),
        ({"Cc": "urs+privat@firm.example"}, PRIVATE),
        ({"Cc": "eva.k7q2m+angebot@capture.example"}, None),
        ({"Cc": "beat+privat@holz.example"}, None),  # an address of somebody else's
    ],
)
def test_a_tag_in_an_address_of_ours_marks_a_mail_as_private(
    fields: dict[str, str], expected: LeftOutReason | None
) -> None:
    assert why(**fields) == expected


MARKED = ("privat",)
WAYS: dict[str, tuple[str, tuple[Way, ...], LeftOut | None]] = {
    "by its author": (EVA, (Way(1, MARKED),), LeftOut(PRIVATE)),
    "by its author, and a colleague did not": (EVA, (Way(2), Way(1, MARKED)), LeftOut(PRIVATE)),
    "by a colleague alone": (EVA, (Way(1), Way(2, MARKED)), None),
    "by who received it": (ANNA, (Way(1, MARKED),), LeftOut(PRIVATE, frozenset({1}))),
    "by all who received it": (ANNA, (Way(1, MARKED), Way(2, MARKED)), LeftOut(PRIVATE, frozenset({1, 2}))),
    "by one of two who received it": (ANNA, (Way(1, MARKED), Way(2)), None),
    "by nobody in particular": (ANNA, (Way(None, MARKED),), LeftOut(PRIVATE)),
    "by somebody who may be anybody": (EVA, (Way(1, MARKED, is_doubtful=True),), None),
    "by another label": (EVA, (Way(1, ("angebot", "inbox")),), None),
    "by one of several labels": (EVA, (Way(1, ("inbox", "Privat")),), LeftOut(PRIVATE)),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_the_way_marks_holds_for_those_who_marked_it(name: str) -> None:
    author, ways, expected = WAYS[name]
    assert judged(author, EVA if author == ANNA else ANNA, ways=ways) == expected


@pytest.mark.parametrize(
    ("value", "rule", "expected"),
    [
        ("Private", SensitivityRule.NONE, None),
        ("Private", SensitivityRule.PRIVATE, LeftOutReason.SENSITIVE),
        ("personal", SensitivityRule.PRIVATE, LeftOutReason.SENSITIVE),
        ("Company-Confidential", SensitivityRule.PRIVATE, None),
        ("Company-Confidential", SensitivityRule.CONFIDENTIAL, LeftOutReason.SENSITIVE),
        ("Normal", SensitivityRule.CONFIDENTIAL, None),
    ],
)
def test_sensitivity_leaves_out_what_is_set(
    value: str, rule: SensitivityRule, expected: LeftOutReason | None
) -> None:
    assert why(Sensitivity=value, rules=replace(RULES, sensitivity=rule)) == expected


INTERNAL = {
    "to a colleague": (EVA, URS, {}, AMONG),
    "to a team": (EVA, "info@firm.example", {}, AMONG),
    "to a colleague who is not entered": (EVA, "neu@firm.example", {}, AMONG),
    "to a colleague, captured": (EVA, f"{URS}, {SECRET}", {}, AMONG),
    "to a customer": (EVA, ANNA, {}, None),
    "to a colleague and a customer": (EVA, f"{URS}, {ANNA}", {}, None),
    "to a colleague, a customer in Bcc": (EVA, URS, {"Bcc": ANNA}, None),
    "to a capture address alone": (EVA, SECRET, {}, None),
    "to a capture address with a tag": (EVA, "eva.k7q2m+angebot@capture.example", {}, None),
    "to oneself, those in Bcc not shown": (EVA, EVA, {}, None),
    "to nobody shown": (EVA, "", {}, None),
    "a bounce of our own server": (
        "MAILER-DAEMON@firm.example",
        EVA,
        {"Content_Type": "multipart/report; report-type=delivery-status; boundary=b"},
        None,
    ),
    "of a form or machine of ours": ("form@firm.example", EVA, {}, None),
    "an absence of a colleague": (URS, EVA, {"Auto_Submitted": "auto-replied"}, AMONG),
    "from a customer": (ANNA, EVA, {}, None),
}


@pytest.mark.parametrize("name", INTERNAL)
def test_mail_only_among_staff_is_left_out(name: str) -> None:
    author, to, fields, expected = INTERNAL[name]
    assert why(author, to, **fields) == expected
    assert why(author, to, rules=replace(RULES, among_staff=False), **fields) is None


@pytest.mark.parametrize(
    ("blocked", "author", "to", "expected"),
    [
        (ANNA, EVA, ANNA, BLOCKED),
        (ANNA, ANNA, EVA, BLOCKED),
        (ANNA, EVA, "Anna.Muster@muster.example", None),
        ("muster.example", EVA, ANNA, BLOCKED),
        ("muster.example", EVA, "x@mail.de.muster.example", BLOCKED),
        ("muster.example", EVA, "x@notmuster.example", None),
        ("mail.muster.example", EVA, ANNA, None),
        ("xn--mller-kva.example", EVA, "x@MÜLLER.example", BLOCKED),
        ("anna@xn--mller-kva.example", "anna@müller.example", EVA, BLOCKED),
        (ANNA, EVA, "anna+liste@muster.example", BLOCKED),
        (ANNA, EVA, f"{ANNA}, {BEAT}", None),
        (ANNA, ANNA, f"{EVA}, {BEAT}", BLOCKED),
        (ANNA, BEAT, f"{EVA}, {ANNA}", None),
        ("firm.example", EVA, ANNA, None),
    ],
)
def test_blocked_outsiders_are_left_out_where_they_wrote_it_or_nobody_else_is_there(
    blocked: str, author: str, to: str, expected: LeftOutReason | None
) -> None:
    assert why(author, to, rules=replace(RULES, blocked=("x.example", blocked))) == expected


def test_a_blocked_outsider_among_others_is_no_participant() -> None:
    parties: Parties = parties_of(read(EVA, f"{ANNA}, {BEAT}"), OWN)
    kept = without_blocked(parties, replace(RULES, blocked=("muster.example",)))
    assert [one.key for one in kept.outsiders] == [BEAT]
    assert without_blocked(parties, RULES) is parties


def test_of_a_forward_the_comments_subject_counts_and_the_originals_correspondents() -> None:
    came, inside = read(EVA, SECRET, subject="Fwd: Essen #privat"), read(ANNA, EVA)
    parties = parties_of(inside, OWN)
    assert why_left_out([came, inside], parties, (Way(1),), RULES) == LeftOut(PRIVATE)
    plain = read(EVA, SECRET, subject="Fwd: Offerte")
    assert why_left_out([plain, inside], parties, (Way(1),), RULES) is None


def test_a_word_of_a_person_goes_before_the_other_rules() -> None:
    assert why(EVA, URS, subject="Essen #privat") is PRIVATE
    assert why(EVA, ANNA, subject="Essen #privat", rules=replace(RULES, blocked=(ANNA,))) is PRIVATE
