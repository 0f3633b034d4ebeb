"""The log: what libraries say below a warning stays out at every level of ours, and what errors quote too."""

import json
import subprocess
import sys

import pytest

_PROGRAM = """
import logging, structlog, sys
from app.logs import set_up_logs
set_up_logs(sys.argv[1])
for name in ("tortoise", "tortoise.db_client", "aiosqlite", "asyncpg", "mail.log", "asyncio"):
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).debug("INSERT %s", "the secret")
    logging.getLogger(name).info("the secret")
logging.getLogger("library").warning("watch out: %s", "the secret")
try:
    raise ValueError("the secret")
except ValueError:
    logging.getLogger("library").exception("broken")
for level in ("debug", "info", "warning"):
    getattr(structlog.get_logger(), level)(f"our {level}", job=5)
"""


def _logged(level: str) -> list[dict[str, object]]:
    program = [sys.executable, "-c", _PROGRAM, level]
    done = subprocess.run(program, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_no_level_lets_out_what_libraries_quote(level: str) -> None:
    lines = _logged(level)
    assert "secret" not in json.dumps(lines)
    assert "library failed" in [line["event"] for line in lines]


def test_our_own_lines_come_from_the_level_on() -> None:
    own = [line["event"] for line in _logged("info") if str(line["event"]).startswith("our")]
    assert own == ["our info", "our warning"]
