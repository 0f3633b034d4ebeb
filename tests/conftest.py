"""What every test may ask for: a fresh database of either kind, and the corpus."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from storage.connect import connected
from storage.schema import migrate
from tests.servers.postgres import cluster

DATABASES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The administrator's URL of a throw-away PostgreSQL cluster that all workers share."""
    with cluster(shared=tmp_path_factory.getbasetemp().parent) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows, to be copied."""
    path = tmp_path_factory.mktemp("template") / "postbuch.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> Iterator[str]:
    """The name of a migrated PostgreSQL database without rows, to be copied."""
    with _new_database(postgres_url) as (name, url):
        asyncio.run(migrate(url))
        yield name


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "postbuch.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgres_template")
    with _new_database(request.getfixturevalue("postgres_url"), template) as (_, url):
        yield url


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'postbuch.db'}"
        return
    with _new_database(request.getfixturevalue("postgres_url")) as (_, url):
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """Connect the test to `database_url`."""
    async with connected(database_url):
        yield database_url


@pytest.fixture
def corpus_dir() -> Path:
    """The folder of real-world inputs, where the setting CORPUS_DIR names one."""
    folder = os.environ.get("CORPUS_DIR")
    if not folder:
        pytest.skip("CORPUS_DIR is not set")
    return Path(folder)


@contextmanager
def _new_database(admin_url: str, template: str = "template1") -> Iterator[tuple[str, str]]:
    name = f"postbuch_{secrets.token_hex(6)}"
    asyncio.run(_administer(admin_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield name, urlsplit(admin_url)._replace(path=f"/{name}").geturl()
    finally:
        asyncio.run(_administer(admin_url, f"DROP DATABASE {name} WITH (FORCE)"))


async def _administer(admin_url: str, statement: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
