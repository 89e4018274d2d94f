"""What all routes share: where they lie, and what is answered before they are reached."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from pilotzones.errors import PilotZonesError
from pilotzones.server.responses import ANYONE, MAX_QUERY_BYTES, no_data, refuse

METHODS = ("GET", "OPTIONS")
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def normal_base(base_path: str) -> str:
    """Write the path under which the app is served with a leading slash, or as nothing."""
    stripped = base_path.strip("/")
    return f"/{stripped}" if stripped else ""


def site(request: Request, base: str) -> str:
    """Return the address of the app as the client sees it, without a slash at the end."""
    return f"{request.url.scheme}://{request.url.netloc}{base}"


def route(
    path: str,
    endpoint: Callable[[Request], Response | Awaitable[Response]],
    methods: Sequence[str] = METHODS,
) -> Route:
    """Make a route that answers 503 with the reason while the data are damaged."""
    unloadable = Middleware(ExceptionMiddleware, handlers={PilotZonesError: no_data})
    middleware = [Middleware(_BeforeEndpoint), unloadable]
    return _Route(path, endpoint, methods=methods, middleware=middleware)


class _Route(Route):
    """A route that refuses other methods in the form of all errors."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        methods = sorted(self.methods or ())
        if scope["method"] in methods:
            await super().handle(scope, receive, send)
            return
        message = "this path takes a table by POST" if "POST" in methods else ""
        allow = {"Allow": ", ".join(methods)}
        refused = refuse(HTTPStatus.METHOD_NOT_ALLOWED, message, headers=allow)
        await refused(scope, receive, send)


class _BeforeEndpoint:
    """ASGI middleware that answers preflights and refuses queries longer than any View needs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["method"] == "OPTIONS":
            app = Response(status_code=HTTPStatus.NO_CONTENT, headers=ANYONE | PREFLIGHT)
        elif len(scope["query_string"]) > MAX_QUERY_BYTES:
            app = refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
        await app(scope, receive, send)
