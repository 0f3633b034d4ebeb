"""The words that mail clients put above a quoted message, in the languages they are sold in.

Labels of header blocks, verbs of attribution lines, words of separator lines.  All are
in lower case.  A client or language that is missing here is often recognised by shape
(`mail.header_blocks`, `mail.attributions`); a word here makes it sure.
"""

import re
from enum import Enum


class Label(Enum):
    """What the line of a header block names."""

    FROM = "from"
    TO = "to"
    CC = "cc"
    DATE = "date"
    SUBJECT = "subject"
    OTHER = "other"


_LABELS = {
    Label.FROM: """
    from|von|de|da|van|från|fra|lähettäjä|od|nadawca|odesílatel|odosielateľ|feladó|expeditor|от|от кого|від|
    від кого|από|kimden|gönderen|pošiljatelj|šalje|pošiljalec|saatja|kellelt|no|nuo|sūtītājs|siuntėjas|发件人|
    寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|מאת|من|از|จาก|từ|dari|frá|a partir de|de la part de|remitente|
    remetente|mittente|expéditeur|absender|afzender|avsändare|afsender|avsender|nguồn|mesaj de la|nga|од|прати|
    message de|igorlea|nork""",
    Label.TO: """
    to|an|à|a|para|aan|till|til|vastaanottaja|do|dla|komu|pro|címzett|către|la|catre|кому|до|προς|kime|alıcı|
    prima|za|kellele|saaja|kam|kuriem|iki|gavėjas|收件人|收件者|宛先|받는 사람|받는사람|אל|إلى|الى|به|ถึง|đến|tới|
    kepada|ke|destinatario|destinatário|destinataire|empfänger|ontvanger|mottagare|modtager|mottaker|adresat|
    odbiorca|příjemce|prejemnik|primatelj|pēc|nori|nork(i)|за|pentru|hartzailea""",
    Label.CC: """
    cc|kopie|copie|copie à|copia|cópia|kopia|kopi|kopio|kopija|kópia|másolatot kap|másolat|копия|копія|копие|κοιν|
    κοιν.|κοινοποίηση|bilgi|抄送|副本|参照|참조|עותק|نسخة|رونوشت|สำเนา|tembusan|bcc|blindkopie|dw|udw|kk|sk|
    másolat:|koopia|kopē|kam kopija|cci|cco|ccn|kópia pre|con copia|afrit|c.c|kopie an|i kopie|kopija za""",
    Label.DATE: """
    sent|date|gesendet|datum|gesendet am|envoyé|envoyé le|envoyée|date d'envoi|inviato|inviato il|data|enviado|
    enviado el|enviado em|enviada|enviada em|enviado el día|fecha|verzonden|verzonden op|datum van verzending|
    skickat|skickades|sendt|dato|lähetetty|päivämäärä|päiväys|pvm|wysłano|wysłane|data wysłania|odesláno|
    datum odeslání|odoslané|dátum|elküldve|küldve|trimis|trimisă|dată|data trimiterii|отправлено|дата|
    дата отправки|надіслано|відправлено|изпратено|στάλθηκε|αποστολή|ημερομηνία|ημ/νία|gönderildi|gönderme tarihi|
    gönderilme tarihi|tarih|poslano|poslato|saadetud|kuupäev|nosūtīts|datums|išsiųsta|发送时间|发送日期|日期|时间|
    傳送時間|寄件日期|送信日時|日時|日付|보낸 날짜|보낸날짜|날짜|보낸 시간|נשלח|נשלח ב|תאריך|تاريخ الإرسال|
    التاريخ|أرسلت|تاریخ|ارسال|วันที่|ส่ง|ngày|đã gửi|gửi|tanggal|dikirim|sent on|sent at|message du|message du :|
    sent date|sendt dato|dagsetning|postad|skickad|bidalia|data i ora|дата и час|date et heure""",
    Label.SUBJECT: """
    subject|betreff|betrifft|betr|objet|sujet|oggetto|asunto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|věc|
    predmet|tárgy|subiect|тема|тема письма|относно|предмет|θέμα|konu|naslov|zadeva|teema|pealkiri|temats|tēma|
    tema|主题|主旨|標題|件名|제목|נושא|الموضوع|موضوع|เรื่อง|หัวข้อ|chủ đề|tiêu đề|subjek|perihal|efni|re|assumpte|
    gaia|thema|onderw|ang|angående|titel""",
    Label.OTHER: """
    reply-to|reply to|antwort an|répondre à|rispondi a|responder a|beantwoorden|svar till|svar til|importance|
    priorität|wichtigkeit|priorità|prioridad|attachments|attachment|anlagen|anhang|anhänge|pièces jointes|
    pièce jointe|allegati|datos adjuntos|adjuntos|bijlagen|bijlage|anexos|anexo|bilagor|vedhæftede filer|vedlegg|
    załączniki|přílohy|вложения|organisation|organization|message-id|newsgroups|resent-from|when|where|wann|wo|
    quand|où|quando|dove""",
}  # fmt: skip
LABELS = {
    word.strip().removesuffix(":"): label
    for label, words in _LABELS.items()
    for word in words.replace("\n", "").split("|")
}

# Where the writer's name stands before or behind one of these, it is an attribution.
_VERBS = """
    wrote|writes|has written|a écrit|écrit|a ecrit|écrivait|schrieb|geschrieben|schrieben|schreibt|ha scritto|
    scritto|scrive|scriveva|escribió|escribio|ha escrito|escribe|va escriure|ha escrit|escribiu|escreveu|
    escreveram|schreef|schreven|geschreven|skrev|skrevet|skrifaði|kirjoitti|kirjoittanut|napisał|napisała|
    napisał(a)|napisal|napisala|napisal(a)|napsal|napsala|napsal(a)|napísal|napísala|napísal(a)|pisze|píše|
    je napisao|je napisala|napisao|napisala je|napisao/la|napisal/a|je oseba|a scris|a scris:|írta|ezt írta|
    kirjutas|rakstīja|uzrakstīja|rašė|parašė|написал|написала|написал(а)|пишет|писал|писал(а)|написав|
    написав(-ла)|пише|написа|напиша|напісаў|написао|написао/ла|έγραψε|έγραψαν|yazdı|yazmış|shkroi|scríobh|
    ysgrifennodd|geskryf|skryf|skribis|idatzi du|hau idatzi|menulis|viết|đã viết|quoting|zitat von|zitiere|
    citando|citazione|citat från|citat fra|citerar|citando a|citāts|lainaus|quoting message from|dixit|scripsit|
    said|said the following|přípis|пользователь|użytkownik|skreiv|scrîs|tarihinde"""
_VERBS_WITHOUT_BLANKS = """
    写道|寫道|写了|書きました|のメール|のメッセージ|さんは|님이 작성|작성|썼습니다|님의 말|כתב|כתבה|מאת|كتب|كتبت|
    نوشت|نوشته است|लिखा|ने लिखा|เขียน|დაწერა|գրել"""


def _either(words: str) -> str:
    found = {word.strip() for word in words.replace("\n", "").split("|")}
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


VERB = re.compile(rf"(?<!\w)(?:{_either(_VERBS)})(?!\w)|{_either(_VERBS_WITHOUT_BLANKS)}")
# Some clients leave the colon away.
VERB_ENDINGS = (
    " wrote", " schrieb", " écrit", " scritto", " escribió", " escreveu", " schreef", " skrev", " kirjoitti", " napsal",
    " napisał", " написал", "写道", "寫道", "(a)", " geschreven", " scris",
)  # fmt: skip

# Parts of words between dashes: "-----Ursprüngliche Nachricht-----", "---------- Forwarded message ---------".
_ORIGINAL = """
    original|ursprüngl|ursprungl|originalnachricht|d'origine|d’origine|initial|originale|oorspronkelijk|
    oprindelig|opprinnelig|opphavleg|alkuperäi|původní|pôvodn|oryginaln|pierwotna|eredeti|orijinal|özgün|исходн|
    оригинал|первоначальн|вихідн|початков|αρχικό|πρωτότυπο|izvorn|izvirn|originaal|algne|algsõnum|sākotnēj|
    oriģināl|pradin|originalus|upprunaleg|原始邮件|邮件原件|原始郵件|原件|原邮件|元のメッセージ|転送|원본|
    הודעה מקורית|المقتبسة|الأصلية|پیام اصلی|ต้นฉบับ|thư gốc|tin nhắn gốc|asal|jatorrizko|forwarded|
    forwarded message|weitergeleitet|transféré|transmis|inoltrat|reenviad|encaminhad|reencaminhad|doorgestuurd|
    vidarebefordra|videresend|videreform|välitetty|edelleen lähetetty|przekazan|podana dalej|přeposlan|preposlan|
    továbbított|redirecționat|redirectionat|iletilen|iletildi|пересылаем|пересланн|переадресован|пересилан|
    препратен|проследен|προωθημένο|προωθήθηκε|proslijeđen|prosleđen|posredovan|edastatud|pārsūtīt|persiųst|转发|
    轉寄|전달된|הועבר|معاد توجيهها|áframsent|chuyển tiếp|diteruskan|vorherige nachricht|previous message|
    message précédent"""
ORIGINAL = re.compile(_either(_ORIGINAL))

# Whole lines without dashes that end what somebody wrote.
_OPENERS = """
    begin forwarded message|anfang der weitergeleiteten|anfang der weitergeleiteten nachricht|
    début du message transféré|début du message réexpédié|début de message transféré|inizio messaggio inoltrato|
    inicio del mensaje reenviado|início da mensagem reencaminhada|início da mensagem encaminhada|
    início do mensagem encaminhada|begin doorgestuurd bericht|vidarebefordrat brev|vidarebefordrat meddelande|
    start på videresendt besked|videresendt besked|videresendt melding|videresendte meldinger starter|
    välitetty viesti alkaa|początek przekazywanej wiadomości|rozpoczęcie przekazywanej wiadomości|
    začátek přeposílané zprávy|začátek přeposlané zprávy|začiatok preposlanej správy|továbbított levél kezdete|
    továbbított üzenet kezdete|începutul mesajului redirecționat|iletilen ileti başlangıcı|
    начало переадресованного сообщения|начало пересылаемого сообщения|початок листа, що пересилається|
    αρχή προωθημένου μηνύματος|započni proslijeđenu poruku|početak proslijeđene poruke|以下是转发的邮件|
    开始转发的邮件|以下為轉寄郵件|転送されたメッセージ|전달된 메시지 시작|תחילת ההודעה שהועברה|
    bắt đầu thư được chuyển tiếp|mulai pesan terusan"""
OPENERS = frozenset(word.strip() for word in _OPENERS.replace("\n", "").split("|"))

# What ticket systems write above the thread: "## Reply above this line ##".
ABOVE_THIS_LINE = (
    "above this line", "über dieser linie", "über dieser zeile", "oberhalb dieser linie", "oberhalb dieser zeile",
    "au-dessus de cette ligne", "sopra questa riga", "sopra questa linea", "encima de esta línea", "acima desta linha",
    "acima dessa linha", "boven deze lijn", "boven deze regel", "ovanför den här raden", "ovanför denna rad",
    "over denne linje", "powyżej tej linii", "nad tímto řádkem", "nad týmto riadkom", "tämän rivin yläpuolelle",
    "выше этой строки", "bu satırın üzerine", "この行より上",
)  # fmt: skip
