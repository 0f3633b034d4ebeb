"""What letters say: sentences, subjects and phrases of four languages, a line each."""

from typing import Final

SENTENCES: Final = {
    "de": """Wir danken Ihnen für Ihr Schreiben und nehmen dazu gerne Stellung.
Bei der Durchsicht unserer Unterlagen ist uns aufgefallen, dass die letzte Rate noch offen ist.
Die Lieferung erfolgt voraussichtlich in der Kalenderwoche 24 frei Baustelle.
Unser Monteur meldet sich telefonisch, um einen passenden Termin zu vereinbaren.
Bitte senden Sie uns die beiliegende Kopie unterschrieben zurück.
Die genannten Preise verstehen sich zuzüglich der gesetzlichen Mehrwertsteuer.
Sollten sich Ihre Zahlung und dieser Brief gekreuzt haben, betrachten Sie ihn als gegenstandslos.
Wie am Telefon besprochen, haben wir den Vertrag bis Ende des nächsten Jahres verlängert.
Die Prüfung ergab keine Mängel; das Protokoll legen wir bei.
Gerne zeigen wir Ihnen die Muster auch in unserer Ausstellung in Volketswil.
Für Rückfragen steht Ihnen unser Sachbearbeiter jederzeit zur Verfügung.
Die Frist beginnt mit dem Empfang dieses Schreibens und beträgt dreissig Tage.
Ohne Ihren Gegenbericht gehen wir davon aus, dass Sie mit den Änderungen einverstanden sind.
Auf die Garantie von fünf Jahren hat der Umbau keinen Einfluss.
Der Betrag wird Ihrem Konto in den nächsten Tagen gutgeschrieben.
Leider können wir Ihrem Wunsch aus technischen Gründen nicht entsprechen.
Wir haben Ihr Anliegen an die zuständige Stelle weitergeleitet.
Die Heizung wurde am Nachmittag geprüft, der Druck lag bei 1,8 bar.
Nach Abschluss der Arbeiten erhalten Sie von uns eine detaillierte Abrechnung.
Im Namen des ganzen Teams wünschen wir Ihnen einen guten Start in die neue Saison.
Zwischen dem Lager und der Werkstatt entsteht ein neuer, gedeckter Durchgang.
Die Versicherung übernimmt die Kosten abzüglich des vereinbarten Selbstbehalts von 500.00.
Beachten Sie bitte die neuen Öffnungszeiten an Samstagen und vor Feiertagen.
Herr Schwarzenbach von der Firma Kolbmann hat uns den Befund schriftlich bestätigt.
Eine Übersicht der offenen Posten finden Sie auf der folgenden Seite.
Wir bitten um Verständnis für die Unannehmlichkeiten während der Bauzeit.""",
    "fr": """Nous vous remercions de votre courrier et vous répondons volontiers.
En contrôlant notre comptabilité, nous avons constaté que la dernière échéance reste impayée.
La livraison aura lieu en principe durant la semaine 24, franco chantier.
Notre technicien vous appellera afin de convenir d'un rendez-vous.
Veuillez nous retourner la copie ci-jointe, dûment signée.
Les prix indiqués s'entendent hors taxe sur la valeur ajoutée.
Si votre paiement a croisé la présente lettre, veuillez la considérer comme nulle.
Comme convenu par téléphone, le contrat est prolongé jusqu'à la fin de l'année prochaine.
Le contrôle n'a révélé aucun défaut; vous trouverez le procès-verbal en annexe.
Nous vous montrerons volontiers les échantillons dans notre salle d'exposition.
Notre collaboratrice se tient à votre disposition pour tout renseignement complémentaire.
Le délai court dès la réception de la présente et s'élève à trente jours.
Sans nouvelles de votre part, nous considérons que vous acceptez ces modifications.
La transformation n'a aucune incidence sur la garantie de cinq ans.
Le montant sera crédité sur votre compte dans les prochains jours.
Malheureusement, nous ne pouvons pas répondre favorablement à votre demande.
Nous avons transmis votre dossier au service compétent.
La chaudière a été examinée dans l'après-midi, la pression était de 1,8 bar.
À la fin des travaux, un décompte détaillé vous sera remis.
Toute notre équipe vous souhaite un excellent début de saison.
Un passage couvert sera construit entre l'entrepôt et l'atelier.
L'assurance prend en charge les frais, sous déduction de la franchise de 500.00.
Veuillez noter nos nouveaux horaires d'ouverture du samedi.
Monsieur Castelnau, de l'entreprise Kolbmann, nous a confirmé ce résultat par écrit.
Vous trouverez la liste des postes ouverts à la page suivante.
Nous vous prions d'excuser les désagréments causés par le chantier.""",
    "it": """La ringraziamo della Sua lettera, alla quale rispondiamo volentieri.
Dal controllo della nostra contabilità risulta che l'ultima rata è ancora aperta.
La consegna è prevista per la settimana 24, franco cantiere.
Il nostro tecnico La chiamerà per fissare un appuntamento.
La preghiamo di rinviarci la copia allegata, debitamente firmata.
I prezzi indicati si intendono al netto dell'imposta sul valore aggiunto.
Se nel frattempo il pagamento è stato eseguito, La preghiamo di non tenere conto della presente.
Come concordato al telefono, il contratto è prorogato fino alla fine del prossimo anno.
La verifica non ha evidenziato difetti; alleghiamo il relativo verbale.
Saremo lieti di mostrarLe i campioni nella nostra esposizione.
La nostra collaboratrice rimane a disposizione per qualsiasi chiarimento.
Il termine decorre dal ricevimento della presente ed è di trenta giorni.
In mancanza di un Suo riscontro riterremo accettate le modifiche proposte.
La ristrutturazione non ha alcun effetto sulla garanzia di cinque anni.
L'importo sarà accreditato sul Suo conto nei prossimi giorni.
Purtroppo non possiamo accogliere la Sua richiesta per motivi tecnici.
Abbiamo trasmesso la Sua pratica all'ufficio competente.
La caldaia è stata controllata nel pomeriggio, la pressione era di 1,8 bar.
Al termine dei lavori riceverà un conteggio dettagliato.
Tutta la nostra squadra Le augura un buon inizio di stagione.
Fra il magazzino e l'officina sorgerà un nuovo passaggio coperto.
L'assicurazione si assume i costi, dedotta la franchigia di 500.00.
La preghiamo di prendere nota dei nuovi orari di apertura del sabato.
Il signor Castellazzi della ditta Kolbmann ci ha confermato l'esito per iscritto.
L'elenco delle partite aperte si trova nella pagina seguente.
Ci scusiamo per i disagi causati dal cantiere.""",
    "en": """Thank you for your letter, to which we are pleased to reply.
On checking our records we noticed that the last instalment is still outstanding.
Delivery is expected during week 24, carriage paid to site.
Our engineer will telephone to arrange a convenient appointment.
Please sign the enclosed copy and return it to us.
All prices quoted are exclusive of value added tax.
If your payment has crossed with this letter, please disregard it.
As discussed on the telephone, the contract has been extended until the end of next year.
The inspection revealed no faults; the report is enclosed.
We would be glad to show you the samples in our showroom.
Our staff will be happy to answer any questions you may have.
The period runs from receipt of this letter and is thirty days.
Unless we hear from you, we shall assume that you agree to these changes.
The alterations do not affect the guarantee of five years.
The amount will be credited to your account within the next few days.
Unfortunately we are unable to meet your request for technical reasons.
We have passed your enquiry on to the department concerned.
The boiler was examined in the afternoon and the pressure stood at 1.8 bar.
A detailed statement will be sent to you once the works are complete.
The whole team wishes you a good start to the new season.
A new covered passage is to be built between the warehouse and the workshop.
The insurer will bear the costs less the agreed excess of 500.00.
Please note our new opening hours on Saturdays and before public holidays.
Mr Castleford of Kolbmann Brothers has confirmed the result in writing.
A list of open items will be found overleaf.
We apologise for any inconvenience caused while the building work goes on.""",
}
SUBJECTS: Final = {
    "de": "Offerte für die Sanierung der Heizung|Mahnung zur Rechnung Nr. 20{}|Ihre Bestellung vom letzten Freitag"
    "|Einladung zur Generalversammlung|Kündigung des Mietvertrags Parkplatz {}|Auftragsbestätigung Nr. {}"
    "|Schadenmeldung Wasserleitung|Preisanpassung auf den 1. Januar|Bewerbung als Polymechanikerin"
    "|Wartungsvertrag Aufzug, Haus {}|Zahlungserinnerung|Baugesuch Nr. {}: Ergänzung der Unterlagen",
    "fr": "Offre pour l'assainissement du chauffage|Rappel de la facture n° 20{}|Votre commande de vendredi dernier"
    "|Invitation à l'assemblée générale|Résiliation du bail, place {}|Confirmation de commande n° {}"
    "|Annonce de sinistre, conduite d'eau|Adaptation des prix au 1er janvier|Postulation|Contrat d'entretien de l'ascenseur"
    "|Demande de permis n° {}: pièces complémentaires",
    "it": "Offerta per il risanamento del riscaldamento|Sollecito della fattura n. 20{}|Vostro ordine di venerdì scorso"
    "|Invito all'assemblea generale|Disdetta del contratto, posteggio {}|Conferma d'ordine n. {}"
    "|Notifica di sinistro, condotta dell'acqua|Adeguamento dei prezzi dal 1° gennaio|Candidatura|Contratto di manutenzione"
    "|Domanda di costruzione n. {}: documenti mancanti",
    "en": "Quotation for the new heating system|Reminder of invoice no. 20{}|Your order of last Friday"
    "|Invitation to the annual general meeting|Termination of lease, parking space {}|Order confirmation no. {}"
    "|Claim: burst water pipe|Change of prices from January|Application for the position of accountant"
    "|Lift maintenance contract, block {}|Planning application no. {}: further documents",
}
SUBJECT_LABELS: Final = {
    "de": ("", "", "", "Betreff: ", "Betrifft: "),
    "fr": ("Objet : ", "Objet : ", "Concerne : ", ""),
    "it": ("Oggetto: ", "Oggetto: ", "OGGETTO: ", ""),
    "en": ("", "", "Re: ", "Subject: "),
}
# To nobody in particular; then to a man, to a woman: {} is the family name.
SALUTATIONS: Final = {
    "de": ("Sehr geehrte Damen und Herren", "Sehr geehrter Herr {}", "Sehr geehrte Frau {}"),
    "fr": ("Mesdames, Messieurs,", "Monsieur,", "Madame,"),
    "it": ("Gentili Signore, egregi Signori,", "Egregio Signor {},", "Gentile Signora {},"),
    "en": ("Dear Sir or Madam,", "Dear Mr {},", "Dear Ms {},"),
}
CLOSINGS: Final = {
    "de": "Mit freundlichen Grüssen|Freundliche Grüsse|Mit freundlichen Grüßen|Hochachtungsvoll",
    "fr": "Nous vous prions d'agréer, Mesdames, Messieurs, nos salutations distinguées."
    "|Veuillez recevoir nos meilleures salutations.|Avec nos salutations les meilleures",
    "it": "Distinti saluti|Cordiali saluti|Con i migliori saluti",
    "en": "Yours faithfully|Yours sincerely|Kind regards",
}
POSITIONS: Final = {
    "de": "Geschäftsführer|Sachbearbeitung|Leitung Verkauf|i. A.|ppa.|Rechnungswesen",
    "fr": "Directeur|Responsable des ventes|Service clientèle|p. o.",
    "it": "Direttore|Responsabile vendite|Servizio clienti|p. p.",
    "en": "Managing Director|Sales Manager|Customer Care|pp.",
}
ENCLOSURES: Final = {
    "de": "Beilage: erwähnt|Anlagen: Vertrag, Plan 1:50|Beilagen: 2 Kopien|Kopie an: Bauleitung",
    "fr": "Annexe : mentionnée|P.J. : contrat, plan 1:50|Annexes : 2 copies|Copie : direction des travaux",
    "it": "Allegato: citato|All.: contratto, planimetria 1:50|Copia p.c.: direzione lavori",
    "en": "Enc.|Encl: contract, drawing 1:50|cc: site office",
}
SPECIAL: Final = {
    "de": "Einschreiben|Vertraulich|Persönlich|A-Post Plus|Einschreiben mit Rückschein",
    "fr": "Recommandé|Confidentiel|Personnel|Lettre recommandée avec AR",
    "it": "Raccomandata|Riservata|Personale|Raccomandata A.R.",
    "en": "Private and Confidential|By registered post|Recorded delivery",
}
# Position, number, unit price, amount; then what is for sale.
TABLE_HEADS: Final = {
    "de": ("Pos.", "Bezeichnung", "Menge", "Preis", "Betrag", "Total"),
    "fr": ("Pos.", "Désignation", "Quantité", "Prix", "Montant", "Total"),
    "it": ("Pos.", "Descrizione", "Quantità", "Prezzo", "Importo", "Totale"),
    "en": ("Item", "Description", "Qty", "Price", "Amount", "Total"),
}
GOODS: Final = {
    "de": "Umwälzpumpe DN 25|Türbeschlag, Messing|Arbeitszeit Monteur|Anfahrt Zone 2|Dichtung 40 mm|Schrank, weiss",
    "fr": "Pompe de circulation DN 25|Ferrure de porte, laiton|Heures du monteur|Déplacement zone 2|Joint 40 mm|Armoire blanche",
    "it": "Pompa di circolazione DN 25|Ferramenta in ottone|Ore di montaggio|Trasferta zona 2|Guarnizione 40 mm|Armadio bianco",
    "en": "Circulation pump DN 25|Door fittings, brass|Labour, fitter|Travel, zone 2|Gasket 40 mm|Cabinet, white",
}
FOOT_LABELS: Final = {
    "de": ("Tel.", "Fax", "E-Mail", "Bank", "USt-IdNr."),
    "fr": ("Tél.", "Fax", "Courriel", "Banque", "N° TVA"),
    "it": ("Tel.", "Fax", "E-mail", "Banca", "P. IVA"),
    "en": ("Tel", "Fax", "Email", "Bank", "VAT No"),
}
PAGE_WORDS: Final = {"de": "Seite", "fr": "Page", "it": "Pagina", "en": "Page"}
RECEIVED: Final = {
    "de": ("EINGEGANGEN", "Eingang", "ERHALTEN"),
    "fr": ("REÇU LE", "Courrier arrivé"),
    "it": ("RICEVUTO", "PERVENUTO IL"),
    "en": ("RECEIVED", "DATE STAMPED"),
}
OTHER_STAMPS: Final = {
    "de": ("KOPIE", "ERLEDIGT", "BEZAHLT"),
    "fr": ("COPIE", "PAYÉ"),
    "it": ("COPIA", "PAGATO"),
    "en": ("COPY", "PAID"),
}
