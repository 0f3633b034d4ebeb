"""By which words, interests and own fields are organisations and persons found?

The database keeps these rows itself (see the migration): one for each word of a name (of its
sort key), each interest, and each value of an own field, whose key is `field:` and its id.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

WORD, INTEREST = "word", "interest"


class Mark(Model):
    """One word, interest or value of an organisation or person (*party*) by which filters find it."""

    id = fields.BigIntField(primary_key=True)
    party = fields.CharField(max_length=12)
    key = fields.CharField(max_length=30)
    value = fields.CharField(max_length=300)
    row_id = fields.BigIntField()

    class Meta:
        table = "mark"
        indexes = (
            Index(fields=("party", "key", "value", "row_id")),
            Index(fields=("row_id", "party", "key")),
        )


def key_of_field(field_id: int) -> str:
    """Return the key of an own field's values."""
    return f"field:{field_id}"
