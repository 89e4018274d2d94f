"""What the routes have in common: the atlas of the process, and how a request is refused."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus

from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pilotzones.atlas import current_atlas
from pilotzones.browser.assets import Asset, collect_assets
from pilotzones.errors import PilotZonesError
from pilotzones.tables.metadata import dump

ALWAYS_ASK = "no-cache"
MAX_QUERY_BYTES = 8192

METHODS = ["GET", "OPTIONS"]
ANYONE = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}

_log = logging.getLogger(__name__)


@cache
def current_assets() -> dict[str, Asset]:
    """Collect the files of the map once for the whole process, by name."""
    return collect_assets(current_atlas())


def base_of(base_path: str) -> str:
    """Write the path under which the app is served with a leading slash, or as nothing."""
    stripped = base_path.strip("/")
    return f"/{stripped}" if stripped else ""


def route(
    path: str,
    endpoint: Callable[[Request], Response | Awaitable[Response]],
    methods: Sequence[str] = METHODS,
) -> Route:
    """Make a route that answers 503 with the reason while the data are damaged.

    Parameters
    ----------
    path
        Its path.
    endpoint
        Answers a request; may raise `PilotZonesError`.
    methods
        The methods that it knows.

    Returns
    -------
    starlette.routing.Route
        For the list of routes.
    """
    telling = Middleware(ExceptionMiddleware, handlers={PilotZonesError: no_data})
    return Route(path, endpoint, methods=methods, middleware=[telling])


def refuse(
    status: HTTPStatus | int, message: str, details: Sequence[dict[str, str]] = ()
) -> Response:
    """Refuse a request, in the one shape that errors have.

    Parameters
    ----------
    status
        The HTTP status.
    message
        What is wrong.
    details
        Each with ``reason``; where a parameter is to blame also ``parameter``, ``value`` and
        ``used`` (what would do).

    Returns
    -------
    starlette.responses.Response
        JSON: ``{"error": {"status": …, "message": …, "details": […]}}``.
    """
    body = {"error": {"status": int(status), "message": message, "details": list(details)}}
    return Response(
        dump(body),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def send_bytes(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """Send a body, or the part of it that the request wants.

    Map programs read files over HTTP in parts. A request for several parts at once, or for a part
    of another version, gets the whole, as RFC 9110 allows.

    Parameters
    ----------
    request
        The request; its ``Range`` and ``If-Range`` count.
    body
        The whole body.
    headers
        The headers of the answer, with the ``ETag`` of the body.

    Returns
    -------
    starlette.responses.Response
        Status 200, 206, or 416 when the part begins after the end.
    """
    headers = {**headers, "Accept-Ranges": "bytes"}
    wanted = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("range", ""))
    same = request.headers.get("if-range", headers["ETag"]) == headers["ETag"]
    if request.method != "GET" or not wanted or not same:
        return Response(body, headers=headers)
    first, last = wanted[1], wanted[2]
    if not (first or last) or (first and last and int(last) < int(first)):
        # no valid range, which is as good as none
        return Response(body, headers=headers)
    start = int(first) if first else max(0, len(body) - int(last))
    stop = min(int(last) + 1, len(body)) if first and last else len(body)
    if start >= stop:
        response = shared(
            refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "there is no such part")
        )
        response.headers.update({"Content-Range": f"bytes */{len(body)}"})
        return response
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
    return Response(body[start:stop], status_code=HTTPStatus.PARTIAL_CONTENT, headers=headers)


def answered_early(request: Request) -> Response | None:
    """Answer a preflight, and refuse a query that no View could need; ``None`` for all else."""
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=ANYONE | PREFLIGHT)
    if len(request.scope["query_string"]) <= MAX_QUERY_BYTES:
        return None
    message = f"the query is longer than {MAX_QUERY_BYTES} bytes"
    return shared(refuse(HTTPStatus.REQUEST_URI_TOO_LONG, message))


async def no_data(_: Request, error: Exception) -> Response:
    """Answer while the data cannot be loaded."""
    _log.error("the data cannot be loaded: %s", error)
    details = [{"reason": str(error)}]
    return shared(refuse(HTTPStatus.SERVICE_UNAVAILABLE, "the data cannot be loaded", details))


def failure() -> Response:
    """Answer after a fault of the code."""
    return shared(refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "the answer could not be made"))


def unchanged(request: Request, headers: Mapping[str, str]) -> Response | None:
    """Answer a client that has the body already.

    Parameters
    ----------
    request
        The request; its ``If-None-Match`` counts.
    headers
        The headers of the answer, with the ``ETag`` of the body.

    Returns
    -------
    starlette.responses.Response or None
        Status 304; ``None`` where the client needs the body.
    """
    known = request.headers.get("if-none-match", "")
    tag = headers["ETag"]
    if not _knows(known, tag):
        return None
    # a client that has the compressed body must not take it for the plain one
    told = {**headers, "ETag": f"W/{tag}" if f"W/{tag}" in known else tag}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=told)


def _knows(header: str, tag: str) -> bool:
    """Tell whether an ``If-None-Match`` header names an entity tag."""
    known = [one.strip().removeprefix("W/") for one in header.split(",")]
    return tag in known or "*" in known


def takes_gzip(header: str) -> bool:
    """Tell whether an ``Accept-Encoding`` header takes gzip."""
    for one in header.lower().replace(" ", "").split(","):
        name, _, weight = one.partition(";q=")
        if name == "gzip":
            return not weight or bool(weight.strip("0."))
    return False


def shared(response: Response) -> Response:
    """Let the scripts of any site read a response."""
    response.headers.update(ANYONE)
    return response
