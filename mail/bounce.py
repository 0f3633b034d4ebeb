"""Whom did a message not reach?  Bounces: reports of RFC 3464 first, then those in words.

Anybody can write the words of a bounce into a mail.  They count only where a mailer wrote:
a delivery report by its type, the null return path, an author who is a mailer, or a field
that only mailers set.
"""

import re

from mail.bounce_json import MARK, read_event
from mail.bounce_reasons import Refused, judged
from mail.bounce_texts import Failed, failed_in, is_nothing_else, says_failure
from mail.defects import Defects
from mail.dsn import Recipient, read_report
from mail.limits import LIMITS
from mail.message import Bounce, BounceKind
from mail.notice import ADDRESSES, Notice, divided, recipients_of
from mail.seen import Seen
from mail.structure import read_structure

_ROLE = re.compile(
    r"admin|daemon|gateway|smtp|mta\b|antivirus|anti_virus|antispam|imss|notif|no-?reply|robot|system"
    r"|mail(?:er|server|gate)|bounce|owner|request|listserv|majordomo|virus|filter",
    re.IGNORECASE,
)
_FAILED_WORDS = re.compile(
    r"undeliver|deliver|returned mail|failure notice|returning|unzustellbar|non[- ]?(?:remis|deliver"
    r"|distribu|recapit)|mancat|not member|loop alert|zustell|bounce|could not be|failed mail"
    r"|mail failure|mail error|no se puede|onbestelbaar|недоставл|退信|配信",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"auto[-_ ]?(?:matic )?(?:repl|respon)|automati(?:sche antwort|que)", re.IGNORECASE)
_REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/rfc822-header",
                   "message/global", "message/global-headers")  # fmt: skip
_SUCCEEDED = ("delivered", "relayed", "expanded")
_TEXT_REFUSED = re.compile(
    r"(?:in reply to (?:end of )?DATA|after end of data|SMTP command DATA|error .{0,30}\(DATA\)"
    r"|did not like our (?:final )?DATA)",
    re.IGNORECASE,
)
_SENDER_REFUSED = re.compile(r"(?:in reply to|after) MAIL FROM|>>> MAIL FROM|\(MAIL FROM\)", re.IGNORECASE)
_CLOUDS = (".amazonaws.com",)
_READ_OF_SUBJECT, _LONGEST_REASON = 300, 500
_LARGEST_ENCLOSED = 4 * 1024 * 1024
_MARKS = " :;,.-*>|"


def may_report(seen: Seen) -> bool:
    """Tell at little cost whether a mail can be a bounce."""
    return (
        seen.root.type == "multipart/report"
        or seen.is_mailers
        or seen.null_return_path
        or _FAILED_WORDS.search(seen.subject[:_READ_OF_SUBJECT]) is not None
        or any(part.type in _REPORT_TYPES for part in seen.parts)
        or _is_event(seen)
    )


def bounces_in(seen: Seen, *, within: bool = False) -> tuple[Bounce, ...]:
    """Return whom an earlier mail did not reach, where this one reports it."""
    reports = [seen.content(part) for part in seen.parts if part.type in _REPORT_TYPES]
    certain = _is_certain(seen, reports)
    notice = _notice(seen)
    if not certain and not _is_plausible(seen) and not _is_bare(seen, notice):
        return ()
    recipients = [recipient for report in reports for recipient in read_report(report)] if certain else []
    if _is_event(seen):
        recipients += read_event(seen.text)
    if not recipients and certain and "final-recipient" in seen.text.lower():
        recipients = list(read_report("\n".join(notice.lines)))
    if recipients and all(recipient.action.startswith(_SUCCEEDED) for recipient in recipients):
        return ()
    passes_on = certain and not within and not recipients and not failed_in(notice, certain=False)
    if passes_on and (enclosed := _of_enclosed(seen)):
        return enclosed
    texts = {failed.address.lower(): failed for failed in failed_in(notice, certain=certain)}
    found = [bounce for recipient in recipients if (bounce := _reported(recipient, notice, texts))]
    if not found:
        found = [_told(failed, notice, alone=len(texts) == 1) for failed in texts.values()]
    return tuple({bounce.address.lower(): bounce for bounce in reversed(found)}.values())[::-1]


def is_delivery_report(seen: Seen) -> bool:
    """Tell whether the mail reports nothing but deliveries that succeeded."""
    reports = [seen.content(part) for part in seen.parts if part.type in _REPORT_TYPES]
    actions = [recipient.action for report in reports for recipient in read_report(report)]
    return bool(actions) and all(action.startswith(_SUCCEEDED) for action in actions)


def reports_failure(seen: Seen) -> bool:
    """Tell whether a mailer says that it could not deliver, even where it names nobody that can be read."""
    return (seen.is_mailers or _is_report(seen, "delivery-status")) and says_failure(_notice(seen))


def _is_event(seen: Seen) -> bool:
    """Tell whether the mail is an event of a relay's cloud, told by its notification service."""
    if not any(mailbox.address and mailbox.address.domain_key.endswith(_CLOUDS) for mailbox in seen.authors):
        return False
    return MARK in seen.text


def _is_report(seen: Seen, kind: str) -> bool:
    return (
        seen.root.type == "multipart/report" and seen.root.parameters.get("report-type", "").lower() == kind
    )


def _is_certain(seen: Seen, reports: list[str]) -> bool:
    """Tell whether a mailer wrote it; a person can enclose a report, and pass on the words of one."""
    if seen.is_mailers or _is_report(seen, "delivery-status") or _is_event(seen):
        return True
    if reports:
        nobodys = not seen.authors or seen.null_return_path or _is_role(seen)
        return nobodys or seen.root.type == "multipart/report"
    if _answers(seen):
        return False
    return seen.null_return_path and (_is_role(seen) or _has_failed_subject(seen))


def _answers(seen: Seen) -> bool:
    """Tell whether it is some program's answer: of a mailbox that nobody reads, for instance."""
    kinds = seen.field(b"auto-submitted") + seen.field(b"precedence") + seen.subject
    return _ANSWERED.search(kinds) is not None


def _has_failed_subject(seen: Seen) -> bool:
    return not seen.is_answer and _FAILED_WORDS.search(seen.subject[:_READ_OF_SUBJECT]) is not None


def _is_bare(seen: Seen, notice: Notice) -> bool:
    """Tell whether a mail has no word of a person: no name, nothing answered, no program, only a failure."""
    named = any(mailbox.name for mailbox in seen.authors)
    answers = any(
        name in seen.root.fields for name in (b"in-reply-to", b"references", b"user-agent", b"x-mailer")
    )
    return not named and not answers and is_nothing_else(notice)


def _is_role(seen: Seen) -> bool:
    """Tell whether the author is a function of a mail system rather than a person."""
    return _ROLE.search(seen.field(b"from").rpartition("<")[2].partition("@")[0]) is not None


def _is_plausible(seen: Seen) -> bool:
    """Tell whether somebody who is no mailer by name may be one: a role, or nobody to answer to, and its words."""
    if _answers(seen):
        return False
    return seen.null_return_path or (_is_role(seen) and _has_failed_subject(seen))


def _notice(seen: Seen) -> Notice:
    lines, returned = divided(seen.text)
    for part in seen.parts:
        if part.type in _RETURNED_TYPES:
            head, _, _ = seen.content(part).partition("\n\n")
            returned = f"{head}\n{returned}" if "\n" in head else returned
            break
    author = next((mailbox.address for mailbox in seen.authors if mailbox.address), None)
    sent_to, carried_for = recipients_of(returned)
    return Notice(
        lines=lines,
        subject=seen.subject,
        sent_to=sent_to,
        carried_for=carried_for,
        failed_recipients=tuple(ADDRESSES.findall(seen.field(b"x-failed-recipients"))),
        own=frozenset({str(author).lower()} if author else ()),
        told=frozenset(address.lower() for address in ADDRESSES.findall(seen.field(b"to"))),
        author_domain=author.domain if author else "",
    )


def _reported(recipient: Recipient, notice: Notice, texts: dict[str, Failed]) -> Bounce | None:
    """Return the bounce of a recipient that a report names as failed or delayed."""
    if recipient.action.startswith(_SUCCEEDED):
        return None
    address = recipient.address
    if not ADDRESSES.fullmatch(address) or "..." in address:
        local_part = address.lower()
        same = [written for key, written in notice.sent_to.items() if key.partition("@")[0] == local_part]
        address = same[0] if same else next((failed.address for failed in texts.values()), "")
    if not address:
        return None
    told = texts.get(address.lower())
    words = recipient.diagnostic
    if len(words) < 20 and told:
        words = f"{words} {told.words}".strip()
    return _bounce(address, words or notice.words, recipient, told)


def _told(failed: Failed, notice: Notice, *, alone: bool) -> Bounce:
    words = failed.words
    if alone and judged(words)[0] is BounceKind.UNKNOWN:
        words = f"{words} {notice.words}".strip()  # some mailers give the reason first
    return _bounce(failed.address, words, None, failed)


def _bounce(address: str, words: str, recipient: Recipient | None, told: Failed | None) -> Bounce:
    said = f"{words} {told.words}" if told else words
    kind, status = judged(words, recipient.status if recipient else "", refused=_refused(said))
    if recipient and recipient.action.startswith("delayed"):
        kind = BounceKind.SOFT
    return Bounce(address, kind, status, words.lstrip(_MARKS)[:_LONGEST_REASON].rstrip())


def _refused(words: str) -> Refused:
    if _TEXT_REFUSED.search(words):
        return Refused.TEXT
    return Refused.SENDER if _SENDER_REFUSED.search(words) else Refused.RECIPIENT


def _of_enclosed(seen: Seen) -> tuple[Bounce, ...]:
    """Return the bounces of a report that a mailer passes on within its own."""
    for part in seen.parts:
        if part.type == "message/rfc822" and part.end - part.body < _LARGEST_ENCLOSED:
            raw = seen.octets(part)
            root = read_structure(raw, LIMITS, Defects())
            if root.type == "multipart/report":
                return bounces_in(Seen(raw, root, "", "", ()), within=True)
    return ()
