"""What stands on a letter?  All its fields out of its pages, each with its place and how sure it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.letters.fields.addressee import addressee_in
from ingest.letters.fields.addresses import AddressSeen, addresses_in
from ingest.letters.fields.closing import below_closing, closing_in
from ingest.letters.fields.home import home_of
from ingest.letters.fields.labels import labelled_in
from ingest.letters.fields.layout import Piece, blocks_of, pieces_of
from ingest.letters.fields.letter_date import calendar_of, letter_date
from ingest.letters.fields.letter_language import letter_language
from ingest.letters.fields.reach import emails_in, phones_in, webs_in
from ingest.letters.fields.references import references_in
from ingest.letters.fields.registered import ibans_in, tax_numbers_in
from ingest.letters.fields.salutation import salutation_in
from ingest.letters.fields.sender import sender_in
from ingest.letters.fields.spans import found_in
from ingest.letters.fields.subject import subject_in
from mail.domains import is_shared, registrable
from mail.letter import Found, LetterFields, LetterParty, Page


def fields_of(pages: Sequence[Page], *, today: date) -> LetterFields:
    """Return what a letter says; *pages* are all of it in order, *today* settles dates that may be read two ways.

    Never raises: what is not found is empty.
    """
    written = [page for page in pages if page.lines]
    if not written:
        return LetterFields()
    return _of_pages(written, today)


def _of_pages(pages: Sequence[Page], today: date) -> LetterFields:
    first = pages[0]
    by_page = [pieces_of(page) for page in pages]
    head, everything = by_page[0], [piece for pieces in by_page for piece in pieces]
    blocks = blocks_of(head)
    addresses = addresses_in(blocks)
    emails, webs = emails_in(everything), webs_in(everything)
    hosts = _hosts(emails, webs)
    to = addressee_in(addresses, blocks, first, hosts)
    salutation = salutation_in(head, to.box.bottom if to else 0.0) or salutation_in(everything, 0.0)
    language, _ = letter_language(everything, salutation)
    ibans, tax_numbers = ibans_in(everything), tax_numbers_in(everything)
    home = home_of(
        "\n".join(piece.text for piece in everything),
        ibans,
        tax_numbers,
        [one.value for one in (*webs, *emails)],
    )
    labelled = labelled_in(head)
    closing = closing_in(everything, salutation)
    signature = below_closing(everything, closing) if closing else []
    later = [piece for piece in signature if piece.page != first.number]
    sender = sender_in(
        [*head, *later], first, addresses, addressee=to, hosts=hosts, signature=signature, labelled=labelled
    )
    calendar = calendar_of(pages, language, home, today)
    apart = [piece for seen in addresses for piece in seen.pieces]
    on_first = salutation if salutation is not None and salutation.page == first.number else None
    day, day_found = letter_date(head, labelled, first, calendar, salutation=on_first, apart=apart)
    references = references_in(labelled)
    return LetterFields(
        language=language,
        sender=_at_home(sender, home),
        addressee=_reader(to, home),
        date=day,
        date_found=day_found,
        subject=subject_in(head, labelled, first, salutation=on_first, apart=apart),
        our_reference=references.ours,
        your_reference=references.yours,
        customer_number=references.customer,
        salutation=_greeting(salutation),
        phones=phones_in(everything, home or _by_postcode(sender, language)),
        emails=emails,
        webs=webs,
        ibans=ibans,
        tax_numbers=tax_numbers,
    )


def _hosts(emails: Sequence[Found], webs: Sequence[Found]) -> list[str]:
    """Return the names that domains of the letter have, without those of everybody: `muster` of info@muster.ch."""
    domains = [found.value.rpartition("@")[2].partition("/")[0] for found in (*emails, *webs)]
    owned = [registrable(domain) or domain for domain in domains if not is_shared(domain)]
    return list(dict.fromkeys(domain.partition(".")[0] for domain in owned))


def _at_home(party: LetterParty | None, home: str) -> LetterParty | None:
    """Return a sender with the country of the letter where the address names none."""
    return replace(party, country=home) if party and not party.country and party.town else party


def _reader(seen: AddressSeen | None, home: str) -> LetterParty | None:
    if seen is None:
        return None
    address = seen.address
    country = address.country or (home if address.town and _may_be_in(home, address.postcode) else "")
    sure = min(piece.confidence for piece in seen.pieces) * (0.95 if address.town else 0.6)
    return LetterParty(
        address.organisation,
        address.person,
        address.street,
        address.postcode,
        address.town,
        country,
        seen.box,
        seen.page,
        round(sure, 3),
    )


def _may_be_in(home: str, postcode: str) -> bool:
    """Tell whether a postcode has as many digits as those of a country."""
    return len(postcode) == {"CH": 4, "AT": 4, "LI": 4, "DE": 5, "FR": 5, "IT": 5}.get(home, len(postcode))


def _by_postcode(sender: LetterParty | None, language: str) -> str:
    """Return the country whose numbers a letter has that tells none: four digits of a postcode are Swiss here."""
    if sender is not None and len(sender.postcode) == 4:
        return "CH"
    return {"fr": "FR", "it": "IT", "en": "GB", "nl": "NL"}.get(language, "CH")


def _greeting(piece: Piece | None) -> Found | None:
    return found_in(piece, 0, len(piece.text), piece.text.strip(" ,!:"), 0.97) if piece else None
