"""Coverage of the provinces: known numbers, and the algebra on made-up sets of zones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from known import PREFECTURES

from pilotzones.atlas.pieces import division_pieces
from pilotzones.atlas.timeline import state_on
from pilotzones.query.answer import Answer
from pilotzones.query.coverage import county_zones, province_coverage
from pilotzones.query.view import View
from pilotzones.tables.rows import provinces_table


def covered(atlas, day):
    status = state_on(atlas.register, day)["status"]
    return province_coverage(atlas, status.index[status == "active"])


@pytest.mark.parametrize(("province", "count"), PREFECTURES.items())
def test_guangdong_and_jiangsu_are_full_from_the_sixth_document_on(atlas, province, count):
    for stop in atlas.stops:
        row = covered(atlas, stop.on).loc[province]
        assert row["prefectures"] == count
        full = stop.on >= date(2022, 2, 8)
        assert (row["prefectures_covered"] == count) == full
        assert (row["covered_share"] == 1) == full
        assert (row["covered_km2"] == row["drawn_area_km2"] == row["area_km2"]) == full


def test_a_municipality_is_one_prefecture_level_division(atlas):
    rows = covered(atlas, atlas.stops[-1].on)
    for province in ("110000", "120000", "310000", "500000"):
        assert rows.loc[province, ["prefectures_covered", "prefectures"]].tolist() == [1, 1]


def test_ground_in_two_zones_counts_once(atlas):
    both = province_coverage(atlas, ["baoding", "xiongan"]).loc["130000"]
    alone = province_coverage(atlas, ["baoding"]).loc["130000"]
    assert both["covered_km2"] == alone["covered_km2"]
    assert both["county_zones"] == ["xiongan"]
    apart = province_coverage(atlas, ["xiongan"]).loc["130000"]
    assert apart["prefectures_covered"] == 0
    assert apart["covered_km2"] == pytest.approx(
        atlas.boundaries.zones.loc["xiongan", "area_km2"], abs=0.2
    )


def test_hainan_covers_what_its_three_cities_cover(atlas):
    whole = province_coverage(atlas, ["hainan"]).loc["460000"]
    more = province_coverage(atlas, ["hainan", "haikou", "sanya"]).loc["460000"]
    assert whole["covered_km2"] == more["covered_km2"]
    assert whole["prefectures_covered"] == 3


def test_pieces_add_up_to_the_areas_of_the_divisions(atlas):
    pieces = division_pieces(atlas.boundaries)
    for adcode, division in atlas.boundaries.divisions.iterrows():
        total = pieces.area(pieces.of[adcode])
        # the areas of the parts are rounded each for itself
        assert total == pytest.approx(division["area_km2"], abs=3)


def test_pieces_of_provinces_share_nothing(atlas):
    pieces = division_pieces(atlas.boundaries)
    provinces = atlas.boundaries.divisions.query("level == 'province'").index
    assert sum(len(pieces.of[code]) for code in provinces) == len(pieces.together(provinces))


@given(data=st.data())
def test_more_zones_never_cover_less_and_never_more_than_all(atlas, data):
    ids = st.lists(st.sampled_from(atlas.register.zones.index.tolist()), unique=True, max_size=12)
    few = data.draw(ids)
    many = list(dict.fromkeys([*few, *data.draw(ids)]))
    less, more = province_coverage(atlas, few), province_coverage(atlas, many)
    for column in ("prefectures_covered", "covered_km2", "covered_share"):
        assert (less[column] <= more[column]).all()
    assert (more["covered_share"] <= 1).all()
    assert (more["prefectures_covered"] <= more["prefectures"]).all()
    assert set(sum(more["county_zones"], [])) <= set(many)  # noqa: RUF017 - short lists


def test_a_zone_of_one_prefecture_covers_it(atlas):
    row = province_coverage(atlas, ["guangzhou"]).loc["440000"]
    assert (row["prefectures_covered"], row["county_zones"]) == (1, [])


def test_county_zones_follow_the_given_order(atlas):
    assert county_zones(atlas, ["yanji", "changchun", "hunchun"]) == ["yanji", "hunchun"]


def test_counts_of_the_table_are_those_of_the_timeline(atlas):
    for stop in atlas.stops:
        table = provinces_table(Answer(atlas, View(stop.on)))
        assert table["active"].sum() == stop.active_after
        assert table["adcode"].tolist() == atlas.register.provinces.index.tolist()


def test_filters_narrow_the_table(atlas):
    view = View(atlas.stops[-1].on, provinces=("460000",), batches=(8,))
    (row,) = provinces_table(Answer(atlas, view)).to_dict("records")
    assert (row["adcode"], row["active"], row["revoked"]) == ("460000", 1, 0)
    assert row["first_approved_on"] == atlas.stops[-1].on
