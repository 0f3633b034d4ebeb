"""Mail that answers what we wrote: by whom we wrote to, by others of the firm, and by third parties."""

from benchmarks.matching import wording
from benchmarks.matching.directory import Firm, Human, local_part
from benchmarks.matching.firms import FREE_MAIL
from benchmarks.matching.newcomers import unknown_domain
from benchmarks.matching.scene import OUR_DOMAIN, Mail, Scene
from benchmarks.matching.truth import Earlier, Level, Sample, Truth

_QUOTED = f"Guten Tag\nAnbei wie besprochen.\nFreundliche Grüsse\nEva Keller\nKontor AG\neva@{OUR_DOMAIN}"


def answer(scene: Scene) -> Sample | None:
    """Whom we wrote to answers from the same address."""
    if (found := _asked(scene)) is None:
        return None
    human, firm, earlier = found
    return _answer(scene, human, earlier, _truth(scene, "answer", earlier.address, human, firm))


def answer_from_home(scene: Scene) -> Sample | None:
    """Whom we wrote to answers from a free-mail address that is not entered, under their name."""
    if (found := _asked(scene)) is None:
        return None
    human, firm, earlier = found
    address = f"{local_part(human, 0)}{scene.chance.randint(2, 99)}@{scene.chance.choice(FREE_MAIL)}"
    return _answer(scene, human, earlier, _truth(scene, "answer-from-home", address, human, firm))


def answer_of_another(scene: Scene) -> Sample | None:
    """Somebody who is not entered answers for whom we wrote to, from a free-mail address."""
    if (found := _asked(scene)) is None:
        return None
    _, firm, earlier = found
    other = scene.stranger(firm.language)
    address = f"{local_part(other, 0)}{scene.chance.randint(2, 99)}@{scene.chance.choice(FREE_MAIL)}"
    truth = scene.truth("answer-of-another", address, Level.ORGANISATION, None, firm.id)
    return _answer(scene, other, earlier, truth)


def answer_of_third_party(scene: Scene) -> Sample | None:
    """Somebody of a firm that is not entered was told of it, and answers all."""
    if (found := _asked(scene)) is None:
        return None
    _, _, earlier = found
    other = scene.stranger()
    address = f"{local_part(other, 0)}@{unknown_domain(scene)}"
    truth = scene.truth("answer-of-third-party", address, Level.NOTHING, None)
    return _answer(scene, other, earlier, truth)


def _asked(scene: Scene) -> tuple[Human, Firm, Earlier] | None:
    for human, firm in scene.employed():
        alone = scene.is_alone(human, firm.domain) and len(human.jobs) == 1
        if alone and (earlier := scene.earlier(human, firm, scene.some_time())):
            return human, firm, earlier
    return None


def _truth(scene: Scene, case: str, address: str, human: Human, firm: Firm) -> Truth:
    return scene.truth(case, address, Level.PERSON, human, firm.id)


def _answer(scene: Scene, human: Human, earlier: Earlier, truth: Truth) -> Sample:
    chance = scene.chance
    text = wording.letter(chance, human.language, [human.name], quoted=_QUOTED)
    at = earlier.at.replace(hour=12) if chance.random() < 0.1 else scene.some_time()
    mail = Mail(
        wording.shown(chance, human),
        truth.address,
        text,
        human.language,
        max(at, earlier.at),
        subject=f"Re: {earlier.subject}",
        answers=earlier.message_id,
    )
    return scene.write(mail, truth, earlier)
