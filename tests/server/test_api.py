"""The API as a client sees it, and over real HTTP as map programs see it."""

import csv
import io
import json
import re
import socket
import threading
import time
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

import geopandas as gpd
import httpx
import jsonschema
import openpyxl
import pyogrio
import pytest
import uvicorn
from asking import ask_app
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from pilotzones.atlas.atlas import current_atlas
from pilotzones.geodata import ENVIRONMENT_VARIABLE
from pilotzones.query.answer import Answer
from pilotzones.query.view import PARAMETERS, View
from pilotzones.query.zones import zones_in_view
from pilotzones.server import api
from pilotzones.server.operations import OPERATIONS, PREFIX
from pilotzones.server.responses import MAX_QUERY_BYTES
from pilotzones.server.routes import routes
from pilotzones.tables.files import FORMATS, write_file
from pilotzones.tables.rows import TABLES

LATEST = date(2025, 4, 25)
DETAIL = {"parameter", "value", "reason", "used"}
VIEWED = [operation for operation in OPERATIONS if operation.takes_view]


def ask(path, *, method="GET", base="", headers=None, raising=True):
    """Ask the routes without a network."""
    app = Starlette(routes=routes(base))
    return ask_app(app, path, method=method, headers=headers, raising=raising)


def zones(query="", **more):
    return ask(f"{PREFIX}/zones?{query}", **more)


def error_of(response):
    """Hold an error to its shape and return it."""
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert set(error) == {"status", "message", "details"}
    assert error["status"] == response.status_code
    for detail in error["details"]:
        assert set(detail) in (DETAIL, {"reason"})
    return error


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_in_every_format_is_what_the_core_writes(atlas, name, form):
    response = ask(f"{PREFIX}/{name}?format={form}&on=2022-02-08&neighbour=land&lang=zh")
    table, view = TABLES[name], View(date(2022, 2, 8), neighbours=("land",), lang="zh")
    if form in ("geojson", "gpkg") and not table.layer:
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


def test_changes_without_an_earlier_day_are_those_of_the_document_in_force():
    said = ask(f"{PREFIX}/changes").json()
    assert said["since"] == "2025-04-24"
    assert sorted({row["change"] for row in said["changes"]}) == ["gained", "lost"]
    assert said["count"] == 19


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
    told = [detail["parameter"] for detail in error_of(response)["details"]]
    assert sorted(told) == sorted(parameters)


def test_a_filter_that_a_table_does_not_have_is_refused():
    answer = error_of(ask(f"{PREFIX}/changes?status=revoked"))["details"]
    assert [(one["parameter"], one["reason"]) for one in answer] == [
        ("status", "not a filter of this table")
    ]


@pytest.mark.parametrize("path", ["datapackage.zip", "openapi.json", ""])
def test_a_path_without_a_view_takes_no_parameters_of_one(path):
    assert ask(f"{PREFIX}/{path}?utm_source=x").status_code == 200
    response = ask(f"{PREFIX}/{path}?on=2020-01-01")
    assert response.status_code == 400
    assert error_of(response)["details"][0]["parameter"] == "on"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_an_answer_that_is_known_is_not_made_again(operation, monkeypatch):
    path = PREFIX + operation.path.format(zone_id="hainan")
    first = ask(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    silent = [replace(one, answer=lambda _: 1 / 0) for one in OPERATIONS]
    monkeypatch.setattr(api, "OPERATIONS", silent)
    for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        known = ask(path, headers={"If-None-Match": header})
        assert (known.status_code, known.content) == (304, b"")
        # in the form in which the client knows it
        assert known.headers["etag"] == (header if header == f"W/{tag}" else tag)
        assert known.headers["access-control-allow-origin"] == "*"


def test_tags_differ_with_the_question_alone():
    queries = ["", "format=csv", "lang=zh", "on=2020-05-06", "format=geojson", "zone=hainan"]
    queries.append("format=geojson&level=detail")
    tags = {query: zones(query).headers["etag"] for query in queries}
    assert len(set(tags.values())) == len(queries)
    assert zones("level=overview&on=2025-04-25&format=json").headers["etag"] == tags[""]
    assert ask(f"{PREFIX}/provinces").headers["etag"] not in tags.values()


def test_head_and_preflight_and_other_methods():
    head = zones("format=csv", method="HEAD")
    assert head.status_code == 200
    assert head.headers["content-length"] == str(len(zones("format=csv").content))
    allowed = zones(
        method="OPTIONS", headers={"Origin": "http://a", "Access-Control-Request-Method": "GET"}
    )
    assert allowed.status_code == 204
    assert "GET" in allowed.headers["access-control-allow-methods"]
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = zones(method=method)
        assert refused.status_code == 405
        assert "GET" in refused.headers["allow"]
        error_of(refused)


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("0-9", slice(0, 10)),
        ("10-", slice(10, None)),
        ("-7", slice(-7, None)),
        ("5-5", slice(5, 6)),
        ("0-999999999", slice(None)),
        ("-999999999", slice(None)),
    ],
)
def test_a_part_of_a_file(wanted, part):
    whole = zones("format=geojson")
    some = zones("format=geojson", headers={"Range": f"bytes={wanted}"})
    assert some.status_code == 206
    assert some.content == whole.content[part]
    assert some.headers["etag"] == whole.headers["etag"]
    start, stop, _ = part.indices(len(whole.content))
    assert some.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(whole.content)}"


@pytest.mark.parametrize(
    "wanted", ["bytes=-", "bytes=5-3", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", ""]
)
def test_a_part_that_is_not_understood_is_the_whole(wanted):
    assert zones("format=csv", headers={"Range": wanted}).status_code == 200


def test_a_part_of_another_version_is_the_whole_and_one_beyond_the_end_is_none():
    stale = {"Range": "bytes=0-9", "If-Range": '"other"'}
    assert zones("format=csv", headers=stale).status_code == 200
    for wanted in ("bytes=99999999-", "bytes=99999998-99999999", "bytes=-0"):
        beyond = zones("format=csv", headers={"Range": wanted})
        assert beyond.status_code == 416
        assert re.fullmatch(r"bytes \*/\d+", beyond.headers["content-range"])
        assert beyond.headers["access-control-allow-origin"] == "*"
        error_of(beyond)


def test_every_answer_may_be_read_from_any_origin():
    for path in ("", "/", "/zones", "/zones?on=x", "/zones/nowhere", "/nothing"):
        assert ask(PREFIX + path).headers["access-control-allow-origin"] == "*"


def test_the_prefix_alone_leads_to_the_index_with_its_query():
    response = ask(f"{PREFIX}?utm_source=x&on=%0d%0ax")
    assert response.status_code == 307
    assert response.headers["location"] == f"{PREFIX}/?utm_source=x&on=%0d%0ax"
    assert ask(f"{PREFIX}?q=" + "x" * MAX_QUERY_BYTES).status_code == 414
    allowed = ask(PREFIX, method="OPTIONS")
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, "*")


@pytest.mark.parametrize("path", ["/nothing", "/zones/", "/zones/a/b", "/zones.csv", "/%00"])
def test_unknown_paths_are_told_as_json(path):
    response = ask(PREFIX + path)
    assert response.status_code == 404
    error_of(response)


def test_a_query_that_is_too_long_is_refused():
    response = zones("q=" + "x" * MAX_QUERY_BYTES)
    assert response.status_code == 414
    error_of(response)


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


def test_data_that_cannot_be_loaded_are_told(monkeypatch, tmp_path):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    current_atlas.cache_clear()
    try:
        for path in (f"{PREFIX}/zones", "/zones.csv"):
            response = ask(path)
            assert response.status_code == 503
            assert ENVIRONMENT_VARIABLE in error_of(response)["details"][0]["reason"]
    finally:
        current_atlas.cache_clear()


def test_a_fault_of_the_code_is_told_as_json(monkeypatch):
    monkeypatch.setattr(api, "etag", lambda *_: 1 / 0)
    response = ask(f"{PREFIX}/zones", raising=False)
    assert response.status_code == 500
    error_of(response)


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
NAMES = st.one_of(st.sampled_from([*PARAMETERS, "format", "level", "utm_x"]), st.text(max_size=8))


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
def description():
    return ask(f"{PREFIX}/openapi.json").json()


def test_the_description_lists_every_route_and_parameter(description):
    assert description["openapi"].startswith("3.1")
    assert list(description["paths"]) == [operation.path for operation in OPERATIONS]
    for operation in OPERATIONS:
        get = description["paths"][operation.path]["get"]
        names = [one["name"] for one in get["parameters"] if one["in"] == "query"]
        assert tuple(names) == operation.parameters
        placeholders = [one["name"] for one in get["parameters"] if one["in"] == "path"]
        assert placeholders == re.findall(r"{(\w+)}", operation.path)
        types = [operation.type_of(form) for form in operation.formats]
        assert list(get["responses"]["200"]["content"]) == types
    ids = [item["get"]["operationId"] for item in description["paths"].values()]
    assert len(set(ids)) == len(ids)


def test_answers_are_as_described(description):
    for name in TABLES:
        schema = {"$ref": f"#/components/schemas/{name}"} | description
        rows = ask(f"{PREFIX}/{name}?lang=zh").json()[name]
        assert rows
        jsonschema.Draft202012Validator(schema).validate(rows)
    error = {"$ref": "#/components/schemas/error"} | description
    for path in ("/zones?on=x&x=y", "/zones/haiku", "/nothing"):
        jsonschema.Draft202012Validator(error).validate(ask(PREFIX + path).json())


def test_every_reference_of_the_description_leads_somewhere(description):
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)):
        jsonschema.Draft202012Validator.check_schema(
            description["components"]["schemas"][reference]
        )


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
