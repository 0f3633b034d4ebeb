"""Mail from addresses that are entered nowhere, though somebody careful knows whose they are."""

from dataclasses import replace

from benchmarks.matching import names, wording
from benchmarks.matching.directory import Firm, Human, local_part
from benchmarks.matching.firms import FREE_MAIL, code, made_up
from benchmarks.matching.scene import Mail, Scene
from benchmarks.matching.truth import Level, Sample


def new_at_firm(scene: Scene) -> Sample | None:
    """Somebody of a firm writes from an address there that is not entered, under their name."""
    return _at_domain(scene, "new-at-firm", "")


def at_subdomain(scene: Scene) -> Sample | None:
    """Somebody of a firm writes from a part of its domain."""
    return _at_domain(scene, "at-subdomain", scene.chance.choice(("mail", "zh", "it", "extern")))


def at_second_domain(scene: Scene) -> Sample | None:
    """Somebody of a firm with two domains writes from the other one."""
    for human, firm in scene.employed():
        if len(firm.domains) > 1 and scene.is_alone(human, firm.domain):
            address = f"{local_part(human, firm.pattern)}@{firm.domains[1]}"
            return _under_name(scene, "at-second-domain", human, firm, address)
    return None


def of_subsidiary(scene: Scene) -> Sample | None:
    """Somebody of a subsidiary writes from a new address at the parent's domain."""
    for human, firm in scene.employed():
        if (
            firm.parent
            and (address := _new_address(scene, human, firm))
            and scene.is_alone(human, firm.domain)
        ):
            return _under_name(scene, "of-subsidiary", human, firm, address)
    return None


def by_initial(scene: Scene) -> Sample | None:
    """The display name has an initial only, or there is none and the address has the whole name."""
    for human, firm in scene.employed():
        if firm.parent or not scene.is_alone(human, firm.domain, by_initial=True):
            continue
        given, family = names.slug(human.given), names.slug(human.family)
        name = f"{human.given[:1]}. {human.family}" if scene.chance.random() < 0.6 else ""
        address = f"{given[:1] if name else given}.{family}@{firm.domain}"
        if not scene.is_entered(address):
            return _signed(scene, "by-initial", human, firm, address, name=name, signed=[name or firm.name])
    return None


def misspelt_name(scene: Scene) -> Sample | None:
    """The name at a firm's domain is almost that of somebody there: the firm is sure, the person likely."""
    for human, firm in scene.employed():
        if firm.parent or len(human.family) < 6:
            continue
        slip = replace(human, family=names.misspelt(scene.chance, human.family))
        address = f"{local_part(slip, 0)}@{firm.domain}"
        if scene.is_nobodys(slip, firm.domain) and not scene.is_entered(address):
            signed, level = [slip.name], Level.ORGANISATION
            return _signed(
                scene, "misspelt-name", human, firm, address, name=slip.name, signed=signed, level=level
            )
    return None


def new_colleague(scene: Scene) -> Sample | None:
    """Somebody who is not entered writes from a firm's domain."""
    _, firm = next(scene.employed())
    human = scene.stranger(firm.language)
    address = f"{local_part(human, firm.pattern)}@{firm.domain}"
    if scene.is_entered(address):
        return None
    text = wording.letter(scene.chance, human.language, wording.signature(scene.chance, human.name, firm))
    mail = Mail(human.name, address, text, human.language, scene.some_time())
    truth = scene.truth("new-colleague", address, Level.ORGANISATION, None, *scene.users_of(firm))
    return scene.write(mail, truth)


def free_mail_signed(scene: Scene) -> Sample | None:
    """Somebody writes from a free-mail address and signs with name, firm and the mobile number that is entered."""
    return _with_mobile(scene, "free-mail-signed", scene.chance.choice(FREE_MAIL))


def new_domain_signed(scene: Scene) -> Sample | None:
    """Somebody's firm has a domain that is not entered; they sign with name, firm and mobile number."""
    return _with_mobile(scene, "new-domain-signed", unknown_domain(scene))


def office_number_signed(scene: Scene) -> Sample | None:
    """Somebody who is not entered signs with a firm, be it under its former name, and its telephone number."""
    firm = scene.chance.choice(list(scene.block.firms.values()))
    human = scene.stranger(firm.language)
    called = [human.name, firm.former_name or firm.name, firm.place, f"Tel. {firm.phone}"]
    address = f"{local_part(human, 0)}@{scene.chance.choice((unknown_domain(scene), FREE_MAIL[0]))}"
    text = wording.letter(scene.chance, firm.language, called)
    mail = Mail(human.name, address, text, firm.language, scene.some_time())
    truth = scene.truth("office-number-signed", address, Level.ORGANISATION, None, firm.id)
    return scene.write(mail, truth)


def customer_number(scene: Scene) -> Sample | None:
    """Somebody who is not entered gives the customer number of their firm, and calls it so."""
    numbered = [firm for firm in scene.block.firms.values() if firm.customer_number]
    firm = scene.chance.choice(numbered)
    human = scene.stranger(firm.language)
    says = scene.chance.choice(wording.CUSTOMER_NUMBER[firm.language]).format(firm.customer_number)
    in_subject = scene.chance.random() < 0.3
    text = wording.letter(scene.chance, firm.language, [human.name], says="" if in_subject else says)
    address = f"{local_part(human, 0)}{scene.chance.randint(50, 99)}@{scene.chance.choice(FREE_MAIL)}"
    mail = Mail(
        human.name, address, text, firm.language, scene.some_time(), subject=says if in_subject else ""
    )
    return scene.write(mail, scene.truth("customer-number", address, Level.ORGANISATION, None, firm.id))


def unknown_domain(scene: Scene) -> str:
    """Return a domain that is entered nowhere."""
    return f"{made_up(scene.chance).lower()}-{code(scene.number)}y.{scene.chance.choice(('ch', 'com', 'eu'))}"


def _at_domain(scene: Scene, case: str, below: str) -> Sample | None:
    for human, firm in scene.employed():
        address = _new_address(scene, human, firm)
        if firm.parent or not address or not scene.is_alone(human, firm.domain):
            continue
        local, _, domain = address.partition("@")
        return _under_name(scene, case, human, firm, f"{local}@{below}.{domain}" if below else address)
    return None


def _new_address(scene: Scene, human: Human, firm: Firm) -> str | None:
    """Return an address of somebody at their firm that is not entered; None if all likely ones are."""
    for pattern in scene.chance.sample(range(4), k=4):
        if not scene.is_entered(address := f"{local_part(human, pattern)}@{firm.domain}"):
            return address
    return None


def _with_mobile(scene: Scene, case: str, domain: str) -> Sample | None:
    for human, firm in scene.employed():
        if human.mobile and scene.is_alone(human, firm.domain):
            local = f"{local_part(human, 0)}{scene.chance.randint(2, 99)}"
            lines = wording.signature(scene.chance, human.name, firm, phone=human.mobile)
            return _signed(
                scene,
                case,
                human,
                firm,
                f"{local}@{domain}",
                name=wording.shown(scene.chance, human),
                signed=lines,
            )
    return None


def _under_name(scene: Scene, case: str, human: Human, firm: Firm, address: str) -> Sample:
    name = wording.shown(scene.chance, human, firm)
    lines = wording.signature(scene.chance, human.name, firm)
    return _signed(scene, case, human, firm, address, name=name, signed=lines)


def _signed(
    scene: Scene,
    case: str,
    human: Human,
    firm: Firm,
    address: str,
    *,
    name: str,
    signed: list[str],
    level: Level = Level.PERSON,
) -> Sample:
    text = wording.letter(scene.chance, human.language, signed)
    mail = Mail(name, address, text, human.language, scene.some_time())
    firms = scene.users_of(firm) if firm.parent else [firm.id]
    return scene.write(mail, scene.truth(case, address, level, human, *firms))
