"""Which addresses are an office's and no single person's?  By their local part, in de, fr, it and en."""

import re

_OFFICES = frozenset(
    """
    info infos information kontakt contact contacts contatto contatti office buero buro bureau ufficio mail email
    post posta courrier poststelle kanzlei sekretariat secretariat segreteria secretary reception empfang accueil
    zentrale centrale admin administration verwaltung amministrazione administrator postmaster webmaster hostmaster
    buchhaltung accounting accounts comptabilite comptabilità contabilita finance finanzen finances finanze
    rechnung rechnungen invoice invoices invoicing billing facture factures facturation fattura fatture fatturazione
    fakturierung kreditoren creditors debitoren debtors mahnung inkasso
    verkauf sales vente ventes vendite vertrieb export einkauf purchasing procurement achat achats acquisti
    bestellung bestellungen order orders commande commandes ordini offerte offerten angebot devis preventivi
    support helpdesk help hilfe aide aiuto service services kundendienst kundenservice customerservice servizio
    marketing news newsletter presse press media medien stampa events event anlass
    hr personal personnel personale jobs job karriere bewerbung emploi recrutement lavoro team hallo hello bonjour
    ciao welcome willkommen praxis apotheke labor lager logistik logistics disposition dispo spedition versand
    einladung anmeldung empfang reservation reservationen booking bookings buchung it edv technik technique tecnico
    noreply no-reply donotreply geschaeftsleitung direktion direction direzione gemeinde schule ecole scuola verein
    """.split()
)
_APART = re.compile(r"[._+-]")
_DIGITS = re.compile(r"\d+\Z")


def is_office(local_part: str) -> bool:
    """Tell whether a local part names an office: `info`, `buchhaltung.ch`, `no-reply`.

    >>> is_office("Info"), is_office("sales-zuerich"), is_office("anna.verkauf")
    (True, True, False)
    """
    lower = local_part.lower()
    first = _DIGITS.sub("", _APART.split(lower)[0])
    return lower in _OFFICES or first in _OFFICES
