"""The OpenAPI document: valid, complete, and true of what the running application does."""

import asyncio
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from aiohttp.test_utils import TestServer
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.web.api.conftest import NewProgram, Program
from tests.web.correspondence import entered, firm, mail, somebody
from web.api.areas import AREAS
from web.api.operation import PREFIX

OPERATIONS = [operation for area in AREAS for operation in area.operations]
# What a schema cannot say (a domain that nobody else has, a day before another) makes
# good-looking input wrong, so that not all of it can be accepted.
_UNCHECKED = ("positive_data_acceptance",)
# Persons have the same, by the same code.
_TWICE = re.compile(r"^/organisations/{organisation}/(?:emails|phones|postal-addresses)")
_SETTINGS: dict[str, Any] = {
    "seed": 1,
    "cache": {"enabled": False},
    "request-timeout": 60,
    "generation": {"mode": "all", "max-examples": 12, "database": "none", "deterministic": True},
    "phases": {
        "examples": {"enabled": False},
        "coverage": {"enabled": False},
        "stateful": {"enabled": False},
    },
    "checks": {name: {"enabled": False} for name in _UNCHECKED},
}


@schemathesis.serializer("message/rfc822")
def _as_mail(context: Any, value: Any) -> bytes:
    """Return something that could be a mail, or could not."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


async def _document(program: Program) -> dict[str, Any]:
    document: dict[str, Any] = await program.got("/openapi.json")
    return document


async def test_the_document_is_open_to_all_and_tells_every_operation(new_program: NewProgram):
    document = await _document(await new_program(None))
    assert document["openapi"] == "3.1.0"
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert told == {(one.method, one.path) for one in OPERATIONS}
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(set(names)) == len(names)


async def test_the_document_is_valid(new_program: NewProgram):
    schema = schemathesis.openapi.from_dict(await _document(await new_program(None)))
    schema.validate()


async def test_every_operation_and_parameter_is_explained(new_program: NewProgram):
    document = await _document(await new_program(None))
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"][0].isupper()
            assert {"401", "403", "500", "503"} <= operation["responses"].keys()
    assert all(area["description"] for area in document["tags"])


@pytest.mark.timeout(170)
async def test_the_application_does_what_the_document_says(program: Program, server: TestServer):
    assert program.staff
    organisation = await firm()
    person = await somebody(organisation)
    await entered(mail(attachment=b"x"), staff=program.staff, person=person, organisation=organisation)
    await entered(mail("held"), staff=program.staff, held="unknown-address")
    failures = await asyncio.to_thread(_failures, str(server.make_url(PREFIX)), program.token)
    assert not failures, "\n\n".join(failures)


def _failures(url: str, token: str) -> list[str]:
    """Return what random calls, right ones and wrong ones, find to be otherwise than the document says."""
    settings = _SETTINGS | {"base-url": url, "headers": {"Authorization": f"Bearer {token}"}}
    schema = schemathesis.openapi.from_url(
        f"{url}/openapi.json", config=SchemathesisConfig.from_dict(settings)
    )
    tried: set[str | None] = set()
    failures: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # what its own libraries warn of
        for event in from_schema(schema.exclude(path_regex=_TWICE.pattern)).execute():
            if isinstance(event, events.ScenarioFinished):
                tried.add(event.label)
            failures += _told(event)
    assert tried == {f"{one.method} {one.path}" for one in OPERATIONS if not _TWICE.match(one.path)}
    return sorted(set(failures))


def _told(event: events.EngineEvent) -> Iterator[str]:
    match event:
        case events.FatalError():
            raise event.exception
        case events.NonFatalError():
            yield f"{event.label}: {event.value!r}"
        case events.ScenarioFinished():
            for checks in event.recorder.checks.values():
                for check in checks:
                    if found := check.failure_info:
                        told = f"{found.failure.title}: {found.failure.message}\n{found.code_sample}"
                        yield f"{event.label}: {check.name}: {told}"
