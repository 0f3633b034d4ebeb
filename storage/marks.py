"""By which words, interests and own fields are organisations and persons found?

The database keeps these rows itself (see the migration): one for each word of a name (of its
sort key), each interest, and each value of an own field, whose key is `field:` and its id.
"""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.connect import rows

WORD, INTEREST = "word", "interest"


class Mark(Model):
    """One word, interest or value of an organisation or person (*party*) by which filters find it.

    Pieces of names have parties of their own: `called` and, of former names, `was_called`.
    """

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


_KNOWN = """
    WITH RECURSIVE known(value) AS (
        SELECT min({column}) FROM {table} WHERE {condition}
        UNION ALL SELECT (SELECT min(t.{column}) FROM {table} t WHERE {condition} AND t.{column} > k.value)
        FROM known k WHERE k.value IS NOT NULL)
    SELECT value FROM known WHERE value IS NOT NULL LIMIT {most}"""
_MOST_KNOWN = 200


async def known_interests(party: str) -> list[str]:
    """Return the first interests that organisations or persons have, each once: one step along the index each."""
    condition = f"party = '{party}' AND key = '{INTEREST}'"
    return await _known(table="mark", column="value", condition=condition)


async def known_industries() -> list[str]:
    """Return the first industries of organisations, each once."""
    return await _known(table="organisation", column="industry", condition="industry <> ''")


async def _known(**names: str) -> list[str]:
    return [row["value"] for row in await rows(_KNOWN.format(most=_MOST_KNOWN, **names))]
