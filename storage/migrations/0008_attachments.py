"""What attached files say, with its full-text index, kept right by the database itself."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

# A tsvector holds 1 MB at the most, and so many characters are never more.
_MOST_CHARACTERS = 200_000
_POSTGRES = (
    f"""ALTER TABLE attachment_text ADD COLUMN search tsvector GENERATED ALWAYS AS (
        to_tsvector('simple', names) || to_tsvector('simple', left(text, {_MOST_CHARACTERS}))) STORED""",
    "CREATE INDEX idx_attachment_text_search ON attachment_text USING gin (search)",
    """CREATE FUNCTION forget_attachment_text() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM attachment_text t WHERE t.digest = old.digest
            AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.digest = old.digest);
        RETURN NULL; END $$""",
    """CREATE TRIGGER attachment_text_forget AFTER DELETE ON attachment
        FOR EACH ROW EXECUTE FUNCTION forget_attachment_text()""",
)
# As with entries: an external content table must be told to forget what it was told to keep.
_FORGET = (
    "INSERT INTO attachment_search (attachment_search, rowid, names, text)"
    " VALUES ('delete', old.id, old.names, old.text);"
)
_KEEP = "INSERT INTO attachment_search (rowid, names, text) VALUES (new.id, new.names, new.text);"
_SQLITE = (
    """CREATE VIRTUAL TABLE attachment_search USING fts5 (
        names, text, content='attachment_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER attachment_search_insert AFTER INSERT ON attachment_text BEGIN {_KEEP} END",
    f"CREATE TRIGGER attachment_search_delete AFTER DELETE ON attachment_text BEGIN {_FORGET} END",
    f"""CREATE TRIGGER attachment_search_update AFTER UPDATE OF names, text ON attachment_text
        BEGIN {_FORGET} {_KEEP} END""",
    """CREATE TRIGGER attachment_text_forget AFTER DELETE ON attachment
        WHEN NOT EXISTS (SELECT 1 FROM attachment a WHERE a.digest = old.digest)
        BEGIN DELETE FROM attachment_text WHERE digest = old.digest; END""",
)


async def _index(apps: StateApps, editor: BaseSchemaEditor) -> None:
    dialect = editor.client.capabilities.dialect
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRES:
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0007_left_out")]
    operations = [
        ops.CreateModel(
            name="AttachmentText",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("kind", fields.CharField(max_length=20)),
                ("text", fields.TextField(default="", unique=False)),
                ("names", fields.TextField(default="", unique=False)),
                (
                    "packed",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "marks",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                (
                    "defects",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("read_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={"table": "attachment_text", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunPython(_index),
    ]
