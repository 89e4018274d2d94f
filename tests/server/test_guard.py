"""The guard in the page of the component."""

from pathlib import Path

import pytest
import streamlit_folium
from asking import ask_app
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.server.guard import GuardedFrames
from pilotzones.server.middleware import (
    SecurityHeaders,
)


def guarded(page, media_type="text/html; charset=utf-8"):
    async def answer(_):
        return Response(page, media_type=media_type)

    middleware = [Middleware(SecurityHeaders), Middleware(GuardedFrames)]
    middleware.append(Middleware(GZipMiddleware, minimum_size=1))
    app = Starlette(routes=[Route("/{path:path}", answer)], middleware=middleware)
    # whatever name leads to the page
    path = "/component/some.component/INDEX.HTM"
    return ask_app(app, path, headers={"Accept-Encoding": "gzip"}, raising=False)


def test_the_page_of_streamlit_folium_takes_the_guard_ahead_of_its_scripts():
    page = Path(streamlit_folium.__file__).parent / "frontend" / "build" / "index.html"
    body = page.read_bytes()
    response = guarded(body)
    assert response.status_code == 200
    guard = (STATIC_DIR / "guard.js").read_bytes()
    before, after = response.content.split(b"<script>" + guard + b"</script>")
    assert before + after == body
    assert b"script" not in before
    assert response.headers["content-length"] == str(len(response.content))


@pytest.mark.parametrize(
    "page", ["", "<p>", "<script>1</script><html><head>", "<!-- --><head>", "<html onload=1><body>"]
)
def test_a_page_that_cannot_take_the_guard_is_not_served(page):
    response = guarded(page)
    assert response.status_code == 500
    assert response.json()["error"]["message"] == "the answer could not be made"


def test_what_is_no_page_is_left_alone():
    assert guarded("let x;", "text/javascript").text == "let x;"
