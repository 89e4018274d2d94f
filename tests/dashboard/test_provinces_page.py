"""What the page on provinces says of them."""

from dataclasses import replace
from datetime import date

import pytest
from known import LAST

from pilotzones.dashboard.provinces import (
    highest_first,
    province_rows,
    provinces_frame,
)
from pilotzones.query.answer import Answer
from pilotzones.query.shading import amounts_of, count_line, tops
from pilotzones.query.view import SHADES, View
from pilotzones.query.zones import provinces_asked

DAY = LAST.published_on


def said(atlas, **fields):
    answer = Answer(atlas, View(**({"on": DAY} | fields)))
    return tops(answer, province_rows(answer).loc[answer.provinces])


def test_provinces_in_a_tie_are_all_named(atlas):
    assert said(atlas, shade="cities") == (
        "9 provinces have all their cities covered: Beijing, Chongqing, Fujian, Guangdong, Jiangsu, "
        "Shandong, Shanghai, Tianjin and Zhejiang."
    )
    assert said(atlas) == "Most zones: Guangdong (21)."
    assert said(atlas, shade="cities", provinces=("460000", "450000")).startswith(
        "Largest share of cities: Hainan (75%)"
    )
    assert said(atlas, on=date(2016, 1, 1)) == "Most zones: Zhejiang (1)."
    assert said(atlas, provinces=("540000",), neighbours=("VNM",)) == ""


@pytest.mark.parametrize(
    ("on", "provinces", "line"),
    [
        (date(2015, 3, 12), (), "1 province with active zones"),
        (date(2015, 3, 12), ("540000",), "No active zone in the selected province; "),
        (date(2015, 3, 12), ("540000", "460000"), "No active zone in the selected provinces; "),
        (date(2025, 4, 25), ("540000",), "1 selected province with active zones; "),
    ],
)
def test_the_line_above_the_map_counts_provinces_or_says_that_there_is_none(
    atlas, on, provinces, line
):
    answer = Answer(atlas, View(on, provinces=provinces))
    assert count_line(answer, province_rows(answer)).startswith(line)


@pytest.mark.parametrize("shade", SHADES)
def test_the_highest_comes_first(atlas, shade):
    table = province_rows(Answer(atlas, View(DAY, shade=shade)))
    amounts = amounts_of(highest_first(table, shade), shade)
    assert amounts.is_monotonic_decreasing
    assert shade == "active" or amounts.between(0, 1).all()


def test_the_share_of_cities_is_that_of_the_columns_beside_it(atlas):
    answer = Answer(atlas, View(DAY))
    frame = provinces_frame(answer, province_rows(answer))
    share = frame["Cities covered"] / frame["Cities in all"]
    assert frame["Share of cities"].tolist() == [f"{one:.0%}" for one in share]


def test_a_region_leaves_its_provinces(atlas):
    view = View(DAY, regions=("northeast",))
    assert provinces_asked(Answer(atlas, view)) == ("210000", "220000", "230000")
    assert provinces_asked(Answer(atlas, replace(view, regions=()))) == ()
    # the others are for comparison
    assert province_rows(Answer(atlas, view)).loc["440000", "active"] == 21
