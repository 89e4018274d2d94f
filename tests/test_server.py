"""The routes beside the API: map files, pictures, health; and the headers of every response."""

import gzip
import html
import json
import re

import httpx
import pytest
from asking import ask_app
from copies import edit_rows
from starlette.applications import Starlette
from starlette.middleware import Middleware

from pilotzones import pictures, responses, server
from pilotzones.assets import LEAFLET_FILES, STATIC_FILES, collect_assets
from pilotzones.atlas import load_atlas
from pilotzones.server import SecurityHeaders, current_assets, routes
from pilotzones.standalone import standalone_map
from pilotzones.view import parse_view


class Client:
    """Asks an application over HTTP without a network."""

    def __init__(self, base_path: str = "") -> None:
        headers = Middleware(SecurityHeaders, base_path=base_path, script_hashes=("'sha256-x'",))
        self._app = Starlette(routes=routes(base_path), middleware=[headers])

    def get(self, path: str, **headers: str) -> httpx.Response:
        return ask_app(self._app, path, headers=headers)


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
    again = client.get(f"/{asset.path}", **{"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


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


def test_health_fails_with_the_reason_while_the_data_are_broken(client, geodata, monkeypatch):
    (geodata / "register" / "events.csv").write_text("nonsense\n", "utf-8")
    monkeypatch.setenv("PILOTZONES_GEODATA", str(geodata))
    responses.current_atlas.cache_clear()
    server.current_assets.cache_clear()
    try:
        response = client.get("/healthz")
        assert response.status_code == 503
        assert "events.csv, line 1" in response.json()["error"]
        assert client.get("/figure.png").status_code == 503
        assert client.get("/assets/x/map.js").status_code == 503
    finally:
        monkeypatch.undo()
        responses.current_atlas.cache_clear()
        server.current_assets.cache_clear()
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/zones?format=csv", "/nowhere"])
def test_security_headers_on_every_response(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = headers["content-security-policy"]
    assert "script-src 'self' blob: 'sha256-x';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy


def test_only_the_frame_of_the_map_may_evaluate(client):
    policy = client.get("/component/streamlit_folium.st_folium/index.html").headers
    assert "'unsafe-eval'" in policy["content-security-policy"]
    below = Client("atlas").get("/atlas/component/x").headers["content-security-policy"]
    assert "'unsafe-eval'" in below
    assert (
        "'unsafe-eval'"
        not in Client("atlas").get("/component/x").headers["content-security-policy"]
    )


def test_who_may_embed_is_configured(monkeypatch):
    monkeypatch.setenv("PILOTZONES_FRAME_ANCESTORS", "'self' https://intranet.example.org")
    policy = Client().get("/healthz").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://intranet.example.org")


def test_routes_move_with_the_base_path():
    below = Client("/atlas/")
    for path in ("healthz", "api/v1/zones", "zones.csv", "figure.svg?size=column", "map.html"):
        assert below.get(f"/atlas/{path}").status_code == 200
        assert below.get(f"/{path}").status_code == 404


@pytest.mark.parametrize(
    ("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]
)
def test_figures_at_an_address(client, ending, start):
    path = f"/figure.{ending}?on=2025-04-25&size=column&dpi=72&lang=zh"
    response = client.get(path)
    assert response.status_code == 200
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
    page = standalone_map(atlas, view, collect_assets(atlas)).decode()
    assert name not in page
    assert json.dumps(name)[1:-1].replace("<", "\\u003c") in page


def test_warming_up_can_be_switched_off(monkeypatch):
    monkeypatch.setenv("PILOTZONES_WARM_UP", "off")
    timer = pictures.warm_up_later()
    assert not timer.is_alive()
