"""The API over HTTP: every table of a View at its own address, in every format."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from uuid import uuid4

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from pilotzones.atlas import current_atlas
from pilotzones.build import build
from pilotzones.errors import InvalidValueError, PilotZonesError, TableTooLargeError
from pilotzones.once import made_once
from pilotzones.parameters import CITATION_FORMATS
from pilotzones.query.citations import Seen
from pilotzones.query.reader import china_today
from pilotzones.server.body import read_body
from pilotzones.server.fact_operations import FACT_OPERATIONS
from pilotzones.server.openapi import describe
from pilotzones.server.operations import PREFIX, Operation, Question
from pilotzones.server.place_operations import PLACE_OPERATIONS
from pilotzones.server.questions import preferred_format, read_question
from pilotzones.server.queue import Queue, client_of
from pilotzones.server.responses import (
    ANYONE,
    MESSAGES,
    entity_tag,
    failure,
    not_modified,
    refuse,
    send_bytes,
    tagged,
    unknown_place,
    unknown_zone,
)
from pilotzones.server.routing import route, site
from pilotzones.server.view_operations import VIEW_OPERATIONS
from pilotzones.tables.feeds import FEED_FORMATS
from pilotzones.tables.metadata import dump
from pilotzones.tables.upload import read_table
from pilotzones.text import excerpt

KEPT_BODIES = 8
MAX_WAITING = 6


def _index(question: Question) -> bytes:
    paths = {operation.path: operation.summary for operation in OPERATIONS}
    return dump({"data_version": question.answer.atlas.data_version, "paths": paths})


def _openapi(question: Question) -> bytes:
    return dump(describe(OPERATIONS, question.answer))


OPERATIONS = (
    Operation("/", "the paths of the API", _index, takes_view=False, versioned=False),
    *VIEW_OPERATIONS,
    *PLACE_OPERATIONS,
    *FACT_OPERATIONS,
    Operation(
        "/openapi.json",
        "this description, as OpenAPI 3.1",
        _openapi,
        takes_view=False,
        versioned=False,
    ),
)

_ZONES = next(operation for operation in OPERATIONS if operation.path == "/zones")

# panels and lists take seconds; each holds some hundred megabytes at most
_slow = Queue("answers of this kind", MAX_WAITING)


def api_routes(base: str) -> list[BaseRoute]:
    """Routes of everything below ``/api/v1``, its errors as JSON, and of ``/zones.csv``."""
    api = Starlette(
        routes=[*_format_routes(), *map(_operation_route, OPERATIONS)],
        # an application of its own, so that its errors do not become pages
        exception_handlers={HTTPException: _http_error, Exception: lambda *_: failure()},
    )
    api.router.redirect_slashes = False
    return [
        route(f"{base}{PREFIX}", partial(_to_index, f"{base}{PREFIX}/")),
        Mount(f"{base}{PREFIX}", app=api),
        route(f"{base}/zones.csv", partial(_respond, _ZONES, file_format="csv")),
    ]


def _operation_route(operation: Operation) -> Route:
    if operation.method == "POST":
        return route(operation.path, partial(_receive, operation), ["POST", "OPTIONS"])
    endpoint = _respond_in_turn if operation.slow else _respond
    return route(operation.path, partial(endpoint, operation))


def _format_routes() -> Iterator[Route]:
    """Yield the routes of the addresses that end in a format, such as ``/zones.csv``."""
    for operation in OPERATIONS:
        if operation.method == "GET" and len(operation.formats) > 1:
            endpoint = _respond_in_turn if operation.slow else _respond
            for name in operation.formats:
                path = f"{operation.path}.{name}"
                yield route(path, partial(endpoint, operation, file_format=name))


def _to_index(index: str, request: Request) -> Response:
    query = request.url.query
    return RedirectResponse(f"{index}?{query}" if query else index, headers=ANYONE)


def _respond(operation: Operation, request: Request, file_format: str = "") -> Response:
    found = _understand(operation, request, file_format)
    return found if isinstance(found, Response) else _send(operation, request, found)


async def _respond_in_turn(
    operation: Operation, request: Request, file_format: str = ""
) -> Response:
    found = await run_in_threadpool(_understand, operation, request, file_format)
    if isinstance(found, Response):
        return found
    tag = question_tag(operation, found)
    return not_modified(request, _headers(operation, found)) or await _slow.answer(
        tag, partial(_send, operation, request, found), client_of(request)
    )


async def _receive(operation: Operation, request: Request) -> Response:
    """Answer for the table in the body of a request, which is kept only as long as that takes."""
    found = await run_in_threadpool(_understand, operation, request)
    if isinstance(found, Response):
        return found
    body = await read_body(request)
    if isinstance(body, Response):
        return body
    make = partial(_send_for_table, operation, found, body)
    return await _slow.answer(uuid4().hex, make, client_of(request))


def _send_for_table(operation: Operation, question: Question, body: bytes) -> Response:
    try:
        content = operation.body(replace(question, table=read_table(body)))
    except TableTooLargeError as error:
        return refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))
    except InvalidValueError as error:
        return refuse(HTTPStatus.BAD_REQUEST, problems=error.problems)
    except PilotZonesError as error:
        return refuse(HTTPStatus.BAD_REQUEST, str(error))
    headers = _headers(operation, question)
    del headers["ETag"]
    return Response(content, headers=headers | {"Cache-Control": "no-store"})


def _understand(
    operation: Operation, request: Request, file_format: str = ""
) -> Question | Response:
    """Read the question, or refuse it."""
    atlas = current_atlas()
    zone_id, adcode = (request.path_params.get(name, "") for name in ("zone_id", "adcode"))
    pairs = request.query_params.multi_items()
    negotiated = not (file_format or any(name == "format" for name, _ in pairs))
    if negotiated:
        file_format = preferred_format(operation, request.headers.get("accept", ""))
    question, problems = read_question(
        operation, atlas, pairs, subject=zone_id or adcode, file_format=file_format
    )
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    question = replace(question, negotiated=negotiated)
    atlas = question.answer.atlas
    if zone_id and zone_id not in atlas.register.zones.index:
        return unknown_zone(atlas, zone_id)
    if adcode and adcode not in atlas.places.rows:
        return unknown_place(atlas, adcode)
    if question.file_format in CITATION_FORMATS:
        question = replace(question, seen=Seen(_site(request), china_today()))
    if question.file_format in FEED_FORMATS:
        question = replace(question, address=_address(request))
    return question


def _address(request: Request) -> str:
    """Return the address of a request as the client sees it."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{site(request, request.url.path)}{query}"


def _site(request: Request) -> str:
    """Return the address of the app, with a slash at the end."""
    base = request.scope.get("root_path", "").removesuffix(PREFIX)
    return f"{site(request, base)}/"


def _send(operation: Operation, request: Request, question: Question) -> Response:
    headers = _headers(operation, question)
    if unchanged := not_modified(request, headers):
        return unchanged
    try:
        body = operation.body(question) if operation.slow else _body(operation, question)
    except InvalidValueError as error:
        return refuse(HTTPStatus.BAD_REQUEST, problems=error.problems)
    return send_bytes(request, body, headers)


def _headers(operation: Operation, question: Question) -> dict[str, str]:
    headers = tagged(question_tag(operation, question))
    headers["Access-Control-Expose-Headers"] = "ETag, Content-Disposition, Content-Range"
    if operation.file_name:
        # a browser shows what it can
        how = "inline" if question.file_format in ("json", "geojson") else "attachment"
        name = operation.file_name(question)
        headers["Content-Disposition"] = f'{how}; filename="{name}"'
    headers["Content-Type"] = operation.media_type_of(question.file_format)
    if question.negotiated:
        headers["Vary"] = "Accept"
    return headers


@made_once(KEPT_BODIES)
def _body(operation: Operation, question: Question) -> bytes:
    # a map program asks for the parts of a file one by one
    return operation.body(question)


def question_tag(operation: Operation, question: Question) -> str:
    """Calculate the entity tag of an answer without writing the answer."""
    return entity_tag(
        question.answer.atlas.fingerprint,
        build(),
        operation.path,
        *question.key(),
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
