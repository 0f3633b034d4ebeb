"""The words by which a signature is recognised: closings, what phones and apps add, notices of confidentiality.

All are in lower case.
"""

import re


def _words(words: str) -> frozenset[str]:
    return frozenset(word.lstrip() for word in words.replace("\n", "").split("|"))


def _either(words: str) -> str:
    longest_first = sorted(_words(words), key=len, reverse=True)
    return rf"(?<![a-zà-ÿ])(?:{'|'.join(map(re.escape, longest_first))})"


# "Freundliche Grüsse": a short line that begins so, and little behind it.
CLOSINGS = tuple(
    _words("""
    mit freundlich|freundliche gr|freundlichen gr|freundlicher gr|mit besten gr|beste gr|besten gr|liebe gr|
    lieben gr|lieber gr|viele gr|vielen gr|schöne gr|schönen gr|herzliche gr|herzlichen gr|herzlichst|herzlich,|
    mit herzlich|gruss|gruß|grüsse|grüße|mfg|lg|vg|bg|mit kollegial|hochachtungsvoll|mit vorzüglicher hochachtung|
    sonnige gr|best regards|kind regards|kindest regards|warm regards|warmest regards|regards|rgds|brgds|br,|
    best wishes|all the best|cheers|sincerely|yours sincerely|yours faithfully|yours truly|with kind regards|
    with best regards|many thanks|thanks and regards|thanks & regards|respectfully|cordially|best,|thank you and|
    cordialement|bien cordialement|très cordialement|sincères salutations|meilleures salutations|salutations|
    avec mes salutations|avec nos salutations|bien à vous|bien à toi|amicalement|recevez,|veuillez agréer|
    je vous prie d'agréer|nous vous prions d|avec nos meilleures|avec mes meilleures|belles salutations|
    bonne journée|cordiali saluti|distinti saluti|cari saluti|un cordiale saluto|cordialmente|saluti|
    i migliori saluti|i miei migliori saluti|con i migliori saluti|un saluto|porgo distinti|porgiamo distinti|
    a presto|saludos|un saludo|un cordial saludo|cordiales saludos|saludos cordiales|atentamente|atentos saludos|
    salutacions|atentament|met vriendelijke groet|vriendelijke groet|hartelijke groet|met hartelijke groet|groeten|
    groet,|met groet|mvg|atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|cordiais|
    att,|abraço|saudações|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|
    bästa hälsningar|hälsningar|mvh|med venlig hilsen|venlig hilsen|bedste hilsner|mange hilsner|de bedste hilsner|
    vh|hilsen|med vennlig hilsen|vennlig hilsen|beste hilsen|beste helsing|ystävällisin terveisin|terveisin|
    parhain terveisin|kveðja|með kveðju|bestu kveðjur|z poważaniem|pozdrawiam|z wyrazami szacunku|
    serdecznie pozdrawiam|s pozdravem|se srdečným pozdravem|s přátelským pozdravem|s úctou|s pozdravom|üdvözlettel|
    tisztelettel|cu stimă|cu respect|cu drag|toate cele bune|с уважением|с наилучшими|всего доброго|з повагою|
    с уважение|поздрави|με εκτίμηση|με φιλικούς|φιλικά|saygılarımla|saygılarımızla|iyi çalışmalar|kolay gelsin|
    s poštovanjem|s štovanjem|lijep pozdrav|srdačan pozdrav|lep pozdrav|lp,|s spoštovanjem|z lepimi pozdravi|
    lugupidamisega|parimate soovidega|ar cieņu|pagarbiai|geriausi linkėjimai|よろしくお願い|宜しくお願い|以上、|
    敬具|此致|顺祝|祝好|謝謝|감사합니다|감사드립니다|드림|בברכה|مع التحية|مع أطيب|با احترام""")
)

# "Sent from my iPhone": the verb, and the preposition behind it.
SENT = _words("""
    sent|gesendet|envoyé|envoyée|envoye|inviato|inviata|enviado|enviada|enviat|verzonden|
    verstuurd|skickat|skickades|sendt|lähetetty|wysłane|wysłano|wysłana|odesláno|odoslané|poslané|poslano|poslato|
    küldve|elküldve|trimis|отправлено|отправлен|надіслано|відправлено|изпратено|στάλθηκε|εστάλη|gönderildi|
    gönderilmiştir|saadetud|nosūtīts|išsiųsta|transmitido|bidalia|sendita|dikirim|dihantar|mailed|composed""")
SENT_BY = _words("""
    from|via|using|with|on|auf|von|vom|mit|aus|über|per|de|du|depuis|à|avec|grâce|da|dal|dalla|con|tramite|desde|por|do|
    a|pelo|através|vanaf|vanuit|met|uit|från|med|fra|z|ze|ez|s|sa|pomocí|iz|din|cu|с|из|со|з|із|від|от|από|μέσω|
    dari|melalui|iš|no|ar|minu""")
# Where the verb comes last: "Von meinem iPhone gesendet".
SENT_LAST_BY = _words("""von|vom|mit|aus|über|diese|dieses|vanaf|met|via|från|bu|dit""")
SENT_WITHOUT_BLANKS = (
    "发自", "发送自", "來自我的", "从我的", "從我的", "傳送", "送信", "보냄", "에서 보낸", "נשלח", "أرسلت",
    "أُرسلت", "ارسال", "ส่งจาก", "đã gửi từ", "được gửi từ",
)  # fmt: skip
GET = _words("""
    get|download|holen|laden|hole|lade|beziehen|télécharger|téléchargez|obtenir|obtenez|scarica|ottieni|obtener|
    obtén|descargar|obter|obtenha|downloaden|hämta|hent|hanki|hae|pobierz|získat|získajte|stáhnout|загрузить|
    скачать|hankige|preuzmi|λήψη|letöltés|descărcați""")
DEVICE = re.compile(
    _either("""
    iphon|ipad|ipod|ios|android|blackberry|samsung|galaxy|huawei|xiaomi|redmi|nokia|lumia|pixel|motorola|oneplus|
    oppo|sony|xperia|htc|wiko|fairphone|outlook|yahoo|gmail|gmx|web.de|bluewin|proton|protonmail|tutanota|typeapp|
    bluemail|spark|sparrow|aquamail|k-9|airmail|mailspring|thunderbird|windows|handy|smartphone|mobil|mobile|
    mobilen|mobiltelefon|mobiltelefoon|phone|portable|téléphone|telefon|teléfono|telefone|telefono|cellulare|
    celular|móvil|telemóvel|tablet|tablette|mailbird|mail.ru|телефон|телефона|смартфона|смартфон|устройства|
    matkapuhelin|puhelin|手机|手機|携帯|スマート|휴대|watch|vodafone|swisscom|orange|mail for|mail für|mail pour|
    mail per|mail para|mail voor|laposte|libero|zimbra|webmail|
    edison|newton|superhuman|fastmail|mimestream|app|gerät|device|unterwegs|pocket""")
)
# "Sent from my pocket computer": whatever it is, it was not written now.
SENT_FROM = tuple(
    _words("""
    sent from my |sent via my |sent using my |sent from a |sent from mobile|envoyé de mon |envoyé depuis mon |
    inviato dal mio |inviato da mio |enviado desde mi |enviado do meu |enviado de meu |enviado a partir do meu |
    verzonden vanaf mijn |verstuurd vanaf mijn |skickat från min |sendt fra min |wysłane z mojego |odesláno z mého |
    odoslané z môjho |gesendet von meinem |gesendet von unterwegs|отправлено с моего """)
)

# A notice has two of them: what it asks for, and of whom.
CONFIDENTIAL = (
    "confidential", "privileged", "vertraulich", "confidentiel", "confidenzial", "riservat", "confidencial",
    "vertrouwelijk", "konfidentiell", "fortrolig", "luottamuksellinen", "poufn", "důvěrn", "dôvern", "bizalmas",
    "confidențial", "конфиденциальн", "конфіденційн", "εμπιστευτικ", "gizli", "povjerljiv", "zaupn",
    "konfidentsiaal", "konfidenci", "機密", "机密", "기밀",
)  # fmt: skip
ADDRESSEE = (
    "intended", "addressee", "recipient", "empfänger", "adressat", "destinataire", "destinatari",
    "geadresseerde", "ontvanger", "mottagar", "modtager", "mottaker", "vastaanottaja", "adresat", "příjemc",
    "príjemc", "címzett", "получател", "адресат", "одержувач", "παραλήπτ", "alıcı", "primatelj", "prejemnik",
    "irrtümlich", "versehentlich", "by mistake", "in error", "par erreur", "per errore", "por error",
    "por engano", "受信者", "收件人", "수신",
)  # fmt: skip
APPENDED = (
    "virus-free", "virenfrei", "sans virus", "libre de virus", "privo di virus", "livre de vírus", "virusvrij",
    "bez wirusów", "avast", "consider the environment", "before you print", "mail ausdrucken", "mail drucken",
    "an die umwelt", "à l'environnement", "rispetta l'ambiente", "medio ambiente",
)  # fmt: skip
LEGAL_FORM = re.compile(
    r"\b(?:AG|GmbH|KG|OHG|UG|SE|SA|Sàrl|SARL|SAS|SpA|S\.p\.A\.|Srl|S\.r\.l\.|Sagl|Ltd|LLC|LLP|Inc|PLC|BV|B\.V\.|NV|AB|A/S|ApS|AS|"
    r"Oy|Sp\. z o\.o\.|s\.r\.o\.|Kft|Zrt|e\.V\.|e\.U\.|GesmbH|Genossenschaft|Stiftung|Verein)(?!\w)"
)
