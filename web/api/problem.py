"""What went wrong, as programs read it: problem details (RFC 9457)."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS = 50


class Wrong(BaseModel):
    """One thing that is wrong: a *pointer* into the body (RFC 6901), or a *parameter* of the address."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class ProblemDetails(BaseModel):
    """What went wrong; `errors` tells wrong input one by one."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Wrong] | None = None


class Problem(Exception):
    """An answer that is none: its status, what to do about it, and what exactly is wrong."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Wrong] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers

    def response(self) -> web.Response:
        """Return it as an answer."""
        details = ProblemDetails(
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            errors=list(self.errors) or None,
        )
        return web.Response(
            body=details.model_dump_json(exclude_none=True).encode(),
            status=self.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )


def wrong_field(pointer: str, detail: str, *, status: int = 422) -> Problem:
    """Return the problem that one place of the body is wrong."""
    return Problem(status, "The body is not as it must be.", errors=[Wrong(pointer=pointer, detail=detail)])


def wrong_parameter(name: str, detail: str, *, status: int = 422) -> Problem:
    """Return the problem that one parameter of the address is wrong."""
    errors = [Wrong(parameter=name, detail=detail)]
    return Problem(status, "A parameter of the address is not as it must be.", errors=errors)


def wrong_body(error: ValidationError) -> Problem:
    """Return what is wrong with a body; one that is no JSON at all is 400."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    errors = [Wrong(pointer=_pointer(one["loc"]), detail=one["msg"]) for one in found[:_MOST_ERRORS]]
    if any(one["type"] == "json_invalid" for one in found):
        return Problem(400, "The body is no JSON in UTF-8.", errors=errors)
    return Problem(422, "The body is not as it must be.", errors=errors)


def wrong_query(error: ValidationError) -> Problem:
    """Return what is wrong with the parameters of an address."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    errors = [
        Wrong(parameter=str(one["loc"][0]), detail=one["msg"]) for one in found[:_MOST_ERRORS] if one["loc"]
    ]
    return Problem(422, "A parameter of the address is not as it must be.", errors=errors)


def _pointer(where: Iterable[Any]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in where)
