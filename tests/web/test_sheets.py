"""Sheets to print, in the pages and by the API."""

import pytest

from storage.staff import AccessRole
from tests.web.conftest import Browser, NewBrowser, staff_member


async def test_staff_print_sheets(browser: Browser):
    for path in ("/scans/separator-sheets.pdf?copies=2", "/scans/sample-card.pdf?size=a5"):
        response = await browser.get(path)
        assert (response.status, response.content_type) == (200, "application/pdf"), path
        assert (await response.read()).startswith(b"%PDF-")
        assert "Content-Disposition" in response.headers


@pytest.mark.parametrize(
    "path",
    [
        *(f"/scans/separator-sheets.pdf?copies={copies}" for copies in ("0", "101", "-1", "x", "9" * 5000)),
        "/scans/sample-card.pdf?size=a0",
    ],
    ids=lambda path: path[:40],
)
async def test_there_are_no_other_sheets(browser: Browser, path: str):
    assert (await browser.get(path)).status == 404


async def test_readers_print_none(new_browser: NewBrowser):
    await staff_member("Leo Leser", "leo@muster.ch", AccessRole.READER)
    reader = await new_browser()
    await reader.log_in("leo@muster.ch")
    assert (await reader.get("/scans/separator-sheets.pdf")).status == 403
