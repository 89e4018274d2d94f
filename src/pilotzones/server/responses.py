"""What the answers have in common: the shape of errors, parts of files, entity tags."""

import hashlib
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from pilotzones.atlas import Atlas
from pilotzones.atlas.matching import match_place
from pilotzones.errors import Problem, UnknownPlaceError, UnknownZoneError
from pilotzones.tables.metadata import dump
from pilotzones.tables.upload import MAX_BYTES
from pilotzones.text import excerpt

ALWAYS_ASK = "no-cache"
# scripts of any site may read the answers
ANYONE = {"Access-Control-Allow-Origin": "*"}
MAX_QUERY_BYTES = 8192
# for a table to come
MOST_SECONDS = 60

MESSAGES = {
    HTTPStatus.BAD_REQUEST: "the query has values that are not understood",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address is read with GET",
    HTTPStatus.PRECONDITION_FAILED: "the answer is no longer the one that If-Match names",
    HTTPStatus.REQUEST_TIMEOUT: f"no table came within {MOST_SECONDS} seconds",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "a table has at most "
    f"{MAX_BYTES // 1_000_000} MB; split it",
    HTTPStatus.REQUEST_URI_TOO_LONG: f"the query is longer than {MAX_QUERY_BYTES} bytes",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "there is no such part",
    HTTPStatus.INTERNAL_SERVER_ERROR: "the answer could not be made",
    HTTPStatus.SERVICE_UNAVAILABLE: "the data cannot be loaded",
}

_log = logging.getLogger(__name__)


def refuse(
    status: HTTPStatus,
    message: str = "",
    *,
    problems: Sequence[Problem] = (),
    reason: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Refuse a request, in the one shape of errors.

    The body is ``{"error": {"status": …, "message": …, "details": […]}}``; a detail is a problem
    of a parameter, or has a ``reason`` alone. The usual message of a status is in `MESSAGES`.
    """
    details = [problem.details() for problem in problems]
    if reason:
        details.append({"reason": reason})
    error = {"status": int(status), "message": message or MESSAGES[status], "details": details}
    return Response(
        dump({"error": error}),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store", **ANYONE, **(headers or {})},
    )


def unknown_zone(atlas: Atlas, zone_id: str) -> Response:
    """Refuse a path that names no zone, with the closest zones."""
    value, closest = excerpt(zone_id), atlas.register.closest_zone_ids(zone_id)
    message = str(UnknownZoneError(value, closest))
    problem = Problem("zone_id", value, "unknown zone", closest=tuple(closest))
    return refuse(HTTPStatus.NOT_FOUND, message, problems=[problem])


def unknown_place(atlas: Atlas, adcode: str) -> Response:
    """Refuse a path that names no place, with the places that the text may mean."""
    match = match_place(atlas.places, adcode)
    closest = match.candidates or ((match.adcode,) if match.adcode else ())
    value = excerpt(adcode)
    problem = Problem("adcode", value, "unknown place", closest=closest)
    message = str(UnknownPlaceError(value))
    return refuse(HTTPStatus.NOT_FOUND, message, problems=[problem])


async def no_data(_: Request, error: Exception) -> Response:
    """Answer while the data cannot be loaded."""
    _log.error("the data cannot be loaded: %s", error)
    return refuse(HTTPStatus.SERVICE_UNAVAILABLE, reason=str(error))


def failure() -> Response:
    """Answer after a fault of the code."""
    return refuse(HTTPStatus.INTERNAL_SERVER_ERROR)


def entity_tag(*parts: str) -> str:
    """Calculate a strong entity tag from all that an answer depends on."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:32]}"'


def tagged(tag: str, cache_control: str = ALWAYS_ASK) -> dict[str, str]:
    """Headers of an answer that a client may keep under its entity tag."""
    return {"ETag": tag, "Cache-Control": cache_control, **ANYONE}


def not_modified(request: Request, headers: Mapping[str, str]) -> Response | None:
    """Answer 304 to a client whose ``If-None-Match`` names the tag; ``None`` to the others.

    412 to one whose ``If-Match`` does not: it wants no other version.
    """
    known = request.headers.get("if-none-match", "")
    tag = headers["ETag"]
    wanted = request.headers.get("if-match", "*")
    if "*" not in wanted and tag not in (one.strip() for one in wanted.split(",")):
        return refuse(HTTPStatus.PRECONDITION_FAILED)
    if not _names(known, tag):
        return None
    # a client that has the compressed body must not take it for the plain one
    known_tag = f"W/{tag}" if f"W/{tag}" in known else tag
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**headers, "ETag": known_tag})


def _names(header: str, tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in header.split(",")]
    return tag in tags or "*" in tags


def send_bytes(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """Send a body (200), the part that the request wants (206), or refuse a part beyond it (416).

    Map programs read files over HTTP in parts. A request for several parts at once, or for a part
    of another version, gets the whole, as RFC 9110 allows. The headers must have an ``ETag``.
    """
    headers = {**headers, "Accept-Ranges": "bytes"}
    part = _part(request, len(body), headers["ETag"])
    if part is None:
        return Response(body, headers=headers)
    if not part:
        return refuse(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{len(body)}"},
        )
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(body)}"
    content = body[part.start : part.stop]
    return Response(content, status_code=HTTPStatus.PARTIAL_CONTENT, headers=headers)


def _part(request: Request, size: int, tag: str) -> range | None:
    """Positions of the bytes that a request wants; ``None`` for the whole."""
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("range", ""))
    same_version = request.headers.get("if-range", tag) == tag
    if request.method != "GET" or not found or not same_version:
        return None
    first, last = found[1], found[2]
    if not (first or last) or (first and last and int(last) < int(first)):
        # an invalid range counts as none
        return None
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1, size) if last else size)


def without_compression(scope: Scope) -> Scope:
    """Return the scope of a request as if its client took no compressed answer."""
    kept = [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]
    return {**scope, "headers": kept}


def takes_gzip(header: str) -> bool:
    """Whether an ``Accept-Encoding`` header takes gzip."""
    for one in header.lower().replace(" ", "").split(","):
        name, _, weight = one.partition(";q=")
        if name == "gzip":
            return not weight or bool(weight.strip("0."))
    return False
