"""Every notice has its words in four languages, and says in each the same things."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outbound import wording
from outbound.wording import LANGUAGES, worded

ZONE = ZoneInfo("Europe/Zurich")
SHARED = {"firm": "Muster AG", "staff": "Eva Graf", "staff_url": "https://post.test"}
_ASKED = {
    "subject": "#call Muster",
    "word": "Muster",
    "persons": ["Anna Muster", "Max Muster"],
    "lines": ["3 x"],
}
CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    (
        "silent_mailbox",
        {"name": "Office", "since": "2026-12-03T09:00:00+00:00", "reason": "no_folders", "url": "https://x.test/1"},
        ["Office", "10:00", "https://x.test/1"],
    ),
    ("command_done", {"done": [1, 3], "before": [2], "lines": ["4 zz"]}, ["1, 3", "2", "4 zz"]),
    *[
        ("not_understood", {"problem": problem, **_ASKED}, ["https://post.test/held", word])
        for problem, word in [
            ("tag", "Muster"), ("date", "Muster"), ("nobody", "Muster"), ("several", "Max Muster"), ("lines", "3 x"),
        ]
    ],
    (
        "digest",
        {"count": 2, "more": 0, "entries": [], "day": "2026-12-03", "places": []},
        ["Muster AG"],
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "values", "said"), CASES)
def test_it_says_what_it_must(code: str, values: dict[str, Any], said: list[str], language: str) -> None:
    subject, text = worded(code, language, ZONE, SHARED | values)
    assert subject
    assert "Eva Graf" in text
    assert all(one in text for one in said)
    assert "\n\n\n" not in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_language_that_we_do_not_speak_is_told_in_english() -> None:
    assert worded("command_done", "nl", ZONE, SHARED | CASES[1][1])[0] == "Decided"


def test_every_code_has_a_template_in_every_language() -> None:
    names = {path.name for path in (Path(wording.__file__).parent / "notices").iterdir()}
    codes = {name.partition(".")[0] for name in names}
    assert names == {f"{code}.{language}.txt" for code in codes for language in LANGUAGES}
    assert codes == {code for code, _, _ in CASES}
