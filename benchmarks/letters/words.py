"""Names, streets, towns and trades of which the letters are made, by country and language."""

from typing import Final

# Sex, given name, by language.
WOMEN: Final = {
    "de": "Annegret Beatrix Carmen Dorothea Elfriede Franziska Gudrun Henriette Iris Jasmin Katharina Leonie"
    " Mechthild Nadja Petra Renate Svenja Trudi Ursula Verena Wiebke",
    "fr": "Adèle Brigitte Clémence Delphine Émilie Fabienne Geneviève Inès Joëlle Karine Lucie Marie-Claude"
    " Nathalie Odile Pauline Régine Sandrine Véronique",
    "it": "Antonella Beatrice Chiara Daniela Elena Federica Giuliana Loredana Margherita Nives Ornella Paola"
    " Rosalba Simona Teresa Viviana",
    "en": "Abigail Bridget Charlotte Daphne Eleanor Fiona Gillian Harriet Imogen Judith Kathleen Lucinda"
    " Margaret Nora Phoebe Rosemary",
}
MEN: Final = {
    "de": "Albrecht Benno Christoph Dieter Eckhard Florian Gerhard Holger Ivo Jens Klaus-Peter Ludwig Matthias"
    " Niklaus Oskar Philipp Rainer Stefan Tobias Ueli Werner",
    "fr": "Alain Bertrand Christophe Denis Étienne Frédéric Gilles Henri Jean-Luc Laurent Michel Nicolas"
    " Philippe Rémy Stéphane Thierry Vincent",
    "it": "Alberto Claudio Davide Enrico Franco Gianluca Lorenzo Massimo Nicola Osvaldo Pietro Renato Sandro"
    " Tiziano Ugo Valerio",
    "en": "Alistair Barnaby Clive Duncan Edmund Geoffrey Hugh Ian Jeremy Kenneth Leonard Malcolm Nigel Oliver"
    " Roderick Stuart",
}
FAMILIES: Final = {
    "de": "Achermann Bürgin Dörig Eichenberger Flückiger Gmür Hollenstein Ineichen Jost Künzle Löffler"
    " Mühlebach Nägeli Odermatt Pfändler Röthlisberger Sprecher Thürlemann Uhlmann Vollenweider Wälchli"
    " Zumstein Albers Brinkmann Diekmann Esser Friedrichs Grosskopf Hagedorn Jürgens Kretschmer Lindemann"
    " Niemeyer Oelkers Petersen Rademacher Schlüter Tiedemann Wiechert Ziegenbein",
    "fr": "Aubert Blanchard Corbaz Desmeules Emery Fontannaz Grandjean Humbert Jolidon Lambelet Morel Nicollier"
    " Oberson Perrenoud Quartier Rossier Savary Tissot Udriot Vauthier Wicky Chevallier Delacroix Fournier"
    " Garnier Lefèvre Marchand Poirier Renaud Thibault",
    "it": "Albertini Beretta Cavadini Donati Eusebio Fontana Guidotti Induni Lepori Martinoni Notari Ortelli"
    " Poretti Ravelli Solari Tamagni Uccelli Vassalli Zali Barbieri Colombo Gallo Leone Mancini Rinaldi Serra",
    "en": "Ashworth Bramley Caldwell Dunmore Ellison Fairfax Goodwin Hargreaves Ingram Jessop Kirkby Lockwood"
    " Merriman Norwood Oakley Pemberton Ridley Sedgwick Thorne Underhill Wetherby",
}
# Country of a letter's paper: its languages' streets, and towns by their postcode.
TOWNS: Final = {
    "de-DE": "24103 Kiel|38100 Braunschweig|44135 Dortmund|55116 Mainz|66111 Saarbrücken|70173 Stuttgart"
    "|86150 Augsburg|90402 Nürnberg|97070 Würzburg|01067 Dresden|04109 Leipzig|28195 Bremen|79098 Freiburg im Breisgau"
    "|61348 Bad Homburg v. d. Höhe|48143 Münster",
    "de-CH": "8610 Uster|8640 Rapperswil|9500 Wil SG|4600 Olten|5400 Baden|6300 Zug|3600 Thun|2502 Biel/Bienne"
    "|8200 Schaffhausen|7000 Chur|8953 Dietikon|4132 Muttenz|8001 Zürich|3000 Bern 7|9400 Rorschach",
    "de-AT": "1070 Wien|4020 Linz|5020 Salzburg|6020 Innsbruck|6900 Bregenz|9020 Klagenfurt|3100 St. Pölten",
    "fr-FR": "13006 Marseille|21000 Dijon|31000 Toulouse|33000 Bordeaux|35000 Rennes|44000 Nantes|54000 Nancy"
    "|59800 Lille|67000 Strasbourg|74000 Annecy|38000 Grenoble|75009 Paris",
    "fr-CH": "1400 Yverdon-les-Bains|1630 Bulle|1700 Fribourg|1800 Vevey|1920 Martigny|2300 La Chaux-de-Fonds"
    "|2800 Delémont|1260 Nyon|1227 Carouge|1950 Sion",
    "it-IT": "40121 Bologna|50123 Firenze|16121 Genova|37121 Verona|35121 Padova|24121 Bergamo|22100 Como"
    "|28100 Novara|43121 Parma|25121 Brescia",
    "it-CH": "6600 Locarno|6830 Chiasso|6850 Mendrisio|6710 Biasca|6512 Giubiasco|6982 Agno|6901 Lugano",
    "en-GB": "LS1 4AP Leeds|BS1 5TR Bristol|EX4 3SR Exeter|NR2 1TF Norwich|OX1 2JD Oxford|YO1 9WT York"
    "|M2 4WU Manchester|EH2 4RG Edinburgh|CF10 1EP Cardiff|W1B 2ES London|CB2 3QF Cambridge",
}
PROVINCES: Final = {
    "Bologna": "BO", "Firenze": "FI", "Genova": "GE", "Verona": "VR", "Padova": "PD", "Bergamo": "BG",
    "Como": "CO", "Novara": "NO", "Parma": "PR", "Brescia": "BS",
}  # fmt: skip
# {} is the number of the house.
STREETS: Final = {
    "de-DE": "Schillerstraße {}|Am Alten Markt {}|Gutenbergring {}|Kaiserallee {}|Ulmenweg {}|Hafenstr. {}|An der Mühle {}"
    "|Theodor-Heuss-Platz {}|Lange Straße {}|Birkenstieg {}",
    "de-CH": "Zürcherstrasse {}|Obergasse {}|Neuwiesenstrasse {}|Im Grund {}|Hardturmstrasse {}|Postgasse {}|Rebhaldenweg {}"
    "|Technikumstr. {}|Untere Bahnhofstrasse {}|Riedtlistrasse {}",
    "de-AT": "Mariahilfer Straße {}|Domgasse {}|Landstraße {}|Museumstraße {}|Seepromenade {}",
    "fr-FR": "{}, rue Victor-Hugo|{}, avenue Jean-Jaurès|{} bis, boulevard Carnot|{}, quai des Tanneurs|{}, allée des Tilleuls"
    "|{} rue de la République|{} impasse du Moulin",
    "fr-CH": "Rue du Rhône {}|Avenue d'Ouchy {}|Chemin des Crêts {}|Route cantonale {}|Rue de l'Hôpital {}|Grand-Rue {}"
    "|Quai du Seujet {}",
    "it-IT": "Via Garibaldi, {}|Corso Vittorio Emanuele II, {}|Viale della Repubblica {}|Via dell'Artigianato, {}"
    "|Piazza Cavour {}|Via Monte Rosa {}",
    "it-CH": "Via Pretorio {}|Via Bossi {}|Contrada di Sassello {}|Via alla Campagna {}|Viale Officina {}",
    "en-GB": "{} Victoria Road|{} Church Lane|{} Station Approach|{} Queen's Square|{} Mill Street|{} The Crescent",
}
BOXES: Final = {"de-CH": "Postfach", "fr-CH": "Case postale", "it-CH": "Casella postale", "de-DE": "Postfach"}
TRADES: Final = {
    "de": "Haustechnik|Spedition|Orthopädietechnik|Werkzeugbau|Steuerberatung|Versicherungsmakler|Fensterbau|Landtechnik"
    "|Büromöbel|Medizintechnik|Reinigung|Dachdeckerei|Gebäudetechnik|Pumpen|Messtechnik|Hausverwaltung|Papeterie",
    "fr": "Assurances|Chauffage|Charpente|Conseils|Électronique|Emballages|Gérance immobilière|Instruments|Maçonnerie"
    "|Mobilier de bureau|Nettoyages|Serrurerie|Transports",
    "it": "Arredamenti|Assicurazioni|Autocarrozzeria|Consulenze|Elettronica|Imballaggi|Impianti termici|Lattoneria|Serramenti"
    "|Spedizioni|Studio tecnico|Viaggi",
    "en": "Building Supplies|Catering|Chartered Surveyors|Freight|Instruments|Insurance Brokers|Lettings|Office Furniture"
    "|Packaging|Precision Tools|Stationery|Textiles",
}
INVENTED: Final = (
    "Alvora Bexia Cintrum Delphon Evotrim Fluxor Gravinet Helvisan Inoqua Kyntal Lumetra Mirosol Nordavo Optivar"
    " Prosilva Quintera Rhenosa Sylvanta Termolux Univera Vectoris Xenolith"
)
FORMS: Final = {
    "de-DE": "GmbH|GmbH & Co. KG|AG|e. K.|KG|eG|OHG", "de-CH": "AG|AG|GmbH|Genossenschaft", "de-AT": "GmbH|GesmbH|KG",
    "fr-FR": "SARL|SAS|SA", "fr-CH": "SA|Sàrl", "it-IT": "S.r.l.|S.p.A.|S.n.c.|S.a.s.", "it-CH": "SA|Sagl",
    "en-GB": "Ltd|Limited|plc|LLP",
}  # fmt: skip
# {} is a town without what follows its first word.
BODIES: Final = {
    "de-DE": "Stadtwerke {}|Finanzamt {}|Handwerkskammer {}|Volkshochschule {} e. V.|Landratsamt {}|Sparkasse {}",
    "de-CH": "Stadt {}|Kantonsspital {}|Steueramt {}|Elektrizitätswerk {}|Verein Spitex {}|Kantonalbank {}",
    "de-AT": "Magistrat {}|Wirtschaftskammer {}|Arbeiterkammer {}",
    "fr-FR": "Mairie de {}|Caisse d'épargne de {}|Université de {}|Préfecture de {}",
    "fr-CH": "Commune de {}|Services industriels de {}|Hôpital de {}|Caisse de compensation de {}",
    "it-IT": "Comune di {}|Camera di Commercio di {}|Università degli Studi di {}",
    "it-CH": "Municipio di {}|Aziende industriali di {}|Ufficio contribuzioni di {}",
    "en-GB": "{} City Council|University of {}|{} Chamber of Commerce|{} Hospitals Trust",
}
SLOGANS: Final = {
    "de": "Qualität aus Tradition|seit 1927|Ihr Partner vor Ort|Planung · Ausführung · Unterhalt|Wir denken weiter.",
    "fr": "depuis 1951|Votre partenaire de confiance|Études et réalisations|L'exigence au quotidien",
    "it": "dal 1963|La qualità è il nostro mestiere|Progettazione e realizzazione|Soluzioni su misura",
    "en": "established 1888|Building on trust|Family run since 1934|Quality you can rely on",
}
DEPARTMENTS: Final = {
    "de": "Einkauf|Abteilung Technik|Rechnungswesen|Personalabteilung|Kreditorenbuchhaltung|Geschäftsleitung",
    "fr": "Service des achats|Comptabilité|Direction|Ressources humaines|Service technique",
    "it": "Ufficio acquisti|Contabilità|Direzione|Risorse umane|Ufficio tecnico",
    "en": "Accounts Payable|Purchasing Department|Human Resources|Facilities",
}
BANKS: Final = {
    "DE": "Volksbank|Commerzbank|Postbank|Sparkasse", "CH": "PostFinance|UBS|Raiffeisenbank|Kantonalbank",
    "AT": "Erste Bank|Raiffeisen", "FR": "Crédit Agricole|BNP Paribas|La Banque Postale",
    "IT": "Banca Intesa|UniCredit|Banca Popolare", "GB": "Barclays|Lloyds|NatWest",
}  # fmt: skip
COUNTRY_NAMES: Final = {
    "de": {"DE": "Deutschland", "CH": "Schweiz", "AT": "Österreich", "FR": "Frankreich", "IT": "Italien", "GB": "Grossbritannien"},
    "fr": {"DE": "Allemagne", "CH": "Suisse", "AT": "Autriche", "FR": "France", "IT": "Italie", "GB": "Royaume-Uni"},
    "it": {"DE": "Germania", "CH": "Svizzera", "AT": "Austria", "FR": "Francia", "IT": "Italia", "GB": "Regno Unito"},
    "en": {"DE": "Germany", "CH": "Switzerland", "AT": "Austria", "FR": "France", "IT": "Italy", "GB": "United Kingdom"},
}  # fmt: skip
