"""How does a letter go for good?  With its pages and their files; the original goes with the first of its letters.

In the caller's transaction.  What stays of the scan is the row that names the file by its digest, so
that it is not taken once more.
"""

from collections.abc import Collection

from storage.blobs import BlobPart
from storage.by_hand import rows_among
from storage.scans import Letter, Scan, ScanPage


async def letters_of(entry_id: int) -> list[Letter]:
    """Return the letters of which an entry was made."""
    return await Letter.filter(entry_id=entry_id).order_by("id")


async def forget_letters(entry_id: int) -> None:
    """Delete the letters of an entry, and pages of their scans that no letter has: they may be theirs."""
    for letter in await letters_of(entry_id):
        scan_id = letter.scan_id
        pages = await ScanPage.filter(scan_id=scan_id).only("id", "letter_id", "image", "searchable")
        gone = [page for page in pages if page.letter_id in (letter.id, None)]
        await ScanPage.filter(id__in=[page.id for page in gone]).delete()
        await letter.delete()
        scan = await Scan.get(id=scan_id)
        files = {digest for page in gone for digest in (page.image, page.searchable)}
        await _forget_files(files | {scan.digest})
        left = await Letter.filter(scan_id=scan_id).exists()
        await Scan.filter(id=scan_id).update(
            has_original=False, name=scan.name if left else "", sender=scan.sender if left else ""
        )


async def _forget_files(digests: Collection[str]) -> None:
    """Delete blobs, but those that another page has too."""
    kept: set[str] = set()
    for column in ("image", "searchable"):
        found = await rows_among(
            f"SELECT DISTINCT p.{column} AS digest FROM scan_page p WHERE {{among}}",  # noqa: S608 - ours
            f"p.{column}",
            digests,
        )
        kept |= {row["digest"] for row in found}
    await BlobPart.filter(digest__in=[digest for digest in digests if digest not in kept]).delete()
