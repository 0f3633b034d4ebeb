"""Whatever stands on a page, reading its fields ends without an error."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.letters.fields.as_json import as_json, places
from ingest.letters.fields.of_letter import fields_of
from mail.letter import Box, Line, Page, Word

_SAID = (
    "Herr Frau Muster Keller AG GmbH S.p.A. Ltd Weg 3 8001 Zürich, 20457 SW1A 1AA Datum: Date Our ref: Ihr Zeichen "
    "Unser Kunden-Nr. 12345 03/04/2026 3. März 2026 Betreff: Re: Sehr geehrte Damen Dear Sir, c/o Postfach z. Hd. · "
    "| – - : , . IBAN CH93 0076 2011 6238 5295 7 CHE-116.281.710 MWST +41 44 111 22 33 info@muster.ch "
    "www.muster.ch ß \0 ١٢ 𝟙𝟚 ² ½ 12² İ ﬁ"
).split(" ")
_edges = st.floats(0, 300)
_sizes = st.floats(0, 80)
_words = st.builds(
    Word,
    st.one_of(st.sampled_from(_SAID), st.text(min_size=1, max_size=8)),
    st.builds(Box, _edges, _edges, _sizes, st.floats(0, 12)),
    st.floats(0, 1),
)
_lines = st.builds(Line, st.lists(_words, min_size=1, max_size=8).map(tuple))
_pages = st.builds(
    Page, st.integers(1, 3), st.just(210.0), st.just(297.0), st.lists(_lines, max_size=14).map(tuple)
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(_pages, max_size=2))
def test_any_page_has_fields(pages: list[Page]) -> None:
    fields = fields_of(pages, today=date(2026, 11, 28))
    assert set(as_json(pages, fields)) >= {"sender", "addressee", "date", "subject", "confidence", "defects"}
    places(fields)
