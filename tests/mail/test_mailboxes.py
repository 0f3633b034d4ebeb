"""Address fields as mailers write them, and the names and addresses that people would read in them."""

import pytest

from mail.defects import Defects
from mail.mailboxes import mailboxes
from mail.message import DefectCode

Named = list[tuple[str, str | None]]


def read(value: str) -> Named:
    return [(each.name, str(each.address) if each.address else None) for each in mailboxes(value)]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("eva@firma.example", [("", "eva@firma.example")]),
        ("<eva@firma.example>", [("", "eva@firma.example")]),
        ("Eva Meier <eva@firma.example>", [("Eva Meier", "eva@firma.example")]),
        ('"Meier, Eva" <eva@firma.example>', [("Meier, Eva", "eva@firma.example")]),
        (r'"Eva \"Evi\" Meier" <eva@firma.example>', [('Eva "Evi" Meier', "eva@firma.example")]),
        ("'Eva Meier' <eva@firma.example>", [("Eva Meier", "eva@firma.example")]),
        ('"\'eva@firma.example\'" <eva@firma.example>', [("eva@firma.example", "eva@firma.example")]),
        ("eva@firma.example (Eva Meier)", [("Eva Meier", "eva@firma.example")]),
        ("eva@firma.example (Eva (Evi) Meier)", [("Eva (Evi) Meier", "eva@firma.example")]),
        ("Dr. med. E. Meier <eva@firma.example>", [("Dr. med. E. Meier", "eva@firma.example")]),
        ("Eva Meier (Einkauf) <eva@firma.example>", [("Eva Meier", "eva@firma.example")]),
        ("Eva Meier [mailto:eva@firma.example]", [("Eva Meier", "eva@firma.example")]),
        ("mailto:eva@firma.example", [("", "eva@firma.example")]),
        ("Eva Meier eva@firma.example", [("Eva Meier", "eva@firma.example")]),
        ("<mailto:eva@firma.example>", [("", "eva@firma.example")]),
        ("eva @ firma . example", [("", "eva@firma.example")]),
        ("<@mx1.example,@mx2.example:eva@firma.example>", [("", "eva@firma.example")]),
        ('"eva meier"@firma.example', [("", '"eva meier"@firma.example')]),
        ("eva@[192.0.2.1]", [("", "eva@[192.0.2.1]")]),
        ("Eva <eva@firma.example", [("Eva", "eva@firma.example")]),
        ("=?utf-8?q?Zo=C3=AB_Br=C3=A4ndli?= <zoe@firma.example>", [("Zoë Brändli", "zoe@firma.example")]),
        ('"=?utf-8?q?Zo=C3=AB?=" <zoe@firma.example>', [("Zoë", "zoe@firma.example")]),
        ("=?utf-8?q?Br=C3=A4ndli,_Zo=C3=AB?= <zoe@firma.example>", [("Brändli, Zoë", "zoe@firma.example")]),
        ("Zoë Brändli <zoë@bücher.example>", [("Zoë Brändli", "zoë@bücher.example")]),
        ("a@x.example, b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("a@x.example; B <b@x.example>;", [("", "a@x.example"), ("B", "b@x.example")]),
        ("a@x.example,, ,b@x.example,", [("", "a@x.example"), ("", "b@x.example")]),
        ("A <a@x.example> B <b@x.example>", [("A", "a@x.example"), ("B", "b@x.example")]),
        ("A <a@x.example>=?utf-8?q?=2C?= B <b@x.example>", [("A", "a@x.example"), ("B", "b@x.example")]),
        ("Meier, Eva <eva@firma.example>", [("Meier, Eva", "eva@firma.example")]),
        ("undisclosed-recipients:;", []),
        ("Freunde: A <a@x.example>, b@x.example;, c@x.example",
         [("A", "a@x.example"), ("", "b@x.example"), ("", "c@x.example")]),
        ("", []),
        (" , ;", []),
        ("Unbekannt", [("Unbekannt", None)]),
        ("<>", [("", None)]),
        ("eva@", [("eva@", None)]),
        ("eva(at)firma.example", [("eva(at)firma.example", None)]),
        ("eva@firma.example <gauner@betrug.example>", [("eva@firma.example", "gauner@betrug.example")]),
    ],
)  # fmt: skip
def test_a_list_names_whom_a_person_would_read(written: str, named: Named) -> None:
    assert read(written) == named


def test_an_address_hidden_in_an_encoded_name_is_no_address() -> None:
    written = "=?utf-8?q?chef=40firma=2Eexample_=3Cchef=40firma=2Eexample=3E=2C?= <gauner@betrug.example>"
    assert [address for _, address in read(written)] == ["gauner@betrug.example"]


def test_what_has_no_readable_address_is_a_defect() -> None:
    defects = Defects()
    mailboxes("Unbekannt, eva@firma.example", defects)
    assert [defect.code for defect in defects.found()] == [DefectCode.ADDRESS_UNREADABLE]


def test_what_was_written_is_kept_for_people_to_judge() -> None:
    assert [each.written for each in mailboxes("Eva <eva@firma.example>, Lager")] == [
        "Eva <eva@firma.example>",
        "Lager",
    ]


def test_control_characters_are_no_part_of_an_address() -> None:
    assert all(
        "\x01" not in (address or "") for _, address in read("ev\x01a@firma.example, <ev\x01a@firma.example>")
    )
