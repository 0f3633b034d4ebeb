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
    DECIDED_BY_HAND = "decided-by-hand"
    NAMED_BY_COLLEAGUE = "named-by-colleague"

    IGNORED_ADDRESS = "ignored-address"  # nobody, and nobody is asked

    UNKNOWN_ADDRESS = "unknown-address"
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

    @property
    def is_open(self) -> bool:
        """Whether a participant with this reason waits for a person to decide who it is."""
        return self in _OPEN


_OPEN = {
    Reason.UNKNOWN_ADDRESS,
    Reason.ANOTHER_TIME,
    Reason.SEVERAL_PERSONS,
    Reason.CONFLICTING_EVIDENCE,
    Reason.SEVERAL_OF_THIS_NAME,
    Reason.NOBODY_OF_THIS_NAME,
}
