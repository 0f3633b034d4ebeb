"""The process apart that makes a PDF: HTML comes by standard input, the PDF goes out.

Nothing is fetched, whatever the HTML names: no file of ours, no address on the network.
"""

import resource
import sys
from typing import Any

_MOST_MEMORY = 1024**3


def pdf_of(html: str, copies: int = 1) -> bytes:
    """Return HTML as PDF, its last page so many times."""
    import pydyf  # noqa: PLC0415 - slow to load, and only by the process apart
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    def repeat(document: Any, pdf: Any) -> None:
        # Copies share what is drawn: a hundred are made as quickly as one, and hardly longer.
        last = pdf.objects[pdf.pages["Kids"][-3]]
        for _ in range(copies - 1):
            pdf.add_page(pydyf.Dictionary(dict(last)))

    octets = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(finisher=repeat)
    assert isinstance(octets, bytes)
    return octets


def main() -> None:
    """Make one PDF; the argument is the number of copies."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    sys.stdout.buffer.write(pdf_of(sys.stdin.buffer.read().decode(), int(sys.argv[1])))


if __name__ == "__main__":
    main()
