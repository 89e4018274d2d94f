"""Where the routes lie; files of the map, and health."""

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest
from anyio import to_thread
from asking import Client
from starlette.applications import Starlette

from pilotzones.browser.assets import STATIC_FILES, current_assets
from pilotzones.server.routes import prepare_pages, routes


def test_every_asset_is_served_for_ever_under_its_hash(client):
    assets = current_assets()
    assert {*STATIC_FILES, "coarse.json", "zones.json"} <= set(assets)
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


def test_a_page_of_an_earlier_version_gets_the_present_file_to_use_once(client):
    response = client.get("/assets/0123456789abcdef/map.js")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.js", "..%2F..%2Fpyproject.toml", "zones.csv"])
def test_only_assets_are_served(client, name):
    assert client.get(f"/assets/x/{name}").status_code == 404


def test_what_the_first_map_fetches_is_small():
    names = ("coarse.json", "zones.json", "names.json", "words-en.json", *STATIC_FILES)
    assert sum(len(current_assets()[name].compressed) for name in names) <= 250_000


def test_the_zones_of_the_overview_are_small(atlas):
    layer = atlas.boundaries.path("zones_overview.geojson").read_bytes()
    assert len(gzip.compress(layer)) <= 250_000


def test_health_tells_the_version_of_the_data(client, atlas):
    response = client.get("/healthz")
    assert response.json() == {
        "status": "ok",
        "data_version": atlas.data_version,
        "zones": len(atlas.register.zones),
    }


EVENTS = "events.csv"


NATION = "nation_overview.geojson"


PROVINCES = "provinces_overview.geojson"


@pytest.mark.parametrize("name", [EVENTS, NATION, PROVINCES])
@pytest.mark.variants(1)
def test_health_fails_with_the_reason_while_the_data_are_broken(client, damaged, name):
    assert client.get("/healthz").status_code == 200
    damaged(name)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert name in response.json()["error"]


def test_health_does_not_wait_for_the_files_of_the_map(client, monkeypatch):
    collecting, collected = Event(), Event()

    def collect(_):
        collecting.set()
        assert collected.wait(30)
        return {}

    current_assets.cache_clear()
    monkeypatch.setattr("pilotzones.browser.assets.collect_assets", collect)
    prepare_pages()
    try:
        assert collecting.wait(30)
        assert client.get("/healthz").json()["status"] == "ok"
        assert current_assets.under_way
    finally:
        collected.set()
        assert current_assets() == {}
        current_assets.cache_clear()


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
@pytest.mark.variants(4)
def test_every_address_tells_which_file_is_damaged_and_the_remedy(client, damaged, name, path):
    damaged(name)
    response = client.get(path)
    assert response.status_code == 503
    (detail,) = response.json()["error"]["details"]
    assert name in detail["reason"]
    assert re.search("mend the file|restore it", detail["reason"])
    assert response.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" in response.headers


def test_routes_move_with_the_base_path():
    below = Client("/atlas/")
    for path in ("healthz", "api/v1/zones", "zones.csv", "figure.svg?size=column", "map.html"):
        assert below.get(f"/atlas/{path}").status_code == 200
        assert below.get(f"/{path}").status_code == 404


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
