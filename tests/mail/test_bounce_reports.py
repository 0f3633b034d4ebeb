"""Delivery reports as RFC 3464 has them, as mailers bend them, and those that somebody made up."""

import json

import pytest

from mail.message import Automatic, Bounce, BounceKind
from mail.parse import parse

HARD, SOFT = BounceKind.HARD, BounceKind.SOFT
MAILER = "MAILER-DAEMON@mx.kunde.example"


def report(*recipients: str, text: str = "Your message was not delivered.", author: str = MAILER) -> bytes:
    """Return a delivery report with these groups of fields."""
    groups = "\n".join(("Reporting-MTA: dns; mx.kunde.example\n", *recipients))
    return (
        f"From: {author}\nTo: rundbrief@verein.example\nSubject: Undelivered Mail Returned to Sender\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=grenze\n\n"
        f"--grenze\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\n"
        f"--grenze\nContent-Type: message/delivery-status\n\n{groups}\n"
        "--grenze\nContent-Type: message/rfc822\n\nFrom: rundbrief@verein.example\nTo: lea@kunde.example\n"
        "Subject: Rundbrief\n\nLiebe Mitglieder\n--grenze--\n"
    ).encode()


def group(
    address: str, action: str = "failed", status: str = "5.1.1", words: str = "550 5.1.1 User unknown"
) -> str:
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n"


def test_each_recipient_of_a_report_has_its_own_reason() -> None:
    raw = report(
        group("lea@kunde.example"), group("tim@kunde.example", "failed", "5.2.2", "552 mailbox full")
    )
    assert parse(raw).bounces == (
        Bounce("lea@kunde.example", HARD, "5.1.1", "550 5.1.1 User unknown"),
        Bounce("tim@kunde.example", SOFT, "5.2.2", "552 mailbox full"),
    )
    assert parse(raw).automatic is Automatic.BOUNCE


def test_a_delayed_message_may_still_arrive() -> None:
    (bounce,) = parse(report(group("lea@kunde.example", "delayed", "4.4.1", "connection timed out"))).bounces
    assert (bounce.kind, bounce.status) == (SOFT, "4.4.1")


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "Delivered (to mailing list)"])
def test_a_report_of_success_is_a_receipt(action: str) -> None:
    message = parse(report(group("lea@kunde.example", action, "2.0.0", "250 ok")))
    assert (message.automatic, message.bounces) == (Automatic.RECEIPT, ())


def test_what_was_delivered_is_no_bounce_beside_what_was_not() -> None:
    message = parse(
        report(group("ok@kunde.example", "relayed", "2.0.0", "250 ok"), group("lea@kunde.example"))
    )
    assert [bounce.address for bounce in message.bounces] == ["lea@kunde.example"]


def test_the_address_that_was_written_to_counts() -> None:
    fields = "Original-Recipient: rfc822;lea@kunde.example\n" + group("u123@store.kunde.example")
    assert [bounce.address for bounce in parse(report(fields)).bounces] == ["lea@kunde.example"]


def test_a_recipient_without_a_domain_is_found_in_the_returned_message() -> None:
    assert [bounce.address for bounce in parse(report(group("lea"))).bounces] == ["lea@kunde.example"]


def test_groups_without_blank_lines_between_them_are_told_apart() -> None:
    raw = report(group("lea@kunde.example") + group("tim@kunde.example"))
    assert [bounce.address for bounce in parse(raw).bounces] == ["lea@kunde.example", "tim@kunde.example"]


def test_a_full_mailbox_is_soft_whatever_the_status_says() -> None:
    (bounce,) = parse(report(group("lea@kunde.example", "failed", "5.0.0", "452 4.2.2 Mailbox full"))).bounces
    assert (bounce.kind, bounce.status) == (SOFT, "4.2.2")


def test_a_report_without_a_diagnostic_takes_its_reason_from_the_text() -> None:
    text = "The following address failed:\n\n  <lea@kunde.example>: mailbox is full\n"
    fields = "Final-Recipient: rfc822; lea@kunde.example\nAction: failed\nStatus: 5.0.0\n"
    (bounce,) = parse(report(fields, text=text)).bounces
    assert (bounce.kind, "mailbox is full" in bounce.reason) == (SOFT, True)


def test_a_read_receipt_is_no_bounce() -> None:
    raw = (
        b"From: Lea <lea@kunde.example>\nSubject: Gelesen: Rundbrief\n"
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=g\n\n"
        b"--g\n\nDie Nachricht wurde gelesen.\n--g\nContent-Type: message/disposition-notification\n\n"
        b"Final-Recipient: rfc822;lea@kunde.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--g--\n"
    )
    message = parse(raw)
    assert (message.automatic, message.bounces) == (Automatic.RECEIPT, ())


def test_a_person_who_pastes_a_bounce_is_no_bounce() -> None:
    pasted = (
        b"This is the mail system at host mx.kunde.example.\n\n"
        b"I'm sorry to have to inform you that your message could not\n"
        b"be delivered to one or more recipients.\n\n<lea@kunde.example>: host mx said: 550 5.1.1 User unknown\n"
    )
    for subject in (
        b"Undelivered Mail Returned to Sender",
        b"Re: Undelivered Mail",
        b"WG: Undeliverable: Rundbrief",
    ):
        header = (
            b"From: Eva Meier <eva@firma.example>\nTo: rundbrief@verein.example\nSubject: "
            + subject
            + b"\n\n"
        )
        message = parse(header + pasted)
        assert (message.automatic, message.bounces) == (None, ())


def test_a_person_who_encloses_a_bounce_is_no_bounce() -> None:
    inner = report(group("lea@kunde.example"))
    raw = (
        b"From: Eva Meier <eva@firma.example>\nSubject: was ist das?\n"
        b"Content-Type: multipart/mixed; boundary=aussen\n\n"
        b"--aussen\n\nKam heute zur\xc3\xbcck.\n--aussen\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--aussen--\n"
    )
    assert (parse(raw).automatic, parse(raw).bounces) == (None, ())


def test_a_person_who_encloses_the_report_alone_is_no_bounce() -> None:
    raw = report(group("lea@kunde.example"), author="Eva Meier <eva@firma.example>")
    raw = raw.replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")
    raw = raw.replace(b"Undelivered Mail Returned to Sender", b"Was ist das?")
    assert (parse(raw).automatic, parse(raw).bounces) == (None, ())


def test_a_postmaster_who_answers_is_a_person() -> None:
    raw = (
        b"From: Otto Amsler <postmaster@kunde.example>\nSubject: Re: Rundbrief\nIn-Reply-To: <1@verein.example>\n\n"
        b"Guten Tag\n\nYour mail could not be delivered to lea@kunde.example last week, now all works.\n\nOtto Amsler\n"
    )
    assert (parse(raw).automatic, parse(raw).bounces) == (None, ())


def test_a_mailbox_that_nobody_reads_answers_and_does_not_bounce() -> None:
    raw = (
        b"Return-Path: <>\nFrom: noreply@kunde.example\nSubject: Autoreply\nAuto-Submitted: auto-replied\n\n"
        b"The address lea@kunde.example is no longer in use. Mail to it is not delivered.\n"
    )
    assert (parse(raw).automatic, parse(raw).bounces) == (Automatic.AUTO_REPLY, ())


def test_an_event_of_a_cloud_names_who_failed() -> None:
    recipient = {
        "emailAddress": "lea@kunde.example",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 no such user",
    }
    event = {
        "notificationType": "Bounce",
        "bounce": {"bounceType": "Permanent", "bouncedRecipients": [recipient]},
    }
    header = b"From: AWS Notifications <no-reply@sns.amazonaws.com>\nSubject: AWS Notification Message\n\n"
    for text in (json.dumps(event), json.dumps({"Type": "Notification", "Message": json.dumps(event)})):
        message = parse(header + text.encode() + b"\n\n--\nTo stop this\n")
        assert [(b.address, b.kind, b.status) for b in message.bounces] == [
            ("lea@kunde.example", HARD, "5.1.1")
        ]
    forged = header.replace(b"no-reply@sns.amazonaws.com", b"eva@firma.example")
    assert parse(forged + json.dumps(event).encode()).bounces == ()
