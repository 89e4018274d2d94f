"""What is true on a day, and what changed between two."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from copies import ATLAS, add_ninth_batch
from hypothesis import given
from hypothesis import strategies as st
from known import DOCUMENTS, LAST, LATEST, SUCCESSORS, TOTALS

from pilotzones.atlas import load_atlas
from pilotzones.atlas.timeline import changes, state_on, stop_on, stops
from pilotzones.errors import InvalidValueError

REGISTER = ATLAS.register
DAYS = st.dates(date(2014, 1, 1), date(2027, 1, 1)) | st.sampled_from(
    [stop.on + timedelta(days) for stop in ATLAS.stops for days in (-1, 0, 1)]
)

OF_APPROVAL = ["approved_on", "approved_by", "batch"]
OF_REVOCATION = ["revoked_on", "revoked_by", "successor_zone_id"]


def statuses(day):
    return state_on(REGISTER, date.fromisoformat(day))["status"]


def test_totals_after_each_document():
    assert {stop.on: stop.active_after for stop in ATLAS.stops} == {
        day: counts.active for day, counts in TOTALS.items()
    }
    for day, counts in TOTALS.items():
        assert state_on(REGISTER, day)["status"].value_counts().get("active", 0) == counts.active


def test_stops_say_what_each_document_did():
    assert [
        (stop.document_no, stop.on, len(stop.approved), len(stop.revoked)) for stop in ATLAS.stops
    ] == [(one.number, one.published_on, one.approved, one.revoked) for one in DOCUMENTS]
    assert [stop.batch for stop in ATLAS.stops] == [*range(1, len(DOCUMENTS) + 1)]
    assert set(ATLAS.stops[-1].revoked) == set(SUCCESSORS)


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
    assert table["change"].value_counts().to_dict() == {
        "gained": LAST.approved,
        "lost": LAST.revoked,
    }
    assert table.loc["haikou", "successor_zone_id"] == "hainan"


def test_changes_over_the_whole_story():
    table = changes(REGISTER, date(2015, 3, 11), date(2025, 4, 25))
    assert table["change"].value_counts().to_dict() == {
        "gained": LATEST.active,
        "gained and lost": LATEST.revoked,
    }


def test_changes_of_one_day_are_none():
    assert changes(REGISTER, date(2025, 4, 25), date(2025, 4, 25)).empty


def test_changes_refuse_days_in_the_wrong_order():
    with pytest.raises(ValueError, match="since=2025-04-25: after the other day; 2025-04-24"):
        changes(REGISTER, date(2025, 4, 25), date(2025, 4, 24))


@pytest.mark.parametrize("day", ["2025-04-25", datetime(2025, 4, 25), None])  # noqa: DTZ001
def test_what_is_no_day_is_refused(day):
    with pytest.raises(InvalidValueError, match="^day=.*: not a date; "):
        state_on(REGISTER, day)
    with pytest.raises(InvalidValueError, match="^since=.*: not a date; "):
        changes(REGISTER, day or "", LAST.published_on)
    with pytest.raises(InvalidValueError, match="^on=.*: not a date; "):
        changes(REGISTER, LAST.published_on, day)


@given(DAYS)
def test_a_state_never_shows_the_future(day):
    state, histories = state_on(REGISTER, day), REGISTER.histories
    for columns, by in ((OF_APPROVAL, "approved_on"), (OF_REVOCATION, "revoked_on")):
        past = histories[by] <= pd.Timestamp(day)
        assert state.loc[~past, columns].isna().all(axis=None)
        pd.testing.assert_frame_equal(state.loc[past, columns], histories.loc[past, columns])


def test_changes_never_show_the_future():
    table = changes(REGISTER, date(2018, 8, 6), date(2018, 8, 7))
    assert table.loc["haikou", OF_REVOCATION].isna().all()


def test_an_atlas_will_do_for_its_register():
    days = date(2022, 2, 8), LAST.published_on
    pd.testing.assert_frame_equal(state_on(ATLAS, days[0]), state_on(REGISTER, days[0]))
    pd.testing.assert_frame_equal(changes(ATLAS, *days), changes(REGISTER, *days))
    assert stops(ATLAS) == stops(REGISTER) == ATLAS.stops


def test_between_two_stops_the_earlier_one_holds():
    assert stop_on(ATLAS.stops, date(2025, 4, 24)).batch == 7
    assert stop_on(ATLAS.stops, date(2025, 4, 25)).batch == 8
    assert stop_on(ATLAS.stops, date(2015, 3, 11)) is None


def test_a_ninth_batch_is_rows_and_boundaries_alone(geodata):
    add_ninth_batch(geodata)
    atlas = load_atlas(geodata)
    # one approved, one revoked
    before = [counts.active for counts in TOTALS.values()]
    assert [stop.active_after for stop in atlas.stops] == [*before, before[-1]]
    last = atlas.stops[-1]
    assert (last.batch, last.approved, last.revoked) == (9, ("qiqihar",), ("yiwu",))
    assert atlas.register.predecessors["jinhua"] == ["yiwu"]
    assert atlas.fingerprint != ATLAS.fingerprint
