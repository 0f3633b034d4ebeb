from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("storage", "0006_notices")]

    initial = False

    operations = [
        ops.AddField("Message", "own_mail", fields.BooleanField(default=False, db_default=False)),
        ops.AddIndex("Message", Index(fields=["fingerprint"])),
    ]
