"""The guard of the frame of the map, put into the page of the component."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.errors import PilotZonesError
from pilotzones.server.responses import without_compression
from pilotzones.server.routing import normal_base

COMPONENT_PREFIX = "/component/"
GUARD_FILE = "guard.js"

_HEAD = re.compile(rb"\s*(<!doctype html>)?\s*(<html[^<>]*>)?\s*<head>", re.IGNORECASE)


class GuardedFrames:
    """ASGI middleware that puts a guard into the page of a component, ahead of its own scripts.

    streamlit-folium runs what any window sends to its page. The guard is part of the page: fetched
    from an address of its own it could fail to arrive, and the page would run without it.
    """

    def __init__(self, app: ASGIApp, base_path: str = "") -> None:
        self._app = app
        self._prefix = normal_base(base_path) + COMPONENT_PREFIX
        self._guard = (STATIC_DIR / GUARD_FILE).read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and guard the page, at any path below the prefix."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        if not scope["path"].endswith((".js", ".css")):
            # nothing can be put into a compressed page
            scope = without_compression(scope)
        start: Message | None = None
        body = b""

        async def send_guarded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and is_page(message):
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


def is_page(start: Message) -> bool:
    """Whether a browser would run scripts in the body of a response."""
    return "html" in Headers(raw=start["headers"]).get("content-type", "")


def put_guard(page: bytes, guard: bytes) -> bytes:
    """Put a script at the head of an HTML page, ahead of all that can run.

    PilotZonesError if the page has no head, or anything before it.
    """
    head = _HEAD.match(page)
    if not head:
        message = "the page of a component has no head for the guard; it is not served without"
        raise PilotZonesError(message)
    return b"%b<script>%b</script>%b" % (head[0], guard, page[head.end() :])
