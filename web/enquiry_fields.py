"""What was filled in on a web site?  Read the same from a form and from JSON."""

from collections.abc import Mapping

from mail.enquiry import Enquiry
from web.forms import Form, cleaned
from web.i18n import LANGUAGES

HONEYPOT = "website_url"
PASS = "postbuch_pass"  # noqa: S105 - the name of a field
_OWN = frozenset({"name", "email", "subject", "message", "language", HONEYPOT, PASS})
_KNOWN = {"phone": "Telefon", "organisation": "Organisation", "page": "Seite"}
_MOST_FACTS, _LONGEST_NAME, _LONGEST_FACT = 20, 60, 500


def form_with(values: Mapping[str, object]) -> Form:
    """Return what was sent as a form; what is no text is left out."""
    texts = {name[:_LONGEST_NAME]: value for name, value in values.items() if isinstance(value, str)}
    return Form({cleaned(name): cleaned(value) for name, value in texts.items()})


def enquiry_in(form: Form, *, site: str) -> Enquiry | None:
    """Return the enquiry that a form holds; None where something is missing, which stands in it."""
    address = form.email("email")
    text = form.lines("message")
    if not text:
        form.text("message", required=True)
    name, subject = form.text("name", most=200), form.text("subject", most=300)
    language = form.choice("language", LANGUAGES)
    facts = [(_KNOWN.get(key, key), form.text(key, most=_LONGEST_FACT)) for key in further(form)]
    if not form.ok or address is None:
        return None
    return Enquiry(
        address, name, subject or site, text, [(key, value) for key, value in facts if value], language
    )


def further(form: Form) -> list[str]:
    """Return the names of the fields that are none of those that every enquiry has."""
    return [name for name in form.values if name not in _OWN and name][:_MOST_FACTS]


def is_a_robots(form: Form) -> bool:
    """Tell whether the field is filled in that nobody sees."""
    return bool(form.values.get(HONEYPOT))
