"""What offices write, in the languages that must be told apart; cut into pieces they measure the telling."""

from collections.abc import Iterator

# A paragraph a mail.
OFFICE_TEXTS = {
    "de": """
Guten Tag Frau Brunner, vielen Dank für Ihre Anfrage vom vergangenen Dienstag. Anbei finden Sie die
Offerte für die neue Lüftungsanlage im Schulhaus. Die Preise gelten bis Ende Monat, danach müssten wir
beim Lieferanten nochmals nachfragen. Falls Sie zu einzelnen Positionen Fragen haben, rufen Sie mich bitte
an; ich bin morgen den ganzen Tag im Büro.

Leider konnte unser Monteur die defekte Pumpe am Montag nicht ersetzen, weil das Ersatzteil noch nicht
eingetroffen war. Wir haben deshalb einen neuen Termin am Donnerstag um acht Uhr vorgesehen. Bitte sorgen
Sie dafür, dass der Heizraum zugänglich ist. Für die Umstände entschuldigen wir uns.

Hallo zusammen, das Protokoll der letzten Sitzung liegt im gemeinsamen Ordner. Korrekturen nehme ich gerne
bis Freitag entgegen. Die Traktanden für den nächsten Termin verschicke ich, sobald die Zahlen der
Buchhaltung vorliegen. Peter, kannst du noch den Raum reservieren und den Beamer bestellen?

Wir bestätigen den Eingang Ihrer Kündigung per Ende September. Die Wohnungsabgabe findet in Anwesenheit
der Verwaltung statt. Schlüssel, Bedienungsanleitungen und der Nachweis über die Reinigung sind
mitzubringen. Die Kaution wird nach Abrechnung der Nebenkosten auf Ihr Konto überwiesen.

Sehr geehrte Damen und Herren, auf unserer Rechnung 4711 fehlt die Gutschrift für die beschädigten
Kartons. Könnten Sie uns eine korrigierte Fassung senden? Ohne diese dürfen wir den Betrag nicht
freigeben. Besten Dank und freundliche Grüsse

Kurze Frage zum Vertrag: In Ziffer 7 steht eine Frist von drei Monaten, im Anhang sind es sechs. Welche
gilt? Unser Anwalt meint, der Anhang gehe vor, aber der Kunde sieht es anders. Schau es dir doch an, bevor
wir am Mittwoch mit ihm sprechen. Den Entwurf habe ich dir gestern geschickt.""",
    "fr": """
Bonjour Madame, je vous remercie de votre demande de mardi dernier. Vous trouverez ci-joint notre offre
pour la nouvelle installation de ventilation de l'école. Les prix restent valables jusqu'à la fin du mois;
au-delà, nous devrions interroger à nouveau notre fournisseur. Pour toute question, appelez-moi, je serai
au bureau demain toute la journée.

Malheureusement, notre technicien n'a pas pu remplacer la pompe lundi, car la pièce n'était pas encore
arrivée. Nous avons donc prévu un nouveau rendez-vous jeudi à huit heures. Merci de veiller à ce que le
local de chauffage soit accessible. Nous vous prions de nous excuser pour ce désagrément.

Bonjour à tous, le procès-verbal de la dernière séance se trouve dans le dossier partagé. J'attends vos
corrections d'ici vendredi. L'ordre du jour de la prochaine réunion suivra dès que la comptabilité aura
livré ses chiffres. Pierre, peux-tu encore réserver la salle et commander le projecteur?

Nous accusons réception de la résiliation de votre bail pour la fin septembre. L'état des lieux aura lieu
en présence de la gérance. Les clés, les modes d'emploi et l'attestation de nettoyage doivent être remis.
La garantie sera versée sur votre compte après le décompte des charges.

Mesdames, Messieurs, il manque sur votre facture 4711 la note de crédit relative aux cartons abîmés.
Pourriez-vous nous adresser une version corrigée? Sans elle, nous ne sommes pas autorisés à libérer le
montant. Avec nos remerciements

Petite question au sujet du contrat: l'article 7 prévoit un délai de trois mois, l'annexe en indique six.
Lequel faut-il retenir? Notre avocat pense que l'annexe prime, mais le client voit les choses autrement.
Regarde cela avant notre entretien de mercredi. Je t'ai envoyé le projet hier.""",
    "it": """
Buongiorno signora Bernasconi, la ringrazio per la richiesta di martedì scorso. In allegato trova la
nostra offerta per il nuovo impianto di ventilazione della scuola. I prezzi valgono fino alla fine del
mese, poi dovremmo chiedere di nuovo al fornitore. Se ha domande sulle singole posizioni, mi chiami pure:
domani sono in ufficio tutto il giorno.

Purtroppo lunedì il nostro montatore non ha potuto sostituire la pompa, perché il pezzo di ricambio non
era ancora arrivato. Abbiamo perciò previsto un nuovo appuntamento giovedì alle otto. La preghiamo di fare
in modo che il locale caldaia sia accessibile. Ci scusiamo per il disagio.

Ciao a tutti, il verbale dell'ultima riunione si trova nella cartella condivisa. Aspetto le vostre
correzioni entro venerdì. L'ordine del giorno per la prossima volta seguirà appena la contabilità avrà
consegnato le cifre. Pietro, puoi ancora prenotare la sala e ordinare il proiettore?

Confermiamo di aver ricevuto la disdetta del contratto di locazione per fine settembre. La consegna
dell'appartamento avviene in presenza dell'amministrazione. Sono da portare le chiavi, le istruzioni per
l'uso e la prova della pulizia. La cauzione sarà versata sul suo conto dopo il conteggio delle spese.

Gentili signore, egregi signori, sulla vostra fattura 4711 manca la nota di credito per i cartoni
danneggiati. Potreste inviarci una versione corretta? Senza di essa non possiamo autorizzare il pagamento.
Molte grazie e cordiali saluti

Una breve domanda sul contratto: alla cifra 7 si parla di un termine di tre mesi, nell'allegato sono sei.
Quale vale? Il nostro avvocato pensa che prevalga l'allegato, ma il cliente la vede diversamente. Guardalo
prima del colloquio di mercoledì. La bozza te l'ho mandata ieri.""",
    "en": """
Good morning Mrs Brown, thank you for your enquiry of last Tuesday. Please find attached our quotation for
the new ventilation system in the school building. Prices are valid until the end of the month; after that
we would have to ask the supplier again. If you have any questions, give me a call, as I shall be in the
office all day tomorrow.

Unfortunately our engineer could not replace the faulty pump on Monday because the spare part had not
arrived. We have therefore booked a new appointment for Thursday at eight. Please make sure that the
boiler room is accessible. We apologise for the inconvenience.

Hello everybody, the minutes of the last meeting are in the shared folder. Send me corrections by Friday.
The agenda for the next one will follow as soon as accounting has delivered the figures. Peter, could you
still book the room and order a projector?

We confirm receipt of your notice terminating the lease at the end of September. The handover takes place
in the presence of the letting agent. Keys, manuals and proof of cleaning must be brought along. The
deposit will be paid into your account once the service charges have been settled.

Dear Sir or Madam, our invoice 4711 lacks the credit note for damaged boxes. Could you send us a corrected
version? Without it we are not allowed to release the payment. Many thanks in advance and kind regards

Quick question about the contract: clause 7 says three months, the annex says six. Which one applies? Our
lawyer thinks that the annex prevails, but the client sees it differently. Have a look before we talk to
him on Wednesday. I sent you the draft yesterday.""",
    "es": """
Buenos días, señora García: le agradezco su consulta del martes pasado. Adjunto encontrará nuestro
presupuesto para la nueva instalación de ventilación de la escuela. Los precios son válidos hasta finales
de mes. Si tiene alguna pregunta, llámeme; mañana estaré todo el día en la oficina.""",
    "pt": """
Bom dia, senhora Silva. Agradeço o seu pedido da passada terça-feira. Em anexo encontra a nossa proposta
para a nova instalação de ventilação da escola. Os preços são válidos até ao fim do mês. Se tiver alguma
pergunta, telefone-me; amanhã estou todo o dia no escritório.""",
    "nl": """
Goedemorgen mevrouw De Vries, hartelijk dank voor uw aanvraag van afgelopen dinsdag. In de bijlage vindt u
onze offerte voor de nieuwe ventilatie van het schoolgebouw. De prijzen gelden tot het einde van de maand.
Als u nog vragen heeft, belt u mij dan gerust; ik ben morgen de hele dag op kantoor.""",
    "sv": """
Hej, tack för din förfrågan i tisdags. Bifogat finns vår offert för den nya ventilationen i skolan.
Priserna gäller till slutet av månaden. Om du har några frågor kan du ringa mig, jag är på kontoret hela
dagen i morgon.""",
    "pl": """
Dzień dobry, dziękuję za zapytanie z ubiegłego wtorku. W załączeniu przesyłam naszą ofertę na nową
wentylację w szkole. Ceny są ważne do końca miesiąca. Jeśli ma Pani jeszcze pytania, proszę o telefon;
jutro będę w biurze.""",
    "ru": """
Добрый день! Спасибо за ваш запрос от прошлого вторника. Во вложении наше предложение по новой вентиляции
школы. Цены действительны до конца месяца. Если у вас есть вопросы, позвоните мне, завтра я весь день в
офисе.""",
    "ja": """
お世話になっております。先週火曜日のお問い合わせ、ありがとうございます。学校の換気設備の見積書を添付いたします。ご質問がございましたらお電話ください。""",
}


def mails(language: str) -> Iterator[str]:
    """Yield the mails of one language, each as one line."""
    for paragraph in OFFICE_TEXTS[language].split("\n\n"):
        yield " ".join(paragraph.split())


def pieces(text: str, length: int) -> Iterator[str]:
    """Yield stretches of about this length that begin and end with whole words."""
    for start in range(0, max(1, len(text) - length + 1), 20):
        yield text[start : start + length].partition(" ")[2].rpartition(" ")[0]
