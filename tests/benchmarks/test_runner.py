"""Measures are found by their name, and a goal that is missed is said."""

import pytest

from benchmarks.__main__ import main, names
from benchmarks.report import print_figure


def test_a_measure_that_does_not_exist_is_refused_with_those_that_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["speed-of-light"]) == 2
    said = capsys.readouterr().err
    assert "speed-of-light" in said
    assert all(name in said for name in names())


def test_what_is_not_a_measure_is_not_run() -> None:
    assert "report" not in names()
    assert "parse" in names()


def test_a_goal_that_is_missed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert not print_figure("capture", 299, 100, "mails/s", 3)
    assert capsys.readouterr().out.endswith("ratio 2.99, goal 3: short\n")
