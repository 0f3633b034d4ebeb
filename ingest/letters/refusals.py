"""In which words is somebody told why a file is no scan?  For the text beside a rejected file."""

from collections.abc import Mapping

LANGUAGES = ("de", "fr", "it", "en")
_FALL_BACK = "en"
_OTHER = "other"
_REASONS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "unknown-kind": "Das ist keine PDF-, TIFF-, JPEG- oder PNG-Datei.",
        "empty": "Die Datei ist leer.",
        "encrypted": "Das PDF ist mit einem Kennwort geschützt. Bitte ohne Kennwort scannen oder speichern.",
        "damaged": "Die Datei ist beschädigt und lässt sich nicht lesen. Bitte nochmals scannen.",
        "too-large": "Die Datei ist zu gross: {octets} Bytes, höchstens {most} werden gelesen.",
        "too-many-pages": "Die Datei hat zu viele Seiten: {pages}, höchstens {most} werden gelesen.",
        "too-many-pixels": "Ein Bild in der Datei ist zu gross: {pixels} Bildpunkte, höchstens {most} werden gelesen.",
        "bomb": "Die Datei würde beim Öffnen unmässig gross. Sie wird nicht gelesen.",
        "active": "Das PDF enthält Inhalte, die beim Öffnen etwas tun ({what}). Es wird nicht gelesen.",
        "too-long": "Das Öffnen der Datei dauerte zu lange.",
        _OTHER: "Die Datei lässt sich nicht lesen ({code}).",
    },
    "fr": {
        "unknown-kind": "Ce n’est pas un fichier PDF, TIFF, JPEG ou PNG.",
        "empty": "Le fichier est vide.",
        "encrypted": "Le PDF est protégé par un mot de passe. Veuillez le numériser sans mot de passe.",
        "damaged": "Le fichier est endommagé et ne peut pas être lu. Veuillez le numériser à nouveau.",
        "too-large": "Le fichier est trop grand : {octets} octets, le maximum est de {most}.",
        "too-many-pages": "Le fichier a trop de pages : {pages}, le maximum est de {most}.",
        "too-many-pixels": "Une image du fichier est trop grande : {pixels} pixels, le maximum est de {most}.",
        "bomb": "Le fichier deviendrait démesurément grand à l’ouverture. Il n’est pas lu.",
        "active": "Le PDF contient des éléments qui s’exécutent à l’ouverture ({what}). Il n’est pas lu.",
        "too-long": "L’ouverture du fichier a duré trop longtemps.",
        _OTHER: "Le fichier ne peut pas être lu ({code}).",
    },
    "it": {
        "unknown-kind": "Non è un file PDF, TIFF, JPEG o PNG.",
        "empty": "Il file è vuoto.",
        "encrypted": "Il PDF è protetto da una password. Scansionarlo o salvarlo senza password.",
        "damaged": "Il file è danneggiato e non può essere letto. Scansionarlo di nuovo.",
        "too-large": "Il file è troppo grande: {octets} byte, al massimo se ne leggono {most}.",
        "too-many-pages": "Il file ha troppe pagine: {pages}, al massimo se ne leggono {most}.",
        "too-many-pixels": "Un’immagine del file è troppo grande: {pixels} pixel, al massimo se ne leggono {most}.",
        "bomb": "Aprendolo, il file diventerebbe smisurato. Non viene letto.",
        "active": "Il PDF contiene elementi che si eseguono all’apertura ({what}). Non viene letto.",
        "too-long": "L’apertura del file è durata troppo a lungo.",
        _OTHER: "Il file non può essere letto ({code}).",
    },
    "en": {
        "unknown-kind": "This is no PDF, TIFF, JPEG or PNG file.",
        "empty": "The file is empty.",
        "encrypted": "The PDF is protected by a password. Scan or save it without one.",
        "damaged": "The file is damaged and cannot be read. Scan it again.",
        "too-large": "The file is too large: {octets} octets, and at most {most} are read.",
        "too-many-pages": "The file has too many pages: {pages}, and at most {most} are read.",
        "too-many-pixels": "A picture in the file is too large: {pixels} pixels, and at most {most} are read.",
        "bomb": "The file would become immensely large when opened. It is not read.",
        "active": "The PDF has contents that do something when it is opened ({what}). It is not read.",
        "too-long": "Opening the file took too long.",
        _OTHER: "The file cannot be read ({code}).",
    },
}


def reason_of(code: str, parameters: Mapping[str, str], language: str) -> str:
    """Return why a file was refused, as a sentence in a language.

    >>> reason_of("too-many-pages", {"pages": "10000", "most": "1000"}, "en")
    'The file has too many pages: 10000, and at most 1000 are read.'
    """
    sentences = _REASONS.get(language, _REASONS[_FALL_BACK])
    told = _Told({"code": code} | dict(parameters))
    return sentences.get(code, sentences[_OTHER]).format_map(told)


class _Told(dict[str, str]):
    """What stands in a sentence; a question mark for what nobody told."""

    def __missing__(self, key: str) -> str:
        return "?"
