"""Who appears in the demonstration: our own staff, and those they write with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with name, function and address; *address_as* is how letters greet them."""

    given_name: str
    family_name: str
    address_as: str
    function: str
    address: str
    title: str = ""

    @property
    def name(self) -> str:
        """As one says it."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation with its people; *language* is the one it writes in."""

    name: str
    legal_form: str
    domain: str
    language: str
    industry: str
    street: str
    postcode: str
    place: str
    country: str
    phone: str
    people: tuple[Somebody, ...]


OWN_NAME, OWN_DOMAIN = "Alpenblick Büromöbel AG", "alpenblick.example"
STAFF = (
    Somebody("Eva", "Graf", "Frau Graf", "Verkauf", f"eva.graf@{OWN_DOMAIN}"),
    Somebody("Luca", "Bernasconi", "Herr Bernasconi", "Kundendienst", f"luca.bernasconi@{OWN_DOMAIN}"),
    Somebody("Sophie", "Favre", "Madame Favre", "Vente et événements", f"sophie.favre@{OWN_DOMAIN}"),
)

# name | legal form | domain | language | industry | street | postcode place | country | phone
# + salutation | title | given name | family name | function
_FIRMS = """
Müller Maschinenbau | AG | mueller-maschinenbau.example | de | Maschinenbau | Industriestrasse 14 | 8404 Winterthur | CH | +41 52 555 01 10
+ Frau | | Anna | Müller | Geschäftsleitung
+ Herr | | Beat | Zürcher | Einkauf
+ Frau | | Yvonne | Käser | Buchhaltung
Treuhand Rüegg & Partner | GmbH | rueegg-treuhand.example | de | Treuhand | Bahnhofplatz 3 | 9000 St. Gallen | CH | +41 71 555 02 20
+ Herr | Dr. | Jürg | Rüegg | Partner
+ Frau | | Nadja | Öztürk | Assistenz
+ Herr | | Marco | Frei | Informatik
Spital Lindenhöhe | Stiftung | spital-lindenhoehe.example | de | Gesundheit | Lindenweg 40 | 3006 Bern | CH | +41 31 555 03 30
+ Frau | Dr. med. | Regula | Blöchlinger | Direktion
+ Herr | | Thomas | Aebi | Technischer Dienst
+ Frau | | Céline | Schär | Beschaffung
Gemeinde Oberwil | | oberwil.example | de | Verwaltung | Dorfstrasse 1 | 6317 Oberwil | CH | +41 41 555 04 40
+ Herr | | Urs | Hürlimann | Gemeindeschreiber
+ Frau | | Brigitte | Zgraggen | Bauamt
+ Herr | | Samuel | Wüest | Schulhausverwaltung
Brauerei Sonnenbräu | AG | sonnenbraeu.example | de | Getränke | Brauereiweg 7 | 4310 Rheinfelden | CH | +41 61 555 05 50
+ Frau | | Karin | Schäublin | Marketing
+ Herr | | Reto | Nägeli | Betriebsleitung
+ Herr | | Stefan | Brändle | Einkauf
Grünwald Architekten | KG | gruenwald-architekten.example | de | Architektur | Schellingstraße 22 | 80799 München | DE | +49 89 555 06 60
+ Frau | Dipl.-Ing. | Katharina | Grünwald | Inhaberin
+ Herr | | Florian | Weiß | Projektleitung
+ Frau | | Jana | Hößlin | Innenarchitektur
Schäfer Logistik | GmbH & Co. KG | schaefer-logistik.example | de | Spedition | Hafenstraße 118 | 68159 Mannheim | DE | +49 621 555 07 70
+ Herr | | Jörg | Schäfer | Geschäftsführung
+ Frau | | Sabine | Köhler | Disposition
+ Herr | | Ömer | Yıldız | Lager
Stadtwerke Tübach | | stadtwerke-tuebach.example | de | Energie | Am Wehr 5 | 72070 Tübach | DE | +49 7071 555 08 80
+ Frau | | Ulrike | Bäuerle | Personal
+ Herr | Dr. | Matthias | Groß | Technik
+ Frau | | Heike | Löffler | Empfang
Verlag Bücherwurm | e. K. | buecherwurm.example | de | Verlag | Königstraße 61 | 70173 Stuttgart | DE | +49 711 555 09 90
+ Herr | | Ansgar | Förster | Verleger
+ Frau | | Maren | Süß | Herstellung
+ Frau | | Lena | Jäger | Lektorat
Höllriegl Tischlerei | GesmbH | hoellriegl.example | de | Tischlerei | Handwerkerzeile 9 | 5020 Salzburg | AT | +43 662 555 10 10
+ Herr | Ing. | Franz | Höllriegl | Inhaber
+ Frau | | Theresa | Österreicher | Büro
+ Herr | Mag. | Lukas | Pöltl | Verkauf
Hotel Alpenröslein | OG | alpenroeslein.example | de | Gastgewerbe | Seepromenade 12 | 6020 Innsbruck | AT | +43 512 555 11 11
+ Frau | | Magdalena | Kröll | Direktion
+ Herr | | Andreas | Moosbrugger | Rezeption
+ Frau | | Eva | Thöny | Veranstaltungen
Atelier Lefèvre | SARL | atelier-lefevre.example | fr | Design | 8, rue des Ébénistes | 67000 Strasbourg | FR | +33 3 55 55 12 12
+ Madame | | Hélène | Lefèvre | Gérante
+ Monsieur | | Jérôme | Bénard | Chef d'atelier
+ Madame | | Anaïs | Noël | Administration
Transports Gaudreault | SA | gaudreault.example | fr | Transport | Chemin du Dépôt 4 | 1202 Genève | CH | +41 22 555 13 13
+ Monsieur | | François | Gaudreault | Direction
+ Madame | | Zoé | Crétin | Planification
+ Monsieur | | Loïc | Besançon | Achats
Clinique du Léman | SA | clinique-leman.example | fr | Santé | Avenue de l'Hôpital 30 | 1006 Lausanne | CH | +41 21 555 14 14
+ Madame | Dre | Françoise | Rey-Mermet | Direction médicale
+ Monsieur | | Cédric | Dürrenmatt | Logistique
+ Madame | | Maëlle | Pittet | Achats
Commune de Sainte-Odile | | sainte-odile.example | fr | Administration | Place de la Mairie 1 | 68000 Sainte-Odile | FR | +33 3 55 55 15 15
+ Madame | | Bérénice | Muller | Secrétariat général
+ Monsieur | | Théo | Haensler | Bâtiments
+ Madame | | Inès | Gérard | Écoles
Assurances Helvésia | SA | helvesia.example | fr | Assurances | Rue du Rhône 99 | 1204 Genève | CH | +41 22 555 16 16
+ Monsieur | | Benoît | Châtelain | Immobilier
+ Madame | | Éloïse | Grandjean | Achats
+ Monsieur | | Raphaël | Monnier | Communication
Northgate Consulting | Ltd | northgate-consulting.example | en | Consulting | 14 Bishopsgate Mews | EC2N 4AJ London | GB | +44 20 5550 1717
+ Ms | | Olivia | Harrington | Office management
+ Mr | | Declan | O'Brien | Finance
+ Ms | | Priya | Raghunathan | People
Fjordlys Media | ApS | fjordlys.example | en | Media | Nyhavnsgade 20 | 9000 Aalborg | DK | +45 55 55 18 18
+ Mr | | Søren | Østergaard | Managing director
+ Ms | | Astrid | Lykke | Production
+ Mr | | Mikkel | Bjørn | Facilities
Wood & Steel Supplies | B.V. | woodandsteel.example | en | Supplier | Keizersgracht 211 | 1016 Amsterdam | NL | +31 20 555 1919
+ Ms | | Femke | van der Meer | Sales
+ Mr | | Joost | de Vries | Shipping
+ Ms | | Noor | Janssen | Accounts
Lakeside International School | Verein | lakeside-school.example | en | Education | Seestrasse 77 | 8800 Thalwil | CH | +41 44 555 20 20
+ Ms | | Margaret | Doyle | Head of school
+ Mr | | Peter | Lindqvist | Facilities
+ Ms | | Chiara | Marazzi | Events
"""
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "ı": "i", "é": "e", "è": "e", "ê": "e", "ë": "e",
     "ç": "c", "ï": "i", "î": "i", "ô": "o", "â": "a", " ": "-", "'": ""}
)  # fmt: skip


def firms() -> list[Firm]:
    """Return the organisations of the demonstration with their people."""
    found: list[Firm] = []
    for block in _FIRMS.strip().replace("\n+", "|+").splitlines():
        fields, *people = block.split("|+")
        name, form, domain, language, industry, street, town, country, phone = _columns(fields)
        postcode, place = _town(town)
        staff = tuple(_somebody(line, domain) for line in people)
        found.append(
            Firm(name, form, domain, language, industry, street, postcode, place, country, phone, staff)
        )
    return found


def _columns(line: str) -> list[str]:
    return [column.strip() for column in line.split("|")]


def _town(text: str) -> tuple[str, str]:
    """Split `EC2N 4AJ London` after the last word with a digit."""
    words = text.split()
    last = max(number for number, word in enumerate(words) if any(letter.isdigit() for letter in word))
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


def _somebody(line: str, domain: str) -> Somebody:
    salutation, title, given_name, family_name, function = _columns(line)
    local_part = f"{given_name}.{family_name}".lower().translate(_SPELT_OUT)
    return Somebody(
        given_name, family_name, f"{salutation} {family_name}", function, f"{local_part}@{domain}", title
    )
