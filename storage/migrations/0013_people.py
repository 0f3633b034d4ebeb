"""Lists of organisations and persons by any order, own fields, edits of many, enquiries of web sites."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from storage.bulk_edits import BulkState
from storage.correspondents import Party
from storage.own_fields import OwnFieldKind
from storage.sort_keys import particle_of, person_sort_key

_json = functools.partial(
    fields.JSONField, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
)
_PARTIES = ("person", "organisation")
# What stands before whom in a list of places: without case and the accents of our languages.
# Few: each is a step of nesting, and SQLite's parser goes only so deep.
_ACCENTS = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("é", "e"), ("è", "e"), ("à", "a"), ("â", "a"), ("ç", "c"),
            ("Ä", "a"), ("Ö", "o"), ("Ü", "u"), ("É", "e"))  # fmt: skip


def _id() -> fields.BigIntField:
    return fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)


def _staff(column: str, related_name: str) -> fields.ForeignKeyNullableRelation:  # type: ignore[type-arg]
    return fields.ForeignKeyField(
        "storage.Staff",
        source_field=column,
        null=True,
        db_constraint=True,
        to_field="id",
        related_name=related_name,
        on_delete=OnDelete.SET_NULL,
    )


def _folded(column: str) -> str:
    folded = f"lower({column})"
    for letter, plain in _ACCENTS:
        folded = f"replace({folded}, '{letter}', '{plain}')"
    return folded


def _place(party: str, row_id: str) -> str:
    """Return the statement that keeps the place of a party's first address of today."""
    return (
        f"UPDATE {party} SET place_key = (SELECT {_folded('a.place')} FROM postal_address a"  # noqa: S608 - ours
        f" WHERE a.{party}_id = {row_id} AND a.until IS NULL AND a.place <> '' ORDER BY a.id LIMIT 1)"
        f" WHERE id = {row_id};"
    )


def _contact(party: str) -> tuple[str, str]:
    """Return the statements that keep the last contact: of a new participation, and of one that went."""
    came = (
        f"UPDATE {party} SET last_contact = NEW.at WHERE id = NEW.{party}_id"  # noqa: S608 - ours
        " AND (last_contact IS NULL OR last_contact < NEW.at);"
    )
    went = (
        f"UPDATE {party} SET last_contact = (SELECT max(p.at) FROM participant p"  # noqa: S608 - ours
        f" WHERE p.{party}_id = OLD.{party}_id) WHERE id = OLD.{party}_id AND last_contact <= OLD.at;"
    )
    return came, went


_SQLITE_MARKS = """
    INSERT INTO mark (party, key, value, row_id)
        SELECT DISTINCT '{party}', 'word', w.value, {row}.id
        FROM json_each('["' || replace(replace(replace({row}.sort_key, '\\', ''), '"', ''), ' ', '","') || '"]') w
        WHERE w.value <> '';
    INSERT INTO mark (party, key, value, row_id)
        SELECT DISTINCT '{party}', 'interest', substr(i.value, 1, 300), {row}.id FROM json_each({row}.interests) i;
    INSERT INTO mark (party, key, value, row_id)
        SELECT '{party}', 'field:' || f.key, substr(CAST(f.value AS TEXT), 1, 300), {row}.id
        FROM json_each({row}.own_fields) f WHERE length(f.key) < 20;"""
_POSTGRES_MARKS = """
    INSERT INTO mark (party, key, value, row_id)
        SELECT DISTINCT '{party}', 'word', w, {row}.id
        FROM unnest(string_to_array({row}.sort_key, ' ')) w WHERE w <> '';
    INSERT INTO mark (party, key, value, row_id)
        SELECT DISTINCT '{party}', 'interest', left(i, 300), {row}.id
        FROM jsonb_array_elements_text({row}.interests) i;
    INSERT INTO mark (party, key, value, row_id)
        SELECT '{party}', 'field:' || f.key, left(f.value, 300), {row}.id
        FROM jsonb_each_text({row}.own_fields) f WHERE length(f.key) < 20;"""
_FORGET_MARKS = "DELETE FROM mark WHERE row_id = OLD.id AND party = '{party}';"


def _sqlite() -> list[str]:
    made = []
    for party in _PARTIES:
        marks, forget = _SQLITE_MARKS.format(party=party, row="NEW"), _FORGET_MARKS.format(party=party)
        changed = " OR ".join(
            f"NEW.{one} IS NOT OLD.{one}" for one in ("sort_key", "interests", "own_fields")
        )
        made += [
            f"CREATE TRIGGER {party}_marks_insert AFTER INSERT ON {party} BEGIN {marks} END",
            (
                f"CREATE TRIGGER {party}_marks_update AFTER UPDATE OF sort_key, interests, own_fields ON {party}"
                f" WHEN {changed} BEGIN {forget} {marks} END"
            ),
            f"CREATE TRIGGER {party}_marks_delete AFTER DELETE ON {party} BEGIN {forget} END",
        ]
    (came, went) = (" ".join(both) for both in zip(*map(_contact, _PARTIES), strict=True))
    made += [
        f"CREATE TRIGGER participant_contact_insert AFTER INSERT ON participant BEGIN {came} END",
        f"CREATE TRIGGER participant_contact_delete AFTER DELETE ON participant BEGIN {went} END",
        (
            "CREATE TRIGGER participant_contact_update AFTER UPDATE OF person_id, organisation_id, at ON participant"
            f" BEGIN {went} {came} END"
        ),
    ]
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        steps = " ".join(_place(party, f"{row}.{party}_id") for row in rows for party in _PARTIES)
        made.append(
            f"CREATE TRIGGER postal_address_place_{event.lower()} AFTER {event} ON postal_address BEGIN {steps} END"
        )
    return made


def _postgres() -> list[str]:
    made = []
    for party in _PARTIES:
        marks, forget = _POSTGRES_MARKS.format(party=party, row="NEW"), _FORGET_MARKS.format(party=party)
        made += [
            (
                f"CREATE FUNCTION {party}_marks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF TG_OP <> 'INSERT' THEN {forget} END IF;"
                f" IF TG_OP <> 'DELETE' THEN {marks} END IF; RETURN NULL; END $$"
            ),
            (
                f"CREATE TRIGGER {party}_marks_change AFTER INSERT OR DELETE ON {party}"
                f" FOR EACH ROW EXECUTE FUNCTION {party}_marks()"
            ),
            (
                f"CREATE TRIGGER {party}_marks_update AFTER UPDATE OF sort_key, interests, own_fields ON {party}"
                " FOR EACH ROW WHEN ((NEW.sort_key, NEW.interests, NEW.own_fields)"
                f" IS DISTINCT FROM (OLD.sort_key, OLD.interests, OLD.own_fields)) EXECUTE FUNCTION {party}_marks()"
            ),
        ]
    came, went = (" ".join(both) for both in zip(*map(_contact, _PARTIES), strict=True))
    places = {
        row: " ".join(_place(party, f"{row}.{party}_id") for party in _PARTIES) for row in ("OLD", "NEW")
    }
    for name, table, old, new in (
        ("participant_contact", "participant", went, came),
        ("postal_address_place", "postal_address", places["OLD"], places["NEW"]),
    ):
        made += [
            (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF TG_OP <> 'INSERT' THEN {old} END IF; IF TG_OP <> 'DELETE' THEN {new} END IF; RETURN NULL; END $$"
            ),
            (
                f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            ),
        ]
    # A beginning is found along an index only where it is in the order of the octets.
    made += [
        "CREATE INDEX idx_mark_prefix ON mark (party, key, value text_pattern_ops)",
        "CREATE INDEX idx_email_address_prefix ON email_address (key text_pattern_ops)",
        "CREATE INDEX idx_organisation_prefix ON organisation (sort_key text_pattern_ops)",
    ]
    return made


def _of_what_is_there(dialect: str) -> list[str]:
    """Return the statements that fill the new columns and rows from those that were there before."""
    marks = _SQLITE_MARKS if dialect == "sqlite" else _POSTGRES_MARKS
    made = []
    for party in _PARTIES:
        statements = marks.format(party=party, row="o").split(";")
        made += [_from_rows(one, party) for one in statements if one.strip()]
        made.append(
            f"UPDATE {party} SET last_contact = (SELECT max(p.at) FROM participant p"  # noqa: S608 - ours
            f" WHERE p.{party}_id = {party}.id)"
        )
        made.append(
            f"UPDATE {party} SET place_key = (SELECT {_folded('a.place')} FROM postal_address a"  # noqa: S608 - ours
            f" WHERE a.{party}_id = {party}.id AND a.until IS NULL AND a.place <> '' ORDER BY a.id LIMIT 1)"
        )
    return made


def _from_rows(statement: str, party: str) -> str:
    return statement.replace("\n        FROM ", f"\n        FROM {party} o, ", 1).replace(
        "o.id FROM ", f"o.id FROM {party} o, ", 1
    )


async def _order_particles(editor: BaseSchemaEditor, dialect: str) -> None:
    """Put persons with particles where they now stand in lists."""
    client, after = editor.client, 0
    mark = ("?", "?") if dialect == "sqlite" else ("$1", "$2")
    while True:
        found = await client.execute_query_dict(
            "SELECT id, family_name, given_name, sort_key FROM person WHERE family_name LIKE '_% %'"  # noqa: S608
            f" AND id > {int(after)} ORDER BY id LIMIT 1000"
        )
        for row in found:
            key = person_sort_key(row["family_name"], row["given_name"])
            if particle_of(row["family_name"]) and key != row["sort_key"]:
                await client.execute_query(
                    f"UPDATE person SET sort_key = {mark[0]} WHERE id = {mark[1]}",  # noqa: S608
                    [key, row["id"]],
                )
        if not found:
            return
        after = found[-1]["id"]


async def _create(apps: StateApps, editor: BaseSchemaEditor) -> None:
    dialect = editor.client.capabilities.dialect
    await _order_particles(editor, dialect)
    for statement in _of_what_is_there(dialect) + (_sqlite() if dialect == "sqlite" else _postgres()):
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    dependencies = [("storage", "0012_imports")]

    initial = False

    operations = [
        *(
            operation
            for model in ("Organisation", "Person")
            for operation in (
                ops.AddField(model, "last_contact", fields.DatetimeField(null=True)),
                ops.AddField(model, "place_key", fields.CharField(null=True, max_length=200)),
                ops.AddIndex(model, Index(fields=["last_contact", "id"])),
                ops.AddIndex(model, Index(fields=["place_key", "id"])),
                ops.AddIndex(model, Index(fields=["language"])),
            )
        ),
        ops.AddIndex("Organisation", Index(fields=["industry"])),
        ops.AddIndex("Organisation", Index(fields=["owner_id"])),
        ops.AddField("FormerName", "is_short", fields.BooleanField(default=False, db_default=False)),
        ops.AddField("Change", "bulk_id", fields.BigIntField(null=True)),
        ops.AddIndex("Change", Index(fields=["bulk_id", "id"])),
        ops.CreateModel(
            name="Mark",
            fields=[
                ("id", _id()),
                ("party", fields.CharField(max_length=12)),
                ("key", fields.CharField(max_length=30)),
                ("value", fields.CharField(max_length=300)),
                ("row_id", fields.BigIntField()),
            ],
            options={
                "table": "mark",
                "app": "storage",
                "indexes": [
                    Index(fields=["party", "key", "value", "row_id"]),
                    Index(fields=["row_id", "party", "key"]),
                ],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OwnField",
            fields=[
                ("id", _id()),
                ("party", fields.CharEnumField(enum_type=Party, max_length=12)),
                ("name", fields.CharField(max_length=100)),
                ("kind", fields.CharEnumField(enum_type=OwnFieldKind, max_length=10)),
                ("choices", _json(default=list)),
                ("place", fields.IntField(default=0)),
                ("archived", fields.BooleanField(default=False)),
            ],
            options={
                "table": "own_field",
                "app": "storage",
                "unique_together": (("party", "name"),),
                "indexes": [Index(fields=["party", "place", "id"])],
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BulkEdit",
            fields=[
                ("id", _id()),
                ("party", fields.CharEnumField(enum_type=Party, max_length=12)),
                ("staff", _staff("staff_id", "bulk_edits")),
                ("wanted", _json(default=dict)),
                ("change", _json(default=dict)),
                ("state", fields.CharEnumField(enum_type=BulkState, default=BulkState.DOING, max_length=10)),
                ("expected", fields.BigIntField(default=0)),
                ("changed", fields.BigIntField(default=0)),
                ("skipped", fields.BigIntField(default=0)),
                ("reached", fields.BigIntField(default=0)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={"table": "bulk_edit", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EnquiryIntegration",
            fields=[
                ("id", _id()),
                ("name", fields.CharField(max_length=100)),
                ("token", fields.CharField(unique=True, max_length=64)),
                ("secret", fields.TextField(unique=False)),
                ("return_to", fields.CharField(default="", max_length=500)),
                ("language", fields.CharField(default="de", max_length=8)),
                ("made_by", _staff("made_by_id", "enquiry_integrations")),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("revoked_at", fields.DatetimeField(null=True)),
                ("last_at", fields.DatetimeField(null=True)),
                ("received", fields.BigIntField(default=0)),
            ],
            options={"table": "enquiry_integration", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EnquirySeen",
            fields=[
                ("id", _id()),
                ("seal", fields.CharField(unique=True, max_length=64)),
                ("at", fields.DatetimeField(db_index=True)),
            ],
            options={"table": "enquiry_seen", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.RunPython(_create),
    ]
