"""The zones and ports on the land borders and near them."""

from datetime import date

import pytest
from known import LAST, active_on
from pyproj import Geod

from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import (
    borders_asked,
    ports_near_borders,
    region_name,
    zones_near_borders,
)
from pilotzones.query.ground import border_lines
from pilotzones.query.view import View

DAY = LAST.published_on


def near(atlas, on=DAY, **fields):
    return zones_near_borders(Answer(atlas, View(on, **fields)))


@pytest.mark.parametrize("within", [0, 60, 500])
@pytest.mark.parametrize("countries", [(), ("VNM",), ("RUS", "MNG")])
@pytest.mark.parametrize("on", [date(2019, 12, 24), DAY])
def test_every_active_zone_that_touches_or_is_near(atlas, on, countries, within):
    active = active_on(atlas.register, on)
    expected = {
        (zone, country)
        for (zone, country), row in atlas.boundaries.contacts.iterrows()
        if zone in active
        and country in (countries or [country])
        and (row["touches"] or row["distance_km"] <= within)
    }
    rows = near(atlas, on, neighbours=countries, within=within)
    assert set(zip(rows["zone_id"], rows["neighbour_iso3"], strict=True)) == expected
    assert len(rows) == len(expected)


def test_the_longest_contact_comes_first_then_the_nearest(atlas):
    rows = near(atlas, within=300)
    keys = [(not row.touches, row.distance_km, -row.contact_km) for row in rows.itertuples()]
    assert keys == sorted(keys)
    # there is something to sort by each
    touching = rows[rows["touches"]]
    assert len(touching) > 1
    assert touching["contact_km"].is_monotonic_decreasing
    assert not touching["contact_km"].is_monotonic_increasing
    assert not rows[~rows["touches"]].empty


def test_a_region_narrows_to_its_zones_near_any_country(atlas):
    coast = near(atlas, neighbours=("coast",))
    everywhere = near(atlas)
    on_coast = everywhere["zone_id"].isin(atlas.boundaries.border_regions["coast"])
    assert coast.equals(everywhere[on_coast])
    assert not coast.empty


def test_ports_lie_in_the_zones_near_the_borders(atlas):
    answer = Answer(atlas, View(DAY, neighbours=("VNM",), within=0))
    ports = ports_near_borders(answer)
    zones = set(near(atlas, neighbours=("VNM",), within=0)["zone_id"])
    every = atlas.register.ports
    expected = every[every["zone_id"].isin(zones) & (every["neighbour_iso3"] == "VNM")]
    assert sorted(ports["name_zh"]) == sorted(expected["name_zh"])
    assert not ports.empty
    assert ports.columns.tolist() == every.columns.tolist()


def test_the_borders_that_a_view_is_about(atlas):
    every = atlas.boundaries.neighbours.index.tolist()
    asked = {
        (): every,
        ("land",): every,
        ("land", "VNM"): every,
        ("coast",): [],
        ("coast", "VNM", "LAO"): ["LAO", "VNM"],
    }
    for neighbours, countries in asked.items():
        assert borders_asked(Answer(atlas, View(DAY, neighbours=neighbours))) == countries


def test_the_border_lines_are_about_as_long_as_the_borders(atlas):
    lines = border_lines(atlas)
    assert set(lines) == set(atlas.boundaries.neighbours.index)
    outline = atlas.boundaries.layer("nation_overview").geometry.iloc[0].boundary
    for iso3, line in lines.items():
        assert line.hausdorff_distance(line.intersection(outline.buffer(0.01))) < 0.01, iso3
    # of which no zone has more than there is, as measured on a finer map
    contacts = atlas.boundaries.contacts.query("touches and not disputed").groupby("neighbour_iso3")
    for iso3, longest in contacts["contact_km"].max().items():
        length = Geod(ellps="WGS84").geometry_length(lines[iso3]) / 1000
        assert longest <= 1.1 * length, iso3


@pytest.mark.parametrize(
    ("code", "en"),
    [
        ("land", "Any land border"),
        ("coast", "Coast"),
        ("inland", "Inland (no border, no coast)"),
        ("VNM", "Vietnam"),
    ],
)
def test_names_of_regions(atlas, code, en):
    assert region_name(atlas, Language("en"), code) == en
    assert region_name(atlas, Language("zh"), code) != en
