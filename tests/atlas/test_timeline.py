"""What is true on a day, and what changed between two."""

from datetime import date, timedelta

import pandas as pd
import pytest
from copies import GEODATA, add_ninth_batch
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.atlas.timeline import changes, state_on, stop_on

ATLAS = load_atlas(GEODATA)
REGISTER = ATLAS.register
DAYS = st.dates(date(2014, 1, 1), date(2027, 1, 1)) | st.sampled_from(
    [stop.on + timedelta(days) for stop in ATLAS.stops for days in (-1, 0, 1)]
)

TOTALS = {
    "2015-03-12": 1,
    "2016-01-15": 13,
    "2018-08-07": 35,
    "2019-12-24": 59,
    "2020-05-06": 105,
    "2022-02-08": 132,
    "2022-11-24": 165,
    "2025-04-25": 178,
}


def statuses(day):
    return state_on(REGISTER, date.fromisoformat(day))["status"]


def test_totals_after_each_document():
    assert {stop.on.isoformat(): stop.active_after for stop in ATLAS.stops} == TOTALS
    for day, total in TOTALS.items():
        assert (statuses(day) == "active").sum() == total


def test_stops_tell_what_each_document_did():
    last = ATLAS.stops[-1]
    assert (last.batch, len(last.approved), last.revoked) == (
        8,
        16,
        ("haikou", "sanya", "alashankou"),
    )
    assert last.document_no == "国函〔2025〕40号"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-24", {"haikou": "active", "sanya": "active", "hainan": "pending", "alashankou": "active", "bortala": "pending"}),
        ("2025-04-25", {"haikou": "revoked", "sanya": "revoked", "hainan": "active", "alashankou": "revoked", "bortala": "active"}),
        ("2022-02-08", {"yiwu": "active", "jinhua": "active"}),
        ("2015-03-11", {"hangzhou": "pending"}),
    ],
)  # fmt: skip
def test_status_on_the_days_that_matter(day, expected):
    assert statuses(day)[list(expected)].to_dict() == expected


def test_an_event_counts_from_the_day_it_was_published_not_signed():
    # signed on 7 March 2015, published on the 12th
    assert statuses("2015-03-07")["hangzhou"] == "pending"
    assert statuses("2015-03-12")["hangzhou"] == "active"


@given(DAYS)
def test_a_state_is_the_fold_of_its_events(day):
    folded = dict.fromkeys(REGISTER.zones.index, "pending")
    for event in REGISTER.events.itertuples():
        if event.on.date() <= day:
            folded[event.zone_id] = "active" if event.action == "approve" else "revoked"
    assert state_on(REGISTER, day)["status"].to_dict() == folded


@given(st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_changes_compose(days):
    first, second, third = days

    def apply(status, table):
        status = status.copy()
        assert (status[table.index] == table["from_status"]).all()
        status[table.index] = table["to_status"]
        return status

    start = state_on(REGISTER, first)["status"]
    by_two_steps = apply(
        apply(start, changes(REGISTER, first, second)), changes(REGISTER, second, third)
    )
    at_once = apply(start, changes(REGISTER, first, third))
    pd.testing.assert_series_equal(by_two_steps, at_once)
    pd.testing.assert_series_equal(at_once, state_on(REGISTER, third)["status"])


def test_changes_across_the_eighth_document():
    table = changes(REGISTER, date(2025, 4, 24), date(2025, 4, 25))
    assert table["change"].value_counts().to_dict() == {"gained": 16, "lost": 3}
    assert table.loc["haikou", "successor_zone_id"] == "hainan"


def test_changes_over_the_whole_story():
    table = changes(REGISTER, date(2015, 3, 11), date(2025, 4, 25))
    assert table["change"].value_counts().to_dict() == {"gained": 178, "gained and lost": 3}


def test_changes_of_one_day_are_none():
    assert changes(REGISTER, date(2025, 4, 25), date(2025, 4, 25)).empty


def test_changes_refuse_days_in_the_wrong_order():
    with pytest.raises(ValueError, match="exchange the two days"):
        changes(REGISTER, date(2025, 4, 25), date(2025, 4, 24))


def test_between_two_stops_the_earlier_one_holds():
    assert stop_on(ATLAS.stops, date(2025, 4, 24)).batch == 7
    assert stop_on(ATLAS.stops, date(2025, 4, 25)).batch == 8
    assert stop_on(ATLAS.stops, date(2015, 3, 11)) is None


def test_a_ninth_batch_is_rows_and_boundaries_alone(geodata):
    add_ninth_batch(geodata)
    atlas = load_atlas(geodata)
    assert [stop.active_after for stop in atlas.stops] == [*TOTALS.values(), 178]
    last = atlas.stops[-1]
    assert (last.batch, last.approved, last.revoked) == (9, ("qiqihar",), ("yiwu",))
    assert atlas.register.predecessors["jinhua"] == ["yiwu"]
    assert atlas.fingerprint != ATLAS.fingerprint
