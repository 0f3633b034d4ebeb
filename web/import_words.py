"""What is said of imports: the sentences for wrong rows, columns and states, as message ids."""

from collections.abc import Callable, Mapping

from ingest.correspondents.columns import Column
from ingest.correspondents.said import WrongReason
from storage.imports import ImportState
from web.i18n import N_

WRONG: Mapping[str, str] = {
    WrongReason.MIXED_ENCODING: N_("This line is in another encoding than the file."),
    WrongReason.TOO_LONG: N_("This line is too long."),
    WrongReason.BROKEN_QUOTES: N_("A quotation mark is not closed."),
    WrongReason.TOO_MANY_CELLS: N_("It has %(cells)s cells, but there are %(columns)s columns."),
    WrongReason.BROKEN_CARD: N_("The vCard has no end."),
    WrongReason.NOBODY_NAMED: N_("It names neither a person nor an organisation."),
    WrongReason.UNKNOWN_RECORD: N_("“%(value)s” is neither “person” nor “organisation”."),
    WrongReason.NO_EMAIL: N_("“%(value)s” is no e-mail address."),
    WrongReason.NO_PHONE: N_("“%(value)s” is no telephone number."),
    WrongReason.NO_REGISTERED_NUMBER: N_(
        "“%(value)s” is no IBAN, UID or VAT number: its check digits do not fit."
    ),
    WrongReason.NO_OWN_VALUE: N_("“%(value)s” is no value of the own field %(name)s."),
    WrongReason.NO_DAY: N_("“%(value)s” is no date."),
    WrongReason.NO_COUNTRY: N_("“%(value)s” is no country."),
    WrongReason.VALUE_TOO_LONG: N_("“%(value)s” has more than %(most)s characters."),
    WrongReason.NUMBER_TAKEN: N_("Another organisation has the customer number %(number)s."),
    WrongReason.REGISTERED_NUMBER_TAKEN: N_("Another organisation has the number %(number)s."),
    WrongReason.OTHER_KEY: N_("The organisation has the key %(other)s already, not %(key)s."),
    WrongReason.KEY_OF_ANOTHER: N_("The key %(key)s belongs to %(name)s already."),
    WrongReason.UNKNOWN_ORGANISATION: N_(
        "No organisation has the key %(key)s: import the organisations first, or a column with their names."
    ),
    WrongReason.UNKNOWN_STAFF: N_("Nobody of the staff has the login “%(login)s”."),
}
STATES: Mapping[ImportState, str] = {
    ImportState.NEW: N_("not begun"),
    ImportState.TRYING: N_("being tried"),
    ImportState.TRIED: N_("tried"),
    ImportState.RUNNING: N_("being imported"),
    ImportState.DONE: N_("imported"),
    ImportState.FAILED: N_("broken off"),
}
COLUMNS: Mapping[Column, str] = {
    Column.NONE: N_("(left out)"),
    Column.RECORD: N_("“person” or “organisation”"),
    Column.KEY: N_("External key"),
    Column.SALUTATION: N_("Salutation"),
    Column.TITLE: N_("Title"),
    Column.GIVEN_NAME: N_("First name"),
    Column.MIDDLE_NAME: N_("Further first names"),
    Column.FAMILY_NAME: N_("Family name"),
    Column.FULL_NAME: N_("Full name of the person"),
    Column.ORGANISATION: N_("Organisation"),
    Column.ORGANISATION_KEY: N_("External key of the organisation"),
    Column.FUNCTION: N_("Function"),
    Column.ROLE_SINCE: N_("Function since"),
    Column.ROLE_UNTIL: N_("Function until"),
    Column.LEGAL_FORM: N_("Legal form"),
    Column.CUSTOMER_NUMBER: N_("Customer number"),
    Column.PARENT_KEY: N_("External key of the parent organisation"),
    Column.PARENT: N_("Parent organisation"),
    Column.INDUSTRY: N_("Industry"),
    Column.INTERESTS: N_("Interests"),
    Column.LANGUAGE: N_("Language"),
    Column.OWNER: N_("Login of who looks after them"),
    Column.DEPUTY: N_("Login of the deputy"),
    Column.NOTE: N_("Note"),
    Column.DOMAIN: N_("Website or mail domain"),
    Column.FORMER_NAME: N_("Former name"),
    Column.FORMER_NAME_UNTIL: N_("Former name until"),
    Column.SHORT_NAME: N_("Short name"),
    Column.SHORT_NAME_UNTIL: N_("Short name until"),
    Column.REGISTERED_NUMBER: N_("IBAN, UID or VAT number"),
    Column.EMAIL: N_("E-mail"),
    Column.EMAIL_SINCE: N_("E-mail since"),
    Column.EMAIL_UNTIL: N_("E-mail until"),
    Column.PHONE_KIND: N_("Kind of the next telephone number"),
    Column.PHONE: N_("Telephone"),
    Column.MOBILE: N_("Mobile"),
    Column.PRIVATE_PHONE: N_("Private telephone"),
    Column.FAX: N_("Fax"),
    Column.PHONE_SINCE: N_("Telephone since"),
    Column.PHONE_UNTIL: N_("Telephone until"),
    Column.STREET: N_("Street"),
    Column.POSTCODE: N_("Postcode"),
    Column.PLACE: N_("Place"),
    Column.COUNTRY: N_("Country"),
    Column.ADDRESS_SINCE: N_("Address since"),
    Column.ADDRESS_UNTIL: N_("Address until"),
    Column.HOME_STREET: N_("Street, private"),
    Column.HOME_POSTCODE: N_("Postcode, private"),
    Column.HOME_PLACE: N_("Place, private"),
    Column.HOME_COUNTRY: N_("Country, private"),
    Column.OWN: N_("Own field with the name of the column"),
}


def reason_in_words(translated: Callable[[str], str], reason: str, parameters: Mapping[str, str]) -> str:
    """Return why a row is wrong as a sentence; a code of another version as it is."""
    sentence = WRONG.get(reason)
    return translated(sentence) % dict(parameters) if sentence else reason


# What files that cannot be read are said to be: whoever reads them says it in English.
UNREADABLE_BECAUSE = (
    N_("there is nothing in it"),
    N_("there is no table in it"),
    N_("this is an old or encrypted Excel file: save it as XLSX or CSV, without a password"),
    N_("this is no table: save the addresses as CSV, XLSX or vCard"),
    N_("it holds too many files"),
    N_("unpacked it is too large: save it as CSV"),
    N_("it is damaged"),
    N_("it is larger than it says"),
    N_("it needs more memory or time than it gets: save it as CSV"),
    N_("the file is not there any more"),
)
