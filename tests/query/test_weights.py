"""Spatial weights, beside those that libpysal calculates."""

import geopandas as gpd
import libpysal
import numpy as np
import pytest
import shapely
from copies import ATLAS
from pyproj import Geod

from pilotzones import PanelOptions, UnknownPlaceError, treatment_panel, weights
from pilotzones.i18n import Language
from pilotzones.query.units import UNITS, list_units
from pilotzones.query.weights import KINDS, MAX_PAIRS, representative_points

PREFECTURES = ATLAS.boundaries.layer("prefectures_detail").set_index("adcode").geometry


def neighbours(found):
    """Neighbours with their weights by code."""
    pairs = {code: {} for code in found.adcodes}
    for code, other, weight in found.table().itertuples(index=False):
        pairs[code][other] = weight
    return pairs


def test_queen_neighbours_of_prefectures_are_those_of_libpysal():
    ours = weights(ATLAS, "prefecture")
    units = gpd.GeoDataFrame(geometry=PREFECTURES[list(ours.adcodes)])
    theirs = libpysal.weights.Queen.from_dataframe(units, use_index=True, silence_warnings=True)
    assert {code: set(others) for code, others in neighbours(ours).items()} == {
        code: set(others) for code, others in theirs.neighbors.items()
    }
    assert ours.islands == theirs.islands


def test_queen_neighbours_of_counties_are_those_of_libpysal():
    guangdong = tuple(
        code for code in list_units(ATLAS.places, "county") if code.startswith(("44", "45"))
    )
    ours = weights(ATLAS, adcodes=guangdong)
    units = gpd.GeoDataFrame(geometry=ATLAS.boundaries.counties[list(guangdong)])
    theirs = libpysal.weights.Queen.from_dataframe(units, use_index=True, silence_warnings=True)
    assert {code: set(others) for code, others in neighbours(ours).items()} == {
        code: set(others) for code, others in theirs.neighbors.items()
    }


def test_row_standardised_weights_are_those_of_libpysal():
    ours = weights(ATLAS, "province", standardise=True)
    units = gpd.GeoDataFrame(
        geometry=ATLAS.boundaries.layer("provinces_detail")
        .set_index("adcode")
        .geometry[list(ours.adcodes)]
    )
    theirs = libpysal.weights.Queen.from_dataframe(units, use_index=True, silence_warnings=True)
    theirs.transform = "r"
    for code, others in neighbours(ours).items():
        assert others == pytest.approx(theirs[code])


@pytest.mark.parametrize("unit", ["prefecture", "county"])
def test_the_nearest_are_the_nearest_of_all(unit):
    found = weights(ATLAS, unit, kind="knn", k=4)
    points = representative_points(ATLAS, found.adcodes)
    geod = Geod(ellps="WGS84")
    for row in range(0, len(found.adcodes), 41):
        lon, lat = points[row]
        size = len(points)
        _, _, metres = geod.inv(np.full(size, lon), np.full(size, lat), *points.T)
        nearest = [place for place in np.argsort(metres, kind="stable") if place != row][:4]
        assert sorted(nearest) == found.columns[found.rows == row].tolist()


def test_representative_points_lie_inside():
    units = tuple(list_units(ATLAS.places, "prefecture"))
    points = shapely.points(representative_points(ATLAS, units))
    # the layer is simplified by 500 m, the points were chosen on another
    assert shapely.dwithin(PREFECTURES[list(units)].to_numpy(), points, 0.01).all()


def test_inverse_distances_end_at_the_cutoff():
    near = weights(ATLAS, kind="inverse", cutoff_km=150)
    every = weights(ATLAS, kind="inverse")
    size = len(every.adcodes)
    assert len(every.rows) == size * (size - 1)
    assert near.values.min() >= 1 / 150
    assert len(near.rows) == (every.values >= 1 / 150).sum()
    beijing, tianjin = representative_points(ATLAS, ("110000", "120000"))
    _, _, metres = Geod(ellps="WGS84").inv(*beijing, *tianjin)
    assert 1 / neighbours(near)["110000"]["120000"] == pytest.approx(metres / 1000)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_for_all_weights(unit, kind):
    found = weights(ATLAS, unit, kind=kind, cutoff_km=200)
    assert list(found.adcodes) == list_units(ATLAS.places, unit)
    assert (found.rows != found.columns).all()
    pairs = list(zip(found.rows, found.columns, strict=True))
    assert pairs == sorted(set(pairs))
    if kind != "knn":
        assert set(pairs) == {(column, row) for row, column in pairs}
    sums = np.bincount(found.rows, found.row_standardised().values, len(found.adcodes))
    assert sums[np.unique(found.rows)] == pytest.approx(1)
    assert len(found.islands) == (sums == 0).sum()


def test_islands_are_named():
    found = weights(ATLAS)
    assert set(found.islands) >= {"330900", "460300"}
    (warning,) = found.warnings
    assert warning.startswith(f"{len(found.islands)} units have no neighbours: Zhoushan")
    (caveat,) = found.caveats
    chinese = caveat.text(Language("zh"), ATLAS.places.rows)
    assert chinese.startswith(f"{len(found.islands)}个单元没有相邻单元：舟山市")
    assert weights(ATLAS, kind="knn").warnings == []


def test_the_order_is_that_of_a_panel():
    panel = treatment_panel(ATLAS, PanelOptions(2020, 2020, unit="city")).table
    assert list(weights(ATLAS, "city").adcodes) == panel["adcode"].tolist()


def test_a_lag_averages_the_neighbours_and_knows_what_it_does_not_know():
    found = weights(ATLAS, adcodes=["110000", "120000", "130000", "460000"], standardise=True)
    lag = found.lag([[1, 2], [3, np.nan], [5, 6], [7, 8]])
    assert lag[:, 0].tolist()[:3] == [4, 3, 2]
    assert np.isnan(lag[3]).all()
    assert np.isnan(lag[[0, 2], 1]).all()
    assert lag[1, 1] == 4
    assert found.lag([1, 3, 5, 7])[:3].tolist() == [4, 3, 2]
    # two periods below each other could be sorted in two ways
    for values in ([1, 2], [1, 3, 5, 7] * 2, 1):
        with pytest.raises(ValueError, match="one row for each of 4 units"):
            found.lag(values)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"unit": "town"}, "unit=town: unknown choice"),
        ({"kind": "rook"}, "kind=rook: unknown choice"),
        ({"kind": "knn", "k": 0}, "k=0: out of range; 1–336"),
        ({"kind": "knn", "k": 337}, "k=337"),
        ({"kind": "knn", "k": 2.5}, "k=2.5: out of range"),
        ({"kind": "knn", "k": "3"}, "k=3: out of range"),
        ({"kind": "inverse", "cutoff_km": 0}, "cutoff_km=0"),
        ({"kind": "inverse", "cutoff_km": "50"}, "cutoff_km=50: not a distance"),
        ({"standardise": "no"}, "standardise=no: unknown choice; False, True"),
        ({"adcodes": "440600"}, r"adcodes=440600: not a tuple; adcodes=\('440600',\)"),
        ({"kind": "inverse", "unit": "county"}, f"at most {MAX_PAIRS:,} pairs"),
    ],
)
def test_wrong_values_are_named(wrong, message):
    with pytest.raises(ValueError, match=message):
        weights(ATLAS, **wrong)


def test_an_unknown_code_is_named():
    with pytest.raises(UnknownPlaceError, match="999999"):
        weights(ATLAS, adcodes=["110000", "999999"])


def test_units_may_be_a_column_of_a_table():
    expected = weights(ATLAS, adcodes=["440600", "440100"]).table()
    codes = expected["adcode"]
    for own in (codes, codes.to_numpy(), codes.astype(int)):
        assert weights(ATLAS, adcodes=own).table().equals(expected)
