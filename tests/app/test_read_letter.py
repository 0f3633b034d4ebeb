"""postbuch read-letter: a scan becomes JSON with the keys that are promised, or a sentence that says what to do."""

import json
import re
from pathlib import Path
from typing import Any

import weasyprint
from PIL import Image

from ingest.letters.fields.as_json import DEFECTS
from tests.ingest.letters.printing import scanned
from tests.running import command

LETTERS = Path(__file__).parents[1] / "ingest" / "letters" / "fields" / "letters"
DOCUMENT = Path(__file__).parents[2] / "docs" / "letter-format.md"
KEYS = (
    "pages text language sender addressee date subject our_reference your_reference customer_number phones emails "
    "webs ibans tax_numbers codes confidence defects"
).split()
PARTY = {"organisation", "person", "street", "postcode", "town", "country", "box", "page"}


def _printed(folder: Path, name: str) -> Path:
    target = folder / f"{name}.pdf"
    weasyprint.HTML(string=(LETTERS / f"{name}.html").read_text()).write_pdf(target)
    return target


async def _read(folder: Path, *arguments: str) -> dict[str, Any]:
    code, printed, errors = await command(folder, "read-letter", *arguments)
    assert code == 0, errors
    answer: dict[str, Any] = json.loads(printed)
    return answer


async def test_a_pdf_is_read_to_the_keys_that_are_promised(tmp_path: Path) -> None:
    read = await _read(tmp_path, str(_printed(tmp_path, "ticino-right")))
    assert list(read) == KEYS
    assert set(read["sender"]) == set(read["addressee"]) == PARTY
    assert (read["pages"], read["language"], read["date"]) == (1, "it", "2026-06-12")
    assert read["sender"]["organisation"] == "Cantina Monte Brè SA"
    assert read["phones"] == ["+41919713030"]
    assert set(read["sender"]["box"]) == {"left", "top", "width", "height"}
    assert all(0 < sure <= 1 for sure in read["confidence"].values())


async def test_a_scan_without_a_text_layer_is_read_as_well(tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scanned(_printed(tmp_path, "british-subject-below-greeting")).save(scan, dpi=(200, 200))
    read = await _read(tmp_path, str(scan), "--places")
    assert read["date"] == "2026-03-07"
    assert read["sender"]["organisation"] == "Hargreaves Joinery Ltd"
    assert read["addressee"]["town"] == "Manchester"
    assert read["our_reference"] == "HJ/0412"
    assert read["places"]["our_reference"]["page"] == 1


async def test_what_is_no_scan_ends_with_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    note, empty = tmp_path / "note.txt", tmp_path / "empty.pdf"
    note.write_text("no scan")
    empty.write_bytes(b"")
    wrong = {
        tmp_path / "missing.pdf": "No such file",
        tmp_path: "is a folder",
        note: "is no PDF",
        empty: "is empty",
    }
    for file, said in wrong.items():
        code, printed, errors = await command(tmp_path, "read-letter", str(file))
        assert (code, printed) == (1, "")
        assert said in errors
        assert "Traceback" not in errors


async def test_a_blank_page_is_left_out_and_said(tmp_path: Path) -> None:
    white = tmp_path / "white.tif"
    Image.new("L", (1654, 2339), 255).save(white, dpi=(200, 200))
    read = await _read(tmp_path, str(white))
    assert read["pages"] == 0
    assert [defect["code"] for defect in read["defects"]] == ["blank-page", "no-text"]


def test_the_document_names_every_field_and_defect() -> None:
    text = DOCUMENT.read_text()
    assert [key for key in KEYS if f"`{key}`" not in text] == []

    assert set(re.findall(r"^\| `([a-z-]+)` \| [A-Z]", text, re.MULTILINE)) == set(DEFECTS)
