"""What tests of letters may ask for."""

from pathlib import Path

import pytest

from tests.ingest.letters.standing_in import Desk


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Desk:
    """Where scans are taken and filed."""
    return Desk(tmp_path)
