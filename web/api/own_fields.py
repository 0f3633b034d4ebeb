"""Own fields: which there are."""

from aiohttp import web

from storage import own_fields
from storage.correspondents import Party
from storage.own_fields import OwnFieldKind
from web.api.fields import Answer
from web.api.operation import Area
from web.rights import Right

area = Area("own-fields", "Fields that the firm defined for its organisations and persons.")


class OwnFieldAnswer(Answer):
    """A field that the firm defined; *choices* where its kind is a choice."""

    id: int
    party: Party
    name: str
    kind: OwnFieldKind
    choices: list[str]
    archived: bool


class OwnFieldList(Answer):
    """All own fields."""

    rows: list[OwnFieldAnswer]


@area.operation("GET", "/own-fields", Right.READ)
async def list_own_fields(request: web.Request) -> OwnFieldList:
    """List the fields that the firm defined, archived ones too"""
    return OwnFieldList(rows=[OwnFieldAnswer.model_validate(one) for one in await own_fields.all_fields()])
