"""The pages of scanned letters: handing in, looking at, putting right, deciding; and who may."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData
from PIL import Image
from pypdf import PdfReader

from history import held, undoing
from storage import blobs
from storage.audit import Change
from storage.correspondents import EmailAddress, Organisation, OrganisationNumber, PhoneNumber, PostalAddress
from storage.entries import Direction, Entry
from storage.jobs import Job
from storage.scan_reading import reject
from storage.scans import Letter, Scan, ScanPage, ScanSource, ScanState
from storage.staff import AccessRole, Staff
from tests.ingest.letters.standing_in import SHEET, Side, letter
from tests.matcher.people import firm
from tests.web.conftest import Browser, NewBrowser, staff_member
from tests.web.scanned import DrawingDesk, entries_of, invoice, only_scan

PDF = b"%PDF-1.7\nno more than its beginning"


@pytest.fixture
def desk(database: str, tmp_path: Path) -> DrawingDesk:
    """Where scans are taken and filed."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return DrawingDesk(folder)


async def handed(browser: Browser, *files: tuple[str, bytes], direction: str = "") -> tuple[int, str, str]:
    """Hand files in by the form; return status, address and page that come back."""
    form = FormData(default_to_multipart=True)
    form.add_field("form_token", browser.token)
    form.add_field("direction", direction)
    for name, octets in files:
        form.add_field("files", octets, filename=name)
    response = await browser.client.post(
        "/scans", data=form, headers=browser.own_origin, allow_redirects=False
    )
    return response.status, response.headers.get("Location", ""), await response.text()


async def test_files_that_are_handed_in_are_listed_and_wait_to_be_read(browser: Browser):
    status, target, _ = await handed(browser, ("Post.pdf", PDF), ("Zweite.pdf", PDF + b"2"))
    assert (status, target) == (303, "/scans?taken=2&known=0")
    listed = await browser.text(target)
    assert "2 files were taken" in listed
    assert "Post.pdf" in listed
    assert 'http-equiv="refresh"' in listed
    assert {scan.source for scan in await Scan.all()} == {ScanSource.UPLOAD}
    assert await Job.filter(kind="read-scan").count() == await Job.all().count() == 2
    assert (await handed(browser, ("Nochmals.pdf", PDF)))[1] == "/scans?taken=0&known=1"


async def test_letters_that_we_sent_are_handed_in_as_such(browser: Browser):
    await handed(browser, ("Ausgang.pdf", PDF), direction="outgoing")
    assert (await only_scan()).is_outgoing


async def test_what_is_no_scan_is_told_at_once_and_the_others_are_taken(browser: Browser):
    status, _, told = await handed(
        browser, ("Brief.docx", b"PK\3\4 a text"), ("leer.pdf", b""), ("Post.pdf", PDF)
    )
    assert status == 422
    assert "Brief.docx" in told
    assert "This is no PDF, TIFF, JPEG or PNG file." in told
    assert "This file is empty." in told
    assert (await only_scan()).name == "Post.pdf"


async def test_a_form_without_a_file_or_without_its_token_takes_nothing(browser: Browser):
    assert (await handed(browser))[0] == 422
    browser.token = "0" * 64
    assert (await handed(browser, ("Post.pdf", PDF)))[0] == 403
    assert not await Scan.exists()


async def test_nothing_is_left_on_the_disk_of_what_was_handed_in(browser: Browser, tmp_path: Path):
    await handed(browser, ("Post.pdf", PDF), ("Brief.docx", b"text"))
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert [name for name in left if not name.startswith("postbuch.db")] == []


async def test_a_scan_tells_how_far_it_is_and_a_rejected_one_why(browser: Browser, desk: DrawingDesk):
    kept = await desk.take(letter())
    await Scan.filter(id=kept.scan_id).update(state=ScanState.READING, pages=50, done=11)
    assert "Reading page 12 of 50" in await browser.text("/scans")
    await reject(kept.scan_id, "too-many-pages", {"pages": "10000", "most": "2000"})
    for path in ("/scans", f"/scans/{kept.scan_id}"):
        assert "too many pages: 10000, at most 2000" in await browser.text(path)
    response = await browser.post(f"/scans/{kept.scan_id}/again")
    assert response.status == 303
    assert (await only_scan()).state is ScanState.WAITING


async def test_a_scan_shows_its_letters_and_what_became_of_each_page(browser: Browser, desk: DrawingDesk):
    await firm("Muster Treuhand AG", "muster.example")
    more: Side = ([(20, 100, "Seite 2: die Beilage zum Angebot")], [])
    scan_id = await desk.file(letter(), more, SHEET, invoice(), ([], []))
    shown = await browser.text(f"/scans/{scan_id}")
    known, unknown = await entries_of(scan_id)
    assert f'href="/entries/{known.id}"' in shown
    assert f'href="/held/{unknown.id}"' in shown
    assert "Separator sheet" in shown
    assert "A blank page. It was dropped." in shown
    assert len(re.findall(r"picture\?size=small", shown)) == 5


async def test_the_pictures_the_pdf_and_the_file_of_a_letter_can_be_got(browser: Browser, desk: DrawingDesk):
    scan_id = await desk.file(letter(), ([(20, 100, "Beilage")], []))
    [made] = await Letter.all()
    for path in (f"/scans/{scan_id}/pages/2/picture", f"/letters/{made.id}/pages/2/picture"):
        response = await browser.get(path)
        assert response.content_type == "image/jpeg"
        assert response.headers["Cache-Control"] == "private, no-cache"
        with Image.open(BytesIO(await response.read())) as picture:
            assert picture.height > picture.width > 500
        again = await browser.get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status == 304
    small = await browser.get(f"/scans/{scan_id}/pages/1/picture?size=small")
    with Image.open(BytesIO(await small.read())) as picture:
        assert picture.height == 360
    pdf = await browser.get(f"/letters/{made.id}/pdf")
    assert "attachment" in pdf.headers["Content-Disposition"]
    assert len(PdfReader(BytesIO(await pdf.read())).pages) == 2
    original = await browser.get(f"/scans/{scan_id}/original")
    assert await original.read() == await _original()
    assert (await browser.get(f"/letters/{made.id}/pages/3/picture")).status == 404


async def _original() -> bytes:
    return await blobs.read((await only_scan()).digest)


async def test_a_letter_that_is_not_shown_yet_is_not_shown_by_its_scan_or_files_either(
    browser: Browser, desk: DrawingDesk, new_browser: NewBrowser
):
    other = await staff_member("Eva Graf", "eva@muster.ch")
    scan_id = await desk.file(letter(), staff_id=other.id)
    [made] = await Letter.all()
    paths = [
        f"/scans/{scan_id}",
        f"/scans/{scan_id}/original",
        f"/scans/{scan_id}/pages/1/picture",
        f"/letters/{made.id}/pages/1/picture",
        f"/letters/{made.id}/pdf",
    ]
    await Entry.filter(id__gt=0).update(visible_from=datetime.now(UTC) + timedelta(hours=1))
    for path in paths:
        assert (await browser.get(path)).status == 404, path
    assert (await browser.post(f"/scans/{scan_id}/pages/1/turn")).status == 404
    assert "scan.pdf" not in await browser.text("/scans")
    hers = await new_browser()
    await hers.log_in("eva@muster.ch")
    stranger = await new_browser()
    for path in paths:
        assert (await hers.get(path)).status == 200, path
        assert (await stranger.get(path)).status == 303, path


async def test_a_reader_looks_and_changes_nothing(desk: DrawingDesk, new_browser: NewBrowser):
    await staff_member("Leo Leser", "leo@muster.ch", AccessRole.READER)
    reader = await new_browser()
    await reader.log_in("leo@muster.ch")
    scan_id = await desk.file(letter(), ([(20, 100, "Beilage")], []))
    shown = await reader.text(f"/scans/{scan_id}")
    assert "/split" not in shown
    assert (await reader.post(f"/scans/{scan_id}/pages/2/split")).status == 403
    assert (await handed(reader, ("Post.pdf", PDF)))[0] == 403


async def test_a_batch_is_put_right_by_hand_and_the_journal_tells_it(browser: Browser, desk: DrawingDesk):
    scan_id = await desk.file(letter(), letter(("Eva Graf", "Seeweg 7", "6003 Luzern"), subject="Zweiter"))
    [whole] = await entries_of(scan_id)
    response = await browser.post(f"/scans/{scan_id}/pages/2/split")
    assert (response.status, response.headers["Location"]) == (303, f"/scans/{scan_id}#page-2")
    first, second = await entries_of(scan_id)
    assert (first.id, first.subject, second.subject) == (whole.id, "Offerte für das neue Dach", "Zweiter")
    made = await Letter.get(entry_id=second.id)
    await browser.post(f"/scans/{scan_id}/letters/{made.id}/direction", direction="outgoing")
    assert (await Entry.get(id=second.id)).direction is Direction.OUTGOING
    await browser.post(f"/scans/{scan_id}/letters/{made.id}/join")
    assert len(await entries_of(scan_id)) == 1
    await browser.post(f"/scans/{scan_id}/pages/2/drop")
    assert (await ScanPage.get(number=2)).dropped
    assert "This page was dropped." in await browser.text(f"/scans/{scan_id}")
    await browser.post(f"/scans/{scan_id}/pages/2/restore")
    assert not (await ScanPage.get(number=2)).dropped
    assert await Change.filter(subject="scan", subject_id=scan_id).count() >= 5
    gone = await browser.post(f"/scans/{scan_id}/pages/1/split")
    assert gone.status == 409
    assert "This cannot be done" in await gone.text()


async def test_a_page_that_is_turned_is_shown_so_with_its_marks(browser: Browser, desk: DrawingDesk):
    scan_id = await desk.file(letter())
    await browser.post(f"/scans/{scan_id}/pages/1/turn")
    assert (await ScanPage.get(number=1)).turned_by_hand == 90
    picture = await browser.get(f"/scans/{scan_id}/pages/1/picture")
    with Image.open(BytesIO(await picture.read())) as turned:
        assert turned.width > turned.height
    [entry] = await entries_of(scan_id)
    assert 'viewBox="0 0 297.0 210.0"' in await browser.text(f"/entries/{entry.id}")


async def test_the_entry_of_a_letter_shows_its_pages_and_marks_what_was_looked_for(
    browser: Browser, desk: DrawingDesk
):
    await firm("Muster Treuhand AG", "muster.example")
    scan_id = await desk.file(letter())
    [entry] = await entries_of(scan_id)
    found = await browser.text("/search?q=Angebot")
    assert f'href="/entries/{entry.id}?hits=Angebot"' in found
    shown = await browser.text(f"/entries/{entry.id}?hits=unser+Ange")
    assert "2 words are marked" in shown
    assert shown.count('class="hit"') == 2
    assert "What was read" in shown
    assert 'data-shows="field-1"' in shown
    assert 'class="hit"' not in await browser.text(f"/entries/{entry.id}")
    assert "stands on no page" in await browser.text(f"/entries/{entry.id}?hits=Zeppelin")


async def test_a_letter_stands_in_the_timeline_as_one(browser: Browser, desk: DrawingDesk):
    known = await firm("Muster Treuhand AG", "muster.example")
    await desk.file(letter())
    shown = await browser.text(f"/organisations/{known.id}")
    assert 'aria-label="Letter"' in shown
    assert "Letter · Incoming" in shown


async def test_a_held_letter_shows_its_page_with_what_speaks_for_whom(browser: Browser, desk: DrawingDesk):
    for _ in range(2):
        await firm("Keller & Söhne GmbH")
    scan_id = await desk.file(invoice())
    [entry] = await entries_of(scan_id)
    shown = await browser.text(f"/held/{entry.id}")
    assert f"/letters/{(await Letter.get(entry_id=entry.id)).id}/pages/1/picture" in shown
    assert re.search(r'class="mark speaks"[^>]*aria-label="[12, ]+ · Sender: Keller', shown)
    assert "Customer number" not in shown
    assert re.search(r"IBAN: CH9300762011623852957", shown)


async def test_a_firm_is_entered_from_its_letter_with_what_stands_on_it_and_undone(
    browser: Browser, desk: DrawingDesk
):
    scan_id = await desk.file(invoice())
    [entry] = await entries_of(scan_id)
    shown = await browser.text(f"/held/{entry.id}")
    values = dict(re.findall(r'name="(organisation|given_name|family_name)"[^>]* value="([^"]*)"', shown))
    takings = re.findall(r'name="(take-\d+)" value="yes" checked', shown)
    assert values["organisation"] == "Keller &amp; Söhne GmbH"
    assert len(takings) == 5
    fields = dict.fromkeys([*takings, "remember", "new_organisation"], "yes")
    [one] = await entry.participants.all()
    fields |= {"choice": "shared", "organisation": "Keller & Söhne GmbH", "participant": str(one.id)}
    response = await browser.post(f"/held/{entry.id}/decide", **fields)
    assert response.status == 303
    assert await held.count() == 0
    [made] = await Organisation.all()
    assert (await PostalAddress.get(organisation_id=made.id)).street == "Seeweg 7"
    assert (await PhoneNumber.get(organisation_id=made.id)).key.endswith("412103344")
    assert (await EmailAddress.get(organisation_id=made.id)).written == "info@keller-soehne.ch"
    numbers = await OrganisationNumber.filter(organisation_id=made.id)
    assert {one.value for one in numbers} == {"CH9300762011623852957", "CHE116281710"}
    await undoing.undo(by=(await staff_id()))
    assert await held.count() == 1
    for model in (Organisation, PostalAddress, PhoneNumber, EmailAddress, OrganisationNumber):
        assert not await model.exists(), model


async def staff_id() -> int:
    return int((await Staff.get(name="Rita Meier")).id)
