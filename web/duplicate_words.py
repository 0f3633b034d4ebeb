"""What likenesses, fields and refusals are called on pages: message ids, translated where they are shown."""

from matcher.duplicates.verdict import Likeness
from storage.entries import Strength
from web.i18n import N_

LIKENESS_NAMES = {
    Likeness.SAME_NAME: N_("The same name"),
    Likeness.NAME_ORDER: N_("Given and family name swapped"),
    Likeness.SPELLING: N_("The same name in another spelling"),
    Likeness.SHORT_FORM: N_("A short form of the name"),
    Likeness.INITIAL: N_("The initial fits"),
    Likeness.PART_OF_NAME: N_("A part of the name"),
    Likeness.CLOSE_NAME: N_("Almost the same name"),
    Likeness.ABBREVIATION: N_("The name abbreviated"),
    Likeness.ACRONYM: N_("The initials of the name"),
    Likeness.LEGAL_FORM: N_("The same name but for the legal form"),
    Likeness.EMAIL: N_("The same e-mail address"),
    Likeness.PHONE: N_("The same telephone number"),
    Likeness.DOMAIN: N_("The same domain"),
    Likeness.DOMAIN_NAME: N_("A domain of the same name"),
    Likeness.ADDRESS: N_("The same postal address"),
    Likeness.CLOSE_ADDRESS: N_("Almost the same postal address"),
    Likeness.PLACE: N_("The same place"),
    Likeness.EMPLOYER: N_("The same employer"),
    Likeness.BIRTHDAY: N_("The same date of birth"),
    Likeness.CLOSE_BIRTHDAY: N_("Almost the same date of birth"),
    Likeness.OTHER_NAME: N_("Another name"),
    Likeness.OTHER_BIRTHDAY: N_("Another date of birth"),
    Likeness.OTHER_ADDRESS: N_("Another postal address"),
    Likeness.OTHER_EMAIL: N_("Another address at the same firm"),
    Likeness.OTHER_LEGAL_FORM: N_("Another legal form"),
    Likeness.RELATED: N_("One belongs to the other"),
}
STRENGTH_NAMES = {
    Strength.CERTAIN: N_("very likely"),
    Strength.STRONG: N_("likely"),
    Strength.WEAK: N_("perhaps"),
}
FIELD_NAMES = {
    "title": N_("Title"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "salutation": N_("Salutation"),
    "language": N_("Language"),
    "external_key": N_("Key in another program"),
    "interests": N_("Interests"),
    "note": N_("Note"),
    "name": N_("Name"),
    "legal_form": N_("Legal form"),
    "customer_number": N_("Customer number"),
    "industry": N_("Industry"),
    "owner_id": N_("Looked after by"),
    "deputy_id": N_("Deputy"),
    "parent_id": N_("Belongs to"),
}
REFUSALS = {
    "done": N_("This was undone already."),
    "late": N_("After 90 days this cannot be undone any more."),
    "gone": N_("The entry that stayed is not there any more."),
    "later": N_("Something was merged into the same entry later. Undo that first."),
    "taken": N_("A key or customer number that it had belongs to another entry now."),
}
