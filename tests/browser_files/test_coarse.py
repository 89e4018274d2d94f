"""The layers of the map of all China: the same lines with fewer points."""

import json
from itertools import combinations

import pytest
import shapely
from shapely.geometry import shape

from pilotzones.browser.assets import collect_assets
from pilotzones.browser.coarse import TOLERANCE_M
from pilotzones.query.ground import project

SHARED_KM = 50


@pytest.fixture(scope="module")
def levels(atlas):
    assets = collect_assets(atlas)
    return [json.loads(assets[f"{level}.json"].body) for level in ("overview", "coarse")]


def points(layers):
    drawn = [shape(one["geometry"]) for layer in layers.values() for one in layer["features"]]
    return shapely.get_coordinates(drawn)


def zones(layers):
    return {
        one["id"]: shapely.transform(shape(one["geometry"]), project)
        for one in layers["zones"]["features"]
    }


def outlines(zone):
    return shapely.get_exterior_ring(shapely.get_parts(zone))


def test_all_features_stay_with_less_than_half_of_their_points(levels):
    overview, coarse = levels
    for name, layer in overview.items():
        known = [(one.get("id"), one["properties"]) for one in layer["features"]]
        assert [(one.get("id"), one["properties"]) for one in coarse[name]["features"]] == known
        assert all(one["geometry"]["coordinates"] for one in coarse[name]["features"])
    before, after = points(overview), points(coarse)
    assert len(after) < len(before) / 2
    assert {*map(tuple, after)} <= {*map(tuple, before)}


def test_no_outline_moves_further_than_the_tolerance(levels):
    before, after = map(zones, levels)
    for name, zone in before.items():
        thinned = outlines(after[name])
        assert len(thinned) == len(outlines(zone))
        moved = shapely.hausdorff_distance(outlines(zone), thinned)
        assert moved.max() <= TOLERANCE_M + 1, name
        assert all(ring.is_closed for ring in thinned)


def test_zones_that_share_a_line_still_do(levels):
    before, after = map(zones, levels)
    shared = 0
    for one, other in combinations(before, 2):
        line = before[one].boundary & before[other].boundary
        if line.length < SHARED_KM * 1000:
            continue
        shared += 1
        left = after[one].boundary & after[other].boundary
        assert left.length > 0.6 * line.length, (one, other)
    assert shared > len(before) / 2


def test_small_islands_of_china_stay_and_those_abroad_go(levels):
    counts = [
        {name: len(shapely.get_parts([shape(one["geometry"]) for one in layers[name]["features"]]))
         for name in ("nation", "neighbours")}
        for layers in levels
    ]  # fmt: skip
    assert counts[0]["nation"] == counts[1]["nation"]
    assert counts[0]["neighbours"] > 2 * counts[1]["neighbours"]
