"""The parts of the service: one that ends by itself is noticed, the others stop in order."""

import asyncio

import pytest

from app.parts import Parts


async def _forever() -> None:
    await asyncio.Event().wait()


async def _breaks() -> None:
    await asyncio.sleep(0.02)
    raise ZeroDivisionError


async def test_a_part_that_breaks_is_named() -> None:
    parts = Parts(stop_seconds=1)
    async with parts.running("sound", _forever()), parts.running("broken", _breaks()):
        assert await asyncio.wait_for(parts.first_to_end(asyncio.Event()), 5) == "broken"


async def test_a_part_that_returns_is_named_too() -> None:
    parts = Parts(stop_seconds=1)
    async with parts.running("short", asyncio.sleep(0.02)):
        assert await asyncio.wait_for(parts.first_to_end(asyncio.Event()), 5) == "short"


async def test_when_it_is_asked_to_stop_no_part_has_ended() -> None:
    parts, stop = Parts(stop_seconds=1), asyncio.Event()
    async with parts.running("sound", _forever()):
        stop.set()
        assert await asyncio.wait_for(parts.first_to_end(stop), 5) is None


async def test_the_last_to_start_is_the_first_to_stop() -> None:
    stopped: list[str] = []

    async def part(name: str) -> None:
        try:
            await _forever()
        finally:
            stopped.append(name)

    parts = Parts(stop_seconds=1)
    async with parts.running("first", part("first")), parts.running("last", part("last")):
        await asyncio.sleep(0.02)
    assert stopped == ["last", "first"]


async def test_a_part_that_is_asked_may_finish_what_it_has_at_hand() -> None:
    stop, finished = asyncio.Event(), False

    async def part() -> None:
        nonlocal finished
        await stop.wait()
        await asyncio.sleep(0.1)
        finished = True

    async with Parts(stop_seconds=5).running("worker", part(), stop=stop.set):
        pass
    assert finished


async def test_a_part_that_does_not_stop_is_cancelled() -> None:
    async with asyncio.timeout(5):
        async with Parts(stop_seconds=0.1).running("deaf", _forever(), stop=lambda: None) as task:
            pass
    assert task.cancelled()


async def test_what_breaks_the_start_is_not_swallowed() -> None:
    with pytest.raises(KeyError):
        async with Parts(stop_seconds=1).running("sound", _forever()):
            raise KeyError
