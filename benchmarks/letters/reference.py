"""What ocrmypdf makes of the same files: its text of each page, and how long that takes."""

import subprocess
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_PROGRAM: Final = _ROOT / ".cache" / "ocrmypdf" / "bin" / "ocrmypdf"
LANGUAGES: Final = "deu+fra+ita+eng"
JOBS: Final = 2
_PATIENCE: Final = "3600"  # seconds


def prepare() -> None:
    """Install it in an environment of its own, where it is missing."""
    subprocess.run([_ROOT / "scripts" / "letter-reference"], check=True)


def read(scan: Path, folder: Path, *, jobs: int = JOBS) -> list[str]:
    """Return the text of each page as it reads it; its PDF is left in a folder."""
    sidecar = folder / f"{scan.stem}.txt"
    subprocess.run(
        [
            *(str(_PROGRAM), "--quiet", "--jobs", str(jobs), "--deskew", "-l", LANGUAGES),
            # On a busy machine a page must not be given up that it would read on a quiet one.
            *("--tesseract-timeout", _PATIENCE, "--tesseract-non-ocr-timeout", _PATIENCE),
            *("--sidecar", str(sidecar), str(scan), str(folder / f"{scan.stem}.pdf")),
        ],
        check=True,
    )
    return sidecar.read_text(encoding="utf-8").removesuffix("\f").split("\f")
