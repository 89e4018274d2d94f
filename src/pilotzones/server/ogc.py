"""OGC API – Features (part 1, core) below ``/ogc``, to which map programs connect."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

import pilotzones
from pilotzones.atlas import Atlas, current_atlas
from pilotzones.build import build
from pilotzones.credits import CREDIT, LICENCE_URL
from pilotzones.errors import Problem, Reason
from pilotzones.query.reader import china_today, is_tracking
from pilotzones.query.versions import DATA, unknown_version
from pilotzones.server.responses import entity_tag, not_modified, refuse, send_bytes, tagged
from pilotzones.server.routing import route, site
from pilotzones.tables.collections import (
    COLLECTIONS,
    Box,
    Collection,
    Span,
    features_on,
    find_features,
)
from pilotzones.tables.metadata import dump
from pilotzones.text import excerpt

PREFIX = "/ogc"
JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}"
    for part in ("core", "geojson", "oas30")
)
ITEM_PARAMETERS = ("bbox", "datetime", "limit", "offset")
DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?")
_OPEN = ("", "..")


@dataclass(frozen=True)
class Call:
    """A request that was understood: the address of the API and the parameters, each given once."""

    atlas: Atlas
    root: str
    parameters: Mapping[str, str]
    collection: Collection | None = None
    feature: str = ""

    def link(
        self, rel: str, path: str = "", media_type: str = JSON, **query: str
    ) -> dict[str, str]:
        """Link to a path of the API, of the version of the data that was asked."""
        version = self.parameters.get(DATA)
        query |= {DATA: version} if version else {}
        address = f"{self.root}{path}" + (f"?{urlencode(query)}" if query else "")
        return {"rel": rel, "href": address, "type": media_type}


@dataclass(frozen=True)
class _Items:
    """What a request for features asks."""

    span: Span
    boxes: tuple[Box, ...]
    limit: int
    offset: int


class _RefusedError(Exception):
    """A request that is not answered."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def ogc_routes(base: str) -> list[BaseRoute]:
    """Routes of ``/ogc`` and below."""
    root, one = f"{base}{PREFIX}", "/collections/{collection}"
    answers: dict[str, tuple[Callable[[Call], Any], str, tuple[str, ...]]] = {
        "": (_landing, JSON, ()),
        "/": (_landing, JSON, ()),
        "/api": (_description, OPENAPI, ()),
        "/conformance": (lambda _: {"conformsTo": CONFORMANCE}, JSON, ()),
        "/collections": (_collections, JSON, ()),
        one: (lambda call: _describe(call, _collection(call)), JSON, ()),
        f"{one}/items": (_items, GEOJSON, ITEM_PARAMETERS),
        f"{one}/items/{{feature}}": (_item, GEOJSON, ()),
    }
    return [
        route(f"{root}{path}", partial(_answer, root, *answer)) for path, answer in answers.items()
    ]


def _answer(
    root: str,
    write: Callable[[Call], Any],
    media_type: str,
    parameters: tuple[str, ...],
    request: Request,
) -> Response:
    try:
        call = _read_call(current_atlas(), root, parameters, request)
        # without a day the answer is that of today
        seen = str(request.url), china_today().isoformat()
        tag = entity_tag(call.atlas.fingerprint, build(), *seen)
        headers = tagged(tag) | {"Content-Type": media_type}
        if unchanged := not_modified(request, headers):
            return unchanged
        return send_bytes(request, dump(write(call)), headers)
    except _RefusedError as refused:
        return refused.response


def _read_call(atlas: Atlas, root: str, parameters: Iterable[str], request: Request) -> Call:
    found: dict[str, str] = {}
    problems = []
    known = (*parameters, DATA)
    for name, value in request.query_params.multi_items():
        if name in found:
            problems.append(_problem(name, value, "given twice"))
        elif name == "f" and value not in {"json", "geojson"}:
            problems.append(_problem(name, value, "unknown format", "json"))
        elif name not in {*known, "f"} and not is_tracking(name):
            problems.append(_problem(name, value, "unknown parameter", ", ".join(known)))
        else:
            found[name] = value
    version = found.get(DATA, "")
    if wrong := unknown_version(atlas, version):
        problems.append(wrong)
    _refuse(problems)
    named = request.path_params.get("collection", "")
    if named and named not in COLLECTIONS:
        message = f"there is no collection {excerpt(named)}; there are {', '.join(COLLECTIONS)}"
        raise _RefusedError(refuse(HTTPStatus.NOT_FOUND, message))
    feature = request.path_params.get("feature", "")
    asked = atlas.at(version) if version else atlas
    return Call(asked, site(request, root), found, COLLECTIONS.get(named), feature)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise _RefusedError(refuse(HTTPStatus.BAD_REQUEST, problems=problems))


def _problem(name: str, value: str, reason: Reason, allowed: str = "") -> Problem:
    return Problem(excerpt(name), excerpt(value), reason, allowed=allowed)


def _landing(call: Call) -> dict[str, Any]:
    return {
        "title": "Pilot Zone Atlas",
        "description": "China's cross-border e-commerce comprehensive pilot zones on any day",
        "attribution": CREDIT,
        "links": [
            call.link("self"),
            call.link("service-desc", "/api", OPENAPI),
            call.link("conformance", "/conformance"),
            call.link("data", "/collections"),
        ],
    }


def _collections(call: Call) -> dict[str, Any]:
    return {
        "links": [call.link("self", "/collections")],
        "collections": [_describe(call, one) for one in COLLECTIONS.values()],
    }


def _collection(call: Call) -> Collection:
    assert call.collection  # noqa: S101 - the path names one, and it was found
    return call.collection


def _describe(call: Call, collection: Collection) -> dict[str, Any]:
    path = f"/collections/{collection.name}"
    first = call.atlas.stops[0].on
    return {
        "id": collection.name,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {
                "bbox": [features_on(call.atlas, collection, china_today()).box],
                "crs": CRS84,
            },
            "temporal": {"interval": [[f"{first}T00:00:00Z", None]]},
        },
        "links": [
            call.link("self", path),
            call.link("items", f"{path}/items", GEOJSON),
            {"rel": "license", "href": LICENCE_URL, "type": "text/html"},
        ],
    }


def _items(call: Call) -> dict[str, Any]:
    collection, wanted = _collection(call), _read_items(call)
    found = find_features(call.atlas, collection, wanted.span, wanted.boxes, china_today())
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    path = f"/collections/{collection.name}/items"
    links = [
        call.link("self", path, GEOJSON, **call.parameters),
        call.link("collection", f"/collections/{collection.name}"),
    ]
    after, before = wanted.offset + wanted.limit, max(0, wanted.offset - wanted.limit)
    if after < len(found):
        links.append(call.link("next", path, GEOJSON, **{**call.parameters, "offset": str(after)}))
    if wanted.offset:
        links.append(call.link("prev", path, GEOJSON, **{**call.parameters, "offset": str(before)}))
    return {
        "type": "FeatureCollection",
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "links": links,
        "features": shown,
    }


def _item(call: Call) -> dict[str, Any]:
    collection = _collection(call)
    path = f"/collections/{collection.name}"
    for one in features_on(call.atlas, collection, china_today()).features:
        if one["id"] == call.feature:
            links = [
                call.link("self", f"{path}/items/{call.feature}", GEOJSON),
                call.link("collection", path),
            ]
            return {**one, "links": links}
    message = f"{collection.name} have no feature {excerpt(call.feature)}"
    raise _RefusedError(refuse(HTTPStatus.NOT_FOUND, message))


def _read_items(call: Call) -> _Items:
    problems: list[Problem] = []
    items = _Items(
        span=_read_span(call.parameters.get("datetime", ""), problems),
        boxes=_read_boxes(call.parameters.get("bbox", ""), problems),
        limit=min(MAX_LIMIT, _read_count(call, "limit", 1, DEFAULT_LIMIT, problems)),
        offset=_read_count(call, "offset", 0, 0, problems),
    )
    _refuse(problems)
    return items


def _read_span(text: str, problems: list[Problem]) -> Span:
    if not text:
        return Span(None, None)
    ends = text.split("/")
    allowed = "a day such as 2025-04-25, or two with / between them and .. for an open end"
    days = [_read_day(end) for end in ends]
    known = [day for day in days if day]
    wrong = len(ends) > 2 or len(known) + sum(end in _OPEN for end in ends) < len(ends) or not known  # noqa: PLR2004
    if wrong:
        problems.append(_problem("datetime", text, "not a date", allowed))
        return Span(None, None)
    if known != sorted(known):
        problems.append(_problem("datetime", text, "after the other day", "the earlier day first"))
        return Span(None, None)
    if len(ends) == 1 and known[0] > china_today():
        problems.append(_problem("datetime", text, "in the future"))
    return Span(days[0], days[-1])


def _read_day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _read_boxes(text: str, problems: list[Problem]) -> tuple[Box, ...]:
    """Read a box; one across the antimeridian is two, and heights count for nothing."""
    if not text:
        return ()
    try:
        numbers = [float(number) for number in text.split(",")]
        west, south, east, north = numbers if len(numbers) == 4 else _without_heights(numbers)  # noqa: PLR2004
    except ValueError:
        numbers = []
        west = south = east = north = float("nan")
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):  # noqa: PLR2004
        allowed = "west,south,east,north in degrees"
        problems.append(_problem("bbox", text, "out of range", allowed))
        return ()
    if west > east:
        return (west, south, 180, north), (-180, south, east, north)
    return ((west, south, east, north),)


def _without_heights(numbers: list[float]) -> list[float]:
    west, south, _, east, north, _ = numbers
    return [west, south, east, north]


def _read_count(call: Call, name: str, least: int, default: int, problems: list[Problem]) -> int:
    text = call.parameters.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        problems.append(_problem(name, text, "not a whole number"))
        return default
    if int(text[:9]) < least:
        problems.append(_problem(name, text, "out of range", f"{least} or more"))
    return int(text[:9])


def _description(call: Call) -> dict[str, Any]:
    """Describe the paths as OpenAPI 3.0, which programs read for the parameters."""
    text: dict[str, Any] = {"type": "string"}
    box = {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    in_query: dict[str, dict[str, Any]] = {
        "bbox": {"schema": box, "style": "form", "explode": False},
        "datetime": {"schema": text},
        "limit": {"schema": limit},
        "offset": {"schema": {"type": "integer", "minimum": 0, "default": 0}},
    }
    asked = [{"name": name, "in": "query", **more} for name, more in in_query.items()]
    versions = {"type": "string", "enum": [*call.atlas.versions]}
    version = {"name": DATA, "in": "query", "schema": versions}
    paths: dict[str, Any] = {
        "/": _path("what there is", version),
        "/conformance": _path("the conformance classes", version),
        "/collections": _path("the collections", version),
    }
    for name, collection in COLLECTIONS.items():
        path = f"/collections/{name}"
        one = {"name": "feature", "in": "path", "required": True, "schema": text}
        paths[path] = _path(collection.title, version)
        paths[f"{path}/items"] = _path(collection.description, *asked, version, media_type=GEOJSON)
        paths[f"{path}/items/{{feature}}"] = _path("one feature", one, version, media_type=GEOJSON)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pilot Zone Atlas, features", "version": pilotzones.__version__},
        "servers": [{"url": call.root}],
        "paths": paths,
    }


def _path(summary: str, *parameters: dict[str, Any], media_type: str = JSON) -> dict[str, Any]:
    answer = {"description": summary, "content": {media_type: {"schema": {"type": "object"}}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": answer}}}
