"""A conversation with an IMAP server: each step blocks until it is answered, and belongs in a thread.

Whatever goes wrong is an ImapTrouble; the conversation is over then.
"""

import os
import select
import socket
import ssl
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from imapclient import IMAPClient, imap_utf7

from ingest.imap_access import Access, log_in, reached
from ingest.imap_trouble import ImapTrouble, as_trouble
from storage.mailboxes import MailboxProblem

KEYWORD = "$Postbuch"
LONGEST_IDLE_SECONDS = 29 * 60
_FLAGGED, _DELETED = b"\\Flagged", b"\\Deleted"
# What a server answers must stay below the length of a line that the library takes.
_MOST_NUMBERS_AT_ONCE = 20_000
PART_OCTETS = 1024 * 1024
_WHOLE, _SIZE, _DATE = b"BODY[]", b"RFC822.SIZE", b"INTERNALDATE"
_LABELS = b"X-GM-LABELS"
_MOST_LABELS, _LONGEST_LABEL = 20, 100


@dataclass(frozen=True, slots=True)
class Opened:
    """How a folder was found: UIDs count for one `uid_validity`, the next mail gets `uid_next`."""

    uid_validity: int
    uid_next: int
    exists: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder as the server lists it."""

    name: str
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a mail before it is fetched: its octets, its keywords and Gmail's labels."""

    octets: int
    labels: tuple[str, ...]


class Session:
    """A conversation in which somebody has logged in."""

    def __init__(self, client: IMAPClient) -> None:
        self._client = client
        self._opened = ""
        self._may_flag_freely = False
        self._idles = True
        self._connection = socket.socket(fileno=os.dup(client.socket().fileno()))

    def interrupt(self) -> None:
        """End the conversation from another thread: what it waits for ends with ImapTrouble."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the conversation without a word, which servers are used to."""
        with suppress(OSError):
            self._client.shutdown()
        self._connection.close()

    @property
    def idles(self) -> bool:
        """Whether the server tells of new mail by itself."""
        with as_trouble():
            return self._idles and bool(self._client.has_capability("IDLE"))

    def folders(self) -> list[Listed]:
        """Return the folders that can be opened, with their special uses (RFC 6154)."""
        with as_trouble():
            listed = self._client.list_folders()
        folders = (
            Listed(str(name), frozenset(flag.decode().lower() for flag in flags)) for flags, _, name in listed
        )
        return [one for one in folders if not one.flags & {"\\noselect", "\\nonexistent"}]

    def look(self, folder: str) -> Opened:
        """Return how a folder is that is not open."""
        with as_trouble():
            found = self._client.folder_status(folder, ["MESSAGES", "UIDNEXT", "UIDVALIDITY"])
        return Opened(
            found.get(b"UIDVALIDITY", 0),
            found.get(b"UIDNEXT", 0) or self._next_of(folder),
            found[b"MESSAGES"],
        )

    def open(self, folder: str, *, read_only: bool) -> Opened:
        """Open a folder, or look at an open one anew.  FOLDER_MISSING if it cannot be opened."""
        with as_trouble():
            try:
                found = self._client.select_folder(folder, readonly=read_only)
            except self._client.AbortError:
                raise
            except self._client.Error as error:
                self._opened = ""
                raise ImapTrouble(MailboxProblem.FOLDER_MISSING, folder=folder) from error
            self._opened = folder
            self._may_flag_freely = b"\\*" in found.get(b"PERMANENTFLAGS", ())
            uid_next = found.get(b"UIDNEXT") or self._highest() + 1
        return Opened(found.get(b"UIDVALIDITY", 0), uid_next, found.get(b"EXISTS", 0))

    @property
    def opened(self) -> str:
        """The folder that is open; empty if there is none."""
        return self._opened

    def uids_from(self, uid: int, *, since: date | None) -> list[int]:
        """Return the UIDs from *uid* on, in order; of mails since a day, and never drafts."""
        with as_trouble():
            found = self._client.search(["UID", f"{uid}:*", *_wanted(since)])
        return sorted(one for one in found if one >= uid)  # `*` is the last, even if it is before `uid`

    def uids_before(self, uid: int, *, exists: int, since: date | None) -> "array[int]":
        """Return the UIDs before *uid*, in order, in little memory.

        Asked by numbers from the last back to the first: if mails go meanwhile, the numbers of those
        behind them sink, and none is passed over.
        """
        found: set[int] = set()
        with as_trouble():
            for last in range(exists, 0, -_MOST_NUMBERS_AT_ONCE):
                first = max(1, last - _MOST_NUMBERS_AT_ONCE + 1)
                uids = self._client.search([f"{first}:{last}", *_wanted(since)])
                found.update(one for one in uids if one < uid)
        return array("Q", sorted(found))

    def looks(self, uids: Sequence[int]) -> dict[int, Look]:
        """Return how large mails are, and how they are labelled; one that has gone is not among them."""
        with as_trouble():
            wanted = [_SIZE, b"FLAGS", *([_LABELS] if self._client.has_capability("X-GM-EXT-1") else [])]
            found = self._client.fetch(uids, wanted)
        return {uid: Look(int(each[_SIZE]), _labels(each)) for uid, each in found.items() if _SIZE in each}

    def dates(self, uids: Sequence[int]) -> dict[int, datetime]:
        """Return when mails came, as the server says."""
        with as_trouble():
            found = self._client.fetch(uids, [_DATE])
        return {uid: each[_DATE].astimezone() for uid, each in found.items() if each.get(_DATE)}

    def mails(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return mails as they are; not one that has gone, or that the server cannot give."""
        with as_trouble():
            try:
                found = self._client.fetch(uids, ["BODY.PEEK[]"])
            except self._client.AbortError:
                raise
            except self._client.Error:  # of one of them, maybe
                if len(uids) == 1:
                    return {}
                return {uid: raw for each in uids for uid, raw in self.mails([each]).items()}
        return {uid: each[_WHOLE] for uid, each in found.items() if isinstance(each.get(_WHOLE), bytes)}

    def parts(self, uid: int) -> Iterator[bytes]:
        """Yield a large mail part by part; nothing if it has gone."""
        start = 0
        while True:
            with as_trouble():
                found = self._client.fetch([uid], [f"BODY.PEEK[]<{start}.{PART_OCTETS}>"])
            part = found.get(uid, {}).get(f"BODY[]<{start}>".encode()) or b""
            yield part
            if len(part) < PART_OCTETS:
                return
            start += len(part)

    def wait(self, seconds: float) -> bool:
        """Wait until the server tells of something in the open folder (IDLE), and tell whether it did.

        It says DONE before half an hour is over, after which servers hang up (RFC 2177).
        """
        with as_trouble():
            try:
                self._client.idle()
            except self._client.AbortError:
                raise
            except self._client.Error:
                self._idles = False
                return False
            told = self._has_unread() or self._is_readable(min(seconds, LONGEST_IDLE_SECONDS))
            self._client.idle_done()
        return told

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move mails from the open folder into another one.  FOLDER_MISSING if there is none."""
        with as_trouble():
            try:
                if self._client.has_capability("MOVE"):
                    self._client.move(uids, folder)
                    return
                self._client.copy(uids, folder)
            except self._client.AbortError:
                raise
            except self._client.Error as error:
                raise ImapTrouble(MailboxProblem.FOLDER_MISSING, folder=folder) from error
            self._client.add_flags(uids, [_DELETED], silent=True)
            if self._client.has_capability("UIDPLUS"):  # else others' deleted mails would go too
                self._client.uid_expunge(uids)

    def flag(self, uids: Sequence[int]) -> None:
        """Mark mails: with a keyword of our own, or where the server takes none as flagged."""
        with as_trouble():
            self._client.add_flags(uids, [KEYWORD if self._may_flag_freely else _FLAGGED], silent=True)

    def _next_of(self, folder: str) -> int:
        """Return the next UID of a folder where the server does not tell."""
        return self.open(folder, read_only=True).uid_next

    def _highest(self) -> int:
        return max(self._client.search(["UID", "*"]), default=0)

    def _has_unread(self) -> bool:
        """Tell whether what the server said along with its last answer waits in memory, where no one polls."""
        connection: Any = self._client.socket()
        imap = self._client._imap  # noqa: SLF001 - its buffer is nowhere else
        connection.setblocking(False)
        try:
            return bool(imap.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            connection.settimeout(self._client._timeout.read)  # noqa: SLF001

    def _is_readable(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._connection.fileno(), select.POLLIN)
        return bool(poll.poll(seconds * 1000))


def session(access: Access) -> Session:
    """Return a conversation in which somebody has logged in.  ImapTrouble."""
    client = reached(access)
    try:
        log_in(client, access)
    except BaseException:
        with suppress(OSError):
            client.shutdown()
        raise
    return Session(client)


def _labels(answer: Mapping[bytes, Any]) -> tuple[str, ...]:
    """Return what staff or a program have put on a mail; what begins with a backslash is the server's own."""
    given = (*answer.get(b"FLAGS", ()), *answer.get(_LABELS, ()))
    names = (imap_utf7.decode(one) if isinstance(one, bytes) else str(one) for one in given)
    return tuple(name[:_LONGEST_LABEL] for name in names if not name.startswith(("\\", "$")))[:_MOST_LABELS]


def _wanted(since: date | None) -> list[Any]:
    return ["UNDRAFT", *(["SINCE", since] if since else [])]
