from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from storage.correspondents import PhoneKind
from tortoise.fields.base import OnDelete
from tortoise import fields


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_staff")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Organisation",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(db_index=True, max_length=300)),
                ("sort_key", fields.CharField(default="", db_index=True, max_length=300)),
                ("legal_form", fields.CharField(default="", max_length=50)),
                ("customer_number", fields.CharField(null=True, unique=True, max_length=100)),
                ("external_key", fields.CharField(null=True, unique=True, max_length=200)),
                (
                    "parent",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="parent_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="subsidiaries",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("industry", fields.CharField(default="", max_length=200)),
                (
                    "interests",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("language", fields.CharField(default="", max_length=8)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="owner_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="owned",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "deputy",
                    fields.ForeignKeyField(
                        "storage.Staff",
                        source_field="deputy_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="deputised",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("note", fields.TextField(default="", unique=False)),
                (
                    "own_fields",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={"table": "organisation", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormerName",
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
                        related_name="former_names",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(db_index=True, max_length=300)),
                ("until", fields.DateField(null=True)),
            ],
            options={"table": "former_name", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OrganisationDomain",
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
                        related_name="domains",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("domain", fields.CharField(unique=True, max_length=255)),
            ],
            options={"table": "organisation_domain", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("given_name", fields.CharField(default="", max_length=150)),
                ("family_name", fields.CharField(default="", db_index=True, max_length=150)),
                ("sort_key", fields.CharField(default="", db_index=True, max_length=300)),
                ("title", fields.CharField(default="", max_length=100)),
                ("salutation", fields.CharField(default="", max_length=100)),
                ("language", fields.CharField(default="", max_length=8)),
                ("external_key", fields.CharField(null=True, unique=True, max_length=200)),
                (
                    "interests",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("note", fields.TextField(default="", unique=False)),
                (
                    "own_fields",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("changed_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
            ],
            options={"table": "person", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EmailAddress",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(db_index=True, max_length=320)),
                ("written", fields.CharField(max_length=320)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "storage.Person",
                        source_field="person_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="emails",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="emails",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
            ],
            options={"table": "email_address", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PhoneNumber",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(db_index=True, max_length=40)),
                ("written", fields.CharField(max_length=60)),
                ("kind", fields.CharEnumField(default=PhoneKind.OFFICE, enum_type=PhoneKind, max_length=10)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "storage.Person",
                        source_field="person_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="phones",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="phones",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
            ],
            options={"table": "phone_number", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PostalAddress",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("street", fields.CharField(default="", max_length=300)),
                ("postcode", fields.CharField(default="", max_length=20)),
                ("place", fields.CharField(default="", max_length=200)),
                ("country", fields.CharField(default="", max_length=2)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "storage.Person",
                        source_field="person_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="postal_addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="postal_addresses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
            ],
            options={"table": "postal_address", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Role",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "storage.Person",
                        source_field="person_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="roles",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "organisation",
                    fields.ForeignKeyField(
                        "storage.Organisation",
                        source_field="organisation_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="roles",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("function", fields.CharField(default="", max_length=200)),
                ("since", fields.DateField(null=True)),
                ("until", fields.DateField(null=True)),
            ],
            options={"table": "role", "app": "storage", "pk_attr": "id"},
            bases=["Model"],
        ),
    ]
