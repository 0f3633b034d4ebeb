"""Sheets to print, for programs: separator sheets and a sample reply card."""

from typing import Literal

from aiohttp import web
from pydantic import Field

from outbound.sheets.reply_card import sample_card
from outbound.sheets.separator import MOST_COPIES, separator_sheets
from web.api.fields import Given
from web.api.operation import Area
from web.config import CONFIG
from web.rights import Right
from web.session import STAFF
from web.sheets import PDF, SIZES, or_later, pdf_response

area = Area("sheets", "What is printed for the scanner.")


class HowManySheets(Given):
    """How many sheets."""

    copies: int = Field(10, ge=1, le=MOST_COPIES, strict=False, description="how many sheets are in the file")


class WhichCard(Given):
    """What card."""

    size: Literal["a6", "a5", "third-of-a4", "a4"] = Field("a6", description="how large the card is")
    language: Literal["de", "fr", "it", "en"] | None = Field(
        None, description="without one, that of the token's owner"
    )


@area.operation("GET", "/sheets/separator", Right.EDIT, gives=PDF)
async def print_separator_sheets(request: web.Request, query: HowManySheets) -> web.StreamResponse:
    """Fetch separator sheets as PDF: a batch that is scanned in one go is parted at them"""
    printing = separator_sheets(query.copies, key=request.app[CONFIG].secret_key)
    return pdf_response(await or_later(printing), "postbuch-separator-sheets")


@area.operation("GET", "/sheets/sample-card", Right.EDIT, gives=PDF)
async def print_sample_card(request: web.Request, query: WhichCard) -> web.StreamResponse:
    """Fetch a reply card as PDF, to try printer and scanner with"""
    language = query.language or request[STAFF].language
    printing = sample_card(SIZES[query.size], language, key=request.app[CONFIG].secret_key)
    return pdf_response(await or_later(printing), "postbuch-sample-card")
