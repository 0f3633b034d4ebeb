"""A mailbox that falls silent raises one alarm, which ends when it is well again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.watch import alarm_of, newly_silent, usual_gap, working_time
from storage import mailboxes
from storage.mailboxes import Mailbox, MailboxProblem, MailboxSetting, MailboxState

WEDNESDAY = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def mailbox(**values: Any) -> Mailbox:
    """Return a mailbox that is well, but for *values*."""
    well: dict[str, Any] = {
        "id": 1,
        "state": MailboxState.RUNNING,
        "since": WEDNESDAY - DAY,
        "created_at": WEDNESDAY - 60 * DAY,
        "last_contact_at": WEDNESDAY - MINUTE,
        "last_mail_at": WEDNESDAY - HOUR,
        "hours_with_mail": hours(every=HOUR),
    }
    return Mailbox(**(well | values))


def hours(*, every: timedelta) -> list[int]:
    """Return the hours of the last month in which mail came, one after so long a time."""
    count = int(timedelta(days=30) / every)
    return sorted(int((WEDNESDAY - number * every).timestamp()) // 3600 for number in range(count))


@pytest.mark.parametrize(
    ("values", "alarm"),
    [
        ({}, None),
        ({"state": "failed", "problem": "login_refused", "since": WEDNESDAY - 3 * MINUTE}, "login_refused"),
        ({"state": "failed", "problem": "no_folders", "since": WEDNESDAY - 3 * MINUTE}, "no_folders"),
        ({"state": "failed", "problem": "token_refused", "since": WEDNESDAY - MINUTE}, None),
        ({"state": "waiting", "problem": "closed_by_server"}, None),
        (
            {"state": "waiting", "problem": "closed_by_server", "last_contact_at": WEDNESDAY - 11 * MINUTE},
            "closed_by_server",
        ),
        ({"last_contact_at": WEDNESDAY - 11 * MINUTE}, "unreachable"),  # it hangs
        ({"state": "new", "last_contact_at": None, "since": WEDNESDAY - 11 * MINUTE}, "unreachable"),
        ({"state": "new", "last_contact_at": None, "since": WEDNESDAY - MINUTE}, None),
        ({"state": "failed", "problem": "login_refused", "paused": True}, None),
        ({"last_mail_at": WEDNESDAY - 2 * DAY}, "unusually_quiet"),
        ({"last_mail_at": WEDNESDAY - 20 * HOUR}, None),
        ({"last_mail_at": WEDNESDAY - 2 * DAY, "hours_with_mail": hours(every=DAY)}, None),
        ({"last_mail_at": WEDNESDAY - 9 * DAY, "hours_with_mail": hours(every=DAY)}, "unusually_quiet"),
        ({"last_mail_at": WEDNESDAY - 9 * DAY, "hours_with_mail": []}, None),
        ({"last_mail_at": None}, None),
    ],
)
def test_a_mailbox_is_silent_when_it_cannot_be_read_or_far_less_comes_than_usual(
    values: dict[str, Any], alarm: str | None
) -> None:
    values = values | {"state": MailboxState(values.get("state", "running"))}
    assert alarm_of(mailbox(**values), WEDNESDAY) == alarm


def test_nothing_is_held_against_a_mailbox_while_the_service_was_down() -> None:
    long_ago = mailbox(last_contact_at=WEDNESDAY - 3 * DAY, last_mail_at=WEDNESDAY - 3 * DAY)
    assert alarm_of(long_ago, WEDNESDAY, awake_since=WEDNESDAY - MINUTE) is None
    assert alarm_of(long_ago, WEDNESDAY, awake_since=WEDNESDAY - 11 * MINUTE) is MailboxProblem.UNREACHABLE


def test_weekends_are_not_counted() -> None:
    friday, monday = datetime(2026, 11, 20, 18, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert working_time(friday, monday) == timedelta(hours=14)
    assert working_time(monday, friday) == timedelta()
    assert alarm_of(mailbox(last_mail_at=friday, last_contact_at=monday), monday) is None


def test_the_usual_gap_is_one_that_few_are_longer_than() -> None:
    assert usual_gap([1, 2, 3]) is None
    assert usual_gap(hours(every=HOUR)) == HOUR


async def test_an_alarm_is_raised_once_and_ends(database: str) -> None:
    setting = MailboxSetting(name="Eva", host="imap.firm.example", login="eva", secret="…")
    its = await mailboxes.add(setting, by=None)
    told: list[int] = []

    async def tell(one: Mailbox) -> None:
        told.append(one.id)

    async def set_to(**values: Any) -> None:
        await Mailbox.filter(id=its.id).update(**values)

    assert await newly_silent(tell=tell) == []
    before = datetime.now(UTC) - HOUR
    await set_to(state=MailboxState.FAILED, problem="login_refused", since=before)
    (raised,) = await newly_silent(tell=tell)
    assert (raised.id, raised.problem) == (its.id, "login_refused")
    assert await newly_silent(tell=tell) == []
    assert [one.id for one in await mailboxes.silent()] == [its.id]
    await set_to(problem="token_refused")
    assert await newly_silent(tell=tell) == []
    now = datetime.now(UTC)
    await set_to(state=MailboxState.RUNNING, problem="", last_contact_at=now, since=now)
    assert await newly_silent(tell=tell) == []
    assert await mailboxes.silent() == []
    await set_to(last_mail_at=now - 30 * DAY, hours_with_mail=list(range(100)))
    (raised,) = await newly_silent(tell=tell)
    assert (await Mailbox.get(id=its.id)).problem == raised.problem == "unusually_quiet"
    await set_to(last_mail_at=now)
    assert await newly_silent(tell=tell) == []
    assert (await Mailbox.get(id=its.id)).problem == ""
    assert told == [its.id, its.id]
