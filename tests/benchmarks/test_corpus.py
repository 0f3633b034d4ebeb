"""The goals of what is read rightly, where the collections are at hand; and how scores tell."""

from pathlib import Path

import pytest

from benchmarks.corpus.__main__ import KINDS, main, scores
from benchmarks.corpus.scoring import Score


@pytest.mark.parametrize("kind", KINDS)
def test_the_goals_hold(kind: str, corpus_dir: Path) -> None:
    found = list(scores(kind, corpus_dir))
    assert found
    assert not [f"{score} {score.missed}" for score in found if not score.holds]


def test_a_score_says_what_came_out() -> None:
    assert str(Score("forwards", 512, 520, 0.98)) == "forwards: 512 of 520, 98.5 %, goal 98 %: holds"
    assert str(Score("forwards", 5, 10, 0.98)) == "forwards: 5 of 10, 50.0 %, goal 98 %: missed"


def test_without_the_collections_nothing_is_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CORPUS_DIR", raising=False)
    assert main([]) == 2
    assert "CORPUS_DIR" in capsys.readouterr().err


def test_an_unknown_kind_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    assert main(["weather"]) == 2
    assert "weather" in capsys.readouterr().err
