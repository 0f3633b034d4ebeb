"""docs/api.md: its table has every operation, and its examples name addresses that there are."""

import re
from pathlib import Path

from web.api.areas import AREAS

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
OPERATIONS = [operation for area in AREAS for operation in area.operations]


def _table() -> str:
    rows = [f"| `{one.method}` | `{one.path}` | {one.right} | {one.summary} |" for one in OPERATIONS]
    return "\n".join(["| | | Right | |", "|---|---|---|---|", *rows])


def test_the_table_has_every_operation() -> None:
    written = PAGE.partition("## Operations")[2]
    table = written[written.index("| |") :].strip()
    assert table == _table(), f"docs/api.md should end with:\n\n{_table()}\n"


def test_the_examples_call_addresses_that_there_are() -> None:
    called = {path.rstrip("/") for path in re.findall(r"\$POSTBUCH(/[\w/-]+)", PAGE)}
    paths = [re.compile(re.sub(r"\{\w+\}", r"\\d+", one.path)) for one in OPERATIONS]
    assert called
    assert not {path for path in called if not any(known.fullmatch(path) for known in paths)}
