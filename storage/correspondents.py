"""With whom the firm is in contact: organisations, persons, roles, addresses.

Whatever can change carries from and until: a person changes employer, a firm its
name or domain, and the history of before stays right.
"""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from storage.sort_keys import person_sort_key, sort_key
from storage.staff import Staff

# Kept by the database itself (see the migration), never by a row that was read a while ago.
KEPT_BY_DATABASE = frozenset({"last_contact", "place_key"})


class Party(StrEnum):
    """Whether a correspondent is an organisation or a person; also the name of its table."""

    ORGANISATION = "organisation"
    PERSON = "person"


class PhoneKind(StrEnum):
    """What a telephone number is for."""

    OFFICE = "office"
    MOBILE = "mobile"
    PRIVATE = "private"
    FAX = "fax"


class NumberKind(StrEnum):
    """Who gave a firm the number: its bank, the Swiss register of firms, or a tax authority."""

    IBAN = "iban"
    UID = "uid"
    VAT = "vat"


class Organisation(Model):
    """A firm, authority or association.  `own_fields` holds what the firm configured for itself."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=300, db_index=True)
    sort_key = fields.CharField(max_length=300, default="", db_index=True)
    legal_form = fields.CharField(max_length=50, default="")
    customer_number = fields.CharField(max_length=100, null=True, unique=True)
    external_key = fields.CharField(max_length=200, null=True, unique=True)
    parent: fields.ForeignKeyNullableRelation["Organisation"] = fields.ForeignKeyField(
        "storage.Organisation",
        related_name="subsidiaries",
        db_index=True,
        null=True,
        on_delete=fields.SET_NULL,
    )
    industry = fields.CharField(max_length=200, default="")
    interests: Any = fields.JSONField(default=list)
    language = fields.CharField(max_length=8, default="")
    owner: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="owned", null=True, on_delete=fields.SET_NULL
    )
    deputy: fields.ForeignKeyNullableRelation[Staff] = fields.ForeignKeyField(
        "storage.Staff", related_name="deputised", null=True, on_delete=fields.SET_NULL
    )
    note = fields.TextField(default="")
    own_fields: Any = fields.JSONField(default=dict)
    created_at = fields.DatetimeField(auto_now_add=True)
    changed_at = fields.DatetimeField(auto_now=True)
    last_contact = fields.DatetimeField(null=True)
    place_key = fields.CharField(max_length=200, null=True)

    subsidiaries: fields.ReverseRelation["Organisation"]
    former_names: fields.ReverseRelation["FormerName"]
    domains: fields.ReverseRelation["OrganisationDomain"]
    emails: fields.ReverseRelation["EmailAddress"]
    phones: fields.ReverseRelation["PhoneNumber"]
    roles: fields.ReverseRelation["Role"]
    parent_id: int | None
    owner_id: int | None
    deputy_id: int | None

    class Meta:
        table = "organisation"
        indexes = (
            Index(fields=("last_contact", "id")),
            Index(fields=("place_key", "id")),
            Index(fields=("language",)),
            Index(fields=("industry",)),
            Index(fields=("owner_id",)),
        )

    async def save(self, *args: Any, **options: Any) -> None:
        """Write the row; lists are in the order of its sort key."""
        self.sort_key = sort_key(self.name)
        await super().save(*args, **_without_kept(self, options))


class FormerName(Model):
    """What an organisation was called until a day, or (*is_short*) is called in short."""

    id = fields.BigIntField(primary_key=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="former_names", db_index=True
    )
    name = fields.CharField(max_length=300, db_index=True)
    sort_key = fields.CharField(max_length=300, default="", db_default="", db_index=True)
    until = fields.DateField(null=True)
    is_short = fields.BooleanField(default=False)

    organisation_id: int

    class Meta:
        table = "former_name"

    async def save(self, *args: Any, **options: Any) -> None:
        """Write the row; names are found by their sort key."""
        self.sort_key = sort_key(self.name)
        await super().save(*args, **options)


class OrganisationDomain(Model):
    """A mail domain (lower case, A-labels) that belongs to one organisation alone."""

    id = fields.BigIntField(primary_key=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="domains", db_index=True
    )
    domain = fields.CharField(max_length=255, unique=True)

    organisation_id: int

    class Meta:
        table = "organisation_domain"


class OrganisationNumber(Model):
    """A number that names one organisation alone; `value` as `mail.registered_numbers` gives it."""

    id = fields.BigIntField(primary_key=True)
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="numbers", db_index=True
    )
    kind = fields.CharEnumField(NumberKind, max_length=10)
    value = fields.CharField(max_length=40)

    organisation_id: int

    class Meta:
        table = "organisation_number"
        unique_together = (("kind", "value"),)


class Person(Model):
    """A human being the firm is in contact with."""

    id = fields.BigIntField(primary_key=True)
    given_name = fields.CharField(max_length=150, default="")
    family_name = fields.CharField(max_length=150, default="", db_index=True)
    sort_key = fields.CharField(max_length=300, default="", db_index=True)
    title = fields.CharField(max_length=100, default="")
    salutation = fields.CharField(max_length=100, default="")
    language = fields.CharField(max_length=8, default="")
    external_key = fields.CharField(max_length=200, null=True, unique=True)
    interests: Any = fields.JSONField(default=list)
    note = fields.TextField(default="")
    own_fields: Any = fields.JSONField(default=dict)
    created_at = fields.DatetimeField(auto_now_add=True)
    changed_at = fields.DatetimeField(auto_now=True)
    last_contact = fields.DatetimeField(null=True)
    place_key = fields.CharField(max_length=200, null=True)

    roles: fields.ReverseRelation["Role"]
    emails: fields.ReverseRelation["EmailAddress"]
    phones: fields.ReverseRelation["PhoneNumber"]

    class Meta:
        table = "person"
        indexes = (
            Index(fields=("last_contact", "id")),
            Index(fields=("place_key", "id")),
            Index(fields=("language",)),
        )

    @property
    def name(self) -> str:
        """Title, given and family name, as one says them."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    async def save(self, *args: Any, **options: Any) -> None:
        """Write the row; lists are in the order of its sort key."""
        self.sort_key = person_sort_key(self.family_name, self.given_name)
        await super().save(*args, **_without_kept(self, options))


class Role(Model):
    """A person's function at an organisation; `until` None means today still."""

    id = fields.BigIntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="roles", db_index=True
    )
    organisation: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="roles", db_index=True
    )
    function = fields.CharField(max_length=200, default="")
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)

    person_id: int
    organisation_id: int

    class Meta:
        table = "role"


class EmailAddress(Model):
    """An e-mail address of a person or of an organisation (info@…).

    One address may serve several persons: a row each.  `key` is the look-up form
    of `written` (see `mail.address.Address.key`).
    """

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=320, db_index=True)
    written = fields.CharField(max_length=320)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="emails", db_index=True, null=True
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="emails", db_index=True, null=True
    )
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)

    person_id: int | None
    organisation_id: int | None

    class Meta:
        table = "email_address"


class PhoneNumber(Model):
    """A telephone number, as written; `key` is how it is dialled (see `storage.phones`)."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=40, db_index=True)
    written = fields.CharField(max_length=60)
    kind = fields.CharEnumField(PhoneKind, max_length=10, default=PhoneKind.OFFICE)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="phones", db_index=True, null=True
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="phones", db_index=True, null=True
    )
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)

    person_id: int | None
    organisation_id: int | None

    class Meta:
        table = "phone_number"


class PostalAddress(Model):
    """A postal address; `country` is an ISO 3166-1 alpha-2 code.

    A letter to it came back on the day `undeliverable_on`.
    """

    id = fields.BigIntField(primary_key=True)
    street = fields.CharField(max_length=300, default="")
    postcode = fields.CharField(max_length=20, default="")
    place = fields.CharField(max_length=200, default="")
    country = fields.CharField(max_length=2, default="")
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "storage.Person", related_name="postal_addresses", db_index=True, null=True
    )
    organisation: fields.ForeignKeyNullableRelation[Organisation] = fields.ForeignKeyField(
        "storage.Organisation", related_name="postal_addresses", db_index=True, null=True
    )
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)
    undeliverable_on = fields.DateField(null=True)

    person_id: int | None
    organisation_id: int | None

    class Meta:
        table = "postal_address"


def _without_kept(row: Model, options: dict[str, Any]) -> dict[str, Any]:
    """Return how a row is saved without what the database keeps: it may know of a newer contact."""
    if not row._saved_in_db or options.get("update_fields"):  # noqa: SLF001 - told nowhere else
        return options
    return {
        **options,
        "update_fields": sorted(row._meta.fields_db_projection.keys() - KEPT_BY_DATABASE - {"id"}),
    }
