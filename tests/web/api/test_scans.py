"""Scans and letters by the API: handed in, followed, fetched, put right; shown to nobody who may not see them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.blobs import digest_of
from storage.entries import Entry
from storage.staff import AccessRole
from tests.ingest.letters.standing_in import SHEET, Desk, Side, letter, scan_of
from tests.web.api.conftest import NewProgram, Program

OCTETS = {"Content-Type": "application/octet-stream"}
MORE: Side = ([(20, 100, "Beilage")], [])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Who reads what was handed in."""
    return Desk(tmp_path)


async def handed_in(program: Program, *sides: Side, refused: str = "") -> int:
    raw = scan_of(*sides, refused=refused)
    answer = await program.done("POST", "/scans?name=post.pdf", status=202, data=raw, headers=OCTETS)
    return int(answer["id"])


async def test_a_scan_is_handed_in_read_and_shown_with_its_letters(program: Program, desk: Desk) -> None:
    raw = scan_of(letter(), MORE, SHEET, letter(subject="Mahnung"))
    answer = await program.done("POST", "/scans?name=post.pdf", status=202, data=raw, headers=OCTETS)
    assert answer == {"id": answer["id"], "digest": digest_of(raw), "known": False, "state": "waiting"}
    again = await program.done("POST", "/scans", status=202, data=raw, headers=OCTETS)
    assert again == answer | {"known": True}
    await desk.work()
    scan = await program.got(f"/scans/{answer['id']}")
    assert (scan["name"], scan["state"], scan["done"], scan["problem"]) == ("post.pdf", "read", 4, None)
    assert program.staff
    assert scan["staff"]["id"] == program.staff.id
    first, second = scan["letters"]
    assert [side["letter_id"] for side in scan["sides"]] == [first["id"], first["id"], None, second["id"]]
    shown = await program.got(f"/letters/{first['id']}")
    assert shown["fields"]["sender"]["organisation"] == "Muster Treuhand AG"
    assert shown["held"] == "unknown-address"
    assert (await program.got(f"/entries/{first['entry_id']}/letter"))["id"] == first["id"]
    assert (await program.got(f"/entries/{first['entry_id']}"))["kind"] == "letter"
    assert [row["id"] for row in (await program.got("/scans?state=read"))["rows"]] == [scan["id"]]
    assert (await program.got("/scans?state=failed"))["rows"] == []


async def test_files_of_a_scan_are_fetched(program: Program, desk: Desk) -> None:
    scan_id = await handed_in(program, letter(), MORE)
    await desk.work()
    original = await program.call("GET", f"/scans/{scan_id}/original")
    assert await original.read() == scan_of(letter(), MORE)
    picture = await program.call("GET", f"/scans/{scan_id}/pages/2/picture")
    assert (picture.content_type, await picture.read()) == ("image/jpeg", b"picture 2")
    words = await program.got(f"/scans/{scan_id}/pages/2/words")
    assert words["lines"] == [
        [{"text": "Beilage", "left": 20, "top": 100, "width": 14, "height": 4, "confidence": 1}]
    ]
    [made] = (await program.got(f"/scans/{scan_id}"))["letters"]
    pdf = await program.call("GET", f"/letters/{made['id']}/pdf")
    assert len(PdfReader(BytesIO(await pdf.read())).pages) == 2
    assert (await program.problem("GET", f"/scans/{scan_id}/pages/3/picture")).status == 404


async def test_letters_are_put_right(program: Program, desk: Desk) -> None:
    scan_id = await handed_in(program, letter(), letter(subject="Mahnung"))
    await desk.work()
    [one] = (await program.got(f"/scans/{scan_id}"))["letters"]
    other = await program.done("POST", f"/letters/{one['id']}/split", json={"page": 2})
    assert [side["number"] for side in other["sides"]] == [2]
    wrong = await program.problem("POST", f"/letters/{one['id']}/split", json={"page": 2})
    assert wrong.status == 409
    joined = await program.done("POST", f"/letters/{other['id']}/join", json={"with": "before"})
    assert (joined["id"], len(joined["sides"])) == (one["id"], 2)
    scan = await program.done("POST", f"/scans/{scan_id}/pages/2/drop")
    assert [side["dropped"] for side in scan["sides"]] == [False, True]
    scan = await program.done("POST", f"/scans/{scan_id}/pages/2/restore")
    assert [side["dropped"] for side in scan["sides"]] == [False, False]
    scan = await program.done("POST", f"/scans/{scan_id}/pages/1/turn", json={"degrees": 90})
    assert scan["sides"][0]["turned_by_hand"] == 90
    out = await program.done("POST", f"/letters/{one['id']}/direction", json={"direction": "outgoing"})
    assert out["direction"] == "outgoing"


async def test_what_is_no_scan_says_why_and_is_tried_again(program: Program, desk: Desk) -> None:
    scan_id = await handed_in(program, refused="encrypted")
    await desk.work()
    scan = await program.got(f"/scans/{scan_id}")
    assert (scan["state"], scan["problem"]["code"]) == ("rejected", "encrypted")
    assert "password" in scan["problem"]["sentence"]
    assert (await program.done("POST", f"/scans/{scan_id}/retry"))["state"] == "waiting"
    assert (await program.problem("POST", f"/scans/{scan_id}/retry")).status == 409
    assert (await program.problem("POST", "/scans", data=b"", headers=OCTETS)).status == 422


async def test_a_reader_hands_nothing_in_and_in_quarantine_only_who_scanned_sees(
    new_program: NewProgram, desk: Desk
) -> None:
    mine, reader = await new_program(AccessRole.STAFF), await new_program(AccessRole.READER)
    assert (await reader.problem("POST", "/scans", data=scan_of(letter()), headers=OCTETS)).status == 403
    scan_id = await handed_in(mine, letter())
    await desk.work()
    [made] = (await reader.got(f"/scans/{scan_id}"))["letters"]
    later = datetime.now(UTC) + timedelta(hours=1)
    await Entry.filter(id=made["entry_id"]).update(visible_from=later)
    for path in (f"/scans/{scan_id}", f"/letters/{made['id']}", f"/scans/{scan_id}/pages/1/picture"):
        assert (await reader.problem("GET", path)).status == 404
        assert (await mine.call("GET", path)).status == 200
