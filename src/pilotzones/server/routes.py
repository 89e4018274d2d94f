"""The routes beside the pages: the API, figures, files of the map, health."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from threading import Thread

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from pilotzones.atlas import current_atlas
from pilotzones.browser.assets import assets_of, current_assets
from pilotzones.errors import PilotZonesError
from pilotzones.query.versions import atlas_asked
from pilotzones.server.api import api_routes
from pilotzones.server.crawlers import crawler_routes
from pilotzones.server.figures import figure_routes
from pilotzones.server.memory import release_memory
from pilotzones.server.ogc import ogc_routes
from pilotzones.server.responses import (
    ALWAYS_ASK,
    not_modified,
    refuse,
    tagged,
    takes_gzip,
)
from pilotzones.server.routing import normal_base, route
from pilotzones.server.start_page import StartPage, start_page_routes
from pilotzones.text import excerpt

FOREVER = "public, max-age=31536000, immutable"

_log = logging.getLogger(__name__)

# apart from the pool of the other routes, so that slow answers do not hold up the map
_threads = ThreadPoolExecutor(2, "assets")


def prepare_pages() -> None:
    """Load the data, and collect the files of the map while the first questions are answered."""
    # every answer names damaged data, and repaired data are loaded by the next request
    with suppress(PilotZonesError):
        current_atlas()
        Thread(target=_collect, name="assets", daemon=True).start()


def _collect() -> None:
    with suppress(PilotZonesError):
        current_assets()
    release_memory()


def routes(base_path: str, start: StartPage | None = None) -> list[BaseRoute]:
    """Routes below ``server.baseUrlPath``, under which ``st.App`` does not move them itself.

    With a start page also those of the pages, which then come with a still.
    """
    base = normal_base(base_path)
    return [
        route(f"{base}/assets/{{digest}}/{{name}}", _apart(_asset)),
        route(f"{base}/healthz", _apart(_health)),
        *api_routes(base),
        *figure_routes(base),
        *ogc_routes(base),
        *crawler_routes(base),
        *(start_page_routes(base, start) if start else []),
    ]


def _apart(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await asyncio.get_running_loop().run_in_executor(_threads, answer, request)

    return endpoint


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    # a page of an earlier version asks for the files of that version
    atlas, _ = atlas_asked(current_atlas(), request.query_params.multi_items())
    asset = assets_of(atlas).get(name)
    if asset is None:
        return refuse(HTTPStatus.NOT_FOUND, f"there is no file called {excerpt(name)}")
    # a page of an earlier version asks for an old hash: it gets the present file, to use once
    current = request.path_params["digest"] == asset.digest
    headers = tagged(f'"{asset.digest}"', FOREVER if current else ALWAYS_ASK)
    headers["Vary"] = "Accept-Encoding"
    if unchanged := not_modified(request, headers):
        return unchanged
    body = asset.body
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = asset.compressed
    return Response(body, media_type=asset.media_type, headers=headers)


def _health(_: Request) -> Response:
    try:
        atlas = current_atlas()
        # who asks whether the data are loaded need not wait for the files of the map
        if not current_assets.under_way:
            current_assets()
    except PilotZonesError as error:
        _log.error("the data cannot be loaded: %s", error)
        body = {"status": "failing", "error": str(error)}
        return JSONResponse(body, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse(
        {"status": "ok", "data_version": atlas.data_version, "zones": len(atlas.register.zones)}
    )
