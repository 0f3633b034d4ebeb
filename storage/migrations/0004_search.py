"""The full-text index over entries, kept right by the database itself."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

# A tsvector holds 1 MB at the most; what stands further back in a text is not searched.
_MOST_CHARACTERS = 100_000
_POSTGRES = (
    f"""ALTER TABLE entry ADD COLUMN search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', left(subject, 1000)), 'A')
        || to_tsvector('simple', left(text, {_MOST_CHARACTERS}))) STORED""",
    "CREATE INDEX idx_entry_search ON entry USING gin (search)",
)
# The index reads subject and text from the table itself (an external content table):
# what it is told to forget must be what it was told to keep.
_FORGET = "INSERT INTO entry_search (entry_search, rowid, subject, text) VALUES ('delete', old.id, old.subject, old.text);"
_KEEP = "INSERT INTO entry_search (rowid, subject, text) VALUES (new.id, new.subject, new.text);"
_SQLITE = (
    """CREATE VIRTUAL TABLE entry_search USING fts5 (
        subject, text, content='entry', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    f"CREATE TRIGGER entry_search_insert AFTER INSERT ON entry BEGIN {_KEEP} END",
    f"CREATE TRIGGER entry_search_delete AFTER DELETE ON entry BEGIN {_FORGET} END",
    f"CREATE TRIGGER entry_search_update AFTER UPDATE OF subject, text ON entry BEGIN {_FORGET} {_KEEP} END",
)


async def _create(apps: StateApps, editor: BaseSchemaEditor) -> None:
    dialect = editor.client.capabilities.dialect
    for statement in _SQLITE if dialect == "sqlite" else _POSTGRES:
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_history")]
    operations = [ops.RunPython(_create)]
