"""Names, towns and trades of four languages, for the benchmark alone."""

GIVEN = {
    "de": "Jürg Käthi Björn Günther Sören Anneliese Bernhard Cornelia Detlef Eveline Ferdinand Gisela Hansruedi Irmgard"
    " Jochen Karin Lothar Manuela Norbert Ottilie Patrick Regula Siegfried Tanja Urs Volker Wilhelmine Xaver Yvonne"
    " Zita Markus Stefanie Thomas Claudia Reto Barbara Beat Nicole Roland Sabine Rolf Silvia Kurt Brigitte",
    "fr": "Aurélie Benoît Chloé Damien Édouard Françoise Gaël Hélène Isabelle Jérôme Kévin Laëtitia Mathieu Noémie"
    " Olivier Pascale Quentin Raphaël Sylvain Thérèse Ursule Valérie Xavier Yannick Zoé Anaïs Bastien Cédric",
    "it": "Alessia Bruno Carlo Donatella Ettore Fabrizio Giorgia Ilaria Jacopo Luciana Marcello Nicoletta Ottavio"
    " Patrizia Riccardo Serena Tommaso Umberto Vittoria Walter Graziella Niccolò Agnese Emilio",
}
FAMILY = {
    "de": "Müller Schäfer Größer Köhler Böhm Jäger Grünwald Schürch Bär Zürcher Aebischer Burkhalter"
    " Christen Dietschi Egger Fankhauser Gerber Hofstetter Inderbitzin Jenni Kaufmann Liechti Moser"
    " Nydegger Oberholzer Pfister Rüegsegger Stöckli Tschümperlin Ulmer Vögtli Wüthrich Zgraggen"
    " Lüthi Brändli Häberli Steinbrück Weiß Voß Hürlimann Schönenberger Kälin Bachmann Schmid",
    "fr": "Besançon Châtelain Dubois Évéquoz Favre Gérard Huguenin Jaccard Lévêque Monnier Néel Péclard Rochat Saugy"
    " Thévoz Vuilleumier Béguin Crémieux Rosselet Pahud Genoud Bugnon Jeanneret Duvanel",
    "it": "Bernasconi Cattaneo Delcò Ferrari Ghirlanda Lombardi Marchetti Pedrazzini Quadri Rezzonico"
    " Soldati Tettamanti Valsangiacomo Zanetti Brunetti Pellegrini Snider Galfetti Bianchi Carobbio",
}
TOWNS = (
    ("8400", "Winterthur"), ("3013", "Bern"), ("4051", "Basel"), ("9000", "St. Gallen"), ("6003", "Luzern"),
    ("80331", "München"), ("50667", "Köln"), ("10115", "Berlin"), ("1010", "Wien"), ("8010", "Graz"),
    ("1003", "Lausanne"), ("1201", "Genève"), ("2000", "Neuchâtel"), ("75011", "Paris"), ("69002", "Lyon"),
    ("6900", "Lugano"), ("6500", "Bellinzona"), ("20121", "Milano"), ("10121", "Torino"), ("8002", "Zürich"),
)  # fmt: skip
STREETS = {
    "de": "Bahnhofstrasse Hauptstrasse Dorfstrasse Kirchweg Mühlegasse Seestrasse Gartenweg Lindenallee Römerstrasse"
    " Schützenstrasse Rosenweg Feldstrasse Bergstrasse Industriestrasse Sägereiweg",
    "fr": "Rue_du_Lac Avenue_de_la_Gare Chemin_des_Vignes Route_de_Berne Rue_Saint-Martin Place_du_Marché"
    " Boulevard_de_Pérolles Rue_de_l'Église",
    "it": "Via_Nassa Via_San_Gottardo Viale_Stazione Piazza_Grande Via_Cantonale Corso_Elvezia Via_dei_Gelsi",
}
TRADES = {
    "de": "Elektro Holzbau Gartenbau Treuhand Metallbau Sanitär Immobilien Informatik Malerei Logistik Küchenbau"
    " Spenglerei Druckerei Apotheke",
    "fr": "Menuiserie Plomberie Fiduciaire Électricité Horlogerie Imprimerie Paysagisme Transports Boulangerie",
    "it": "Costruzioni Impianti Fiduciaria Falegnameria Autotrasporti Tipografia Carpenteria",
}
FORMS = {"de": ("AG", "GmbH"), "fr": ("SA", "Sàrl"), "it": ("SA", "Sagl")}
LONG_FORMS = {
    "AG": "Aktiengesellschaft",
    "GmbH": "G.m.b.H.",
    "SA": "S.A.",
    "Sàrl": "S.à r.l.",
    "Sagl": "Sagl",
}
TITLES = ("Dr. ", "Prof. Dr. ", "lic. iur. ", "dipl. Ing. ETH ", "Dr. med. ")
NICKNAMES = {
    "Thomas": "Tom", "Stefanie": "Steffi", "Hansruedi": "Hans-Rudolf", "Barbara": "Babs", "Riccardo": "Rick",
    "Mathieu": "Matt", "Alessia": "Ale", "Manuela": "Manu", "Rolf": "Rolfi",
}  # fmt: skip
AUTHORITIES = (
    ("Schweizerische Unfallversicherungsanstalt", "Schweiz. Unfallversicherungsanstalt"),
    ("Schweizerische Rettungsflugwacht", "Schweiz. Rettungsflugwacht"),
    ("Gebrüder Oberholzer Holzbau", "Gebr. Oberholzer Holzbau"),
    ("Gebrüder Liechti Metallbau", "Gebr. Liechti Metallbau"),
    ("Sankt Galler Stadtwerke", "St. Galler Stadtwerke"),
    ("Eidgenössische Materialprüfungsanstalt", "Eidg. Materialprüfungsanstalt"),
)
# Names of brothers and sisters that are easily taken for a slip, by the name that somebody has.
ENDINGS = {
    "Manuela": ("Manuel",), "Nicole": ("Nicola",), "Silvia": ("Silvio",),
    "Claudia": ("Claudio",), "Patrick": ("Patricia",),
    "Stefanie": ("Stefan",), "Cornelia": ("Cornelius",), "Raphaël": ("Raphaëlle",), "Valérie": ("Valère",),
    "Bruno": ("Bruna",), "Carlo": ("Carla",), "Luciana": ("Luciano",),
    "Marcello": ("Marcella",), "Patrizia": ("Patrizio",),
    "Roland": ("Rolanda",), "Emilio": ("Emilia",), "Donatella": ("Donatello",),
    "Nicoletta": ("Nicoletto",), "Gisela": ("Giselle",),
    "Tommaso": ("Tommasa",), "Fabrizio": ("Fabrizia",), "Giorgia": ("Giorgio",),
    "Ilaria": ("Ilario",), "Thérèse": ("Théo",),
}  # fmt: skip
