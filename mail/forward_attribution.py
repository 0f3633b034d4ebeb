"""Who wrote what follows, says the line above a quotation: `On 3 March 2026, Eva Meier <eva@…> wrote:`."""

import re
from dataclasses import dataclass
from datetime import datetime

from mail.address import Address, Mailbox
from mail.forward_dates import typed_date
from mail.forward_lines import BLANK, depth_of, is_blank

_MOST_LINES = 3
_LONGEST = 500
_WROTE = re.compile(
    r"""(?<!\w)(?: wrote | writes | schrieb | schreibt | geschrieben | a\ écrit | écrit | écrivait
    | ha\ scritto | scrive | scrisse
    | escribió | ha\ escrito | escribe | escreveu | escreve | schreef | heeft\ geschreven | geschreven | schrijft
    | skrev(?:\ følgende)? | skriver | följande | kirjoitti | kirjoittaa | kirjutas | írta | írt | a\ scris | scrie
    | napsala? | napsal\(a\) | napsali | napísala? | napísal\(a\) | píše | napisała? | pisze | napisao(?:/la)?
    | napisala | je\ napisal | piše
    | написала? | написал\(a\) | написал\(а\) | написав | написала | пишет | пише | писал | написа | yazdı
    | yazmış | έγραψε | rakstīja | parašė
    | đã\ viết | menulis | va\ escriure | wrote\ the\ following | skrifaði | napsal/a )(?!\w)
    | 写道 | 寫道 | のメール | さんは | 작성 | 님이 | 书写 | 於 | 写：""",
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[<\[(«]{1,2}\s?(?:mailto:)?(?P<address>[^\s<>()\[\]«»,;]{1,256}@[^\s<>()\[\]«»,;]{1,256})\s?[>\])»]{1,2}"
)
_ADDRESS_LAST = re.compile(
    r"[<\[(]?(?P<address>[^\s<>()\[\]«»,;:\"]{1,256}@[^\s<>()\[\]«»,;:]{1,256})[>\])]?\s?[:：]\Z"
)
_MAILTO_AGAIN = re.compile(r"<mailto:[^<>\s]{1,300}+>", re.IGNORECASE)
_QUOTED_NAME = re.compile(r"""["“„«»‘'](?P<name>[^"“”„«»]{1,120}?)["”“«»’']\s*\Z""")
_NAME_WORD = re.compile(r"[^\W\d_][^\s\d,:;]*\Z")
_NO_NAME = frozenset(
    """at om um uhr kl kl. klo kello kell a las alle ore à le la il giorno on am den der dem dne dňa dnia
    em el op v o u w la às
    heeft hat schrieb skrev používateľ užívateľ uživatel пользователь користувач użytkownik korisnik je usuario
    følgende időpontban
    gmt utc cet cest mez mesz pm p.m. a.m. from von de em vào lúc г. р. в о ora orele h µε""".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribution:
    """The line that says who wrote what follows, and when: where it begins, and where the text behind it does."""

    author: Mailbox
    date: datetime | None
    written: str
    start: int
    end: int


def read_attribution(lines: list[str], last: int, near: datetime | None) -> Attribution | None:
    """Return the attribution that ends on the line numbered *last*; None if that ends none."""
    text, best = "", None
    for position in range(last, max(-1, last - _MOST_LINES), -1):
        line = lines[position]
        if is_blank(line) or len(line) > _LONGEST or depth_of(line) != depth_of(lines[last]):
            break
        text = f"{line.strip(BLANK)} {text}".strip()
        if (found := _read(text, near)) and (best is None or found[1]):
            best = Attribution(*found, start=position, end=last + 1)
        if best and best.date:
            break  # else the date may stand on the line before
    return best


def is_attribution(line: str) -> bool:
    """Tell whether a line says that somebody wrote what follows, whoever it was."""
    return line.rstrip(BLANK)[-1:] in (":", "：") and bool(_WROTE.search(line[-_LONGEST:]))


def _read(text: str, near: datetime | None) -> tuple[Mailbox, datetime | None, str] | None:
    if "@" not in text:
        return None
    text = _MAILTO_AGAIN.sub("", text)
    # Without a verb, the address must be the last word, and a date before.
    last = _ADDRESS_LAST.search(text)
    found = (
        _ADDRESS.search(text)
        if _WROTE.search(text)
        else last
        if last and typed_date(text[: last.start()], near)
        else None
    )
    address = Address.parse(found["address"]) if found else None
    if found is None or address is None:
        return None
    name = _name_before(text[: found.start()])
    rest = text.replace(name, " ", 1) if name else text
    mailbox = Mailbox(name, address, f"{name} <{address}>" if name else str(address))
    return mailbox, typed_date(rest.replace(found[0], " , "), near), text


def _name_before(text: str) -> str:
    """Return the name that stands at the end of *text*: what is quoted, else the last words that are no date."""
    text = text.rstrip(" \t\xa0<([")
    if quoted := _QUOTED_NAME.search(text):
        return quoted["name"].strip(" ,'’\"")
    words: list[str] = []
    for word in reversed(text.split()):
        bare = word.strip("*_\"'„“”«»")
        if not _NAME_WORD.match(bare) or bare.casefold() in _NO_NAME:
            break
        words.append(bare)
    return " ".join(reversed(words[:6]))
