"""Which folders are chosen of those that a server lists."""

import pytest

from ingest.imap_folders import folders_to_read
from ingest.imap_session import Listed
from ingest.imap_trouble import ImapTrouble


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["INBOX", "Gesendete Elemente", "Entwürfe"], ["INBOX", "Gesendete Elemente"]),
        (["INBOX", "INBOX.Envoyés"], ["INBOX", "INBOX.Envoyés"]),
        (["Inbox", "Posta inviata", "Cestino"], ["Inbox", "Posta inviata"]),
        (["INBOX"], ["INBOX"]),
    ],
)
def test_sent_is_found_by_its_name_where_the_server_does_not_say(names: list[str], chosen: list[str]) -> None:
    assert folders_to_read([Listed(name, frozenset()) for name in names], []) == chosen


def test_a_mailbox_without_folders_is_a_problem() -> None:
    with pytest.raises(ImapTrouble, match="no_folders"):
        folders_to_read([], [])


def test_everything_goes_before_inbox_and_sent() -> None:
    gmail = [
        Listed("INBOX", frozenset()),
        Listed("[Gmail]/Alle Nachrichten", frozenset({"\\all"})),
        Listed("[Gmail]/Gesendet", frozenset({"\\sent"})),
    ]
    assert folders_to_read(gmail, []) == ["[Gmail]/Alle Nachrichten"]


def test_a_named_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(ImapTrouble) as raised:
        folders_to_read([Listed("INBOX", frozenset())], ["Kunden"])
    assert raised.value.parameters == {"folder": "Kunden"}
