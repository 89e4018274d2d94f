"""Treatment panels: numbers computed apart from the code, and what holds for every panel."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.query.lookup import place_on
from pilotzones.query.panel import (
    FREQS,
    PARTIALS,
    RULES,
    PanelOptions,
    list_periods,
    treatment_panel,
)

YEARS = PanelOptions(2013, 2026)
# whole units by the year of their approval, computed from the register alone
COHORTS = {2015: 1, 2016: 12, 2018: 21, 2019: 22, 2020: 44, 2022: 57, 2025: 15}

OPTIONS = st.builds(
    PanelOptions,
    first=st.integers(2013, 2020),
    last=st.integers(2020, 2026),
    adcodes=st.lists(
        st.sampled_from([*ATLAS.places.prefecture_units, "330782", "460300", "654200"]),
        min_size=1, max_size=8, unique=True,
    ).map(tuple),
    freq=st.sampled_from(FREQS),
    rule=st.sampled_from(RULES),
    partial=st.sampled_from(PARTIALS),
)  # fmt: skip


def test_cohorts():
    table = treatment_panel(ATLAS, YEARS).table
    units = table.drop_duplicates("adcode")
    assert units["policy_year"].value_counts().to_dict() == COHORTS
    treated = units[units["treat"].eq(1).fillna(value=False)]
    assert treated["first_time"].value_counts().to_dict() == COHORTS
    assert units["treat"].isna().sum() == 3


def test_foshan_joins_in_2019_for_eight_days():
    foshan = PanelOptions(2018, 2020, adcodes=("440600",))
    table = treatment_panel(ATLAS, foshan).table.set_index("period")
    assert table["dd"].tolist() == [0, 1, 1]
    assert table["share_time"].tolist() == [0, round(8 / 365, 4), 1]
    assert table["rel_period"].tolist() == [-1, 0, 1]
    assert table.loc["2019", ["zone_ids", "batch", "document_no"]].tolist() == [
        "foshan", "4", "国函〔2019〕137号",
    ]  # fmt: skip
    for rule in ("mid", "full"):
        later = treatment_panel(ATLAS, replace(foshan, rule=rule)).table
        assert later["dd"].tolist() == [0, 0, 1]
        assert later["first_period"].tolist() == ["2020"] * 3


def test_a_partly_covered_prefecture_follows_the_convention():
    jinhua = PanelOptions(2017, 2023, adcodes=("330700",))
    by_partial = {
        partial: treatment_panel(ATLAS, replace(jinhua, partial=partial)).table
        for partial in PARTIALS
    }
    assert by_partial["whole"]["first_time"].unique().tolist() == [2022]
    assert by_partial["any"]["first_time"].unique().tolist() == [2018]
    assert by_partial["drop"].empty


def test_unknown_is_missing_and_has_a_note():
    table = treatment_panel(ATLAS, PanelOptions(2021, 2023, adcodes=("654200",))).table
    assert table["treat"].isna().all()
    assert table["post"].tolist()[0] == 0
    assert table["post"].isna().tolist() == [False, True, True]
    assert table["share_area"].isna().tolist() == [False, True, True]
    assert (table["first_period"] == "").all()
    assert table["note"].iloc[-1].endswith("was not verified.")


@pytest.mark.parametrize(
    ("freq", "labels", "number"),
    [
        ("year", ["2019", "2020"], 2019),
        ("half", ["2019H1", "2019H2"], 118),
        ("quarter", ["2019Q1", "2019Q2"], 236),
        ("month", ["2019-01", "2019-02"], 708),
    ],
)
def test_periods_are_labelled_and_counted_as_stata_does(freq, labels, number):
    periods = list_periods(PanelOptions(2019, 2020, freq=freq))
    assert [period.label for period in periods[:2]] == labels
    assert periods[0].number == number
    assert periods[0].first == date(2019, 1, 1)
    assert periods[-1].last == date(2020, 12, 31)


def test_middles_of_periods():
    middle = {f: list_periods(PanelOptions(2019, 2019, freq=f))[0].middle for f in FREQS}
    assert middle == {
        "year": date(2019, 6, 30),
        "half": date(2019, 3, 31),
        "quarter": date(2019, 2, 15),
        "month": date(2019, 1, 15),
    }


@given(OPTIONS)
def test_what_holds_for_every_panel(options):
    table = treatment_panel(ATLAS, options).table
    periods = list_periods(options)
    # balanced and sorted
    assert len(table) == table["adcode"].nunique() * len(periods)
    assert table.sort_values(["adcode", "time"], kind="stable").index.tolist() == list(table.index)
    for _, unit in table.groupby("adcode"):
        known = unit["dd"].dropna().astype(int)
        assert known.is_monotonic_increasing
        starts = unit["first_time"].dropna().unique().tolist()
        if starts and starts[0]:
            assert (unit["rel_period"] == unit["time"] - starts[0]).all()
            assert (unit["dd"] == (unit["time"] >= starts[0])).all()


@given(OPTIONS)
def test_the_panel_and_the_lookup_agree(options):
    table = treatment_panel(ATLAS, options).table
    last = {period.label: period.last for period in list_periods(options)}
    for row in table.iloc[:: max(1, len(table) // 12)].itertuples():
        answer = place_on(ATLAS, row.adcode, last[row.period])
        assert answer.status == row.coverage
        assert " ".join(answer.zone_ids) == row.zone_ids
        if answer.share_area is not None:
            assert answer.share_area == row.share_area


def test_warnings_name_what_a_referee_asks():
    warnings = " ".join(treatment_panel(ATLAS, PanelOptions(2013, 2023)).warnings)
    assert "22 units covered since 24 December 2019 are treated for 8 days of 2019" in warnings
    assert "partly covered" in warnings
    assert "Tacheng" in warnings
    everyone = PanelOptions(2013, 2023, adcodes=("440600", "330100"))
    assert "no control group" in " ".join(treatment_panel(ATLAS, everyone).warnings)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"unit": "town"}, "unit=town: unknown choice"),
        ({"freq": "week"}, "freq=week: unknown choice"),
        ({"rule": "never"}, "rule=never: unknown choice"),
        ({"first": 2020, "last": 2019}, "from=2020: after the other year"),
        ({"first": "2013"}, "from=2013: not a year of a panel"),
        ({"last": True}, "to=True: not a year of a panel"),
        ({"adcodes": "440600"}, "adcodes=440600: not a tuple"),
    ],
)
def test_wrong_options_are_named(wrong, message):
    with pytest.raises(ValueError, match=message):
        PanelOptions(**wrong)


def test_options_may_come_from_a_table():
    table = pd.DataFrame({"year": [2018, 2020], "code": [440600, 330100]})
    options = PanelOptions(table["year"].min(), table["year"].max(), adcodes=table["code"])
    assert options == PanelOptions(2018, 2020, adcodes=("440600", "330100"))
    panel = treatment_panel(ATLAS, options)
    assert len(panel.table) == 6
    # two panels are compared by their tables
    assert panel != treatment_panel(ATLAS, options)


def test_stata_takes_the_table_as_it_is(tmp_path):
    table = treatment_panel(ATLAS, PanelOptions(2018, 2020, adcodes=("440600", "654200"))).table
    path = tmp_path / "panel.dta"
    table.to_stata(path, version=118, write_index=False)
    back = pd.read_stata(path)
    assert back["name_zh"].unique().tolist() == ["佛山市", "塔城地区"]
    assert back["dd"].tolist()[:3] == [0, 1, 1]


def test_a_unit_treated_before_the_panel_keeps_its_first_period():
    # Tianjin: batch 2, January 2016
    panel = treatment_panel(ATLAS, PanelOptions(2018, 2020, adcodes=("120000", "140400")))
    tianjin = panel.table[panel.table["adcode"] == "120000"]
    assert tianjin["first_time"].unique().tolist() == [2016]
    assert tianjin["rel_period"].tolist() == [2, 3, 4]
    assert tianjin["dd"].tolist() == [1, 1, 1]
    assert any("no period before treatment" in warning for warning in panel.warnings)
