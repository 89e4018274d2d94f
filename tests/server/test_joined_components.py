"""The scripts of the page components: one file each, whatever they import."""

import re

import pytest
from asking import ask_app
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pilotzones.browser.assets import COMPONENT_FILES, STATIC_DIR
from pilotzones.server.middleware import JoinedComponents
from pilotzones.server.routes import routes


def app(base_path=""):
    """The routes in front of a stand-in for Streamlit, which sends each file as it lies."""

    def send_file(request):
        return PlainTextResponse((STATIC_DIR / request.path_params["name"]).read_text("utf-8"))

    base = f"/{base_path}" if base_path else ""
    files = Route(f"{base}/_stcore/bidi-components/{{component}}/{{name:path}}", send_file)
    wrap = Middleware(JoinedComponents, base_path=base_path)
    return Starlette(routes=[*routes(base_path), files], middleware=[wrap])


@pytest.mark.parametrize("base_path", ["", "atlas"])
@pytest.mark.parametrize("name", COMPONENT_FILES)
def test_a_component_is_one_script_that_exports_it(name, base_path):
    base = f"/{base_path}" if base_path else ""
    response = ask_app(app(base_path), f"{base}/_stcore/bidi-components/pilotzones.x/{name}")
    assert response.status_code == 200
    assert "javascript" in response.headers["content-type"]
    assert re.findall(r"^import\b", response.text, re.MULTILINE) == []
    assert len(re.findall(r"^export default\b", response.text, re.MULTILINE)) == 1


def test_a_browser_that_has_the_script_gets_it_no_more():
    path = "/_stcore/bidi-components/pilotzones.timeline/timeline.js"
    tag = ask_app(app(), path).headers["etag"]
    response = ask_app(app(), path, headers={"if-none-match": tag})
    assert response.status_code == 304


def test_any_other_file_of_a_component_is_as_it_lies():
    for name in ("timeline.css", "shared/component.js"):
        response = ask_app(app(), f"/_stcore/bidi-components/pilotzones.timeline/{name}")
        assert response.text == (STATIC_DIR / name).read_text("utf-8")
