"""What a message says of who wrote it: in whatever it contains, read without fail and in bounded number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.address import Address
from mail.message import ParsedMessage
from mail.registered_numbers import iban, uid, vat
from matcher.legal_forms import firm_name, keys_of
from matcher.signs.numbers import customer_numbers, registered_numbers
from matcher.signs.phones import phones, phones_elsewhere
from matcher.signs.signs import signs_of
from matcher.signs.written import written
from storage.sort_keys import sort_key

AUTHOR = Address("x", "gmx.ch")
_PIECES = st.sampled_from(
    [
        "Kundennummer",
        "No client",
        ":",
        " ",
        "\n",
        "-- \n",
        "K-",
        "12345",
        "+41 44",
        "CHE",
        "CH93",
        "AG",
        "|",
        "ä",
        ".",
        "Muster",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES | st.text(max_size=8), max_size=200).map("".join))
def test_any_text_is_read_and_gives_a_bounded_number_of_signs(text: str) -> None:
    signs = signs_of(
        ParsedMessage(subject=text[:50], text=text, new_text=text, signature=text), AUTHOR, country="CH"
    )
    numbers = signs.customer_numbers
    assert len(numbers.own) <= 20
    assert len(numbers.called) <= 20
    assert len(numbers.bare) <= 60
    assert max(len(signs.registered), len(signs.phones), len(signs.firms), len(signs.signers)) <= 20
    assert all(any(sign.isdigit() for sign in one) for one in (*numbers.own, *numbers.called, *numbers.bare))


def test_five_thousand_numbers_are_no_five_thousand_questions() -> None:
    text = " ".join(f"K-{number} +41 44 668 {number}" for number in range(1000, 6000))
    numbers = customer_numbers(text, text)
    assert len(numbers.bare) == 60
    assert len(phones([text], domain="gmx.ch", country="CH")) <= 12


@settings(deadline=None)
@given(st.text(alphabet="0123456789CHE-. ", max_size=40))
def test_what_a_line_gives_as_registered_number_passes_its_own_check(line: str) -> None:
    for kind, value in registered_numbers([line]):
        assert {"iban": iban, "uid": uid, "vat": vat}[kind](value) == value


def test_one_wrong_digit_makes_no_number_of_somebody_else() -> None:
    assert iban("CH93 0076 2011 6238 5295 7") == "CH9300762011623852957"
    assert iban("CH93 0076 2011 6238 5295 8") is None
    assert iban("CH93 0076 2011 6238 5295") is None
    assert uid("CHE-116.281.710") == "CHE116281710"
    assert uid("CHE-116.281.711") is None
    assert vat("DE 12345678") is None


@settings(deadline=None)
@given(
    st.sampled_from(["Müller", "Muster & Söhne", "J. P. Holz", "De Rossi"]),
    st.sampled_from(
        ["AG", "SA", "S.A.", "S.p.A.", "GmbH", "Sàrl", "S.r.l.", "GmbH & Co. KG", "e.V.", "Ltd.", ""]
    ),
)
def test_a_name_is_looked_up_as_tables_have_it(name: str, form: str) -> None:
    written = f"{name} {form}".strip()
    assert sort_key(written) in keys_of(written)
    assert firm_name(written).bare in keys_of(written)
    assert (firm_name(written).form is None) == (not form)


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (("Guten Tag", "Wir kennen Anna Weg (044 668 18 00) bestens.", "Beat Keller"), ("Beat Keller",)),
        (
            ("Guten Tag", "Gerne.", "Freundliche Grüsse", "Beat Keller", "Keller & Co."),
            ("Beat Keller", "Keller & Co."),
        ),
        (("Hallo", "für die Muster AG, dort kennt uns Anna", "Weg (044 668 18 00) seit Jahren bestens."), ()),
        (("Hallo", "Passt das?", "Beat", "T 044 668 18 00"), ("Beat", "T 044 668 18 00")),
    ],
)
def test_whom_a_sentence_names_did_not_sign(lines: tuple[str, ...], last: tuple[str, ...]) -> None:
    text = "\n".join(lines)
    assert written(ParsedMessage(text=text, new_text=text)).last == last


def test_a_number_dialled_at_home_is_looked_for_in_the_countries_around() -> None:
    lines = ["Mobile: 0740 357 32 46", "T +41 44 668 18 00"]
    assert "+447403573246" in phones_elsewhere(lines, domain="gmx.ch", country="CH")
    assert "+41446681800" not in phones_elsewhere(lines, domain="gmx.de", country="CH")


@pytest.mark.parametrize("label", ["N. cliente", "n. client", "Nr. cliente", "cod. cliente", "N° client"])
def test_a_customer_number_is_called_so_in_short(label: str) -> None:
    assert "4002958" in customer_numbers(f"{label} 4002958").called
