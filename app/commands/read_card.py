"""postbuch read-card: what is ticked on scanned reply cards, as JSON."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from PIL import Image

from app.commands.opening import Refused, run
from app.settings import read_settings
from ingest.letters.reading import ReadPage, ScanReader, ScanRefused
from ingest.letters.ticks import ReadCard
from ingest.letters.ticks import read_card as ticks_of
from mail.letter import Box
from mail.reply_code import read
from outbound.sheets.reply_card import sample_layout
from storage.secret_key import secret_key


def read_card(
    file: Annotated[Path, typer.Argument(help="A scan: PDF, TIFF, JPEG or PNG.")],
) -> None:
    """Print what is ticked on sample cards of this installation, as JSON (docs/separators-and-cards.md).

    Example: postbuch read-card scan.pdf
    """
    key = secret_key(read_settings().data_folder)
    try:
        cards = run(_cards(file, key))
    except ScanRefused as error:
        raise Refused(f"{file}: the scan cannot be read ({error.code})") from None
    except OSError as error:
        raise Refused(f"{file}: {error.strerror or error}") from None
    typer.echo(json.dumps({"cards": cards}, ensure_ascii=False, indent=2))


async def _cards(file: Path, key: bytes) -> list[dict[str, Any]]:
    with TemporaryDirectory(prefix="postbuch-card-") as folder:
        async with ScanReader() as reader:
            return [card async for card in _told(reader.read(file, Path(folder)), key)]


async def _told(pages: AsyncIterator[ReadPage], key: bytes) -> AsyncIterator[dict[str, Any]]:
    async for one in pages:
        for code in one.page.codes:
            named = read(code.text, key=key)
            layout = sample_layout(named) if named else None
            if layout is not None:
                with Image.open(one.image) as image:
                    card = ticks_of(image, code, layout, one.page.width, one.page.height)
                yield {"page": one.page.number, **_as_json(card)}


def _as_json(card: ReadCard) -> dict[str, Any]:
    questions = [
        {
            "name": question.name,
            "chosen": list(question.chosen),
            "sure": question.is_sure,
            "boxes": [
                {
                    "choice": box.choice,
                    "state": box.state.value,
                    "confidence": round(box.confidence, 2),
                    "box": _rounded(box.box),
                }
                for box in question.boxes
            ],
        }
        for question in card.questions
    ]
    return {"found": card.is_found, "sure": card.is_sure, "questions": questions}


def _rounded(box: Box) -> dict[str, float]:
    return {name: round(value, 1) for name, value in asdict(box).items()}
