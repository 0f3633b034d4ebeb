"""A browser without a screen: requests to the real application, on either database."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser as Chromium

from ingest.budget import Budget
from ingest.source import Accept
from mail.address import Address
from storage import roster
from storage.jobs import TableQueue
from storage.staff import AccessRole, Staff
from tests.servers.chromium import chromium
from web.application import application
from web.config import Health, WebConfig
from web.password import hashed

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


@dataclass(slots=True)
class Browser:
    """Somebody at the pages: follows no redirect by itself, and sends the token of its forms."""

    client: TestClient[Any, Any]
    token: str = ""

    async def get(self, path: str, **options: Any) -> ClientResponse:
        """Open a page."""
        return await self.client.get(path, allow_redirects=False, **options)

    async def text(self, path: str) -> str:
        """Return a page that must be there."""
        response = await self.get(path)
        assert response.status == 200, (path, response.status)
        return await response.text()

    async def post(self, path: str, /, **fields: str) -> ClientResponse:
        """Send a form as a browser does."""
        return await self.client.post(
            path, data={"form_token": self.token, **fields}, headers=self.own_origin, allow_redirects=False
        )

    @property
    def own_origin(self) -> dict[str, str]:
        """What a browser says with a form of our own."""
        return {"Origin": str(self.client.make_url("/")).rstrip("/"), "Sec-Fetch-Site": "same-origin"}

    async def log_in(self, login: str, password: str = PASSWORD) -> ClientResponse:
        """Log in, and read the token from a page with a form."""
        response = await self.post("/login", login=login, password=password)
        if response.status == 303:
            account = await self.get("/account")
            found = _TOKEN.search(await account.text()) if account.status == 200 else None
            self.token = found[1] if found else ""
        return response


NewBrowser = Callable[[], Awaitable[Browser]]


@pytest.fixture
def accept() -> Accept:
    """Takes no mail: these tests send none."""

    async def refuse(message: object) -> Any:
        raise AssertionError("no mail expected")

    return refuse


@pytest.fixture
def web_config(tmp_path: Path) -> WebConfig:
    """An installation of the firm Muster."""
    return WebConfig(
        staff_url="http://postbuch.test",
        secret_key=b"k" * 32,
        data_folder=tmp_path,
        capture_domain="postbuch.test",
        firm_name="Muster AG",
        version="0.1.0",
    )


@pytest.fixture
def budget() -> Budget:
    """As much mail in memory as a small machine allows."""
    return Budget(8 * 1024 * 1024)


@pytest.fixture
async def server(
    database: str, web_config: WebConfig, accept: Accept, budget: Budget
) -> AsyncIterator[TestServer]:
    """The application on a port of its own, over a fresh database."""

    async def well() -> Health:
        return Health(ok=True, checks={"database": "ok"})

    app = application(web_config, accept=accept, queue=TableQueue(), budget=budget, check_health=well)
    running = TestServer(app)
    await running.start_server()
    yield running
    await running.close()


@pytest.fixture
async def new_browser(server: TestServer) -> AsyncIterator[NewBrowser]:
    """Gives browsers that know nothing of each other."""
    opened: list[TestClient[Any, Any]] = []

    async def make() -> Browser:
        client: TestClient[Any, Any] = TestClient(server)
        opened.append(client)
        return Browser(client)

    yield make
    for client in opened:
        await client.close()


async def staff_member(
    name: str = "Rita Meier", address: str = "rita@muster.ch", access: AccessRole = AccessRole.STAFF
) -> Staff:
    """Add somebody who has chosen a password already."""
    parsed = Address.parse(address)
    assert parsed
    staff = await roster.add(
        roster.NewStaff(name=name, address=parsed, access=access, language="en"), by=None
    )
    await roster.set_password(staff.id, await hashed(PASSWORD), temporary=False, by=None)
    return staff


@pytest.fixture
async def browser(new_browser: NewBrowser) -> Browser:
    """A staff member's browser, logged in."""
    await staff_member()
    browser = await new_browser()
    await browser.log_in("rita@muster.ch")
    return browser


@pytest.fixture
async def administrators(new_browser: NewBrowser) -> Browser:
    """An administrator's browser, logged in."""
    await staff_member("Urs Chef", "urs@muster.ch", AccessRole.ADMINISTRATOR)
    browser = await new_browser()
    await browser.log_in("urs@muster.ch")
    return browser


@pytest.fixture
async def chrome() -> AsyncIterator[Chromium]:
    """A Chromium without a screen."""
    async with chromium() as running:
        yield running


@pytest.fixture
async def staff(database: str) -> Staff:
    """Rita, who may see everything."""
    return await staff_member(access=AccessRole.ADMINISTRATOR)
