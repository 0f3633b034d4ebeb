"""What is left out: the rules, what they would have left out, how much they did; and taking back."""

from datetime import date, datetime

from aiohttp import web
from pydantic import Field, field_validator

from history.taking_back import NotYours
from history.timeline import lines, quarantined
from ingest.left_out_preview import MOST, preview
from storage import leaving_out
from storage.leaving_out import MOST_QUARANTINE_HOURS, LeavingOut, LeftOutReason, SensitivityRule
from web.api.entry_answers import EntryPage, page_of
from web.api.fields import Answer, Given, Paging, wrong
from web.api.operation import Area
from web.api.problem import Problem
from web.found import id_in
from web.left_out import MOST_MONTHS
from web.left_out_rules import LONGEST_WORD, MOST_BLOCKED, MOST_WORDS, blocked_key, private_word
from web.rights import Right
from web.session import STAFF
from web.taking_back import forget

area = Area(
    "left-out", "What is not kept: the rules, and how much they left out; taking back what one captured."
)


class Rules(Answer):
    """The rules; `blocked` are addresses, and domains with those below them; 0 hours: no quarantine."""

    among_staff: bool
    private_words: list[str]
    sensitivity: SensitivityRule
    blocked: list[str]
    quarantine_hours: int


class NewRules(Given):
    """The rules that are to hold from now on, all of them."""

    among_staff: bool
    private_words: list[str] = Field(max_length=MOST_WORDS)
    sensitivity: SensitivityRule = Field(strict=False)
    blocked: list[str] = Field(max_length=MOST_BLOCKED, description="addresses and domains")
    quarantine_hours: int = Field(ge=0, le=MOST_QUARANTINE_HOURS)

    @field_validator("private_words")
    @classmethod
    def _as_kept(cls, words: list[str]) -> list[str]:
        kept = list(dict.fromkeys(filter(None, map(private_word, words))))
        if any(len(word) > LONGEST_WORD for word in kept):
            raise wrong(f"A word may have {LONGEST_WORD} characters at most.")
        return kept

    @field_validator("blocked")
    @classmethod
    def _in_look_up_form(cls, lines: list[str]) -> list[str]:
        keys = [(line, blocked_key(line)) for line in lines]
        for line, key in keys:
            if key is None:
                raise wrong(f"{line[:80]!r} is neither an e-mail address nor a domain.")
        return list(dict.fromkeys(key for _, key in keys if key))

    def as_rules(self) -> LeavingOut:
        """Return them as they are kept."""
        return LeavingOut(
            among_staff=self.among_staff,
            private_words=tuple(self.private_words),
            sensitivity=self.sensitivity,
            blocked=tuple(self.blocked),
            quarantine_hours=self.quarantine_hours,
        )


class WouldBeLeftOut(Answer):
    """An entry that would not be there, and the rule that would have left it out."""

    id: int
    at: datetime
    subject: str
    rule: LeftOutReason


class PreviewOfRules(Answer):
    """How many of the last messages were looked at, and which entries would not be there."""

    looked_at: int
    rows: list[WouldBeLeftOut]


class Count(Answer):
    """How many messages a rule left out in a month, which its first day names."""

    month: date
    rule: LeftOutReason
    number: int


class Counts(Answer):
    """Counts by month and rule, the newest month first."""

    rows: list[Count]


@area.operation("GET", "/left-out/rules", Right.ADMINISTER)
async def show_rules(request: web.Request) -> Rules:
    """Show the rules that hold now"""
    return Rules.model_validate(await leaving_out.rules())


@area.operation("PUT", "/left-out/rules", Right.ADMINISTER)
async def set_rules(request: web.Request, body: NewRules) -> Rules:
    """Let rules hold from now on; what is in the history already stays there"""
    await leaving_out.set_rules(body.as_rules(), by=request[STAFF].id)
    return Rules.model_validate(await leaving_out.rules())


@area.operation("POST", "/left-out/preview", Right.ADMINISTER)
async def preview_rules(request: web.Request, body: NewRules) -> PreviewOfRules:
    """Tell what rules would have left out of the last 100 messages; changes nothing"""
    found = await preview(body.as_rules(), most=MOST)
    return PreviewOfRules(
        looked_at=found.looked_at,
        rows=[
            WouldBeLeftOut(id=line.id, at=line.at, subject=line.subject, rule=found.left_out[line.id])
            for line in await lines(list(found.left_out))
        ],
    )


@area.operation("GET", "/left-out/counts", Right.ADMINISTER)
async def list_counts(request: web.Request) -> Counts:
    """Tell how many messages each rule left out, by month"""
    counted = await leaving_out.counts(most_months=MOST_MONTHS)
    return Counts(rows=[Count.model_validate(line) for line in counted])


@area.operation("GET", "/quarantine", Right.ACCOUNT)
async def list_quarantine(request: web.Request, query: Paging) -> EntryPage:
    """List what the token's owner captured and the others do not see yet"""
    return page_of(await quarantined(request[STAFF].id, after=query.after, most=query.limit))


@area.operation("POST", "/entries/{entry}/take-back", Right.ACCOUNT, problems=[403])
async def take_back_entry(request: web.Request) -> None:
    """Forget a mail and all that was made of it: for who wrote it, who alone captured it, and administrators"""
    try:
        await forget(request, id_in(request, "entry"))
    except NotYours as error:
        raise Problem(403, str(error)) from None
