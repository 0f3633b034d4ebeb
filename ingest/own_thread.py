"""A thread for one conversation that blocks: what it is asked it does in turn, and it holds nobody up."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol, TypeVar, runtime_checkable

_Result = TypeVar("_Result")
_Call = tuple[Callable[[], Any], asyncio.Future[Any]]


@runtime_checkable
class Closable(Protocol):
    """Something that is given back by closing it."""

    def close(self) -> None:
        """Give it back."""


class OwnThread:
    """Runs functions one after the other.

    A daemon: a process that ends need not wait for a network that does not answer.
    """

    def __init__(self, name: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._calls: queue.SimpleQueue[_Call | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name=name, daemon=True).start()

    async def call(self, function: Callable[..., _Result], *arguments: Any, **named: Any) -> _Result:
        """Return what *function* returns, or raise what it raises.

        Cancelled, it runs on, and nobody hears of it: what it returns is closed if it can be.
        """
        answer = self._loop.create_future()
        self._calls.put((partial(function, *arguments, **named), answer))
        result: _Result = await answer
        return result

    def end(self) -> None:
        """Let the thread end after what it was asked."""
        self._calls.put(None)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            function, answer = call
            if answer.cancelled():
                continue
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
                self._tell(answer, answer.set_exception, error)
            else:
                self._tell(answer, answer.set_result, result)

    def _tell(self, answer: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
        def told() -> None:
            if not answer.done():
                settle(outcome)
            elif isinstance(outcome, Closable):
                outcome.close()

        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(told)
