"""What surrounds the units of a panel: treated neighbours, and the nearest zone."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import libpysal
import numpy as np
import pytest
from copies import ATLAS
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotzones import PanelOptions, nearest_zones, treatment_panel
from pilotzones.query.panel import FREQS, PARTIALS, RULES, list_periods
from pilotzones.query.units import UNITS

SHARE, KM = "share_neighbours_treated", "km_to_nearest_zone"
BY_YEAR = treatment_panel(ATLAS, PanelOptions(2014, 2021, weights="queen"))
TABLE = BY_YEAR.table.set_index(["adcode", "time"])


def test_shares_are_those_of_libpysal():
    layer = ATLAS.boundaries.layer("prefectures_detail").set_index("adcode")
    dd = TABLE["dd"].xs(2019, level="time").astype(float)
    units = gpd.GeoDataFrame(geometry=layer.geometry[dd.index])
    queen = libpysal.weights.Queen.from_dataframe(units, use_index=True, silence_warnings=True)
    shares = TABLE[SHARE].xs(2019, level="time")
    for code, others in queen.neighbors.items():
        expected = dd[others].mean() if others else np.nan
        assert shares[code] == pytest.approx(expected, abs=1e-4, nan_ok=True), code
    # a share of 1/7 in a file of text has four digits
    assert (shares.dropna() == shares.dropna().round(4)).all()


def test_beijing_has_one_treated_neighbour_of_five():
    # Tianjin since 2016; Zhangjiakou, Chengde, Baoding and Langfang not before 2022
    assert TABLE.loc["110000", SHARE].loc[[2015, 2016, 2018, 2021]].tolist() == [0, 0.2, 0.2, 0.2]


def test_changzhi_is_as_far_from_a_zone_as_the_list_says():
    for year in (2015, 2016, 2019, 2020):
        listed = nearest_zones(ATLAS, "140400", date(year, 12, 31), 1)["km"].iloc[0]
        assert TABLE.loc[("140400", year), KM] == listed > 0


def test_islands_and_years_before_the_first_zone_are_missing():
    assert TABLE.loc["330900", SHARE].isna().all()
    assert TABLE[KM].xs(2014, level="time").isna().all()
    assert TABLE[KM].xs(2015, level="time").notna().sum() == 337
    assert any(
        warning.startswith("Zhoushan") and "no neighbour in the panel" in warning
        for warning in BY_YEAR.warnings
    )


def test_the_columns_come_when_they_are_asked_for():
    plain = treatment_panel(ATLAS, replace(BY_YEAR.options, weights="none"))
    assert BY_YEAR.table.drop(columns=[SHARE, KM]).equals(plain.table)
    empty = PanelOptions(2021, 2022, adcodes=("330700",), partial="drop", weights="queen")
    assert treatment_panel(ATLAS, empty).table.empty


@settings(max_examples=15)
@given(
    st.builds(
        PanelOptions,
        first=st.integers(2013, 2020),
        last=st.integers(2021, 2026),
        unit=st.sampled_from(UNITS),
        freq=st.sampled_from(FREQS),
        clock=st.sampled_from(["published", "signed"]),
        rule=st.sampled_from(RULES),
        partial=st.sampled_from(PARTIALS),
        weights=st.just("queen"),
    ).filter(lambda one: one.unit != "county" or one.freq == "year")
)
@pytest.mark.long
def test_what_holds_for_every_panel(options):
    table = treatment_panel(ATLAS, options).table
    share, km = (
        table[name].to_numpy().reshape(-1, len(list_periods(options))) for name in (SHARE, KM)
    )
    assert np.nanmin(share) >= 0
    assert np.nanmax(share) <= 1
    # treatment only spreads
    with np.errstate(invalid="ignore"):
        assert not (np.diff(share) < 0).any()
        assert not (np.diff(km) > 0).any()
    covered = table["coverage"].isin(["whole", "part"])
    assert (table.loc[covered, KM] == 0).all()
    unknown = table["coverage"] == "unknown"
    assert table.loc[unknown, KM].isna().all()
