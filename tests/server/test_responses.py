"""Entity tags, parts of files, preflights, and the shape of errors."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from asking import ask, error_of, zones

from pilotzones.atlas.atlas import current_atlas
from pilotzones.geodata import ENVIRONMENT_VARIABLE
from pilotzones.server import api
from pilotzones.server.api import OPERATIONS
from pilotzones.server.operations import PREFIX
from pilotzones.server.responses import MAX_QUERY_BYTES

READ = [operation for operation in OPERATIONS if operation.method == "GET"]


@pytest.mark.parametrize("operation", READ, ids=lambda operation: operation.path)
def test_an_answer_that_is_known_is_not_made_again(operation, monkeypatch):
    path = PREFIX + operation.path.format(zone_id="hainan", adcode="440600")
    path += f"?{urlencode(operation.example)}"
    first = ask(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    silent = [replace(one, body=lambda _: 1 / 0) for one in OPERATIONS]
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


def test_head_and_preflight():
    head = zones("format=csv", method="HEAD")
    assert head.status_code == 200
    assert head.headers["content-length"] == str(len(zones("format=csv").content))
    allowed = zones(
        method="OPTIONS", headers={"Origin": "http://a", "Access-Control-Request-Method": "GET"}
    )
    assert allowed.status_code == 204
    assert "GET" in allowed.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "path",
    [f"{PREFIX}/zones", "/zones.csv", "/figure.png", "/map.html", "/healthz", "/assets/x/map.js"],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_as_errors_are(path, method):
    refused = ask(path, method=method)
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert refused.headers["access-control-allow-origin"] == "*"
    error_of(refused)


def test_who_wants_another_version_gets_none():
    path = f"{PREFIX}/zones?format=csv"
    tag = ask(path).headers["etag"]
    for header in (tag, f'"other", {tag}', "*"):
        assert ask(path, headers={"If-Match": header}).status_code == 200
    for header in ('"other"', f"W/{tag}"):
        refused = ask(path, headers={"If-Match": header, "Range": "bytes=0-9"})
        assert refused.status_code == 412
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


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.9, */*;q=0.1", "text/csv"),
        ("application/geo+json, application/json;q=0.5", "application/geo+json"),
        ("text/csv; q=0.5, application/json", "application/json"),
        ("text/csv;q=0.5, */*", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("text/csv;q=many", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_who_names_a_media_type_gets_it(accept, kind):
    answer = zones("on=2025-04-25", headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in answer.headers["vary"].split(", ")
    # an address that names its format is not changed by what a client likes
    fixed = zones("on=2025-04-25&format=xlsx", headers={"Accept": accept})
    assert fixed.headers["content-type"].endswith("sheet")
    assert "vary" not in fixed.headers
    assert answer.headers["etag"] != fixed.headers["etag"]


def test_every_answer_may_be_read_from_any_origin():
    for path in ("", "/", "/zones", "/zones?on=x", "/zones/nowhere", "/nothing"):
        assert ask(PREFIX + path).headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/nothing", "/zones/", "/zones/a/b", "/zones.pdf", "/%00"])
def test_unknown_paths_are_refused_as_json(path):
    response = ask(PREFIX + path)
    assert response.status_code == 404
    error_of(response)


def test_a_query_that_is_too_long_is_refused():
    response = zones("q=" + "x" * MAX_QUERY_BYTES)
    assert response.status_code == 414
    error_of(response)


def test_a_long_query_is_refused_by_figures(client):
    assert client.get("/figure.png?q=" + "x" * 9000).status_code == 414
    assert client.get("/map.html?q=" + "x" * 9000).status_code == 414


def test_the_reason_why_data_cannot_be_loaded_is_given(monkeypatch, tmp_path):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    current_atlas.cache_clear()
    try:
        for path in (f"{PREFIX}/zones", "/zones.csv"):
            response = ask(path)
            assert response.status_code == 503
            assert ENVIRONMENT_VARIABLE in error_of(response)["details"][0]["reason"]
    finally:
        current_atlas.cache_clear()


def test_a_fault_of_the_code_is_refused_as_json(monkeypatch):
    monkeypatch.setattr(api, "question_tag", lambda *_: 1 / 0)
    response = ask(f"{PREFIX}/zones", raising=False)
    assert response.status_code == 500
    error_of(response)
