"""Changes counted in words, by province and by border region, against the events themselves."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from known import DOCUMENTS, LAST, LATEST, PROVINCES, active_on, approved_on, revoked_on, zones_in

from pilotzones.query.answer import Answer
from pilotzones.query.changes import (
    COUNTS,
    changes_by_border_region,
    changes_by_province,
    changes_in_all,
    headline,
    signed,
)
from pilotzones.query.view import View

EVE = LAST.published_on - timedelta(days=1)
DAYS = [
    (EVE, LAST.published_on),
    (date(2018, 8, 6), date(2025, 12, 31)),
    (date(2022, 2, 8), date(2022, 11, 24)),
    (date(2015, 3, 11), LAST.published_on),
]


def expected(register, since, on, zones):
    """Count what the events between two days did to some zones."""
    before = active_on(register, since, zones)
    gained = (approved_on(register, on) - approved_on(register, since)) & zones
    revoked = (revoked_on(register, on) - revoked_on(register, since)) & zones
    after = active_on(register, on, zones)
    counts = [len(before), len(gained), len(revoked), len(gained) - len(revoked), len(after)]
    # also where nothing changed
    return dict(zip(COUNTS, counts, strict=True)) if zones else None


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("filters", [{}, {"batches": (3, 8)}, {"provinces": ("460000", "650000")}])
@pytest.mark.variants(4)
def test_changes_by_province(atlas, days, filters):
    register, (since, on) = atlas.register, days
    counted = changes_by_province(Answer(atlas, View(on, since, **filters)))
    passing = {
        zone
        for zone, row in register.zones.join(register.histories).iterrows()
        if row["province_adcode"] in filters.get("provinces", [row["province_adcode"]])
        and row["batch"] in filters.get("batches", [row["batch"]])
    }
    found = {
        province: expected(register, since, on, zones_in(register, province) & passing)
        for province in register.provinces.index
    }
    assert counted.to_dict("index") == {name: row for name, row in found.items() if row}
    assert counted.index.tolist() == [name for name, row in found.items() if row]


@pytest.mark.parametrize("days", DAYS)
def test_changes_by_border_region(atlas, days):
    since, on = days
    counted = changes_by_border_region(Answer(atlas, View(on, since)))
    regions = atlas.boundaries.border_regions
    order = ["land", "coast", "inland", *(code for code in regions if code.isupper())]
    found = {code: expected(atlas.register, since, on, set(regions[code])) for code in order}
    assert counted.to_dict("index") == {code: row for code, row in found.items() if row}
    assert counted.index.tolist() == [code for code in order if found[code]]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("filters", [{}, {"provinces": ("460000",)}, {"q": "no such name"}])
def test_the_total_counts_each_zone_once(atlas, days, filters):
    answer = Answer(atlas, View(*days[::-1], **filters))
    total = changes_in_all(answer)
    assert total.to_dict() == changes_by_province(answer).sum().reindex(COUNTS).to_dict()
    by_region = changes_by_border_region(answer)
    if not filters and days[1] >= LAST.published_on:
        # Fangchenggang and Dandong lie on the coast and on a land border
        assert by_region.loc[["land", "coast", "inland"], "after"].sum() > total["after"]
    assert total["before"] + total["net"] == total["after"]


def test_a_province_without_a_change_is_a_row(atlas):
    counted = changes_by_province(Answer(atlas, View(date(2023, 12, 31), date(2022, 12, 31))))
    # Chongqing is one of them
    assert counted.loc["500000", COUNTS].tolist() == [1, 0, 0, 0, 1]
    assert len(counted) == PROVINCES


def test_the_headline(atlas):
    sentence = headline(Answer(atlas, View(LAST.published_on)))
    done = f"{LAST.approved} gained, {LAST.revoked} revoked, {LATEST.active} active"
    net = LAST.approved - LAST.revoked
    assert sentence == f"Between 24 April 2025 and 25 April 2025: {done}, net +{net}"


def test_the_headline_of_what_came_and_went(atlas):
    view = View(LAST.published_on, since=date(2018, 8, 6), provinces=("460000",))
    assert headline(Answer(atlas, view)) == (
        "Between 6 August 2018 and 25 April 2025: 3 gained (2 of them revoked again), 2 revoked, 1 active, net +1"
    )


@pytest.mark.parametrize(("number", "text"), [(13, "+13"), (0, "0"), (-3, "−3")])
def test_a_signed_number(number, text):
    assert signed(number) == text


def test_without_an_earlier_day_the_changes_are_those_of_the_document_in_force(atlas):
    for before, document in pairwise(DOCUMENTS):
        answer = Answer(atlas, View(document.published_on - timedelta(days=1)))
        assert answer.since == before.published_on - timedelta(days=1)
        assert len(answer.changes) == before.approved + before.revoked
    first = DOCUMENTS[0].published_on
    early = Answer(atlas, View(first - timedelta(days=1)))
    assert early.since == first - timedelta(days=2)
    assert early.changes.empty
