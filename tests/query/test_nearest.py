"""The nearest active zones, beside an independent measurement."""

from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st
from known import FIRST, LAST, active_on

from pilotzones import InvalidValueError, UnknownPlaceError, nearest_zones
from pilotzones.query.nearest import km_to_nearest_zone, nearest_to_zone

ZONES = ATLAS.boundaries.layer("zones_detail").set_index("zone_id").geometry
PREFECTURES = ATLAS.boundaries.layer("prefectures_detail").set_index("adcode").geometry
DAYS = st.dates(FIRST.published_on, LAST.published_on + timedelta(days=400))
UNITS = tuple(ATLAS.places.prefecture_units)


def measured(shape, day):
    """Distances to the zones active on a day in a projection centred on a shape, km, by zone."""
    zones = ZONES[sorted(active_on(ATLAS.register, day))]
    centre = shapely.centroid(shape)
    local = f"+proj=aeqd +lon_0={centre.x} +lat_0={centre.y} +datum=WGS84"
    place = gpd.GeoSeries([shape], crs="EPSG:4326").to_crs(local).iloc[0]
    return (zones.to_crs(local).distance(place) / 1000).sort_values(kind="stable")


@pytest.mark.parametrize("adcode", ["140400", "530600", "540600", "652800", "230600"])
@pytest.mark.parametrize("day", [FIRST.published_on, date(2017, 1, 1), date(2020, 12, 31)])
def test_the_nearest_zones_of_places(adcode, day):
    expected = measured(PREFECTURES[adcode], day)
    found = nearest_zones(ATLAS, adcode, day, 3).set_index("zone_id")["km"]
    assert len(found) == min(3, len(expected))
    assert found.is_monotonic_increasing
    # the layers differ by a few hundred metres, the projections by a share
    assert found.to_numpy() == pytest.approx(expected[found.index].to_numpy(), rel=0.01, abs=1)
    assert found.to_numpy() == pytest.approx(
        expected.iloc[: len(found)].to_numpy(), rel=0.01, abs=1
    )


def test_changzhi_is_nearest_to_taiyuan():
    day = date(2020, 12, 31)
    found = nearest_zones(ATLAS, "140400", day, 1)
    expected = measured(PREFECTURES["140400"], day)
    assert found["zone_id"].tolist() == [expected.index[0]] == ["taiyuan"]
    assert found["km"].iloc[0] == pytest.approx(expected.iloc[0], abs=0.5)
    assert found[["name_zh", "name_en"]].to_numpy().tolist() == [["太原市", "Taiyuan"]]


def test_inside_a_zone_the_distance_is_0():
    assert nearest_zones(ATLAS, "440600", date(2020, 1, 1), 1)["km"].tolist() == [0]
    row = nearest_zones(ATLAS, (113.12, 23.02), date(2020, 1, 1), 1).iloc[0]
    assert (row["zone_id"], row["km"]) == ("foshan", 0)


def test_a_zone_is_none_of_those_nearest_to_it():
    nearest = nearest_to_zone(ATLAS, "foshan", LAST.published_on, 5)
    around = nearest_zones(ATLAS, "440600", LAST.published_on, 6)
    assert nearest["zone_id"].tolist() == around["zone_id"][around["zone_id"] != "foshan"].tolist()


def test_a_point_abroad_has_a_distance_too():
    # Busan to Weihai, over the sea
    row = nearest_zones(ATLAS, (129.04, 35.11), date(2021, 1, 1), 1).iloc[0]
    expected = measured(shapely.Point(129.04, 35.11), date(2021, 1, 1))
    assert row["km"] == pytest.approx(expected.iloc[0], rel=0.001)


def test_before_the_first_document_there_is_no_zone():
    eve = FIRST.published_on - timedelta(days=1)
    table = nearest_zones(ATLAS, "440600", eve)
    assert table.empty
    assert list(table) == ["zone_id", "name_zh", "name_en", "km"]
    assert np.isnan(km_to_nearest_zone(ATLAS, UNITS[:3], eve)).all()


@given(DAYS, st.sampled_from(UNITS))
def test_the_nearest_of_many_is_the_nearest_of_one(day, adcode):
    km = km_to_nearest_zone(ATLAS, UNITS, day)[UNITS.index(adcode)]
    found = nearest_zones(ATLAS, adcode, day, 4)
    assert found["km"].iloc[0] == pytest.approx(km, abs=0.05)
    assert set(found["zone_id"]) <= active_on(ATLAS.register, day)
    if ATLAS.places.zones_on(adcode, day):
        assert km == 0


@given(DAYS)
def test_zones_only_come_nearer(day):
    earlier, later = (
        km_to_nearest_zone(ATLAS, UNITS, one) for one in (day, day + timedelta(days=200))
    )
    assert (later <= earlier).all()


@pytest.mark.parametrize(
    ("place", "n", "error"),
    [
        ("999999", 1, UnknownPlaceError),
        ("440600", 0, ValueError),
        ((39.9, 116.4), 1, ValueError),
        ((float("nan"), 30), 1, ValueError),
        (("116.4", "x"), 1, ValueError),
        ((116.4, 39.9, 0), 1, ValueError),
        (440600, 1, ValueError),
        (None, 1, ValueError),
    ],
)
def test_what_cannot_be_measured_is_refused(place, n, error):
    with pytest.raises(error, match=r"999999|n=0|no point"):
        nearest_zones(ATLAS, place, LAST.published_on, n)


@pytest.mark.parametrize("day", [None, pd.NaT, 20221231, "2022-12-31"])
def test_what_is_no_day_is_refused_and_not_before_the_first_document(day):
    with pytest.raises(InvalidValueError, match="on=.*: not a date"):
        nearest_zones(ATLAS, "440600", day)
