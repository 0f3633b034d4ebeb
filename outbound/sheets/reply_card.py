"""Reply cards as PDF: questions with boxes to tick, and the code that says whose card it is."""

from dataclasses import dataclass

from mail.reply_card import FRAME_LINE, CardLayout, CardQuestion, CardSize, laid_out
from mail.reply_code import SAMPLE, written
from outbound.sheets.drawing import drawn
from outbound.sheets.printed import printed

LANGUAGES = ("de", "fr", "it", "en")
_INSTRUCTIONS = {
    "de": "Bitte ankreuzen. Falsch angekreuzt? Das falsche Kästchen ganz ausfüllen und das richtige ankreuzen.",
    "fr": "Cochez ce qui convient. Une erreur ? Noircissez entièrement la mauvaise case et cochez la bonne.",
    "it": "Segnate con una croce. Un errore? Annerite del tutto la casella sbagliata e segnate quella giusta.",
    "en": "Please tick with a cross. A mistake? Fill the wrong box completely, and cross the right one.",
}


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What one card shows: a title, the layout of its questions, and the text of its code."""

    title: str
    layout: CardLayout
    code: str
    language: str = "de"


async def reply_card(card: PrintedCard) -> bytes:
    """Return a card as PDF of its own size; `outbound.sheets.printed.NotPrinted` if it cannot be made."""
    return await printed(card_html(card))


def card_html(card: PrintedCard) -> str:
    """Return a card as HTML, to be printed at 100 %."""
    instruction = _INSTRUCTIONS.get(card.language, _INSTRUCTIONS["en"])
    return drawn("reply_card.html", card=card, layout=card.layout, instruction=instruction, line=FRAME_LINE)


async def sample_card(size: CardSize, language: str, *, key: bytes) -> bytes:
    """Return a card to try a printer and a scanner with; its code concerns nobody."""
    known = language if language in LANGUAGES else "en"
    title, questions = _SAMPLES[known]
    return await reply_card(PrintedCard(title, laid_out(size, questions), written(SAMPLE, key=key), known))


def sample_layout(size: CardSize, language: str) -> CardLayout:
    """Return the layout of the sample card, by which its scan is read."""
    return laid_out(size, _SAMPLES[language if language in LANGUAGES else "en"][1])


def _questions(
    come: tuple[str, str, str], meal: tuple[str, str, str], topics: tuple[str, ...]
) -> list[CardQuestion]:
    """Return the three questions of the sample, each given as its text and the labels of its choices."""
    return [
        CardQuestion("come", come[0], (("yes", come[1]), ("no", come[2]))),
        CardQuestion("meal", meal[0], (("meat", meal[1]), ("vegetables", meal[2]))),
        CardQuestion(
            "topics",
            topics[0],
            tuple(zip(("news", "events", "offers"), topics[1:], strict=True)),
            several=True,
        ),
    ]


_SAMPLES = {
    "de": (
        "Muster einer Antwortkarte",
        _questions(
            ("Kommen Sie zu unserem Anlass?", "Ja, gerne", "Leider nein"),
            ("Welches Menü wünschen Sie?", "mit Fleisch", "vegetarisch"),
            ("Was interessiert Sie? (mehreres möglich)", "Neues", "Anlässe", "Angebote"),
        ),
    ),
    "fr": (
        "Modèle de carte-réponse",
        _questions(
            ("Participerez-vous à notre manifestation ?", "Oui, volontiers", "Non, hélas"),
            ("Quel menu souhaitez-vous ?", "avec viande", "végétarien"),
            ("Qu’est-ce qui vous intéresse ? (plusieurs choix)", "Actualités", "Rendez-vous", "Offres"),
        ),
    ),
    "it": (
        "Modello di cartolina di risposta",
        _questions(
            ("Parteciperete alla nostra manifestazione?", "Sì, volentieri", "Purtroppo no"),
            ("Quale menù desiderate?", "con carne", "vegetariano"),
            ("Che cosa vi interessa? (più risposte possibili)", "Novità", "Eventi", "Offerte"),
        ),
    ),
    "en": (
        "Sample of a reply card",
        _questions(
            ("Will you come to our event?", "Yes, gladly", "Sorry, no"),
            ("Which menu would you like?", "with meat", "vegetarian"),
            ("What are you interested in? (several if you like)", "News", "Events", "Offers"),
        ),
    ),
}
