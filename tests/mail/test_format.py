"""The format of `postbuch parse` is what its document says."""

import dataclasses
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mail.address import Address, Mailbox
from mail.as_json import as_json
from mail.limits import LIMITS
from mail.message import (
    Automatic,
    Bounce,
    BounceKind,
    CalendarPart,
    DefectCode,
    Forwarded,
    ParsedMessage,
    Security,
    SecurityStandard,
    Signature,
    SignatureVerdict,
)
from mail.parse import parse
from tests.mail.letters import multipart, part

DOCUMENT = (Path(__file__).parents[2] / "docs" / "parse-format.md").read_text(encoding="utf-8")
EVA = Mailbox("Eva", Address("eva", "firma.example"), "Eva <eva@firma.example>")


def full() -> ParsedMessage:
    """Return a message that has something in every field."""
    raw = multipart(part(b"Text \xfc"), part(b"x", b"Content-Type: a/b; name=c"))
    return dataclasses.replace(
        parse(raw),
        to=(EVA,),
        forwarded=Forwarded(EVA, (EVA,), (), datetime(2026, 1, 1, tzinfo=UTC), "S", "T"),
        automatic=Automatic.BOUNCE,
        bounces=(Bounce("a@b.example", BounceKind.HARD, "5.1.1", "unknown"),),
        calendar=CalendarPart("REPLY", "u", 1, "a@b.example", "ACCEPTED"),
        security=Security(
            SecurityStandard.SMIME, False, Signature(SignatureVerdict.FITS, "Eva", EVA.address)
        ),
        language="de",
    )


def names(value: Any, prefix: str = "") -> set[str]:
    """Return the fields in a JSON value, those within lists as `list[].field`; of addresses the list alone."""
    if isinstance(value, list):
        return set().union(*(names(each, f"{prefix}[]") for each in value))
    if not isinstance(value, dict) or value.keys() == {"name", "address"}:
        return set()
    dot = f"{prefix}." if prefix else ""
    return set().union(*({dot + key} | names(inner, dot + key) for key, inner in value.items()))


def table(heading: str) -> list[str]:
    """Return the first cells of the table below a heading."""
    section = DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]


def test_the_document_names_every_field_and_no_other() -> None:
    documented = {name for cell in table("Fields") for name in re.findall(r"`([^`]+)`", cell)}
    assert documented == names(as_json(full()))


def test_the_document_names_every_defect_and_no_other_in_the_order_of_the_code() -> None:
    assert [cell.strip(" `") for cell in table("Defects")] == [code.value for code in DefectCode]


def test_the_example_of_the_document_has_the_fields_in_the_order_that_is_printed() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[0])
    assert list(example) == list(as_json(ParsedMessage()))
    assert {defect["code"] for defect in example["defects"]} <= {code.value for code in DefectCode}


def test_the_document_names_the_limits_that_are_kept() -> None:
    for number in (LIMITS.header_fields, LIMITS.mailboxes, LIMITS.depth, LIMITS.parts):
        assert f"{number:,}" in DOCUMENT
    assert f"{LIMITS.header_octets // 1024} KiB" in DOCUMENT
    assert f"{LIMITS.text_octets // 1024**2} MiB" in DOCUMENT


def test_the_document_names_every_kind_of_automatic_mail_and_of_bounce() -> None:
    for kind in (*Automatic, *BounceKind):
        assert f"`{kind.value}`" in DOCUMENT


def test_a_message_without_anything_still_has_every_field() -> None:
    empty = as_json(ParsedMessage())
    assert empty.keys() == as_json(full()).keys()
    assert all(value in (None, "", [], False) for value in empty.values())


def test_everything_is_plain_json() -> None:
    printed = json.dumps(as_json(full()))
    assert json.loads(printed)["automatic"] == "bounce"
    assert json.loads(printed)["bounces"][0]["kind"] == "hard"
