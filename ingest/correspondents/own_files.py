"""By what do files of our own installation tell who is meant, and where do files lie until they are imported?"""

import hmac
import time
from pathlib import Path

_FOLDER = "imports"
_KEPT_SECONDS = 30 * 24 * 3600


def own_tag(secret: bytes) -> str:
    """Return what tells the installation of *secret* from others in files of ours."""
    return hmac.digest(secret, b"correspondents", "sha256").hex()[:8]


def folder_of(data_folder: Path) -> Path:
    """Return where files lie that were handed in, and remove those that nobody imported for long."""
    folder = data_folder / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
            path.unlink(missing_ok=True)
    return folder


def path_of(data_folder: Path, name: str) -> Path:
    """Return where a file lies that was handed in."""
    return data_folder / _FOLDER / Path(name).name
