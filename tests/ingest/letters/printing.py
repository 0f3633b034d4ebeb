"""Letters printed for tests: a text becomes a PDF, and that a picture as a scanner would make it."""

import html
from pathlib import Path

import pypdfium2
import weasyprint
from PIL import Image

GERMAN = """Muster & Söhne AG · Bahnhofstrasse 12 · 8001 Zürich

Frau
Annegret Grossmüller
Hauptstrasse 5
3400 Burgdorf

Zürich, 12. März 2026

Ihre Anfrage vom 3. Februar

Sehr geehrte Frau Grossmüller,

vielen Dank für Ihr Schreiben vom 3. Februar. Wir bestätigen gerne, dass Ihre Bestellung am 5. März
ausgeliefert wurde. Die Rechnung finden Sie in der Beilage; wir bitten Sie, den Betrag innert dreissig Tagen
auf unser Konto zu überweisen. Sollten Sie Fragen haben, erreichen Sie uns jederzeit unter der Nummer oben.

Freundliche Grüsse
Jürg Käser"""


def printed(text: str, target: Path) -> Path:
    """Write *text* as a PDF of A4 pages."""
    page = f"""<!doctype html><style>@page {{ size: A4; margin: 22mm }}
        body {{ margin: 0; font: 12pt/1.4 "DejaVu Serif", "Liberation Serif", serif; white-space: pre-line }}</style>
        {html.escape(text)}"""
    weasyprint.HTML(string=page).write_pdf(target)
    return target


def scanned(pdf: Path, dpi: int = 200) -> Image.Image:
    """Return the first page of a PDF as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    return image
