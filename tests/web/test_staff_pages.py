"""Staff, one's own account, capture addresses, tokens, and the system page."""

import re

from storage import capturing, logins, roster
from storage.jobs import Claimed, FileMessage, Job, JobState, TableQueue
from storage.staff import AccessRole, ApiToken, Staff, StaffAddress
from tests.web.conftest import PASSWORD, Browser, NewBrowser, staff_member
from web.password import hashed


async def test_the_first_login_leads_to_ones_own_capture_address(new_browser: NewBrowser):
    await roster.first_administrator(await hashed("printed once"))
    browser = await new_browser()
    assert (await browser.log_in("admin", "printed once")).headers["Location"] == "/"
    browser.token = re.findall(r'form_token" value="(\w+)"', await browser.text("/welcome"))[0]
    response = await browser.post(
        "/welcome",
        name="Rita Meier",
        address="rita@muster.ch",
        language="en",
        password=PASSWORD,
        again=PASSWORD,
    )
    assert response.headers["Location"] == "/account/capture"
    staff = await Staff.get()
    (address,) = await capturing.list_for(staff.id)
    text = await browser.text("/account/capture")
    assert address.key in text
    card = await (await browser.get(f"/account/capture/{address.id}.vcf")).text()
    assert f"EMAIL:{address.key}\r\n" in card
    again = await new_browser()
    assert (await again.log_in("rita@muster.ch")).status == 303
    assert (await (await new_browser()).log_in("admin")).status == 303


async def test_the_first_login_asks_again_for_what_is_missing(new_browser: NewBrowser):
    await roster.first_administrator(await hashed("printed once"))
    browser = await new_browser()
    await browser.log_in("admin", "printed once")
    browser.token = re.findall(r'form_token" value="(\w+)"', await browser.text("/welcome"))[0]
    response = await browser.post("/welcome", name="Rita", address="rita", password="short", again="other")
    text = await response.text()
    assert response.status == 422
    assert "4 fields" not in text
    assert "3 fields are not right yet." in text
    assert (await Staff.get()).password_is_temporary


async def test_a_colleague_is_added_and_logs_in_with_the_password_shown(
    administrators: Browser, new_browser: NewBrowser
):
    response = await administrators.post(
        "/staff/new", name="Leo Neu", address="leo@muster.ch", access="reader", language="fr"
    )
    shown = re.findall(r"<code>([^<]+)</code>", await response.text())
    assert shown[0] == "leo@muster.ch"
    browser = await new_browser()
    assert (await browser.log_in("leo@muster.ch", shown[1])).status == 303
    assert "Bienvenue" in await browser.text("/welcome")
    assert (await Staff.get(login="leo@muster.ch")).access is AccessRole.READER


async def test_an_address_belongs_to_one_colleague(administrators: Browser):
    response = await administrators.post("/staff/new", name="Double", address="URS@muster.ch")
    assert "Somebody else here has this address." in await response.text()


async def test_who_leaves_can_no_longer_log_in_and_stays_in_the_list(
    administrators: Browser, new_browser: NewBrowser
):
    staff = await staff_member()
    token = await logins.make_api_token(staff.id, "ERP")
    assert (await administrators.post(f"/staff/{staff.id}/leave")).status == 303
    assert (await (await new_browser()).log_in("rita@muster.ch")).status == 401
    assert await logins.api_token_of(token) is None
    assert "Rita Meier" in await administrators.text("/staff")


async def test_the_last_administrator_stays_one(administrators: Browser):
    staff = await Staff.get(login="urs@muster.ch")
    for path, fields in (("access", {"access": "reader"}), ("leave", {})):
        response = await administrators.post(f"/staff/{staff.id}/{path}", **fields)
        assert response.status == 409
        assert "only administrator" in await response.text()


async def test_a_forgotten_password_is_replaced_by_a_temporary_one(
    administrators: Browser, new_browser: NewBrowser
):
    staff = await staff_member()
    response = await administrators.post(f"/staff/{staff.id}/password")
    shown = re.findall(r"<code>([^<]+)</code>", await response.text())
    browser = await new_browser()
    assert (await browser.log_in("rita@muster.ch")).status == 401
    assert (await browser.log_in("rita@muster.ch", shown[1])).status == 303
    assert (await browser.get("/")).headers["Location"] == "/welcome"


async def test_changing_the_password_ends_the_other_logins(browser: Browser, new_browser: NewBrowser):
    other = await new_browser()
    await other.log_in("rita@muster.ch")
    wrong = await browser.post(
        "/account/password", current="x", password="new words here", again="new words here"
    )
    assert "This is not your password." in await wrong.text()
    right = await browser.post(
        "/account/password", current=PASSWORD, password="new words here", again="new words here"
    )
    assert right.status == 303
    assert (await browser.get("/account")).status == 200
    assert (await other.get("/account")).status == 303


async def test_a_capture_address_is_replaced_with_an_overlap_and_revoked(browser: Browser):
    staff = await Staff.get()
    await browser.post("/account/capture/new")
    await browser.post("/account/capture/rotate")
    addresses = await capturing.list_for(staff.id)
    assert sorted(one.valid_until is None for one in addresses) == [False, True]
    for one in addresses:
        await browser.post(f"/account/capture/{one.id}/revoke")
    assert "You have none just now" in await browser.text("/account/capture")


async def test_nobody_revokes_the_capture_address_of_another(browser: Browser):
    other = await staff_member("Urs Frei", "urs@muster.ch")
    address = await capturing.make_for(other.id, "postbuch.test")
    assert (await browser.post(f"/account/capture/{address.id}/revoke")).status == 404
    assert (await browser.get(f"/account/capture/{address.id}.vcf")).status == 404


async def test_an_api_token_is_shown_once_and_revoked(browser: Browser):
    response = await browser.post("/account/tokens/new", token_name="ERP")
    shown = re.findall(r"<code>(pb_[^<]+)</code>", await response.text())
    assert await logins.api_token_of(shown[0]) is not None
    assert shown[0] not in await browser.text("/account")
    await browser.post(f"/account/tokens/{(await ApiToken.get()).id}/revoke")
    assert await logins.api_token_of(shown[0]) is None


async def test_own_addresses_are_added_and_removed(browser: Browser):
    await browser.post("/account/addresses/new", address="r.meier@muster.ch")
    added = await StaffAddress.get(key="r.meier@muster.ch")
    await browser.post(f"/account/addresses/{added.id}/remove")
    assert not await StaffAddress.filter(key="r.meier@muster.ch").exists()


async def test_the_language_of_ones_account_is_the_language_of_the_pages(browser: Browser):
    for language, word in (("de", "Organisationen"), ("fr", "Organisations"), ("it", "Organizzazioni")):
        await browser.post("/account", name="Rita Meier", language=language)
        text = await browser.text("/organisations")
        assert f'<html lang="{language}">' in text
        assert f"<h1>{word}</h1>" in text


async def test_before_the_login_the_browsers_language_holds_or_the_one_chosen(new_browser: NewBrowser):
    browser = await new_browser()
    asked = await browser.get("/login", headers={"Accept-Language": "pt, fr-CH;q=0.9, de;q=0.8"})
    assert '<html lang="fr">' in await asked.text()
    assert '<html lang="it">' in await browser.text("/login?language=it")
    assert '<html lang="en">' in await browser.text("/login?language=xx")


async def test_a_job_that_was_given_up_is_tried_again(administrators: Browser):
    queue = TableQueue()
    await queue.enqueue([FileMessage(1)])
    job = await Job.get()
    await queue.dead(Claimed(job.id, FileMessage(1), 3), "ValueError")
    text = await administrators.text("/system")
    assert "file-message:1" in text
    assert "ValueError" in text
    await administrators.post("/system/retry", job=str(job.id))
    assert (await Job.get()).state is JobState.READY
