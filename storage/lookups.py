"""Whom do addresses, domains and threads name?  Look-ups for a whole batch of messages, one query each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mail.domains import registrable
from storage.by_hand import day, moment, rows_among
from storage.connect import dialect, rows
from storage.staff import StaffAddressKind


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation as evidence names it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A person's role at an organisation, from-until."""

    organisation: KnownOrganisation
    function: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as evidence names them, with all roles they have or had."""

    id: int
    name: str
    given_name: str
    family_name: str
    roles: tuple[RoleHeld, ...]
    salutation: str = ""

    def roles_on(self, day: date) -> tuple[RoleHeld, ...]:
        """Return the roles that were held on a day."""
        return tuple(role for role in self.roles if valid_on(day, role.since, role.until))


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose an address is, from-until: a person's, an organisation's, or a person's at an organisation."""

    person: KnownPerson | None
    organisation: KnownOrganisation | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """Whose of ours an address is: a staff member's, or (*staff_id* None) a team's."""

    staff_id: int | None
    is_personal: bool


@dataclass(frozen=True, slots=True)
class Own:
    """What is ours among the addresses of a batch of messages; *domains* are all of ours.

    *closed* capture addresses take no mail any more, and are ours all the same.
    """

    staff: dict[str, OwnAddress]
    captures: dict[str, int | None]
    closed: frozenset[str]
    domains: frozenset[str]


@dataclass(frozen=True, slots=True)
class Party:
    """An outside address in a thread, and whom it was taken for; *hidden* from others in Bcc."""

    key: str
    person_id: int | None
    organisation_id: int | None
    hidden: bool = False


def valid_on(day: date, since: date | None, until: date | None) -> bool:
    """Tell whether a day lies between two, both included; None is open."""
    return (since is None or since <= day) and (until is None or day <= until)


async def holders(keys: Collection[str]) -> dict[str, list[Holder]]:
    """Return whose addresses are, by key, those of other times among them."""
    found = await rows_among(
        "SELECT a.key, a.person_id, a.organisation_id, o.name, a.since, a.until FROM email_address a"
        " LEFT JOIN organisation o ON o.id = a.organisation_id WHERE {among} ORDER BY a.id",
        "a.key",
        keys,
    )
    known = await persons({row["person_id"] for row in found if row["person_id"]})
    by_key: dict[str, list[Holder]] = defaultdict(list)
    for row in found:
        employer = KnownOrganisation(row["organisation_id"], row["name"]) if row["organisation_id"] else None
        holder = Holder(known.get(row["person_id"]), employer, day(row["since"]), day(row["until"]))
        by_key[row["key"]].append(holder)
    return by_key


async def persons(ids: Collection[int]) -> dict[int, KnownPerson]:
    """Return persons with their roles, by id."""
    if not ids:
        return {}
    held: dict[int, list[RoleHeld]] = defaultdict(list)
    for row in await rows_among(
        "SELECT r.person_id, r.organisation_id, o.name, r.function, r.since, r.until FROM role r"
        " JOIN organisation o ON o.id = r.organisation_id WHERE {among} ORDER BY r.id",
        "r.person_id",
        ids,
        "bigint",
    ):
        employer = KnownOrganisation(row["organisation_id"], row["name"])
        held[row["person_id"]].append(
            RoleHeld(employer, row["function"], day(row["since"]), day(row["until"]))
        )
    found = await rows_among(
        "SELECT p.id, p.title, p.given_name, p.family_name, p.salutation FROM person p WHERE {among}",
        "p.id",
        ids,
        "bigint",
    )
    return {row["id"]: _person(row, held[row["id"]]) for row in found}


def _person(row: dict[str, str], held: Iterable[RoleHeld]) -> KnownPerson:
    given, family = row["given_name"], row["family_name"]
    name = " ".join(part for part in (row["title"], given, family) if part)
    return KnownPerson(int(row["id"]), name, given, family, tuple(held), row["salutation"])


async def organisations(ids: Collection[int]) -> dict[int, KnownOrganisation]:
    """Return organisations by id."""
    found = await rows_among("SELECT o.id, o.name FROM organisation o WHERE {among}", "o.id", ids, "bigint")
    return {row["id"]: KnownOrganisation(row["id"], row["name"]) for row in found}


async def organisations_by_domain(domains: Collection[str]) -> dict[str, KnownOrganisation]:
    """Return the organisation of each domain that belongs to one."""
    found = await rows_among(
        "SELECT d.domain, o.id, o.name FROM organisation_domain d"
        " JOIN organisation o ON o.id = d.organisation_id WHERE {among}",
        "d.domain",
        domains,
    )
    return {row["domain"]: KnownOrganisation(row["id"], row["name"]) for row in found}


async def organisations_that_are_we() -> dict[str, KnownOrganisation]:
    """Return the organisations that have one of our own domains: we ourselves, entered by mistake or on purpose."""
    return await organisations_by_domain(await _own_domains())


async def own(keys: Collection[str]) -> Own:
    """Return which of these addresses are staff's, teams' or for capturing, and our domains."""
    staff = await rows_among(
        "SELECT s.key, s.staff_id, s.kind FROM staff_address s WHERE {among}", "s.key", keys
    )
    captures = await rows_among(
        "SELECT c.key, c.staff_id, c.revoked_at, c.valid_until FROM capture_address c WHERE {among}",
        "c.key",
        keys,
    )
    now = datetime.now(UTC)
    return Own(
        staff={row["key"]: OwnAddress(row["staff_id"], _is_personal(row)) for row in staff},
        captures={row["key"]: row["staff_id"] for row in captures},
        closed=frozenset(
            row["key"]
            for row in captures
            if row["revoked_at"] or (row["valid_until"] and moment(row["valid_until"]) <= now)
        ),
        domains=await _own_domains(),
    )


def _is_personal(row: dict[str, str | None]) -> bool:
    return row["staff_id"] is not None and row["kind"] != StaffAddressKind.SHARED


async def _own_domains() -> frozenset[str]:
    """Return the domains where every address is a colleague's or for capturing.

    An address that a staff member may send as belongs to somebody else's domain.
    """
    domain = "substr(key, instr(key, '@') + 1)" if dialect() == "sqlite" else "split_part(key, '@', 2)"
    staff = await rows(
        f"SELECT DISTINCT {domain} AS domain FROM staff_address WHERE kind <> 'send-as'"  # noqa: S608 - ours
    )
    captures = await rows(f"SELECT DISTINCT {domain} AS domain FROM capture_address")  # noqa: S608 - ours
    of_staff = {registrable(row["domain"]) for row in staff} - {None}
    return frozenset({str(name) for name in of_staff} | {row["domain"] for row in captures})


async def threads_by_reference(references: Collection[str]) -> dict[str, list[int]]:
    """Return the threads in which each Message-ID was seen, the oldest first."""
    found = await rows_among(
        "SELECT t.reference, t.thread_id FROM thread_reference t WHERE {among} ORDER BY t.thread_id",
        "t.reference",
        references,
    )
    threads: dict[str, list[int]] = defaultdict(list)
    for row in found:
        if row["thread_id"] not in threads[row["reference"]]:
            threads[row["reference"]].append(row["thread_id"])
    return threads


async def parties_of_threads(
    thread_ids: Collection[int], *, most: int | None = None
) -> dict[int, list[Party]]:
    """Return who outside took part in threads, each once for each correspondent they were taken for.

    Of each thread *most*, those who took part last: a thread may be anything, also endless.
    """
    who = "e.thread_id, p.key, p.person_id, p.organisation_id, p.role = 'bcc' AS hidden"
    one = f"SELECT {who}, MAX(e.id) AS newest FROM entry e JOIN participant p ON p.entry_id = e.id WHERE {{among}}"  # noqa: S608 - ours
    statement = f"{one} GROUP BY 1, 2, 3, 4, 5"
    if most is not None:
        place_of = "ROW_NUMBER() OVER (PARTITION BY thread_id ORDER BY newest DESC) AS place"
        statement = (
            f"SELECT * FROM (SELECT a.*, {place_of} FROM ({statement}) a) b WHERE place <= {int(most)}"  # noqa: S608 - ours
        )
    found = await rows_among(statement, "e.thread_id", thread_ids, "bigint")
    parties: dict[int, list[Party]] = defaultdict(list)
    for row in found:
        party = Party(row["key"], row["person_id"], row["organisation_id"], bool(row["hidden"]))
        parties[row["thread_id"]].append(party)
    return parties
