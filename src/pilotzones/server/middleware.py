"""What wraps every response: corrected compression, and the security headers."""

import os

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotzones.server.responses import failure, takes_gzip
from pilotzones.server.routing import normal_base

FRAME_ANCESTORS_VARIABLE = "PILOTZONES_FRAME_ANCESTORS"
COMPONENT_PREFIX = "/component/"


class Compression:
    """ASGI middleware around one that compresses, which corrects its headers.

    One strong tag for two bodies would let a client resume a compressed download with plain bytes;
    and a client may name gzip to refuse it.

    Parameters
    ----------
    app
        The application to wrap.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and weaken the tag of a compressed response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            kept = [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]
            scope = {**scope, "headers": kept}

        async def send_weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-encoding" in headers:
                    # parts are always those of the plain body
                    del headers["accept-ranges"]
                    if headers.get("etag", "").startswith('"'):
                        headers["etag"] = f"W/{headers['etag']}"
            await send(message)

        await self._app(scope, receive, send_weakened)


class SecurityHeaders:
    """ASGI middleware that puts the security headers on every HTTP response, failures included.

    Parameters
    ----------
    app
        The application to wrap.
    base_path
        Value of ``server.baseUrlPath``.
    script_hashes
        Sources as ``'sha256-…'`` for the inline scripts of the host page.
    """

    def __init__(
        self, app: ASGIApp, base_path: str = "", script_hashes: tuple[str, ...] = ()
    ) -> None:
        self._app = app
        base = normal_base(base_path)
        self._component_prefix = base + COMPONENT_PREFIX
        ancestors = os.environ.get(FRAME_ANCESTORS_VARIABLE, "'self'")
        # streamlit-folium evaluates the map script that it is sent and adds it as inline script,
        # so its frame, and only its frame, must allow both
        self._component_policy = _policy("'self' 'unsafe-inline' 'unsafe-eval'", ancestors)
        self._page_policy = _policy(" ".join(["'self'", *script_hashes]), ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        component = scope["path"].startswith(self._component_prefix)
        policy = self._component_policy if component else self._page_policy
        added = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
        ]
        names = {name for name, _ in added}
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in names]
                message = {**message, "headers": [*kept, *added]}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # answered further out it would have no headers; the server still logs the traceback
            if not begun:
                await failure()(scope, receive, send_with_headers)
            raise


def _policy(scripts: str, ancestors: str) -> str:
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            # streamlit styles its elements with inline style sheets made at run time
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            # the WebSocket of the page as well, whose scheme browsers count as that of the host
            "connect-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        ]
    )
