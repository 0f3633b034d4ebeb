"""What is new in a reply, what it quotes, and what signs it: for many clients and languages."""

import pytest

from mail.reply import split_reply
from tests.mail.reply_shapes import ATTRIBUTIONS, DEVICE_LINES, HEADER_BLOCKS, SEPARATORS, SHORT_ATTRIBUTIONS

ANSWER = "Danke, das passt so.\nWir nehmen das Angebot an."
BEFORE = "Guten Tag\n\nAnbei die Offerte.\n\nFreundliche Grüsse\nEva Meier"
MARKED = "\n".join(f"> {line}".rstrip() for line in BEFORE.splitlines())


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_attribution_above_quote_marks_belongs_to_the_quote(attribution: str) -> None:
    reply = split_reply(f"{ANSWER}\n\n{attribution}\n\n{MARKED}\n")
    assert (reply.new, reply.quoted) == (ANSWER, f"{attribution}\n\n{MARKED}")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_below_an_attribution_all_is_quoted_if_no_line_is_marked(attribution: str) -> None:
    reply = split_reply(f"{ANSWER}\n\n{attribution}\n\n{BEFORE}\n")
    assert (reply.new, reply.quoted) == (ANSWER, f"{attribution}\n\n{BEFORE}")


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_attribution_is_found_right_below_the_text(attribution: str) -> None:
    assert split_reply(f"{ANSWER}\n{attribution}\n{MARKED}\n").new == ANSWER


@pytest.mark.parametrize("attribution", SHORT_ATTRIBUTIONS)
def test_a_short_attribution_is_one_above_quote_marks_alone(attribution: str) -> None:
    assert split_reply(f"{ANSWER}\n\n{attribution}\n{MARKED}\n").new == ANSWER
    assert split_reply(f"{ANSWER}\n\n{attribution}\nJa, das gilt.\n").quoted == ""


def test_a_date_and_an_address_alone_are_enough_for_a_header_block() -> None:
    block = "From: eva@firma.example\nDate: Tue, 03 Mar 2026 14:02:11 +0100"
    assert split_reply(f"{ANSWER}\n\n{block}\n\n{BEFORE}").new == ANSWER


def test_a_link_that_a_relay_set_on_a_line_of_its_own_stays_quoted() -> None:
    quoted = "> Die Bilder:\n(https://bilder.example/4711) >\n> Gruss"
    assert split_reply(f"Schön!\n\n{quoted}\n").quoted == quoted


def test_arrows_around_a_line_are_no_quote() -> None:
    text = "Hallo\n\n>>> https://firma.example <<<\n\nBitte anklicken."
    assert split_reply(text).new == text


@pytest.mark.parametrize(
    "between", ["", "________________________________\n", "-----\n", "=====\n\n", "Original Message\n"]
)
@pytest.mark.parametrize("block", HEADER_BLOCKS)
def test_below_a_header_block_all_is_quoted(block: str, between: str) -> None:
    reply = split_reply(f"{ANSWER}\n\n{between}{block}\n\n{BEFORE}\n")
    assert (reply.new, reply.quoted) == (ANSWER, f"{between}{block}\n\n{BEFORE}")


@pytest.mark.parametrize("line", SEPARATORS)
def test_below_a_line_that_announces_the_original_all_is_quoted(line: str) -> None:
    assert split_reply(f"{ANSWER}\n\n{line}\n\n{BEFORE}\n").new == ANSWER
    assert split_reply(f"{ANSWER}\n\n{line}\n{HEADER_BLOCKS[0]}\n\n{BEFORE}\n").new == ANSWER


def test_an_unknown_line_of_dashes_announces_a_header_block_only() -> None:
    line = "-------- Nuntius primus --------"
    assert split_reply(f"{ANSWER}\n\n{line}\n{HEADER_BLOCKS[-1]}\n\n{BEFORE}").new == ANSWER
    assert split_reply(f"{ANSWER}\n\n{line}\n{BEFORE}").quoted == ""


@pytest.mark.parametrize("line", DEVICE_LINES)
def test_what_a_phone_adds_is_a_signature(line: str) -> None:
    reply = split_reply(f"{ANSWER}\n\n{line}\n\n{ATTRIBUTIONS[0]}\n\n{MARKED}\n")
    assert (reply.new, reply.signature) == (ANSWER, line)
    assert split_reply(f"{ANSWER}\n\n{line}\n").signature == line


@pytest.mark.parametrize("line", DEVICE_LINES[:12])
def test_below_the_line_of_a_phone_stands_what_it_quotes(line: str) -> None:
    reply = split_reply(f"{ANSWER}\n\n{line}\n\nGuten Tag, können Sie bitte den Termin bestätigen?\n")
    assert (reply.new, reply.signature, reply.quoted[:9]) == (ANSWER, line, "Guten Tag")


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my desk, is much easier than the phone.",
        "Sent by mail on Friday, as you asked.",
        "I sent the phone list to the office yesterday.",
        "Gesendet habe ich dir den Vertrag schon gestern.",
        "Das Handy habe ich am Montag an den Kunden geschickt und nichts mehr gehört, auch nicht von der Firma.",
        "Get the phone numbers for the meeting, please.",
    ],
)
def test_a_sentence_about_sending_is_text(line: str) -> None:
    assert split_reply(f"Hallo\n\n{line}\n\nGruss\nJan\n").new == f"Hallo\n\n{line}\n\nGruss\nJan"


@pytest.mark.parametrize(
    "text",
    [
        "Das Programm:\n\nVon: 14:00\nBis: 16:00\nOrt: Saal 2\n\nBis dann",
        "Wir treffen uns am 3. März 2026 um 14:02 mit folgenden Themen:\n\n- Budget\n- Personal",
        "Die Daten:\n\nName: Eva Meier\nAdresse: Gasse 3\nE-Mail: eva@firma.example\nGeboren: 3. März 1980\n\nDanke",
        "Zu Ihren Fragen:\n1. ja\n2. nein",
        "Er hat geschrieben:\nJa, das geht.",
        "--------\nKapitel 1\n--------\nText",
        "Betreff: Ihre Rechnung\n\nGuten Tag, die Rechnung stimmt nicht.",
        "a > b gilt hier,\nund x-- zählt herunter.",
    ],
)
def test_what_only_resembles_a_quote_stays_new(text: str) -> None:
    assert split_reply(text).new == text


def test_answers_between_quotes_are_new_and_the_quotes_stay_quoted() -> None:
    reply = split_reply(
        "Hallo Eva\n\nAm 03.03.26 um 14:02 schrieb Eva Meier:\n> Passt der Dienstag?\n\nJa, sehr gut.\n\n"
        "> Und wer kommt alles mit in die Sitzung zur Planung des neuen Hauses?\nNur ich.\n> Danke\n\nGruss\nJan\n"
    )
    assert reply.new == "Hallo Eva\n\nJa, sehr gut.\n\nNur ich.\n\nGruss\nJan"
    assert reply.quoted.count(">") == 3
    assert reply.quoted.startswith("Am 03.03.26")


def test_an_answer_below_the_quote_is_new() -> None:
    reply = split_reply("On 3/3/26 14:02, Eva Meier wrote:\n> Does it fit?\nYes, it does.\n\n-- \nJan\n")
    assert (reply.new, reply.signature) == ("Yes, it does.", "-- \nJan")


def test_a_quoted_line_that_a_relay_broke_stays_quoted() -> None:
    quoted = "> Die Lieferung der bestellten Geräte erfolgt voraussichtlich in der nächsten\nWoche per Post.\n> Gruss"
    assert split_reply(f"Gut.\n\n{quoted}\n").quoted == quoted


def test_a_mark_that_a_relay_broke_off_the_attribution_is_no_quote() -> None:
    attribution = "tir. 3. mar. 2026 kl. 14:02 skrev Eva Meier <eva@firma.example\n>:"
    reply = split_reply(f"Takk!\n\n{attribution}\n\n{MARKED}")
    assert (reply.new, reply.quoted) == ("Takk!", f"{attribution}\n\n{MARKED}")


def test_groupwise_marks_the_first_line_of_the_quote_alone() -> None:
    quoted = ">>> Eva Meier <eva@firma.example> 03.03.26 14:02 >>>\nGuten Tag\n\nAnbei die Offerte."
    assert split_reply(f"Danke\n\n{quoted}\n").quoted == quoted


def test_a_forward_without_comment_has_nothing_new() -> None:
    text = f"{HEADER_BLOCKS[0]}\n\n{BEFORE}"
    reply = split_reply(text)
    assert (reply.new, reply.quoted) == ("", text)


def test_the_second_attribution_inside_a_quote_changes_nothing() -> None:
    deeper = "\n".join(f"> {line}".rstrip() for line in f"{ATTRIBUTIONS[1]}\n{MARKED}".splitlines())
    assert split_reply(f"{ANSWER}\n\n{ATTRIBUTIONS[0]}\n{MARKED}\n>\n{deeper}\n").new == ANSWER


def test_no_text_has_no_parts() -> None:
    reply = split_reply("")
    assert (reply.new, reply.quoted, reply.signature) == ("", "", "")
