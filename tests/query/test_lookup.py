"""Lookups and matched tables: why a row has no status, and what is doubtful about one."""

from datetime import date

import pandas as pd
import pytest

from pilotzones import InvalidValueError, lookup, match_table
from pilotzones.atlas.matching import NAME_REASONS
from pilotzones.atlas.places import UNKNOWN
from pilotzones.query.lookup import IN_THE_FUTURE, NEAR_EDGE, NO_DAY, NOT_IN_REGISTER, NOT_KNOWN
from pilotzones.query.points import REASONS

DAY = date(2025, 6, 1)
ALL_REASONS = {
    *NAME_REASONS,
    *REASONS,
    IN_THE_FUTURE,
    NEAR_EDGE,
    NO_DAY,
    NOT_IN_REGISTER,
    NOT_KNOWN,
}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("佛山", ""),
        ("113.1, 23.4", ""),
        ("", "no code and no name"),
        ("999999", "unknown code"),
        ("Foshn", "unknown name"),
        ("吉林", "several places have this name"),
        ("莱芜市", "several places hold this ground today"),
        ("371200", "several places hold this ground today"),
        ("460300", NOT_KNOWN),
        ("香港", NOT_IN_REGISTER),
        ("114.17, 22.28", NOT_IN_REGISTER),
        ("121.51, 25.04", NOT_IN_REGISTER),
        ("139.7, 35.7", "outside China or at sea"),
        ("39.9, 116.4", "longitude and latitude are swapped"),
    ],
)
def test_a_reason_says_why_there_is_no_status_or_what_is_doubtful(atlas, text, reason):
    (row,) = lookup(atlas, [text], DAY).itertuples()
    assert row.reason == reason
    assert not reason or reason in ALL_REASONS


def test_every_row_without_a_clear_status_has_its_reason(atlas):
    table = atlas.places.table
    names = [*table.index, *table["name_zh"], *table["name_en"].str[1:]]
    rows = lookup(atlas, names, DAY)
    outside = rows["adcode"].str[:2].isin(["71", "81", "82"])
    clear = rows["status"].ne("") & rows["status"].ne(UNKNOWN) & ~outside
    assert clear.any()
    assert (rows["reason"].eq("") == clear).all()


def test_a_point_near_the_edge_of_a_zone_says_so(atlas):
    # on the line between Foshan and Qingyuan, two zones
    counties = atlas.boundaries.counties
    lines = counties["440607"].intersection(counties["441803"])
    on_line = max(lines.geoms, key=lambda one: one.length).interpolate(0.5, normalized=True)
    points = pd.DataFrame({"x": [on_line.x, 113.1], "y": [on_line.y, 23.4]})
    matched = match_table(atlas, points, lon="x", lat="y", on=DAY)
    assert matched["reason"].tolist() == [NEAR_EDGE, ""]


def test_a_row_without_a_day_or_with_one_to_come_says_so(atlas):
    days = ["", "2020-01-01", "x", "2999-12-31", "2099"]
    table = pd.DataFrame({"place": ["佛山", "佛山", "吉林", "佛山", "佛山"], "day": days})
    reasons = match_table(atlas, table, "place", on_column="day")["reason"]
    shared = "several places have this name"
    assert reasons.tolist() == [NO_DAY, "", shared, IN_THE_FUTURE, IN_THE_FUTURE]
    assert match_table(atlas, table[:0], "place", on_column="day")["reason"].empty


@pytest.mark.parametrize(
    ("day", "status"),
    [
        # Foshan's zone counts from 24 December 2019
        ("24 December 2019", "whole"),
        ("Dec. 23, 2019", "none"),
        ("24-DEC-2019", "whole"),
        ("24dec2019", "whole"),
        ("2019 年 12 月 24 日", "whole"),
        # a month or a year is its last day
        (2019, "whole"),
        (2018.0, "none"),
        ("2019-11", "none"),
        # the periods of a panel, and Stata's months
        ("2019Q3", "none"),
        ("2019Q4", "whole"),
        ("2019H1", "none"),
        ("2019h2", "whole"),
        ("2019m11", "none"),
        (pd.Period("2019-12", "Q"), "whole"),
        ("2019Q5", ""),
        (pd.Period("2019-12", "M"), "whole"),
        # what happened after four in the afternoon in Greenwich happened the day after in China
        ("2019-12-23T15:59:59Z", "none"),
        ("2019-12-23T16:00:00.000Z", "whole"),
        ("2019-12-23 11:30 PM -0500", "whole"),
        ("2019-12-24T00:30+09:00", "none"),
        (pd.Timestamp("2019-12-23T16:00Z"), "whole"),
        # on no clock, it is the day that is written
        ("2019-12-23 23:59", "none"),
        ("2019-12-24 0:00", "whole"),
        # no time, no zone that is one alone, two days, no month
        ("2019-12-24 25:99", ""),
        ("2019-12-24 10:00 CST", ""),
        ("2019-12-24T10:00+99:00", ""),
        ("0001-01-01T00:00+23:00", ""),
        ("12/24/2019", ""),
        ("24 Decree 2019", ""),
        ("2019-12-24" + " " * 1000 + "x", ""),
    ],
)
def test_days_are_read_as_people_and_programs_write_them(atlas, day, status):
    table = pd.DataFrame({"place": ["佛山"], "day": pd.Series([day], dtype=object)})
    assert match_table(atlas, table, "place", on_column="day")["status"].item() == status


def test_a_level_is_called_division_level_and_the_old_name_still_works(atlas):
    table = pd.DataFrame({"place": ["吉林"]})
    assert lookup(atlas, ["吉林"], DAY, division_level="prefecture")["adcode"].item() == "220200"
    for ask in (
        lambda: lookup(atlas, ["吉林"], DAY, level="prefecture"),
        lambda: match_table(atlas, table, "place", on=DAY, level="prefecture"),
    ):
        with pytest.warns(FutureWarning, match="division_level") as warned:
            answer = ask()
        assert answer["adcode"].item() == "220200"
        # the warning is of the line that calls
        assert warned[0].filename == __file__


@pytest.mark.parametrize("day", ["2022-12-31", pd.Timestamp(DAY), pd.NaT, None])
def test_what_is_no_day_is_refused_with_the_day_that_would_do(atlas, day):
    with pytest.raises(InvalidValueError, match="on=.*: not a date; "):
        lookup(atlas, ["佛山"], day)


def test_a_single_text_is_not_taken_for_its_characters(atlas):
    with pytest.raises(InvalidValueError, match=r"names=佛山: not a tuple; names=\('佛山',\)"):
        lookup(atlas, "佛山", DAY)


def test_half_a_character_is_no_fault(atlas):
    assert lookup(atlas, ["佛山\ud800"], DAY)["query"].tolist() == ["佛山?"]
    table = pd.DataFrame({"place": pd.Series(["\ud800", "佛山"], dtype=object)})
    assert match_table(atlas, table, "place", on=DAY)["status"].tolist() == ["", "whole"]


@pytest.mark.parametrize(
    ("lon", "lat", "adcode"),
    [
        (["113,12", ""], ["23,02", "x"], "440604"),
        ([" 113.12 ", None], ["２３.02", "nan"], "440604"),
        ([113.12, None], [23.02, float("inf")], "440604"),
        (["113.12", "1"], [23.02, "1e999"], "440604"),
        # whether it is east or west, north or south is not guessed
        (["113.12W", ""], ["23.02", ""], ""),
        (["113,12", "113.5"], ["23,02", "23"], ""),
    ],
)
def test_coordinates_are_read_as_a_column_of_figures(atlas, lon, lat, adcode):
    table = pd.DataFrame({"x": pd.Series(lon), "y": pd.Series(lat)})
    assert match_table(atlas, table, lon="x", lat="y", on=DAY)["adcode"].iloc[0] == adcode


def test_a_missing_cell_is_no_name(atlas):
    reasons = lookup(atlas, [None, float("nan"), pd.NA], DAY)["reason"]
    assert reasons.unique() == ["no code and no name"]


def test_days_of_a_column_with_missing_cells_are_read(atlas):
    table = pd.DataFrame({"place": ["佛山"] * 3, "day": [20191224, 20191223, None]})
    assert table["day"].dtype == float
    matched = match_table(atlas, table, "place", on_column="day")
    assert matched["status"].tolist() == ["whole", "none", ""]


def test_no_column_that_is_added_has_the_name_of_another(atlas):
    table = pd.DataFrame([["佛山", 1, 2]], columns=["place", "status", "status_atlas"])
    matched = match_table(atlas, table, "place", on=DAY)
    assert matched.columns.is_unique
    assert matched[[*table.columns, "status_atlas_atlas"]].to_numpy().tolist() == [
        ["佛山", 1, 2, "whole"]
    ]


def test_a_column_that_a_table_has_twice_is_refused(atlas):
    table = pd.DataFrame([["佛山", "长治"]], columns=["place", "place"])
    with pytest.raises(InvalidValueError, match="place=place: given twice; one column"):
        match_table(atlas, table, "place", on=DAY)


def test_columns_of_several_levels_stay_so(atlas):
    columns = pd.MultiIndex.from_tuples([("a", "place"), ("a", "value")])
    table = pd.DataFrame([["佛山", 1]], columns=columns)
    matched = match_table(atlas, table, ("a", "place"), on=DAY)
    assert matched["status"].item() == "whole"
    assert matched["a"].equals(table["a"])
