"""Attachments are read by the service or by a command, and what is cut off is done anew."""

import asyncio
import smtplib
from pathlib import Path

from mail.address import Address
from storage import roster
from storage.attachment_texts import AttachmentText
from storage.connect import connected
from storage.jobs import Job, JobState, ReadAttachments
from tests.ingest.files.office_files import pdf
from tests.ingest.test_attachments import letter
from tests.running import Postbuch, command, running

SLOW = pdf(*["Seite " + "x " * 400] * 2900)


def send(service: Postbuch, raw: bytes) -> None:
    """Send a mail to the administrator's capture address."""
    with smtplib.SMTP("127.0.0.1", service.smtp_port, timeout=30) as smtp:
        smtp.sendmail("anna@muster.example", [service.capture_address], raw)


async def known() -> dict[str, str]:
    """Return what is known of files, by their names, in short."""
    return {one.names.split("\n")[0]: one.text[:8] for one in await AttachmentText.all()}


async def test_stopped_in_the_middle_of_a_file_the_service_ends_at_once_and_reads_it_another_time(
    database_url: str, tmp_path: Path
) -> None:
    settings = {"database_url": database_url, "attachments_text_characters": 1_000_000}
    async with running(tmp_path / "kept", **settings) as service, connected(database_url):
        send(service, letter({"lang.pdf": SLOW}))
        async with asyncio.timeout(60):
            while not await Job.filter(kind=ReadAttachments.kind, state=JobState.CLAIMED).count():
                await asyncio.sleep(0.02)
        async with asyncio.timeout(15):
            assert await service.stop() == 0
        assert not any('"level": "error"' in line for line in service.log)
        assert await Job.filter(state=JobState.CLAIMED).count() == 0
        assert await known() == {}
    async with running(tmp_path / "kept", **settings) as service, connected(database_url):
        await service.settled()
        assert await known() == {"lang.pdf": "Seite x "}


async def test_the_command_reads_what_an_import_without_a_service_has_filed(
    database_url: str, tmp_path: Path
) -> None:
    async with connected(database_url):
        await roster.add(roster.NewStaff(name="Eva", address=Address("eva", "firm.example")), by=None)
    for number in range(12):
        raw = letter({f"{number}.pdf": pdf(f"Nr. {number}")}, subject=f"Brief {number}")
        (tmp_path / f"{number}.eml").write_bytes(raw)
    code, printed, errors = await command(
        tmp_path, "import", "mail", str(tmp_path), database_url=database_url
    )
    assert (code, errors) == (0, ""), printed
    for arguments, printed in (
        ((), "Attachments of 12 mails read.\n"),
        ((), "All attachments are read already.\n"),
        (("--again",), "Attachments of 12 mails read.\n"),
    ):
        answer = await command(tmp_path, "attachments", "read", *arguments, database_url=database_url)
        assert answer == (0, printed, "")
    async with connected(database_url):
        assert await Job.all().count() == 0
        assert await known() == {f"{number}.pdf": f"Nr. {number}" for number in range(12)}
