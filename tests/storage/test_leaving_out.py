"""The rules of what is left out, and how much they did, as they are kept."""

from storage import audit, leaving_out
from storage.leaving_out import LeavingOut, LeftOutCount, LeftOutReason


async def test_rules_are_kept_and_what_was_before_stands_in_the_journal(database: str) -> None:
    assert await leaving_out.rules() == LeavingOut()
    first = LeavingOut(False, ("geheim",), leaving_out.SensitivityRule.PRIVATE, ("x.example",), 12)
    await leaving_out.set_rules(first, by=None)
    await leaving_out.set_rules(LeavingOut(), by=None)
    assert await leaving_out.rules() == LeavingOut()
    (_, change) = await audit.Change.filter(subject="left_out_rules").order_by("id")
    assert change.before["private_words"] == ["geheim"]


async def test_counts_are_given_by_month_and_rule(database: str) -> None:
    for day, rule, number in (
        ("2026-02-01", "blocked", 2),
        ("2026-02-28", "blocked", 3),
        ("2026-01-31", "sensitive", 1),
    ):
        await LeftOutCount.create(day=day, rule=LeftOutReason(rule), number=number)
    told = [
        (line.month.isoformat(), line.rule.value, line.number)
        for line in await leaving_out.counts(most_months=12)
    ]
    assert told == [("2026-02-01", "blocked", 5), ("2026-01-01", "sensitive", 1)]
    assert len(await leaving_out.counts(most_months=1)) == 1
