"""Letters in German."""

from app.demo.story import Language, stories

_STORIES = """
# Offerte {number}: {product}
@us 0 html Offerte-{number}.pdf
vielen Dank für Ihre Anfrage. Gerne offerieren wir Ihnen {quantity} × {product} zum Preis von {amount} netto,
geliefert und montiert. Die Offerte finden Sie im Anhang; sie ist bis am {later} gültig.

{reason}
@them 3 plain
danke für die Offerte {number}. Der Preis liegt etwas über unserem Budget. Ist bei {quantity} Stück noch ein
Mengenrabatt möglich? Und können Sie bis {later} liefern?
@us 1 plain
ab {quantity} Stück geben wir Ihnen 4 % Rabatt; das ist wirklich unser letztes Wort. Liefern können wir in der
Woche vom {later}.
@them 2 plain Bestellung-{number}.pdf
einverstanden. Die unterschriebene Bestellung liegt bei. Bitte melden Sie die Lieferung zwei Tage vorher an.

# Lieferung {number} beschädigt angekommen
@them 0 plain Foto-Lieferschein-{number}.png
die Lieferung {number} ist heute angekommen, leider mit Schaden: Zwei der {quantity} Stück
({product}) haben Kratzer auf der Oberfläche, bei einem fehlt das Montagematerial. Das Foto liegt bei. Wie gehen wir vor?
@us 0 plain
das tut uns leid. Wir schicken Ihnen das fehlende Material noch heute und tauschen die beiden beschädigten Stücke
am {later} aus. Für Sie entstehen keine Kosten.
@them 6 plain
der Austausch hat tadellos geklappt, Ihr Monteur war pünktlich und freundlich. Damit ist die Sache für uns erledigt.

# Einladung zur Hausmesse am {later}
@us 0 html Programm-Hausmesse.pdf
am {later} zeigen wir bei uns im Haus die neue Kollektion: {product} und einiges mehr. Ab 16 Uhr führen wir durch die
Werkstatt, danach gibt es etwas zu essen. Wir würden uns sehr freuen, Sie zu sehen.
@them 4 plain
vielen Dank für die Einladung. Ich komme gerne und bringe eine Kollegin mit. Gibt es Parkplätze?
@us 1 plain
wie schön! Sie sind mit zwei Personen eingetragen. Parkplätze hat es direkt vor dem Haus.

# Besuch bei Ihnen am {later}?
@us 0 plain
ich bin am {later} in Ihrer Gegend und würde gerne kurz vorbeikommen, um die Räume für {product} auszumessen.
Passt Ihnen 10 Uhr? Es dauert keine halbe Stunde.
@them 1 plain
10 Uhr passt leider nicht, um 14 Uhr wäre ich frei. Melden Sie sich am Empfang.
@us 0 plain
14 Uhr ist notiert. Bis dann!

# Rechnung {number}: Rückfrage
@them 0 plain
auf der Rechnung {number} über {amount} sind {quantity} × {product} aufgeführt. Geliefert wurde nach unserem
Lieferschein ein Stück weniger. Können Sie das bitte prüfen?
@us 2 plain Rechnung-{number}-korrigiert.pdf
Sie haben recht: Ein Stück wurde nachgeliefert, aber schon verrechnet. Die korrigierte Rechnung liegt bei.
Bitte entschuldigen Sie das Versehen.
@them 1 plain
danke für die rasche Korrektur, die Zahlung ist veranlasst.

# Reklamation: {product}
@them 0 html
eines der gelieferten Stücke ({product}) ist schon nach wenigen Wochen locker und wackelt. Das kann bei einem Preis
von {amount} nicht sein. Wir erwarten eine Lösung bis {later}.
@us 1 plain
das verstehen wir gut. Unser Techniker kommt am {later} vorbei und bringt ein Ersatzteil mit. Sollte es danach noch
einmal auftreten, tauschen wir das ganze Stück.
@them 8 plain
Ihr Techniker war hier, alles sitzt wieder fest. Danke.

# Protokoll unserer Besprechung
@us 0 plain Protokoll.pdf
anbei das Protokoll unserer Besprechung. Die offenen Punkte: Muster von {product} bis {later}, Montageplan mit dem
Hauswart, Budget {amount}. {reason}
@them 2 plain
danke, das deckt sich mit meinen Notizen. Den Punkt mit dem Hauswart übernehme ich.

# Frage zur Pflege von {product}
@them 0 plain
womit reinigt man am besten {product}? Unsere Reinigungsfirma hat einen Fettfleck, der nicht weggeht.
@us 1 html Pflegeanleitung.pdf
am besten mit lauwarmem Wasser und etwas Kernseife, nie mit Lösungsmitteln. Die Pflegeanleitung liegt bei. Wenn der
Fleck bleibt, rufen Sie uns an: {reason}
"""

GERMAN = Language(
    greetings=("Guten Tag {who}", "Grüezi {who}", "Guten Tag {who}"),
    closings=("Freundliche Grüsse", "Mit freundlichen Grüssen", "Beste Grüsse"),
    quoting="Am {date} schrieb {name}:",
    reply="AW: ",
    products=(
        "höhenverstellbare Schreibtische Fläsch",
        "Bürostühle Säntis",
        "Akustikwände Flüsterstill",
        "Besprechungstische Gänsbrunnen",
        "Aktenschränke Tresorino",
        "Loungesessel Engelberg",
        "Leuchten Morgenröte",
    ),
    reasons=(
        "Für Fragen bin ich jederzeit erreichbar.",
        "Unser Monteur hat das letzte Woche bei einem anderen Kunden ebenso gelöst.",
        "Ich bin bis Freitag im Büro, danach vertritt mich ein Kollege.",
        "Bei Ihnen war der Boden nicht ganz eben, das haben wir eingerechnet.",
    ),
    stories=stories(_STORIES),
)
