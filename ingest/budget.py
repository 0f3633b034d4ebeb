"""How much mail may be in memory at once?  One budget of octets for the whole process.

A session asks for its share before it lets its peer send, and waits its turn:
slower, never refused, never unbounded.  Who holds a share never waits for more, so
nobody can wait in a circle: what does not fit into the budget goes to disk.
"""

import asyncio
from collections import deque


class Budget:
    """*total* octets, given out in the order in which they were asked for."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._free = total
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @property
    def free(self) -> int:
        """How many octets nobody holds."""
        return self._free

    def share(self, octets: int) -> "_Turn":
        """Hold *octets*, or all there are if there are fewer, once it is our turn: `async with`."""
        return _Turn(self, min(octets, self.total))

    async def held(self, octets: int) -> "Share":
        """Hold *octets*, or all there are if there are fewer, once it is our turn; whoever asked gives them back."""
        octets = min(octets, self.total)
        await self.take(octets)
        return Share(self, octets)

    def take_at_once(self, octets: int) -> bool:
        """Take *octets* if they are free and nobody waits; tell whether they were."""
        if self._waiting or octets > self._free:
            return False
        self._free -= octets
        return True

    def release(self, octets: int) -> None:
        """Give octets back, to who waits longest."""
        self._free += octets
        self._serve()

    async def take(self, octets: int) -> None:
        """Take *octets* when it is our turn."""
        if self.take_at_once(octets):
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((octets, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # served, and cancelled before it knew
                self._free += octets
            self._serve()
            raise

    def _serve(self) -> None:
        while self._waiting:
            octets, turn = self._waiting[0]
            if not turn.cancelled():
                if octets > self._free:
                    return
                self._free -= octets
                turn.set_result(None)
            self._waiting.popleft()


class _Turn:
    """A share while it is held."""

    def __init__(self, budget: Budget, octets: int) -> None:
        self._budget, self._octets = budget, octets

    async def __aenter__(self) -> "Share":
        await self._budget.take(self._octets)
        self._share = Share(self._budget, self._octets)
        return self._share

    async def __aexit__(self, *_error: object) -> None:
        self._share.give_back()


class Share:
    """Octets of a budget that one session holds."""

    def __init__(self, budget: Budget, octets: int) -> None:
        self._budget = budget
        self.octets = octets

    def grow_to(self, octets: int) -> bool:
        """Hold *octets* in all if that is possible without waiting; tell whether it was."""
        more = octets - self.octets
        if more > 0:
            if not self._budget.take_at_once(more):
                return False
            self.octets = octets
        return True

    def give_back(self, *, but: int = 0) -> None:
        """Give back all *but* so many octets."""
        if self.octets > but:
            self._budget.release(self.octets - but)
            self.octets = but
