"""Where parts begin and end, and which of them are text or attachments."""

import pytest

from mail.message import DefectCode, ParsedMessage
from mail.parse import attachment_content, content_by_id, parse
from tests.mail.letters import codes, letter, multipart, part

PLAIN, HTML = b"Content-Type: text/plain", b"Content-Type: text/html"
PDF = part(b"%PDF", b"Content-Type: application/pdf; name=plan.pdf")


def attached(message: ParsedMessage) -> list[tuple[str, str, int]]:
    return [(a.name, a.type, a.size) for a in message.attachments]


def test_the_text_and_the_attachments_of_a_mail() -> None:
    message = parse(multipart(part(b"Guten Tag", PLAIN), PDF))
    assert message.text == "Guten Tag"
    assert attached(message) == [("plan.pdf", "application/pdf", 4)]
    assert message.defects == ()


def test_of_alternatives_the_plain_one_is_the_text_and_the_last_html_is_kept() -> None:
    raw = multipart(
        part(b"plain", PLAIN), part(b"<p>eins", HTML), part(b"<p>zwei", HTML), kind=b"alternative"
    )
    message = parse(raw)
    assert (message.text, message.html, message.attachments) == ("plain", "<p>zwei", ())


def test_a_plain_alternative_that_says_nothing_gives_way_to_the_html() -> None:
    assert (
        parse(multipart(part(b" \r\n", PLAIN), part(b"<p>etwas", HTML), kind=b"alternative")).text == "etwas"
    )


def test_an_invitation_among_the_alternatives_is_an_attachment() -> None:
    invitation = part(b"BEGIN:VCALENDAR", b"Content-Type: text/calendar; method=REQUEST")
    message = parse(multipart(part(b"Einladung", PLAIN), invitation, kind=b"alternative"))
    assert attached(message) == [("", "text/calendar", 15)]


def test_pictures_that_the_html_shows_are_inline_and_found_by_their_ids() -> None:
    picture = part(b"PNG", b"Content-Type: image/png", b"Content-ID: <logo@firma.example>")
    html = part(b'<img src="cid:logo@firma.example">', HTML)
    raw = multipart(html, picture, kind=b"related")
    (found,) = parse(raw).attachments
    assert (found.inline, found.content_id) == (True, "logo@firma.example")
    assert content_by_id(raw, "logo@firma.example") == b"PNG"


def test_texts_between_pictures_are_all_read() -> None:
    picture = part(b"PNG", b"Content-Type: image/png", b"Content-Disposition: inline; filename=a.png")
    message = parse(multipart(part(b"Vor", PLAIN), picture, part(b"Nach", PLAIN)))
    assert (message.text, len(message.attachments)) == ("Vor\nNach", 1)


def test_a_text_file_is_an_attachment_even_if_it_is_inline() -> None:
    file = part(b"a;b", PLAIN + b"; name=liste.txt", b"Content-Disposition: inline")
    message = parse(multipart(part(b"Text", PLAIN), file))
    assert (message.text, attached(message)) == ("Text", [("liste.txt", "text/plain", 3)])


def test_a_mail_that_is_nothing_but_a_file_has_no_text() -> None:
    message = parse(
        letter(b"%PDF", b"Content-Type: application/pdf", b"Content-Disposition: attachment; filename=a.pdf")
    )
    assert (message.text, attached(message)) == ("", [("a.pdf", "application/pdf", 4)])


def test_an_enclosed_mail_is_one_attachment_named_by_its_subject() -> None:
    inner = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nFrom: a@b.example\r\n\r\nInnen"
    raw = multipart(part(b"Aussen", PLAIN), part(inner, b"Content-Type: message/rfc822"))
    message = parse(raw)
    assert (message.text, attached(message)) == ("Aussen", [("Grüße.eml", "message/rfc822", len(inner))])
    assert attachment_content(raw, 1) == inner


def test_of_a_signed_mail_the_signature_is_an_attachment() -> None:
    signature = part(b"sig", b"Content-Type: application/pgp-signature; name=signature.asc")
    message = parse(multipart(part(b"Text", PLAIN), signature, kind=b"signed"))
    assert (message.text, [a.name for a in message.attachments]) == ("Text", ["signature.asc"])


@pytest.mark.parametrize(
    "boundary",
    [
        b'"x=?  "',
        b'"=?utf-8?q?x?="',
        b'"a b"',
        b'"grenze="',
        b"=_x'()+_,-./:=?",
        b'"----=_Part.1"',
        b"a" * 200,
    ],
    ids=range(7),
)
def test_boundaries_of_all_forms_are_found(boundary: bytes) -> None:
    bare = boundary.strip(b'"')
    body = b"--" + bare + b"\r\n\r\nText\r\n--" + bare + b"\r\n" + PDF + b"\r\n--" + bare + b"--\r\n"
    message = parse(letter(body, b"Content-Type: multipart/mixed; boundary=" + boundary))
    assert (message.text, len(message.attachments), message.defects) == ("Text", 1, ())


def test_boundaries_that_begin_with_one_another_are_told_apart() -> None:
    inner = b"--grenze1\r\n\r\nInnen\r\n--grenze1--"
    message = parse(multipart(part(inner, b"Content-Type: multipart/mixed; boundary=grenze1"), PDF))
    assert (message.text, len(message.attachments), message.defects) == ("Innen", 1, ())


def test_a_line_that_merely_begins_like_a_boundary_is_text() -> None:
    assert (
        parse(multipart(part(b"Text\r\n--grenzenlos\r\nweiter", PLAIN))).text == "Text\n--grenzenlos\nweiter"
    )


def test_line_feeds_alone_divide_as_well() -> None:
    raw = multipart(part(b"Text", PLAIN), PDF)
    assert parse(raw.replace(b"\r\n", b"\n")) == parse(raw)


def test_preamble_and_epilogue_are_no_text() -> None:
    raw = multipart(part(b"Text", PLAIN)).replace(b"\r\n\r\n--", b"\r\n\r\nVorwort\r\n--") + b"Nachwort\r\n"
    assert parse(raw).text == "Text"


def test_what_an_outer_boundary_ends_is_ended() -> None:
    inner = part(b"--innen\r\n\r\nInnen", b"Content-Type: multipart/mixed; boundary=innen")
    message = parse(multipart(inner, PDF))
    assert (message.text, len(message.attachments)) == ("Innen", 1)
    assert codes(message) == {DefectCode.FINAL_BOUNDARY_MISSING}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        (b"", DefectCode.BOUNDARY_MISSING),
        (b'; boundary=""', DefectCode.BOUNDARY_MISSING),
        (b"; boundary=GRENZE", DefectCode.BOUNDARY_NOT_FOUND),
    ],
)
def test_parts_are_found_without_the_boundary_that_should_be_declared(
    declared: bytes, code: DefectCode
) -> None:
    body = b"--grenze\r\nContent-Type: text/plain\r\n\r\nText\r\n--grenze\r\n" + PDF + b"\r\n--grenze--\r\n"
    message = parse(letter(body, b"Content-Type: multipart/mixed" + declared))
    assert (message.text, len(message.attachments), codes(message)) == ("Text", 1, {code})


def test_a_multipart_without_its_boundary_does_not_take_that_of_the_one_around_it() -> None:
    inner = part(b"Innen", b"Content-Type: multipart/mixed; boundary=nirgends")
    message = parse(multipart(inner, PDF))
    assert (message.text, len(message.attachments)) == ("Innen", 1)
    assert codes(message) == {DefectCode.BOUNDARY_NOT_FOUND}


def test_a_part_without_a_blank_line_behind_its_header_is_read() -> None:
    raw = multipart(b"Content-Type: text/plain\r\nText ohne Leerzeile")
    assert parse(raw).text == "Text ohne Leerzeile"


def test_a_header_without_a_body_ends_with_the_mail() -> None:
    message = parse(b"From: a@b.example\r\nSubject: nur Kopf")
    assert (message.subject, message.text) == ("nur Kopf", "")


def test_lines_that_are_no_fields_are_passed_over_if_fields_follow() -> None:
    message = parse(b"From: a@b.example\r\nDas ist kein Feld\r\nSubject : doch\r\n\r\nText")
    assert (message.subject, message.text) == ("doch", "Text")
    assert DefectCode.HEADER_MALFORMED in codes(message)


def test_blank_lines_before_the_header_are_passed_over() -> None:
    assert parse(b"\r\n\r\n" + letter()).from_ == parse(letter()).from_


def test_a_folded_field_is_one_value() -> None:
    assert parse(letter(b"", b"Subject: eins\r\n\tzwei\r\n  drei")).subject.split() == [
        "eins",
        "zwei",
        "drei",
    ]


@pytest.mark.parametrize(
    ("field", "ids"),
    [
        (b"<a@x.example> <b@x.example>", ("a@x.example", "b@x.example")),
        (b"<a@x.example><b@x.example>", ("a@x.example", "b@x.example")),
        (b"<a@x.example>\r\n\t<b@x.example>", ("a@x.example", "b@x.example")),
        (b"<a@x.\r\n example> <a@x.example>", ("a@x.example",)),
        (b"<a@x.example>, <b@x.example>", ("a@x.example", "b@x.example")),
        (b"a@x.example b@x.example", ("a@x.example", "b@x.example")),
        (b'"Your mail of Monday" <a@x.example>', ("a@x.example",)),
        (b"Your mail of Monday", ()),
        (b"<>", ()),
        (b"", ()),
    ],
)
def test_references_are_read_in_the_ways_of_writing_them(field: bytes, ids: tuple[str, ...]) -> None:
    assert parse(letter(b"", b"References: " + field)).references == ids


def test_of_repeated_fields_the_first_author_counts_and_recipients_are_joined() -> None:
    raw = letter(
        b"", b"From: falsch@x.example", b"To: a@x.example", b"To: b@x.example", b"Subject: 1", b"Subject: 2"
    )
    message = parse(raw)
    assert [str(each.address) for each in message.from_] == ["eva@firma.example"]
    assert [str(each.address) for each in message.to] == ["a@x.example", "b@x.example"]
    assert message.subject == "1"
    assert codes(message) == {DefectCode.HEADER_REPEATED}


def test_the_fields_of_transport_are_read() -> None:
    message = parse(
        letter(
            b"",
            b"Return-Path: <bounce@firma.example>",
            b"Received: by a",
            b"Received: by b",
            b"Delivered-To: x@y.example",
            b"X-Original-To: z@y.example",
            b"Sensitivity: Private",
            b"Sender: Sekretariat <s@firma.example>",
            b"Resent-From: w@firma.example",
            b"Bcc: geheim@firma.example",
        )
    )
    assert (message.return_path, message.received_count) == ("bounce@firma.example", 2)
    assert (message.delivered_to, message.x_original_to) == (("x@y.example",), ("z@y.example",))
    assert (message.sensitivity, str(message.sender)) == ("private", "Sekretariat <s@firma.example>")
    assert [str(each) for each in (*message.resent_from, *message.bcc)] == [
        "w@firma.example",
        "geheim@firma.example",
    ]
