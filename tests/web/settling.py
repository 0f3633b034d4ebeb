"""A queue of held mail, and somebody who settles it by the keyboard alone."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.async_api import Page, expect

from storage import directory_edits
from storage.correspondents import Organisation, OrganisationDomain, Person, Role
from storage.staff import Staff
from tests.matcher.people import letter
from tests.web.correspondence import NOON, entered

# What is pressed in turn: mostly who is proposed, now and then everything else.
_TURNS = ("1", "1", "d", "i", "1", "a", "n", "1", "x", "1")
PATIENCE = 60_000  # milliseconds


@dataclass(slots=True)
class Settled:
    """How long each decision took, in seconds: from the key until the next message could be read."""

    seconds: list[float] = field(default_factory=list)


async def queue_of(number: int, staff: Staff) -> None:
    """Enter so many held mails, each of somebody else, and those who may have written them."""
    firms = []
    for firm in range(number // 10 + 1):
        domain = (OrganisationDomain, {"domain": f"firma{firm}.example"})
        name = {"name": f"Firma {firm} AG"}
        firms.append(await directory_edits.add(Organisation, name, staff_id=None, belongings=[domain]))
    for one in range(number):
        names = {"given_name": f"Vera{one}", "family_name": f"Vogt{one}"}
        role = (Role, {"organisation_id": firms[one // 10].id})
        await directory_edits.add(Person, names, staff_id=None, belongings=[role])
        known = _TURNS[one % len(_TURNS)] in "1x"
        address = f"vv{one}@{'gmx.ch' if known else f'elsewhere{one}.example'}"
        raw = letter(f"Vera{one} Vogt{one} <{address}>", subject=f"Nummer {one}", text="Guten Tag\n" * 8)
        at = NOON - timedelta(minutes=one)
        await entered(raw, staff=staff, held="unknown-address", at=at)


async def settle(page: Page, number: int) -> Settled:
    """Decide all that waits by pressing keys, each time as soon as the next message is there."""
    settled, left = Settled(), number
    await page.goto("/held")
    while left:
        shown = page.locator("[data-shown]")
        known = await shown.get_attribute("data-shown")
        subject = await page.inner_text("[data-shown] h1")
        key = _TURNS[int(subject.split()[-1]) % len(_TURNS)]
        both = key == "x" and left > 1
        left -= 2 if both else 1
        begun = time.perf_counter()
        await _press(page, "both" if both else key)
        if left:
            await page.wait_for_selector(
                f'[data-shown]:not([data-shown="{known}"])', timeout=PATIENCE, state="attached"
            )
        settled.seconds.append(time.perf_counter() - begun)
    await page.wait_for_selector("text=Nothing waits", timeout=PATIENCE)
    return settled


async def _press(page: Page, key: str) -> None:
    if key == "n":
        await page.keyboard.press("n")
        await page.keyboard.press("Enter")
    elif key == "both":
        # The next one, too: tick it, come back, decide both.
        for each in ("j", "x", "k"):
            before = await page.get_attribute("[data-shown]", "data-shown")
            await page.keyboard.press(each)
            if each != "x":
                await page.wait_for_selector(f'[data-shown]:not([data-shown="{before}"])', timeout=PATIENCE)
        await page.keyboard.press("i")
    else:
        await page.keyboard.press("1" if key == "x" else key)


async def undo_all(page: Page, decisions: int) -> None:
    """Undo decisions one by one, by pressing a key."""
    for _ in range(decisions):
        before = await page.inner_text("[data-waiting]")
        await page.keyboard.press("u")
        await expect(page.locator("[data-waiting]")).not_to_have_text(before, timeout=PATIENCE)
