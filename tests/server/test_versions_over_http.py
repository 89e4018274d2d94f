"""A version in an address: every door answers from it, also after the data changed."""

import csv
import io
from urllib.parse import urlsplit

import pytest
from asking import ask, error_of, send, zones
from copies import (
    GEODATA,
    add_ninth_batch,
    edit_rows,
    explain_revisions,
    load_checked,
    set_version,
)

from pilotzones import cite, load_atlas
from pilotzones.atlas.atlas import current_atlas
from pilotzones.atlas.history import check_revisions
from pilotzones.atlas.releases import keep_release, keeping_releases, released_fingerprints
from pilotzones.browser.assets import current_assets
from pilotzones.server.operations import PREFIX

FIRST, *_, LATEST = released_fingerprints(GEODATA)
SITE = "http://atlas/"
DAY = "2024-01-01"
TABLE = "city\n三沙市\n义乌市\n".encode()

QUERIES = (
    f"zones?on={DAY}",
    f"zones/yiwu?on={DAY}",
    f"zones.geojson?on={DAY}&province=330000",
    "documents",
    "timeline",
    "measures",
    f"facts?on={DAY}",
    f"places/330782?on={DAY}",
    f"lookup?place=330782&on={DAY}",
    "panel?unit=province&from=2015&to=2019",
    "weights?unit=province",
    f"divisions?on={DAY}&province=330000",
)


def with_version(address, version):
    return f"{address}{'&' if '?' in address else '?'}data={version}"


def answers(version):
    return {query: ask(f"{PREFIX}/{with_version(query, version)}").content for query in QUERIES} | {
        "match": send(f"{PREFIX}/match?place=city&on={DAY}&data={version}", TABLE).content
    }


def forget():
    for kept in (current_atlas, current_assets):
        kept.cache_clear()


@pytest.fixture
def changed(geodata, monkeypatch):
    """Release a version 2.0.0 with a ninth batch, in which a past day is another."""

    def change():
        with keeping_releases(geodata):
            add_ninth_batch(geodata)
        edit_rows(geodata / "register" / "documents.csv", move_first_day)
        set_version(geodata, "2.0.0")
        explain_revisions(geodata)
        check_revisions(load_checked(geodata))
        keep_release(geodata)
        monkeypatch.setenv("PILOTZONES_GEODATA", str(geodata))
        forget()

    yield change
    monkeypatch.undo()
    forget()


def move_first_day(rows):
    rows[0]["published_on"] = "2015-03-10"
    rows[0]["signed_on"] = "2015-03-07"


@pytest.mark.parametrize("query", QUERIES)
def test_the_present_version_by_name_is_the_same_answer(query):
    named, plain = ask(f"{PREFIX}/{with_version(query, LATEST)}"), ask(f"{PREFIX}/{query}")
    assert named.status_code == plain.status_code == 200
    assert named.content == plain.content


def test_an_earlier_version_answers_with_what_it_had():
    fingerprints = released_fingerprints(GEODATA)
    first = zones(f"data={FIRST}").json()
    assert first["data_version"] == f"{FIRST}+{fingerprints[FIRST]}"
    assert {row["checked_on"] for row in first["zones"]} == {None}
    assert None not in {row["checked_on"] for row in zones().json()["zones"]}
    assert ask(f"{PREFIX}/measures?data={FIRST}").json()["measures"] == []
    assert zones(f"data={FIRST}").headers["etag"] != zones().headers["etag"]


@pytest.mark.parametrize(
    "address",
    [
        *(f"{PREFIX}/{query}" for query in QUERIES),
        f"{PREFIX}/datapackage.zip",
        "/figure.png",
        "/map.html",
    ],
)
def test_an_unknown_version_is_refused(address):
    error = error_of(ask(with_version(address, "0.9")))
    assert error["status"] == 400
    (detail,) = error["details"]
    assert detail == {
        "parameter": "data",
        "value": "0.9",
        "reason": "unknown version",
        "used": ", ".join(current_atlas().versions),
    }


def test_the_archive_has_the_files_of_the_version():
    named = ask(f"{PREFIX}/datapackage.zip?data={FIRST}")
    assert named.headers["content-disposition"].endswith(f'-{FIRST}.zip"')
    assert named.content != ask(f"{PREFIX}/datapackage.zip").content


@pytest.mark.long
def test_figures_and_maps_of_versions_are_told_apart():
    for address in (f"/map.html?on={DAY}", f"/figure.svg?on={DAY}&size=column&labels=none"):
        named = {version: ask(with_version(address, version)) for version in (FIRST, LATEST)}
        plain = ask(address)
        assert plain.content == named[LATEST].content
        assert named[FIRST].headers["etag"] != plain.headers["etag"]
        assert f"data={FIRST}".encode() in named[FIRST].content
        assert f"data={LATEST}".encode() in plain.content


def test_versions_and_their_changes():
    known = ask(f"{PREFIX}/versions").json()["versions"]
    assert {one["version"]: one["fingerprint"] for one in known} == released_fingerprints(GEODATA)
    for one in known:
        found = ask(f"{PREFIX}/{one['revisions_url']}").json()["revisions"]
        assert len(found) == one["revisions"]
        assert {row["version"] for row in found} <= {one["version"]}
    assert not known[0]["revisions"]
    everything = ask(f"{PREFIX}/revisions.csv").content.decode("utf-8-sig")
    assert len([*csv.DictReader(io.StringIO(everything))]) == sum(one["revisions"] for one in known)
    assert error_of(ask(f"{PREFIX}/revisions?version=0.9"))["status"] == 400


def test_assets_of_an_earlier_version_are_found():
    present = current_assets()["stories-en.json"]
    address = f"/assets/{present.digest}/stories-en.json"
    assert ask(f"{address}?data={FIRST}").content != ask(address).content


@pytest.mark.parametrize("subject", ["haikou", "330700"])
@pytest.mark.variants(1)
def test_a_citation_opens_the_same_numbers_after_the_data_changed(subject, changed):
    atlas = load_atlas()
    cited = cite(atlas, subject, style="csl", site=SITE)
    assert f"data={LATEST}" in cited
    query = urlsplit(cited.rpartition('"URL": "')[2].partition('"')[0]).query
    kind, name = ("places", "adcode") if subject.isdigit() else ("zones", "zone")
    path = f"{PREFIX}/{kind}/{subject}?{query.replace(f'{name}={subject}&', '')}"
    before = {path: ask(path).content, "/figure.svg": ask(f"/figure.svg?{query}").content}
    before |= answers(LATEST)
    changed()
    assert ask(f"{PREFIX}/zones").json()["count"] != zones(f"data={LATEST}").json()["count"]
    assert ask(path).content == before.pop(path)
    assert ask(f"/figure.svg?{query}").content == before.pop("/figure.svg")
    assert answers(LATEST) == before


@pytest.mark.long
def test_the_first_picture_of_a_page_says_that_it_is_of_an_earlier_version():
    then, now = (ask(f"/zone?zone=yiwu&lang=en&{data}").text for data in (f"data={FIRST}", ""))
    assert f"Version {FIRST} of the data" in then
    assert "Show the present version" in then
    assert "Show the present version" not in now
    assert "unknown version" not in then
