"""Who does a token act as?"""

from aiohttp import web

from storage.staff import AccessRole
from web.api.fields import Answer
from web.api.operation import Area
from web.rights import RIGHTS, Right
from web.session import STAFF

area = Area("me", "Who the token acts as.")


class Me(Answer):
    """The staff member in whose name the program acts, and what they may do."""

    id: int
    name: str
    login: str
    language: str
    access: AccessRole
    rights: list[Right]


@area.operation("GET", "/me", Right.READ)
async def me(request: web.Request) -> Me:
    """Tell who the token acts as"""
    staff = request[STAFF]
    return Me(
        id=staff.id,
        name=staff.name,
        login=staff.login,
        language=staff.language,
        access=staff.access,
        rights=[right for right in Right if right in RIGHTS[staff.access]],
    )
