"""What is found in folders and zip files, and what is left out of them for which reason."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.archive import archive_at
from ingest.found import NoArchive
from ingest.mbox import Dialect
from tests.ingest.archives import LARGEST, found_in, left_out_of, mail, mbox


def _put(path: Path, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path


def _zip(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as written:
        for name, raw in files.items():
            written.writestr(name, raw)
    return path


def _maildir(path: Path) -> Path:
    for folder in ("", ".Sent", ".Clients.Muster AG", "Projects/2025"):
        for name in ("cur", "new", "tmp"):
            (path / folder / name).mkdir(parents=True)
    return path


def test_a_maildir_gives_the_mails_of_all_its_folders(tmp_path: Path) -> None:
    folder = _maildir(tmp_path / "Maildir")
    wanted = {
        _put(folder / name, mail(number)).read_bytes()
        for number, name in enumerate(
            [
                "cur/1.M1P1.host:2,",
                "cur/2.M1P1.host:2,FRS",
                "cur/3.M1P1.host;2,ST",
                "new/4.M1P1.host",
                ".Sent/cur/5.host,S=300:2,S",
                ".Clients.Muster AG/new/6.host",
                "Projects/2025/cur/7.host:2,Sa",
            ]
        )
    }
    _put(folder / "tmp/8.host", mail(8))
    _put(folder / "dovecot-uidlist", b"3 V1 N2\n")
    _put(folder / ".Sent/maildirfolder", b"")
    found = found_in(folder)
    assert len(found) == len(wanted)
    assert set(found) == wanted
    assert left_out_of(folder) == {}


def test_drafts_were_never_sent_and_are_left_out(tmp_path: Path) -> None:
    folder = _maildir(tmp_path / "Maildir")
    _put(folder / "cur/1.host:2,DS", mail(1))
    assert left_out_of(folder) == {"cur/1.host:2,DS": "draft"}


def test_nested_folders_give_their_eml_and_mbox_files(tmp_path: Path) -> None:
    mails = [mail(number) for number in range(5)]
    _put(tmp_path / "a.eml", mails[0])
    _put(tmp_path / "2024/June/b.EML", mails[1])
    _put(tmp_path / "2024/c ü\n.eml", mails[2])
    _put(tmp_path / "old/Sent.mbox", mbox(mails[3:], Dialect.MBOXRD))
    _put(tmp_path / "readme.txt", b"To: nobody\n\n")
    assert sorted(found_in(tmp_path)) == sorted(mails)
    assert left_out_of(tmp_path) == {"readme.txt": "no-mail"}


def test_what_is_no_mail_is_left_out_with_its_reason(tmp_path: Path) -> None:
    _put(tmp_path / "empty.eml", b"")
    _put(tmp_path / "blank.eml", b"\r\n \r\n")
    _put(tmp_path / "picture.eml", b"\x89PNG\r\n" + bytes(100))
    _put(tmp_path / "large.eml", mail(1, "x" * LARGEST))
    _put(tmp_path / "closed.eml", mail(2)).chmod(0)
    os.mkfifo(tmp_path / "pipe.eml")
    wanted = {
        "empty.eml": "empty",
        "blank.eml": "empty",
        "picture.eml": "no-header",
        "large.eml": "too-large",
        "pipe.eml": "unreadable",
    }
    if os.geteuid() != 0:
        wanted["closed.eml"] = "unreadable"
    assert left_out_of(tmp_path) == wanted


def test_links_are_not_followed_out_of_the_archive(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    _put(outside / "secret.eml", mail(1))
    inside = tmp_path / "archive"
    _put(inside / "mine.eml", mail(2))
    (inside / "file.eml").symlink_to(outside / "secret.eml")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    assert found_in(inside) == [mail(2)]
    assert left_out_of(inside) == {"file.eml": "link", "folder": "link", "round": "link"}


def test_a_link_that_is_named_itself_is_an_archive(tmp_path: Path) -> None:
    _put(tmp_path / "there/a.eml", mail(1))
    (tmp_path / "here").symlink_to(tmp_path / "there")
    assert found_in(tmp_path / "here") == [mail(1)]


def test_the_size_told_is_what_is_read(tmp_path: Path) -> None:
    _put(tmp_path / "mail/a.eml", mail(1))
    _put(tmp_path / "mail/b.eml", mail(2, "x" * LARGEST))
    _put(tmp_path / "mail/c.mbox", mbox([mail(3), mail(4)], Dialect.MBOXO))
    zipped = _zip(tmp_path / "all.zip", {one.name: one.read_bytes() for one in (tmp_path / "mail").iterdir()})
    for path in (tmp_path / "mail", zipped, tmp_path / "mail/c.mbox", tmp_path / "mail/a.eml"):
        archive = archive_at(path, largest=LARGEST)
        assert sum(one.octets for one in archive.found) == archive.octets > 0


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_zip_gives_eml_files_a_maildir_and_mbox_files(tmp_path: Path, method: int) -> None:
    mails = [mail(number) for number in range(5)]
    files = {
        "mails/a.eml": mails[0],
        "mails/deep/B.EML": mails[1],
        "Maildir/cur/1.host:2,S": mails[2],
        "Takeout/All mail.mbox": mbox(mails[3:], Dialect.MBOXCL2),
        "readme.txt": b"",
        "more.zip": b"PK",
    }
    path = _zip(tmp_path / "all.zip", files, method)
    found = found_in(path)
    assert found[:3] == mails[:3]
    assert len(found) == 5
    assert left_out_of(path) == {"readme.txt": "no-mail", "more.zip": "archive-inside"}


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.zip", {"../../up.eml": mail(1), "/etc/root.eml": mail(2)})
    assert found_in(path) == [mail(1), mail(2)]
    assert [one.name for one in tmp_path.iterdir()] == ["all.zip"]


def test_what_a_zip_holds_and_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "all.zip",
        {"good.eml": mail(1), "bad.eml": mail(2), "l.eml": b"good.eml"},
        zipfile.ZIP_STORED,
    )
    octets = path.read_bytes().replace(b"Letter 2", b"Letter 9", 1)
    path.write_bytes(octets)
    with zipfile.ZipFile(path, "a") as written:
        link = zipfile.ZipInfo("link.eml")
        link.external_attr = 0o120777 << 16
        written.writestr(link, "good.eml")
        written.writestr("lzma.eml", mail(3), zipfile.ZIP_LZMA)
        written.writestr("large.eml", mail(4, "x" * LARGEST), zipfile.ZIP_DEFLATED)
    assert left_out_of(path) == {
        "bad.eml": "damaged",
        "l.eml": "no-header",
        "link.eml": "link",
        "lzma.eml": "unknown-compression",
        "large.eml": "too-large",
    }
    assert found_in(path) == [mail(1)]


def test_an_encrypted_file_is_left_out(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.zip", {"secret.eml": mail(1)})
    octets = bytearray(path.read_bytes())
    octets[6] |= 1
    octets[octets.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(octets)
    assert left_out_of(path) == {"secret.eml": "encrypted"}


def test_a_file_that_becomes_larger_than_it_says_is_left_out(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.zip", {"a.eml": mail(1, "x" * 5_000_000)})
    octets = bytearray(path.read_bytes())
    struct.pack_into("<L", octets, octets.index(b"PK\x01\x02") + 24, 1000)
    path.write_bytes(octets)
    assert found_in(path) == []
    assert left_out_of(path) == {"a.eml": "damaged"}


def test_zip_bombs_are_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", {f"{number}.eml": bytes(20_000_000) for number in range(6)})
    with pytest.raises(NoArchive, match="zip bomb: unpacked it would be"):
        archive_at(path, largest=LARGEST)


def test_a_zip_whose_files_overlap_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "bomb.zip", {f"{number}.eml": mail(number) for number in range(50)})
    octets = bytearray(path.read_bytes())
    at = octets.index(b"PK\x01\x02")
    while (at := octets.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<L", octets, at + 20, 20_000)
        at += 4
    path.write_bytes(octets)
    with pytest.raises(NoArchive, match="overlap"):
        archive_at(path, largest=LARGEST)


def test_a_zip_with_too_many_files_is_refused_before_its_contents_are_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "all.zip", {"a.eml": mail(1)})
    octets = bytearray(path.read_bytes())
    struct.pack_into("<L", octets, octets.index(b"PK\x05\x06") + 12, 1_000_000_000)
    path.write_bytes(octets)
    with pytest.raises(NoArchive, match="too many files"):
        archive_at(path, largest=LARGEST)


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04" + bytes(100), b"PK\x03\x04" + bytes(50) + b"PK\x05\x06" + bytes(18)]
)
def test_a_damaged_zip_is_refused_or_empty(tmp_path: Path, raw: bytes) -> None:
    path = _put(tmp_path / "broken.zip", raw)
    try:
        assert found_in(path) == []
    except NoArchive as error:
        assert "damaged" in str(error)


@pytest.mark.parametrize("raw", [b"", b"Hello", b"%PDF-1.4", bytes(2000)])
def test_what_is_no_archive_is_told_what_would_be_one(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(NoArchive, match="an mbox file, a Maildir, a folder of"):
        archive_at(_put(tmp_path / "x.pst", raw), largest=LARGEST)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoArchive, match="there is no such file"):
        archive_at(tmp_path / "x", largest=LARGEST)


def test_a_folder_is_read_as_it_is_walked(tmp_path: Path) -> None:
    for number in range(50):
        _put(tmp_path / f"{number}.eml", mail(number))
    archive = archive_at(tmp_path, largest=LARGEST)
    next(archive.found)
    for path in tmp_path.iterdir():
        path.write_bytes(b"")
    assert sum(1 for _ in archive.found) == 49
