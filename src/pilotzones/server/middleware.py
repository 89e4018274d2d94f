"""What wraps every response: corrected compression, and the security headers."""

import os
import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotzones.browser.assets import COMPONENT_FILES
from pilotzones.errors import PilotZonesError
from pilotzones.server.guard import COMPONENT_PREFIX, is_page
from pilotzones.server.operations import PREFIX
from pilotzones.server.responses import failure, refuse, takes_gzip, without_compression
from pilotzones.server.routing import normal_base
from pilotzones.server.start_page import PAGES
from pilotzones.text import excerpt

FRAME_ANCESTORS_VARIABLE = "PILOTZONES_FRAME_ANCESTORS"
OWN_ORIGIN = "'self'"
# what ends a directive, a policy or a header has no place in a source
_SOURCE = re.compile(r"[!#-&(-+\--:<-~]+")

UPLOAD_PREFIX = "/_stcore/upload_file/"

# the name of a file has a dot
_FOR_PROGRAMS = re.compile(r"\.|/api/")


class Compression:
    """ASGI middleware around one that compresses, which corrects its headers.

    One strong tag for two bodies would let a client resume a compressed download with plain bytes;
    and a client may name gzip to refuse it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and weaken the tag of a compressed response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not takes_gzip(Headers(scope=scope).get("accept-encoding", "")):
            scope = without_compression(scope)

        async def send_weakened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "content-encoding" in headers:
                    # parts are always those of the plain body
                    del headers["accept-ranges"]
                    if headers.get("etag", "").startswith('"'):
                        headers["etag"] = f"W/{headers['etag']}"
                elif "etag" in headers and "Accept-Encoding" not in headers.get("vary", ""):
                    # a part and an empty answer are not compressed, but the whole would be
                    headers.add_vary_header("Accept-Encoding")
            await send(message)

        await self._app(scope, receive, send_weakened)


class NoUploads:
    """ASGI middleware that refuses every upload unread, as no page asks for one.

    With ``server.maxUploadSize = 0`` Streamlit still keeps the name of an empty file that is sent
    without its length.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._prefix = normal_base(base_path) + UPLOAD_PREFIX

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it is an upload."""
        app = self._app
        uploads = scope["type"] == "http" and scope["method"] == "PUT"
        if uploads and scope["path"].startswith(self._prefix):
            app = refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "files cannot be uploaded")
        await app(scope, receive, send)


class UnknownPages:
    """ASGI middleware that answers 404 where Streamlit answers any address with its start page.

    A browser that opens a page gets the start page with that status; what looks like a file or
    like the API is refused in the form of errors.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._base = normal_base(base_path)
        pages = (*PAGES, "index.html", "map.html")
        self._known = {self._base, *(f"{self._base}/{page}" for page in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change an answer that is the start page."""
        path = scope.get("path", "")
        frame = path.startswith(self._base + COMPONENT_PREFIX)
        if scope["type"] != "http" or frame or path in self._known:
            await self._app(scope, receive, send)
            return
        for_people = "text/html" in Headers(scope=scope).get("accept", "")
        opened = for_people and not _FOR_PROGRAMS.search(path)
        unknown = False

        async def send_refused(message: Message) -> None:
            nonlocal unknown
            if message["type"] == "http.response.start" and is_page(message):
                unknown = True
                message = {**message, "status": HTTPStatus.NOT_FOUND}
                if not opened:
                    await self._refuse(path)(scope, receive, send)
            if opened or not unknown:
                await send(message)

        await self._app(scope, receive, send_refused)

    def _refuse(self, path: str) -> Response:
        paths = f"{self._base}{PREFIX}/openapi.json"
        message = f"there is no {excerpt(path)}; {paths} lists the paths of the API"
        return refuse(HTTPStatus.NOT_FOUND, message)


class JoinedComponents:
    """ASGI middleware that sends a page component's script with all modules that it imports.

    Streamlit would send each module as a file of its own, again to each page; here they are one
    file of the assets, which a browser keeps. ``base_path``: value of ``server.baseUrlPath``.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        base = normal_base(base_path)
        scripts = "|".join(map(re.escape, COMPONENT_FILES))
        self._script = re.compile(f"{re.escape(base)}/_stcore/bidi-components/[^/]+/({scripts})")
        self._assets = f"{base}/assets/latest/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, under the address of the joined script."""
        if scope["type"] == "http" and (script := self._script.fullmatch(scope["path"])):
            path = self._assets + script[1]
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


def frame_ancestors() -> str:
    """Read who may embed the app from ``PILOTZONES_FRAME_ANCESTORS``, as sources of the CSP.

    ``'self'`` is always one of them, as the map is a frame of the app itself. PilotZonesError if
    the variable is no list of sources.
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
        base = normal_base(base_path)
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
