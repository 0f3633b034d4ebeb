"""Which mails does an office get, and how many of each kind?"""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from benchmarks.matching import answers, doubtful, known, newcomers
from benchmarks.matching.directory import PERSONS, make
from benchmarks.matching.scene import Scene
from benchmarks.matching.truth import Sample

Case = Callable[[Scene], Sample | None]
_IN_A_BLOCK: Final = 40  # so many in a row are of the same block: making one costs more than a mail
_TRIES: Final = 5

# Of a thousand mails or so.
WEIGHTS: Final[Mapping[Case, int]] = {
    known.known_address: 270,
    known.outgoing: 80,
    known.plus_address: 20,
    known.private_address: 40,
    known.after_move: 20,
    known.before_move: 15,
    known.address_of_who_left: 10,
    known.shared_with_name: 10,
    known.shared_without_name: 8,
    known.couple_with_name: 6,
    known.couple_without_name: 4,
    known.firm_address: 40,
    known.firm_address_named: 25,
    known.firm_address_signed: 25,
    newcomers.new_at_firm: 80,
    newcomers.by_initial: 20,
    newcomers.at_subdomain: 15,
    newcomers.at_second_domain: 15,
    newcomers.of_subsidiary: 10,
    newcomers.misspelt_name: 15,
    newcomers.new_colleague: 35,
    newcomers.free_mail_signed: 30,
    newcomers.new_domain_signed: 15,
    newcomers.office_number_signed: 20,
    newcomers.customer_number: 30,
    answers.answer: 30,
    answers.answer_from_home: 25,
    answers.answer_of_another: 12,
    answers.answer_of_third_party: 6,
    doubtful.stranger: 35,
    doubtful.stranger_who_names_others: 8,
    doubtful.namesake: 12,
    doubtful.number_by_chance: 5,
    doubtful.newsletter: 10,
    doubtful.look_alike: 6,
    doubtful.outgoing_misspelt: 5,
    doubtful.namesakes_at_firm: 8,
}


def samples(number: int, persons: int, *, seed: int = 1) -> Iterator[Sample]:
    """Yield *number* messages with the truth, about a directory of so many persons; the same every time."""
    chance = random.Random(f"mail {seed}")
    for first in range(0, number, _IN_A_BLOCK):
        scene = Scene(chance, make(chance.randrange(persons // PERSONS), seed))
        for scene.number in range(first + 1, min(first + _IN_A_BLOCK, number) + 1):
            yield _sample(scene)


def _sample(scene: Scene) -> Sample:
    """Return a message of any case for which there is somebody in the block."""
    while True:
        case = scene.chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
        for _ in range(_TRIES):
            if found := case(scene):
                return found
