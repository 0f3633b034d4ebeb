"""postbuch print: sheets for the scanner, as PDF."""

from collections.abc import Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.commands.opening import Refused, run
from app.settings import read_settings
from mail.reply_card import CardSize
from outbound.sheets.printed import NotPrinted
from outbound.sheets.reply_card import sample_card as sample_of
from outbound.sheets.separator import MOST_COPIES
from outbound.sheets.separator import separator_sheets as sheets_of
from storage.secret_key import secret_key

commands = typer.Typer(no_args_is_help=True, help="Sheets for the scanner, as PDF.")


class Size(StrEnum):
    """How large a card is."""

    A6 = "a6"
    A5 = "a5"
    THIRD_OF_A4 = "third-of-a4"
    A4 = "a4"


class Language(StrEnum):
    """In which language a card is."""

    DE = "de"
    FR = "fr"
    IT = "it"
    EN = "en"


@commands.callback()
def _every_sheet() -> None:
    """Sheets for the scanner, as PDF."""


@commands.command()
def separator_sheets(
    *,
    to: Annotated[Path, typer.Option(help="The file.")],
    copies: Annotated[int, typer.Option(min=1, max=MOST_COPIES, help="How many sheets are in it.")] = 10,
) -> None:
    """Make separator sheets (A4): laid between letters, they part a batch that is scanned in one go.

    Example: postbuch print separator-sheets --copies 20 --to sheets.pdf
    """
    _write(to, sheets_of(copies, key=secret_key(read_settings().data_folder)))


@commands.command()
def sample_card(
    *,
    to: Annotated[Path, typer.Option(help="The file.")],
    size: Annotated[Size, typer.Option(help="How large it is.")] = Size.A6,
    language: Annotated[Language, typer.Option(help="In which language.")] = Language.DE,
) -> None:
    """Make a reply card to try printer and scanner with.

    Example: postbuch print sample-card --size a5 --to card.pdf
    """
    of_size = CardSize[size.name]
    _write(to, sample_of(of_size, language.value, key=secret_key(read_settings().data_folder)))


def _write(to: Path, printing: Coroutine[Any, Any, bytes]) -> None:
    try:
        to.write_bytes(run(printing))
    except NotPrinted as error:
        raise Refused(f"the PDF cannot be made: {error}") from None
    except OSError as error:
        raise Refused(f"{to}: {error.strerror}") from None
