"""From which country does a letter come?  Told by accounts, tax numbers, prefixes, domains and its offices' words."""

import re
from collections import Counter
from collections.abc import Sequence

from phonenumbers import region_code_for_country_code

from ingest.letters.fields.countries import TOP_LEVEL, country_of_code
from ingest.letters.fields.spelling import folded
from mail.letter import Found

_PREFIX = re.compile(
    r"(?:\+|\b00)\s?(1|2[07]|3\d{1,2}|4\d{1,2}|5[1-8]|6[0-6]|7|8[1246]|9[0-58])(?=[\s()\d./-])"
)
_POST = re.compile(r"(?<![\w-])([A-Z]{1,2})\s?[-–]\s?\d{4,5}\s+[^\W\d_]")
_WORDS = {
    "CH": r"\bchf\b|\bfr\. \d|mwst-?nr\.? che|\bche-?\d|schweiz\b|suisse\b|svizzera\b|postfinance",
    "DE": r"\bust-?id|amtsgericht|\bhrb\b|steuernummer|finanzamt|bundesrepublik",
    "AT": r"\batu ?\d|firmenbuch|\bfn \d{5,6}\s?[a-z]\b|osterreich",
    "FR": r"\bsiret\b|\bsiren\b|\brcs\b|\bcedex\b|\bape\b.{0,8}\d{4}|code naf|\bsarl au capital|\bsas au capital",
    "IT": r"\bp\.? ?iva\b|partita iva|codice fiscale|c\.f\.|\brea\b|cap\. soc",
    "GB": r"registered in england|company no|vat reg|\bgbp\b|£ ?\d",
    "US": r"\busd\b|us dollars"
    r"|\b[a-z ]+,? (?:al|ak|az|ca|co|ct|fl|ga|il|ma|md|mi|mn|nc|nj|nv|ny|oh|or|pa|tx|ut|va|wa|wi) \d{5}\b",
    "NL": r"\bkvk\b|\bbtw\b",
    "IN": r"\bgstin\b|\binr\b|pvt\.? ltd",
}
_BY_WORD = {country: re.compile(words) for country, words in _WORDS.items()}


def home_of(text: str, ibans: Sequence[Found], tax_numbers: Sequence[Found], hosts: Sequence[str]) -> str:
    """Return the country of who writes, empty where nothing tells it."""
    votes = Counter(found.value[:2] for found in ibans for _ in range(2))
    votes.update(_of_tax_numbers(tax_numbers))
    votes.update(_of_text(text))
    for host in hosts:
        if country := TOP_LEVEL.get(host.partition("/")[0].rpartition(".")[2]):
            votes[country] += 2
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else ""


def _of_tax_numbers(tax_numbers: Sequence[Found]) -> Counter[str]:
    values = [found.value for found in tax_numbers if found.value[:2].isalpha()]
    return Counter({("CH" if value.startswith("CHE") else value[:2]): 3 for value in values})


def _of_text(text: str) -> Counter[str]:
    """Return how much prefixes, postcodes and words say for each country."""
    votes: Counter[str] = Counter()
    for prefix in set(_PREFIX.findall(text)):
        region = region_code_for_country_code(int(prefix))
        if region != "ZZ":
            votes[region] += 2
    for code in _POST.findall(text):
        if country := country_of_code(code):
            votes[country] += 1
    plain = folded(text)
    for country, words in _BY_WORD.items():
        votes[country] += 2 * bool(words.search(plain))
    votes["DE"] += "ß" in text
    return votes
