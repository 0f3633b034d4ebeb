"""What enumerated values are called on pages: message ids, translated where they are shown."""

from storage.messages import MessageState
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
