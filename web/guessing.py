"""Is somebody guessing passwords?  Failures make the next try wait, longer each time.

Counted by account, so that many machines cannot share the work on one, and by
network address, so that one machine cannot try a password on every account.  The
waits end by themselves: nobody stays locked out because a stranger knows a name.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web

from storage import logins
from web.config import CONFIG, Network


@dataclass(frozen=True, slots=True)
class Limit:
    """*free* failures within the hour cost nothing; then waits double up to *longest*."""

    free: int
    longest: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return how long after the last of so many failures the next try must wait."""
        if failures < self.free:
            return timedelta()
        return min(timedelta(seconds=2 ** min(failures - self.free, 20)), self.longest)


WITHIN = timedelta(hours=1)
BY_ACCOUNT = Limit(free=5, longest=timedelta(minutes=1))
BY_NETWORK = Limit(free=20, longest=timedelta(minutes=15))


class TooManyAttempts(Exception):
    """The next attempt must wait; *seconds* says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


async def begin_attempt(login: str, network: str) -> None:
    """Count an attempt to log in before its password is looked at.

    TooManyAttempts if it comes too early; such an attempt does not count.
    """
    limits = {f"account:{login}": BY_ACCOUNT, f"network:{network}": BY_NETWORK}
    rows, wait = [], timedelta()
    for subject, limit in limits.items():
        failures, last, row = await logins.count_attempt(subject, within=WITHIN)
        rows.append(row)
        if last:
            wait = max(wait, last + limit.wait_after(failures) - datetime.now(UTC))
    if wait > timedelta():
        await logins.forgive(*rows)
        raise TooManyAttempts(int(wait.total_seconds()) + 1)


async def forgive_attempts(login: str, network: str) -> None:
    """Forget the failures on this account: its owner is here.  The network's last one was none either."""
    await logins.forgive_all(f"account:{login}")
    await logins.forgive_last(f"network:{network}")


def network_of(request: web.Request) -> str:
    """Return the network that the request comes from: an IPv4 address, or an IPv6 /64.

    Behind a trusted proxy it is the last address in X-Forwarded-For that is no proxy's.
    """
    trusted = request.app[CONFIG].trusted_proxies
    hops = [hop.strip() for line in request.headers.getall("X-Forwarded-For", []) for hop in line.split(",")]
    address = request.remote or ""
    while hops and _is_within(address, trusted):
        address = hops.pop()
    return _network(address)


def _is_within(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        return any(ip_address(address) in network for network in networks)
    except ValueError:
        return False


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
