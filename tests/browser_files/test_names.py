"""Where names can stand on the map."""

import pytest
import shapely

from pilotzones.browser.names import map_names


@pytest.fixture(scope="module")
def names(atlas):
    return map_names(atlas)


def test_every_zone_has_both_names_and_a_place_inside(atlas, names):
    shapes = atlas.boundaries.layer("zones_overview").set_index("zone_id").geometry
    assert len(names["zones"]) == len(atlas.register.zones)
    for zone_id, zone in zip(atlas.register.zones.index, names["zones"], strict=True):
        lat, lon, room = zone["at"]
        assert zone["en"]
        assert zone["zh"]
        assert room >= 0
        # the outline is simplified before, and the place rounded
        assert shapely.distance(shapes[zone_id], shapely.Point(lon, lat)) < 0.05


def test_municipalities_come_before_capitals_and_these_before_others(atlas, names):
    ranks = dict(zip(atlas.register.zones.index, names["zones"], strict=True))
    found = [ranks[zone]["rank"] for zone in ("beijing", "guangzhou", "foshan")]
    assert found == [2, 1, 0]


def test_the_name_of_a_province_stands_where_no_zone_lies(atlas, names):
    zones = shapely.union_all(atlas.boundaries.layer("zones_overview").geometry.to_numpy())
    shapely.prepare(zones)
    places = [place for province in names["provinces"] for place in province["at"]]
    assert len(places) > 100
    assert not any(shapely.contains_xy(zones, lon, lat) for lat, lon, _ in places)


def test_neighbours_have_names_and_what_is_disputed_has_none(names):
    by_name = {country["en"]: country for country in names["neighbours"]}
    assert by_name["Vietnam"]["zh"] == "越南"
    assert by_name["Vietnam"]["at"]
    assert not [name for name in by_name if "disputed" in name]
