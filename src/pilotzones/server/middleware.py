"""What wraps every response: compression put right, and the security headers."""

import os
import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.errors import PilotZonesError
from pilotzones.server.responses import base_of, failure, refuse, takes_gzip

FRAME_ANCESTORS_VARIABLE = "PILOTZONES_FRAME_ANCESTORS"
COMPONENT_PREFIX = "/component/"
GUARD_FILE = "guard.js"
OWN_ORIGIN = "'self'"
# what ends a directive, a policy or a header has no place in a source
_SOURCE = re.compile(r"[!#-&(-+\--:<-~]+")
_HEAD = re.compile(rb"\s*(<!doctype html>)?\s*(<html[^<>]*>)?\s*<head>", re.IGNORECASE)

UPLOAD_PREFIX = "/_stcore/upload_file/"


class Compression:
    """ASGI middleware around one that compresses, to put right what that leaves wrong.

    A strong tag must not stand for two bodies, else a client resumes a compressed download with
    plain bytes; and a client may refuse gzip by naming it.

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


class NoUploads:
    """ASGI middleware that refuses every file before any of it is read, for no page asks for one.

    With ``server.maxUploadSize = 0`` Streamlit still keeps the name of an empty file whose length
    is not told beforehand.

    Parameters
    ----------
    app
        The application to wrap.
    base_path
        Value of ``server.baseUrlPath``.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._prefix = base_of(base_path) + UPLOAD_PREFIX

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it brings a file."""
        app = self._app
        uploads = scope["type"] == "http" and scope["method"] == "PUT"
        if uploads and scope["path"].startswith(self._prefix):
            app = refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "no file is taken here")
        await app(scope, receive, send)


class GuardedFrames:
    """ASGI middleware that puts a guard into the page of a component, ahead of its own scripts.

    streamlit-folium runs what any window sends to its page. The guard stands inside the page, not
    at an address of its own: what must be fetched can fail, and the page would run without it.

    Parameters
    ----------
    app
        The application to wrap.
    base_path
        Value of ``server.baseUrlPath``.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._prefix = base_of(base_path) + COMPONENT_PREFIX
        self._guard = (STATIC_DIR / GUARD_FILE).read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and guard the page, under whatever name it was asked for."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        if not scope["path"].endswith((".js", ".css")):
            # into what is compressed nothing can be put
            kept = [(n, v) for n, v in scope["headers"] if n != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        start: Message | None = None
        body = b""

        async def send_guarded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    guarded = put_guard(body, self._guard)
                    MutableHeaders(scope=start)["content-length"] = str(len(guarded))
                    await send(start)
                    await send({"type": "http.response.body", "body": guarded})

        await self._app(scope, receive, send_guarded)


def _is_page(start: Message) -> bool:
    """Tell whether a browser would run scripts that stand in the body of a response."""
    return "html" in Headers(raw=start["headers"]).get("content-type", "")


def put_guard(page: bytes, guard: bytes) -> bytes:
    """Put a script at the head of a page.

    Parameters
    ----------
    page
        An HTML page.
    guard
        A script.

    Returns
    -------
    bytes
        The page with the script ahead of all that can run.

    Raises
    ------
    PilotZonesError
        The page has no head, or something in front of it that may run.
    """
    head = _HEAD.match(page)
    if not head:
        message = "the page of a component has no head for the guard; it is not served without"
        raise PilotZonesError(message)
    return b"%b<script>%b</script>%b" % (head[0], guard, page[head.end() :])


def frame_ancestors() -> str:
    """Read who may embed the app from the environment.

    Returns
    -------
    str
        Sources of the CSP directive ``frame-ancestors``; always with ``'self'``, for the map is a
        frame of the app itself.

    Raises
    ------
    PilotZonesError
        ``PILOTZONES_FRAME_ANCESTORS`` is set to what is no list of sources.
    """
    value = os.environ.get(FRAME_ANCESTORS_VARIABLE, OWN_ORIGIN)
    named = [one for one in value.split(" ") if one]
    if not named or not all(one == OWN_ORIGIN or _SOURCE.fullmatch(one) for one in named):
        message = (
            f"{FRAME_ANCESTORS_VARIABLE}={value!r} does not say who may embed the app; give "
            f'addresses with spaces between, e.g. "{OWN_ORIGIN} https://intranet.example.org", '
            "or leave it unset"
        )
        raise PilotZonesError(message)
    return " ".join(dict.fromkeys([OWN_ORIGIN, *named]))


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
    ancestors
        Who may embed the app, see `frame_ancestors`.
    """

    def __init__(
        self,
        app: ASGIApp,
        base_path: str = "",
        script_hashes: tuple[str, ...] = (),
        ancestors: str = OWN_ORIGIN,
    ) -> None:
        self._app = app
        base = base_of(base_path)
        self._component_prefix = base + COMPONENT_PREFIX
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
            # who opens a page in a window of their own keeps no hold of it
            (b"cross-origin-opener-policy", b"same-origin"),
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
