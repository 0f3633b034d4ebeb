"""With which words do mailers say that they could not deliver?  Tables, by language; English first."""

import re


def _any(*patterns: str) -> str:
    return "|".join(patterns)


# fmt: off
_UNDELIVERED = _any(
    r"(?:could|can|will|was|were|has|have|is|are|did)(?: ?not|n't)(?: yet)?(?: been"
        r"| be)? (?:successfully )?(?:delivered|sent|reach(?:ed)?|processed|transmitted|accepted|receive)",
    r"(?:can ?not|could not|couldn't|unable to|not able to|unsuccessful in|trouble|error|failed to"
        r"|failure|problems?|fails? to|impossible to|cannot) (?:\w+ )?(?:deliver|send|sending|transmit|relay"
        r"|transfer|route|reach|forward|queue)",
    r"(?:wasn't|were not|was not|am not|are not) able to deliver",
    r"deli?e?very (?:to|of|has|attempt|notification|error|was|status|failure|failed|problem|aborted)",
    r"(?:delivery|mail|message) (?:\w+ )?(?:failed|failure|aborted|rejected|returned|bounced)",
    r"undeliver(?:able|ed)", r"non-?deliver", r"not (?:yet )?(?:be )?deliver(?:ed|able)",
    r"(?:fatal|permanent|delivery|transient|temporary) (?:\w+ )?(?:errors?|failures?|problems?)",
    r"(?:following|these) (?:\w+ )?(?:address(?:es)?|address\(es\)|recipients?|recipient\(s\)"
        r"|users?)(?: \w+)? (?:failed|had|has|have|was|were|could|did|is|are|cannot)",
    r"failed (?:address(?:es)?|recipients?)", r"did not reach", r"not received by",
    r"fail(?:ed|ure) (?:delivery|notice|reasons?)", r"returned (?:mail|to sender|because)",
    r"mail (?:system )?error",
    r"was (?:automatically )?(?:rejected|refused|returned|bounced|blocked)(?: by| because|:| for|\.|$)",
    r"rejected (?:your message|recipient|by)", r"refused by",
    r"has been (?:rejected|postponed|delayed|returned|refused|blocked)",
    r"error(?:s)? (?:occurred|was detected|description|detail|report|during|while)",
    r"no such (?:user|mailbox|recipient|address|account)",
    r"unknown (?:user|recipient|address|local|mailbox)", r"user (?:is )?unknown", r"user not known",
    r"mailbox (?:is )?(?:full|unavailable)", r"invalid (?:\w+ ){0,3}(?:user|recipient|address|userid)",
    r"did not (?:exactly )?match", r"not (?:a )?members? of this mailing list", r"duplicated message-id",
    r"recipients? .{0,30}(?:could|did|cannot|was|were) not",
    r"(?:contained|has) .{0,40}addresses that were incorrectly",
    r"no longer (?:valid|in use|exists?|available)", r"does not exist", r"doesn't exist",
    r"(?:over|disk) ?quota", r"quota (?:exceeded|violation)",
    r"account is (?:\w+ )?(?:disabled|full|over)", r"mailbox exceeds", r"delay(?:ed)? (?:reason|mail)",
    r"intended recipients?:",
)
_OTHER_LANGUAGES = _any(
    # German
    r"(?:konnte|kann|wurde|ist|sind|werden)\b.{0,80}nicht.{0,20}(?:zugestellt|[uü]bermittelt|gesendet"
        r"|erreicht|ausgeliefert|zustellbar)",
    r"unzustellbar", r"nicht zustellbar", r"zustellung.{0,40}(?:fehl|nicht|verz[oö]gert)",
    r"fehler bei der (?:zustellung|[uü]bermittlung)", r"zustellungsfehler", r"nicht erreicht",
    # French
    r"(?:n'a pas|n'ont pas|ne peut pas|ne peut|n'a|n'est pas|impossible).{0,40}(?:d[eé]livr|remis"
        r"|achemin|distribu|envoy|livr|transm|atteint|parven)",
    r"[eé]chec (?:de la |de )?(?:remise|distribution|livraison|envoi)", r"non remis", r"non distribu",
    # Italian
    r"(?:non|impossibile).{0,40}(?:consegnat|recapitat|consegnare|recapitare|inviat|raggiunt"
        r"|raggiungere)",
    r"mancato recapito", r"mancata consegna",
    # Spanish, Portuguese
    r"(?:no|imposible).{0,40}(?:entregad|entregar|enviad|enviar|entreg[oó]|alcanzad|lleg[oó])",
    r"no se (?:ha |pudo |puede )", r"error de entrega",
    r"n[aã]o .{0,40}(?:entregue|enviad|entregar|enviar|entregad|foi poss)", r"falha na entrega",
    # Dutch, Danish, Norwegian, Swedish, Finnish
    r"(?:kon|kan|werd|is|niet).{0,40}niet.{0,30}(?:bezorg|afgelever|verzond|worden bezorgd|bereik)",
    r"onbestelbaar",
    r"(?:kunne|kunde|kan|blev|ble|har) .{0,30}(?:ikke|inte) .{0,30}(?:lever|send|n[åa])",
    r"ikke leveret", r"kunne ikke", r"kunde inte", r"det gick inte", r"ikke levert", r"olevererbar",
    r"oleveret", r"toimittaminen", r"ei voitu toimittaa", r"toimitus ep[aä]onnistui",
    # Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene
    r"nie (?:mog|mo[zż]|zosta|uda).{0,60}(?:dor[eę]cz|dostarcz|wys[lł])", r"niedor[eę]cz",
    r"niedostarcz", r"ne(?:bylo|lze|byla|podařilo|mohla?).{0,40}doru[cč]", r"nedoru[cč]",
    r"nemohlo? by[tť]", r"k[eé]zbes[ií]t", r"nem (?:siker|lehet|tudt).{0,40}",
    r"nu a (?:putut|fost).{0,40}(?:livrat|trimis)", r"nije (?:mog|ispor).{0,40}", r"ni bilo mogo[cč]e",
    # Russian, Ukrainian, Greek, Turkish
    r"не (?:может быть|было|удалось|удаётся|удается|доставлен|могло).{0,60}", r"недоставлен",
    r"невозможно (?:доставить|отправить)", r"не вдалося", r"не может быть доставлен", r"не доставлено",
    r"неможливо", r"δεν (?:ήταν|είναι|μπόρεσε|παραδόθηκε).{0,40}", r"αδύνατη", r"iletilemedi",
    r"teslim edilemedi", r"g[oö]nderilemedi", r"ula[sş][ıi]?t[ıi]r[ıi]lamad",
    # Chinese, Japanese, Korean
    r"无法(?:发送|投递|送达|传递|送|投)", r"無法(?:傳送|傳遞|遞送|投遞|送達)", r"退信", r"投递失败",
    r"未能(?:送达|投递)", r"發送失敗", r"发送失败", r"拒绝",
    r"(?:送信|配信|配送|配達)(?:でき|され)ません", r"(?:送信|配信)に失敗", r"届きません",
    r"届けること", r"お届けできません", r"送信エラー", r"エラー", r"投稿する権限", r"전송하지 못",
    r"배달되지", r"배달할 수 없", r"전달할 수 없", r"반송", r"전송되지",
)
# fmt: on
FAILURE = re.compile(f"(?:{_UNDELIVERED}|{_OTHER_LANGUAGES})", re.IGNORECASE)

# Labels in front of an address that has its line for itself.
# fmt: off
LABEL = _any(
    r"(?:failed|original|intended|final|invalid|bad|unknown|affected|undeliverable"
        r"|rejected) (?:final delivery )?(?:recipients?|users?(?:id)?|address(?:es)?|rcpt|mailbox)",
    r"(?:final|original)-recipient", r"recipients?(?: address)?", r"error-for", r"rcpt to",
    r"(?:user|mailbox|addressee)", r"delivery failed \d+ attempts?",
    r"unable to deliver (?:message |mail )?to", r"mail(?:box)? (?:to|for)",
    r"addressed to(?: email address)?", r"could not deliver (?:message |mail )?to", r"empf[aä]nger",
    r"destinataires?", r"destinatari[oa]?s?", r"ontvangers?", r"adresse?", r"address",
    r"e-?mail(?: address)?", r"mottagare", r"modtager", r"odbiorca", r"p[rř][ií]jemce", r"получатель",
    r"кому", r"收件人", r"宛先", r"user's mailbox is full", r"user mailbox exceeds allowed size",
    r"undeliverable to", r"address(?:ed)? to",
)
# fmt: on
# A line that invites to write to the address that follows it.
# fmt: off
CONTACT = re.compile(_any(
    r"contact", r"please (?:write|send|reply|mail|e-?mail|direct|forward)", r"assistance", r"help ?desk",
    r"support", r"postmaster at", r"questions", r"wenden sie sich", r"kontakt", r"adresser", r"contatt",
    r"dirij", r"possible recipients", r"alternate means", r"send mail with", r"to the address$",
), re.IGNORECASE)
# fmt: on
# A name without a domain, alone or with its reason.
LOCAL_PART = (
    r"[ \t<*•-]{1,20}(?P<local>[A-Za-z0-9][\w.+=-]{0,63})>?"
    r"(?:[ \t]{0,20}$|[ \t]{2,40}(?:no |unknown|user|not )|[.]{3} )"
)
