"""What names an organisation beside its addresses: registered numbers, and former names as they are looked for."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state_apps import StateApps

from storage.correspondents import NumberKind
from storage.sort_keys import sort_key


_UPDATE = {
    "sqlite": "UPDATE former_name SET sort_key = ? WHERE id = ?",
    "postgres": "UPDATE former_name SET sort_key = $1 WHERE id = $2",
}


async def _fill_sort_keys(apps: StateApps, editor: BaseSchemaEditor) -> None:
    update = _UPDATE[editor.client.capabilities.dialect]
    for row in await editor.client.execute_query_dict("SELECT id, name FROM former_name"):
        await editor.client.execute_query(update, [sort_key(row["name"]), row["id"]])


class Migration(migrations.Migration):
    dependencies = [("storage", "0009_entries")]

    initial = False

    operations = [
        ops.AddField("FormerName", "sort_key", fields.CharField(max_length=300, default="", db_default="")),
        ops.RunPython(_fill_sort_keys),
        ops.AddIndex("FormerName", Index(fields=["sort_key"])),
        ops.CreateModel(
            name="OrganisationNumber",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="numbers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharEnumField(enum_type=NumberKind, max_length=10)),
                ("value", fields.CharField(max_length=40)),
            ],
            options={
                "table": "organisation_number",
                "app": "storage",
                "unique_together": (("kind", "value"),),
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
