"""Which words tell that a mail is forwarded?  The lines above the original, and the marks before a subject."""

import re
from enum import Enum

from mail.forward_headers import folded

_FORWARDED = """
    Forwarded message; Begin forwarded message; Forwarded mail; Forwarded email; Forwarded e-mail
    Start of forwarded message
    This is a forwarded message; Fwd.Msg; Original message forwarded; Message forwarded; Forwarded by
    Weitergeleitete Nachricht; Anfang der weitergeleiteten Nachricht; Anfang der weitergeleiteten E-Mail
    Weitergeleitete E-Mail; Weitergeleitete Mail; Beginn der weitergeleiteten Nachricht; Weiterleitung
    Nachricht weitergeleitet
    Message transféré; Message transmis; Message réexpédié; Début du message transféré; Début du message réexpédié
    Début de l'e-mail transféré; Début du message transmis; Courriel transféré; E-mail transféré
    Message transféré par
    Messaggio inoltrato; Inizio messaggio inoltrato; Inizio del messaggio inoltrato; E-mail inoltrata; Mail inoltrata
    Doorgestuurd bericht; Begin doorgestuurd bericht; Doorgestuurde e-mail; Doorgezonden bericht; Doorgestuurde mail
    Mensaje reenviado; Inicio del mensaje reenviado; Mensaje enviado; Correo reenviado; Inicia el mensaje reenviado
    Mensagem encaminhada; Mensagem reencaminhada; Início da mensagem reencaminhada; Início da mensagem encaminhada
    Inicio da mensagem encaminhada; E-mail encaminhado; Mensagem original reencaminhada
    Přeposlaná zpráva; Začátek přeposílané zprávy; Přeposílaná zpráva; Předaná zpráva; Přeposlaný e-mail
    Preposlaná správa; Začiatok preposlanej správy; Preposielaná správa; Posunutá správa
    Przekazana wiadomość; Początek przekazywanej wiadomości; Wiadomość przesłana dalej; Przekazywana wiadomość
    Wiadomość przekazana; Treść przekazanej wiadomości; Przesłana wiadomość; Przesłana dalej wiadomość
    Proslijeđena poruka; Započni proslijeđenu poruku; Početak proslijeđene poruke; Prosleđena poruka
    Прослеђена порука
    Posredovano sporočilo; Začetek posredovanega sporočila
    Vidarebefordrat meddelande; Vidarebefordrat mejl; Början på vidarebefordrat meddelande; Vidarebefordrat mail
    Vidarebefordrat brev; Vidarebefordrat e-postmeddelande
    Videresendt meddelelse; Videresendt besked; Start på videresendt besked; Start på videresendt meddelelse
    Videresendt melding; Begynnelse på videresendt melding; Videresendt e-post; Videresend melding
    Videresendt mail; Videresendt e-mail; Videresendte meldingen; Vidaresendt melding
    Välitetty viesti; Välitetty viesti alkaa; Edelleenlähetetty viesti; Välitetty viesti / Fwd.Msg
    Välitetty sähköposti
    Edastatud kiri; Edastatud sõnum; Edasisaadetud kiri; Edasi saadetud kiri; Edastatud kirja algus
    Továbbított üzenet; Továbbított levél kezdete; Továbbított levél; Továbbított e-mail
    Mesaj redirecționat; Începe mesajul redirecționat; Mesaj redirectionat; Mesaj transmis; Mesaj transmis mai departe
    Mesaj înaintat; Mesajul redirecționat
    Пересылаемое сообщение; Начало переадресованного сообщения; Пересланное сообщение; Начало пересылаемого сообщения
    Перенаправленное сообщение; Пересланное письмо; Пересылаемое письмо; Переадресованное сообщение
    Переслане повідомлення; Перенаправлене повідомлення; Початок листа, що пересилається; Пересланий лист
    Початок переадресованого повідомлення; Початок пересланого повідомлення; Переадресоване повідомлення
    Препратено съобщение; Начало на препратеното съобщение
    İletilen ileti; İletilmiş mesaj; İletilmiş ileti; İleti başlangıcı; Yönlendirilmiş ileti; İletilen mesaj
    Yönlendirilen mesaj; Yönlendirilmiş mesaj; Yönlendirilen ileti başlangıcı; İletilen iletinin başlangıcı
    Προωθημένο μήνυμα; Προωθούμενο μήνυμα; Αρχή προωθημένου μηνύματος; Έναρξη προωθημένου μηνύματος
    Persiųstas laiškas; Persiunčiamas laiškas; Persiųstas pranešimas; Persiųsta žinutė
    Pārsūtīta ziņa; Pārsūtīts ziņojums; Pārsūtītā vēstule; Pārsūtītais ziņojums
    Áframsent skeyti; Áframsend skilaboð
    转发的消息; 转发邮件; 轉寄的郵件; 轉寄郵件; 已转发邮件; 转发的邮件
    下面是被转发的邮件; 以下是轉寄的郵件; 转发邮件信息; 开始转发的邮件
    轉寄訊息; 转发信息; 已轉寄的訊息
    転送されたメッセージ; メッセージを転送; 転送メッセージ; 転送されたメール; 転送メール; 転送開始; Forwarded by
    전달된 메시지; 전달된 메일; 전달받은 메시지; 전달한 메시지; 전달된 이메일
    Tin nhắn được chuyển tiếp; Thư được chuyển tiếp; Thư đã chuyển tiếp; Pesan terusan; Pesan yang diteruskan
    ข้อความที่ส่งต่อ; הודעה שהועברה; الرسالة المعاد توجيهها; رسالة مُعاد توجيهها; رسالة معاد توجيهها
    Missatge reenviat; Missatge reexpedit; Inici del missatge reenviat; Mensaxe reenviada; Birbidalitako mezua
"""
_ORIGINAL = """
    Original message; Original message text; Original mail; Original e-mail; Original email; Original-Nachricht
    Originalnachricht
    Original Nachricht
    Ursprüngliche Nachricht; Originalmail; Original-Mail; Ursprüngliche E-Mail; Ursprüngliche Mail; Urspr. Nachricht
    Message d'origine; Message original; Message initial; Mail original; Courriel original; Message d´origine
    E-mail d'origine
    Messaggio originale; Messaggio di origine; Mail originale; Oorspronkelijk bericht; Origineel bericht
    Oorspronkelijke mail; Oorspronkelijke e-mail; Mensaje original; Mensagem original; Correo original
    Missatge original
    Původní zpráva; Původní e-mail; Pôvodná správa; Oryginalna wiadomość; Wiadomość oryginalna; Wiadomość pierwotna
    Izvorna poruka; Originalna poruka; Izvirno sporočilo; Originalmeddelande; Ursprungligt meddelande
    Originalmeddelelse; Oprindelig meddelelse; Oprindelig besked; Opprinnelig melding; Original melding
    Originalmelding
    Alkuperäinen viesti; Algne sõnum; Originaalkiri; Algne kiri; Eredeti üzenet; Eredeti levél; Mesaj original
    Mesajul original
    Исходное сообщение; Оригинальное сообщение; Первоначальное сообщение; Вихідне повідомлення
    Оригінальне повідомлення
    Оригинално съобщение; Orijinal mesaj; Özgün ileti; Özgün mesaj; Orijinal ileti; Αρχικό μήνυμα
    Pradinis laiškas; Originalus laiškas; Sākotnējais ziņojums; Sākotnējā ziņa; Oriģinālā ziņa
    原始邮件; 原始郵件; 原邮件; 元のメッセージ; 元のメール; 원본 메시지
    원본 메일; 원본메시지; Thư gốc; Pesan asli
"""
_FORWARDED_BY = """
    Forwarded message from; Forwarded by; Weitergeleitet von; Weitergeleitet durch; Weitergeleitete Nachricht von
    Transféré par; Réexpédié par; Message transféré de; Inoltrato da; Reenviado por; Encaminhado por
    Doorgestuurd door; Reencaminhado por; Vidarebefordrat av; Videresendt af; Videresendt av; Przekazane przez
    Přeposlal
"""
_END = """
    End forwarded message; End of forwarded message; End of original message text; End message
    Ende der weitergeleiteten Nachricht
    End of original message
    Ende der Originalnachricht; Fin du message transféré; Fine messaggio inoltrato; Fin del mensaje reenviado
    Конец пересылаемого сообщения; Завершення пересланого повідомлення; Einde doorgestuurd bericht
    Конец пересланного сообщения
"""
_FORWARD_MARKS = frozenset(
    """
    fwd fw fwd.msg forward wg weitergeleitet weiterleitung tr trans transf transfert réexp rv reenv reenvío enc
    encaminhada i inoltro
    inoltra pd przek przekaz pdo vb vl vs vid videresend videresendt doorst dst doorgestuurd ilt i̇lt ilet yön
    továbbítás továbbítva tov
    továbbítom redir fs prosl prosljeđeno proslijeđeno prosleđeno posr přepos přeposl přeposláno prep prepos
    preposlané edasi eds
    eteenp edell välitetty pārs pars pārsūtīts persiųsta prs π πρθ προώθ προωθ пер пересл пересылка перес
    перенапр препр 转发 轉寄
    轉發 転送 転 전달 fwrd fwds teruskan הועבר
""".split()
)
_REPLY_MARKS = frozenset(
    """
    re aw antw antwort ant sv vs r rép rep réf ref réponse rif ri rsp res resp odp odpověď odpoveď odpovědi ynt
    yan yanıt vá vál válasz
    vast va atb ats atbilde απ απαντ σχετ отв ответ відп відповідь отг 答复 回复 回覆 返信 답장 회신 bls balas sva
       vast va atb ats atbilde απ απαντ σχετ отв ответ відп відповідь отг 答复 回复 回覆 返信 답장 회신 bls balas svar
    odgovor ods od răsp rasp automatisch autom automatic automatische vastaus
""".split()
)
_ABBREVIATED_BOTH_WAYS = frozenset({"vs"})  # Danish: sent on; Finnish: answered
_MARK = re.compile(
    r"""\s*+ (?:\[[^\[\]:：]{1,40}+\]\s*+)*+  (?P<open>[\[(]\s*+)?
    (?P<mark>[^\W\d_][^\s:：\[\]()]{0,14}+) \s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})? \s?[:：] \s*+""",
    re.VERBOSE,
)
_AROUND = " \t\xa0-_=~*<>:：|#.—–─━8✂✁›»«\u200b\u200e\u200f\ufeff"


class Marker(Enum):
    """What a line above an original says."""

    FORWARDED = "somebody forwarded what follows"
    ORIGINAL = "what follows was written before, answered or forwarded"
    END = "the original ends here"


def _phrases(table: str) -> list[str]:
    return [folded(phrase) for line in table.splitlines() for phrase in line.split(";") if phrase.strip()]


_MARKERS = (
    dict.fromkeys(_phrases(_END), Marker.END)
    | dict.fromkeys(_phrases(_ORIGINAL), Marker.ORIGINAL)
    | dict.fromkeys(_phrases(_FORWARDED), Marker.FORWARDED)
)
_BY = tuple(_phrases(_FORWARDED_BY))
_LONGEST = max(map(len, _MARKERS)) + 40


def marker(line: str) -> Marker | None:
    """Return what a line says that announces an original; None if it is none.

    >>> marker("-------- Weitergeleitete Nachricht --------").name
    'FORWARDED'
    >>> marker("The forwarded message was long.")
    """
    shown = line.strip(_AROUND)
    if not shown or len(shown) > 200:
        return None
    phrase = folded(shown)
    found = _MARKERS.get(phrase) if len(shown) <= _LONGEST else None
    if found is None and phrase.startswith(_BY) and "--" in line:
        return Marker.FORWARDED
    return found


def announces(line: str) -> bool:
    """Tell whether a line is a marker, in whatever language: some words between dashes.

    >>> announces("-------- Teachtaireacht curtha ar aghaidh --------")
    True
    """
    bare = line.strip("> \t\xa0")
    return marker(line) is not None or (
        bare.startswith("-----") and bare.endswith("-----") and len(bare) < 120
    )


def glued(line: str) -> tuple[Marker, str] | None:
    """Return a marker between dashes and what stands behind it on the same line; None if there is none.

    Some web clients write the whole header behind the marker.
    """
    bare = line.lstrip("> \t\xa0")
    if not bare.startswith("--"):
        return None
    phrase, dashes, rest = bare.lstrip("- ").partition("--")
    found = _MARKERS.get(folded(phrase)) if dashes and len(phrase) <= _LONGEST else None
    return (found, rest.lstrip("-").strip()) if found and rest.strip("- ") else None


class Mark(Enum):
    """What stands before a subject: it was sent on, answered, either (the abbreviation means both), or nothing."""

    FORWARD = "forward"
    REPLY = "reply"
    EITHER = "either"
    NONE = "none"


def subject_mark(subject: str) -> tuple[Mark, str]:
    """Return what the first mark of a subject says, and the subject that was marked.

    >>> subject_mark("[EXTERN] WG: Re: Offerte")
    (<Mark.FORWARD: 'forward'>, 'Re: Offerte')
    """
    found = _MARK.match(subject[:400])
    if found is None:
        bare = subject.rstrip()
        if bare.lower().endswith("(fwd)"):
            return Mark.FORWARD, bare[:-5].rstrip()
        return Mark.NONE, subject
    kind = _kind_of(found["mark"].casefold().rstrip("."))
    if kind is Mark.NONE:
        return kind, subject
    rest = subject[found.end() :].strip()
    return kind, rest.removesuffix("]" if "[" in (found["open"] or "") else "\0")


def _kind_of(mark: str) -> Mark:
    if mark in _ABBREVIATED_BOTH_WAYS:
        return Mark.EITHER
    if mark in _FORWARD_MARKS:
        return Mark.FORWARD
    return Mark.REPLY if mark in _REPLY_MARKS else Mark.NONE
