"""A program that speaks to the API with a token, on either database."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from ingest.accept import accepting
from ingest.source import Accept
from mail.address import Address
from storage import logins, roster
from storage.jobs import TableQueue
from storage.staff import AccessRole, Staff
from web.api.operation import PREFIX

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a program is told of what went wrong."""

    status: int
    detail: str
    errors: list[dict[str, str]]
    headers: Mapping[str, str]


@dataclass(slots=True)
class Program:
    """Something that calls the API, in the name of *staff* where it has a token."""

    client: TestClient[Any, Any]
    token: str = ""
    staff: Staff | None = None

    async def call(self, method: str, path: str, **options: Any) -> ClientResponse:
        """Call an operation by its path below the prefix, or by a whole path as answers name it."""
        headers = dict(options.pop("headers", {}))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        path = path if path.startswith("/api/") else PREFIX + path
        return await self.client.request(method, path, headers=headers, allow_redirects=False, **options)

    async def got(self, path: str, **options: Any) -> Any:
        """Return what a GET answers."""
        return await self.done("GET", path, **options)

    async def done(self, method: str, path: str, *, status: int = 200, **options: Any) -> Any:
        """Return what an operation that must work answers."""
        response = await self.call(method, path, **options)
        assert response.status == status, (path, response.status, await response.text())
        if status == 204:
            assert await response.read() == b""
            return None
        assert response.content_type == "application/json"
        answer = await response.json()
        if status in {201, 202}:
            assert response.headers["Location"] == f"{response.url.path}/{answer['id']}"
        return answer

    async def problem(self, method: str, path: str, **options: Any) -> Problem:
        """Return what an operation that must not work is told; its shape is that of RFC 9457."""
        response = await self.call(method, path, **options)
        assert response.content_type == MEDIA_TYPE, (path, response.status, await response.text())
        told = await response.json()
        assert told.keys() <= {"type", "title", "status", "detail", "errors"}
        assert (told["type"], told["status"], told["title"]) == (
            "about:blank",
            response.status,
            response.reason,
        )
        assert response.headers["Cache-Control"] == "private, no-store"
        return Problem(response.status, told["detail"], told.get("errors", []), response.headers)


async def colleague(name: str, address: str, access: AccessRole = AccessRole.STAFF) -> Staff:
    """Add somebody who needs no password: programs act for them."""
    parsed = Address.parse(address)
    assert parsed
    new = roster.NewStaff(name=name, address=parsed, access=access, language="en")
    return await roster.add(new, by=None)


NewProgram = Callable[[AccessRole | None], Awaitable[Program]]


@pytest.fixture
async def accept(database: str) -> AsyncIterator[Accept]:
    """Takes mail as the service does."""
    async with accepting(TableQueue(), on_accepted=lambda: None) as accept:
        yield accept


@pytest.fixture
async def new_program(server: TestServer) -> AsyncIterator[NewProgram]:
    """Gives programs with a token of somebody of an access role, or (None) without a token."""
    opened: list[TestClient[Any, Any]] = []

    async def make(access: AccessRole | None = AccessRole.STAFF) -> Program:
        client: TestClient[Any, Any] = TestClient(server)
        opened.append(client)
        if access is None:
            return Program(client)
        staff = await colleague(f"Somebody, {access}", f"{access}@muster.ch", access)
        return Program(client, await logins.make_api_token(staff.id, "a program"), staff)

    yield make
    for client in opened:
        await client.close()


@pytest.fixture
async def program(new_program: NewProgram) -> Program:
    """A program of a staff member."""
    return await new_program(AccessRole.STAFF)
