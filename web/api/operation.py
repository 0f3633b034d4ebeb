"""What is an operation of the API?  A function whose signature says what it takes and what it answers.

Its parameter `query` names the model of the address's parameters, `body` that of the
body, and what it returns is answered as JSON; an answer that is ready goes out as it is.
The OpenAPI document is made of the same (see `web.api.openapi`).
"""

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_type_hints

from aiohttp import web
from pydantic import BaseModel, ValidationError

from web.api.problem import Problem, wrong_body, wrong_parameter, wrong_query
from web.rights import Right, allowed

PREFIX = "/api/v1"
JSON = "application/json"
_HAS_AN_ADDRESS = frozenset({201, 202})
Act = Callable[..., Awaitable[BaseModel | web.StreamResponse | None]]
_Act = TypeVar("_Act", bound=Act)
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path; *problems* are the statuses of those that only it has."""

    method: str
    path: str
    right: Right
    act: Act
    name: str
    summary: str
    area: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    problems: Sequence[int] = ()
    takes: str = JSON
    gives: str = JSON

    def route(self) -> web.RouteDef:
        """Return what aiohttp serves."""

        @allowed(self.right)
        async def respond(request: web.Request) -> web.StreamResponse:
            return await self._response(request)

        return web.route(self.method, PREFIX + self.path, respond)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        given: dict[str, BaseModel] = {}
        if self.query:
            given["query"] = _query(request, self.query)
        if self.takes != JSON or self.body:
            self._require_type(request)
        if self.body:
            given["body"] = _read_body(self.body, await request.read())
        answer = await self.act(request, **given)
        if isinstance(answer, web.StreamResponse):
            return answer
        if answer is None:
            return web.Response(status=self.status)
        # What was made has its address below the list that it was sent to.
        made = {"Location": f"{request.path}/{answer.id}"} if self.status in _HAS_AN_ADDRESS else {}  # type: ignore[attr-defined]
        body = answer.model_dump_json().encode()
        return web.Response(body=body, status=self.status, content_type=JSON, headers=made)

    def _require_type(self, request: web.Request) -> None:
        if request.content_type != self.takes:
            raise Problem(
                415, f"Send the body as Content-Type: {self.takes}.", headers={"Accept": self.takes}
            )


@dataclass(slots=True)
class Area:
    """The operations of one part of the API, in the order of the document."""

    name: str
    about: str
    operations: list[Operation] = field(default_factory=list)

    def operation(self, method: str, path: str, right: Right, **more: Any) -> Callable[[_Act], _Act]:
        """Add the function below as an operation; *more* as in `Operation`."""

        def add(act: _Act) -> _Act:
            hints = get_type_hints(act)
            returns = hints["return"]
            told: dict[str, Any] = {
                "name": act.__name__,
                "summary": (inspect.getdoc(act) or "").partition("\n")[0],
                "query": hints.get("query"),
                "body": hints.get("body"),
                "answer": returns if issubclass(returns, BaseModel) else None,
                "status": 204 if issubclass(returns, type(None)) else 200,
            }
            self.add(
                Operation(method=method, path=path, right=right, act=act, area=self.name, **(told | more))
            )
            return act

        return add

    def add(self, operation: Operation) -> None:
        """Add an operation that was put together by hand."""
        self.operations.append(operation)


def checked(model: type[_Model], values: dict[str, Any]) -> _Model:
    """Return *values* as *model*; a Problem where they do not fit together."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise wrong_body(error) from None


def _read_body(model: type[_Model], octets: bytes) -> _Model:
    try:
        return model.model_validate_json(octets)
    except ValidationError as error:
        raise wrong_body(error) from None


def _query(request: web.Request, model: type[_Model]) -> _Model:
    for name in request.query:
        if len(request.query.getall(name)) > 1:
            raise wrong_parameter(name, "This is given more than once.")
    try:
        return model.model_validate_strings(dict(request.query))
    except ValidationError as error:
        raise wrong_query(error) from None
