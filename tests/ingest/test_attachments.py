"""What attached files say is found, the entry with it, and nothing waits for it."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

import pytest

from history.timeline import Filters, recent
from ingest.attachments import ReadFiles
from ingest.files.apart import reading_apart
from ingest.files.limits import FILE_LIMITS
from storage.attachment_texts import AttachmentText
from storage.entries import Attachment, Entry
from storage.jobs import Job, ReadAttachments, TableQueue
from tests.ingest.files.office_files import docx, pdf
from tests.ingest.office import Office

pytestmark = pytest.mark.usefixtures("eva")
_QUEUE = TableQueue(only=frozenset({ReadAttachments.kind}))


def letter(files: dict[str, bytes], *, subject: str = "Unterlagen", text: str = "Siehe Beilagen.") -> bytes:
    """Return a mail with files, their types by their names as mail programs guess them."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "anna@muster.example", "eva@firm.example", subject
    mail["Message-ID"] = f"<{subject.encode().hex()}@muster.example>"
    mail.set_content(text)
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@pytest.fixture
async def read_files() -> AsyncIterator[ReadFiles]:
    """Reads files in a process apart."""
    async with reading_apart(FILE_LIMITS) as reader:
        yield ReadFiles(reader)


async def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return subjects of the entries that are found, and in which files."""
    return [(line.subject, line.found_in) for line in (await recent(filters=Filters(text=text))).entries]


async def test_what_stands_in_an_attachment_finds_its_entry(office: Office, read_files: ReadFiles) -> None:
    files = {
        "Offerte 2026.pdf": pdf("Wärmepumpe Modell ZX81"),
        "Beilage.docx": docx("Garantie für zehn Jahre"),
    }
    await office.enter(letter(files), letter({}, subject="Anderes", text="Nichts."))
    assert await found("wärmepumpe") == []
    await read_files(await _QUEUE.claim(10), queue=_QUEUE)
    assert await found("Wärmepumpe zx8") == [("Unterlagen", ("Offerte 2026.pdf",))]
    assert await found("zehn garantie") == [("Unterlagen", ("Beilage.docx",))]
    assert await found("beilagen") == [("Unterlagen", ())]
    assert await found("garantie wärmepumpe") == []
    assert await Job.all().count() == 0


async def test_a_file_is_found_by_its_name_and_by_a_word_of_it(office: Office, read_files: ReadFiles) -> None:
    await office.enter(letter({"Rahmenvertrag-2026_final.pdf": pdf("Text")}))
    await read_files(await _QUEUE.claim(10), queue=_QUEUE)
    for text in ("Rahmenvertrag-2026_final.pdf", "rahmenvertrag", "final", "2026 final"):
        assert await found(text) == [("Unterlagen", ("Rahmenvertrag-2026_final.pdf",))], text


async def test_equal_files_are_read_once(office: Office, read_files: ReadFiles) -> None:
    content = pdf("Preisliste")
    await office.enter(
        letter({"a.pdf": content, "b.pdf": content}), letter({"c.pdf": content}, subject="Zwei")
    )
    await read_files(await _QUEUE.claim(10), queue=_QUEUE)
    assert await AttachmentText.all().count() == 1
    assert await found("preisliste") == [("Zwei", ("c.pdf",)), ("Unterlagen", ("a.pdf", "b.pdf"))]


async def test_a_job_that_is_done_twice_changes_nothing(office: Office, read_files: ReadFiles) -> None:
    (entry,) = await office.enter(letter({"a.pdf": pdf("Preisliste")}))
    jobs = await _QUEUE.claim(10)
    await read_files([*jobs, *jobs], queue=_QUEUE)
    assert await AttachmentText.all().count() == 1
    assert (await AttachmentText.get()).names == "a.pdf\na pdf"
    assert (await Attachment.get()).entry_id == entry.id


async def test_the_text_goes_with_the_last_entry_that_has_the_file(
    office: Office, read_files: ReadFiles
) -> None:
    content = pdf("Preisliste")
    first, second = await office.enter(letter({"a.pdf": content}), letter({"c.pdf": content}, subject="Zwei"))
    await read_files(await _QUEUE.claim(10), queue=_QUEUE)
    await Entry.filter(id=first.id).delete()
    assert await found("preisliste") == [("Zwei", ("c.pdf",))]
    await Entry.filter(id=second.id).delete()
    assert await AttachmentText.all().count() == 0
    assert await found("preisliste") == []


async def test_a_job_whose_message_is_gone_is_done(office: Office, read_files: ReadFiles) -> None:
    await _QUEUE.enqueue([ReadAttachments(4711)])
    await read_files(await _QUEUE.claim(10), queue=_QUEUE)
    assert await Job.all().count() == 0


async def test_a_picture_within_the_text_is_no_work(office: Office) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "anna@muster.example", "eva@firm.example"
    mail.set_content('<p>Gruss <img src="cid:logo"></p>', subtype="html")
    mail.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<logo>", disposition="inline")
    await office.enter(mail.as_bytes())
    assert await Job.all().count() == 0
