"""Mail that nobody can be sure of: strangers, namesakes, look-alikes, and what is true by chance only."""

from benchmarks.matching import names, wording
from benchmarks.matching.directory import Human, local_part
from benchmarks.matching.firms import FREE_MAIL
from benchmarks.matching.known import naming
from benchmarks.matching.newcomers import unknown_domain
from benchmarks.matching.scene import Mail, Scene
from benchmarks.matching.truth import Level, Sample


def stranger(scene: Scene) -> Sample | None:
    """Somebody who is not entered, from a firm that is not, or from a free-mail address."""
    return _unknown(scene, "stranger", scene.stranger())


def stranger_who_names_others(scene: Scene) -> Sample | None:
    """A stranger names somebody of the directory in what they write."""
    return _unknown(scene, "stranger-who-names-others", scene.stranger(), says=naming(scene))


def namesake(scene: Scene) -> Sample | None:
    """A stranger is called like somebody of the directory, and nothing else speaks for them."""
    known, _ = next(scene.employed())
    human = Human(0, known.given, known.family, "", known.language)
    return _unknown(scene, "namesake", human)


def number_by_chance(scene: Scene) -> Sample | None:
    """A stranger gives the number of an order, which is somebody's customer number by chance."""
    firms = scene.block.firms.values()
    numbers = [firm.customer_number for firm in firms if firm.customer_number]
    human = scene.stranger()
    number = scene.chance.choice(numbers).removeprefix("K-")
    says = scene.chance.choice(wording.BY_CHANCE[human.language]).format(number)
    return _unknown(scene, "number-by-chance", human, says=says)


def newsletter(scene: Scene) -> Sample | None:
    """A machine that nobody knows writes to all."""
    human = scene.stranger()
    address = f"{scene.chance.choice(('news', 'noreply', 'service'))}@{unknown_domain(scene)}"
    mail = Mail(
        "News", address, wording.letter(scene.chance, human.language), human.language, scene.some_time()
    )
    return scene.write(mail, scene.truth("newsletter", address, Level.NOTHING, None))


def look_alike(scene: Scene) -> Sample | None:
    """Somebody writes under a known name from a domain that looks like the firm's, and is not."""
    human, firm = next(scene.employed())
    first, dash, rest = firm.domain.partition("-")
    address = f"{local_part(human, firm.pattern)}@{names.misspelt(scene.chance, first)}{dash}{rest}"
    lines = wording.signature(scene.chance, human.name, firm)
    text = wording.letter(scene.chance, human.language, lines)
    mail = Mail(human.name, address, text, human.language, scene.some_time())
    return scene.write(mail, scene.truth("look-alike", address, Level.NOTHING, None))


def outgoing_misspelt(scene: Scene) -> Sample | None:
    """One of us wrote to somebody and mistyped the domain: whom it was for is likely, and not sure."""
    human, firm = next(scene.employed())
    first, dash, rest = firm.domain.partition("-")
    address = f"{local_part(human, firm.pattern)}@{names.misspelt(scene.chance, first)}{dash}{rest}"
    text = wording.letter(scene.chance, human.language, ["Eva Keller"])
    mail = Mail(human.name, address, text, human.language, scene.some_time(), outgoing=True)
    return scene.write(mail, scene.truth("outgoing-misspelt", address, Level.NOTHING, human, firm.id))


def namesakes_at_firm(scene: Scene) -> Sample | None:
    """One of two at a firm who are called alike writes from a new address: the firm is sure."""
    for human, firm in scene.employed():
        if firm.parent or scene.is_alone(human, firm.domain):
            continue
        address = f"{names.slug(human.given)}-{names.slug(human.family)}@{firm.domain}"
        lines = wording.signature(scene.chance, human.name, firm)
        text = wording.letter(scene.chance, human.language, lines)
        mail = Mail(wording.shown(scene.chance, human), address, text, human.language, scene.some_time())
        truth = scene.truth("namesakes-at-firm", address, Level.ORGANISATION, human, firm.id)
        return scene.write(mail, truth)
    return None


def _unknown(scene: Scene, case: str, human: Human, *, says: str = "") -> Sample:
    """Return what somebody who is not entered writes."""
    chance = scene.chance
    domain = unknown_domain(scene) if chance.random() < 0.5 else chance.choice(FREE_MAIL)
    address = f"{local_part(human, 0)}{chance.randint(100, 999)}@{domain}"
    text = wording.letter(chance, human.language, [human.name], says=says)
    mail = Mail(wording.shown(chance, human), address, text, human.language, scene.some_time())
    return scene.write(mail, scene.truth(case, address, Level.NOTHING, None))
