"""What enumerated values are called on pages: message ids, translated where they are shown."""

from history.kinds import EntryKind
from outbound.notice import BROKEN_OFF, HAS_LEFT, NO_ADDRESS, NO_RELAY
from storage.correspondents import Party
from storage.many import Act
from storage.messages import MessageState
from storage.notices import NoticeState
from storage.own_fields import OwnFieldKind
from storage.staff import AccessRole
from web.i18n import N_

ACCESS_NAMES = {
    AccessRole.READER: N_("Reader"),
    AccessRole.STAFF: N_("Staff member"),
    AccessRole.MARKETER: N_("Marketer"),
    AccessRole.ADMINISTRATOR: N_("Administrator"),
}
STATE_NAMES = {
    MessageState.ACCEPTED: N_("waiting"),
    MessageState.FILED: N_("filed"),
    MessageState.HELD: N_("held"),
    MessageState.FAILED: N_("failed"),
}
KIND_NAMES = {
    EntryKind.EMAIL: N_("E-mail"),
    EntryKind.CALL: N_("Call"),
    EntryKind.VISIT: N_("Visit"),
    EntryKind.MEETING: N_("Meeting"),
    EntryKind.NOTE: N_("Note"),
    EntryKind.GIFT: N_("Gift"),
    EntryKind.TODO: N_("Task"),
    EntryKind.WEB_ENQUIRY: N_("Web enquiry"),
    EntryKind.LETTER: N_("Letter"),
}
NOTICE_NAMES = {
    "silent_mailbox": N_("A mailbox has fallen silent"),
    "not_understood": N_("A mail of yours was not understood"),
    "command_done": N_("What your answer decided"),
    "digest": N_("What is held for you"),
}
NOTICE_STATES = {
    NoticeState.WAITING: N_("waiting"),
    NoticeState.HANDED_OVER: N_("being sent"),
    NoticeState.SENT: N_("sent"),
    NoticeState.REFUSED: N_("refused"),
    NoticeState.UNCERTAIN: N_("perhaps sent"),
}
NOTICE_PROBLEMS = {
    NO_RELAY: N_("No mail server is set that takes mail from Postbuch."),
    NO_ADDRESS: N_("No e-mail address is entered."),
    HAS_LEFT: N_("They do not work here any more."),
    BROKEN_OFF: N_("The service ended while it was being sent. It is not sent again by itself."),
}
OWN_FIELD_KINDS = {
    OwnFieldKind.TEXT: N_("Text"),
    OwnFieldKind.NUMBER: N_("Number (value)"),
    OwnFieldKind.DATE: N_("Date"),
    OwnFieldKind.CHOICE: N_("Choice"),
}
PARTIES = {Party.ORGANISATION: N_("Organisations"), Party.PERSON: N_("Persons")}
ACT_NAMES = {
    Act.LANGUAGE: N_("Set the language"),
    Act.OWNER: N_("Set who looks after them"),
    Act.INDUSTRY: N_("Set the industry"),
    Act.ADD_INTEREST: N_("Add an interest"),
    Act.REMOVE_INTEREST: N_("Take an interest away"),
    Act.OWN_FIELD: N_("Set an own field"),
}
