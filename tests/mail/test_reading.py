"""Golden pairs: `tests/corpus/reading/NAME.eml`, and beside it what `postbuch parse` prints for it.

To add one: write the mail (no real person's), run
`postbuch parse tests/corpus/reading/NAME.eml > tests/corpus/reading/NAME.json`, and read the
result: it is what the test will ask for from then on.  After a change that is meant to
change readings, write them all anew, and read the difference before it is committed:

    for mail in tests/corpus/reading/*.eml; do postbuch parse "$mail" > "${mail%.eml}.json"; done
"""

import json
from pathlib import Path

import pytest

from app.commands.parse import parse as command
from mail.as_json import as_json
from mail.message import DefectCode
from mail.parse import parse

READING = Path(__file__).parents[1] / "corpus" / "reading"
MAILS = sorted(READING.glob("*.eml"))
# It takes a mail of some size to show these: tests/mail/test_hostile.py makes one for each.
OF_LARGE_MAILS = {DefectCode.ADDRESSES_TOO_MANY, DefectCode.DEPTH_EXCEEDED, DefectCode.TEXT_TRUNCATED}


@pytest.mark.parametrize("mail", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_read_as_it_was(mail: Path) -> None:
    expected = json.loads(mail.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_json(parse(mail.read_bytes())) == expected


@pytest.mark.parametrize("name", ["gmail-italian", "broken-empty"])
def test_the_command_prints_what_the_pair_holds(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    command(str(READING / f"{name}.eml"))
    assert capfdbinary.readouterr().out == (READING / f"{name}.json").read_bytes()


def test_every_mail_has_a_reading_and_every_reading_a_mail() -> None:
    readings = {path.stem for path in READING.glob("*.json")}
    assert len(MAILS) >= 30
    assert readings == {path.stem for path in MAILS}


def test_the_pairs_show_every_defect() -> None:
    shown = {
        defect["code"]
        for path in READING.glob("*.json")
        for defect in json.loads(path.read_text())["defects"]
    }
    assert shown == {code.value for code in DefectCode} - OF_LARGE_MAILS
