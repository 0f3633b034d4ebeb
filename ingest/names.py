"""What does DNS say about a name?  Asked in a thread, by programs that wait for the answer."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import dns.exception
import dns.resolver

_SECONDS = 5.0


class Names:
    """The records of names, by the name servers given (`address` or `address:port`), or the system's."""

    def __init__(self, servers: Sequence[str] = ()) -> None:
        self._servers = servers

    def records(self, name: str, kind: str) -> Sequence[Any]:
        """Return the records of that kind; none if there are none.  OSError if nobody could tell."""
        try:
            return tuple(self._resolver.resolve(name, kind, lifetime=_SECONDS, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.name.LabelTooLong, dns.name.EmptyLabel):
            return ()
        except dns.exception.DNSException as error:
            raise OSError(type(error).__name__) from error

    @cached_property
    def _resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=not self._servers)
        addresses = [
            server.rpartition(":") if _has_port(server) else (server, "", "53") for server in self._servers
        ]
        if addresses:
            resolver.nameservers = [address for address, _, _ in addresses]
            resolver.nameserver_ports = {address: int(port) for address, _, port in addresses}
        return resolver


def _has_port(server: str) -> bool:
    return server.count(":") == 1
