"""Which words make a command?  Tags, directions, days and months in de, en, fr, it."""

from history.kinds import EntryKind

TAGS: dict[str, EntryKind] = {
    word: kind
    for kind, words in {
        EntryKind.CALL: "call phone phonecall anruf telefon telefonat appel téléphone telephone chiamata telefonata",
        EntryKind.VISIT: "visit besuch visite visita",
        EntryKind.MEETING: "meeting treffen sitzung besprechung réunion reunion rencontre riunione incontro",
        EntryKind.NOTE: "note notiz nota",
        EntryKind.GIFT: "gift present geschenk cadeau regalo omaggio",
        EntryKind.TODO: "todo task aufgabe pendenz tâche tache compito",
    }.items()
    for word in words.split()
}
# These mark a mail as private, and are none of ours.
MARKS = frozenset("privat private privé prive privato".split())
FROM = frozenset("from von vom de du da dal dalla".split())
WITH = frozenset("to with at for an mit bei für fuer zu à a avec chez pour con per presso".split())
BY = frozenset("by until till due bis am on pour le avant entro il the".split())
BY_ANYWHERE = frozenset("by until till due bis avant entro".split())

DAYS_AWAY = {
    "today": 0, "heute": 0, "aujourd'hui": 0, "aujourd’hui": 0, "oggi": 0,
    "tomorrow": 1, "morgen": 1, "demain": 1, "domani": 1,
    "übermorgen": 2, "uebermorgen": 2, "après-demain": 2, "dopodomani": 2,
    "yesterday": -1, "gestern": -1, "hier": -1, "ieri": -1,
    "vorgestern": -2, "avant-hier": -2, "altroieri": -2,
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "monday montag lundi lunedì lunedi",
            "tuesday dienstag mardi martedì martedi",
            "wednesday mittwoch mercredi mercoledì mercoledi",
            "thursday donnerstag jeudi giovedì giovedi",
            "friday freitag vendredi venerdì venerdi",
            "saturday samstag sonnabend samedi sabato",
            "sunday sonntag dimanche domenica",
        )
    )
    for word in words.split()
}
MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar jänner janvier gennaio",
            "february feb februar février fevrier febbraio",
            "march mar märz maerz mars marzo",
            "april apr avril aprile",
            "may mai maggio",
            "june jun juni juin giugno",
            "july jul juli juillet luglio",
            "august aug août aout agosto",
            "september sep sept septembre settembre",
            "october oct oktober okt octobre ottobre",
            "november nov novembre",
            "december dec dezember dez décembre decembre dicembre",
        ),
        start=1,
    )
    for word in words.split()
}
IGNORE = frozenset(
    "ignore skip drop ignorieren ignoriere weglassen überspringen ignorer ignorez passer ignorare ignora salta".split()
)
