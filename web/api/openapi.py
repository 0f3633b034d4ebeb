"""The document of the API (OpenAPI 3.1), made of the operations themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from re import findall
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from web.api.operation import JSON, PREFIX, Area, Operation
from web.api.problem import MEDIA_TYPE, ProblemDetails
from web.rights import Right

Schema = dict[str, Any]
_TOKEN = "token"  # noqa: S105 - what the scheme is called
_SCHEMAS = "#/components/schemas/"
_ID = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_ALWAYS = (401, 403, 500, 503)
_WITH_BODY = (400, 413, 415, 422)
_WITH_QUERY = (400, 422)
_HEADERS = {401: "WWW-Authenticate", 503: "Retry-After"}
_INTRODUCTION = """\
Who exchanged what with whom, and when: organisations, persons, entries of the contact history, messages.

A list answers one page; pass its `after` as the parameter `after` to get the next. What goes wrong is told
as problem details (RFC 9457). Times are UTC."""


def document(areas: Iterable[Area], *, staff_url: str) -> Schema:
    """Return the document for an installation at *staff_url*."""
    areas = list(areas)
    operations = [operation for area in areas for operation in area.operations]
    schemas = _schemas(operations)
    paths: Schema = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    for model in {operation.query for operation in operations if operation.query}:
        del schemas[model.__name__]
    problems = sorted({status for operation in operations for status in _problems(operation)})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Postbuch", "version": "1", "description": _INTRODUCTION},
        "servers": [{"url": staff_url.rstrip("/") + PREFIX}],
        "security": [{_TOKEN: []}],
        "tags": [{"name": area.name, "description": area.about} for area in areas],
        "paths": paths,
        "components": {
            "securitySchemes": {_TOKEN: {"type": "http", "scheme": "bearer"}},
            "schemas": schemas,
            "responses": {_name(status): _problem(status) for status in problems},
        },
    }


def _schemas(operations: Sequence[Operation]) -> Schema:
    given = {model for one in operations for model in (one.query, one.body) if model}
    answers = {ProblemDetails} | {one.answer for one in operations if one.answer}
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in given]
    wanted += [(model, "serialization") for model in answers]
    wanted.sort(key=lambda one: one[0].__name__)
    _, made = models_json_schema(wanted, ref_template=_SCHEMAS + "{model}")
    schemas: Schema = made["$defs"]
    return schemas


def _operation(operation: Operation, schemas: Mapping[str, Schema]) -> Schema:
    described: Schema = {
        "operationId": operation.name,
        "tags": [operation.area],
        "summary": operation.summary,
        "responses": {str(operation.status): _answer(operation), **_problem_references(operation)},
    }
    if operation.right is Right.PUBLIC:
        described["security"] = []
    else:
        described["description"] = f"Needs the right `{operation.right}`."
    if parameters := [*_in_path(operation), *_in_query(operation, schemas)]:
        described["parameters"] = parameters
    if operation.body:
        schema = {"$ref": _SCHEMAS + operation.body.__name__}
        described["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    elif operation.takes != JSON:
        described["requestBody"] = {"required": True, "content": {operation.takes: {"schema": {}}}}
    return described


def _answer(operation: Operation) -> Schema:
    answer: Schema = {"description": HTTPStatus(operation.status).phrase}
    if operation.answer:
        answer["content"] = {JSON: {"schema": {"$ref": _SCHEMAS + operation.answer.__name__}}}
    elif operation.gives != JSON:
        answer["content"] = {operation.gives: {"schema": {}}}
    if operation.status in {201, 202}:
        answer["headers"] = {"Location": {"required": True, "schema": {"type": "string"}}}
    return answer


def _problems(operation: Operation) -> list[int]:
    found = set(operation.problems) | set(_ALWAYS)
    if "{" in operation.path:
        found.add(404)
    if operation.query:
        found.update(_WITH_QUERY)
    if operation.body or operation.takes != JSON:
        found.update(_WITH_BODY)
    return sorted(found)


def _problem_references(operation: Operation) -> Schema:
    return {str(one): {"$ref": f"#/components/responses/{_name(one)}"} for one in _problems(operation)}


def _problem(status: int) -> Schema:
    schema = {"$ref": _SCHEMAS + ProblemDetails.__name__}
    problem: Schema = {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    if header := _HEADERS.get(status):
        problem["headers"] = {header: {"required": True, "schema": {"type": "string"}}}
    return problem


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _in_path(operation: Operation) -> Iterator[Schema]:
    for name in findall(r"{(\w+)}", operation.path):
        yield {"name": name, "in": "path", "required": True, "schema": _ID}


def _in_query(operation: Operation, schemas: Mapping[str, Schema]) -> Iterator[Schema]:
    if operation.query is None:
        return
    schema = schemas[operation.query.__name__]
    for name, field in schema["properties"].items():
        known = {key: value for key, value in field.items() if key not in {"title", "description", "anyOf"}}
        # A parameter that is not there is left out: an address knows no null.
        for option in field.get("anyOf", ()):
            known |= option if option != {"type": "null"} else {}
        if known.get("default", "") is None:
            del known["default"]
        parameter = {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": known,
        }
        yield parameter | ({"description": field["description"]} if "description" in field else {})
