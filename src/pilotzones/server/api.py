"""The API over HTTP: every table of a View at its own address, in every format."""

from functools import lru_cache, partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount

import pilotzones
from pilotzones.atlas import current_atlas
from pilotzones.server.openapi import describe
from pilotzones.server.operations import DATA_OPERATIONS, PREFIX, Operation, Question
from pilotzones.server.questions import read_question
from pilotzones.server.responses import (
    ANYONE,
    MESSAGES,
    entity_tag,
    failure,
    not_modified,
    refuse,
    send_bytes,
    tagged,
    unknown_zone,
)
from pilotzones.server.routing import route
from pilotzones.tables.metadata import dump
from pilotzones.text import excerpt

KEPT_BODIES = 8


def _index(question: Question) -> bytes:
    paths = {operation.path: operation.summary for operation in OPERATIONS}
    return dump({"data_version": question.answer.atlas.data_version, "paths": paths})


def _openapi(question: Question) -> bytes:
    return dump(describe(OPERATIONS, question.answer))


OPERATIONS = (
    Operation("/", "the paths of the API", _index, takes_view=False),
    *DATA_OPERATIONS,
    Operation("/openapi.json", "this description, as OpenAPI 3.1", _openapi, takes_view=False),
)

_ZONES = next(operation for operation in OPERATIONS if operation.path == "/zones")


def api_routes(base: str) -> list[BaseRoute]:
    """Routes of everything below ``/api/v1``, its errors as JSON, and of ``/zones.csv``."""
    api = Starlette(
        routes=[route(operation.path, partial(_respond, operation)) for operation in OPERATIONS],
        # an application of its own, so that its errors do not become pages
        exception_handlers={HTTPException: _http_error, Exception: lambda *_: failure()},
    )
    api.router.redirect_slashes = False
    return [
        route(f"{base}{PREFIX}", partial(_to_index, f"{base}{PREFIX}/")),
        Mount(f"{base}{PREFIX}", app=api),
        route(f"{base}/zones.csv", partial(_respond, _ZONES, file_format="csv")),
    ]


def _to_index(index: str, request: Request) -> Response:
    query = request.url.query
    return RedirectResponse(f"{index}?{query}" if query else index, headers=ANYONE)


def _respond(operation: Operation, request: Request, file_format: str = "") -> Response:
    atlas, zone_id = current_atlas(), request.path_params.get("zone_id", "")
    pairs = request.query_params.multi_items()
    question, problems = read_question(
        operation, atlas, pairs, zone_id=zone_id, file_format=file_format
    )
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    if zone_id and zone_id not in atlas.register.zones.index:
        return unknown_zone(atlas, zone_id)
    return _send(operation, request, question)


def _send(operation: Operation, request: Request, question: Question) -> Response:
    headers = tagged(question_tag(operation, question))
    headers["Access-Control-Expose-Headers"] = "ETag, Content-Disposition, Content-Range"
    if unchanged := not_modified(request, headers):
        return unchanged
    if operation.file_name:
        # a browser shows what it can
        how = "inline" if question.file_format in ("json", "geojson") else "attachment"
        name = operation.file_name(question)
        headers["Content-Disposition"] = f'{how}; filename="{name}"'
    headers["Content-Type"] = operation.media_type_of(question.file_format)
    return send_bytes(request, _body(operation, question), headers)


@lru_cache(maxsize=KEPT_BODIES)
def _body(operation: Operation, question: Question) -> bytes:
    # a map program asks for the parts of a file one by one
    return operation.body(question)


def question_tag(operation: Operation, question: Question) -> str:
    """Calculate the entity tag of an answer without writing the answer."""
    return entity_tag(
        question.answer.atlas.fingerprint,
        pilotzones.__version__,
        operation.path,
        question.zone_id,
        question.file_format,
        question.level,
        question.answer.view.query(),
    )


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    status = HTTPStatus(error.status_code)
    message = MESSAGES.get(status, error.detail)
    if status == HTTPStatus.NOT_FOUND:
        root = request.scope.get("root_path", "")
        path = excerpt(request.url.path)
        message = f"there is no {path}; {root}/openapi.json lists all paths"
    return refuse(status, message, headers=error.headers)
