"""How large is the directory, how much mail is there, and does a figure keep its limit?"""

import os

PERSONS, MESSAGES = 1_000_000, 20_000


def persons() -> int:
    """Return how many persons there are; MATCHING_PERSONS says so while one develops."""
    return environment("MATCHING_PERSONS", PERSONS)


def messages() -> int:
    """Return how many messages there are; MATCHING_MESSAGES says so while one develops."""
    return environment("MATCHING_MESSAGES", MESSAGES)


def environment(name: str, otherwise: int) -> int:
    """Return a number that the environment sets."""
    return int(os.environ.get(name, otherwise))


def print_most(name: str, ours: float, unit: str, most: float) -> bool:
    """Print a figure that may be *most*, and tell whether it is not more."""
    return _print(name, ours, unit, f"at most {most:g}", holds=ours <= most)


def print_least(name: str, ours: float, unit: str, least: float) -> bool:
    """Print a figure that must be *least*, and tell whether it is not less."""
    return _print(name, ours, unit, f"at least {least:g}", holds=ours >= least)


def _print(name: str, ours: float, unit: str, goal: str, *, holds: bool) -> bool:
    print(f"{name}: ours {ours:.4g} {unit}, goal {goal}: {'holds' if holds else 'short'}", flush=True)
    return holds
