"""What does an attached mail say?  Its header, its text, and the files in it."""

from collections.abc import Callable

from ingest.files.gathering import Gathering
from ingest.files.told import FileDefect
from mail.msg import read_msg
from mail.outlook import outlook_text
from mail.parse import attachment_contents, parse

Attached = Callable[[str, str, bytes], None]
_MOST_FILES = 50


def read_mail(content: bytes, gathering: Gathering, attached: Attached) -> None:
    """Gather what a mail says; *attached* is told name, type and content of each file."""
    message = parse(content)
    names = [f"{one.name} {one.address or ''}" for one in (*message.from_, *message.to, *message.cc)]
    gathering.say_all((message.subject, *names[:_MOST_FILES], message.text))
    wanted = message.attachments[:_MOST_FILES]
    if len(message.attachments) > _MOST_FILES:
        gathering.told.defects.add(FileDefect.TOO_MANY)
    for one, octets in zip(
        wanted, attachment_contents(content, [each.number for each in wanted]), strict=True
    ):
        attached(one.name, one.type, octets)


def read_outlook(content: bytes, gathering: Gathering, attached: Attached) -> None:
    """Gather what a mail says that Outlook saved."""
    mail = read_msg(content)
    if mail is None:
        raise gathering.enough(FileDefect.BROKEN)
    gathering.say_all((mail.subject, *(one.name for one in (*mail.to, *mail.cc)), outlook_text(mail)[0]))
    for file in mail.files[:_MOST_FILES]:
        attached(file.name, file.type, file.content)
