"""The layers of the map of all China: the same lines with fewer points."""

import json
import re
from itertools import combinations

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from pilotzones.browser.assets import collect_assets
from pilotzones.browser.coarse import TOLERANCE_M, UNIT_M, coarse_layers, plane_paths
from pilotzones.query.ground import project

SHARED_KM = 50


@pytest.fixture(scope="module")
def assets(atlas):
    return collect_assets(atlas)


@pytest.fixture(scope="module")
def levels(assets):
    overview = json.loads(assets["overview.json"].body)
    return overview, coarse_layers(overview)


def path_points(d):
    """The points of a path of relative moves, in units."""
    found = []
    for part in d.split("M")[1:]:
        start, _, moves = part.removesuffix("h0z").rstrip("z").partition("l")
        steps = [*map(int, re.findall(r"-?\d+", f"{start} {moves}"))]
        found.append(np.cumsum(np.reshape(steps, (-1, 2)), axis=0))
    return np.concatenate(found)


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


@pytest.mark.parametrize("name", ["zones", "nation"])
def test_no_islet_of_china_is_lost_in_whole_units(assets, levels, name):
    _, coarse = levels
    shapes = [shape(one["geometry"]) for one in coarse[name]["features"]]
    paths = json.loads(assets["coarse.json"].body)[name]["features"]
    drawn = [one["geometry"]["d"].count("M") for one in paths]
    assert drawn == [len(shapely.get_rings(shapely.get_parts(one))) for one in shapes]


def test_the_paths_are_the_thinned_shapes_in_the_plane_of_the_map(assets, levels):
    _, coarse = levels
    paths = json.loads(assets["coarse.json"].body)
    assert paths == plane_paths(coarse)
    kinds = {name: {one["geometry"]["type"] for one in paths[name]["features"]} for name in paths}
    lines = {"province_lines", "lines"}
    assert kinds == {name: {"LinePath" if name in lines else "AreaPath"} for name in coarse}
    for thinned, drawn in zip(coarse["zones"]["features"], paths["zones"]["features"], strict=True):
        assert drawn["id"] == thinned["id"]
        x, y = path_points(drawn["geometry"]["d"]).T * UNIT_M
        # the sphere and the ellipsoid differ by some kilometres, alike for all of a zone
        west, south, east, north = shapely.transform(shape(thinned["geometry"]), project).bounds
        assert x.max() - x.min() == pytest.approx(east - west, abs=4 * UNIT_M)
        assert y.max() - y.min() == pytest.approx(north - south, abs=4 * UNIT_M)


def test_the_lines_of_a_kind_are_one_path_and_those_that_are_not_drawn_stay_away(assets):
    for level in ("coarse", "overview", "detail"):
        lines = json.loads(assets[f"{level}.json"].body)["lines"]["features"]
        assert [one["properties"]["kind"] for one in lines] == ["dash", "undetermined"]
    dashes = json.loads(assets["overview.json"].body)["lines"]["features"][0]
    assert len(dashes["geometry"]["coordinates"]) == 10
