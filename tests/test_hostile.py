"""Values that try to be more than text, at every door over HTTP."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from asking import ask_app
from starlette.applications import Starlette

from pilotzones.figure import FIGURE_PARAMETERS
from pilotzones.figure.options import PANEL_PARAMETERS
from pilotzones.query.view import PARAMETERS
from pilotzones.server.api import OPERATIONS
from pilotzones.server.middleware import SecurityHeaders
from pilotzones.server.operations import PREFIX
from pilotzones.server.routes import routes

MARK = "pwned"
CORPUS = {
    "script": f"<script>{MARK}()</script>",
    "image": f'"><img src=x onerror={MARK}()>',
    "svg": f"</text><svg onload={MARK}()>",
    "template literal": f"`${{{MARK}()}}`",
    "template": f"{{{{{MARK}.__class__}}}}",
    "quotes": f"'\"\\';{MARK}();'",
    "formula": f"=cmd|' /C {MARK}'!A1",
    "wide formula": f"＝{MARK}",
    "right to left": f"\N{RIGHT-TO-LEFT OVERRIDE}{MARK}",
    "no width": f"\N{ZERO WIDTH SPACE}{MARK}",
    "control": f"\x00\x07\x1b[31m{MARK}",
    "two headers": f"{MARK}\r\nX-Pwned: yes",
    "path": f"../../{MARK}/etc/passwd",
    "broken UTF-8": b"\xff\xfe\xc0" + MARK.encode(),
    "lone surrogate": b"\xed\xa0\x80" + MARK.encode(),
    "very long": MARK * 2000,
}
FIGURES = [f"/figure.{ending}" for ending in ("png", "svg", "pdf")]
ADDRESSES = [
    PREFIX + operation.path
    for operation in OPERATIONS
    if operation.takes_view and "{" not in operation.path
]
APP = SecurityHeaders(Starlette(routes=routes("")))


# the texts are the same on a figure of one province without names
SMALL = "size=column&labels=none&province=460000"

# of a figure: written as they are
TEXTS = ("title", "note")


def check(response):
    """Hold an answer to what every answer must be."""
    assert response.status_code in {200, 400, 404, 414}
    assert "x-pwned" not in response.headers
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "Traceback" not in response.text
    if response.status_code != 200:
        assert response.headers["content-type"] == "application/json"
        assert response.json()["error"]["status"] == response.status_code


@pytest.mark.parametrize("value", CORPUS.values(), ids=CORPUS)
@pytest.mark.parametrize("address", [*ADDRESSES, *FIGURES, "/map.html"])
@pytest.mark.variants(32)
def test_every_parameter_of_every_address(address, value):
    own = FIGURE_PARAMETERS if address in FIGURES else ("format", "level")
    for name in {*PARAMETERS, *own} - {*TEXTS}:
        # only the others are refused before anything is drawn
        small = f"&{SMALL}&dpi=72" if name == "q" and address in FIGURES else ""
        response = ask_app(APP, f"{address}?{name}={quote(value)}{small}")
        check(response)
        # only a text to look for may be anything, and then it finds nothing
        if name != "q":
            assert response.status_code in {400, 404, 414}, name


@pytest.mark.parametrize("value", CORPUS.values(), ids=CORPUS)
@pytest.mark.parametrize("name", PANEL_PARAMETERS)
def test_every_parameter_of_the_figure_of_a_panel(name, value):
    response = ask_app(APP, f"/figure.svg?kind=panel&{name}={quote(value)}")
    check(response)
    assert response.status_code in {400, 414}


@pytest.mark.parametrize("value", CORPUS.values(), ids=CORPUS)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.variants(13)
def test_a_text_of_the_reader_is_text_or_refused(name, value):
    response = ask_app(APP, f"/figure.svg?{SMALL}&{name}={quote(value)}")
    check(response)
    if response.status_code == 200:
        picture = ET.fromstring(response.text)
        names = {element.tag.rpartition("}")[2] for element in picture.iter()}
        assert not names & {"script", "img", "foreignObject"}
        assert not [a for element in picture.iter() for a in element.attrib if a.startswith("on")]


@pytest.mark.parametrize("value", CORPUS.values(), ids=CORPUS)
def test_a_path_is_a_name_that_is_not_known(value):
    for path in ("/api/v1/zones/{}", "/assets/{}/map.js", "/assets/0/{}"):
        response = ask_app(APP, path.format(quote(value, safe="")))
        if response.status_code == 200:
            # the hash of a file may be an old one, so any does; the content is the file's alone
            assert path.endswith("map.js")
            assert MARK not in response.text
        elif response.headers["content-type"].startswith("text/plain"):
            # a slash in a name is no name of ours, so no route takes it
            assert (response.status_code, response.text) == (404, "Not Found")
        else:
            check(response)
