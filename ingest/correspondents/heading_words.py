"""What do people and programs write above a column?  In German, French, Italian and English, as sort keys.

A `*` at the beginning stands for the words that tell a business address or number from a
private one; digits are taken out before.
"""

from ingest.correspondents.columns import Column

HEADINGS: dict[Column, str] = {
    Column.RECORD: "record | record type",
    Column.KEY: "external key | external id | externe id | externer schlussel | schlussel | id | nr | contact id | "
    "kontakt nr | kontaktnr | adress nr | adressnr | personen nr | "
    "kontakt id | record id | record id contact | record id company | datensatz id | nummer | kontaktnummer | "
    "adressnummer | person id | personen id | uid | guid | identifiant | numero | codice | crm id",
    Column.SALUTATION: "anrede | salutation | civilite | appellativo | formula di saluto | briefanrede | "
    "formule d appel | name prefix salutation",
    Column.TITLE: "titel | title | titre | titolo | akademischer titel | name prefix | namenstitel | prefix",
    Column.GIVEN_NAME: "vorname | first name | firstname | given name | prenom | nome | name given",
    Column.MIDDLE_NAME: "weitere vornamen | middle name | middlename | additional name | deuxieme prenom | "
    "secondo nome | zweiter vorname",
    Column.FAMILY_NAME: "nachname | familienname | name nachname | last name | lastname | surname | family name | "
    "nom | nom de famille | cognome",
    Column.FULL_NAME: "name | full name | fullname | voller name | kontakt | kontaktname | contact name | "
    "display name | anzeigename | nom complet | nome completo | ansprechpartner | ansprechperson | file as",
    Column.ORGANISATION: "organisation | organization | firma | firmenname | company | company name | account name | "
    "account | unternehmen | entreprise | societe | azienda | ditta | societa | organization name | "
    "organisation name | name der firma | name des unternehmens | associated company | unternehmensname | "
    "primary company | institution | amt | raison sociale | ragione sociale",
    Column.ORGANISATION_KEY: "organisation key | account id | accountid | company id | firmen id | firma id | "
    "associated company ids | associated company ids primary | primary associated company id | id organisation",
    Column.FUNCTION: "funktion | function | position | job title | jobtitle | beruf | fonction | funzione | "
    "stellenbezeichnung | role | rolle | organization title | tatigkeit | poste | qualifica | posizione",
    Column.ROLE_SINCE: "role since",
    Column.ROLE_UNTIL: "role until",
    Column.LEGAL_FORM: "rechtsform | legal form | forme juridique | forma giuridica",
    Column.CUSTOMER_NUMBER: "customer number | kundennummer | kunden nr | kundennr | kd nr | debitor | "
    "debitorennummer | account number | accountnumber | numero de client | no client | numero cliente | "
    "numero client | customer no | customer id",
    Column.PARENT_KEY: "parent key | parentid | parent account id | parent id",
    Column.PARENT: "parent | parent account | parent company | muttergesellschaft | konzern | maison mere | "
    "societa madre",
    Column.INDUSTRY: "branche | industry | secteur | settore | branche d activite | secteur d activite | "
    "wirtschaftszweig",
    Column.INTERESTS: "interessen | interests | interets | interessi | themen | tags | schlagworte | stichworte | "
    "labels | group membership | categories | kategorien",
    Column.LANGUAGE: "sprache | language | langue | lingua | korrespondenzsprache | preferred language | "
    "bevorzugte sprache",
    Column.OWNER: "owner login",
    Column.DEPUTY: "deputy",
    Column.NOTE: "notiz | notizen | note | notes | bemerkung | bemerkungen | remarks | remark | remarque | "
    "remarques | osservazioni | kommentar | comment | description | beschreibung",
    Column.DOMAIN: "domain | website | webseite | web page | webpage | homepage | internet | site web | sito web | "
    "url | company domain name | website url | web | firmendomain | website value | www",
    Column.FORMER_NAME: "former name | fruherer name | ancien nom",
    Column.FORMER_NAME_UNTIL: "former name until",
    Column.SHORT_NAME: "short name | kurzname | kurzbezeichnung | firmenkurzel | nom abrege | nom court | sigle | "
    "nome breve | sigla",
    Column.SHORT_NAME_UNTIL: "short name until",
    Column.REGISTERED_NUMBER: "registered number | iban | iban nr | iban nummer | uid nr | uid nummer | "
    "unternehmens identifikationsnummer | unternehmensidentifikationsnummer | mwst nr | mwst nummer | ust id | "
    "ust idnr | ust id nr | umsatzsteuer id | vat | vat number | vat id | vat no | numero ide | no ide | "
    "numero tva | no tva | tva | numero idi | numero iva | partita iva",
    Column.EMAIL: "e mail | email | mail | e mail adresse | email adresse | email address | e mail address | "
    "e mail value | adresse e mail | courriel | adresse electronique | indirizzo e mail | posta elettronica | "
    "emailadresse | mailadresse | work email | e mail geschaftlich | e mail privat | additional email addresses",
    Column.EMAIL_SINCE: "email since",
    Column.EMAIL_UNTIL: "email until",
    Column.PHONE_KIND: "phone kind | phone label | phone type",
    Column.PHONE: "*telefon | *phone | *telephone | *telefono | tel | phone number | telefonnummer | "
    "phone value | tel nr | telefon nr | *telefon zentrale | haupttelefon | primary phone | company main phone | "
    "direktwahl | telefon direkt | telefon firma | tel g | telefon g | other phone | numero de telephone | "
    "tel bureau | ufficio",
    Column.MOBILE: "mobile | mobil | mobiltelefon | handy | mobile phone | mobilephone | mobile phone number | natel | "
    "telephone mobile | tel mobile | portable | cellulare | mobilnummer | handynummer | cell | cell phone | "
    "telefono cellulare | mobile number",
    Column.PRIVATE_PHONE: "home phone | homephone | telefon privat | telefon privat nr | tel p | telefon p | "
    "telephone prive | tel prive | telefono privato | telefono abitazione | telephone domicile",
    Column.FAX: "*fax | telefax | fax number | faxnummer | telecopie",
    Column.PHONE_SINCE: "phone since",
    Column.PHONE_UNTIL: "phone until",
    Column.STREET: "*strasse | *street | *street address | *adresse | *address | rue | via | indirizzo | *anschrift | "
    "mailing street | mailingstreet | billing street | billingstreet | strasse nr | strasse und hausnummer | "
    "rue et numero | address street | adresse postale | strasse hausnummer",
    Column.POSTCODE: "*plz | *postleitzahl | *postal code | *zip | zip code | npa | code postal | cap | "
    "mailing postal code | mailingpostalcode | billing postal code | billingpostalcode | postcode | "
    "mailing zip postal code | billing zip postal code | address postal code | zip postal code",
    Column.PLACE: "*ort | *city | *town | *stadt | ville | localite | luogo | citta | mailing city | mailingcity | "
    "billing city | billingcity | place | wohnort | localita | address city",
    Column.COUNTRY: "*land | *country | *country region | *land region | pays | paese | mailing country | "
    "mailingcountry | billing country | billingcountry | address country | nazione | nation | "
    "mailing country code | mailingcountrycode | billingcountrycode | land kurzel | lander code | country code",
    Column.ADDRESS_SINCE: "address since",
    Column.ADDRESS_UNTIL: "address until",
    Column.HOME_STREET: "home street | strasse privat | rue domicile | home address | privatadresse",
    Column.HOME_POSTCODE: "home postal code | postleitzahl privat | plz privat",
    Column.HOME_PLACE: "home city | ort privat",
    Column.HOME_COUNTRY: "home country | home country region | land region privat | land privat",
}
BUSINESS = (
    "business",
    "work",
    "geschaftlich",
    "geschaft",
    "bureau",
    "professionnel",
    "ufficio",
    "firma",
    "g",
)

# The usual exports, by columns that only they have; what a heading means there, and nowhere else.
SHAPES: dict[str, tuple[tuple[str, ...], dict[str, Column]]] = {
    "HubSpot": (
        ("record id", "create date"),
        {"name": Column.ORGANISATION, "record id": Column.KEY, "company owner": Column.NONE},
    ),
    "Salesforce": (
        ("lastname", "firstname", "accountid"),
        {"title": Column.FUNCTION, "description": Column.NOTE, "phone": Column.PHONE, "id": Column.KEY},
    ),
    "Salesforce accounts": (
        ("billingstreet", "billingcity"),
        {"name": Column.ORGANISATION, "id": Column.KEY, "type": Column.NONE, "accountsource": Column.NONE},
    ),
    "Salesforce report": (
        ("account name", "mailing street"),
        {"title": Column.FUNCTION, "contact id": Column.KEY},
    ),
    "Outlook": (
        ("first name", "business street", "e mail address"),
        {"title": Column.TITLE, "job title": Column.FUNCTION, "company": Column.ORGANISATION},
    ),
    "Outlook (deutsch)": (
        ("vorname", "nachname", "e mail adresse", "strasse geschaftlich"),
        {"anrede": Column.TITLE, "position": Column.FUNCTION},
    ),
    "Google": (
        ("e mail value", "organization name"),
        {
            "name": Column.FULL_NAME, "name prefix": Column.TITLE, "organization title": Column.FUNCTION,
            "e mail type": Column.NONE, "e mail label": Column.NONE, "address formatted": Column.NONE,
            "labels": Column.NONE, "group membership": Column.NONE, "file as": Column.NONE,
            "phonetic first name": Column.NONE,
        },
    ),
}  # fmt: skip
