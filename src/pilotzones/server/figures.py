"""Pictures of a View over HTTP: figures for reports, and one file with the whole map to send."""

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from threading import Timer

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

import pilotzones
from pilotzones.atlas import Atlas
from pilotzones.atlas.atlas import current_atlas
from pilotzones.browser.standalone import standalone_map
from pilotzones.errors import PilotZonesError
from pilotzones.figure import (
    FIGURE_PARAMETERS,
    FORMATS,
    figure_bytes,
    figure_etag,
    kept_figure,
    warm_up,
)
from pilotzones.figure.options import FigureOptions, parse_figure_options
from pilotzones.query.answer import Answer
from pilotzones.query.view import View, parse_view
from pilotzones.server.responses import (
    ALWAYS_ASK,
    ANYONE,
    answered_early,
    base_of,
    current_assets,
    refuse,
    route,
    shared,
    unchanged,
)

WARM_UP_VARIABLE = "PILOTZONES_WARM_UP"
# the first visitors come first
WARM_UP_AFTER_SECONDS = 5

# each takes about a second, and nobody looks at a blank for longer than some of them
MAX_WAITING = 12
RETRY_AFTER_SECONDS = 10

_log = logging.getLogger(__name__)

# figures are drawn one by one; who waits must not hold a thread of the pool that all routes share
_drawer = ThreadPoolExecutor(1, "figure")
# their tags, once for each request that waits; touched by the event loop alone
_waiting: list[str] = []


def picture_routes(base: str) -> list[BaseRoute]:
    """Make the routes of the figures and of the map to send.

    Parameters
    ----------
    base
        The path under which the app is served: empty at the root of a host.

    Returns
    -------
    list of starlette.routing.BaseRoute
        ``/figure.png``, ``/figure.svg``, ``/figure.pdf`` and ``/map.html``.
    """
    base = base_of(base)
    routes: list[BaseRoute] = [
        route(f"{base}/figure.{ending}", partial(_figure, base, ending)) for ending in FORMATS
    ]
    return [*routes, route(f"{base}/map.html", partial(_map, base))]


def warm_up_later() -> Timer:
    """Prepare what the first figure needs, some seconds from now, in a thread of its own.

    Returns
    -------
    threading.Timer
        Started, unless ``PILOTZONES_WARM_UP`` is ``off``; cancel it when the server stops.
    """
    timer = Timer(WARM_UP_AFTER_SECONDS, _warm_up)
    timer.daemon = True
    if os.environ.get(WARM_UP_VARIABLE) != "off":
        timer.start()
    return timer


def _warm_up() -> None:
    try:
        warm_up(current_atlas())
    except PilotZonesError as error:
        _log.error("the data cannot be loaded: %s", error)


async def _figure(base: str, ending: str, request: Request) -> Response:
    found = await run_in_threadpool(_find_figure, base, ending, request)
    if isinstance(found, Response):
        return found
    tag, draw = found
    # whoever waits for the same figure costs nothing
    if tag not in _waiting and len(set(_waiting)) >= MAX_WAITING:
        message = f"too many figures are waited for; ask again in {RETRY_AFTER_SECONDS} seconds"
        response = shared(refuse(HTTPStatus.SERVICE_UNAVAILABLE, message))
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    _waiting.append(tag)
    try:
        return await asyncio.get_running_loop().run_in_executor(_drawer, draw)
    finally:
        _waiting.remove(tag)


def _find_figure(
    base: str, ending: str, request: Request
) -> Response | tuple[str, Callable[[], Response]]:
    """Answer with what is known, or give the tag of the figure and what draws it."""
    pairs = request.query_params.multi_items()
    own = [pair for pair in pairs if pair[0] in FIGURE_PARAMETERS and pair[0] != "format"]
    understood = _understand(request, [pair for pair in pairs if pair not in own], own, ending)
    if isinstance(understood, Response):
        return understood
    atlas, view, options = understood
    permalink = _permalink(request, base, view)
    tag = figure_etag(atlas, view, options, permalink)
    headers = {"ETag": tag, "Cache-Control": ALWAYS_ASK, **ANYONE}
    if not_modified := unchanged(request, headers):
        return not_modified
    name = f"pilot-zones-{view.on}-{options.size}.{ending}"
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    send = partial(Response, media_type=options.media_type, headers=headers)
    if kept := kept_figure(tag):
        return send(kept)
    return tag, partial(_drawn, send, partial(figure_bytes, *understood, permalink, tag=tag))


def _drawn(send: Callable[[bytes], Response], draw: Callable[[], bytes]) -> Response:
    try:
        return send(draw())
    except OSError as error:
        # matplotlib takes fonts from files only, and the one for this text is cut on demand
        _log.error("no figure could be drawn: %s", error)
        remedy = "set TMPDIR to a folder that can be written, and start the server again"
        message = "fonts cannot be written, so no figure can be drawn"
        details = [{"reason": f"{error}; {remedy}"}]
        return shared(refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, details))


def _permalink(request: Request, base: str, view: View) -> str:
    # the first page shows one day only
    page = "compare" if view.since else ""
    return f"{request.url.scheme}://{request.url.netloc}{base}/{page}?{view.query()}"


def _map(base: str, request: Request) -> Response:
    understood = _understand(request, request.query_params.multi_items(), [], "png")
    if isinstance(understood, Response):
        return understood
    atlas, view, _ = understood
    permalink = _permalink(request, base, view)
    said = f"{atlas.data_version} {pilotzones.__version__} {permalink}"
    tag = f'"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": ALWAYS_ASK, **ANYONE}
    if not_modified := unchanged(request, headers):
        return not_modified
    # to be saved and opened from a disk: the policy of this site lets no inline script run here
    headers["Content-Disposition"] = f'attachment; filename="pilot-zones-{view.on}.html"'
    body = standalone_map(Answer(atlas, view), current_assets(), permalink)
    return Response(body, media_type="text/html", headers=headers)


def _understand(
    request: Request, pairs: list[tuple[str, str]], own: list[tuple[str, str]], ending: str
) -> Response | tuple[Atlas, View, FigureOptions]:
    if early := answered_early(request):
        return early
    atlas = current_atlas()
    view, problems = parse_view(pairs, atlas)
    options, wrong = parse_figure_options([*own, ("format", ending)])
    if problems or wrong:
        message = "the query has values that are not understood"
        details = [problem.details() for problem in [*problems, *wrong]]
        return shared(refuse(HTTPStatus.BAD_REQUEST, message, details))
    return atlas, view, options
