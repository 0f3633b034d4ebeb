"""Silent mailboxes on the command line and in health: named to those on the machine, counted for all others."""

import json
from pathlib import Path

from app.health import health_of
from app.worker import Worker
from storage.connect import connected
from storage.jobs import TableQueue
from storage.schema import migrate
from tests.running import command
from tests.web.mailboxes import mailbox, silent


async def test_the_doctor_names_each_silent_mailbox_and_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        await mailbox(tmp_path, None, "Office")
        await mailbox(tmp_path, None, "Orders", **silent())
        await mailbox(tmp_path, None, "On leave", **silent() | {"paused": True})
    _, printed, _ = await command(tmp_path, "doctor", "--json")
    found = {one["about"]: one for one in json.loads(printed)}
    orders = found["mailbox 2 (Orders)"]
    assert orders["level"] == "warn"
    assert orders["text"] == "silent since 2026-11-03 09:30 UTC: The server refuses the password."
    assert "`postbuch mailbox test 2`" in orders["advice"]
    assert not [about for about in found if "Office" in about or "On leave" in about]


async def test_without_a_silent_mailbox_the_doctor_counts_them(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'postbuch.db'}"
    await migrate(url)
    async with connected(url):
        await mailbox(tmp_path, None)
        await mailbox(tmp_path, None, paused=True)
    _, printed, _ = await command(tmp_path, "doctor", "--json")
    found = {one["about"]: one for one in json.loads(printed)}
    assert (found["mailboxes"]["level"], found["mailboxes"]["text"]) == ("ok", "2, none is silent")


async def test_health_is_degraded_but_well_while_a_mailbox_is_silent(database: str, tmp_path: Path) -> None:
    check = health_of(Worker(TableQueue(), {}))
    assert (await check()).word == "ok"
    one = await mailbox(tmp_path, None, "Orders", **silent())
    health = await check()
    assert (health.ok, health.word, health.checks["mailboxes_silent"]) == (True, "degraded", 1)
    assert "Orders" not in str(health)
    await type(one).filter(id=one.id).update(alarmed_at=None)
    assert (await check()).word == "ok"
