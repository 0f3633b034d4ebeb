"""The speed of matching is measured on both databases, judged by its goals, and its growth drawn."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from benchmarks.__main__ import names
from benchmarks.matching.directory import blocks
from benchmarks.matching.filling import fill
from benchmarks.matching.growth import Line, drawn
from benchmarks.matching.measuring import Measured, measure
from benchmarks.matching.office import open_office
from benchmarks.matching.speed import lines_of, sizes, told
from storage.connect import connected, is_sqlite

_SVG = "{http://www.w3.org/2000/svg}"
_GOOD = Measured(1_000_000, 0.5, 0.9, 0.4, 0.02, 60_000, 80_000, 20, 96, 30, 98, 60, 97, 1500, 120)


def test_both_measures_are_known_by_name() -> None:
    assert {"matching", "matching-quality"} <= set(names())
    assert len(names()) == len(set(names()))


async def test_a_small_directory_is_measured_on_either_database(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHING_LOOKUPS", "120")
    monkeypatch.setenv("MATCHING_NAMES", "40")
    monkeypatch.setenv("MATCHING_DECIDED", "60")
    await fill(database_url, blocks(500))
    async with connected(database_url):
        await open_office()
    measured = await measure(database_url, 500, decides=True)
    assert 0 < measured.one_p50 <= measured.one_p99
    assert measured.batched_a_second > 0
    assert (measured.raw_a_second > 0) is is_sqlite(database_url)
    assert measured.names_found > 50
    assert measured.near_found >= measured.brute_found > 50
    assert measured.decided > 0
    assert measured.megabytes > 10


def test_a_directory_grows_in_whole_blocks_from_a_hundredth_to_all() -> None:
    assert sizes(1_000_000) == [10_000, 30_000, 100_000, 300_000, 1_000_000]
    assert sizes(2_000) == [500, 2_000]


@pytest.mark.parametrize(
    ("kind", "slower"),
    [
        ("SQLite", replace(_GOOD, one_p99=1.1)),
        ("SQLite", replace(_GOOD, name_p99=51)),
        ("SQLite", replace(_GOOD, near_p99=51)),
        ("SQLite", replace(_GOOD, near_found=96)),
        ("SQLite", replace(_GOOD, decided=999)),
        ("SQLite", replace(_GOOD, megabytes=401)),
        ("SQLite", replace(_GOOD, batched_a_second=39_000)),
        ("PostgreSQL", replace(_GOOD, one_p99=5.1)),
    ],
)
def test_each_goal_can_be_missed(kind: str, slower: Measured) -> None:
    assert all(told(kind, [_GOOD]))
    assert list(told(kind, [slower])).count(False) == 1


def test_look_ups_may_grow_as_a_logarithm_does_and_not_more(capsys: pytest.CaptureFixture[str]) -> None:
    small = replace(_GOOD, persons=10_000)
    assert all(told("SQLite", [small, replace(_GOOD, one_work=0.55)]))
    assert not all(told("SQLite", [small, replace(_GOOD, one_work=0.7)]))
    assert "100 times the persons" in capsys.readouterr().out


def test_each_database_has_a_line_for_each_way_to_look_up() -> None:
    lines = lines_of({"SQLite": [_GOOD], "PostgreSQL": [replace(_GOOD, one_p50=2)]})
    assert len({line.name for line in lines}) == 8
    assert [list(line.points) for line in lines if line.name == "PostgreSQL, one by one"] == [
        [(1_000_000, 2)]
    ]


def test_a_chart_has_a_point_for_each_figure_and_tells_them_in_words() -> None:
    chart = ET.fromstring(drawn("a < b", [Line("one", [(10, 0.5), (1000, 2)]), Line("two", [(10, 3)])]))
    assert len(chart.findall(f"{_SVG}circle")) == 3
    assert len(chart.findall(f"{_SVG}polyline")) == 2
    title, told_in_words = chart.find(f"{_SVG}title"), chart.find(f"{_SVG}desc")
    assert title is not None
    assert title.text == "a < b"
    assert told_in_words is not None
    assert "0.5 ms at 10, 2 ms at 1,000" in str(told_in_words.text)
    for circle in chart.findall(f"{_SVG}circle"):
        assert 0 < float(circle.attrib["cx"]) < 860
        assert 0 < float(circle.attrib["cy"]) < 460
