"""Mailboxes as they are set, and as the reading of them notes how it gets on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mail.address import Address
from storage import mailbox_progress as progress
from storage import mailboxes, roster
from storage.audit import Audit
from storage.mailbox_progress import Gains, Reading, Superseded
from storage.mailboxes import Mailbox, MailboxFolder, MailboxSetting, MailboxState
from storage.staff import AccessRole

SETTING = MailboxSetting(name="Eva", host="imap.firm.example", login="eva", secret="…")


async def _reading(setting: MailboxSetting = SETTING) -> tuple[Reading, MailboxFolder]:
    mailbox = await mailboxes.add(setting, by=None)
    reading = Reading(mailbox.id, mailbox.revision)
    return reading, await progress.begin_folder(reading, "INBOX", uid_validity=7, uid_next=11)


async def test_every_act_is_in_the_audit_log_and_no_secret_is(database: str) -> None:
    mailbox = await mailboxes.add(SETTING, by=None)
    assert await mailboxes.change(mailbox.id, replace(SETTING, name="Evas"), by=None)
    assert await mailboxes.pause(mailbox.id, by=None)
    assert not await mailboxes.pause(mailbox.id, by=None)
    assert await mailboxes.resume(mailbox.id, by=None)
    assert await mailboxes.remove(mailbox.id, by=None)
    assert not await mailboxes.remove(mailbox.id, by=None)
    assert not await mailboxes.change(mailbox.id, SETTING, by=None)
    acts = await Audit.all().order_by("id")
    assert [one.act for one in acts] == [
        f"mailbox-{did}" for did in ("added", "changed", "paused", "resumed", "removed")
    ]
    assert SETTING.secret not in str([one.details for one in acts])


@pytest.mark.parametrize(
    ("changed", "is_forgotten"),
    [
        ({"name": "Evas"}, False),
        ({"secret": "new"}, False),
        ({"only_from": date(2026, 5, 1)}, False),
        ({"only_from": date(2025, 1, 1)}, True),
        ({"only_from": None}, True),
        ({"login": "urs"}, True),
        ({"host": "mail.firm.example"}, True),
    ],
)
async def test_what_was_read_is_forgotten_where_that_is_another_account_or_an_earlier_day(
    database: str, changed: dict[str, object], is_forgotten: bool
) -> None:
    setting = replace(SETTING, only_from=date(2026, 1, 1))
    reading, _ = await _reading(setting)
    new = replace(setting, **changed)  # type: ignore[arg-type]
    assert await mailboxes.change(reading.mailbox_id, new, by=None)
    its = await mailboxes.one(reading.mailbox_id)
    assert its is not None
    assert (not list(its.places)) is is_forgotten
    assert its.revision > reading.revision


async def test_what_is_read_counts_and_the_hours_of_the_last_month_stay(database: str) -> None:
    reading, folder = await _reading()
    await progress.note_to_fill(reading, 5)
    now = datetime.now(UTC)
    folder.last_uid, folder.filled_from_uid, folder.fetched = 12, 8, 4
    gains = Gains(filled=3, came_at={now, now - timedelta(days=40)})
    gains.left_out.update(too_large=1)
    await progress.note_gains(reading, folder, gains)
    await progress.note_gains(reading, folder, gains)
    its = await Mailbox.get(id=reading.mailbox_id)
    assert (its.filled, its.to_fill, its.left_out) == (6, 5, {"too_large": 2})
    assert its.hours_with_mail == [int(now.timestamp()) // 3600]
    kept = await MailboxFolder.get(id=folder.id)
    assert (kept.last_uid, kept.filled_from_uid, kept.fetched) == (12, 8, 4)


async def test_a_state_stands_since_it_began(database: str) -> None:
    reading, _ = await _reading()
    await progress.note_state(reading, MailboxState.FAILED, "login_refused", {"said": "no"})
    first = await Mailbox.get(id=reading.mailbox_id)
    await progress.note_state(reading, MailboxState.FAILED, "login_refused", {"said": "never"})
    second = await Mailbox.get(id=reading.mailbox_id)
    assert (second.since, second.problem_parameters) == (first.since, {"said": "never"})
    await progress.note_state(reading, MailboxState.RUNNING)
    third = await Mailbox.get(id=reading.mailbox_id)
    assert third.since > first.since
    assert (third.problem, third.last_contact_at is not None) == ("", True)


async def test_an_older_reading_has_nothing_more_to_say(database: str) -> None:
    reading, folder = await _reading()
    assert await mailboxes.change(reading.mailbox_id, replace(SETTING, login="urs"), by=None)
    await progress.note_state(reading, MailboxState.FAILED, "login_refused")
    await progress.note_to_fill(reading, 9)
    await progress.keep_secret(reading, "old")
    with pytest.raises(Superseded):
        await progress.note_gains(reading, folder, Gains(filled=1))
    with pytest.raises(Superseded):
        await progress.begin_folder(reading, "Sent", uid_validity=1, uid_next=1)
    its = await mailboxes.one(reading.mailbox_id)
    assert its is not None
    assert (its.state, its.to_fill, its.secret, list(its.places)) == ("new", 0, SETTING.secret, [])


async def test_the_mailboxes_of_somebody_who_leaves_are_paused(database: str) -> None:
    boss = Address("boss", "firm.example")
    await roster.add(roster.NewStaff("Boss", boss, AccessRole.ADMINISTRATOR), by=None)
    eva = await roster.add(roster.NewStaff("Eva", Address("eva", "firm.example")), by=None)
    mailbox = await mailboxes.add(replace(SETTING, staff_id=eva.id), by=None)
    assert await roster.leave(eva.id, by=None)
    assert [(one.id, one.paused, one.state) for one in await mailboxes.of_staff(eva.id)] == [
        (mailbox.id, True, "paused")
    ]
    assert await progress.to_read() == {}
