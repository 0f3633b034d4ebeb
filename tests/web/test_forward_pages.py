"""What was read from a forward, told on the entry's page; and taking it the other way."""

from storage.entries import Entry
from storage.staff import AccessRole
from tests.ingest.office import opened
from tests.ingest.test_filing_forwards import forward
from tests.matcher.people import capture_address, colleague
from tests.web.conftest import Browser, NewBrowser, staff_member


async def forwarded() -> Entry:
    """Enter the original of a forward."""
    eva = await colleague("eva@firma.example")
    await capture_address(eva)
    async with opened() as office:
        (entry,) = await office.enter(forward(), staff=eva.id)
    return entry


async def test_a_forward_is_taken_as_own_mail_and_back(browser: Browser):
    path = f"/entries/{(await forwarded()).id}"
    text = await browser.text(path)
    assert "eva@firma.example forwarded this mail." in text
    assert "were read from the text of the forward" in text
    assert "Bitte ablegen." in text
    response = await browser.post(f"{path}/own-mail")
    assert (response.status, response.headers["Location"]) == (303, path)
    text = await browser.text(path)
    assert "<h1>WG: Offerte Lüftung</h1>" in text
    assert "This is a forward by eva@firma.example, taken as their own mail." in text
    assert (await browser.post(f"{path}/own-mail")).status == 404
    await browser.post(f"{path}/original")
    assert "<h1>Offerte Lüftung</h1>" in await browser.text(path)


async def test_who_may_only_look_is_offered_nothing(new_browser: NewBrowser):
    await staff_member("Leo Leser", "leo@muster.ch", AccessRole.READER)
    entry, browser = await forwarded(), await new_browser()
    await browser.log_in("leo@muster.ch")
    assert "own-mail" not in await browser.text(f"/entries/{entry.id}")
