"""What is told of an entry's files, and how dangerous ones are handed out."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from ingest.attachments import ReadFiles
from ingest.files.apart import reading_apart
from ingest.files.limits import FILE_LIMITS
from storage.entries import Entry
from storage.jobs import ReadAttachments, TableQueue
from storage.messages import Message
from storage.staff import Staff
from tests.ingest.files.office_files import docx, pdf, zipped
from tests.mail.test_file_marks import PE
from tests.web.conftest import Browser
from tests.web.correspondence import entered

FILES = {
    "Offerte.pdf": pdf("Wärmepumpe"),
    "Rechnung.pdf.exe": PE,
    "Bild\u202egpj.exe": PE,
    "Pläne.zip": zipped({"plan/eg.dwg": "x" * 2000, "setup.exe": "x"}),
    "Vertrag.docx": docx("Kaufvertrag", more={"word/vbaProject.bin": b"x"}),
    "Brief.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}


async def with_files(files: dict[str, bytes]) -> Entry:
    """Enter a mail with files."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "anna@mueller.example", "rita@muster.ch", "Unterlagen"
    mail.set_content("Siehe Beilagen.")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return await entered(mail.as_bytes(), staff=await Staff.get(login="rita@muster.ch"), at=datetime.now(UTC))


async def read(entry: Entry) -> None:
    """Have the files of an entry read."""
    queue, message = TableQueue(), await Message.get(entry_id=entry.id)
    await queue.enqueue([ReadAttachments(message.id)])
    async with reading_apart(FILE_LIMITS) as reader:
        await ReadFiles(reader)(await queue.claim(10), queue=queue)


async def test_marks_stand_beside_the_files(browser: Browser):
    entry = await with_files(FILES)
    await read(entry)
    text = await browser.text(f"/entries/{entry.id}")
    for words in (
        "Misleading ending",
        "Program inside",
        "With macros",
        "Name partly backwards",
        "2 files inside",
    ):
        assert words in text
    assert "plan/eg.dwg" in text
    assert "\u202e" not in text
    assert f'href="/entries/{entry.id}/attachments/1" download' in text
    for number in (2, 3, 4, 5):
        assert f'href="/entries/{entry.id}/attachments/{number}/warning"' in text


async def test_before_anybody_has_looked_names_tell_already(browser: Browser):
    entry = await with_files(FILES)
    text = await browser.text(f"/entries/{entry.id}")
    assert "Misleading ending" in text
    assert "With macros" not in text


@pytest.mark.parametrize("is_read", [False, True])
async def test_a_dangerous_file_is_handed_out_only_after_the_warning(browser: Browser, is_read: bool):
    entry = await with_files({"Rechnung.pdf": PE})
    if is_read:
        await read(entry)
    path = f"/entries/{entry.id}/attachments/1"
    response = await browser.get(path)
    assert (response.status, response.headers["Location"]) == (303, f"{path}/warning")
    warning = await browser.text(f"{path}/warning")
    assert "Its content is of another kind than its name and type say." in warning
    assert f'method="post" action="{path}"' in warning
    answer = await browser.post(path)
    assert await answer.read() == PE
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_form_of_somebody_else_gets_no_dangerous_file(browser: Browser):
    entry = await with_files({"Rechnung.exe": PE})
    answer = await browser.client.post(
        f"/entries/{entry.id}/attachments/1", headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status == 403


async def test_a_harmless_file_needs_no_warning(browser: Browser):
    entry = await with_files({"Offerte.pdf": pdf("Text")})
    path = f"/entries/{entry.id}/attachments/1"
    assert (await browser.get(path)).status == 200
    assert (await browser.get(f"{path}/warning")).status == 303
    assert (await browser.get(f"/entries/{entry.id}/attachments/2/warning")).status == 404


async def test_a_search_says_in_which_attachment(browser: Browser):
    entry = await with_files(FILES)
    await read(entry)
    assert "In attachment Offerte.pdf" in await browser.text("/search?q=wärmepumpe")
    assert "In attachment" not in await browser.text("/search?q=beilagen")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"signature": "fits", "signer": "Anna", "by_author": True}, "Signed by Anna: the signature fits"),
        ({"signature": "fits", "signer": "", "signer_address": "x@y.example", "by_author": False},
         "The signer's address is not the sender's."),
        ({"signature": "does-not-fit", "signer": "Anna", "by_author": True}, "the signature does not fit"),
        ({"signature": "fits", "signer": "<b>Eve", "by_author": True}, "Signed by &lt;b&gt;Eve:"),
        ({"signature": "not-checked"}, "the signature was not checked"),
        ({"encrypted": True}, "Encrypted: it cannot be read here."),
    ],
)  # fmt: skip
async def test_a_signed_or_encrypted_mail_says_so(browser: Browser, told: dict[str, object], sentence: str):
    entry = await with_files({})
    security = {"standard": "smime", "encrypted": False, **told}
    await Entry.filter(id=entry.id).update(kind_fields={"security": security})
    assert sentence in await browser.text(f"/entries/{entry.id}")
