"""A real peer that cannot be had here: a skip that is seen, and a failure where CI=true."""

import os
from typing import NoReturn

import pytest


def absent(peer: str) -> NoReturn:
    """End the test that needs *peer*, a program that `make test` could not install."""
    text = f"{peer} is not installed, and could not be: see what `make test` said first"
    if os.environ.get("CI") == "true":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)
