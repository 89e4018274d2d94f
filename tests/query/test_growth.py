"""The growth of the zones, against the events themselves."""

from datetime import date, timedelta

import pytest
from known import DOCUMENTS, LAST, PROVINCES, REGIONS, ZONES, active_on, approved_on

from pilotzones.query.answer import Answer
from pilotzones.query.growth import (
    active_over_time,
    batches_by_province,
    zones_by_economic_region,
    zones_by_position,
)
from pilotzones.query.view import View

DAYS = [date(2015, 3, 11), date(2020, 5, 6), date(2021, 1, 1), LAST.published_on]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("since", [None, date(2015, 3, 1)])
def test_the_curve_has_a_point_for_each_document_and_the_day(atlas, on, since):
    groups = zones_by_economic_region(atlas)
    curve = active_over_time(Answer(atlas, View(on, since)), groups)
    days = [one.published_on for one in DOCUMENTS if one.published_on < on]
    assert curve.index.tolist() == [*days, on]
    assert curve.index.name == "on"
    for day, row in curve.iterrows():
        for name, zones in groups.items():
            assert row[name] == len(active_on(atlas.register, day, zones))


def test_the_curve_follows_the_filters(atlas):
    view = View(LAST.published_on, provinces=("460000",))
    curve = active_over_time(Answer(atlas, view), {"all": atlas.register.zones.index})
    days = [one.published_on for one in DOCUMENTS]
    # Haikou in 2018, Sanya in 2020, then the whole island in the place of both
    assert dict(zip(days, curve["all"], strict=True)) == dict(
        zip(days, [0, 0, 1, 1, 2, 2, 2, 1], strict=True)
    )


def test_economic_regions_share_out_the_zones(atlas):
    groups = zones_by_economic_region(atlas)
    assert [*groups] == ["east", "central", "west", "northeast"]
    assert set(groups) == set(REGIONS)
    assert sorted(sum(groups.values(), [])) == sorted(atlas.register.zones.index)  # noqa: RUF017
    assert "guangzhou" in groups["east"]
    assert "xian" in groups["west"]


def test_positions_share_out_the_zones(atlas):
    groups = zones_by_position(atlas)
    assert [*groups] == ["land", "coast", "inland"]
    assert sum(map(len, groups.values())) == ZONES
    # on a land border and the coast
    assert "dandong" in groups["land"]
    assert "dandong" not in groups["coast"]
    assert "dalian" in groups["coast"]
    assert "zhengzhou" in groups["inland"]


@pytest.mark.parametrize("on", DAYS)
def test_the_matrix_counts_what_each_batch_approved(atlas, on):
    register = atlas.register
    matrix = batches_by_province(Answer(atlas, View(on)))
    documents = [one for one in DOCUMENTS if one.published_on <= on]
    assert matrix.columns.tolist() == [*range(1, len(documents) + 1)]
    assert len(matrix) == PROVINCES
    for batch, document in enumerate(documents, start=1):
        day = document.published_on
        new = approved_on(register, day) - approved_on(register, day - timedelta(days=1))
        provinces = register.zones.loc[list(new), "province_adcode"].value_counts()
        column = matrix[batch]
        assert column[column > 0].to_dict() == provinces.to_dict()
    first = matrix.apply(lambda row: next((b for b in row.index if row[b]), 99), axis=1)
    # in the order of the first approval; of one document in the order of the register
    order = register.provinces.index
    assert matrix.index.tolist() == sorted(
        order, key=lambda code: (first[code], [*order].index(code))
    )


def test_a_batch_that_was_filtered_out_has_no_column(atlas):
    chosen = View(LAST.published_on, batches=(6, 8))
    assert batches_by_province(Answer(atlas, chosen)).columns.tolist() == [6, 8]
    # where one filter is enough, another may leave zones of any batch
    either = View(LAST.published_on, batches=(8,), provinces=("330000",), match="any")
    matrix = batches_by_province(Answer(atlas, either))
    assert matrix.columns.tolist() == [*range(1, len(DOCUMENTS) + 1)]
    assert matrix.loc["330000", 1] == 1
    # a day before the batch that was chosen
    early = View(DOCUMENTS[0].published_on, batches=(8,))
    assert batches_by_province(Answer(atlas, early)).empty
