"""The words by which the lines of a signature are told apart, in German, French, Italian and English; lower case."""

import re


def _either(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


# Before a number: what it is for.
FAX = re.compile(r"\b(?:fax|telefax|facs?imile|t[ée]l[ée]copie)\b|(?<![a-z])f\W{0,3}$")
MOBILE = re.compile(
    rf"\b(?:{_either('mobil mobile mob handy natel portable port cell cellulare cel iphone smartphone gsm')})\b"
    r"|(?<![a-z])[mn]\W{0,3}$"
)
PRIVATE = re.compile(r"\b(?:privat|priv[ée]|privato|home|p\W{0,3}priv)\b")
# Numbers that are no telephone numbers, and the lines they stand on.
OTHER_NUMBERS = re.compile(
    r"\b(?:iban|bic|swift|uid|che-?\d|mwst|ust|ust-?id|vat|tva|iva|hrb|hra|fn \d|siren|siret|rcs"
    r"|handelsregister|steuernummer"
    r"|konto|postkonto|kundennummer|p\.? ?iva|c\.? ?f\.?|bankverbindung|amtsgericht|firmenbuch)\b"
)
FUNCTION = re.compile(
    r"\b(?:\w*leiter|\w*leiterin|leitung|gesch[äa]ftsf[üu]hr\w*|gesch[äa]ftsleit\w*|inhaber\w*|sachbearbeit\w*"
    r"|projektleit\w*"
    r"|abteilungsleit\w*|verkaufsleit\w*|bereichsleit\w*|teamleit\w*|bauleit\w*|verkauf\w*|einkauf\w*"
    r"|direktor\w*|direktion|pr[äa]sident\w*"
    r"|assistent\w*|assistenz|sekret[äa]r\w*|\w*berater\w*|beratung|architekt|architektin|\w*ingenieur\w*"
    r"|buchhalt\w*|buchhaltung"
    r"|marketing\w*|mitglied|vorstand\w*|gemeindeschreiber\w*|gemeindepr[äa]sident\w*|rechtsanwalt"
    r"|rechtsanw[äa]ltin|notar\w*|treuh[äa]nder\w*"
    r"|prokurist\w*|mitarbeiter\w*|fach\w+|lehrer\w*|dozent\w*|chef\w*|hauswart\w*|redakt\w+|lernende\w*"
    r"|praktikant\w*|polier\w*"
    r"|disponent\w*|techniker\w*|gestalter\w*|kaufm\w+|entwickler\w*|wissenschaftlich\w*|betriebs\w+"
    r"|steuerberater\w*"
    r"|responsable|directeur|directrice|g[ée]rant\w*|charg[ée]e? de|secr[ée]taire|comptable|conseill\w+"
    r"|associ[ée]e?|avocat\w*|notaire"
    r"|assistante?|fondat\w+|pr[ée]sidente?|adjoint\w*|collaborat\w+|propri[ée]taire|vendeu\w+|acheteu\w+"
    r"|cheffe?|ing[ée]nieure?|architecte|m[ée]decin"
    r"|direttore|direttrice|responsabile|titolare|amministrat\w+|impiegat\w+|consulente|segretari\w+"
    r"|avvocat[oa]|socio|socia|capo|ingegnere"
    r"|architetto|contabile|addett[oa]|vicedirett\w+|geometra"
    r"|ceo|cfo|cto|coo|cio|head of|manager|director|sales|partner|consultant|engineer|officer|founder|owner"
    r"|assistant|advis[eo]r|lawyer|solicitor"
    r"|attorney|accountant|developer|lead|specialist|coordinator|secretary|chair\w*|editor|analyst"
    r"|executive|vice president|president|buyer)\b"
)
ORGANISATION = re.compile(
    r"\b(?:stadt|gemeinde|kanton|amt|\w+amt|universit[äa]t|eth|hochschule|fachhochschule|schule"
    r"|kantonsschule|spital|kantonsspital|klinik"
    r"|verband|stiftung|verein|bank|kantonalbank|versicherung\w*|museum|theater|kirchgemeinde|bundesamt"
    r"|ministerium|landratsamt|bezirk\w*"
    r"|genossenschaft|treuhand|apotheke|druckerei|b[üu]ro|ingenieurb[üu]ro|anwaltskanzlei|kanzlei"
    r"|rechtsanw[äa]lte|notariat|praxis|gasthof"
    r"|architekten|partners|schreinerei|gmbh|hotel|restaurant|redaktion"
    r"|commune|ville|canton|universit[ée]|[ée]cole|h[ôo]pital|clinique|minist[èe]re|fondation|association"
    r"|banque|assurances|office|mairie|[ée]tude|cabinet"
    r"|comune|citt[àa]|cantone|universit[àa]|scuola|ospedale|fondazione|associazione|banca|studio|municipio"
    r"|assicurazioni"
    r"|university|college|school|hospital|council|institute|foundation|society|department|agency|trust"
    r"|group|consulting|solutions|holding)\b"
)
TITLES = re.compile(
    r"^(?:(?:prof|pd|dr|lic|dipl|ing|mag|dott|dott\.?ssa|avv|arch|geom|me|ra|rain|mlaw|rer|iur|oec|phil|med"
    r"|nat|dent|vet|eth|fh|hc|h\.c|h\.\s?c|publ"
    r"|sc|pol|pharm|di|mmag|sig|sig\.?ra|univ)\.?(?:-ing\.?)?\s+)+",
    re.IGNORECASE,
)
DEGREES = re.compile(
    r",?\s+(?:M\.?A\.?|B\.?A\.?|MBA|MSc|BSc|Ph\.?D\.?|MLaw|LL\.?M\.?|RA|FH|ETH|EPFL|EPF|SIA|REG A|CFA|CPA"
    r"|Esq\.?|dipl\..*|lic\..*|eidg\..*|Dr\..*)"
    r"(?=$|[\s,/]).*$"
)
FAMILY_PARTICLES = frozenset(
    "von van vom zu zum zur de den der du des di da del della dello dei la le lo af ten ter".split()
)
SALUTATIONS = frozenset("herr frau hr fr mr mrs ms miss mme m madame monsieur signor signora sig".split())
COUNTRIES = {
    "schweiz": "CH", "suisse": "CH", "svizzera": "CH", "switzerland": "CH", "deutschland": "DE",
    "germany": "DE", "allemagne": "DE",
    "germania": "DE", "österreich": "AT", "austria": "AT", "autriche": "AT", "frankreich": "FR",
    "france": "FR", "francia": "FR", "italien": "IT",
    "italia": "IT", "italie": "IT", "italy": "IT", "liechtenstein": "LI", "united kingdom": "GB",
    "uk": "GB", "england": "GB", "great britain": "GB",
}  # fmt: skip
CODES = {
    "ch": "CH",
    "d": "DE",
    "de": "DE",
    "a": "AT",
    "at": "AT",
    "f": "FR",
    "fr": "FR",
    "i": "IT",
    "it": "IT",
    "fl": "LI",
    "li": "LI",
    "l": "LU",
}
