"""What can a column hold?  And the columns of our own files, which hold everything."""

from enum import StrEnum

OWN_PREFIX = "own:"
SEVERAL_IN_ONE = " ::: "  # how Google writes two addresses into one cell


class Column(StrEnum):
    """What a column of a file is taken for; the values are also the headings of our own files."""

    NONE = ""
    RECORD = "record"
    KEY = "external_key"
    SALUTATION = "salutation"
    TITLE = "title"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    ORGANISATION = "organisation"
    ORGANISATION_KEY = "organisation_key"
    FUNCTION = "function"
    ROLE_SINCE = "role_since"
    ROLE_UNTIL = "role_until"
    LEGAL_FORM = "legal_form"
    CUSTOMER_NUMBER = "customer_number"
    PARENT_KEY = "parent_key"
    PARENT = "parent"
    INDUSTRY = "industry"
    INTERESTS = "interests"
    LANGUAGE = "language"
    OWNER = "owner"
    DEPUTY = "deputy"
    NOTE = "note"
    DOMAIN = "domain"
    FORMER_NAME = "former_name"
    FORMER_NAME_UNTIL = "former_name_until"
    SHORT_NAME = "short_name"
    SHORT_NAME_UNTIL = "short_name_until"
    REGISTERED_NUMBER = "registered_number"
    EMAIL = "email"
    EMAIL_SINCE = "email_since"
    EMAIL_UNTIL = "email_until"
    PHONE_KIND = "phone_kind"
    PHONE = "phone"
    MOBILE = "mobile"
    PRIVATE_PHONE = "private_phone"
    FAX = "fax"
    PHONE_SINCE = "phone_since"
    PHONE_UNTIL = "phone_until"
    STREET = "street"
    POSTCODE = "postcode"
    PLACE = "place"
    COUNTRY = "country"
    ADDRESS_SINCE = "address_since"
    ADDRESS_UNTIL = "address_until"
    HOME_STREET = "home_street"
    HOME_POSTCODE = "home_postcode"
    HOME_PLACE = "home_place"
    HOME_COUNTRY = "home_country"
    OWN = "own"


# What only files of others have: our own say it by other columns.
_OF_OTHERS = frozenset(
    {
        Column.NONE, Column.MIDDLE_NAME, Column.FULL_NAME, Column.PARENT, Column.MOBILE, Column.PRIVATE_PHONE,
        Column.FAX, Column.HOME_STREET, Column.HOME_POSTCODE, Column.HOME_PLACE, Column.HOME_COUNTRY, Column.OWN,
    }
)  # fmt: skip
OWN_FILE = tuple(column for column in Column if column not in _OF_OTHERS)
# What a new telephone number, or postal address, begins with: one value ends the one before.
SEVERAL = frozenset(
    {
        Column.EMAIL, Column.EMAIL_SINCE, Column.EMAIL_UNTIL, Column.PHONE_KIND, Column.PHONE, Column.MOBILE,
        Column.PRIVATE_PHONE, Column.FAX, Column.PHONE_SINCE, Column.PHONE_UNTIL, Column.STREET,
        Column.POSTCODE, Column.PLACE, Column.COUNTRY, Column.HOME_STREET, Column.DOMAIN, Column.NOTE,
        Column.INTERESTS, Column.OWN, Column.NONE, Column.FUNCTION, Column.GIVEN_NAME,
        Column.FORMER_NAME, Column.SHORT_NAME, Column.REGISTERED_NUMBER,
    }
)  # fmt: skip
