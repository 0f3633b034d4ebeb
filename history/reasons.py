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
    Reason.PLUS_ADDRESS: "{address} is {entered} with a tag, and that is entered as an address of {correspondent}.",
    Reason.REGISTERED_NUMBER: "{number} in the signature is the number of {organisation}.",
    Reason.PHONE_NUMBER: "{number} in the signature is a telephone number of {organisation}.",
    Reason.PHONE_OF_PERSON: "{number} in the signature is a telephone number of {person}.",
    Reason.CUSTOMER_NUMBER: "The message names {number} as customer number, and that is {organisation}.",
    Reason.BARE_NUMBER: "{number} stands in the message, and {organisation} has it as customer number.",
    Reason.SIGNED_BY_ORGANISATION: "The signature names {name}, and that is {organisation}.",
    Reason.FORMER_NAME: "The signature names {name}, and so {organisation} was called before.",
    Reason.NAME_ALONE: "The signature has “{name}”, and {organisation} is called so, which may be another one.",
    Reason.NAMED_AT_ORGANISATION: "{address} is new, but is used at {organisation} and gives the name of {person}.",
    Reason.SIGNED_BY_PERSON: "{address} is used at {organisation}, and the message is signed by {person}.",
    Reason.LETTERHEAD_TOLD: "Somebody decided before that {address} is {correspondent}.",
    Reason.POSTAL_ADDRESS: "{address} is name and postal address of {correspondent}.",
    Reason.NAMESAKE: "The letter has “{name}”, and {correspondent} is called so, which may be another one.",
    Reason.REPLY_CODE: "The code on it says that we sent it to {correspondent}.",
    Reason.DECIDED_BY_HAND: "{staff} decided it.",
    Reason.NAMED_BY_COLLEAGUE: "A colleague wrote “{name}”, and that is {correspondent}.",
    Reason.IGNORED_ADDRESS: "{address} is ignored: nobody is asked who that is.",
    Reason.UNKNOWN_ADDRESS: "{address} is not entered anywhere yet.",
    Reason.MAY_BE: "{address} is not entered anywhere yet, but may be {correspondents}.",
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
    Reason.PAGE_NOT_READ: "A page of the letter could not be read: page {page} of the scan.",
}
