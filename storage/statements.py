"""What is a statement, and what are steps?  SQL with its values; statements that build on each other."""

from collections.abc import Generator
from typing import Any, TypeVar

_Result = TypeVar("_Result")
Rows = list[dict[str, Any]]
Statement = tuple[str, list[Any]]
# Yields statements, is sent the rows of each, and returns a result.
Steps = Generator[Statement, Rows, _Result]
