"""To whom may mail be sent here, and who of the staff writes from which address?

Asked for every recipient, so it is kept in memory for a moment: a revoked address
takes no more mail a quarter of a second later, a new one takes it at once.
"""

import asyncio
from dataclasses import replace
from time import monotonic

from mail.address import untagged
from storage import capturing
from storage.capturing import OpenAddress
from storage.connect import unavailable_means_later

_FRESH_SECONDS = 0.25


class Addressees:
    """The capture addresses and the staff's own, as they were a moment ago."""

    def __init__(self) -> None:
        self._open: dict[str, OpenAddress] = {}
        self._staff: dict[str, int] = {}
        self._read_at = -_FRESH_SECONDS
        self._reading = asyncio.Lock()

    async def capture_address(self, key: str) -> OpenAddress | None:
        """Return the capture address of this key; None if there is none, or it takes no mail."""
        await self._read_unless_newer(than=monotonic() - _FRESH_SECONDS)
        if self._named(key) is None:
            await self._read_unless_newer(than=monotonic())
        return self._named(key)

    def known(self, key: str) -> OpenAddress | None:
        """Return the capture address of this key if that can be told at once."""
        is_fresh = self._read_at > monotonic() - _FRESH_SECONDS
        return self._named(key) if is_fresh else None

    def _named(self, key: str) -> OpenAddress | None:
        """Return the address of this key, or of the key without the tag in it."""
        if found := self._open.get(key):
            return found
        name, tag = untagged(key)
        found = self._open.get(name) if tag else None
        return replace(found, tag=tag) if found else None

    async def staff_of(self, *keys: str) -> int | None:
        """Return who of the present staff writes from the first of these addresses that is somebody's."""
        await self._read_unless_newer(than=monotonic() - _FRESH_SECONDS)
        return next((self._staff[key] for key in keys if key in self._staff), None)

    async def _read_unless_newer(self, *, than: float) -> None:
        if self._read_at > than:
            return
        async with self._reading:
            if self._read_at > than:  # somebody else read meanwhile
                return
            read_at = monotonic()
            with unavailable_means_later():
                self._open = await capturing.open_addresses()
                self._staff = await capturing.staff_addresses()
            self._read_at = read_at
