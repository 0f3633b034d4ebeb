"""By which words are the fields of a letter labelled?  Folded, of de, fr, it, en, some of nl; also as misread."""

import re
from enum import StrEnum

_I = r"[il1|!j]"  # `Ihr` is often read as `lhr`
_OF = r"(?:\s?[,/+&]\s?(?:un)?(?:ihre?|unsere?)\snachricht(?:\svom)?|\s?[,/+&]\s?(?:ihre?\s)?schreiben\svom)?"
_REF = (
    r"(?:zeichen|zeich\.|z\.|referenz(?:nummer|-nr\.?|nr\.?)?|ref(?:erence|\.|:|(?=\s|$))"
    r"|az\.?|aktenzeichen|geschaftszeichen|gz\.?|dossier(?:-?nr\.?)?|nummer)"
)
_NO = r"(?:\s?(?:nummer|nr\b\.?|no\b\.?|n[o°º]\.?|num(?:mer|ero|ber)?\b\.?|id\b|#))"


class Label(StrEnum):
    """What a label says that stands beside or below it."""

    DATE = "date"
    NOT_DATE = "not-date"  # a date, but not the letter's: due, delivered, born
    SUBJECT = "subject"
    OUR_REFERENCE = "our-reference"
    YOUR_REFERENCE = "your-reference"
    REFERENCE = "reference"  # without saying whose: the writer's
    CUSTOMER = "customer"
    DOCUMENT = "document"  # the number of an invoice, an offer, an order confirmation
    CONTACT = "contact"
    OTHER = "other"


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])(?:{words})")


# The first that fits at a place wins; the longer the surer.
LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    (Label.YOUR_REFERENCE, _label(
        rf"{_I}hre?\s{_REF}{_OF}|v(?:otre|os|otres|[/.1il|])\s?[/.]?\s?ref(?:erences?|s)?\b\.?"
        rf"|vs\.?\s?rif(?:erimento)?\b\.?|vostr[oi]\srif(?:erimento)?\b\.?|v[/.]\s?rif\b\.?|v\.s\.\s?rif\.?"
        rf"|suo\srif(?:erimento)?\b\.?|rif\.?\s?(?:vostro|vs\.?)|riferimento vostro"
        r"|your\s(?:ref(?:erence)?s?\b\.?|order\s(?:no|number|ref)\b\.?)|yr\.?\sref\b\.?|uw\s(?:kenmerk"
        r"|referentie|ref\b\.?)"
    )),
    (Label.OUR_REFERENCE, _label(
        rf"(?:unsere?|mein)\s{_REF}{_OF}|n(?:otre|os|otres|[/.1il|])\s?[/.]?\s?ref(?:erences?|s)?\b\.?"
        rf"|ns\.?\s?rif(?:erimento)?\b\.?|nostr[oi]\srif(?:erimento)?\b\.?|n[/.]\s?rif\b\.?|n\.s\.\s?rif\.?"
        rf"|[o0]ur\sref(?:erence)?s?\b\.?|rif\.?\s?(?:nostro|ns\.?)|riferimento nostro"
        r"|ons\s(?:kenmerk|referentie|ref\b\.?)|mon ref\b\.?"
    )),
    (Label.NOT_DATE, _label(
        r"(?:fallig(?:keit(?:sdatum)?|\sam|\sper)?|zahlbar\s(?:bis|am)|zahlungsziel|zahlungstermin"
        r"|zahlungsfrist|zu zahlen bis|due(?:\sdate|\sby|\son)?|payment due|pay(?:able)?\sby|echeance"
        r"|date d'echeance|date limite(?:\sde\s\w+)?"
        r"|a payer (?:avant|jusqu'au)|payable (?:le|jusqu'au)|scadenza|data (?:di )?scadenza|da pagare entro"
        r"|pagabile entro|vervaldatum|uiterste betaaldatum|valid until|gultig bis|valable jusqu'au"
        r"|valido fino al?"
        r"|liefer(?:ungs)?(?:datum|termin)|leistungs(?:datum|zeitraum)|leistungserbringung|date de livraison"
        r"|data (?:di )?consegna|delivery(?:\sdate)?|bestell(?:ungs)?datum|bestellung vom|date de commande"
        r"|commande du|data (?:d')?ordine|ordine del"
        r"|order(?:\splaced)?\sdate|orderdatum|besteldatum|auftragsdatum|auftrag vom|geburtsdatum"
        r"|geboren(?:\sam)?|geb\.|date de naissance|nee?\sle|data di nascita|nat[oa] il|date of birth|dob"
        r"|born(?:\son)?"
        rf"|{_I}hre?\s(?:nachricht|schreiben|mail|brief|anfrage|e-mail)\svom|unsere?\s(?:nachricht"
        rf"|schreiben)\svom|votre (?:lettre|courrier|message|demande|courriel) du|vostra (?:lettera"
        rf"|comunicazione)?\s?del|your (?:letter|message|e-?mail)(?:\sof|\sdated)"
        r"|check[ -]?in|check[ -]?out|valuta|buchungsdatum|vertragsbeginn|eintritt(?:sdatum)?|ablesedatum"
        r"|abrechnungsperiode|periode|periodo|period|zeitraum|stichtag|start date|end date|date start"
        r"|print(?:ed)? on"
        r"|prelevement(?: a partir du)?|abbuchung(?: am)?)(?![a-z])"
    )),
    (Label.DATE, _label(
        r"(?:rechnungs|beleg|brief|ausstellungs|erstellungs|erstell|druck|dokument(?:en)?|angebots|offert"
        r"|schreib|bescheid|mahnungs?|gutschrifts?)datum|datum\s(?:der\srechnung|des\sschreibens|des\sbriefs)"
        r"|rechnung\svom"
        r"|date\s(?:de\s(?:la\s)?|d')?(?:facture|facturation|emission|edition|etablissement|document"
        r"|du document|lettre)|facture du|data\s(?:di\s|della\s|del\s|d')?(?:fattura|emissione|documento|stampa"
        r"|doc\.)|fattura del"
        r"|(?:invoice|bill(?:ing)?|issue|statement|letter|document|receipt|quote|offer)\sdate"
        r"|date\s(?:of\s)?(?:issued?|invoice|letter)|dated|factuur\s?datum|datum|date|data|date/ort|ort,\sdatum"
        r"|lieu,?\s(?:et\s)?date|luogo\s?(?:e|,)?\sdata|tag|fecha"
    )),
    (Label.CUSTOMER, _label(
        rf"(?:{_I}hre\s)?(?:kunden|kd|kdn|kund|debitoren?|mitglieder?|mitglieds?|abonnenten|abo|versicherten"
        rf"|teilnehmer|vertragskonto|klant|lidmaatschaps)[.-]?\s?-?{_NO}|kundenkonto|vertragskonto"
        rf"|(?:votre\s)?(?:n[o°º]\.?|nos?\.?|numero|num\.?|n\.|ref(?:erence)?s?\.?|code|compte|id\.?)\s?(?:de\s"
        rf"|du\s|d')?(?:client|adherent|abonne|membre|societaire|assure)e?\b|client\s?(?:n[o°º]|no|id|numero"
        rf"|number|code|#)\b\.?"
        r"|(?:n[.o°º]{1,2}|numero|num\.?|codice|cod\.?|rif\.?)\s?(?:di\s|del\s)?(?:cliente|socio|abbonato"
        r"|utente|assicurato)\b|cliente\s(?:n[.o°º]{1,2}|nr|numero|codice)\.?"
        rf"|(?:your\s)?(?:customer|client|account|acct|member(?:ship)?|cust|subscriber)\.?\s?{_NO}|a/c\s?no\.?"
        rf"|uw\sklantnummer|identifiant client"
    )),
    (Label.DOCUMENT, _label(
        rf"(?:rechnungs?|beleg|angebots?|offert(?:en)?|auftrags?|vorgangs?|gutschrifts?|mahnungs?|policen?"
        rf"|vertrags?|dossier|dokument(?:en)?|fall|schaden|geschafts|referenz|factuur|order)[.-]?\s?-?{_NO}"
        rf"|(?:rechnung|offerte|angebot|mahnung|gutschrift){_NO}"
        r"|(?:facture|devis|dossier|commande|offre|contrat|police|sinistre|document|numero de (?:facture"
        r"|dossier|devis|contrat|police|sinistre)|n[o°º]\.?\s(?:de\s)?(?:facture|dossier|devis|contrat|police"
        r"|sinistre))\s?(?:n[o°º]|no|numero|nr)?\s?[:.]"
        r"|facture\sn[o°º]\.?|devis\sn[o°º]\.?|(?:fattura|offerta|preventivo|pratica|documento|contratto"
        r"|polizza|sinistro)\s(?:n[.o°º]{1,2}|nr|numero)\.?|(?:n[.o°º]{1,2}|numero)\s(?:di\s)?(?:fattura"
        r"|offerta|pratica|documento|polizza)"
        rf"|(?:invoice|quote|quotation|order|policy|contract|claim|case|file|document|booking|receipt)\s?{_NO}"
        rf"|factuurnummer|ordernummer"
    )),
    (Label.SUBJECT, _label(
        r"(?:betreff?|betrifft|betr\.|concerne|conc\.|objet|oggetto|ogg\.|subject|subj\.|onderwerp"
        r"|asunto)(?![a-z])|re(?=\s?:)"
    )),
    (Label.CONTACT, _label(
        r"(?:(?:ihr[e]?\s)?ansprechpartner(?:in)?|(?:ihre?\s)?kontakt(?:person)?|sachbearbeit(?:er(?:in)?|ung)"
        r"|bearbeit(?:er(?:in)?|et durch|et von)|auskunft(?:\serteilt)?|zustandig|es schreibt ihnen"
        r"|(?:ihr[e]?\s)?(?:kunden)?berater(?:in)?|verfasser(?:in)?"
        r"|(?:votre\s)?(?:contact|interlocut(?:eur|rice)|conseill(?:er|ere)|correspondant)|dossier (?:traite"
        r"|suivi) par|affaire suivie par|traite par|referente|persona di contatto|contatto|(?:vostro"
        r"|suo)\s(?:referente|consulente)|pratica trattata da|responsabile"
        r"|(?:your\s)?contact(?:\sperson)?|please ask for|personne de contact|es betreut sie|handled by"
        r"|prepared by|case officer|contactpersoon)(?![a-z])"
    )),
    (Label.REFERENCE, _label(
        r"(?:aktenzeichen|geschaftszeichen|geschafts-?nr\.?|referenz(?:-?nr\.?|nummer)?|zeichen|reference"
        r"|ref\b\.?|refs\b\.?|riferimento|rif\b\.?|prot\.|protocollo(?:\sn\.)?|kenmerk)(?![a-z])|az(?:\."
        r"|(?=\s?:))|gz(?:\.|(?=\s?:))"
    )),
    (Label.OTHER, _label(
        r"(?:tel(?:efon|ephone|efono|efax|\.)?|phone|durchwahl|direktwahl|direct line|direct dial|ligne directe"
        r"|linea diretta|telefax|fax|mobil(?:e|telefon)?|natel|e-?mail|mail|courriel|internet|web(?:site)?|name"
        r"|seite|page|pagina|iban|bic|uid|mwst|ust-?id(?:nr)?|vat|tva|iva|btw|kvk|bank"
        r"|konto|terms|payment terms|quantity|amount|description|menge|preis|betrag|total|anlage[n]?"
        r"|beilage[n]?|annexe[s]?|allegat[io]|enclosures?|encl|cc|balance due|zahlungsform|zahlungsbedingungen"
        r"|po number|artikel|order|klant|factuur|ort|lieu|luogo)(?![a-z])"
    )),
)  # fmt: skip
