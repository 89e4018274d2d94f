"""OGC API – Features: what map programs are answered, and a map program that connects."""

from datetime import date

import jsonschema
import pyogrio
import pytest
import shapely
from asking import ask, error_of
from known import ZONES
from serving import serve

from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.server.ogc import CONFORMANCE, GEOJSON, MAX_LIMIT
from pilotzones.tables.collections import COLLECTIONS

PAGE = {
    "type": "object",
    "required": ["type", "numberMatched", "numberReturned", "links", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {"required": ["type", "id", "geometry", "properties"]},
        },
        "links": {"type": "array", "items": {"required": ["href", "rel", "type"]}},
    },
}


def items(collection, query=""):
    response = ask(f"/ogc/collections/{collection}/items?{query}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == GEOJSON
    page = response.json()
    jsonschema.validate(page, PAGE)
    assert page["numberReturned"] == len(page["features"])
    return page


def ids(page):
    return {one["id"] for one in page["features"]}


def links(answer):
    return {link["rel"]: link["href"] for link in answer["links"]}


def test_all_is_found_from_the_landing_page():
    landing = ask("/ogc").json()
    for rel, href in links(landing).items():
        assert ask(href.removeprefix("http://atlas")).status_code == 200, rel
    assert ask("/ogc/conformance").json() == {"conformsTo": list(CONFORMANCE)}
    collections = ask("/ogc/collections").json()["collections"]
    assert [one["id"] for one in collections] == list(COLLECTIONS)
    for one in collections:
        assert ask(links(one)["self"].removeprefix("http://atlas")).json() == one
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        assert 73 < west < east < 136
        assert 3 < south < north < 54
        assert links(one)["items"].endswith(f"/collections/{one['id']}/items")


def test_links_stay_below_the_path_of_the_host():
    landing = ask("/atlas/ogc", base="atlas").json()
    assert all(href.startswith("http://atlas/atlas/ogc") for href in links(landing).values())


@pytest.mark.parametrize("day", [date(2015, 3, 11), date(2019, 6, 1), date(2025, 4, 24)])
def test_zones_of_a_day_are_those_of_the_core(atlas, day):
    active = Answer(atlas, View(day)).active
    page = items("zones", f"datetime={day}")
    assert ids(page) == set(active.index[active])
    assert all(one["properties"]["as_of"] == str(day) for one in page["features"])


def test_zones_of_a_span_were_active_on_any_day_of_it():
    assert len(ids(items("zones"))) == ZONES
    revoked = {"haikou", "sanya", "alashankou"}
    before, after = "2025-04-24", "2025-04-25"
    assert revoked <= ids(items("zones", f"datetime={before}"))
    assert not revoked & ids(items("zones", f"datetime={after}"))
    for span in (f"{before}/{after}", f"{before}T00:00:00Z/..", f"../{after}", f"/{before}"):
        assert revoked <= ids(items("zones", f"datetime={span}")), span
    assert not revoked & ids(items("zones", f"datetime={after}/.."))
    # what holds at the end of a span that is not over yet holds today
    assert len(ids(items("zones", "datetime=2015-03-12/2099-01-01"))) == ZONES


def test_places_say_what_holds_on_the_day():
    (changzhi,) = [
        one
        for one in items("prefectures", "datetime=2022-11-24")["features"]
        if one["id"] == "140400"
    ]
    assert changzhi["properties"]["status"] == "none"
    assert changzhi["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    page = items("places", "datetime=2025-04-25&limit=10000")
    assert all(one["geometry"]["type"] == "Point" for one in page["features"])
    status = {one["id"]: one["properties"]["status"] for one in page["features"]}
    assert (status["460100"], status["460300"]) == ("whole", "unknown")


def test_a_point_of_a_place_lies_in_it(atlas):
    page = items("places", "limit=10000")
    counties = atlas.boundaries.counties
    for one in page["features"]:
        if one["properties"]["level"] == "county":
            point = shapely.Point(one["geometry"]["coordinates"])
            assert counties[one["id"]].distance(point) < 1e-3, one["id"]


def test_a_box_finds_what_meets_it():
    hainan = "108.5,18,111.2,20.2"
    assert ids(items("zones", f"bbox={hainan}&datetime=2025-04-25")) == {"hainan"}
    assert ids(items("zones", f"bbox={hainan}&datetime=2025-04-24")) == {"haikou", "sanya"}
    assert ids(items("provinces", "bbox=109,18,0,110,19,100")) == {"460000"}
    # across the antimeridian there is nothing of China, across the whole world all
    assert ids(items("zones", "bbox=170,-10,-170,10")) == set()
    assert len(ids(items("zones", "bbox=-180,-90,180,90"))) == ZONES


def test_pages_follow_one_another_and_miss_nothing():
    page = items("zones", "limit=50")
    found = [one["id"] for one in page["features"]]
    while "next" in links(page):
        page = ask(links(page)["next"].removeprefix("http://atlas")).json()
        found += [one["id"] for one in page["features"]]
    assert page["numberMatched"] == len(found) == len(set(found)) == ZONES
    back = ask(links(page)["prev"].removeprefix("http://atlas")).json()
    assert back["features"][0]["id"] == found[100]
    assert items("places", f"limit={MAX_LIMIT + 1}")["numberReturned"] <= MAX_LIMIT


def test_a_feature_has_an_address_of_its_own():
    response = ask("/ogc/collections/zones/items/hangzhou")
    assert response.headers["content-type"] == GEOJSON
    assert response.json()["properties"]["batch"] == 1
    for path in ("zones/items/nowhere", "rivers", "rivers/items"):
        message = error_of(ask(f"/ogc/collections/{path}"))["message"]
        assert path.split("/")[-1 if "nowhere" in path else 0] in message


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("bbox=0,50,10,40", "bbox"),
        ("datetime=2025-13-01", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=2025-01-01/2024-01-01", "datetime"),
        ("datetime=2024-01-01/2025-01-01/2026-01-01", "datetime"),
        ("datetime=2199-01-01", "datetime"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("offset=1.5", "offset"),
        ("limit=1&limit=2", "limit"),
        ("f=html", "f"),
        ("province=440000", "province"),
    ],
)
def test_what_is_not_understood_is_named(query, parameter):
    response = ask(f"/ogc/collections/zones/items?{query}")
    assert response.status_code == 400
    assert [one["parameter"] for one in error_of(response)["details"]] == [parameter]


def test_two_days_in_the_wrong_order_are_said_to_be_so():
    (told,) = error_of(ask("/ogc/collections/zones/items?datetime=2025-01-01/2019-01-01"))[
        "details"
    ]
    assert (told["reason"], told["used"]) == ("after the other day", "the earlier day first")
    # a year is no day
    (told,) = error_of(ask("/ogc/collections/zones/items?datetime=2025/2019"))["details"]
    assert told["reason"] == "not a date"
    assert "such as 2025-04-25" in told["used"]


def hrefs(answer):
    """Every address of this API in an answer."""
    if isinstance(answer, dict):
        return [*filter(ours, [answer.get("href")]), *hrefs([*answer.values()])]
    return [href for one in answer for href in hrefs(one)] if isinstance(answer, list) else []


def ours(href):
    return href and href.startswith("http://atlas/ogc")


@pytest.mark.parametrize(
    "path",
    [
        *("", "/api", "/conformance", "/collections", "/collections/zones"),
        *("/collections/zones/items", "/collections/zones/items/hangzhou"),
    ],
)
def test_an_earlier_version_answers_and_links_to_itself(path):
    query = "limit=50&offset=50&data=1.0.0" if path.endswith("items") else "data=1.0.0"
    response = ask(f"/ogc{path}?{query}")
    assert response.status_code == 200
    for href in hrefs(response.json()):
        assert "data=1.0.0" in href
        assert ask(href.removeprefix("http://atlas")).status_code == 200
    now = ask(f"/ogc{path}")
    assert not [href for href in hrefs(now.json()) if "data=" in href]
    assert response.headers["etag"] != now.headers["etag"]
    details = error_of(ask(f"/ogc{path}?data=0.9"))["details"]
    assert [(one["parameter"], one["reason"]) for one in details] == [("data", "unknown version")]


def test_features_of_an_earlier_version_say_what_it_had():
    (then, now) = (
        ask(f"/ogc/collections/zones/items/hangzhou?{query}").json()["properties"]
        for query in ("data=1.0.0", "")
    )
    assert (then["checked_on"], then["batch"]) == (None, 1)
    assert now["checked_on"]


def test_an_answer_that_is_known_is_not_sent_again():
    first = ask("/ogc/collections/zones/items?datetime=2020-01-01")
    again = ask(
        "/ogc/collections/zones/items?datetime=2020-01-01",
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.long
def test_gdal_connects(atlas):
    with serve(base_path="below") as address:
        source = f"OAPIF:{address}/ogc"
        assert {name for name, _ in pyogrio.list_layers(source)} == set(COLLECTIONS)
        zones = pyogrio.read_dataframe(source, layer="zones")
        assert set(zones["zone_id"]) == set(atlas.register.zones.index)
        assert zones.crs == "EPSG:4326"
        hainan = pyogrio.read_dataframe(source, layer="zones", bbox=(108.5, 18, 111.2, 20.2))
        assert set(hainan["zone_id"]) == {"haikou", "sanya", "hainan"}
        first = f"{source}?data=1.0.0"
        assert {name for name, _ in pyogrio.list_layers(first)} == set(COLLECTIONS)
        assert pyogrio.read_dataframe(first, layer="zones")["checked_on"].isna().all()
        # more than one page
        assert len(pyogrio.read_dataframe(source, layer="places")) == len(atlas.places.rows)
