"""What did somebody fill in as rules of what is left out?  Read as they are kept, and written as they are shown."""

from collections.abc import Iterable

from mail.address import Address
from storage.leaving_out import MOST_QUARANTINE_HOURS, LeavingOut, SensitivityRule
from web.forms import Form, form_of
from web.i18n import N_

MOST_WORDS, LONGEST_WORD, MOST_BLOCKED = 50, 50, 1000


def form_with(rules: LeavingOut) -> Form:
    """Return the form that shows rules."""
    return form_of(
        {
            "among_staff": "yes" if rules.among_staff else "",
            "private_words": "\n".join(rules.private_words),
            "sensitivity": rules.sensitivity.value,
            "blocked": "\n".join(rules.blocked),
            "quarantine_hours": rules.quarantine_hours,
        }
    )


def rules_in(form: Form) -> LeavingOut:
    """Return the rules that a form holds; what is wrong stands in it."""
    return LeavingOut(
        among_staff=form.checked("among_staff"),
        private_words=_words(form),
        sensitivity=SensitivityRule(
            form.choice("sensitivity", list(SensitivityRule), otherwise=SensitivityRule.NONE)
        ),
        blocked=_blocked(form),
        quarantine_hours=_hours(form),
    )


def private_word(text: str) -> str:
    """Return a private word as it is kept: without the sign before it."""
    return " ".join(text.split()).lstrip("#").strip()


def blocked_key(text: str) -> str | None:
    """Return an address or a domain in look-up form; None where it is neither."""
    text = text.strip().lower().removeprefix("*.").removeprefix("@")
    if "@" in text:
        address = Address.parse(text)
        return address.key if address and "." in address.domain_key else None
    address = Address.parse(f"postmaster@{text}")
    return address.domain_key if address and "." in address.domain_key.strip(".") else None


def _words(form: Form) -> tuple[str, ...]:
    words = _each(private_word(word) for word in form.lines("private_words").replace(",", "\n").split("\n"))
    if len(words) > MOST_WORDS:
        form.wrong("private_words", N_("These may be %(most)s at most."), most=MOST_WORDS)
    for word in words:
        if len(word) > LONGEST_WORD:
            form.wrong("private_words", N_("A word may have %(most)s characters at most."), most=LONGEST_WORD)
    return words


def _blocked(form: Form) -> tuple[str, ...]:
    lines = [line.strip() for line in form.lines("blocked").replace(",", "\n").split("\n")]
    keys = []
    for line in filter(None, lines):
        key = blocked_key(line)
        if key is None:
            form.wrong("blocked", N_("%(line)s is neither an e-mail address nor a domain."), line=line[:80])
        else:
            keys.append(key)
    if len(keys) > MOST_BLOCKED:
        form.wrong("blocked", N_("These may be %(most)s at most."), most=MOST_BLOCKED)
    return _each(keys)


def _hours(form: Form) -> int:
    text = form.text("quarantine_hours", most=10) or "0"
    hours = int(text) if text.isascii() and text.isdigit() else MOST_QUARANTINE_HOURS + 1
    if hours > MOST_QUARANTINE_HOURS:
        form.wrong(
            "quarantine_hours",
            N_("Write a number of hours from 0 to %(most)s."),
            most=MOST_QUARANTINE_HOURS,
        )
    return min(hours, MOST_QUARANTINE_HOURS)


def _each(words: Iterable[str]) -> tuple[str, ...]:
    """Return words in their order, each once."""
    return tuple(dict.fromkeys(filter(None, words)))
