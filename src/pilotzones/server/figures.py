"""What a page shares, over HTTP: figures with their words, tables for people, the map as a file."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from threading import Timer
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from pilotzones.atlas import Atlas, current_atlas
from pilotzones.browser.assets import assets_of
from pilotzones.browser.standalone import standalone_map
from pilotzones.build import build
from pilotzones.errors import InvalidValueError, PilotZonesError, Problem
from pilotzones.figure import (
    FORMATS,
    figure_bytes,
    figure_etag,
    kept_figure,
    warm_up,
)
from pilotzones.figure.captions import source
from pilotzones.figure.kinds import MAPS, asked, figure_words, page_of, unfit_values
from pilotzones.figure.options import FigureOptions, own_parameters, parse_figure_options
from pilotzones.once import made_once
from pilotzones.query.answer import Answer
from pilotzones.query.parsing import parse_view
from pilotzones.query.versions import atlas_asked
from pilotzones.query.view import View
from pilotzones.server.memory import release_memory
from pilotzones.server.queue import Queue, client_of
from pilotzones.server.responses import entity_tag, not_modified, refuse, tagged
from pilotzones.server.routing import route, site
from pilotzones.tables.files import FORMATS as FILE_FORMATS
from pilotzones.tables.files import file_name
from pilotzones.tables.people import PEOPLE_TABLES, view_for_people
from pilotzones.tables.rows import TABLES
from pilotzones.text import excerpt

WARM_UP_VARIABLE = "PILOTZONES_WARM_UP"
# the first visitors come first
WARM_UP_AFTER_SECONDS = 5

# each takes about a second, and a reader does not wait for longer than some of them
MAX_WAITING = 12
# maps as one file, of a megabyte each
KEPT_FILES = 4

_log = logging.getLogger(__name__)

_figures = Queue("figures", MAX_WAITING)


def figure_routes(base: str) -> list[BaseRoute]:
    """Routes of ``/figure.png`` and its kin, ``/figure.json``, ``/table.xlsx``, ``/map.html``."""
    figures = [route(f"{base}/figure.{name}", partial(_figure, base, name)) for name in FORMATS]
    return [
        *figures,
        route(f"{base}/figure.json", partial(_words, base)),
        route(f"{base}/table.xlsx", _table),
        route(f"{base}/map.html", partial(_map, base)),
    ]


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
        release_memory()
    except PilotZonesError as error:
        _log.error("the data cannot be loaded: %s", error)


async def _figure(base: str, file_format: str, request: Request) -> Response:
    found = await run_in_threadpool(_find_figure, base, file_format, request)
    if isinstance(found, Response):
        return found
    return await _figures.answer(*found, client_of(request))


def _asked(request: Request, file_format: str) -> tuple[Atlas, View, FigureOptions, list[Problem]]:
    pairs = request.query_params.multi_items()
    # the ending of the address is the format
    names = own_parameters(pairs) - {"format"}
    own = [pair for pair in pairs if pair[0] in names]
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, problems = parse_view([pair for pair in pairs if pair not in own], atlas)
    options, wrong = parse_figure_options([*own, ("format", file_format)])
    # what is wrong by itself comes first
    problems = [*problems, *wrong] or [*unfit_values(view, options)]
    # what is kept or quoted says from which version it is
    return atlas, replace(view, data=atlas.register.version), options, problems


def _words(base: str, request: Request) -> Response:
    atlas, view, options, problems = _asked(request, FigureOptions.format)
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    permalink = _permalink(request, base, view, options)
    headers = tagged(figure_etag(atlas, view, options, f"words {permalink}"))
    if unchanged := not_modified(request, headers):
        return unchanged
    answer = asked(Answer(atlas, view), options)
    try:
        words = figure_words(answer, options)
    except InvalidValueError as error:
        return refuse(HTTPStatus.BAD_REQUEST, problems=error.problems)
    origin = source(answer, is_map=options.kind in MAPS)
    t = answer.language
    content = {
        "title": words.title,
        "caption": t.sentences([t._("%(text)s.") % {"text": words.title}, words.summary, origin]),
        "alternative_text": words.description,
        "address": permalink,
    }
    return JSONResponse(content, headers=headers)


def _table(request: Request) -> Response:
    """Write a table of a View for people."""
    pairs = request.query_params.multi_items()
    chosen = [value for name, value in pairs if name == "table"]
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, problems = parse_view([pair for pair in pairs if pair[0] != "table"], atlas)
    name = (chosen or [""])[-1]
    if name not in PEOPLE_TABLES:
        allowed = ", ".join(PEOPLE_TABLES)
        problems = [*problems, Problem("table", excerpt(name), "unknown choice", allowed=allowed)]
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    headers = tagged(entity_tag(atlas.data_version, build(), name, view.query()))
    if unchanged := not_modified(request, headers):
        return unchanged
    from pilotzones.tables.excel import view_to_people_xlsx  # noqa: PLC0415 - its writer is large

    answer = Answer(atlas, view)
    body = view_to_people_xlsx(answer, TABLES[name], view_for_people(answer, name))
    file = file_name(TABLES[name], view, "xlsx")
    headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return Response(body, media_type=FILE_FORMATS["xlsx"].media_type, headers=headers)


def _find_figure(
    base: str, file_format: str, request: Request
) -> Response | tuple[str, Callable[[], Response]]:
    """Answer at once, or return the entity tag of the figure and a function that draws it."""
    atlas, view, options, problems = _asked(request, file_format)
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    permalink = _permalink(request, base, view, options)
    tag = figure_etag(atlas, view, options, permalink)
    headers = tagged(tag)
    if unchanged := not_modified(request, headers):
        return unchanged
    name = f"{_stem(view, options.kind)}-{options.size}.{file_format}"
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    send = partial(Response, media_type=options.media_type, headers=headers)
    if kept := kept_figure(tag):
        return send(kept)
    return tag, partial(
        _draw, send, partial(figure_bytes, atlas, view, options, permalink, tag=tag)
    )


def _stem(view: View, kind: str = "map") -> str:
    """Begin the name of a file so that those of two questions differ."""
    drawn = "" if kind == "map" else f"-{kind}"
    subject = f"-{view.zone or view.adcode}" if kind == "record" else ""
    since = f"-{view.since}" if view.since else ""
    return f"pilot-zones{drawn}{subject}{since}-{view.on}{'-filtered' if view.filtered else ''}"


def _draw(send: Callable[[bytes], Response], draw: Callable[[], bytes]) -> Response:
    try:
        return send(draw())
    except InvalidValueError as error:
        # of a panel that would be too large
        return refuse(HTTPStatus.BAD_REQUEST, problems=error.problems)
    except OSError as error:
        # matplotlib takes fonts from files only, and the one for this text is cut on demand
        _log.error("no figure could be drawn: %s", error)
        remedy = "set TMPDIR to a folder that can be written, and start the server again"
        message = "fonts cannot be written, so no figure can be drawn"
        return refuse(HTTPStatus.SERVICE_UNAVAILABLE, message, reason=f"{error}; {remedy}")


def _permalink(
    request: Request, base: str, view: View, options: FigureOptions | None = None
) -> str:
    options = options or FigureOptions()
    query = urlencode([*view.pairs(), *options.panel_pairs()])
    return f"{site(request, base)}/{page_of(view, options)}?{query}"


@made_once(KEPT_FILES)
def _file(answer: Answer, permalink: str) -> bytes:
    return standalone_map(answer, assets_of(answer.atlas), permalink)


def _map(base: str, request: Request) -> Response:
    pairs = request.query_params.multi_items()
    atlas, _ = atlas_asked(current_atlas(), pairs)
    view, problems = parse_view(pairs, atlas)
    if problems:
        return refuse(HTTPStatus.BAD_REQUEST, problems=problems)
    # what is kept or quoted says from which version it is
    view = replace(view, data=atlas.register.version)
    permalink = _permalink(request, base, view)
    headers = tagged(entity_tag(atlas.data_version, build(), permalink))
    if unchanged := not_modified(request, headers):
        return unchanged
    # to be saved and opened from a disk: the policy of this site lets no inline script run here
    headers["Content-Disposition"] = f'attachment; filename="{_stem(view)}.html"'
    return Response(_file(Answer(atlas, view), permalink), media_type="text/html", headers=headers)
