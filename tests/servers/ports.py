"""Ports on loopback."""

import socket


def free_port() -> int:
    """Return a port that nobody listens on just now; somebody else may be quicker to take it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
