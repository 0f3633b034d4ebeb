"""The examples in the docstrings of the fields' files are true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from ingest.letters import fields

NAMES = sorted(path.stem for path in Path(fields.__path__[0]).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(import_module(f"ingest.letters.fields.{name}")).failed == 0
