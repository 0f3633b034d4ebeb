"""What makes an organisation or person fit a list that somebody asks for?  Conditions in SQL.

A condition says of a row whether it fits (*clause*, with a `{}` for each of its values), and
many can be asked the other way round (*probe*): which rows fit it, along an index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storage.by_hand import stored
from storage.connect import dialect
from storage.correspondents import Party
from storage.marks import INTEREST, key_of_field
from storage.sort_keys import sort_key, spellings
from storage.storable import storable

_MOST_WORDS = 8
_OVER = "r.until > '0001-01-01'"  # as `IS NOT NULL`, along the index
_LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: rows that have all of it.

    *has_role*: whether a person works somewhere today, or an organisation has somebody who does;
    *has_left*: the same of roles that are over.  Of persons alone: *function* is how what they do begins,
    *organisation* how the name of where they do it begins, or *organisation_id* which that is;
    with *has_role* or *has_left* it is one role that is all of this.
    *contact_since*: in contact then or later; *contact_before*: not since then, or never.
    *own* are an own field's id and the text of its value.
    """

    text: str = ""
    language: str = ""
    industry: str = ""
    owner_id: int | None = None
    interest: str = ""
    own: tuple[tuple[int, str], ...] = ()
    has_role: bool | None = None
    has_left: bool = False
    function: str = ""
    organisation: str = ""
    organisation_id: int | None = None
    contact_since: datetime | None = None
    contact_before: datetime | None = None
    ids: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a list, as SQL of ours."""

    clause: str
    values: tuple[Any, ...] = ()
    probe: str | None = None
    probe_values: tuple[Any, ...] = ()


def conditions(party: Party, wanted: Wanted) -> list[Condition]:
    """Return the conditions of what is wanted."""
    return [*_words_of(party, wanted.text), *_of_columns(party, wanted), *_of_marks(party, wanted)]


def _of_columns(party: Party, wanted: Wanted) -> Iterator[Condition]:
    if wanted.ids is not None:
        yield _any_of(wanted.ids)
    if wanted.language:
        yield _equal(party, "language", wanted.language)
    if wanted.has_role is not None:
        is_there = "EXISTS" if wanted.has_role else "NOT EXISTS"
        yield Condition(
            f"{is_there} (SELECT 1 FROM role r WHERE r.{party.value}_id = o.id AND r.until IS NULL)"  # noqa: S608 - ours
        )
    if wanted.contact_since:
        at = (stored(wanted.contact_since),)
        yield Condition(
            f"{_unindexed('o.last_contact')} >= {{}}", at, _probe(party, "last_contact >= {}"), at
        )
    if wanted.contact_before:
        at = (stored(wanted.contact_before),)
        yield Condition(
            f"({_unindexed('o.last_contact')} < {{}} OR {_unindexed('o.last_contact')} IS NULL)", at
        )
    yield from _of_organisations(party, wanted)
    if party is Party.PERSON:
        yield from _of_roles(wanted)
    elif wanted.has_left:
        yield _through("role r", "r.organisation_id", _OVER, ())


def _of_roles(wanted: Wanted) -> Iterator[Condition]:
    """Yield what one role of a person must be; and for each part of it, whose roles have that, which may be few."""
    own = "role r"
    employer = f"{own} JOIN organisation g ON g.id = r.organisation_id"
    parts: list[tuple[str, str, tuple[Any, ...]]] = []
    if function := sort_key(wanted.function):
        parts.append((own, *beginning_with("r.function_key", function)))
    if wanted.organisation_id is not None:
        parts.append((own, "r.organisation_id = {}", (wanted.organisation_id,)))
    if keys := sorted(filter(None, spellings(wanted.organisation))):
        names = [beginning_with("g.sort_key", key) for key in keys]
        either = " OR ".join(clause for clause, _ in names)
        parts.append((employer, f"({either})", tuple(value for _, values in names for value in values)))
    if wanted.has_left:
        parts.append((own, _OVER, ()))
    if not parts:
        return
    for source, part, values in parts:
        yield Condition("1 = 1", (), f"SELECT r.person_id AS id FROM {source} WHERE {part}", values)  # noqa: S608 - ours
    # Whose role it is finds it: a part that many have would be walked through for each person.
    clause = " AND ".join(part for _, part, _ in parts)
    for column in ("r.function_key", "r.organisation_id", "r.until", "g.sort_key"):
        clause = clause.replace(column, _unindexed(column))
    is_open = " AND r.until IS NULL" if wanted.has_role and not wanted.has_left else ""
    yield Condition(
        f"EXISTS (SELECT 1 FROM {employer} WHERE r.person_id = o.id AND {clause}{is_open})",  # noqa: S608 - ours
        tuple(value for _, _, values in parts for value in values),
    )


def _of_organisations(party: Party, wanted: Wanted) -> Iterator[Condition]:
    """Yield what organisations alone have; a person has it by where they work today."""
    told = {"industry": wanted.industry or None, "owner_id": wanted.owner_id}
    for column, value in told.items():
        if value is None:
            continue
        if party is Party.ORGANISATION:
            yield _equal(party, column, value)
            continue
        source = "role r JOIN organisation g ON g.id = r.organisation_id"
        yield _through(source, "r.person_id", f"r.until IS NULL AND g.{column} = {{}}", (value,))


def _of_marks(party: Party, wanted: Wanted) -> Iterator[Condition]:
    marked = [(INTEREST, wanted.interest)] if wanted.interest else []
    marked += [(key_of_field(field_id), value) for field_id, value in wanted.own]
    for key, value in marked:
        told = (party.value, key, storable(value)[:300])
        yield Condition(
            "EXISTS (SELECT 1 FROM mark m WHERE m.row_id = o.id AND m.party = {} AND m.key = {} AND m.value = {})",
            told,
            "SELECT m.row_id AS id FROM mark m WHERE m.party = {} AND m.key = {} AND m.value = {}",
            told,
        )


def _words_of(party: Party, text: str) -> Iterator[Condition]:
    """Yield a condition a word: it begins a word of the name, or stands in what else names them."""
    words = storable(text).split()
    # Signs alone, as in `Müller & Söhne`, tell nothing beside words.
    telling = [word for word in words if any(spellings(word))] or words
    for word in telling[:_MOST_WORDS]:
        of = _of_organisation(word) if party is Party.ORGANISATION else _of_person(word)
        yield _one_of([*_named(party, word), *of])


def _named(party: Party, word: str) -> Iterator[Condition]:
    for key in sorted(filter(None, spellings(word))):
        first = max(key.split(), key=len)
        inside = party is Party.ORGANISATION and len(key) > 2  # as in Kantonalbank: firms are fewer
        clause = "o.sort_key LIKE {}" if inside else "' ' || o.sort_key LIKE {}"
        beginning, values = beginning_with("m.value", first)
        probe = (
            f"SELECT m.row_id AS id FROM mark m WHERE m.party = '{party.value}'"  # noqa: S608 - ours
            f" AND m.key = 'word' AND {beginning}"
        )
        sought = f"%{key}%" if inside else f"% {key}%"
        yield Condition(clause, (sought,), None if inside else probe, values)


def _of_organisation(word: str) -> Iterator[Condition]:
    number = word[:100]
    yield Condition(
        "o.customer_number = {}",
        (number,),
        "SELECT id FROM organisation WHERE customer_number = {}",
        (number,),
    )
    beginning, values = beginning_with("d.domain", word.lower())
    yield _through("organisation_domain d", "d.organisation_id", beginning, values)
    like = "LIKE" if dialect() == "sqlite" else "ILIKE"  # of former names there are few
    yield _through("former_name n", "n.organisation_id", f"n.name {like} {{}}", (f"%{word}%",))
    yield from _by_email(word, "organisation_id")


def _of_person(word: str) -> Iterator[Condition]:
    yield from _by_email(word, "person_id")
    for key in sorted(filter(None, spellings(word))):
        beginning, values = beginning_with("g.sort_key", key)
        yield _through(
            "organisation g JOIN role r ON r.organisation_id = g.id AND r.until IS NULL",
            "r.person_id",
            beginning,
            values,
        )


def _by_email(word: str, column: str) -> Iterator[Condition]:
    if "@" in word or len(word) >= 3:
        beginning, values = beginning_with("e.key", word.lower())
        yield _through("email_address e", f"e.{column}", f"{beginning} AND e.{column} IS NOT NULL", values)


def beginning_with(column: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition that a column begins with *text*, as the dialect finds it along an index."""
    if dialect() == "sqlite":
        return f"{column} >= {{}} AND {column} < {{}}", (text, text + _LAST_SIGN)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{column} LIKE {{}}", (escaped + "%",)


def _through(source: str, column: str, condition: str, values: tuple[Any, ...]) -> Condition:
    """Return the condition that a row is told of in another table."""
    probe = f"SELECT {column} AS id FROM {source} WHERE {condition}"  # noqa: S608 - ours
    return Condition(
        f"EXISTS ({probe.replace(' WHERE ', f' WHERE {column} = o.id AND ', 1)})", values, probe, values
    )


def _equal(party: Party, column: str, value: Any) -> Condition:
    return Condition(
        f"{_unindexed('o.' + column)} = {{}}", (value,), _probe(party, f"{column} = {{}}"), (value,)
    )


def _probe(party: Party, condition: str) -> str:
    return f"SELECT id FROM {party.value} WHERE {condition}"  # noqa: S608 - ours


def _any_of(ids: Sequence[int]) -> Condition:
    numbers = ", ".join(str(int(one)) for one in ids)
    return Condition(f"o.id IN ({numbers})" if ids else "1 = 0")


def _one_of(these: Sequence[Condition]) -> Condition:
    """Return the condition that one of *these* holds."""
    if not these:
        return Condition("1 = 0")
    probes = [one.probe for one in these if one.probe is not None]
    probe = " UNION ALL ".join(probes) if len(probes) == len(these) else None
    return Condition(
        f"({' OR '.join(one.clause for one in these)})",
        tuple(value for one in these for value in one.values),
        probe,
        tuple(value for one in these for value in one.probe_values) if probe else (),
    )


def _unindexed(column: str) -> str:
    """Return a column so that SQLite walks along the list's order instead of this column's index."""
    return f"+{column}" if dialect() == "sqlite" else column


def as_json(wanted: Wanted) -> dict[str, Any]:
    """Return what is wanted as a row keeps it."""
    told = asdict(wanted)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in told.items()
        if value is not None
    }


def from_json(told: dict[str, Any]) -> Wanted:
    """Return what a row says is wanted."""
    values = dict(told)
    for name in ("contact_since", "contact_before"):
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    values["own"] = tuple((one[0], one[1]) for one in values.get("own", ()))
    if "ids" in values:
        values["ids"] = tuple(values["ids"])
    return Wanted(**values)
