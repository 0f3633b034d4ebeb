"""Mail with addresses that are entered: one's own, a shared one, a firm's, and those of another time."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from benchmarks.matching import wording
from benchmarks.matching.directory import SHARED_ADDRESSES, TODAY, Firm, Human, Mailed
from benchmarks.matching.scene import Mail, Scene, job_on
from benchmarks.matching.truth import Level, Sample


def known_address(scene: Scene) -> Sample | None:
    """Somebody writes from their address at work; sometimes they name somebody of another firm."""
    human, firm, address = _at_work(scene)
    says = naming(scene, human) if scene.chance.random() < 0.08 else ""
    return _from(scene, "known-address", human, firm, address, says=says)


def outgoing(scene: Scene) -> Sample | None:
    """One of us writes to somebody's address at work."""
    human, firm, address = _at_work(scene)
    text = wording.letter(scene.chance, human.language, ["Eva Keller"])
    name = wording.shown(scene.chance, human) if scene.chance.random() < 0.7 else ""
    mail = Mail(name, address, text, human.language, scene.some_time(), outgoing=True)
    return scene.write(mail, scene.truth("outgoing", address, Level.PERSON, human, firm.id))


def plus_address(scene: Scene) -> Sample | None:
    """Somebody writes from their address with a tag."""
    human, firm, address = _at_work(scene)
    local, _, domain = address.partition("@")
    tag = scene.chance.choice(("kontor", "rechnung", "2026", "shop"))
    return _from(scene, "plus-address", human, firm, f"{local}+{tag}@{domain}")


def private_address(scene: Scene) -> Sample | None:
    """Somebody writes from the free-mail address that is entered as theirs."""
    human, address = scene.chance.choice(list(_private(scene)))
    return _from(scene, "private-address", human, scene.firm_of(human), address)


def after_move(scene: Scene) -> Sample | None:
    """Somebody writes from the new employer, where their address is entered."""
    for human in _moved(scene):
        firm = scene.firm_of(human)
        for one in human.mailed:
            if firm and one.until is None and one.address.endswith(f"@{firm.domain}"):
                return _from(scene, "after-move", human, firm, one.address)
    return None


def before_move(scene: Scene) -> Sample | None:
    """A mail of years ago, from where somebody worked then."""
    for human in _moved(scene):
        old = human.mailed[0]
        day = (old.until or TODAY) - timedelta(days=scene.chance.randint(30, 600))
        if job := job_on(human, day):
            at = datetime.combine(day, time(9, 15), UTC)
            firm = scene.block.firms[job.firm]
            return _from(scene, "before-move", human, firm, old.address, at=at)
    return None


def address_of_who_left(scene: Scene) -> Sample | None:
    """Whoever follows reads the mail of somebody who left: it is with the firm, and with a new person."""
    for human in _moved(scene):
        firm = scene.block.firms[human.jobs[0].firm]
        address = human.mailed[0].address
        if firm.parent or any(one.address == address for one in _others(scene, human)):
            continue
        heir = scene.stranger(firm.language)
        text = wording.letter(scene.chance, firm.language, wording.signature(scene.chance, heir.name, firm))
        mail = Mail(heir.name, address, text, firm.language, scene.some_time())
        truth = scene.truth("address-of-who-left", address, Level.ORGANISATION, None, *scene.users_of(firm))
        return scene.write(mail, truth)
    return None


def shared_with_name(scene: Scene) -> Sample | None:
    """One of two who share a firm's address writes, and the display name says who."""
    human, firm, address = _sharing(scene)
    if not scene.is_alone(human, firm.domain):
        return None
    return _from(scene, "shared-with-name", human, firm, address)


def shared_without_name(scene: Scene) -> Sample | None:
    """One of two who share a firm's address writes, and nothing says who."""
    human, firm, address = _sharing(scene)
    text = wording.letter(scene.chance, firm.language, [firm.name])
    mail = Mail(firm.name, address, text, firm.language, scene.some_time())
    truth = scene.truth("shared-without-name", address, Level.ORGANISATION, human, firm.id)
    return scene.write(mail, truth)


def couple_with_name(scene: Scene) -> Sample | None:
    """One of a couple writes from their common address under their own name."""
    human, address = _of_couple(scene)
    return _from(scene, "couple-with-name", human, None, address)


def couple_without_name(scene: Scene) -> Sample | None:
    """One of a couple writes, and only the family name says who."""
    human, address = _of_couple(scene)
    text = wording.letter(scene.chance, human.language, [f"Fam. {human.family}"])
    mail = Mail(f"Fam. {human.family}", address, text, human.language, scene.some_time())
    return scene.write(mail, scene.truth("couple-without-name", address, Level.NOTHING, human))


def firm_address(scene: Scene) -> Sample | None:
    """A firm writes from info@, signed by nobody or by somebody who is not entered."""
    firm, address = _with_address(scene)
    signed = [firm.name]
    if scene.chance.random() < 0.3:
        signed = wording.signature(scene.chance, scene.stranger(firm.language).name, firm)
    text = wording.letter(scene.chance, firm.language, signed)
    mail = Mail(scene.chance.choice((firm.name, "", "Info")), address, text, firm.language, scene.some_time())
    return scene.write(mail, scene.truth("firm-address", address, Level.ORGANISATION, None, firm.id))


def firm_address_named(scene: Scene) -> Sample | None:
    """Somebody writes from info@, and the display name says who."""
    return _from_firm(scene, "firm-address-named", named=True)


def firm_address_signed(scene: Scene) -> Sample | None:
    """Somebody writes from info@, and only the signature says who."""
    return _from_firm(scene, "firm-address-signed", named=False)


def _from_firm(scene: Scene, case: str, *, named: bool) -> Sample | None:
    firm, address = _with_address(scene)
    staff = scene.block.staff_of(firm.id)
    if not staff or not scene.is_alone(human := scene.chance.choice(staff), firm.domain):
        return None
    job = human.job
    lines = wording.signature(scene.chance, human.name, firm, function=job.function if job else "")
    text = wording.letter(scene.chance, firm.language, lines)
    name = wording.shown(scene.chance, human, firm) if named else scene.chance.choice((firm.name, ""))
    mail = Mail(name, address, text, firm.language, scene.some_time())
    return scene.write(mail, scene.truth(case, address, Level.PERSON, human, firm.id))


def naming(scene: Scene, *but: Human) -> str:
    """Return a sentence that names somebody of the directory and their firm, who have nothing to do with it."""
    human, firm = next((human, firm) for human, firm in scene.employed() if human not in but)
    return wording.NAMING[human.language].format(firm=firm.name, name=human.name, phone=firm.phone)


def _from(
    scene: Scene,
    case: str,
    human: Human,
    firm: Firm | None,
    address: str,
    *,
    says: str = "",
    at: datetime | None = None,
) -> Sample:
    """Return what somebody writes from an address of theirs."""
    chance = scene.chance
    signed = wording.signature(chance, human.name, firm, phone=human.mobile)
    text = wording.letter(chance, human.language, signed, says=says)
    mail = Mail(wording.shown(chance, human, firm), address, text, human.language, at or scene.some_time())
    firms = [firm.id] if firm else []
    return scene.write(mail, scene.truth(case, address, Level.PERSON, human, *firms))


def _at_work(scene: Scene) -> tuple[Human, Firm, str]:
    """Return somebody with their firm and the address there, which is theirs alone."""
    for human, firm in scene.employed():
        for one in human.mailed:
            if (
                one.until is None
                and one.address.endswith(f"@{firm.domain}")
                and not _is_shared(firm, one.address)
            ):
                return human, firm, one.address
    raise LookupError("a block without addresses")


def _is_shared(firm: Firm, address: str) -> bool:
    return address.startswith(f"{SHARED_ADDRESSES[firm.language]}@")


def _sharing(scene: Scene) -> tuple[Human, Firm, str]:
    for human, firm in scene.employed():
        for one in human.mailed:
            if _is_shared(firm, one.address):
                return human, firm, one.address
    raise LookupError("a block where nobody shares")


def _of_couple(scene: Scene) -> tuple[Human, str]:
    private = [human for human in scene.block.humans.values() if not human.jobs]
    human = scene.chance.choice([one for one in private if one.mailed[-1].address.startswith("familie.")])
    return human, human.mailed[-1].address


def _private(scene: Scene) -> Iterator[tuple[Human, str]]:
    work = {firm.domain for firm in scene.block.firms.values()}
    for human in scene.block.humans.values():
        for one in human.mailed:
            if one.address.partition("@")[2] not in work and not one.address.startswith("familie."):
                yield human, one.address


def _with_address(scene: Scene) -> tuple[Firm, str]:
    firm = scene.chance.choice([firm for firm in scene.block.firms.values() if firm.mailed])
    return firm, firm.mailed[0].address


def _moved(scene: Scene) -> list[Human]:
    found = [human for human in scene.block.humans.values() if len(human.jobs) > 1]
    scene.chance.shuffle(found)
    return found


def _others(scene: Scene, human: Human) -> Iterator[Mailed]:
    return (one for other in scene.block.humans.values() if other is not human for one in other.mailed)
