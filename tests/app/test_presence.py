"""One service a data folder, and others find it there."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.presence import AlreadyRunning, Presence, alone, running

HERE = Presence(pid=7, web_url="http://127.0.0.1:1", smtp_host="127.0.0.1", smtp_port=2)


def test_nobody_runs_on_a_new_folder(tmp_path: Path) -> None:
    assert running(tmp_path) is None


def test_a_running_service_tells_where_it_is(tmp_path: Path) -> None:
    with alone(tmp_path) as announce:
        assert running(tmp_path) is None  # it is starting
        announce(HERE)
        assert running(tmp_path) == HERE
    assert running(tmp_path) is None


def test_a_second_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    with alone(tmp_path) as announce:
        announce(HERE)
        with pytest.raises(AlreadyRunning), alone(tmp_path):
            pass
        assert running(tmp_path) == HERE
    with alone(tmp_path):
        pass


def test_the_lock_of_a_killed_service_is_free_again(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from app.presence import *; from tests.app.test_presence import HERE\n"
        "with alone(pathlib.Path(sys.argv[1])) as announce: announce(HERE); print('on', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"on\n"
        assert running(tmp_path) == HERE
        process.kill()
    assert running(tmp_path) is None
    with alone(tmp_path):
        pass
