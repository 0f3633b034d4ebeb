"""Why is this entry here, or why does it wait?  Codes of reasons as sentences.

The command line prints them as they are; pages take them as what is to be translated.
Rows keep the code and the names as they were, so a sentence stays true of its time.
"""

from collections.abc import Mapping

from storage.reasons import Reason

SENTENCES: Mapping[str, str] = {
    Reason.EXACT_ADDRESS: "{address} is entered as an address of {person}.",
    Reason.ORGANISATION_ADDRESS: "{address} is entered as an address of {organisation}.",
    Reason.NAMED_OF_SEVERAL: "{address} is used by several persons, and the message gives the name of {person}.",
    Reason.OWN_THREAD: "{address} was {correspondent} before in this conversation.",
    Reason.NAMED_IN_THREAD: "{address} is new, but answers in a conversation with {person} and gives that name.",
    Reason.THREAD_OF_ORGANISATION: "{address} is new, but answers in a conversation with {organisation}.",
    Reason.ORGANISATION_DOMAIN: "{domain} is a mail domain of {organisation}.",
    Reason.DECIDED_BY_HAND: "{staff} decided it.",
    Reason.NAMED_BY_COLLEAGUE: "A colleague wrote “{name}”, and that is {correspondent}.",
    Reason.IGNORED_ADDRESS: "{address} is ignored: nobody is asked who that is.",
    Reason.UNKNOWN_ADDRESS: "{address} is not entered anywhere yet.",
    Reason.ANOTHER_TIME: "{address} is entered for {correspondent}, but not at the time of this message.",
    Reason.SEVERAL_PERSONS: "{address} is used by several persons.",
    Reason.CONFLICTING_EVIDENCE: "What is known of {address} points to different correspondents.",
    Reason.SEVERAL_OF_THIS_NAME: "“{name}” may be several: {correspondents}.",
    Reason.NOBODY_OF_THIS_NAME: "Nobody is entered as “{name}”.",
    Reason.NO_OUTSIDE_PARTICIPANT: "Only colleagues took part.",
    Reason.NO_AUTHOR: "The message does not say who wrote it.",
    Reason.UNREADABLE: "The message cannot be read.",
    Reason.NOT_AUTHENTICATED: "Nothing shows that the sender is who they say they are.",
    Reason.UNKNOWN_COMMAND: "{word} is no command that Postbuch knows.",
    Reason.NO_DAY: "{word} is no date.",
    Reason.NOBODY_NAMED: "It does not say with whom.",
}
