"""What a staff member is to be told: given once, in the transaction of its cause."""

import asyncio

import pytest

from storage.connect import transaction
from storage.jobs import SendNotice, TableQueue
from storage.notices import Notice, NoticeState, give_notice
from storage.staff import Staff
from tests.matcher.people import colleague

pytestmark = pytest.mark.usefixtures("database")


async def _give(staff: Staff, *, once: str | None = None) -> None:
    async with transaction():
        await give_notice(TableQueue(), staff.id, "silent_mailbox", {"name": "Ein\x00kauf"}, once=once)


async def test_a_notice_waits_with_a_job_of_its_own() -> None:
    eva = await colleague()
    await _give(eva)
    notice = await Notice.get()
    assert (notice.staff_id, notice.state, notice.parameters) == (
        eva.id,
        NoticeState.WAITING,
        {"name": "Einkauf"},
    )
    assert [job.payload for job in await TableQueue().claim(10)] == [SendNotice(notice.id)]


async def test_a_notice_with_a_key_is_given_once_however_many_give_it() -> None:
    eva = await colleague()
    await asyncio.gather(*(_give(eva, once="silent:1") for _ in range(5)))
    await _give(eva, once="silent:2")
    assert await Notice.all().count() == 2
    assert len(await TableQueue().claim(10)) == 2


async def test_without_a_key_it_is_given_each_time() -> None:
    eva = await colleague()
    await _give(eva)
    await _give(eva)
    assert await Notice.all().count() == 2


async def test_a_notice_of_a_failed_transaction_never_was() -> None:
    eva = await colleague()
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await give_notice(TableQueue(), eva.id, "silent_mailbox", {})
            raise ZeroDivisionError
    assert await Notice.all().count() == 0
    assert await TableQueue().claim(10) == []
