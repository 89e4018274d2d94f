"""Figures for reports, and the map of a View as one file, over HTTP."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from threading import Timer

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

import pilotzones
from pilotzones.atlas import current_atlas
from pilotzones.browser.assets import assets_of
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
from pilotzones.figure.options import parse_figure_options
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.query.versions import atlas_asked
from pilotzones.query.view import View
from pilotzones.server.queue import Queue
from pilotzones.server.responses import entity_tag, not_modified, refuse, tagged
from pilotzones.server.routing import route, site

WARM_UP_VARIABLE = "PILOTZONES_WARM_UP"
# the first visitors come first
WARM_UP_AFTER_SECONDS = 5

# each takes about a second, and a reader does not wait for longer than some of them
MAX_WAITING = 12

_log = logging.getLogger(__name__)

_figures = Queue("figures", MAX_WAITING)


def figure_routes(base: str) -> list[BaseRoute]:
    """Routes of ``/figure.png``, ``/figure.svg``, ``/figure.pdf`` and ``/map.html``."""
    figures = [route(f"{base}/figure.{name}", partial(_figure, base, name)) for name in FORMATS]
    return [*figures, route(f"{base}/map.html", partial(_map, base))]


def warm_up_later() -> Timer:
    """Prepare for the first figure some seconds from now, in a thread; cancel it at the end.

    The timer is not started where ``PILOTZONES_WARM_UP`` is ``off``.
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


async def _figure(base: str, file_format: str, request: Request) -> Response:
    found = await run_in_threadpool(_find_figure, base, file_format, request)
    if isinstance(found, Response):
        return found
    return await _figures.answer(*found)


def _find_figure(
    base: str, file_format: str, request: Request
) -> Response | tuple[str, Callable[[], Response]]:
    """Answer at once, or return the entity tag of the figure and a function that draws it."""
    pairs = request.query_params.multi_items()
    # the ending of the address is the format
    own = [pair for pair in pairs if pair[0] in FIGURE_PARAMETERS and pair[0] != "format"]
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, problems = parse_view([pair for pair in pairs if pair not in own], atlas)
    options, wrong = parse_figure_options([*own, ("format", file_format)])
    if problems or wrong:
        return refuse(HTTPStatus.BAD_REQUEST, problems=[*problems, *wrong])
    # what is kept or quoted says from which version it is
    view = replace(view, data=atlas.register.version)
    permalink = _permalink(request, base, view)
    tag = figure_etag(atlas, view, options, permalink)
    headers = tagged(tag)
    if unchanged := not_modified(request, headers):
        return unchanged
    name = f"pilot-zones-{view.on}-{options.size}.{file_format}"
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    send = partial(Response, media_type=options.media_type, headers=headers)
    if kept := kept_figure(tag):
        return send(kept)
    return tag, partial(
        _draw, send, partial(figure_bytes, atlas, view, options, permalink, tag=tag)
    )


def _draw(send: Callable[[bytes], Response], draw: Callable[[], bytes]) -> Response:
    try:
        return send(draw())
    except OSError as error:
        # matplotlib takes fonts from files only, and the one for this text is cut on demand
        _log.error("no figure could be drawn: %s", error)
        remedy = "set TMPDIR to a folder that can be written, and start the server again"
        message = "fonts cannot be written, so no figure can be drawn"
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, reason=f"{error}; {remedy}")


def _permalink(request: Request, base: str, view: View) -> str:
    # the first page shows one day only
    page = "compare" if view.since else ""
    return f"{site(request, base)}/{page}?{view.query()}"


def _map(base: str, request: Request) -> Response:
    pairs = request.query_params.multi_items()
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, problems = parse_view(pairs, atlas)
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    # what is kept or quoted says from which version it is
    view = replace(view, data=atlas.register.version)
    permalink = _permalink(request, base, view)
    headers = tagged(entity_tag(atlas.data_version, pilotzones.__version__, permalink))
    if unchanged := not_modified(request, headers):
        return unchanged
    # to be saved and opened from a disk: the policy of this site lets no inline script run here
    headers["Content-Disposition"] = f'attachment; filename="pilot-zones-{view.on}.html"'
    body = standalone_map(Answer(atlas, view), assets_of(atlas), permalink)
    return Response(body, media_type="text/html", headers=headers)
