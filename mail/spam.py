"""Did the mailer in front call it spam?  The fields of the usual filters.

Anybody can write such fields: a mailer that is trusted removes those that came from outside.
"""

import re

from mail.seen import Seen

_NUMBER = re.compile(r"-?\d{1,4}(?:\.\d{1,4})?")
_SCORE = re.compile(
    r"(?:score|hits)\s*=\s*(-?\d{1,4}(?:\.\d{1,4})?).{0,80}?(?:required|tests_score"
    r"|tag2?)\s*=\s*(-?\d{1,4}(?:\.\d{1,4})?)",
    re.IGNORECASE,
)
_SAID = (b"x-spam-flag", b"x-spam", b"x-spam-status", b"x-spamflag", b"x-spam-action", b"x-rspamd-action",
         b"x-rspam-action", b"x-purgate", b"x-bogosity", b"x-dspam-result", b"x-barracuda-spam-flag",
         b"x-barracuda-spam-status", b"x-spambayes-classification", b"x-fortimail-spam", b"x-vade-spam")  # fmt: skip
_SCL, _FOREFRONT = b"x-ms-exchange-organization-scl", b"x-forefront-antispam-report"
_RSPAMD = (b"x-spamd-result", b"x-spamd-bar", b"x-spam-level")
_NAMES = frozenset((*_SAID, _SCL, _FOREFRONT, *_RSPAMD))
_YES = re.compile(
    r"\s*(?:yes|true|spam\b|junk|1\b|reject|add header|rewrite subject|soft reject|high|definite)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\s*(?:no\b|false|ham|clean|innocent|unsure|0\b|no action|whitelisted|none|legit|pass)", re.IGNORECASE
)
_FOREFRONT_SCL = re.compile(r"\bSCL:(-?\d{1,2})")
_RESULT = re.compile(r":\s*(True|False)\s*\[", re.IGNORECASE)
_SPAM_LEVEL = 5  # Exchange: 5 and more is spam, -1 is trusted


def spam_flag(seen: Seen) -> bool | None:
    """Return what the filters say: spam, if one of them says so; None if there is none."""
    named = _NAMES & seen.root.fields.keys()
    if not named:
        return None
    said = [verdict for name in sorted(named) if (verdict := _verdict(name, seen.field(name))) is not None]
    return any(said) if said else None


def _verdict(name: bytes, value: str) -> bool | None:
    if name in (_SCL, _FOREFRONT):
        level = _NUMBER.match(value) if name == _SCL else _FOREFRONT_SCL.search(value)
        return int(float(level[level.lastindex or 0])) >= _SPAM_LEVEL if level else None
    if name == b"x-spamd-result":
        result = _RESULT.search(value)
        return result[1].lower() == "true" if result else None
    if name in _RSPAMD:
        return None
    if _YES.match(value):
        return True
    if _NO.match(value):
        return False
    score = _SCORE.search(value)
    return float(score[1]) >= float(score[2]) if score else None
