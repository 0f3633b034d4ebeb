"""The demonstration: a believable year of mail, taken by the service's own port."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.demo.cast import STAFF, firms
from app.demo.year import MAILS, STRANGERS, Sent, Year
from mail.message import ParsedMessage
from mail.parse import attachment_content, parse
from storage.connect import connected
from storage.correspondents import Organisation, Person
from storage.messages import Message, MessageState
from tests.running import command, running

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def year() -> list[Sent]:
    """A year of mail up to NOW."""
    return Year.until(NOW, firms(), {one.address: f"secret.{one.address}" for one in STAFF})


@pytest.fixture(scope="module")
def read(year: list[Sent]) -> list[ParsedMessage]:
    """The same mails as they are read."""
    return [parse(mail.octets) for mail in year]


def test_there_are_20_organisations_with_60_persons_each_with_an_address_of_their_own() -> None:
    people = [person for firm in firms() for person in firm.people]
    assert (len(firms()), len(people)) == (20, 60)
    assert len({person.address for person in people}) == 60
    assert all(person.address.isascii() for person in people)
    assert all(firm.domain.endswith(".example") for firm in firms())


def test_the_mail_is_of_one_year_back_from_now_in_order(year: list[Sent]) -> None:
    moments = [mail.at for mail in year]
    assert len(year) == MAILS
    assert moments == sorted(moments)
    assert NOW - timedelta(days=367) < moments[0] < NOW - timedelta(days=330)
    assert NOW - timedelta(days=30) < moments[-1] < NOW


def test_every_mail_is_read_without_defect_and_says_what_it_is(read: list[ParsedMessage]) -> None:
    assert [message.defects for message in read if message.defects] == []
    assert len({message.message_id for message in read}) == MAILS
    assert not any("{" in message.subject + message.text for message in read)
    assert not any(len(message.text) < 20 for message in read)


def test_answers_belong_to_what_they_answer(read: list[ParsedMessage]) -> None:
    known = {message.message_id for message in read}
    answers = [message for message in read if message.references]
    assert len(answers) > MAILS / 2
    assert all(set(message.references) <= known for message in answers)


def test_it_is_in_three_languages_with_attachments_and_html(read: list[ParsedMessage]) -> None:
    types = Counter(file.type for message in read for file in message.attachments)
    assert types["application/pdf"] >= 40
    assert {"image/png", "text/csv"} <= types.keys()
    assert sum(message.html is not None for message in read) >= 30
    texts = [message.text for message in read]
    for greeting in ("Guten Tag", "Bonjour", "Dear"):
        assert sum(greeting in text for text in texts) >= 20


def test_its_pdfs_are_whole(year: list[Sent], read: list[ParsedMessage]) -> None:
    for mail, message in zip(year, read, strict=True):
        for file in message.attachments:
            if file.type == "application/pdf":
                octets = attachment_content(mail.octets, file.number)
                start = int(octets.split(b"startxref\n")[1].split()[0])
                assert octets.startswith(b"%PDF-1.4")
                assert octets[start:].startswith(b"xref\n0 6\n")


def test_the_same_moment_gives_the_same_mail(year: list[Sent]) -> None:
    again = Year.until(NOW, firms(), {one.address: f"secret.{one.address}" for one in STAFF})
    assert [parse(mail.octets).text for mail in again] == [parse(mail.octets).text for mail in year]


async def test_it_fills_a_running_service_once(tmp_path: Path) -> None:
    async with running(tmp_path):
        code, printed, errors = await command(tmp_path, "demo")
        assert (code, errors) == (0, "")
        assert "/organisations" in printed
        code, _, errors = await command(tmp_path, "demo")
        assert code == 1
        assert "--force" in errors
    async with connected(f"sqlite:///{tmp_path / 'postbuch.db'}"):
        assert (await Organisation.all().count(), await Person.all().count()) == (20, 60)
        states = Counter([message.state for message in await Message.all()])
    assert states.keys() <= {MessageState.FILED, MessageState.HELD}
    assert sum(states.values()) == MAILS
    assert states[MessageState.HELD] == STRANGERS


async def test_without_a_service_it_starts_one_for_the_time(tmp_path: Path) -> None:
    code, printed, _ = await command(tmp_path, "demo")
    assert code == 0
    assert "First login" in printed
    assert "postbuch serve" in printed.splitlines()[-1]
    async with running(tmp_path) as service:
        await service.settled()
