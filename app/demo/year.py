"""The mail of one year, up to now: the same each time but for the dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from babel.dates import format_date
from babel.numbers import format_currency

from app.demo.cast import OWN_NAME, STAFF, Firm, Somebody
from app.demo.english import ENGLISH
from app.demo.files import file_named
from app.demo.french import FRENCH
from app.demo.german import GERMAN
from app.demo.letter import Correspondent, Written, quoted
from app.demo.story import Language, Letter, Story

MAILS, STRANGERS = 300, 8
_SEED = 1887
_DAYS = 365
_LANGUAGES: Mapping[str, Language] = {"de": GERMAN, "fr": FRENCH, "en": ENGLISH}
_OWN_PHONE = "+41 55 555 00 00"
_STAFF_FOR = {"de": (0, 0, 1), "fr": (2,), "en": (1, 0)}
_UNKNOWN = (
    ("Hanspeter", "Gmür", "hp.gmuer@postfach.example", "Occasions-Bürostühle?", "Haben Sie auch gebrauchte Stühle?"),
    ("Lucie", "Vuilleumier", "lucie.v@courrier.example", "Chaise pour la maison", "Vendez-vous aussi aux particuliers ?"),
    ("Mehmet", "Şahin", "m.sahin@postfach.example", "Lehrstelle 2027", "Bieten Sie Schnupperlehren für Schreiner an?"),
    ("Agnès", "Roulin", "agnes.roulin@courrier.example", "Catalogue", "Pourriez-vous m'envoyer votre catalogue papier ?"),
    ("Tom", "Whitfield", "tom@whitfield-family.example", "Standing desk", "Do you deliver a single desk to Basel?"),
    ("Rosmarie", "Inäbnit", "rosmarie.i@postfach.example", "Vielen Dank", "Ihr Fahrer hat mir über die Strasse geholfen!"),
    ("Gökhan", "Arslan", "gokhan@arslan-umzuege.example", "Umzüge", "Wir übernehmen Büroumzüge in der ganzen Schweiz."),
    ("Ida", "Bjørnstad", "ida@bjornstad.example", "Press enquiry", "I am writing about Swiss office design."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail with its envelope."""

    at: datetime
    sender: str
    recipients: tuple[str, ...]
    octets: bytes


@dataclass(frozen=True, slots=True)
class _Conversation:
    """Who writes with whom, in which words."""

    language: Language
    code: str
    values: Mapping[str, str]
    us: Correspondent
    them: Correspondent
    copies: tuple[Correspondent, ...]


@dataclass(slots=True)
class Year:
    """Writes a year's mail; *capture* has the capture address for each of our own addresses."""

    now: datetime
    firms: list[Firm]
    capture: Mapping[str, str]
    _dice: Random

    @classmethod
    def until(cls, now: datetime, firms: list[Firm], capture: Mapping[str, str]) -> list[Sent]:
        """Return the mail of the year before *now*, oldest first."""
        year = cls(now, firms, capture, Random(_SEED))  # noqa: S311 - the same each time is what it is for
        mails = [*year._strangers(), *year._known()]
        return sorted(mails, key=lambda mail: mail.at)

    def _known(self) -> Iterator[Sent]:
        """Yield conversations, every firm in turn, until there is enough."""
        left = MAILS - STRANGERS
        stories = {code: cycle(language.stories) for code, language in _LANGUAGES.items()}
        for firm in cycle(self.firms):
            for mail in self._conversation(firm, next(stories[firm.language])):
                yield mail
                left -= 1
                if left == 0:
                    return

    def _conversation(self, firm: Firm, story: Story) -> Iterator[Sent]:
        at = self._hour(self.now - timedelta(days=self._dice.randrange(1, _DAYS)))
        talk = self._cast(firm, at)
        references: tuple[str, ...] = ()
        before: Written | None = None
        for letter in story.letters:
            at = self._hour(at + timedelta(days=letter.after_days))
            if before and at <= before.at:
                at = before.at + timedelta(minutes=self._dice.randrange(20, 200))
            if at >= self.now:
                return
            written = self._written(talk, story, letter, at, before, references)
            references, before = (*references, written.message_id), written
            yield self._sent(written, by_us=letter.by_us)

    def _cast(self, firm: Firm, at: datetime) -> _Conversation:
        dice, language = self._dice, _LANGUAGES[firm.language]
        person, *others = dice.sample(firm.people, len(firm.people))
        own = STAFF[dice.choice(_STAFF_FOR[firm.language])]
        values = {
            "number": f"{at.year}-{dice.randrange(1000, 9999)}",
            "product": dice.choice(language.products),
            "quantity": str(dice.randrange(4, 48)),
            "amount": _price(dice.randrange(800, 38_000), firm),
            "later": format_date(at + timedelta(days=dice.randrange(8, 40)), "long", locale=firm.language),
            "reason": dice.choice(language.reasons),
        }
        copies = (self._correspondent(others[0], firm),) if dice.random() < 0.2 else ()
        return _Conversation(
            language, firm.language, values, _own(own), self._correspondent(person, firm), copies
        )

    def _correspondent(self, person: Somebody, firm: Firm) -> Correspondent:
        return Correspondent(person, f"{firm.name} {firm.legal_form}".strip(), firm.phone)

    def _written(
        self,
        talk: _Conversation,
        story: Story,
        letter: Letter,
        at: datetime,
        before: Written | None,
        references: tuple[str, ...],
    ) -> Written:
        by, to = (talk.us, talk.them) if letter.by_us else (talk.them, talk.us)
        subject = story.subject.format(**talk.values)
        text = letter.text.format(**talk.values)
        name = letter.file.format(**talk.values)
        greeting = self._dice.choice(talk.language.greetings).format(who=to.who.address_as)
        return Written(
            by=by,
            to=to,
            copies=talk.copies,
            at=at,
            subject=talk.language.reply + subject if before else subject,
            message_id=f"<{self._dice.getrandbits(80):020x}.{at:%Y%m%d}@{by.who.address.partition('@')[2]}>",
            references=references,
            greeting=greeting,
            paragraphs=tuple(" ".join(paragraph.split()) for paragraph in text.split("\n\n")),
            closing=self._dice.choice(talk.language.closings),
            quoted=_quoting(talk, before) if before else "",
            as_html=letter.form == "html",
            file=file_named(name, [subject, by.firm, f"{at:%d.%m.%Y}", talk.values["product"]])
            if name
            else None,
        )

    def _sent(self, written: Written, *, by_us: bool) -> Sent:
        own = (written.by if by_us else written.to).who.address
        recipients = [self.capture[own]]
        if by_us and self._dice.random() < 0.12:
            # Two colleagues capture the same mail: one entry, both of them on it.
            recipients.append(
                self.capture[self._dice.choice([one.address for one in STAFF if one.address != own])]
            )
        return Sent(written.at, written.by.who.address, tuple(recipients), written.octets())

    def _strangers(self) -> Iterator[Sent]:
        """Yield mails of people whom nobody has entered yet: they are held for a decision."""
        for number, (given_name, family_name, address, subject, question) in enumerate(_UNKNOWN):
            at = self._hour(self.now - timedelta(days=4 + number * 5))
            to = _own(STAFF[number % len(STAFF)])
            by = Correspondent(Somebody(given_name, family_name, "", "", address), "", "")
            message_id = f"<{self._dice.getrandbits(80):020x}.{at:%Y%m%d}@{address.partition('@')[2]}>"
            name = f"{given_name} {family_name}"
            written = Written(by, to, (), at, subject, message_id, (), "", (question,), name)
            yield Sent(at, address, (self.capture[to.who.address],), written.octets())

    def _hour(self, day: datetime) -> datetime:
        """Return a moment in office hours, on a working day from *day* on."""
        weekend = max(0, day.weekday() - 4)
        moved = day + timedelta(days=3 - weekend if weekend else 0)
        return moved.replace(
            hour=self._dice.randrange(7, 17),
            minute=self._dice.randrange(60),
            second=self._dice.randrange(60),
            microsecond=0,
        )


def _own(staff: Somebody) -> Correspondent:
    return Correspondent(staff, OWN_NAME, _OWN_PHONE)


def _price(amount: int, firm: Firm) -> str:
    currency = "CHF" if firm.country == "CH" else "EUR"
    return format_currency(amount, currency, locale=f"{firm.language}_{firm.country}")


def _quoting(talk: _Conversation, before: Written) -> str:
    date = format_date(before.at, "long", locale=talk.code)
    return quoted(before.text, talk.language.quoting.format(date=date, name=before.by.who.name))
