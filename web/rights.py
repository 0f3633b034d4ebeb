"""Who may do what?  Every route names the right that it needs."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, TypeVar

from storage.staff import AccessRole

_Route = TypeVar("_Route", bound=Callable[..., Awaitable[Any]])
_OPEN = "_postbuch_from_anywhere"
_MARK = "__postbuch_right__"


class Right(StrEnum):
    """What a page or an operation of the API lets somebody do."""

    PUBLIC = "public"  # without login
    READ = "read"
    ACCOUNT = "account"  # one's own name, password, capture addresses, tokens, and what one captured
    EDIT = "edit"  # organisations and persons
    DECIDE = "decide"  # what is held, and which messages are one thread
    ADMINISTER = "administer"  # staff and the running of the service


_READER = frozenset({Right.PUBLIC, Right.READ, Right.ACCOUNT})
_STAFF = _READER | {Right.EDIT, Right.DECIDE}
RIGHTS: dict[AccessRole, frozenset[Right]] = {
    AccessRole.READER: _READER,
    AccessRole.STAFF: _STAFF,
    AccessRole.MARKETER: _STAFF,
    AccessRole.ADMINISTRATOR: frozenset(Right),
}


class MissingRight(TypeError):
    """A route that names no right: it is served to nobody."""


def allowed(right: Right) -> Callable[[_Route], _Route]:
    """Mark a page or operation with the right that it needs."""

    def mark(route: _Route) -> _Route:
        setattr(route, _MARK, right)
        return route

    return mark


def from_anywhere(route: _Route) -> _Route:
    """Mark a page whose form stands on the sites of others: it must do nothing in anybody's name."""
    setattr(route, _OPEN, True)
    return route


def is_from_anywhere(route: Any) -> bool:
    """Tell whether forms of other sites may be sent to *route*."""
    return getattr(route, _OPEN, False) is True


def right_of(route: Any) -> Right:
    """Return the right that *route* was marked with; MissingRight if nobody thought of it."""
    right = getattr(route, _MARK, None)
    if not isinstance(right, Right):
        raise MissingRight(getattr(route, "__qualname__", repr(route)))
    return right


def may(access: AccessRole, right: Right) -> bool:
    """Tell whether staff of this access role have *right*."""
    return right in RIGHTS[access]
