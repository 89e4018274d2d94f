"""A reader's table: its columns, what its rows mean, and what they add up to."""

from datetime import date

import pandas as pd
import pytest
from copies import ATLAS
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotzones.errors import InvalidValueError
from pilotzones.query.cells import number_of_cell, read_figures
from pilotzones.query.days import last_day_of_cell
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
    decided_by_level,
    doubts,
    figures_by_place,
    guess_columns,
    place_rows,
    rows_within_others,
    total_rows,
    totals,
    totals_by_batch,
    totals_over_time,
    wrong_figures,
)
from pilotzones.query.own_years import columns_of_years, rows_of_years

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
        # a unit does not hide figures, nor do days become them
        ("city,since,exports\nFoshan,2019年,3亿元\nHangzhou,2015年,n.a.\nYiwu,2018年,2亿元",
         Columns("city", value="exports")),
        ("city,no.,exports\nFoshan,3a,3\nHangzhou,4a,5", Columns("city", value="exports")),
        ("city,2018年,2019年\nFoshan,1950,1951\nHangzhou,2001,2002", Columns("city", value="2018年")),
        # names that several places share are names of places
        ("city,x\n朝阳,1\n吉林,2\n海南,4\n佛山,3\nFoshann,2", Columns("city", value="x")),
        # figures of four digits are no years, unless the column says so
        ("city,exports\nFoshan,2019\nHangzhou,1999", Columns("city", value="exports")),
    ],
)  # fmt: skip
def test_columns_are_guessed(text, columns):
    assert guess_columns(ATLAS, table_of(text)) == columns


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", 1234.5), ("-3", -3), ("１２３", 123), ("5%", None), ("1e3", 1000), ("1 234", 1234),
     ("", None), ("-", None), ("n/a", None), ("1,23", None), ("1e999", None), ("−4", -4),
     ("12 Mio", None), ("=1+1", None), ("12 5", None), ("12²", None), ("12①", None), ("1,5", None),
     ("0,500", None), (" 1 234.5 ", 1234.5), ("1" * 61, None)],
)  # fmt: skip
def test_a_figure_is_read_or_is_none(text, number):
    assert number_of_cell(text) == number


@pytest.mark.parametrize(
    ("cells", "numbers", "unit"),
    [
        (["12亿元", "", "3.5 亿元", "—"], [12, None, 3.5, None], "亿元"),
        (["12.5%", "-3％"], [12.5, -3], "%"),
        (["¥1,200", "-¥5", "￥ 0.5"], [1200, -5, 0.5], "¥"),
        (["US$ 5m", "us$3 m"], None, ""),
        (["US$ 5m", "US$3 m"], [5, 3], "US$ m"),
        (["3 万", "4万", "n.a.", "…", "约12"], [3, 4, None, None, None], "万"),
        (["1.5e+06", "2"], [1.5e6, 2], ""),
        (["12 km²", "1 234 km²"], [12, 1234], "km²"),
        # a decimal comma where no cell speaks against it
        (["1.234,5", "12,5", "1.234"], [1234.5, 12.5, 1234], ""),
        (["1 234,5", "1\u202f234", ",5"], [1234.5, 1234, 0.5], ""),
        (["1,234", "0.5"], [1234, 0.5], ""),
        (["1’234.5", "1,234"], [1234.5, 1234], ""),
        # in doubt there is none
        (["3万", "2亿"], None, ""),
        (["12.5%", "3"], None, ""),
        (["1.234,5", "1,234.5"], None, ""),
        (["0,5", "1.25", "3"], None, ""),
        (["A12", "1-2", "(3)", "4*", "1.2.3", "1,23,456", "1 23", "5①"], [None] * 8, ""),
    ],
)  # fmt: skip
def test_a_column_of_figures_is_read_in_one_way_or_not_at_all(cells, numbers, unit):
    found = read_figures(cells)
    assert found.numbers == (numbers or [None] * len(cells))
    assert found.unit == unit
    assert bool(found.doubt) == (numbers is None)


def test_the_cells_between_which_there_is_doubt_are_named():
    assert read_figures(["", "3万", "4万", "2亿"]).between == (1, 3)
    assert read_figures(["x", "1", "0.5", "7", "0,5"]).between == (2, 4)
    # one way is the usual one, and is said
    assert read_figures(["5", "1,234"]).shown == 1
    assert read_figures(["5", "1.234"]).shown == 1
    assert read_figures(["5", "1.234", "12,5"]).shown == 2
    assert read_figures(["1,234", "1.5"]).shown == -1


@pytest.mark.parametrize(
    ("text", "day"),
    [("2020", date(2020, 12, 31)), ("2020年度", date(2020, 12, 31)), ("2020年", date(2020, 12, 31)), ("2020-02", date(2020, 2, 29)),
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
    # the city stands before the districts of its name
    assert ambiguous.candidates == ("211300", "110105", "211321", "220104")
    assert (near.text, near.rows) == ("Foshann", (3,))
    assert "440600" in near.candidates
    assert (none.text, none.candidates) == ("qqqqqq", ())
    assert [*wrong_figures(table, columns, read_figures(table["x"]))] == [7]
    chosen = choices_that_hold(ATLAS, {"朝阳": "110105", "Foshann": "999999", "佛山": "110000"})
    assert chosen == {"朝阳": "110105"}
    again = place_rows(ATLAS, table, columns, DAY, chosen=chosen)
    assert again["adcode"].tolist()[:4] == ["110105", "", "440600", "110105"]


def test_a_level_settles_every_name_of_several_places_at_once():
    texts = ["朝阳", "吉林", "湘潭", "Foshann", "北京", "义乌", "113.12,23.02", "430300", ""]
    table = pd.DataFrame({"city": texts, "x": "1"}, dtype=object)
    columns = Columns("city", value="x")

    def codes(level):
        placed = place_rows(ATLAS, table, columns, DAY, level=level)
        return placed, placed["adcode"].tolist()

    # what no place of the level is called, and codes and points, are matched as ever
    rest = ["", "110000", "330782", "440604", "430300", ""]
    _, any_level = codes("")
    assert any_level == ["", "", "430300", *rest]
    placed, prefectures = codes("prefecture")
    assert prefectures == ["211300", "220200", "430300", *rest]
    assert placed["kind"].tolist()[3] == NOT_MATCHED
    decided = decided_by_level(ATLAS, table, placed, columns)
    assert decided == {"朝阳": "211300", "吉林": "220200"}
    assert [doubt.text for doubt in doubts(table, placed, columns)] == ["Foshann", ""]
    placed, provinces = codes("province")
    assert provinces[:3] == ["", "220000", "430300"]
    # of several counties the reader still chooses, from these alone
    placed, counties = codes("county")
    assert counties[:3] == ["", "", "430321"]
    assert placed["kind"].tolist()[0] == AMBIGUOUS
    assert doubts(table, placed, columns)[0].candidates == ("110105", "211321", "220104")
    chosen = choices_that_hold(ATLAS, {"朝阳": "110105"}, "county")
    again = place_rows(ATLAS, table, columns, DAY, chosen=chosen, level="county")
    assert again["adcode"].tolist()[0] == "110105"


def test_points_and_days_in_the_future():
    table = table_of(
        "lon,lat,day\n113.12,23.02,2019-12-24\n0,0,2020\n113.12,23.02,2999-01-01\nx,,2020"
    )
    placed = place_rows(ATLAS, table, Columns(day="day", lon="lon", lat="lat"), DAY)
    assert placed["kind"].tolist() == ["whole", NOT_MATCHED, NO_DAY, NOT_MATCHED]
    assert doubts(table, placed, Columns(day="day", lon="lon", lat="lat")) == []


def test_a_column_may_be_chosen_twice():
    table = table_of("x,y\n113.12,23.02\n佛山,1")
    placed = place_rows(ATLAS, table, Columns("x", value="x", lon="x", lat="y"), DAY)
    assert placed["adcode"].tolist()[1] == "440600"
    assert placed["value"].tolist()[0] == 113.12


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


def test_totals_are_no_places_and_do_not_count():
    words = [
        "合计",
        "总 计",
        "小计",
        "浙江省合计",
        "全国",
        "Total",
        "Sub-total",
        "Grand total:",
        "平均",
    ]
    rows = [("杭州市", "1"), *((word, "100") for word in words), ("其他", "5"), ("", "7")]
    table = pd.DataFrame(
        [(*row, "Total" if row[0] == "" else "") for row in rows],
        columns=["city", "x", "note"],
        dtype=object,
    )
    columns = Columns("city", value="x")
    placed = place_rows(ATLAS, table, columns, DAY)
    assert total_rows(table, placed, columns) == [*range(1, len(words) + 1), len(words) + 2]
    assert totals(placed)["total"].dropna().to_dict() == {"whole": 1, NOT_MATCHED: 5}
    # no one needs to say which places they are, unless one may be meant
    assert [doubt.text for doubt in doubts(table, placed, columns)] == ["浙江省合计", "其他"]


def test_rows_that_contain_others_are_known():
    table = table_of(
        "city,when,x\n浙江省,2022,3\n杭州市,2022,1\n宁波市,2022,2\n金华市,2022,5\n义乌市,2021,4\n"
        "北京市,2022,1\n朝阳区,2022,1\n佛山市,2022,1\n广东省,2022,"
    )
    placed = place_rows(
        ATLAS, table, Columns("city", "when", "x"), DAY, chosen={"朝阳区": "110105"}
    )
    # not on another day, nor without a figure
    assert rows_within_others(ATLAS, placed) == [(0, 1), (5, 6)]


def test_columns_of_years_become_rows():
    table = table_of("city,2018,2019,2020年,value\n佛山,1,2,3,a\n朝阳,4,x,6,b\n朝阳,7,8,9,c")
    table.attrs = {"first_row": 5}
    assert columns_of_years(table) == ["2018", "2019", "2020年"]
    assert columns_of_years(table[["city", "2018", "value"]]) == []
    rows, year, value = rows_of_years(table)
    assert rows.columns.tolist() == ["city", "value", year, value]
    assert rows[["city", year, value]].to_numpy().tolist()[:4] == [
        ["佛山", "2018", "1"], ["佛山", "2019", "2"], ["佛山", "2020年", "3"], ["朝阳", "2018", "4"],
    ]  # fmt: skip
    columns = Columns("city", year, value)
    placed = place_rows(ATLAS, rows, columns, DAY)
    # on its own day each
    assert placed["kind"].tolist()[:3] == ["none", "whole", "whole"]
    # rows are those of the file
    assert [*wrong_figures(rows, columns, read_figures(rows[value]))] == [6]
    assert doubts(rows, placed, columns)[0].rows == (6, 7)
