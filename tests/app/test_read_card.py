"""Sheets are printed by command, and a ticked sample card is read by one."""

import json
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from mail.reply_card import CardSize
from mail.reply_code import RecipientKind, ReplyCode, ReplyPurpose
from outbound.sheets.reply_card import LANGUAGES, sample_layout
from tests.running import command

_DPI = 200
_A5 = ReplyCode(
    0, list(CardSize).index(CardSize.A5) * len(LANGUAGES), RecipientKind.NOBODY, ReplyPurpose.SAMPLE
)


def _ticked(card: Path, scan: Path, *choices: str) -> None:
    """Draw crosses on a printed card, and write it as a scan that lies upside down."""
    image = pypdfium2.PdfDocument(card)[0].render(scale=_DPI / 72, grayscale=True).to_pil()
    draw, per_mm, layout = ImageDraw.Draw(image), _DPI / 25.4, sample_layout(_A5)
    assert layout
    for box in (one.box for one in layout.boxes if one.choice in choices):
        left, top, right, bottom = (side * per_mm for side in (box.left, box.top, box.right, box.bottom))
        draw.line((left, top, right, bottom), fill=70, width=4)
        draw.line((left, bottom, right, top), fill=70, width=4)
    image.rotate(180).save(scan, dpi=(_DPI, _DPI))


async def test_a_sample_card_is_printed_ticked_scanned_and_read(tmp_path: Path) -> None:
    card, scan = tmp_path / "card.pdf", tmp_path / "scan.png"
    code, _, errors = await command(tmp_path, "print", "sample-card", "--size", "a5", "--to", str(card))
    assert code == 0, errors
    _ticked(card, scan, "no", "news", "offers")
    code, told, errors = await command(tmp_path, "read-card", str(scan))
    assert code == 0, errors
    (read,) = json.loads(told)["cards"]
    assert (read["page"], read["found"], read["sure"]) == (1, True, True)
    chosen = {question["name"]: question["chosen"] for question in read["questions"]}
    assert chosen == {"come": ["no"], "meal": [], "topics": ["news", "offers"]}


async def test_what_cannot_be_read_or_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    for arguments in (
        ("read-card", str(broken)),
        ("read-card", str(tmp_path / "none.pdf")),
        ("print", "separator-sheets", "--copies", "1", "--to", str(tmp_path / "no folder" / "x.pdf")),
    ):
        code, _, errors = await command(tmp_path, *arguments)
        assert (code, "Traceback" in errors) == (1, False), arguments
        assert errors.startswith("postbuch: "), errors
