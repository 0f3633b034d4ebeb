"""Organisations are found by what is nearly their name: pieces of it are marks.  Persons, by how it begins."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

# The marks of storage/near_names.py: length, number and letters of each piece.  In words of both dialects.
_PIECES = """
    INSERT INTO mark (party, key, value, row_id)
        SELECT '{called}', 'piece', s.n || '.' || i.i || '.' || substr(s.k,
            1 + i.i * (s.n / s.p) + CASE WHEN i.i > s.p - s.n % s.p THEN i.i - (s.p - s.n % s.p) ELSE 0 END,
            s.n / s.p + CASE WHEN i.i >= s.p - s.n % s.p THEN 1 ELSE 0 END), s.id
        FROM (SELECT k, n, id, CASE WHEN n < 6 THEN 2 WHEN n < 15 THEN 3 ELSE 4 END AS p
              FROM (SELECT {row}.id AS id, replace({row}.sort_key, ' ', '') AS k,
                           length(replace({row}.sort_key, ' ', '')) AS n{source}) named) s,
             (SELECT 0 AS i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) i
        WHERE i.i < s.p AND s.n >= 4;"""
_FORGET = "DELETE FROM mark WHERE row_id = OLD.id AND party = '{called}' AND key = 'piece';"
# Not by the organisation's own marks, which its other triggers write anew.
_CALLED = {"organisation": "called", "former_name": "was_called"}


def _pieces(party: str) -> str:
    return _PIECES.format(called=_CALLED[party], row="NEW", source="")


def _of_what_is_there(party: str) -> str:
    return _PIECES.format(called=_CALLED[party], row="o", source=f" FROM {party} o").rstrip("; \n")


def _sqlite() -> list[str]:
    made = []
    for party, called in _CALLED.items():
        pieces, forget = _pieces(party), _FORGET.format(called=called)
        made += [
            f"CREATE TRIGGER {party}_pieces_insert AFTER INSERT ON {party} BEGIN {pieces} END",
            (
                f"CREATE TRIGGER {party}_pieces_update AFTER UPDATE OF sort_key ON {party}"
                f" WHEN NEW.sort_key IS NOT OLD.sort_key BEGIN {forget} {pieces} END"
            ),
            f"CREATE TRIGGER {party}_pieces_delete AFTER DELETE ON {party} BEGIN {forget} END",
        ]
    return made


def _postgres() -> list[str]:
    made = []
    for party, called in _CALLED.items():
        pieces, forget = _pieces(party), _FORGET.format(called=called)
        made += [
            (
                f"CREATE FUNCTION {party}_pieces() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF TG_OP <> 'INSERT' THEN {forget} END IF;"
                f" IF TG_OP <> 'DELETE' THEN {pieces} END IF; RETURN NULL; END $$"
            ),
            (
                f"CREATE TRIGGER {party}_pieces_change AFTER INSERT OR DELETE ON {party}"
                f" FOR EACH ROW EXECUTE FUNCTION {party}_pieces()"
            ),
            (
                f"CREATE TRIGGER {party}_pieces_update AFTER UPDATE OF sort_key ON {party} FOR EACH ROW"
                f" WHEN (NEW.sort_key IS DISTINCT FROM OLD.sort_key) EXECUTE FUNCTION {party}_pieces()"
            ),
        ]
    return [*made, "CREATE INDEX idx_person_prefix ON person (sort_key text_pattern_ops)"]


async def _create(apps: StateApps, editor: BaseSchemaEditor) -> None:
    dialect = editor.client.capabilities.dialect
    for statement in [*map(_of_what_is_there, _CALLED), *(_sqlite() if dialect == "sqlite" else _postgres())]:
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0016_contacts")]

    initial = False

    operations = [ops.RunPython(_create)]
