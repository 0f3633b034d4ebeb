"""What is left out, for programs: rules, preview, counts, quarantine, taking back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.filing import file_messages
from ingest.source import Accept, CaptureNote, RawMessage
from storage import blobs
from storage.entries import Entry
from storage.jobs import TableQueue
from storage.leaving_out import LeftOutCount, LeftOutReason
from storage.messages import CaptureSource, Message
from storage.staff import AccessRole, Staff
from tests.web.api.conftest import NewProgram, Program
from tests.web.correspondence import mail

RULES: dict[str, Any] = {
    "among_staff": True,
    "private_words": ["privat", "private", "privé", "privato"],
    "sensitivity": "none",
    "blocked": [],
    "quarantine_hours": 0,
}
RAW = {"headers": {"Content-Type": "message/rfc822"}}


@pytest.fixture
async def administrator(new_program: NewProgram) -> Program:
    """A program of an administrator."""
    return await new_program(AccessRole.ADMINISTRATOR)


async def filed(accept: Accept, raw: bytes, staff: Staff | None) -> None:
    """Accept a mail that somebody captured, and file it."""
    assert staff
    note = CaptureNote(CaptureSource.SMTP, staff.id, None, "", (), "", authenticated=True)
    await accept(RawMessage(raw, blobs.digest_of(raw), len(raw), (note,), datetime.now(UTC)))
    await work()


async def work() -> None:
    """File what waits."""
    queue = TableQueue()
    jobs = [job for job in await queue.claim(100) if job.payload.kind == "file-message"]
    await file_messages(jobs, queue=queue, secret=b"k" * 32)


async def test_rules_are_shown_and_set(administrator: Program):
    assert await administrator.got("/left-out/rules") == RULES
    new = RULES | {
        "private_words": ["#geheim", "geheim", " "],
        "sensitivity": "private",
        "blocked": ["Anna@MÜLLER.example", "*.holz.example"],
        "quarantine_hours": 48,
    }
    kept = new | {"private_words": ["geheim"], "blocked": ["anna@xn--mller-kva.example", "holz.example"]}
    assert await administrator.done("PUT", "/left-out/rules", json=new) == kept
    assert await administrator.got("/left-out/rules") == kept


async def test_wrong_rules_are_told(administrator: Program):
    for name, value in (
        ("blocked", ["nobody"]),
        ("private_words", ["x" * 51]),
        ("quarantine_hours", 721),
        ("sensitivity", "some"),
        ("another", 1),
    ):
        problem = await administrator.problem("PUT", "/left-out/rules", json=RULES | {name: value})
        assert (problem.status, problem.errors[0]["pointer"]) == (422, f"/{name}"), name
    assert await administrator.got("/left-out/rules") == RULES


async def test_a_preview_tells_what_would_not_be_there(administrator: Program, accept: Accept):
    await filed(accept, mail("Offerte"), administrator.staff)
    await filed(accept, mail("Essen #geheim"), administrator.staff)
    told = await administrator.done("POST", "/left-out/preview", json=RULES | {"private_words": ["geheim"]})
    entry = await Entry.get(subject="Essen #geheim")
    assert told["looked_at"] == 2
    assert [(row["id"], row["subject"], row["rule"]) for row in told["rows"]] == [
        (entry.id, "Essen #geheim", "marked-private")
    ]
    assert await administrator.got("/left-out/rules") == RULES


async def test_counts_are_told(administrator: Program):
    await LeftOutCount.create(day="2026-03-03", rule=LeftOutReason.BLOCKED, number=7)
    told = await administrator.got("/left-out/counts")
    assert told == {"rows": [{"month": "2026-03-01", "rule": "blocked", "number": 7}]}


async def test_a_mail_that_a_rule_leaves_out_is_not_there_afterwards(program: Program, accept: Accept):
    raw = mail("Essen #privat")
    handed_in = await program.done("POST", "/messages", status=202, data=raw, **RAW)
    await work()
    assert (await program.problem("GET", f"/messages/{handed_in['id']}")).status == 404
    assert await Message.all().count() == 0


async def test_quarantine_is_shown_to_who_captured_it_and_taken_back(
    program: Program, administrator: Program, accept: Accept
):
    await filed(accept, mail("Geheim"), program.staff)
    entry, message = await Entry.get(), await Message.get()
    until = datetime.now(UTC) + timedelta(hours=1)
    await Entry.filter(id=entry.id).update(visible_from=until)
    (row,) = (await program.got("/quarantine"))["rows"]
    assert datetime.fromisoformat(row["visible_from"]) == until
    assert (await administrator.got("/quarantine"))["rows"] == []
    for other, status in ((administrator, 404), (program, 200)):
        for path in (f"/entries/{entry.id}", f"/messages/{message.id}", f"/messages/{message.id}/raw"):
            assert (await other.call("GET", path)).status == status, path
        assert (await other.got("/entries"))["rows"] == []
    assert (await administrator.problem("POST", f"/entries/{entry.id}/take-back")).status == 404
    await program.done("POST", f"/entries/{entry.id}/take-back", status=204)
    assert (await program.problem("GET", f"/entries/{entry.id}")).status == 404
    assert await Message.all().count() == 0


async def test_what_somebody_else_captured_is_not_ones_own_to_take_back(
    program: Program, administrator: Program, accept: Accept
):
    await filed(accept, mail("Offerte"), administrator.staff)
    entry = await Entry.get()
    problem = await program.problem("POST", f"/entries/{entry.id}/take-back")
    assert problem.status == 403
    assert await Entry.exists(id=entry.id)
