"""Stata files, as pandas and ReadStat read them."""

import io
from datetime import date

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import DATASETS, the_lookup, the_match, the_panel
from pandas.io.stata import StataReader

from pilotzones import (
    PanelOptions,
    View,
    changes,
    facts_on,
    for_stata,
    lookup,
    match_table,
    measures_in_force,
    nearest_zones,
    place_points,
    state_on,
    treatment_panel,
    zones_geodataframe,
    zones_in_view,
)
from pilotzones.tables.dataset import write_dataset
from pilotzones.tables.stata import variable_names


def opened(dataset):
    return StataReader(io.BytesIO(write_dataset(dataset, "dta")), convert_categoricals=False)


def test_a_panel_has_labels_and_missing_values(atlas):
    dataset = the_panel(atlas)
    with opened(dataset) as file:
        rows = file.read()
        labels, values, about = file.variable_labels(), file.value_labels(), file.data_label
    assert list(rows.columns) == [column.name for column in dataset.columns]
    assert all(0 < len(label) <= 80 for label in labels.values())
    assert labels["treat"] == "whether the unit is treated in any period up to the last"
    assert values["dd"][1] == "treated"
    assert values["coverage"] == {1: "whole", 2: "part", 3: "none", 4: "unknown"}
    assert about == dataset.title
    assert rows["name_zh"].tolist() == dataset.rows["name_zh"].tolist()
    for name in ("treat", "post", "dd", "first_time", "share_area"):
        expected = dataset.rows[name].astype("Float64")
        pd.testing.assert_series_equal(
            rows[name].astype("Float64"), expected, check_dtype=False, check_names=False
        )
    assert rows["treat"].isna().any()
    coded = dataset.rows["coverage"].map({text: code for code, text in values["coverage"].items()})
    assert rows["coverage"].tolist() == coded.tolist()


def test_days_are_days_and_no_answer_is_missing(atlas):
    content = write_dataset(the_lookup(atlas), "dta")
    rows = pd.read_stata(io.BytesIO(content))
    assert rows["since"][0] == pd.Timestamp("2019-12-24")
    assert rows["status"].tolist()[:2] == ["whole", "none"]
    assert pd.isna(rows["status"][2])
    assert rows["zone_ids"].tolist() == ["foshan", "", "", "", "yiwu jinhua"]
    assert content.startswith(b"<stata_dta><header><release>118</release>")
    assert b"%td" in content


def test_the_reader_s_columns_are_renamed_and_labelled_with_their_names(atlas):
    with opened(the_match(atlas)) as file:
        rows, labels = file.read(), file.variable_labels()
    names = list(rows.columns)[:8]
    assert names == ["v1", "_in", "code", "v4", "_1_1", "status", "balance", "empty"]
    own = ["城市", "in", "code", "出口 额（亿元）", "=1+1", "status", "balance", "empty"]
    assert [labels[name] for name in names] == own
    assert rows["v1"].tolist() == ["佛山市", "长治市", "吉林"]
    assert rows["v4"].dropna().tolist() == [1.5, 2.25]
    assert rows["code"].tolist() == ["440600", "007", "1"]


@pytest.mark.parametrize("length", [2045, 2046, 32_000])
def test_long_texts_stay_whole(atlas, length):
    long = "佛" * (length // 3) + "x" * (length % 3)
    assert len(long.encode()) == length
    rows = pd.read_stata(
        io.BytesIO(write_dataset(the_match(atlas, content=f"city,text\n佛山市,{long}\n"), "dta"))
    )
    assert rows["text"].tolist() == [long]


@given(st.lists(st.text(min_size=1, max_size=40), unique=True, min_size=1, max_size=8))
def test_every_name_becomes_one_that_stata_allows(names):
    found = variable_names(names)
    assert len(set(found)) == len(names)
    frame = pd.DataFrame([[0] * len(names)], columns=found)
    # pandas warns of each name that it has to change
    frame.to_stata(io.BytesIO(), version=118, write_index=False)


def test_names_of_variables():
    allowed = "year"
    long = "a" * 40
    names = [allowed, "出口", "GDP 2019", "2019", "using", "str12", long, long + "b", "v2", "é"]
    assert variable_names(names) == [
        allowed,
        "v2_2",
        "GDP_2019",
        "_2019",
        "_using",
        "_str12",
        "a" * 32,
        "a" * 30 + "_2",
        "v2",
        "v10",
    ]


@pytest.mark.parametrize("name", DATASETS)
def test_readstat_reads_the_same(atlas, name, tmp_path):
    dataset = DATASETS[name](atlas)
    path = tmp_path / "in.dta"
    path.write_bytes(write_dataset(dataset, "dta"))
    read, described = pyreadstat.read_dta(path)
    assert len(described.column_names) == len(dataset.columns)
    assert len(read) == len(dataset.rows)
    assert read["name_zh"].tolist() == dataset.rows["name_zh"].tolist()


def read_back(table):
    file = io.BytesIO()
    table.to_stata(file, version=118, write_index=False)
    return pd.read_stata(io.BytesIO(file.getvalue()))


EARLY = date(2016, 1, 20)


@pytest.mark.parametrize(
    "make",
    [
        lambda atlas: lookup(atlas, ["佛山", "吉林"], EARLY),
        lambda atlas: match_table(atlas, pd.DataFrame({"city": ["佛山"]}), "city", on=EARLY),
        lambda atlas: treatment_panel(atlas, PanelOptions(2019, 2019)).table,
        lambda atlas: nearest_zones(atlas, "140400", EARLY),
        lambda atlas: place_points(atlas, [113.12, 0], [23.02, 0]),
    ],
)
def test_pandas_writes_what_answers_for_places(atlas, make):
    table = make(atlas)
    again = read_back(table)
    assert again.columns.tolist() == table.columns.tolist()
    days = table.select_dtypes("datetime").columns
    assert (again[days].isna() == table[days].isna()).all(axis=None)
    file = io.BytesIO()
    table.to_parquet(file)
    assert pd.read_parquet(io.BytesIO(file.getvalue())).columns.tolist() == table.columns.tolist()


@pytest.mark.parametrize(
    "make",
    [
        # none is revoked yet
        lambda atlas: zones_in_view(atlas, View(EARLY)),
        lambda atlas: zones_geodataframe(atlas, View(EARLY)),
        lambda atlas: state_on(atlas, EARLY),
        lambda atlas: changes(atlas, date(2015, 3, 11), EARLY),
        lambda atlas: measures_in_force(atlas, EARLY),
        lambda atlas: facts_on(atlas, EARLY),
    ],
)
def test_any_table_is_made_fit_for_stata(atlas, make):
    table = make(atlas)
    again = read_back(for_stata(table))
    assert again.iloc[:, 0].tolist() == table.index.tolist()
    names = {table.index.name, *table.columns} - {"geometry"}
    assert {*again.columns} == names
    for name in [*names & {"approved_on", "issued_on", "true_from"}]:
        assert again[name].tolist() == pd.to_datetime(table[name]).tolist()
    if "revoked_by" in names:
        assert again["revoked_by"].eq("").all()


def test_a_matched_table_is_made_fit_whatever_the_reader_s_columns_are(atlas):
    own = pd.DataFrame(
        {
            "city": ["佛山", "长治"],
            "year": pd.period_range("2020", periods=2, freq="Y"),
            "seen": pd.to_datetime(["2020-01-01 08:00", None]).tz_localize("Asia/Shanghai"),
        },
        index=pd.Index([3, 4], name="city"),
    )
    again = read_back(for_stata(match_table(atlas, own, "city", on=date(2020, 1, 1))))
    assert again["city"].tolist() == [3, 4]
    assert again["city_2"].tolist() == ["佛山", "长治"]
    assert again["year"].tolist() == ["2020", "2021"]
    assert again["seen"].iloc[0] == pd.Timestamp("2020-01-01 08:00")
    assert variable_names(["a", "a", "a_2"]) == ["a", "a_3", "a_2"]
