"""The routes beside the API: map files, pictures, health; and the headers of every response."""

import asyncio
import gzip
import html
import itertools
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import streamlit_folium
from anyio import to_thread
from asking import ask_app
from copies import REPOSITORY, edit_rows
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route

from pilotzones.atlas import load_atlas
from pilotzones.browser.assets import LEAFLET_FILES, STATIC_DIR, STATIC_FILES, collect_assets
from pilotzones.browser.standalone import standalone_map
from pilotzones.errors import PilotZonesError
from pilotzones.figure import save as saving
from pilotzones.query.answer import Answer
from pilotzones.query.view import parse_view
from pilotzones.server import api, responses
from pilotzones.server import figures as pictures
from pilotzones.server import routes as server
from pilotzones.server.figures import MAX_WAITING
from pilotzones.server.middleware import (
    Compression,
    GuardedFrames,
    SecurityHeaders,
    frame_ancestors,
)
from pilotzones.server.responses import current_assets
from pilotzones.server.routes import routes


class Client:
    """Asks an application over HTTP without a network."""

    def __init__(self, base_path: str = "") -> None:
        hashes = ("'sha256-x'",)
        headers = Middleware(
            SecurityHeaders,
            base_path=base_path,
            script_hashes=hashes,
            ancestors=frame_ancestors(),
        )
        # as in app.py, around what Streamlit puts around the routes
        middleware = [headers, Middleware(Compression), Middleware(GZipMiddleware)]
        self._app = Starlette(routes=routes(base_path), middleware=middleware)

    def get(self, path: str, *, raising: bool = True, **headers: str) -> httpx.Response:
        return ask_app(self._app, path, headers=headers, raising=raising)


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def test_every_asset_is_served_for_ever_under_its_hash(client):
    assets = current_assets()
    assert {*STATIC_FILES, *LEAFLET_FILES, "overview.json", "zones.json"} <= set(assets)
    for asset in assets.values():
        response = client.get(f"/{asset.path}", **{"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        assert response.headers["content-encoding"] == "gzip"
        assert "immutable" in response.headers["cache-control"]
        assert "html" not in response.headers["content-type"]
        assert response.content == asset.body


def test_an_asset_without_gzip_and_again(client):
    asset = current_assets()["map.css"]
    plain = client.get(f"/{asset.path}", **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == asset.body
    tag = plain.headers["etag"]
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(f"/{asset.path}", **{"If-None-Match": header})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/{asset.path}", **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("br, GZIP", True),
        ("gzip;q=0.5", True),
        ("gzip; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("x-gzip", False),
        ("", False),
    ],
)
def test_an_asset_is_compressed_for_those_who_take_it(client, accepted, compressed):
    response = client.get("/assets/x/map.css", **{"Accept-Encoding": accepted})
    assert ("content-encoding" in response.headers) == compressed
    assert response.content == current_assets()["map.css"].body


@pytest.mark.parametrize("path", ["/api/v1/zones?format=geojson", "/map.html", "/assets/x/map.js"])
def test_a_tag_stands_for_one_body(client, path):
    plain = client.get(path, **{"Accept-Encoding": "identity"})
    packed = client.get(path, **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.content == plain.content
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    for response, accepted in ((plain, "identity"), (packed, "gzip")):
        tag = response.headers["etag"]
        again = client.get(path, **{"If-None-Match": tag, "Accept-Encoding": accepted})
        assert (again.status_code, again.headers["etag"]) == (304, tag)


def test_a_compressed_download_is_not_resumed_with_plain_bytes(client):
    path = "/api/v1/zones?format=geojson"
    packed = client.get(path, **{"Accept-Encoding": "gzip"})
    assert "accept-ranges" not in packed.headers
    asked = {"Range": "bytes=1000-", "Accept-Encoding": "gzip"}
    whole = client.get(path, **asked, **{"If-Range": packed.headers["etag"]})
    assert (whole.status_code, whole.content) == (200, packed.content)
    plain = client.get(path, **{"Accept-Encoding": "identity"})
    part = client.get(path, **asked, **{"If-Range": plain.headers["etag"]})
    assert (part.status_code, part.content) == (206, plain.content[1000:])
    assert part.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in part.headers


def test_a_client_that_refuses_gzip_gets_none(client):
    response = client.get("/api/v1/zones", **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in response.headers


def test_a_page_of_an_earlier_version_gets_what_there_is_but_may_not_keep_it(client):
    response = client.get("/assets/0123456789abcdef/map.js")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.js", "..%2F..%2Fpyproject.toml", "zones.csv"])
def test_only_assets_are_served(client, name):
    assert client.get(f"/assets/x/{name}").status_code == 404


def test_what_the_first_map_fetches_is_small():
    names = ("overview.json", "zones.json", "words-en.json", *STATIC_FILES, *LEAFLET_FILES)
    assert sum(len(current_assets()[name].compressed) for name in names) <= 400_000


def test_the_zones_of_the_overview_are_small(atlas):
    layer = atlas.boundaries.path("zones_overview.geojson").read_bytes()
    assert len(gzip.compress(layer)) <= 250_000


def test_health_tells_the_version_of_the_data(client, atlas):
    response = client.get("/healthz")
    assert response.json() == {"status": "ok", "data_version": atlas.data_version, "zones": 181}


@pytest.fixture
def damaged(geodata, monkeypatch):
    """Damage a file of the data, so that the routes meet it."""

    def forget():
        responses.current_atlas.cache_clear()
        responses.current_assets.cache_clear()

    def damage(name):
        (path,) = geodata.rglob(name)
        path.write_text("nonsense\n", "utf-8")
        forget()

    monkeypatch.setenv("PILOTZONES_GEODATA", str(geodata))
    yield damage
    monkeypatch.undo()
    forget()


EVENTS = "events.csv"
NATION = "nation_overview.geojson"
PROVINCES = "provinces_overview.geojson"


@pytest.mark.parametrize("name", [EVENTS, NATION, PROVINCES])
def test_health_fails_with_the_reason_while_the_data_are_broken(client, damaged, name):
    assert client.get("/healthz").status_code == 200
    damaged(name)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert name in response.json()["error"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *((EVENTS, path) for path in ("/zones.csv", "/api/v1/zones", "/figure.png", "/map.html")),
        *((EVENTS, path) for path in ("/assets/x/map.js", "/assets/x/nothing.js")),
        *((NATION, path) for path in ("/figure.svg", "/map.html", "/assets/x/overview.json")),
        *((PROVINCES, path) for path in ("/figure.pdf", "/api/v1/provinces?format=geojson")),
        (PROVINCES, "/api/v1/provinces?format=gpkg"),
    ],
)
def test_every_address_tells_which_file_is_damaged_and_the_remedy(client, damaged, name, path):
    damaged(name)
    response = client.get(path)
    assert response.status_code == 503
    (detail,) = response.json()["error"]["details"]
    assert name in detail["reason"]
    assert re.search("mend the file|restore it", detail["reason"])
    assert response.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" in response.headers


SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'sha256-x'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def security_headers(response):
    return {name: response.headers[name] for name in SECURITY_HEADERS}


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/zones?format=csv", "/nowhere"])
def test_security_headers_on_every_response(client, path):
    assert security_headers(client.get(path)) == SECURITY_HEADERS


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        ((api, "etag"), "/api/v1/zones"),
        ((api, "etag"), "/zones.csv"),
        ((pictures, "figure_etag"), "/figure.png"),
        ((pictures, "standalone_map"), "/map.html"),
        ((server, "current_assets"), "/assets/x/map.js"),
        ((server, "current_atlas"), "/healthz"),
    ],
)
def test_a_fault_of_the_code_has_the_headers_and_the_form_of_errors(
    client, monkeypatch, broken, path
):
    monkeypatch.setattr(*broken, lambda *_: 1 / 0)
    response = client.get(path, raising=False)
    assert response.status_code == 500
    message = "the answer could not be made"
    assert response.json() == {"error": {"status": 500, "message": message, "details": []}}
    assert security_headers(response) == SECURITY_HEADERS
    # the server writes it into its log
    with pytest.raises(ZeroDivisionError):
        client.get(path)


def test_only_the_frame_of_the_map_may_evaluate(client):
    policy = client.get("/component/streamlit_folium.st_folium/index.html").headers
    assert policy["content-security-policy"] == SECURITY_HEADERS["content-security-policy"].replace(
        "script-src 'self' 'sha256-x'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    )
    below = Client("atlas").get("/atlas/component/x").headers["content-security-policy"]
    assert "'unsafe-eval'" in below
    assert (
        "'unsafe-eval'"
        not in Client("atlas").get("/component/x").headers["content-security-policy"]
    )


def test_who_may_embed_is_configured(monkeypatch):
    monkeypatch.setenv("PILOTZONES_FRAME_ANCESTORS", "'self' https://intranet.example.org")
    for path in ("/healthz", "/component/x"):
        policy = Client().get(path).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self' https://intranet.example.org")


def test_the_app_may_always_frame_its_own_map(monkeypatch):
    monkeypatch.setenv(
        "PILOTZONES_FRAME_ANCESTORS", " https://a.example  https://*.b.example:8443 "
    )
    assert frame_ancestors() == "'self' https://a.example https://*.b.example:8443"


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "'none'", "'self", "https://a.example\n", "https://a.example\r\nX-Y: z"),
        *("https://a.example; script-src *", "https://a.example, b", "https://a\tb", "a\x00b"),
        *("a\x7fb", "https://中.example"),
    ],
)
def test_what_does_not_say_who_may_embed_is_refused_at_the_start(monkeypatch, value):
    monkeypatch.setattr(os, "environ", {"PILOTZONES_FRAME_ANCESTORS": value})
    with pytest.raises(PilotZonesError, match="PILOTZONES_FRAME_ANCESTORS=.* give addresses"):
        frame_ancestors()


def test_the_server_does_not_start_with_a_wrong_setting():
    app = REPOSITORY / "app.py"
    environment = {**os.environ, "PILOTZONES_FRAME_ANCESTORS": "https://a.example; x"}
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", "0"]
    ended = subprocess.run(
        command, env=environment, capture_output=True, check=False, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert "Error: PILOTZONES_FRAME_ANCESTORS='https://a.example; x'" in ended.stderr
    assert "Traceback" not in ended.stderr


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


def test_routes_move_with_the_base_path():
    below = Client("/atlas/")
    for path in ("healthz", "api/v1/zones", "zones.csv", "figure.svg?size=column", "map.html"):
        assert below.get(f"/atlas/{path}").status_code == 200
        assert below.get(f"/{path}").status_code == 404


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("png", "image/png", b"\x89PNG"),
        ("svg", "image/svg+xml", b"<?xml"),
        ("pdf", "application/pdf", b"%PDF"),
    ],
)
def test_figures_at_an_address(client, ending, media_type, start):
    path = f"/figure.{ending}?on=2025-04-25&size=column&dpi=72&lang=zh"
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.content.startswith(start)
    assert f'pilot-zones-2025-04-25-column.{ending}"' in response.headers["content-disposition"]
    again = client.get(path, **{"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
    assert client.get(path).content == response.content


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("size=huge", "size"),
        ("dpi=9999", "dpi"),
        ("dpi=many", "dpi"),
        ("labels=some", "labels"),
        ("title=" + "x" * 201, "title"),
        ("title=%00", "title"),
        ("format=gif", "format"),
        ("on=2025-13-45", "on"),
        ("provnce=440000", "provnce"),
    ],
)
def test_a_figure_names_the_parameter_that_it_cannot_follow(client, query, parameter):
    response = client.get(f"/figure.png?{query}")
    assert response.status_code == 400
    assert [one["parameter"] for one in response.json()["error"]["details"]] == [parameter]


def test_health_and_the_files_of_the_map_need_no_thread_of_the_others():
    app = Starlette(routes=routes(""))

    async def starve():
        to_thread.current_default_thread_limiter().total_tokens = 0
        transport = httpx.ASGITransport(app)
        async with asyncio.timeout(30), httpx.AsyncClient(transport=transport) as client:
            for path in ("healthz", "assets/x/map.js"):
                assert (await client.get(f"http://atlas/{path}")).status_code == 200

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, starve()).result()


def test_figures_that_are_waited_for_keep_nobody_else_waiting_and_are_no_more_than_some(
    monkeypatch,
):
    current_assets()
    drawn = []
    monkeypatch.setattr(saving, "save", lambda *args: drawn.append(args) or b"a figure")
    app = Starlette(routes=routes(""))
    each = 5

    async def crowd():
        transport = httpx.ASGITransport(app)
        async with asyncio.timeout(30), httpx.AsyncClient(transport=transport) as client:

            def get(path):
                return client.get(f"http://atlas/{path}")

            paths = [f"figure.png?title=crowd&dpi={100 + n}" for n in range(MAX_WAITING + 1)]
            with saving.drawing:
                tasks = [asyncio.create_task(get(path)) for path in paths * each]
                for path in ("healthz", "assets/x/map.js", "zones.csv"):
                    assert (await get(path)).status_code == 200
                for answer in itertools.islice(asyncio.as_completed(tasks), each):
                    assert (await answer).status_code == 503
            return await asyncio.gather(*tasks)

    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(asyncio.run, crowd()).result()
    assert len(drawn) == MAX_WAITING
    assert [one.content for one in answers if one.is_success] == [b"a figure"] * len(drawn) * each
    refused = [one for one in answers if not one.is_success]
    assert [one.status_code for one in refused] == [503] * each
    assert refused[0].headers["retry-after"] == "10"
    assert "ask again in 10 seconds" in refused[0].json()["error"]["message"]


def test_a_query_without_end_is_refused(client):
    assert client.get("/figure.png?q=" + "x" * 9000).status_code == 414
    assert client.get("/map.html?q=" + "x" * 9000).status_code == 414


@pytest.mark.parametrize("base", ["", "/below"])
@pytest.mark.parametrize(
    ("query", "page"), [("on=2025-04-25", ""), ("on=2025-04-25&since=2024-12-31", "compare")]
)
@pytest.mark.parametrize("path", ["figure.svg", "map.html"])
def test_pictures_name_the_page_that_shows_the_same(base, query, page, path):
    said = html.unescape(Client(base).get(f"{base}/{path}?{query}").text)
    assert f"http://atlas{base}/{page}?{query}&lang=en<" in said


def test_the_map_to_send_is_one_file_below_two_megabytes(client):
    response = client.get("/map.html?on=2020-05-06&province=440000&lang=zh")
    assert response.headers["content-disposition"].startswith("attachment")
    assert len(response.content) <= 2_000_000
    # the footer names where the map came from, and nothing is fetched from anywhere
    page, footer = re.subn(r"<footer>.*?</footer>", "", response.text, flags=re.DOTALL)
    assert footer == 1
    assert "CC BY 4.0" in response.text
    assert "/?on=2020-05-06&amp;province=440000&amp;lang=zh</a>" in response.text
    assert "http" + "://" not in page.replace("http://www.w3.org", "").split("<script>window")[0]
    assert "<strong>广东省跨境电子商务综合试验区，2020年5月6日</strong>" in response.text
    assert client.get("/map.html?zone=nowhere").status_code == 400


def test_what_stands_in_the_map_to_send_cannot_end_its_script(geodata):
    name = "</script><script>alert(1)</script>"

    def change(rows):
        rows[0] |= {"name_en": name, "name_zh": name}

    edit_rows(geodata / "register" / "zones.csv", change)
    atlas = load_atlas(geodata)
    view, _ = parse_view([], atlas)
    page = standalone_map(Answer(atlas, view), collect_assets(atlas)).decode()
    assert name not in page
    assert json.dumps(name)[1:-1].replace("<", "\\u003c") in page


def test_warming_up_can_be_switched_off(monkeypatch):
    monkeypatch.setenv("PILOTZONES_WARM_UP", "off")
    timer = pictures.warm_up_later()
    assert not timer.is_alive()
