"""Mails are read on all cores, and read still when a process that does it dies."""

import multiprocessing
import os

import pytest

from ingest.reading import reading_on_all_cores
from mail.parse import parse
from tests.ingest.archives import mail

several_cores = pytest.mark.skipif(
    len(os.sched_getaffinity(0)) == 1, reason="one core: there is nothing to share"
)


@pytest.mark.parametrize("number", [0, 1, 2, 7])
async def test_mails_are_read_in_their_order(number: int) -> None:
    mails = [mail(each) for each in range(number)]
    with reading_on_all_cores() as read_all:
        assert list(await read_all(mails)) == [parse(raw) for raw in mails]


@several_cores
async def test_mails_are_read_still_when_a_process_was_killed() -> None:
    mails = [mail(each) for each in range(5)]
    with reading_on_all_cores() as read_all:
        assert len(await read_all(mails)) == 5
        readers = multiprocessing.active_children()
        assert readers
        for reader in readers:
            reader.kill()
        for _ in range(2):
            assert list(await read_all(mails)) == [parse(raw) for raw in mails]
