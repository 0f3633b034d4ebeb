"""What is held or in quarantine is no contact; by which function somebody is found; and which file told a role."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from storage.sort_keys import sort_key

_PARTIES = ("person", "organisation")
_AT_ONCE = 2000
_COUNTS = "{entry}.held_reason IS NULL AND {entry}.visible_from IS NULL"
_UPDATE_ROLE = {
    "sqlite": "UPDATE role SET function_key = ? WHERE id = ?",
    "postgres": "UPDATE role SET function_key = $1 WHERE id = $2",
}


def _newest(party: str, row_id: str) -> str:
    """Return the query of the last contact: a few steps along the index of a party's participations."""
    return (
        f"(SELECT p.at FROM participant p JOIN entry e ON e.id = p.entry_id WHERE p.{party}_id = {row_id}"  # noqa: S608
        f" AND {_COUNTS.format(entry='e')} ORDER BY p.at DESC LIMIT 1)"
    )


def _contact(party: str) -> tuple[str, str]:
    """Return the statements that keep the last contact: of a new participation, and of one that went."""
    came = (
        f"UPDATE {party} SET last_contact = NEW.at WHERE id = NEW.{party}_id"  # noqa: S608 - ours
        " AND (last_contact IS NULL OR last_contact < NEW.at)"
        f" AND EXISTS (SELECT 1 FROM entry e WHERE e.id = NEW.entry_id AND {_COUNTS.format(entry='e')});"
    )
    went = (
        f"UPDATE {party} SET last_contact = {_newest(party, f'OLD.{party}_id')}"  # noqa: S608 - ours
        f" WHERE id = OLD.{party}_id AND last_contact <= OLD.at;"
    )
    return came, went


def _of_entry(party: str) -> str:
    """Return the statement that keeps the last contact of those who took part in an entry."""
    return (
        f"UPDATE {party} SET last_contact = {_newest(party, f'{party}.id')}"  # noqa: S608 - ours
        f" WHERE id IN (SELECT t.{party}_id FROM participant t WHERE t.entry_id = NEW.id);"
    )


def _sqlite() -> list[str]:
    came, went = (" ".join(both) for both in zip(*map(_contact, _PARTIES), strict=True))
    made = [f"DROP TRIGGER participant_contact_{event}" for event in ("insert", "update", "delete")]
    made += [
        f"CREATE TRIGGER participant_contact_insert AFTER INSERT ON participant BEGIN {came} END",
        f"CREATE TRIGGER participant_contact_delete AFTER DELETE ON participant BEGIN {went} END",
        (
            "CREATE TRIGGER participant_contact_update AFTER UPDATE OF person_id, organisation_id, at ON participant"
            f" BEGIN {went} {came} END"
        ),
        (
            "CREATE TRIGGER entry_contact_update AFTER UPDATE OF held_reason, visible_from ON entry"
            f" WHEN ({_COUNTS.format(entry='NEW')}) <> ({_COUNTS.format(entry='OLD')})"
            f" BEGIN {' '.join(map(_of_entry, _PARTIES))} END"
        ),
    ]
    return made


def _postgres() -> list[str]:
    came, went = (" ".join(both) for both in zip(*map(_contact, _PARTIES), strict=True))
    return [
        (
            "CREATE OR REPLACE FUNCTION participant_contact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF TG_OP <> 'INSERT' THEN {went} END IF; IF TG_OP <> 'DELETE' THEN {came} END IF;"
            " RETURN NULL; END $$"
        ),
        (
            "CREATE FUNCTION entry_contact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" {' '.join(map(_of_entry, _PARTIES))} RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER entry_contact AFTER UPDATE OF held_reason, visible_from ON entry FOR EACH ROW"
            f" WHEN (({_COUNTS.format(entry='NEW')}) <> ({_COUNTS.format(entry='OLD')}))"
            " EXECUTE FUNCTION entry_contact()"
        ),
        "CREATE INDEX idx_role_function_prefix ON role (function_key text_pattern_ops, person_id)",
    ]


def _of_what_is_there() -> list[str]:
    """Return the statements that mend the last contact of those whose contacts are held or in quarantine."""
    return [
        f"UPDATE {party} SET last_contact = {_newest(party, f'{party}.id')} WHERE id IN"  # noqa: S608 - ours
        f" (SELECT t.{party}_id FROM participant t JOIN entry w ON w.id = t.entry_id"
        f" WHERE NOT ({_COUNTS.format(entry='w')}))"
        for party in _PARTIES
    ]


async def _fill_function_keys(editor: BaseSchemaEditor, dialect: str) -> None:
    client, after = editor.client, 0
    while found := await client.execute_query_dict(
        f"SELECT id, function FROM role WHERE function <> '' AND id > {int(after)}"  # noqa: S608
        f" ORDER BY id LIMIT {_AT_ONCE}"
    ):
        keys = [[sort_key(row["function"]), row["id"]] for row in found]
        await client.execute_many(_UPDATE_ROLE[dialect], keys)
        after = found[-1]["id"]


async def _create(apps: StateApps, editor: BaseSchemaEditor) -> None:
    dialect = editor.client.capabilities.dialect
    await _fill_function_keys(editor, dialect)
    for statement in _of_what_is_there() + (_sqlite() if dialect == "sqlite" else _postgres()):
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0015_letters")]

    initial = False

    operations = [
        ops.AddField("Role", "function_key", fields.CharField(max_length=300, default="", db_default="")),
        ops.AddField("Role", "source", fields.CharField(max_length=60, default="", db_default="")),
        ops.AddField("ImportRun", "moved", fields.BigIntField(default=0, db_default=0)),
        ops.AddIndex("Role", Index(fields=["function_key", "person_id"])),
        ops.AddIndex("Role", Index(fields=["until", "person_id"])),
        ops.RunPython(_create),
    ]
