"""Requests to the routes without a network, and the shape of errors."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from pilotzones.dashboard.host import start_page, theme_properties
from pilotzones.server.middleware import (
    Compression,
    SecurityHeaders,
    UnknownPages,
    frame_ancestors,
)
from pilotzones.server.operations import PREFIX
from pilotzones.server.routes import routes
from pilotzones.server.start_page import StartPage

START_PAGE = StartPage(start_page(), theme_properties())


def ask_app(app, path, *, method="GET", headers=None, content=None, raising=True) -> httpx.Response:
    """Send one request to an ASGI application and wait for the answer."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=raising)

    async def send():
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.request(method, path, headers=headers, content=content)

    # in a thread of its own: the one of the tests may have the loop of the browser running
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, send()).result()


class Client:
    """The routes behind the middleware of app.py."""

    def __init__(self, base_path: str = "") -> None:
        hashes = ("'sha256-x'",)
        headers = Middleware(
            SecurityHeaders,
            base_path=base_path,
            script_hashes=hashes,
            ancestors=frame_ancestors(),
        )
        # as in app.py, around what Streamlit puts around the routes
        pages = Middleware(UnknownPages, base_path=base_path)
        middleware = [headers, pages, Middleware(Compression), Middleware(GZipMiddleware)]
        self._app = Starlette(routes=routes(base_path, START_PAGE), middleware=middleware)

    def get(self, path: str, *, raising: bool = True, **headers: str) -> httpx.Response:
        return ask_app(self._app, path, headers=headers, raising=raising)


def ask(path, *, method="GET", base="", headers=None, content=None, raising=True):
    """Send one request to the routes alone."""
    app = Starlette(routes=routes(base, START_PAGE))
    return ask_app(app, path, method=method, headers=headers, content=content, raising=raising)


def send(path, content, **more):
    """Post a table to the routes alone."""
    return ask(path, method="POST", content=content, **more)


def zones(query="", **more):
    return ask(f"{PREFIX}/zones?{query}", **more)


DETAIL = {"parameter", "value", "reason", "used"}


def error_of(response):
    """Check the shape of an error and return it."""
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert set(error) == {"status", "message", "details"}
    assert error["status"] == response.status_code
    for detail in error["details"]:
        assert set(detail) in (DETAIL, {"reason"})
    return error
