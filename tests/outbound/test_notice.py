"""Notices reach staff as mails, each at most once, and say so where they could not."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from history.own_mail import notice_of
from mail.address import Address
from outbound import notice as outbound
from outbound.notice import Letterhead, send_notices
from outbound.relay import Relay, Tls
from storage.connect import transaction
from storage.jobs import Job, JobState, TableQueue
from storage.notices import Notice, NoticeState, give_notice
from storage.staff import Staff
from tests.matcher.people import colleague
from tests.servers.ports import free_port
from tests.servers.sink import Sink, sink

pytestmark = pytest.mark.usefixtures("database")
KEY = b"k" * 32
HEAD = Letterhead(
    firm="Muster AG",
    sender=Address("capture", "post.test"),
    for_everybody=Address("capture", "post.test"),
    staff_url="https://post.test",
    domain="post.test",
    zone=ZoneInfo("Europe/Zurich"),
    key=KEY,
)
SILENT = {
    "name": "Einkauf",
    "since": datetime(2026, 12, 3, 9, 0, tzinfo=UTC).isoformat(),
    "reason": "login_refused",
    "url": "https://post.test/mailboxes/1",
}


def _relay(port: int, **more: Any) -> Relay:
    return Relay("127.0.0.1", port, Tls.NONE, **more)


async def _given(staff: Staff, *, in_reply_to: str = "") -> None:
    async with transaction():
        await give_notice(TableQueue(), staff.id, "silent_mailbox", SILENT, in_reply_to=in_reply_to)


async def _send(port: int | None, **more: Any) -> None:
    queue = TableQueue()
    relay = None if port is None else _relay(port, **more)
    await send_notices(await queue.claim(100), queue=queue, relay=relay, head=HEAD)


async def _state() -> tuple[NoticeState, str]:
    notice = await Notice.get()
    return notice.state, notice.problem


async def test_a_notice_goes_out_in_the_language_of_its_reader(relay: Sink) -> None:
    eva = await colleague()
    await _given(eva)
    await _send(relay.port)
    (taken,) = relay.taken
    assert (taken.sender, taken.recipients) == ("", ["eva@firm.example"])
    assert taken.mail["Subject"] == "Das Postfach «Einkauf» schweigt"
    assert "seit 03.12.2026, 10:00 nichts mehr an" in taken.text
    assert "nimmt das Passwort nicht mehr an" in taken.text
    assert "https://post.test/mailboxes/1" in taken.text
    assert await _state() == (NoticeState.SENT, "")
    assert (await Notice.get()).sent_at is not None
    assert not await Job.all().exists()


async def test_its_header_lets_no_machine_answer_and_is_known_again(relay: Sink) -> None:
    await _given(await colleague())
    await _send(relay.port)
    mail = relay.taken[0].mail
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["From"].addresses[0].addr_spec == "capture@post.test"
    message_id = mail["Message-ID"].strip("<>")
    assert notice_of(message_id, key=KEY) == (await Notice.get()).id
    assert notice_of(message_id, key=b"x" * 32) is None


async def test_an_answer_says_what_it_answers(relay: Sink) -> None:
    await _given(await colleague(), in_reply_to="question@firm.example")
    await _send(relay.port)
    mail = relay.taken[0].mail
    assert (mail["Auto-Submitted"], mail["In-Reply-To"]) == ("auto-replied", "<question@firm.example>")


async def test_a_return_path_is_said_where_the_relay_wants_one(relay: Sink) -> None:
    await _given(await colleague())
    await _send(relay.port, return_path="office@firm.example")
    assert relay.taken[0].sender == "office@firm.example"


async def test_without_a_relay_it_stays_to_be_read_in_the_pages() -> None:
    await _given(await colleague())
    await _send(None)
    assert await _state() == (NoticeState.WAITING, outbound.NO_RELAY)
    assert not await Job.all().exists()


async def test_a_relay_that_says_later_is_asked_again(relay: Sink) -> None:
    await _given(await colleague())
    relay.to_mail = ["451 4.3.0 try again"]
    await _send(relay.port)
    assert await _state() == (NoticeState.WAITING, "451 4.3.0 try again")
    await Job.filter(id__gt=0).update(due_at=datetime(2020, 1, 1, tzinfo=UTC))
    await _send(relay.port)
    assert await _state() == (NoticeState.SENT, "")


async def test_a_relay_that_is_away_is_asked_once_for_all_that_wait(relay: Sink) -> None:
    eva = await colleague()
    for _ in range(3):
        await _given(eva)
    await _send(free_port())
    assert {notice.state for notice in await Notice.all()} == {NoticeState.WAITING}
    assert {job.state for job in await Job.all()} == {JobState.READY}


async def test_a_notice_that_the_relay_refuses_is_not_sent_again(relay: Sink) -> None:
    await _given(await colleague())
    relay.to_recipient = ["550 5.1.1 no such user"]
    await _send(relay.port)
    assert await _state() == (NoticeState.REFUSED, "550 5.1.1 no such user")
    assert not await Job.all().exists()


async def test_a_login_that_is_refused_is_ours_to_put_right() -> None:
    """The mail is not given up: it goes as soon as the password is right."""
    await _given(await colleague())
    async with sink(password="right") as relay:
        await _send(relay.port, login="postbuch", password="wrong")
        state, problem = await _state()
        assert (state, problem[:3]) == (NoticeState.WAITING, "535")
        await Job.filter(id__gt=0).update(due_at=datetime(2020, 1, 1, tzinfo=UTC))
        await _send(relay.port, login="postbuch", password="right")
        assert len(relay.taken) == 1
    assert await _state() == (NoticeState.SENT, "")


async def test_one_that_was_handed_over_when_the_service_ended_is_uncertain_and_not_sent_again(
    relay: Sink,
) -> None:
    await _given(await colleague())
    await Notice.filter(id__gt=0).update(state=NoticeState.HANDED_OVER)
    await _send(relay.port)
    assert relay.taken == []
    assert await _state() == (NoticeState.UNCERTAIN, outbound.BROKEN_OFF)


async def test_nobody_who_has_left_is_told_anything(relay: Sink) -> None:
    eva = await colleague()
    await _given(eva)
    await Staff.filter(id=eva.id).update(left_at=datetime.now(UTC))
    await _send(relay.port)
    assert relay.taken == []
    assert await _state() == (NoticeState.REFUSED, outbound.HAS_LEFT)


async def test_a_login_without_an_address_is_told_nothing(relay: Sink) -> None:
    admin = await Staff.create(name="Administrator", login="admin")
    await _given(admin)
    await _send(relay.port)
    assert await _state() == (NoticeState.REFUSED, outbound.NO_ADDRESS)
