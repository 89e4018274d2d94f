"""The API as a client sees it, and over real HTTP as map programs see it."""

import csv
import io
import socket
import threading
import time
import zipfile
from datetime import date
from urllib.parse import quote, urlencode

import geopandas as gpd
import httpx
import openpyxl
import pyogrio
import pytest
import uvicorn
from asking import ask, error_of, zones
from files import LATEST
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from pilotzones.query.answer import Answer
from pilotzones.query.reader import TRACKING
from pilotzones.query.view import PARAMETERS, View
from pilotzones.query.zones import zones_in_view
from pilotzones.server.api import OPERATIONS
from pilotzones.server.operations import PREFIX
from pilotzones.server.responses import MAX_QUERY_BYTES
from pilotzones.server.routes import routes
from pilotzones.tables.files import FORMATS, PLACED, write_file
from pilotzones.tables.rows import TABLES

VIEWED = [operation for operation in OPERATIONS if operation.takes_view]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_in_every_format_is_what_the_core_writes(atlas, name, form):
    table, view = TABLES[name], View(date(2022, 2, 8), provinces=("530000",), lang="zh")
    response = ask(f"{PREFIX}/{name}?format={form}&{view.query()}")
    if form in PLACED and not table.layer:
        assert error_of(response)["details"][0]["parameter"] == "format"
        return
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[form].media_type
    within = "-within-100-km" if table.near else ""
    name = f"-2022-02-08{within}-filtered.{form}"
    assert name in response.headers["content-disposition"]
    assert response.content == write_file(Answer(atlas, view), table, form)


def test_json_is_the_default_and_the_day_that_of_the_latest_document(atlas):
    said = zones().json()
    assert said["as_of"] == "2025-04-25"
    assert said["count"] == len(zones_in_view(atlas, View(LATEST)))


def test_changes_without_an_earlier_day_are_those_of_the_document_in_force(atlas):
    said = ask(f"{PREFIX}/changes").json()
    assert said["since"] == "2025-04-24"
    stop = next(stop for stop in atlas.stops if stop.on == LATEST)
    changes = {row["zone_id"]: row["change"] for row in said["changes"]}
    assert changes == dict.fromkeys(stop.approved, "gained") | dict.fromkeys(stop.revoked, "lost")


@pytest.mark.parametrize("form", ["json", "geojson"])
def test_one_zone(form):
    said = ask(f"{PREFIX}/zones/haikou?format={form}&on=2025-04-24&level=detail").json()
    zone = said["zone"] if form == "json" else said["properties"]
    assert zone["status"] == "active"
    assert said["as_of"] == "2025-04-24"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_record_of_a_zone_as_a_table(form):
    response = ask(f"{PREFIX}/zones/hainan?format={form}&on=2024-01-01&province=110000")
    name = f'attachment; filename="pilot-zone-hainan-2024-01-01.{form}"'
    assert response.headers["content-disposition"] == name
    if form == "csv":
        (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
        assert (row["zone_id"], row["status"], row["filters"]) == ("hainan", "pending", "")
    else:
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        assert book.sheetnames == ["zones", "documents", "notes"]
        assert [cell.value for cell in book["zones"]["A"]] == ["zone_id", "hainan"]


def test_an_unknown_zone_names_the_closest():
    response = ask(f"{PREFIX}/zones/haiku")
    assert response.status_code == 404
    error = error_of(response)
    assert "did you mean haikou" in error["message"]
    assert error["details"][0]["used"].startswith("haikou")


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("on=x&province=1", ["on", "province"]),
        ("since=2025-04-25&on=2020-01-01", ["since"]),
        ("on=1999-01-01", ["on"]),
        ("colour=red", ["colour"]),
        ("format=pdf&level=x", ["format", "level"]),
        ("format=csv&format=json", ["format"]),
        ("batch=99&lang=fr&neighbour=XXX&status=x", ["batch", "lang", "neighbour", "status"]),
    ],
)
def test_what_is_not_understood_is_refused_and_named(query, parameters):
    response = zones(query)
    assert response.status_code == 400
    named = [detail["parameter"] for detail in error_of(response)["details"]]
    assert sorted(named) == sorted(parameters)


@pytest.mark.parametrize("path", [f"{PREFIX}/zones", f"{PREFIX}/", "/figure.svg", "/map.html"])
@pytest.mark.variants(1)
def test_marks_of_where_a_reader_came_from_are_ignored(path):
    names = ("utm_source", "fbclid", "gclid", "msclkid", "from", "isappinstalled", "_")
    query = "&".join(f"{name}=x" for name in names)
    marked = ask(f"{path}?{query}&lang=en" if path != f"{PREFIX}/" else f"{path}?{query}")
    assert marked.status_code == 200
    assert not [name for name in names if f"{name}=x" in marked.text]


def test_a_filter_that_a_table_does_not_have_is_refused():
    answer = error_of(ask(f"{PREFIX}/changes?status=revoked"))["details"]
    assert [(one["parameter"], one["reason"]) for one in answer] == [
        ("status", "not a filter of this table")
    ]


@pytest.mark.parametrize("path", ["datapackage.zip", "openapi.json", ""])
def test_a_path_without_a_view_takes_no_parameters_of_one(path):
    assert ask(f"{PREFIX}/{path}?utm_source=x&fbclid=y").status_code == 200
    response = ask(f"{PREFIX}/{path}?on=2020-01-01")
    assert response.status_code == 400
    assert error_of(response)["details"][0]["parameter"] == "on"


def test_the_prefix_alone_leads_to_the_index_with_its_query():
    response = ask(f"{PREFIX}?utm_source=x&on=%0d%0ax")
    assert response.status_code == 307
    assert response.headers["location"] == f"{PREFIX}/?utm_source=x&on=%0d%0ax"
    assert ask(f"{PREFIX}?q=" + "x" * MAX_QUERY_BYTES).status_code == 414
    allowed = ask(PREFIX, method="OPTIONS")
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, "*")


@pytest.mark.parametrize("base", ["", "atlas", "/a/b/"])
def test_below_a_base_path(base):
    home = f"/{base.strip('/')}" if base else ""
    assert ask(f"{home}{PREFIX}/zones/hainan", base=base).status_code == 200
    redirect = ask(f"{home}{PREFIX}", base=base)
    assert redirect.headers["location"] == f"{home}{PREFIX}/"
    assert ask(f"{home}/zones.csv", base=base).status_code == 200


def test_the_csv_that_the_page_links_to_is_that_of_the_api():
    page = ask("/zones.csv?province=460000&on=2025-04-25&lang=zh&zone=hainan")
    both = zones("province=460000&format=csv&lang=zh&zone=hainan")
    assert page.content == both.content
    assert page.headers["content-type"] == "text/csv; charset=utf-8"
    assert page.headers["content-disposition"] == (
        'attachment; filename="pilot-zones-2025-04-25-filtered.csv"'
    )
    assert error_of(ask("/zones.csv?format=json"))["details"][0]["parameter"] == "format"


def test_the_package():
    response = ask(f"{PREFIX}/datapackage.zip")
    assert response.headers["content-type"] == "application/zip"
    assert "register/zones.csv" in zipfile.ZipFile(io.BytesIO(response.content)).namelist()


# what people, programs and attackers put into an address
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["2025-04-25", "2020-02-30", "9999-12-31", "0001-01-01", "20250425", "2025-W17-5"]
    ),
    st.sampled_from(
        [
            "460000",
            "VNM",
            "land",
            "8",
            "08",
            "８",
            "-1",
            "active",
            "zh",
            "hainan",
            "海口",
            "=1+1",
            "../..",
        ]
    ),
    st.sampled_from(["csv", "xlsx", "geojson", "gpkg", "json", "detail", "", " ", "\x00"]),
)


NAMES = st.one_of(
    st.sampled_from([*PARAMETERS, "format", "level", "utm_x", *sorted(TRACKING)]),
    st.text(max_size=8),
)


@given(
    operation=st.sampled_from(VIEWED),
    zone_id=st.one_of(st.sampled_from(["hainan", "haiku"]), st.text(min_size=1, max_size=20)),
    pairs=st.lists(st.tuples(NAMES, VALUES), max_size=4),
    tag=st.one_of(st.none(), st.text(st.characters(min_codepoint=32, max_codepoint=126))),
)
def test_no_query_breaks_the_api(operation, zone_id, pairs, tag):
    path = PREFIX + operation.path.format(zone_id=quote(zone_id, safe=""))
    response = ask(f"{path}?{urlencode(pairs)}", headers={"If-None-Match": tag} if tag else None)
    assert response.status_code in (200, 304, 400, 404)
    if response.status_code >= 400:
        error_of(response)


@given(
    raw=st.text(
        st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60
    )
)
def test_no_raw_query_breaks_the_api(raw):
    scope_query = httpx.URL("http://atlas" + PREFIX + "/changes").copy_with(query=raw.encode())
    response = ask(str(scope_query))
    assert response.status_code in (200, 400)


@given(data=st.data())
def test_counts_are_those_of_the_core(atlas, data):

    def pick(values):
        return tuple(data.draw(st.lists(st.sampled_from(values), max_size=2, unique=True)))

    view = View(
        data.draw(st.dates(date(2015, 3, 12), LATEST)),
        provinces=pick(atlas.register.provinces.index.tolist()),
        neighbours=pick(sorted(atlas.boundaries.border_regions)),
        statuses=pick(["active", "revoked"]),
    )
    ids = zones_in_view(atlas, view).index.tolist()
    said = zones(view.query()).json()
    assert [zone["zone_id"] for zone in said["zones"]] == ids
    rows = zones(f"{view.query()}&format=csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == len(ids) + 1


@pytest.fixture(scope="module")
def address():
    """Serve the routes over real HTTP on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            Starlette(routes=routes("")), log_level="warning", lifespan="off", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [free]})
        free.listen()
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_geojson_opens_by_its_address(address, atlas):
    url = f"{address}{PREFIX}/zones?format=geojson&on=2022-02-08"
    frame = gpd.read_file(url)
    ids = zones_in_view(atlas, View(date(2022, 2, 8))).index.tolist()
    assert frame["zone_id"].tolist() == ids
    assert frame.crs == "EPSG:4326"
    # as QGIS opens an address
    assert len(pyogrio.read_dataframe(f"/vsicurl/{url}")) == len(ids)


def test_files_arrive_whole_over_http(address):
    response = httpx.get(f"{address}{PREFIX}/zones?format=xlsx", trust_env=False)
    assert "zones" in openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames
    again = httpx.get(
        f"{address}{PREFIX}/zones?format=xlsx",
        headers={"If-None-Match": response.headers["etag"]},
        trust_env=False,
    )
    assert again.status_code == 304
    head = httpx.head(f"{address}{PREFIX}/zones?format=geojson", trust_env=False)
    assert head.status_code == 200
    assert head.content == b""
