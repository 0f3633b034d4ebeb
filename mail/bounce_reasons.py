"""Will it ever reach?  Hard, soft or unknown, from the words, the enhanced status and the reply code.

*Hard* is meant narrowly: the address itself is dead, because nobody has it, its host does not
exist, or its owner moved.  A full mailbox, a policy, spam, size, a host that is down: the address
may be good.  Words come first, for codes are often chosen carelessly: Exim reports a full mailbox
as 5.0.0, and servers refuse spam with 5.1.1.
"""

import re
from enum import Enum
from functools import lru_cache

from mail.dsn import status_in
from mail.message import BounceKind

_REPLY = re.compile(r"(?<![\d.#])([245]\d\d)(?=[ -](?:\S|$)|$|[\]),:;])")


def _words(*patterns: str) -> re.Pattern[str]:
    """Return a pattern of words in which a blank stands for what mailers put between words."""
    joined = "|".join(patterns).replace(" ?", r"[\s_-]{0,4}").replace(" ", r"[\s_-]{1,4}")
    return re.compile(joined, re.IGNORECASE)


class _Meaning(Enum):
    """What a family of words tells of the address."""

    DEAD = "nobody has it, or will again"
    ALIVE = "it is there"
    RESTS = "it is there, but where the code says that it is dead"
    REFUSED = "nothing: somebody or something else was refused; if words and code call it dead, it is"


# fmt: off
# Each family of words and whether it means a dead address; the first that fits decides.
_FAMILIES: tuple[tuple[_Meaning, re.Pattern[str]], ...] = (
    (_Meaning.DEAD, _words(  # said of one address by its own server, though with words of a policy
        r"recipient address rejected: access denied", r"account or domain may not exist",
        r"(?:mx|srv) record indicated no smtp service", r"domain is not reachable",
    )),
    (_Meaning.ALIVE, _words(  # the group takes mail from its members only
        r"permission", r"permitted to post", r"autoris[eé]\b", r"autorizz", r"autoriza", r"berechtig",
        r"opr[aá]vn", r"uprawnie", r"jogosult", r"toestemming", r"beh[oö]righet", r"tilladelse",
        r"tillatelse", r"разрешени", r"権限", r"權限", r"权限", r"권한",
    )),
    (_Meaning.ALIVE, _words(  # the mailbox is full
        r"mailbox (?:is |has )?(?:full|exceeded)",
        r"(?:over|exceed\w*|out of|disk|mail\w*|storage) ?(?:the |its |their |his )?(?:\w+ )?quota",
        r"quota (?:\w+ )?(?:exceed|full|violation|reached|limit)", r"over ?quota",
        r"mail(?:box|folder|drop|directory|user)\S{0,3} (?:\w+ ){0,3}full", r"mailfolder is full",
        r"insufficient (?:disk|storage|space)", r"too much mail stored",
        r"not enough (?:disk|storage|space)",
        r"exceeded (?:his|her|their|the) (?:\w+ )?(?:storage|limit)",
        r"out of (?:disk ?)?space", r"no space left", r"number of messages in \S+ mailbox exceeded",
        r"storage (?:limit|allocation|space)", r"inbox is full", r"no quota",
        r"postfach (?:\S+ ){0,3}?(?:ist )?(?:voll|überfüllt)",
        r"bo[iî]te (?:de r[eé]ception |aux lettres )?(?:est )?pleine", r"casella (?:\w+ )?piena",
        r"buz[oó]n (?:\w+ )?lleno", r"переполнен", r"容量", r"いっぱい", r"邮箱已满",
    )),
    (_Meaning.ALIVE, _words(  # the message itself
        r"(?:message|mail|e-?mail|size|content) (?:\w+ ){0,3}(?:too (?:big|large|long)|exceeds|exceeded)",
        r"too (?:big|large) (?:message|mail)", r"max(?:imum|\.)? (?:\w+ )?(?:message|mail) ?size",
        r"size limit", r"exceeds (?:\w+ ){0,3}(?:size|limit|maximum)",
        r"too many (?:hops|recipients|connections|errors|messages)", r"mail loop", r"looping",
        r"loops? back",
        r"virus", r"malware", r"infected", r"attachment \w+ (?:not allowed|blocked)", r"8.?bit", r"5322",
        r"2822 compliant",
    )),
    (_Meaning.REFUSED, _words(  # the sender is refused, not the recipient
        r"sender (?:address |domain |verify )?(?:\w+ ){0,3}(?:rejected|refused|denied|unknown|invalid"
            r"|not found|does not exist|failed|blocked|verification)",
        r"(?:bad|invalid|unknown|unverifi\w+|unresolvable|fake) sender",
        r"unresolvable .{0,40}sender", r"sender .{0,60}(?:does not (?:exist|resolve)|doesn'?t exist)",
        r"domain of sender", r"sender address", r"unrout\w+ sender",
        r"(?:mail|return) ?(?:from|path) .{0,60}(?:reject|denied|not exist)",
        r"from:? .{0,60}domain (?:not found|does not)", r"unauthenticated senders?",
        r"verification failed for",
        r"relay\w* (?:is |access )?(?:\w+ )?(?:denied|prohibited|not (?:permitted|allowed))",
        r"(?:unable|not (?:permitted|allowed|authori[sz]ed)|cannot|refus\w+|no|denied) (?:to )?relay",
        r"not a member", r"not (?:subscribed|permitted|allowed|authori[sz]ed) to (?:post|send)",
        r"\bspf\b", r"\bdkim\b", r"\bdmarc\b", r"unauthenticated (?:e-?)?mail",
        r"authentication (?:required|failed|checks|policy)",
        r"not (?:pass|accept\w*) .{0,20}authentication",
        r"reverse (?:dns|ip|host)|\bptr\b|rdns|unverif\w+ sending|helo|ehlo|banner",
        r"block ?list", r"black ?list", r"blacklisted", r"\brbl\b", r"\bdnsbl\b", r"spamhaus",
        r"spamcop", r"barracuda", r"sorbs", r"reputation", r"blocked", r"invalid ip",
        r"\bspam\b", r"spammer", r"unsolicited", r"\buce\b", r"junk (?:mail|message)", r"bulk email",
        r"access denied", r"policy", r"prohibited", r"security (?:polic|reason|violation|check)",
        r"banned", r"throttl", r"rate ?limit", r"greylist", r"try again", r"suspicious", r"complain",
        r"content (?:rejected|filter)|message (?:content )?(?:rejected|refused|blocked)|header error",
    )),
    (_Meaning.DEAD, _words(  # the address is of the past
        r"(?:has|have) moved", r"moved to (?:a )?new", r"address (?:has )?changed",
        r"changed (?:his|her|their|e-?mail|mail|the) ?(?:\w+ )?address",
        r"(?:has been |been |was )?replaced by", r"mailbox (?:has )?moved",
        r"no longer (?:\w+ )?(?:works?|valid|in use|used|exists?|available|at|with|employed"
            r"|an? \w+ (?:account|user|address))",
        r"nicht mehr g[uü]ltig", r"n'est plus valide", r"non è più (?:valid|attiv)\w",
    )),
    (_Meaning.RESTS, _words(  # the mailbox rests
        r"(?:account|mailbox|user|recipient|mail|address|domain) (?:\S+ )?(?:is |has |been |was "
            r"|temporarily |currently ){0,4}(?:disabled|suspended|inactive|deactivated|locked|frozen|expired"
            r"|not active|on hold|restricted|closed|discontinued)",
        r"(?:disabled|suspended|inactive|deactivated|locked|expired|not active|discontinued) (?:account"
            r"|mailbox|user|recipient)",
        r"not (?:been )?collected", r"not accepting (?:mail|messages)(?: from)?",
        r"not currently accepting",
        r"is not active|inactiv\w+",
    )),
    (_Meaning.DEAD, _words(  # nobody has it
        r"(?:user|recipient|mailbox|account|address|addressee|alias|local ?part|destinatario"
            r"|destinataire|usuario|utente|utilisateur)S?\S{0,80} (?:\w+ ){0,3}(?:unknown"
            r"|not (?:be )?(?:found|known|exist\w*|valid|recogni[sz]ed|listed|local)|doesn'?t (?:exist|have)"
            r"|does not (?:exist|have)|invalid|inconnue?|desconocid\w+|sconosciut\w+|inexist\w+)",
        r"(?:unknown|no such|invalid|bad|illegal|nonexistent|non existent|unrecogni[sz]ed|undeliverable"
            r"|incorrect|wrong) (?:\w+ |or ){0,3}(?:user|recipient|mailbox|account|address|addressee|alias"
            r"|person|local ?part|rcpt|destination|e-?mail)",
        r"\bunknown[:=]", r"userunknown", r"user_unknown", r"user unknown",
        r"no (?:mailbox|account|user|valid recipient)s? (?:here|by|with|found|for|such|on|named|listed)",
        r"no valid (?:recipient|cert|user)",
        r"(?:not|isn'?t) an? (?:valid|known|active|legal) (?:\w+ ){0,2}(?:user|mailbox|recipient|address"
            r"|account)",
        r"(?:does not|doesn'?t|do not|did not) (?:exist|have an? (?:\S+ )?(?:account|mailbox))",
        r"not our (?:customer|user)",
        r"not (?:listed|found) in (?:\w+ ){0,4}(?:directory|address book|table|database|name)",
        r"recipient name is not recogni[sz]ed", r"unknown recipient", r"name is not recogni[sz]ed",
        r"no matches to nameserver", r"(?:mailbox|recipient) unavailable", r"mailbox not available",
        r"not a valid (?:user|mailbox)", r"ungültige? (?:empfänger|adresse)",
        r"empfänger (?:\S+ )?(?:unbekannt|nicht)", r"benutzer (?:\S+ )?unbekannt",
        r"adresse (?:\S+ ){0,3}(?:unbekannt|n'existe pas|inconnue)", r"n'existe pas", r"non recens",
        r"no existe", r"non esiste", r"nie istnieje", r"bestaat niet", r"finnes ikke", r"findes ikke",
        r"finns inte", r"neexistuje", r"nem létezik",
        r"не найден", r"не существует", r"неизвестн", r"несуществующ", r"存在しません", r"見つかりません", r"不存在",
        r"존재하지 않", r"リストにありません", r"check (?:if|that|whether) (?:the )?(?:e-?mail )?address is correct",
        r"addressee unknown", r"delivery userid", r"rejected recipient", r"no such person",
        r"cannot find (?:user|mailbox|recipient)", r"can'?t (?:find|locate) (?:user|mailbox|recipient)",
        r"can'?t be (?:found|located)", r"address error", r"bad address syntax",
    )),
    (_Meaning.DEAD, _words(  # its host does not exist
        r"(?:unknown|no such|bad|illegal|invalid|nonexistent) (?:\w+ ){0,2}(?:host|domain|server"
            r"|system)\b",
        r"\b(?:host|domain)\S{0,60} (?:\S{1,80} ){0,3}?(?:unknown|not found|not exist|doesn'?t exist"
            r"|does not exist|nonexistent|invalid)",
        r"(?:host|domain) name lookup", r"name or service not known", r"nxdomain",
        r"name service error .{0,80}(?:not found|host)",
        r"unrout(?:e)?able", r"unable to route", r"cannot route", r"no route",
        r"could not find a gateway", r"name server: .{0,40}host not found", r"host not found",
        r"no mail exchanger", r"domain (?:is )?unknown", r"nodename nor servname",
        r"null ?mx", r"does not accept (?:any )?(?:e-?)?mail", r"nullmx", r"domain (?:\S+ )?never",
        r"no mx", r"not accept mail", r"server does not (?:have|accept)",
    )),
)
# fmt: on
# Enhanced codes that say it of the address (RFC 3463, 3.2; RFC 5248): 5.1.10 is a null MX or nobody.
_DEAD = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (4, 4)}
# A mailbox is there, and something is the matter with it, even where the words say "unknown user".
_MAILBOX_THERE = (2, 0)
_TEMPORARY = re.compile(
    r"\bdelay|temporar|\bdefer|will be retried|still being|not yet been delivered|try again later|transient"
    r"|timed? ?out|queue too long|in the queue|retry timeout|could not be delivered for",
    re.IGNORECASE,
)
_READ = 1_500


class Refused(Enum):
    """What a server refused: whom the mail is to, whom it is from, or what it says."""

    RECIPIENT = "recipient"
    SENDER = "sender"
    TEXT = "text"


def judged(
    words: str, status: str = "", *, refused: Refused = Refused.RECIPIENT
) -> tuple[BounceKind, str | None]:
    """Return how final a failure is, and its enhanced status, from what a server said.

    A server that refused the sender, or that took the recipient and refused the text,
    does not say that the address is dead, even where it says "user unknown": a filter does so.
    """
    return _judged(words[:_READ], status, refused)


# A report can name a thousand recipients with one reason.
@lru_cache(maxsize=128)
def _judged(words: str, status: str, refused: Refused) -> tuple[BounceKind, str | None]:
    code = _code(words, status)
    if code and code[0] == "4":
        return BounceKind.SOFT, code
    return _kind(words, code, refused), code


def _kind(words: str, code: str | None, refused: Refused) -> BounceKind:
    coded_dead = code is not None and _detail(code) in _DEAD
    if code is not None and _detail(code) == _MAILBOX_THERE:
        return BounceKind.SOFT
    may_be_dead = refused is Refused.RECIPIENT or (refused is Refused.TEXT and coded_dead)
    meaning = next((meaning for meaning, family in _FAMILIES if family.search(words)), None)
    if meaning is not None:
        return BounceKind.HARD if may_be_dead and _is_dead(meaning, words, coded_dead) else BounceKind.SOFT
    if coded_dead and may_be_dead:
        return BounceKind.HARD
    if _TEMPORARY.search(words) or (code and _detail(code) != (0, 0)):
        return BounceKind.SOFT
    return BounceKind.SOFT if _REPLY.search(words) else BounceKind.UNKNOWN


def _is_dead(meaning: _Meaning, words: str, coded_dead: bool) -> bool:
    if meaning is _Meaning.REFUSED:
        return coded_dead and any(
            each is _Meaning.DEAD and family.search(words) for each, family in _FAMILIES
        )
    return meaning is _Meaning.DEAD or (meaning is _Meaning.RESTS and coded_dead)


def _code(words: str, status: str) -> str | None:
    """Return the most telling enhanced status: the reported one, but for `5.0.0`, what the words hold."""
    inside = status_in(words)
    if status and _detail(status) != (0, 0):
        return status
    reply = _REPLY.search(words)
    if inside and _detail(inside) != (0, 0):
        return inside
    if reply and status and reply[1][0] != status[0]:
        return f"{reply[1][0]}.0.0"
    return status or inside or (f"{reply[1][0]}.0.0" if reply and reply[1][0] != "2" else None)


def _detail(code: str) -> tuple[int, int]:
    _, subject, detail = code.split(".")
    return int(subject), int(detail)
