"""The separator sheet: laid between letters, so that a batch that is scanned in one go is parted there."""

from mail.separator import separator_text
from outbound.sheets.drawing import drawn
from outbound.sheets.printed import printed

MOST_COPIES = 100


async def separator_sheets(copies: int, *, key: bytes) -> bytes:
    """Return a PDF of so many sheets, 1 to `MOST_COPIES`; `NotPrinted` if it cannot be made."""
    if not 1 <= copies <= MOST_COPIES:
        raise ValueError(f"from 1 to {MOST_COPIES} sheets")
    return await printed(drawn("separator.html", text=separator_text(key=key)), copies=copies)
