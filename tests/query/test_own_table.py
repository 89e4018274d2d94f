"""A reader's table: its columns, what its rows mean, and what they add up to."""

from datetime import date

import pandas as pd
import pytest
from copies import GEODATA
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.errors import InvalidValueError
from pilotzones.query.lookup import place_on
from pilotzones.query.own_table import (
    AMBIGUOUS,
    COVERED,
    KINDS,
    MOST_SEARCHED,
    NO_DAY,
    NOT_MATCHED,
    Columns,
    choices_that_hold,
    doubts,
    figures_by_place,
    guess_columns,
    last_day_of_cell,
    number_of_cell,
    place_rows,
    totals,
    totals_by_batch,
    totals_over_time,
    wrong_figures,
)

ATLAS = load_atlas(GEODATA)
DAY = date(2022, 12, 31)
TEXTS = [
    "佛山",
    "Hangzhou",
    "长治市",
    "金华市",
    "义乌市",
    "牡丹江",
    "塔城地区",
    "朝阳",
    "Xyzzyx",
    "",
]


def table_of(text):
    names, *rows = [line.split(",") for line in text.splitlines()]
    return pd.DataFrame(rows, columns=names, dtype=object)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("省份,城市,年份,出口额\n广东,佛山,2019,12\n浙江,杭州,2020,7", Columns("城市", "年份", "出口额")),
        ("id,code,x\n1,440600,1.5\n2,330100,2", Columns("code", value="x")),
        ("firm,founded,lon,lat\na,2019-01-02,113.1,23\nb,2020/3/4,120.2,30.2",
         Columns(day="founded", lon="lon", lat="lat")),
        ("Exports,Place\n1,Foshan\n2,Changzhi", Columns("Place", value="Exports")),
        ("a,b\nfoo,bar\nbaz,qux", Columns()),
        # figures of four digits are no years, unless the column says so
        ("city,exports\nFoshan,2019\nHangzhou,1999", Columns("city", value="exports")),
    ],
)  # fmt: skip
def test_columns_are_guessed(text, columns):
    assert guess_columns(ATLAS, table_of(text)) == columns


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", 1234.5), ("-3", -3), ("１２３", 123), ("5%", 5), ("1e3", 1000), ("1 234", 1234),
     ("", None), ("-", None), ("n/a", None), ("1,23", None), ("1e999", None), ("−4", -4),
     ("12 Mio", None), ("=1+1", None)],
)  # fmt: skip
def test_a_figure_is_read_or_is_none(text, number):
    assert number_of_cell(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020", date(2020, 12, 31)), ("2020年", date(2020, 12, 31)), ("2020-02", date(2020, 2, 29)),
     ("202011", date(2020, 11, 30)), ("2020年3月", date(2020, 3, 31)), ("2020/3/4", date(2020, 3, 4)),
     ("3/4/2020", None), ("2020-13", None), ("12", None), ("", None)],
)  # fmt: skip
def test_a_month_or_a_year_is_its_last_day(text, day):
    assert last_day_of_cell(text) == day


ROWS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(["2018", "2019-12-24", "2025", "soon"]),
              st.sampled_from(["1", "2.5", "1,000", "-4", "", "x"])),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(ROWS, st.booleans(), st.booleans())
def test_sums_are_those_of_the_rows(rows, dated, has_mean):
    table = pd.DataFrame(rows, columns=["place", "when", "figure"], dtype=object)
    columns = Columns("place", "when" if dated else "", "figure")
    placed = place_rows(ATLAS, table, columns, DAY)
    numbers = [number_of_cell(figure) for _, _, figure in rows]
    for kind, adcode, day, status in zip(
        placed["kind"], placed["adcode"], placed["day"], placed["status"], strict=True
    ):
        assert kind in KINDS
        if kind in COVERED:
            assert status == kind == place_on(ATLAS, adcode, day).status
    by_kind = totals(placed)
    assert by_kind["rows"].sum() == len(rows)
    assert by_kind["figures"].sum() == sum(number is not None for number in numbers)
    assert by_kind["total"].sum() == pytest.approx(sum(filter(None, numbers)))
    for kind, row in by_kind.iterrows():
        known = placed.loc[placed["kind"] == kind, "value"].dropna()
        assert row["mean"] == pytest.approx(known.mean(), nan_ok=True)
        # unknown is missing, never 0
        assert pd.isna(row["total"]) == known.empty
    inside = by_kind.loc["whole", "total"] if "whole" in by_kind.index else float("nan")
    assert totals_by_batch(placed)["total"].sum(min_count=1) == pytest.approx(inside, nan_ok=True)
    covered = placed[placed["kind"].isin(COVERED)]
    assert totals_over_time(placed).sum().sum() == pytest.approx(covered["value"].sum())
    values = figures_by_place(placed, mean=has_mean)
    assert set(values.index) == set(covered["adcode"])
    if not has_mean:
        assert values["value"].sum() == pytest.approx(covered["value"].sum())


def test_a_name_of_several_places_waits_for_the_reader_s_choice():
    table = table_of("city,x\n朝阳,1\nFoshann,2\n佛山,3\n朝阳,4\nqqqqqq,5\n佛山,soon")
    columns = Columns("city", value="x")
    placed = place_rows(ATLAS, table, columns, DAY)
    assert placed["kind"].tolist() == [
        AMBIGUOUS, NOT_MATCHED, "whole", AMBIGUOUS, NOT_MATCHED, "whole",
    ]  # fmt: skip
    ambiguous, near, none = doubts(table, placed, columns)
    assert (ambiguous.text, ambiguous.rows) == ("朝阳", (2, 5))
    assert {"211300", "110105"} <= {*ambiguous.candidates}
    assert (near.text, near.rows) == ("Foshann", (3,))
    assert "440600" in near.candidates
    assert (none.text, none.candidates) == ("qqqqqq", ())
    assert [*wrong_figures(table, placed, columns)] == [7]
    chosen = choices_that_hold(ATLAS, {"朝阳": "110105", "Foshann": "999999", "佛山": "110000"})
    assert chosen == {"朝阳": "110105"}
    again = place_rows(ATLAS, table, columns, DAY, chosen=chosen)
    assert again["adcode"].tolist()[:4] == ["110105", "", "440600", "110105"]


def test_points_and_days_in_the_future():
    table = table_of(
        "lon,lat,day\n113.12,23.02,2019-12-24\n0,0,2020\n113.12,23.02,2999-01-01\nx,,2020"
    )
    placed = place_rows(ATLAS, table, Columns(day="day", lon="lon", lat="lat"), DAY)
    assert placed["kind"].tolist() == ["whole", NOT_MATCHED, NO_DAY, NOT_MATCHED]
    assert doubts(table, placed, Columns(day="day", lon="lon", lat="lat")) == []


def test_without_places_there_is_no_answer():
    with pytest.raises(InvalidValueError, match="place"):
        place_rows(ATLAS, table_of("a\nb"), Columns(value="a"), DAY)


def test_so_many_unknown_names_are_not_searched_for():
    names = [f"Foshan{number:03}" for number in range(MOST_SEARCHED + 3)]
    table = pd.DataFrame({"city": [*names, "佛山", "113.12,23.02"]}, dtype=object)
    placed = place_rows(ATLAS, table, Columns("city"), DAY)
    assert placed["kind"].tolist() == [NOT_MATCHED] * len(names) + ["whole"] * 2
    near = placed["candidates"].ne("").tolist()[: len(names)]
    assert near == [True] * MOST_SEARCHED + [False] * 3
    assert [doubt.text for doubt in doubts(table, placed, Columns("city"))] == names


def test_the_progress_ends_with_the_rows():
    table = pd.DataFrame({"city": ["佛山", "Hangzhou"] * 2500}, dtype=object)
    heard = []
    placed = place_rows(ATLAS, table, Columns("city"), DAY, progress=heard.append)
    assert len(placed) == len(table)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert len(heard) > 1
