"""Where a signature begins, and what is none: what somebody wrote stays in view."""

import pytest

from mail.reply import split_reply

CARD = "Muster AG\nGasse 3, 3000 Bern\nTel. +41 31 300 00 00\nwww.muster.example"
NOTICES = (
    (
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige "
        "Empfänger sind, löschen Sie sie bitte."
    ),
    (
        "This e-mail and its attachments are confidential and intended solely for the "
        "addressee. If you have received it in "
        "error, please delete it."
    ),
    "Ce message et ses pièces jointes sont confidentiels et établis à l'intention exclusive de leurs destinataires.",
    (
        "Le informazioni contenute in questo messaggio sono riservate e destinate "
        "esclusivamente al destinatario indicato."
    ),
)


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_two_dashes_begin_a_signature(delimiter: str) -> None:
    reply = split_reply(f"Hallo\n\nDas passt.\n\n{delimiter}\nJan Frei\n{CARD}\n")
    assert (reply.new, reply.signature) == ("Hallo\n\nDas passt.", f"{delimiter}\nJan Frei\n{CARD}")


@pytest.mark.parametrize(
    "closing",
    [
        "Freundliche Grüsse", "Mit freundlichen Grüßen", "Liebe Grüsse aus Bern", "Kind regards,", "Best regards",
        "Cordialement", "Meilleures salutations", "Cordiali saluti", "Distinti saluti", "Saludos cordiales",
        "Met vriendelijke groet,", "Atenciosamente,", "Med vänlig hälsning", "Z poważaniem", "С уважением,",
    ],
)  # fmt: skip
def test_a_closing_above_a_card_begins_a_signature(closing: str) -> None:
    reply = split_reply(f"Das passt.\n\n{closing}\n\nJan Frei\n{CARD}\n")
    assert (reply.new, reply.signature) == ("Das passt.", f"{closing}\n\nJan Frei\n{CARD}")


def test_a_closing_and_a_name_stay_with_the_text() -> None:
    text = "Das passt.\n\nFreundliche Grüsse\nJan Frei"
    assert split_reply(text).new == text


def test_a_postscript_below_the_name_stays_in_view() -> None:
    text = "Das passt.\n\nFreundliche Grüsse\nJan Frei\n\nPS: Rufst du mich unter +41 31 300 00 00 an?"
    assert split_reply(text).new == text


def test_a_card_below_the_text_is_a_signature_unless_it_is_announced() -> None:
    assert split_reply(f"Das passt.\n\nJan Frei\n{CARD}").signature == f"Jan Frei\n{CARD}"
    assert split_reply(f"Hier ist die Adresse:\n\nJan Frei\n{CARD}").signature == ""


def test_a_card_alone_is_the_message() -> None:
    assert split_reply(CARD).new == CARD


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_of_confidentiality_is_no_new_text(notice: str) -> None:
    reply = split_reply(f"Das passt.\n\nGruss\nJan\n\n{notice}\n")
    assert (reply.new, reply.signature) == ("Das passt.\n\nGruss\nJan", notice)


def test_a_sentence_about_confidence_is_new_text() -> None:
    text = "Hallo\n\nBitte behandle das vertraulich.\n\nGruss\nJan"
    assert split_reply(text).new == text


def test_the_footer_of_a_mailing_list_is_no_new_text() -> None:
    footer = "_______________________________________________\nchor mailing list\nchor@lists.example\nhttps://lists.example/chor"
    assert split_reply(f"Wer kommt am Montag?\n\nJan\n\n{footer}\n").new == "Wer kommt am Montag?\n\nJan"


def test_the_signature_stands_above_the_quote() -> None:
    reply = split_reply(
        f"Das passt.\n\nFreundliche Grüsse\nJan Frei\n{CARD}\n\nVon: Eva Meier <eva@firma.example>\n"
        "Gesendet: Dienstag, 3. März 2026 14:02\nAn: Jan Frei\nBetreff: Offerte\n\nGuten Tag\n\n-- \nEva\n"
    )
    assert reply.new == "Das passt."
    assert reply.signature == f"Freundliche Grüsse\nJan Frei\n{CARD}"
    assert reply.quoted.endswith("-- \nEva")


def test_what_a_phone_adds_above_a_card_leaves_the_card_with_the_signature() -> None:
    reply = split_reply(f"Das passt.\n\nVon meinem iPhone gesendet\n\n{CARD}\n")
    assert (reply.new, reply.quoted) == ("Das passt.", "")


def test_what_is_written_below_the_line_of_a_phone_and_above_the_quote_is_new() -> None:
    reply = split_reply(
        "Von meinem iPhone gesendet\n\nDas passt.\n\nAm 03.03.26 um 14:02 schrieb Eva Meier:\n> Passt es?\n"
    )
    assert (reply.new, reply.signature) == ("Das passt.", "Von meinem iPhone gesendet")


def test_a_dash_and_a_name_stay() -> None:
    text = "Gut so.\n\n—\nJan Frei\nPräsident"
    assert split_reply(text).new == text
