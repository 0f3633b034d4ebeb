"""What ocrmypdf makes of the same files: its text of each page, and how long that takes."""

import subprocess
import time
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_PROGRAM: Final = _ROOT / ".cache" / "ocrmypdf" / "bin" / "ocrmypdf"
LANGUAGES: Final = "deu+fra+ita+eng"
JOBS: Final = 2


def prepare() -> None:
    """Install it in an environment of its own, where it is missing."""
    subprocess.run([_ROOT / "scripts" / "letter-reference"], check=True)


def read(scan: Path, folder: Path) -> tuple[list[str], float]:
    """Return the text of each page as it reads it, and the seconds that took; its PDF is left in a folder."""
    sidecar = folder / f"{scan.stem}.txt"
    begun = time.perf_counter()
    subprocess.run(
        [
            *(str(_PROGRAM), "--quiet", "--jobs", str(JOBS), "--deskew", "-l", LANGUAGES),
            *("--sidecar", str(sidecar), str(scan), str(folder / f"{scan.stem}.pdf")),
        ],
        check=True,
    )
    seconds = time.perf_counter() - begun
    return sidecar.read_text(encoding="utf-8").removesuffix("\f").split("\f"), seconds
