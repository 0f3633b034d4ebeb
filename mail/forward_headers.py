"""What do mail clients call the header fields when they type them above a forwarded mail?

One table a field, one line a language.  Names are compared without case and without the
marks of bold type; those of several languages that mean the same stand once.
"""

import unicodedata
from enum import StrEnum


class Typed(StrEnum):
    """What a typed header line says; OTHER are lines that belong to a block and are not read."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    CC = "cc"
    BCC = "bcc"
    SUBJECT = "subject"
    OTHER = "other"


_FROM = """
    Pošiljalec, Pošlje, Mesaj de la, Message de, Prati, Прати, از, Igorlea, Nguồn, Lähettänyt, Avsändaren, Absender/in
    From, Sender
    Von, Absender
    De, Expéditeur, Émetteur
    Da, Mittente
    Van, Afzender
    Remitente, Remetente
    Od, Odesílatel, Odosielateľ, Nadawca, Šalje, Pošiljatelj, Pošiljalac, Pošilja
    Från, Avsändare, Fra, Afsender, Avsender
    Lähettäjä, Saatja, Kellelt
    Feladó, Küldő
    De la, Expeditor, Expeditorul
    От, От кого, Отправитель, Від, Від кого, Відправник, Подател, Изпратено от, Од, Пошиљалац
    Kimden, Gönderen, Gönderici
    Από, Αποστολέας
    Nuo, Siuntėjas, No, Sūtītājs, Frá, Sendandi
    发件人, 寄件者, 寄件人, 差出人, 送信者, 送信元, 보낸 사람, 보낸사람, 발신, 발신자
    Từ, Người gửi, Dari, Pengirim, จาก, מאת, من, Remitent, Nork
"""
_DATE = """
    Fecha y hora, Data e ora, Data e hora, Data și ora, Дата и час, Дата и время, Wysłany, 보낸 시간, נשלח ב
    תאריך שליחה, تاريخ الإرسال, تاریخ, ارسال, ส่ง, Gửi, Bidalia
    Enviado el día, Datum van verzending, Datum odeslání, Dátum odoslania, Trimisă, Data trimiterii, Postad
    Datum en tijd, Date et heure
    Date, Sent, Sent at, Sent on, Received, Date sent, Date/Time
    Datum, Gesendet, Gesendet am, Gesendet um, Verschickt, Datum/Uhrzeit, Datum und Uhrzeit
    Envoyé, Envoyé le, Envoyée, Date d'envoi, Date d’envoi
    Data, Inviato, Inviata, Inviato il, Data invio
    Verzonden, Verstuurd, Verzonden op, Gestuurd
    Fecha, Enviado, Enviado el, Enviado a las, Fecha de envío
    Enviada, Enviada em, Enviado em, Enviado a
    Odesláno, Posláno, Odoslané, Dátum, Wysłano, Wysłane, Data wysłania, Poslano, Poslato, Послато, Датум
    Skickat, Skickad, Skickades, Dato, Sendt, Sendt den, Sendt dato
    Lähetetty, Lähetysaika, Päivämäärä, Päiväys, Pvm, Saadetud, Saatmise aeg, Saatmisaeg, Kuupäev
    Elküldve, Küldve, Küldés ideje, Küldés dátuma
    Trimis, Trimis la, Expediat, Dată, Dată trimitere
    Дата, Отправлено, Отправлен, Дата отправки, Надіслано, Відправлено, Надісланий, Изпратено, Дата на изпращане
    Tarih, Gönderildi, Gönderme tarihi, Gönderilme tarihi, Gönderilen, Gönderim tarihi
    Ημερομηνία, Ημ/νία, Στάλθηκε, Εστάλη, Αποστολή, Ημερομηνία αποστολής
    Išsiųsta, Išsiuntimo data, Nosūtīts, Datums, Nosūtīšanas datums, Dagsetning, Sent þann
    日期, 时间, 發送時間, 发送时间, 发送日期, 傳送時間, 寄件日期, 時間
    日時, 日付, 送信日時, 送信日, 보낸 날짜, 보낸날짜, 날짜, 일자, 일시
    Ngày, Đã gửi, Ngày gửi, Tanggal, Dikirim, Terkirim, Tarikh, วันที่, ส่งเมื่อ, תאריך, נשלח, التاريخ, تاريخ
    أرسلت, Enviat, Data d'enviament
"""
_TO = """
    Destinatarul, Destinatarii, Pre, Dla, Odbiorca, Ontvanger, Iki, Kuriem, Hartzailea, Mottagaren, Primatelji
    Pentru, Prejme, Príjemcovia, الى, به
    To, Recipient, Recipients
    An, Empfänger
    À, A, Destinataire, Destinataires, Pour
    Per, Destinatario, Destinatari
    Aan, Naar
    Para, Destinatarios, Destinatário, Destinatários
    Komu, Pro, Příjemce, Príjemca, Do, Adresat, Za, Prima, Primatelj, Kome, Primalac, Prejemnik, За, Коме, Кому
    Till, Mottagare, Til, Modtager, Mottaker, Mottakere
    Vastaanottaja, Vastaanottajat, Saaja, Adressaat, Kellele
    Címzett, Címzettek, Címzettje
    Către, Catre, Destinatar, Destinatari
    Получатель, Получатели, Одержувач, Одержувачі, До, Получател
    Kime, Alıcı, Alıcılar, Kimlere
    Προς, Παραλήπτης, Παραλήπτες
    Kam, Gavėjas, Adresāts, Saņēmējs, Til
    收件人, 收件者, 宛先, 受信者, 送信先, 받는 사람, 받는사람, 수신, 수신자
    Đến, Tới, Người nhận, Kepada, Untuk, Ke, ถึง, אל, إلى, Per a, Nori
"""
_CC = """
    Kopē, Kópia pre, I kopie, Kopija za, 参照, رونوشت, C.c., Sk, Kam kopija, Copie carbone, Kopie (Cc)
    Cc, Carbon copy, Copy, Copies
    Kopie, Kopie an, In Kopie
    Copie, Copie à, Copies à
    Copia, Copia a, Copia conoscenza, Per conoscenza, P.c., Con copia
    Kopie aan
    Com cópia, Cópia, Con copia a
    Kópia, Kopii, Do wiadomości, DW, Kopija, Kopie komu, Na vědomí, V kopii, Kopia do, Kp, Kp., U kopiji
    Kopia, Kopi, Kopi til
    Kopio, Jäljennös, Koopia
    Másolat, Másolatot kap, Másolatok
    Copie pentru, Copie către
    Копия, Копии, Копія, Копие, Копија
    Bilgi, Karbon kopya, Kk
    Κοιν., Κοινοποίηση, Κοιν
    Afrit
    抄送, 副本, 副本抄送, 写し, 참조
    Đồng gửi, Tembusan, สำเนา, สำเนาถึง, עותק, نسخة, نسخة إلى, Còpia
"""
_BCC = """
    Bcc, Blindkopie, Cci, Copie cachée, Ccn, Cco, CCO, Copia oculta, Com cópia oculta, Skrytá kopie, Skrytá kópia
    UDW, Ukryte do wiadomości, Hemlig kopia, Blindkopi, Skjult kopi, Piilokopio, Titkos másolat, Скрытая копия, СК
    Gizli, Gizli bilgi, Прихована копія, Κρυφή κοιν., 密送, 密件副本, BCC, 숨은 참조, Blind copy, Bcc to
"""
_SUBJECT = """
    Betrifft, Pealkiri, Temats, Temat wiadomości, Тема письма
    標題, موضوع, หัวข้อ, Onderw., Ang., Angående, Titel
    Subjekt
    Subject
    Betreff, Betr., Betr
    Objet, Sujet
    Oggetto
    Onderwerp
    Asunto
    Assunto
    Předmět, Věc, Predmet, Vec, Temat, Zadeva, Naslov, Tema
    Ämne, Emne, Rubrik
    Aihe, Otsikko, Teema
    Tárgy
    Subiect, Subiectul
    Тема, Предмет, Наслов, Относно
    Konu
    Θέμα
    Tēma, Efni
    主题, 主旨, 主題, 标题, 件名, 題名, 제목
    Chủ đề, Tiêu đề, Perihal, Subjek, Judul, เรื่อง, หัวเรื่อง, נושא, الموضوع, Assumpte, Gaia
"""
_OTHER = """
    Reply-To, Reply to, Importance, Priority, Sensitivity, Attachments, Attachment, Organization, Organisation
    Message-ID, Size, Categories, Newsgroups, Resent-From, Followup-To, References, User-Agent, Mailing list
    Return-path
    Flag Status, Follow Up Flag, Flag, When, Where, Security, Delivered-To, List-Id, Mailed-by, Signed-by
    Importance level
    Antwort an, Antworten an, Wichtigkeit, Priorität, Vertraulichkeit, Anlagen, Anlage, Anhänge, Anhang, Kategorien
    Nachverfolgungskennzeichen, Kennzeichnung, Kennzeichnungsstatus, Größe
    Répondre à, Importance, Pièces jointes, Pièce jointe, Priorité, Réponse à, Indicateur de suivi
    État de l'indicateur
    Rispondi a, Priorità, Allegati, Allegato, Importanza
    Antwoord aan, Beantwoorden aan, Urgentie, Prioriteit, Bijlagen, Bijlage, Antwoord naar
    Responder a, Importancia, Prioridad, Datos adjuntos, Adjuntos, Archivos adjuntos
    Importância, Prioridade, Anexos, Anexo
    Odpověď, Odpovědět, Odpověď komu, Důležitost, Přílohy, Příloha, Odpovedať, Dôležitosť, Prílohy, Odpowiedz do
    Ważność, Priorytet, Załączniki, Załącznik, Važnost, Privici, Prilozi, Odgovori na, Odgovor na, Priloge, Pomembnost
    Svar till, Svara till, Prioritet, Bifogade filer, Bilagor, Svar til, Vedhæftede filer, Vedlegg, Viktighet
    Betydning, Vigtighed
    Vastaus, Vastausosoite, Tärkeys, Liitteet, Liite, Vasta, Vastus, Manused, Tähtsus
    Válaszcím, Fontosság, Mellékletek, Melléklet, Prioritás
    Răspunde la, Răspuns către, Importanță, Atașări, Fișiere atașate, Atașamente
    Ответить, Кому ответить, Важность, Вложения, Вложение, Відповісти, Важливість, Вкладення, Важност
    Прикачени файлове
    Yanıt, Yanıt adresi, Yanıtla, Önem, Ekler, Ek, Öncelik
    Απάντηση, Απάντηση σε, Σπουδαιότητα, Συνημμένα
    Atsakyti, Svarba, Priedai, Atbildēt, Svarīgums, Pielikumi
    附件, 回复, 回覆, 重要性, 返信先, 添付ファイル, 重要度, 첨부, 첨부 파일, 중요도, 답장 받는 사람
"""


def folded(text: str) -> str:
    """Return *text* as names and phrases are compared: composed, without case, blanks single."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'").split())


def _names(table: str) -> list[str]:
    return [folded(name) for line in table.splitlines() for name in line.split(",") if name.strip()]


_FIELDS = {
    name: kind
    for kind, table in (
        (Typed.OTHER, _OTHER), (Typed.BCC, _BCC), (Typed.CC, _CC), (Typed.TO, _TO),
        (Typed.DATE, _DATE), (Typed.SUBJECT, _SUBJECT), (Typed.FROM, _FROM),
    )
    for name in _names(table)
}  # fmt: skip
LONGEST_NAME = max(map(len, _FIELDS)) + 2


def typed(name: str) -> Typed | None:
    """Return which field a typed name stands for; None for none that we know.

    >>> typed("BETREFF"), typed("Von"), typed("Meeting")
    (<Typed.SUBJECT: 'subject'>, <Typed.FROM: 'from'>, None)
    """
    found = _FIELDS.get(name.casefold())
    if found is None and not name.isascii():
        found = _FIELDS.get(folded(name))
    if found is None and name.endswith(")"):  # Kopie (CC)
        found = typed(name[: name.find("(")].rstrip()) or typed(name[name.find("(") + 1 : -1])
    return found


def names_of(*kinds: Typed) -> list[str]:
    """Return the names of these fields, as they are compared, longest first."""
    return sorted((name for name, kind in _FIELDS.items() if kind in kinds), key=len, reverse=True)
