"""Forwards for the tests: what mail clients type around a mail that is sent on, client by client, language by language.

The mail is always the same: Eva Meier wrote it on 3 March 2026 at 14:02 in Bern to Max
Frey, with a copy to Ada Weiß.  Sam Stamm of the firm sends it on, two days later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from mail.message import Forwarded, ParsedMessage
from mail.parse import parse
from tests.mail.letters import composed

EVA, MAX, ADA = (
    "Eva Meier <eva@firma.example>",
    "Max Frey <max@kunde.example>",
    "Ada Weiß <ada@kunde.example>",
)
SUBJECT = "Offerte für die Halle"
TEXT = "Guten Tag\n\nGerne senden wir Ihnen die Offerte: CHF 1200.–\n\nEva Meier"
CAPTURE = "eingang@postbuch.example"
COMMENT = "Bitte übernehmen.\n\nGruss Sam"


@dataclass(frozen=True, slots=True)
class Language:
    """What clients of a language write: the names of fields, a date, the line above, the mark of the subject."""

    from_: str
    date: str
    to: str
    cc: str
    subject: str
    when: str
    marker: str
    mark: str


LANGUAGES = {
    "de": Language("Von", "Gesendet", "An", "Cc", "Betreff",
        "Dienstag, 3. März 2026 14:02", "Weitergeleitete Nachricht", "WG"),
    "fr": Language("De", "Envoyé", "À", "Cc", "Objet",
        "mardi 3 mars 2026 14:02", "Message transféré", "TR"),
    "it": Language("Da", "Inviato", "A", "Cc", "Oggetto",
        "martedì 3 marzo 2026 14:02", "Messaggio inoltrato", "I"),
    "en": Language("From", "Sent", "To", "Cc", "Subject",
        "Tuesday, March 3, 2026 2:02 PM", "Forwarded Message", "FW"),
    "nl": Language("Van", "Verzonden", "Aan", "CC", "Onderwerp",
        "dinsdag 3 maart 2026 14:02", "Doorgestuurd bericht", "Doorst"),
    "es": Language("De", "Enviado el", "Para", "CC", "Asunto",
        "martes, 3 de marzo de 2026 14:02", "Mensaje reenviado", "RV"),
    "pt": Language("De", "Enviada em", "Para", "Cc", "Assunto",
        "terça-feira, 3 de março de 2026 14:02", "Mensagem encaminhada", "ENC"),
    "pl": Language("Od", "Wysłano", "Do", "DW", "Temat",
        "wtorek, 3 marca 2026 14:02", "Przekazana wiadomość", "PD"),
    "cs": Language("Od", "Odesláno", "Komu", "Kopie", "Předmět",
        "úterý 3. března 2026 14:02", "Přeposlaná zpráva", "Fwd"),
    "sk": Language("Od", "Odoslané", "Komu", "Kópia", "Predmet",
        "utorok 3. marca 2026 14:02", "Preposlaná správa", "Fwd"),
    "hr": Language("Šalje", "Poslano", "Prima", "Kopija", "Predmet",
        "utorak, 3. ožujka 2026. 14:02", "Proslijeđena poruka", "Prosl"),
    "sl": Language("Od", "Poslano", "Za", "Kp", "Zadeva",
        "torek, 3. marec 2026 14:02", "Posredovano sporočilo", "Fwd"),
    "sv": Language("Från", "Skickat", "Till", "Kopia", "Ämne",
        "den 3 mars 2026 14:02", "Vidarebefordrat meddelande", "VB"),
    "da": Language("Fra", "Sendt", "Til", "Cc", "Emne",
        "3. marts 2026 14:02", "Videresendt meddelelse", "VS"),
    "no": Language("Fra", "Sendt", "Til", "Kopi", "Emne",
        "tirsdag 3. mars 2026 kl. 14.02", "Videresendt melding", "VS"),
    "fi": Language("Lähettäjä", "Lähetetty", "Vastaanottaja", "Kopio", "Aihe",
        "tiistai 3. maaliskuuta 2026 14.02", "Välitetty viesti", "VL"),
    "et": Language("Saatja", "Saadetud", "Adressaat", "Koopia", "Teema",
        "teisipäev, 3. märts 2026 14:02", "Edastatud kiri", "Fwd"),
    "lv": Language("No", "Nosūtīts", "Kam", "Kopija", "Tēma",
        "otrdiena, 2026. gada 3. marts 14:02", "Pārsūtīta ziņa", "Fwd"),
    "lt": Language("Nuo", "Išsiųsta", "Kam", "Kopija", "Tema",
        "2026 m. kovo 3 d., antradienis 14:02", "Persiųstas laiškas", "Fwd"),
    "hu": Language("Feladó", "Elküldve", "Címzett", "Másolatot kap", "Tárgy",
        "2026. március 3., kedd 14:02", "Továbbított üzenet", "Továbbítás"),
    "ro": Language("De la", "Trimis", "Către", "Cc", "Subiect",
        "marți, 3 martie 2026 14:02", "Mesaj redirecționat", "Fwd"),
    "ru": Language("От", "Отправлено", "Кому", "Копия", "Тема",
        "3 марта 2026 г. 14:02", "Пересылаемое сообщение", "Fwd"),
    "uk": Language("Від", "Надіслано", "Кому", "Копія", "Тема",
        "3 березня 2026 р. 14:02", "Переслане повідомлення", "Fwd"),
    "tr": Language("Kimden", "Gönderildi", "Kime", "Bilgi", "Konu",
        "3 Mart 2026 Salı 14:02", "İletilen ileti", "İLT"),
    "el": Language("Από", "Στάλθηκε", "Προς", "Κοιν.", "Θέμα",
        "Τρίτη, 3 Μαρτίου 2026 2:02 μμ", "Προωθημένο μήνυμα", "ΠΡΘ"),
    "zh": Language("发件人", "发送时间", "收件人", "抄送", "主题",
        "2026年3月3日 14:02", "转发的消息", "转发"),
    "ja": Language("差出人", "送信日時", "宛先", "Cc", "件名",
        "2026年3月3日 14:02", "転送されたメッセージ", "転送"),
    "ko": Language("보낸 사람", "보낸 날짜", "받는 사람", "참조", "제목",
        "2026년 3월 3일 화요일 오후 2:02", "전달된 메시지", "전달"),
}  # fmt: skip


def _lines(language: Language, order: str, *, form: str = "{name}: {value}") -> str:
    values = {
        "from": (language.from_, EVA), "date": (language.date, language.when), "to": (language.to, MAX),
        "cc": (language.cc, ADA), "subject": (language.subject, SUBJECT),
    }  # fmt: skip
    return "\n".join(form.format(name=values[field][0], value=values[field][1]) for field in order.split())


def quoted(text: str) -> str:
    """Return the text with a quote mark before each line."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def thunderbird(language: Language) -> str:
    block = _lines(language, "subject date from to cc", form="{name}: \t{value}")
    return f"-------- {language.marker} --------\n{block}\n\n\n\n{TEXT}"


def gmail(language: Language) -> str:
    return (
        f"---------- Forwarded message ---------\n{_lines(language, 'from date subject to cc')}\n\n\n{TEXT}"
    )


def apple(language: Language) -> str:
    return quoted(f"{language.marker}:\n\n{_lines(language, 'from subject date to cc')}\n\n{TEXT}\n")


def outlook_on_the_web(language: Language) -> str:
    return f"{'_' * 32}\n{_lines(language, 'from date to cc subject')}\n\n{TEXT}"


def outlook_for_windows(language: Language) -> str:
    block = _lines(language, "from date to cc subject").replace(EVA, "Eva Meier [mailto:eva@firma.example]")
    return f"{block}\n\n{TEXT}"


def outlook_for_mac(language: Language) -> str:
    return f"{_lines(language, 'from date to cc subject', form='*{name}:* {value}')}\n\n{TEXT}"


def yahoo(language: Language) -> str:
    block = _lines(language, "from to cc date subject").replace("\n", "")
    return f"   ----- {language.marker} -----{block}\n {TEXT}"


def gmx(language: Language) -> str:
    return f"{_lines(language, 'date from to cc subject')}\n\n{TEXT}"


def phone(language: Language) -> str:
    return (
        f"-------- Ursprüngliche Nachricht --------\n{_lines(language, 'from date to subject cc')}\n\n{TEXT}"
    )


def mutt(language: Language) -> str:
    block = _lines(language, "date from to cc subject")
    return f"----- Forwarded message from {EVA} -----\n\n{block}\n\n{TEXT}\n\n----- End forwarded message -----\n"


def notes(language: Language) -> str:
    block = _lines(language, "from to cc date subject", form="{name}:\t{value}")
    return f"----- Forwarded by Sam Stamm/Firma on 05.03.2026 10:00 -----\n\n{block}\n\n\n{TEXT}"


def mailmate(language: Language) -> str:
    return f"Forwarded message:\n\n{quoted(_lines(language, 'from to cc subject date'))}\n>\n{quoted(TEXT)}"


CLIENTS: tuple[Callable[[Language], str], ...] = (
    thunderbird, gmail, apple, outlook_on_the_web, outlook_for_windows, outlook_for_mac, yahoo, gmx, phone, mutt, notes,
    mailmate,
)  # fmt: skip


def mail(text: str, subject: str, *, html: str | None = None, to: str = CAPTURE) -> EmailMessage:
    """Return a mail of Sam Stamm, sent two days after Eva's."""
    message = EmailMessage()
    message["From"] = "Sam Stamm <sam@firma.example>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Thu, 05 Mar 2026 10:00:00 +0100"
    message["Message-ID"] = "<forward@firma.example>"
    if html is None:
        message.set_content(text, charset="utf-8", cte="8bit")
    else:
        message.set_content(html, subtype="html", charset="utf-8", cte="8bit")
    return message


def read(message: EmailMessage) -> ParsedMessage:
    """Return what a mail says."""
    return parse(composed(message))


def forwarded(
    text: str,
    subject: str = f"Fwd: {SUBJECT}",
    *,
    html: str | None = None,
    to: str = CAPTURE,
) -> Forwarded | None:
    """Return what a mail with this text forwards."""
    return read(mail(text, subject, html=html, to=to)).forwarded
