"""The paths of a still: whole steps, near what they stand for, fitted as the live map is."""

import re
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.browser.still_paths import still_inset, still_picture, still_provinces
from pilotzones.query.answer import Answer
from pilotzones.query.ground import MAINLAND, MOST_VERTICES, SOUTH_CHINA_SEA, place_box, project
from pilotzones.query.sight import Sight
from pilotzones.query.view import View
from pilotzones.query.zones import box_around, box_in_view

DAY = date(2025, 4, 25)


def rings(d: str) -> list[np.ndarray]:
    """Read the ``d`` of a path as rows of x and y."""
    found = []
    for x, y, moves in re.findall(r"M(-?\d+) ?(-?\d+)(?:l([-\d ]+))?", d):
        steps = np.array(re.findall(r"-?\d+", moves), dtype=int).reshape(-1, 2)
        found.append(np.vstack([[int(x), int(y)], steps]).cumsum(axis=0))
    return found


def points_in(name: str, module: str) -> list[tuple[float, float]]:
    """Read a list of places, latitude first, from a module of the browser."""
    text = (STATIC_DIR / module).read_text("utf-8")
    block = re.search(rf"const {name} = \[(.*?)\];", text, re.DOTALL)[1]
    return [(float(x), float(y)) for y, x in re.findall(r"\[([\d.]+), ([\d.]+)\]", block)]


def test_the_still_fits_the_same_places_as_the_live_map():
    assert points_in("MAINLAND", "map/camera.js") == MAINLAND
    assert points_in("SOUTH_CHINA_SEA", "map/inset.js") == SOUTH_CHINA_SEA


def test_paths_have_whole_numbers_alone(atlas):
    for picture in (
        still_picture(Answer(atlas, View(DAY)), None),
        still_inset(Answer(atlas, View(DAY))),
    ):
        for path in (*picture.ground, *picture.lines, *picture.zones, *picture.dots):
            assert re.fullmatch(r"(?:M-?\d+ ?-?\d+(?:l[-\d ]+z?|h0z?))*", path.d)


@pytest.mark.parametrize("province", ["330000", "650000", "460000"])
def test_a_zone_lies_where_it_is(province, atlas):
    view = View(DAY, provinces=(province,), statuses=("active",))
    answer = Answer(atlas, view)
    box = tuple(box_around(atlas, answer.zones.index))
    picture = still_picture(answer, box)
    drawn = [
        ring for path in picture.zones if "is-active" in path.classes for ring in rings(path.d)
    ]
    low = np.min([ring.min(axis=0) for ring in drawn], axis=0)
    high = np.max([ring.max(axis=0) for ring in drawn], axis=0)
    # what is fitted holds them, and hardly more: the sides of a box are curved on the map
    # and an islet far out at sea is left out of a box
    least = 0.06 * picture.width
    assert (low >= -least).all()
    assert (high <= [picture.width + least, picture.height + least]).all()
    assert (high - low > [0.7 * picture.width, 0.7 * picture.height]).all()


@given(st.lists(st.tuples(st.integers(73, 134), st.integers(18, 53)), min_size=2, max_size=2))
def test_any_box_gives_a_picture_of_its_shape(atlas, corners):
    (west, south), (east, north) = np.sort(np.array(corners), axis=0)
    box = (float(west), float(south), float(east) + 1, float(north) + 1)
    picture = still_picture(Answer(atlas, View(DAY)), box)
    assert picture.width > 0
    assert picture.height > 0
    assert picture.most_px > 0


def test_filters_leave_outlines_and_revoked_zones_stand_out(atlas):
    everything = still_picture(Answer(atlas, View(DAY)), None)
    assert not [path for path in everything.zones if "is-aside" in path.classes]
    assert "is-revoked" in everything.zones[-1].classes
    some = still_picture(Answer(atlas, View(DAY, batches=(8,))), None)
    assert [path for path in some.zones if "is-aside" in path.classes]
    shown = {path.batch for path in some.zones if "is-active" in path.classes}
    assert shown == {8}


def test_a_zone_inside_another_lies_above_it(atlas):
    picture = still_picture(Answer(atlas, View(DAY)), None)
    china = project(np.array(MAINLAND))
    west, north = china[:, 0].min(), china[:, 1].max()
    step = np.ptp(china[:, 0]) / picture.width
    overlaps = atlas.boundaries.overlaps
    inner = overlaps.loc[overlaps["relation"] == "within", "zone_id"]
    assert "yiwu" in set(inner)
    for zone in inner:
        ((x, y),) = project(atlas.boundaries.zones.loc[[zone], ["lon", "lat"]].to_numpy(float))
        middle = shapely.Point((x - west) / step, (north - y) / step)
        over = [
            path.batch
            for path in picture.zones
            if any(len(r) > 3 and shapely.Polygon(r).contains(middle) for r in rings(path.d))
        ]
        assert len(over) > 1, zone
        assert over[-1] == atlas.register.histories.loc[zone, "batch"], zone


def test_a_province_that_was_asked_for_has_its_outline(atlas):
    answer = Answer(atlas, View(date(2015, 3, 12), provinces=("540000",)))
    picture = still_picture(answer, tuple(box_in_view(answer)))
    (outline,) = [path for path in picture.lines if path.classes == "province-outline"]
    corners = np.vstack(rings(outline.d))
    # the sides of a box are curved on the map
    least = 0.1 * picture.width
    assert (np.abs(corners.max(axis=0) - [picture.width, picture.height]) < least).all()
    assert (np.abs(corners.min(axis=0)) < least).all()
    everything = still_picture(Answer(atlas, View(DAY)), None)
    assert not [path for path in everything.lines if path.classes == "province-outline"]


# the islands of Sansha are too many for an outline of all of them
@pytest.mark.parametrize("adcode", ["330200", "330782", "460300"])
def test_a_place_has_its_outline_and_the_ground_fills_the_frame(adcode, atlas):
    answer = Answer(atlas, View(DAY))
    box = tuple(place_box(atlas, adcode))
    picture = still_picture(answer, box, place=adcode)
    halo, outline = [path for path in picture.lines if path.classes.startswith("chosen-")]
    assert halo.d == outline.d
    corners = np.vstack(rings(outline.d))
    # some islands are left out, and the sides of a box are curved
    assert (np.ptp(corners, axis=0) > [0.7 * picture.width, 0.7 * picture.height]).all()
    assert len(corners) <= MOST_VERTICES
    ground = np.vstack([ring for path in picture.ground for ring in rings(path.d)])
    # as wide as a frame beside a record, at the highest zoom
    scale = min(picture.most_px / picture.width, 300 / picture.height)
    assert np.ptp(ground[:, 0]) * scale > 500
    assert not [path for path in still_picture(answer, box).lines if "chosen" in path.classes]


def test_a_chosen_zone_has_its_outline(atlas):
    picture = still_picture(Answer(atlas, View(DAY, zone="foshan")), None)
    classes = [path.classes for path in picture.lines]
    assert classes[-2:] == ["chosen-halo", "chosen-outline"]


def test_dots_mark_what_is_too_small(atlas):
    picture = still_picture(Answer(atlas, View(DAY)), None)
    dots = sum(len(rings(path.d)) for path in picture.dots)
    on_phones = [path for path in picture.dots if "on-phones" in path.classes]
    assert 0 < sum(len(rings(path.d)) for path in on_phones) < dots < len(atlas.register.zones)
    frame = shapely.box(0, 0, picture.width, picture.height).buffer(5)
    assert all(
        frame.contains(shapely.Point(*ring[0])) for path in picture.dots for ring in rings(path.d)
    )


def test_a_link_leads_as_deep_to_provinces_as_to_zones(atlas):
    answer, sight = Answer(atlas, View(DAY)), Sight(30.0, 120.0, 5.0)
    zones, provinces = still_picture(answer, None, sight), still_provinces(answer, {}, sight)
    assert provinces.most_px == zones.most_px
