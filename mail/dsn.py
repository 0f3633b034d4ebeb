"""What does a delivery status notification say of each recipient?  (RFC 3464, and RFC 8098's like form)

A total reader: blocks may run together, lie in ordinary text, or lack what the standard asks for.
"""

import re
from dataclasses import dataclass

_FIELD = re.compile(r"[>\s]{0,8}([A-Za-z][A-Za-z-]{1,40})[ \t]{0,4}:(.*)", re.DOTALL)
_RECIPIENT_FIELDS = ("final-recipient", "original-recipient", "x-actual-recipient")
# What can stand twice only if a second recipient has begun without a blank line between.
_BEGINS = "final-recipient"
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_XTEXT = re.compile(r"\+([2-7][0-9A-F])")
_TYPED = re.compile(r"\s*(?:([A-Za-z0-9-]{1,20})\s*;)?\s*(.*)", re.DOTALL)
_SHOWN = re.compile(r"""[^\s"<>(),;:\[\]\\]{1,200}@[^\s"<>(),;:\[\]\\]{1,253}""")
_MOST_LINES, _MOST_RECIPIENTS = 20_000, 2_000


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of a report; what it does not say is empty.

    *action* is in lower case: failed, delayed, delivered, relayed or expanded.
    """

    final: str
    original: str
    action: str
    status: str
    diagnostic: str

    @property
    def address(self) -> str:
        """The address that the sender wrote; the one that it became, where only that is reported."""
        return self.original if _SHOWN.fullmatch(self.original) else self.final


def read_report(text: str) -> tuple[Recipient, ...]:
    """Return the recipients that a report names, in its order."""
    named = [block for block in _blocks(text) if any(name in block for name in _RECIPIENT_FIELDS)]
    return tuple(_recipient(block) for block in named[:_MOST_RECIPIENTS])


def status_in(text: str) -> str | None:
    """Return the first enhanced status code (RFC 3463) of a text."""
    found = _STATUS.search(text)
    return f"{found[1]}.{int(found[2])}.{int(found[3])}" if found else None


def _recipient(block: dict[str, str]) -> Recipient:
    final = _address(block.get("final-recipient", ""))
    actual = _address(block.get("x-actual-recipient", ""))
    # The words behind the type `X-Postfix` or `smtp` are the server's; some mailers write no type.
    diagnostic = _TYPED.match(block.get("diagnostic-code", ""))
    said = diagnostic[2] if diagnostic and diagnostic[1] else block.get("diagnostic-code", "")
    return Recipient(
        final=final if "@" in final or "@" not in actual else actual,
        original=_address(block.get("original-recipient", "")),
        action=block.get("action", block.get("disposition", "")).split("(")[0].strip().lower(),
        status=status_in(block.get("status", "")) or "",
        diagnostic=" ".join(said.split()),
    )


def _address(value: str) -> str:
    """Return the address of a typed field: `rfc822; =?…?=@firma.example` without its type."""
    found = _TYPED.match(value)
    text = found[2].strip() if found else ""
    shown = _SHOWN.search(text)
    if shown is None:
        return text.strip("<>\"' ")
    address = shown[0].strip("'")
    # xtext (RFC 3461, 4) writes `+` as `+2B`; a plus sign of the address itself is left alone.
    return _XTEXT.sub(lambda octet: chr(int(octet[1], 16)), address) if "+2B" in address else address


def _blocks(text: str) -> list[dict[str, str]]:
    """Return the groups of fields that blank lines divide, names in lower case, first values, unfolded."""
    blocks: list[dict[str, str]] = [{}]
    last = ""
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        if not line.strip(" \t\r>"):
            if blocks[-1]:
                blocks.append({})
            last = ""
        elif line[0] in " \t" and last:
            blocks[-1][last] += " " + line.strip()
        elif found := _FIELD.match(line):
            last = found[1].lower()
            if last == _BEGINS and _BEGINS in blocks[-1]:
                blocks.append({})
            blocks[-1].setdefault(last, found[2].strip())
        else:
            last = ""
    return blocks
