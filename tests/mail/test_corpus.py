"""Mails of the real world, where CORPUS_DIR names a folder of them: each is read, quickly and wholly."""

import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from mail.contents import walk
from mail.defects import Defects
from mail.limits import LIMITS
from mail.parse import attachment_content, parse
from mail.structure import read_structure
from tests.mail.test_properties import assert_content

SECONDS = 2.0
SETS = ["mime/core", "mime/mixed", "mime/torture", "mime/samples", "mime/clients", "replies", "forwards", "bounces",
        "tnef", "auto-replies"]  # fmt: skip


def files(folder: Path) -> Iterator[Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return (path for path in found if path.suffix not in (".json", ".xml", ".md"))


@pytest.mark.parametrize("name", SETS)
def test_each_mail_is_read_without_fail_and_in_time(name: str, corpus_dir: Path) -> None:
    read = 0
    for path in files(corpus_dir / name):
        raw = path.read_bytes()
        started = time.process_time()
        message = parse(raw)
        assert time.process_time() - started < SECONDS, path
        for attachment in message.attachments[:20]:
            assert_content(raw, attachment)
        read += 1
    assert read > 0


@pytest.mark.parametrize("name", ["mime/core", "mime/mixed", "mime/samples"])
def test_each_mail_cut_off_is_read(name: str, corpus_dir: Path) -> None:
    for path in files(corpus_dir / name):
        raw = path.read_bytes()[:200_000]
        for end in range(0, len(raw), max(1, len(raw) // 12)):
            message = parse(raw[:end])
            for attachment in message.attachments[:2]:
                assert len(attachment_content(raw[:end], attachment.number)) == attachment.size


def test_the_parts_are_those_that_another_reader_finds(corpus_dir: Path) -> None:
    differing: dict[str, tuple[int, int]] = {}
    pairs = [(path, path.with_name(f"{path.stem}_decoded.xml")) for path in files(corpus_dir / "mime/core")]
    for path, shown in pairs:
        raw = path.read_bytes()
        root = read_structure(raw, LIMITS, Defects())
        ours = sum(not part.is_multipart for part in walk(root))
        theirs = _leaves(ET.fromstring(shown.read_bytes()))
        if ours != theirs:
            differing[path.stem] = (ours, theirs)
    assert len(pairs) > 20
    assert not differing


def _leaves(entity: ET.Element) -> int:
    """Return how many parts the other reader shows; a multipart without any is one, and so is an enclosed mail."""
    multipart = entity.find("multipart")
    if multipart is None:
        return 1
    return sum(_leaves(part) for part in multipart.findall("body-part")) or 1
