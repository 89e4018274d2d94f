"""The HTTP routes beside the pages: map files, downloads, health; and the security headers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from pilotzones.atlas.atlas import current_atlas
from pilotzones.errors import PilotZonesError
from pilotzones.server.api import api_routes
from pilotzones.server.figures import picture_routes
from pilotzones.server.responses import (
    ALWAYS_ASK,
    ANYONE,
    base_of,
    current_assets,
    refuse,
    route,
    shared,
    takes_gzip,
    unchanged,
)
from pilotzones.text import excerpt

FOREVER = "public, max-age=31536000, immutable"

_log = logging.getLogger(__name__)

# not the pool that all other routes share: what takes long there keeps nobody from the map
_threads = ThreadPoolExecutor(2, "assets")


def routes(base_path: str) -> list[BaseRoute]:
    """Make the routes, below the path under which the app is served.

    Parameters
    ----------
    base_path
        Value of ``server.baseUrlPath``: empty at the root of a host.

    Returns
    -------
    list of starlette.routing.BaseRoute
        To be handed to ``st.App``, which does not move them under the base path by itself.
    """
    base = base_of(base_path)
    return [
        route(f"{base}/assets/{{digest}}/{{name}}", _apart(_asset), methods=["GET"]),
        route(f"{base}/healthz", _apart(_health), methods=["GET"]),
        *api_routes(base),
        *picture_routes(base),
    ]


def _apart(answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await asyncio.get_running_loop().run_in_executor(_threads, answer, request)

    return endpoint


def _asset(request: Request) -> Response:
    asset = current_assets().get(request.path_params["name"])
    if asset is None:
        name = request.path_params["name"]
        return shared(refuse(HTTPStatus.NOT_FOUND, f"there is no file called {excerpt(name)}"))
    # a page of an earlier version asks for an old hash: it gets what there is, but may not keep it
    current = request.path_params["digest"] == asset.digest
    headers = {
        "Cache-Control": FOREVER if current else ALWAYS_ASK,
        "ETag": f'"{asset.digest}"',
        "Vary": "Accept-Encoding",
        **ANYONE,
    }
    if not_modified := unchanged(request, headers):
        return not_modified
    body = asset.body
    if takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        body = asset.compressed
    return Response(body, media_type=asset.media_type, headers=headers)


def _health(_: Request) -> Response:
    try:
        atlas = current_atlas()
        current_assets()
    except PilotZonesError as error:
        _log.error("the data cannot be loaded: %s", error)
        body = {"status": "failing", "error": str(error)}
        return JSONResponse(body, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse(
        {"status": "ok", "data_version": atlas.data_version, "zones": len(atlas.register.zones)}
    )
