"""The API over HTTP: every table of a View at an address of its own, in every format.

What it answers is listed in :mod:`pilotzones.server.operations`; here requests are read, refused
and answered.
"""

import hashlib
from functools import lru_cache, partial
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

import pilotzones
from pilotzones.atlas import Atlas
from pilotzones.atlas.atlas import current_atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.errors import PilotZonesError
from pilotzones.query.view import parse_view
from pilotzones.server.operation import Operation, Question
from pilotzones.server.operations import OPERATIONS, PREFIX
from pilotzones.server.responses import (
    ALWAYS_ASK,
    ANYONE,
    METHODS,
    answered_early,
    base_of,
    failure,
    no_data,
    refuse,
    route,
    send_bytes,
    shared,
    unchanged,
)
from pilotzones.text import excerpt

KEPT_ANSWERS = 8

_ZONES = next(operation for operation in OPERATIONS if operation.path == "/zones")


def api_routes(base: str) -> list[BaseRoute]:
    """Make the routes of the API, and that of ``zones.csv``, to which the page links.

    Parameters
    ----------
    base
        The path under which the app is served: empty at the root of a host.

    Returns
    -------
    list of starlette.routing.BaseRoute
        Whatever is asked below ``/api/v1`` is answered by them, errors as JSON.
    """
    base = base_of(base)
    routes = [
        Route(operation.path, partial(_answer, operation), methods=METHODS)
        for operation in OPERATIONS
    ]
    # an application of its own, so that its errors do not become pages
    api = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _http_error,
            PilotZonesError: no_data,
            Exception: lambda *_: failure(),
        },
    )
    api.router.redirect_slashes = False
    return [
        route(f"{base}{PREFIX}", partial(_to_index, f"{base}{PREFIX}/")),
        Mount(f"{base}{PREFIX}", app=api),
        route(f"{base}/zones.csv", partial(_answer, _ZONES, form="csv")),
    ]


def _to_index(index: str, request: Request) -> Response:
    if early := answered_early(request):
        return early
    query = request.url.query
    return shared(RedirectResponse(f"{index}?{query}" if query else index))


def _answer(operation: Operation, request: Request, form: str = "") -> Response:
    if early := answered_early(request):
        return early
    atlas = current_atlas()
    question, problems = _understand(operation, request, atlas, form)
    if problems:
        message = "the query has values that are not understood"
        return shared(refuse(HTTPStatus.BAD_REQUEST, message, problems))
    if question.zone_id and question.zone_id not in atlas.register.zones.index:
        return shared(_unknown_zone(atlas, question.zone_id))
    return _send(operation, request, question)


def _send(operation: Operation, request: Request, question: Question) -> Response:
    tag = etag(operation, question)
    headers = {"ETag": tag, "Cache-Control": ALWAYS_ASK, **ANYONE}
    headers["Access-Control-Expose-Headers"] = "ETag, Content-Disposition, Content-Range"
    if not_modified := unchanged(request, headers):
        return not_modified
    if operation.name:
        # what a browser can show it shows
        how = "inline" if question.form in ("json", "geojson") else "attachment"
        headers["Content-Disposition"] = f'{how}; filename="{operation.name(question)}"'
    headers["Content-Type"] = operation.type_of(question.form)
    return send_bytes(request, _body(operation, question), headers)


@lru_cache(maxsize=KEPT_ANSWERS)
def _body(operation: Operation, question: Question) -> bytes:
    # a map program asks for the parts of a file one by one
    return operation.answer(question)


def etag(operation: Operation, question: Question) -> str:
    """Name the answer to a question without making it.

    Parameters
    ----------
    operation
        What is asked for.
    question
        The question.

    Returns
    -------
    str
        A strong entity tag; it changes with the data, the version of the code and the question.
    """
    said = [
        question.atlas.fingerprint,
        pilotzones.__version__,
        operation.path,
        question.zone_id,
        question.form,
        question.level,
        question.view.query(),
    ]
    digest = hashlib.sha256("\0".join(said).encode()).hexdigest()
    return f'"{digest[:32]}"'


def _understand(
    operation: Operation, request: Request, atlas: Atlas, form: str
) -> tuple[Question, list[dict[str, str]]]:
    pairs = request.query_params.multi_items()
    own = {"format": operation.formats, "level": LEVELS}
    known = {
        name: allowed
        for name, allowed in own.items()
        # the address has said the format already
        if name in operation.parameters and not (form and name == "format")
    }
    chosen = {name: [value for key, value in pairs if key == name] for name in known}
    others = [(name, value) for name, value in pairs if name not in known]
    view, problems = parse_view(others, atlas)
    details = [problem.details() for problem in problems]
    if operation.table:
        known_problems = {problem.parameter for problem in problems}
        details += [
            _problem(*pair, "not a filter of this table")
            for pair in others
            if pair[0] in operation.table.without and pair[0] not in known_problems
        ]
    if not operation.takes_view:
        said = [pair for pair in others if not pair[0].startswith("utm_")]
        details = [_problem(*pair, "unknown parameter") for pair in said]
    for name, values in chosen.items():
        allowed = ", ".join(known[name])
        wrong = [value for value in values if value not in known[name]]
        details += [_problem(name, value, f"unknown {name}", allowed) for value in wrong]
        if len(values) > 1 and not wrong:
            details.append(_problem(name, values[0], "given twice", values[-1]))
    form = form or next(iter(chosen.get("format", [])), operation.formats[0])
    level = next(iter(chosen.get("level", [])), LEVELS[0])
    zone_id = request.path_params.get("zone_id", "")
    return Question(atlas, view, form, level, zone_id), details


def _problem(parameter: str, value: str, reason: str, used: str = "") -> dict[str, str]:
    told = {"parameter": excerpt(parameter), "value": excerpt(value)}
    return {**told, "reason": reason, "used": used}


def _unknown_zone(atlas: Atlas, zone_id: str) -> Response:
    closest = ", ".join(atlas.register.closest_zone_ids(zone_id))
    message = f"no zone is called {excerpt(zone_id)!r}"
    if closest:
        message += f"; did you mean {closest}?"
    detail = _problem("zone_id", zone_id, "unknown zone", closest)
    return refuse(HTTPStatus.NOT_FOUND, message, [detail])


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    messages = {
        HTTPStatus.NOT_FOUND: f"there is no {excerpt(request.url.path)}; "
        f"{request.scope.get('root_path', '')}/openapi.json lists what there is",
        HTTPStatus.METHOD_NOT_ALLOWED: "the API is read with GET",
    }
    status = HTTPStatus(error.status_code)
    response = shared(refuse(status, messages.get(status, error.detail)))
    response.headers.update(error.headers or {})
    return response
