"""Why was an address taken for somebody, or for nobody?  The codes of the reasons.

Rows keep the code with its parameters; `history.reasons` has the sentences.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Why a participant is linked to a correspondent, or why nobody could be told."""

    EXACT_ADDRESS = "exact-address"
    ORGANISATION_ADDRESS = "organisation-address"
    NAMED_OF_SEVERAL = "named-of-several"
    OWN_THREAD = "own-thread"
    NAMED_IN_THREAD = "named-in-thread"
    THREAD_OF_ORGANISATION = "thread-of-organisation"
    ORGANISATION_DOMAIN = "organisation-domain"
    PLUS_ADDRESS = "plus-address"
    REGISTERED_NUMBER = "registered-number"
    PHONE_NUMBER = "phone-number"
    PHONE_OF_PERSON = "phone-of-person"
    CUSTOMER_NUMBER = "customer-number"
    BARE_NUMBER = "bare-number"
    SIGNED_BY_ORGANISATION = "signed-by-organisation"
    FORMER_NAME = "former-name"
    NAME_ALONE = "name-alone"
    NAMED_AT_ORGANISATION = "named-at-organisation"
    SIGNED_BY_PERSON = "signed-by-person"
    LETTERHEAD_TOLD = "letterhead-told"
    POSTAL_ADDRESS = "postal-address"
    NAMESAKE = "namesake"
    REPLY_CODE = "reply-code"
    DECIDED_BY_HAND = "decided-by-hand"
    NAMED_BY_COLLEAGUE = "named-by-colleague"

    IGNORED_ADDRESS = "ignored-address"  # nobody, and nobody is asked

    UNKNOWN_ADDRESS = "unknown-address"
    MAY_BE = "may-be"
    ANOTHER_TIME = "another-time"
    SEVERAL_PERSONS = "several-persons"
    CONFLICTING_EVIDENCE = "conflicting-evidence"
    SEVERAL_OF_THIS_NAME = "several-of-this-name"
    NOBODY_OF_THIS_NAME = "nobody-of-this-name"
    NO_OUTSIDE_PARTICIPANT = "no-outside-participant"
    NO_AUTHOR = "no-author"
    UNREADABLE = "unreadable"
    NOT_AUTHENTICATED = "not-authenticated"
    UNKNOWN_COMMAND = "unknown-command"
    NO_DAY = "no-day"
    NOBODY_NAMED = "nobody-named"
    PAGE_NOT_READ = "page-not-read"

    @property
    def is_open(self) -> bool:
        """Whether a participant with this reason waits for a person to decide who it is."""
        return self in _OPEN

    @property
    def is_hint(self) -> bool:
        """Whether it helps a person to decide, but links nobody, however little speaks against it."""
        return self in _HINTS


_OPEN = {
    Reason.UNKNOWN_ADDRESS,
    Reason.MAY_BE,
    Reason.ANOTHER_TIME,
    Reason.SEVERAL_PERSONS,
    Reason.CONFLICTING_EVIDENCE,
    Reason.SEVERAL_OF_THIS_NAME,
    Reason.NOBODY_OF_THIS_NAME,
}
_HINTS = {Reason.BARE_NUMBER, Reason.NAME_ALONE, Reason.NAMESAKE}
