"""Who reads the mails that are to be filed?  A thread; where there are very many, all cores.

Reading is the greater part of filing, and Python does it on one core at a time: for an
archive it is done in processes of their own.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from mail.message import ParsedMessage
from mail.parse import parse

ReadAll = Callable[[Sequence[bytes]], Awaitable[Sequence[ParsedMessage]]]
_MOST_PROCESSES = 8  # one process writes what they read, and cannot keep up with more


async def read_in_thread(mails: Sequence[bytes]) -> Sequence[ParsedMessage]:
    """Return what mails say."""
    return await asyncio.to_thread(_read, mails)


@contextmanager
def reading_on_all_cores() -> Iterator[ReadAll]:
    """Yield what reads mails in as many processes as there are cores; with one core, in a thread."""
    cores = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)
    if cores == 1:
        yield read_in_thread
        return
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_begin) as pool:

        async def read_all(mails: Sequence[bytes]) -> Sequence[ParsedMessage]:
            loop = asyncio.get_running_loop()
            share = -(-len(mails) // cores) or 1
            shares = [mails[start : start + share] for start in range(0, len(mails), share)]
            try:
                read = await asyncio.gather(*(loop.run_in_executor(pool, _read, each) for each in shares))
            except BrokenProcessPool:  # somebody killed one, or the memory was short
                return await read_in_thread(mails)
            return [one for each in read for one in each]

        yield read_all


def _read(mails: Sequence[bytes]) -> list[ParsedMessage]:
    return [parse(raw) for raw in mails]


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when that does: even killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
