"""Which scans came in, what was read on their pages, and which letters they are?

The original stays as it came, in the blob named by `digest`; so do the picture and the
searchable PDF of each page.  All else can be read from them anew.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.entries import Direction
from storage.staff import Staff


class ScanState(StrEnum):
    """How far a scan has come."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"  # a bug: it is tried again by hand
    REJECTED = "rejected"  # no scan that can be read; `problem` says why


class ScanSource(StrEnum):
    """The way by which a scan came here."""

    FOLDER = "folder"
    UPLOAD = "upload"
    MAIL = "mail"
    ARCHIVE = "archive"


class Scan(Model):
    """A file that came from a scanner: `name` is its own, `place` the folder it lay in.

    `pages` is how many it has (0 while nobody knows), `done` how many are read.  What came by
    the outgoing folder `is_outgoing`.  `problem` is a code, its sentence is filled by
    `problem_parameters`.  `has_original` is false once somebody had a letter of it forgotten.
    """

    id = fields.BigIntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    size = fields.BigIntField()
    name = fields.CharField(max_length=500, default="")
    place = fields.CharField(max_length=1000, default="")
    source = fields.CharEnumField(ScanSource, max_length=10)
    sender = fields.CharField(max_length=1000, default="")
    is_outgoing = fields.BooleanField(default=False)
    staff: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="scans", null=True, on_delete=fields.SET_NULL
    )
    received_at = fields.DatetimeField()
    state = fields.CharEnumField(ScanState, max_length=10, default=ScanState.WAITING)
    pages = fields.IntField(default=0)
    done = fields.IntField(default=0)
    problem = fields.CharField(max_length=50, default="")
    problem_parameters: Any = fields.JSONField(default=dict)
    has_original = fields.BooleanField(default=True)
    changed_at = fields.DatetimeField(auto_now=True)

    staff_id: int | None
    letters: fields.ReverseRelation["Letter"]

    class Meta:
        table = "scan"
        indexes = (Index(fields=("state", "id")),)


class Letter(Model):
    """A letter: the pages of a scan that belong together, and the entry that it became.

    `first_page` is the number of its first page in the scan.  `found` is what was read on it
    (`storage.letter_fields`), `evidence` what spoke for whom (see `storage.letters`), each with its
    places on the pages.  `problem` is why a person must look at it, whoever it is with.
    """

    id = fields.BigIntField(primary_key=True)
    scan: fields.ForeignKeyRelation[Scan] = fields.ForeignKeyField("storage.Scan", related_name="letters")
    first_page = fields.IntField()
    entry: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "storage.Entry", related_name="letters", db_index=True, null=True, on_delete=fields.SET_NULL
    )
    direction = fields.CharEnumField(Direction, max_length=10)
    found: Any = fields.JSONField(default=dict)
    evidence: Any = fields.JSONField(default=list)
    problem = fields.CharField(max_length=50, default="")
    made_at = fields.DatetimeField(auto_now_add=True)

    scan_id: int
    entry_id: int | None
    pages: fields.ReverseRelation["ScanPage"]

    class Meta:
        table = "letter"
        unique_together = (("scan", "first_page"),)


class ScanPage(Model):
    """One side of paper, as it was read: *number* counts from 1 in its scan.

    `words` are its lines with places, as `storage.page_words` keeps them; sizes are in
    millimetres.  It was `turned` clockwise by so many degrees to stand upright, and once
    more by a person by `turned_by_hand`: what is read on it is of before that.  A page that is
    `dropped` (blank, a separator, or by a person) belongs to no letter.
    """

    id = fields.BigIntField(primary_key=True)
    scan: fields.ForeignKeyRelation[Scan] = fields.ForeignKeyField("storage.Scan", related_name="sides")
    number = fields.IntField()
    letter: fields.ForeignKeyNullableRelation[Letter] = fields.ForeignKeyField(
        "storage.Letter", related_name="pages", db_index=True, null=True, on_delete=fields.SET_NULL
    )
    width = fields.FloatField()
    height = fields.FloatField()
    text = fields.TextField(default="")
    words = fields.BinaryField()
    codes: Any = fields.JSONField(default=list)
    text_source = fields.CharField(max_length=10, default="none")
    turned = fields.IntField(default=0)
    skew = fields.FloatField(default=0.0)
    is_blank = fields.BooleanField(default=False)
    is_separator = fields.BooleanField(default=False)
    dropped = fields.BooleanField(default=False)
    turned_by_hand = fields.IntField(default=0)
    problem = fields.CharField(max_length=50, default="")
    image = fields.CharField(max_length=64)
    image_type = fields.CharField(max_length=20)
    image_size = fields.BigIntField()
    searchable = fields.CharField(max_length=64)

    scan_id: int
    letter_id: int | None

    class Meta:
        table = "scan_page"
        unique_together = (("scan", "number"),)
        indexes = (Index(fields=("image",)), Index(fields=("searchable",)))
