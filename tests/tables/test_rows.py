"""The rows of every table."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from files import LATEST, file_of, read_csv
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas.timeline import changes
from pilotzones.figure import figure_title
from pilotzones.figure.captions import summary
from pilotzones.query.answer import Answer
from pilotzones.query.changes import changes_by_province, headline
from pilotzones.query.view import View
from pilotzones.tables.rows import (
    TABLES,
    changes_table,
    documents_table,
    zone_row,
    zone_table,
)


def latest_stop(atlas):
    return next(stop for stop in atlas.stops if stop.on == LATEST)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_that_are_described(atlas, name):
    table = TABLES[name]
    for view in (View(LATEST), View(LATEST, provinces=("540000",), batches=(1,))):
        assert tuple(table.rows(Answer(atlas, view)).columns) == tuple(
            c.name for c in table.columns
        )


def test_changes(atlas):
    table = changes_table(Answer(atlas, View(LATEST, since=date(2022, 11, 24)))).set_index(
        "zone_id"
    )
    stop = latest_stop(atlas)
    assert table["change"].to_dict() == {
        **dict.fromkeys(stop.approved, "gained"),
        **dict.fromkeys(stop.revoked, "lost"),
    }
    haikou = table.loc["haikou"]
    assert haikou["successor_en"] == "Hainan (whole island)"
    assert haikou["revoked_by"] == "国函〔2025〕40号"
    assert "海南全岛" in haikou["revocation_title_zh"]
    assert "Hainan Island" in haikou["revocation_title_en"]
    assert haikou["since"] == date(2022, 11, 24)


@given(data=st.data())
def test_changes_agree_with_the_timeline(atlas, data):
    days = st.dates(date(2015, 3, 1), date(2026, 1, 1))
    since, on = sorted([data.draw(days), data.draw(days)])
    table = changes_table(Answer(atlas, View(on, since=since))).set_index("zone_id")
    facts = changes(atlas.register, since, on)
    assert table["change"].to_dict() == facts["change"].to_dict()
    # what lies after the later day is not known
    assert all(day <= on for day in table["revoked_on"].dropna())
    assert all(day <= on for day in table["approved_on"])


def test_the_earlier_day_is_the_eve_of_the_document_in_force(atlas):
    assert Answer(atlas, View(LATEST)).since == date(2025, 4, 24)
    assert Answer(atlas, View(date(2024, 1, 1))).since == date(2022, 11, 23)
    assert Answer(atlas, View(LATEST, since=date(2020, 1, 1))).since == date(2020, 1, 1)


def test_documents_stop_at_the_day_and_count_what_passes(atlas):
    table = documents_table(Answer(atlas, View(date(2022, 2, 8))))
    stops = [stop for stop in atlas.stops if stop.on <= date(2022, 2, 8)]
    assert table["active_after"].tolist() == [stop.active_after for stop in stops]
    island = documents_table(Answer(atlas, View(LATEST, provinces=("460000",))))
    assert island[["approved", "revoked", "active_after"]].iloc[-1].tolist() == [1, 2, 1]


def test_documents_count_the_zones_that_have_the_status_on_the_day(atlas):
    table = documents_table(Answer(atlas, View(LATEST, statuses=("revoked",))))
    revoked = set(latest_stop(atlas).revoked)
    approved = [len(revoked & set(stop.approved)) for stop in atlas.stops if stop.on <= LATEST]
    assert sum(approved) == len(revoked) > 1
    assert table["approved"].tolist() == approved
    assert table["revoked"].tolist() == [0] * (len(table) - 1) + [len(revoked)]


def test_two_days_have_no_filter_by_status(atlas):
    view = View(LATEST, provinces=("460000",))
    filtered = replace(view, statuses=("active",))
    assert headline(Answer(atlas, filtered)) == headline(Answer(atlas, view))
    rows = file_of(atlas, filtered, "changes", "csv")
    assert rows == file_of(atlas, view, "changes", "csv")
    assert changes_by_province(Answer(atlas, filtered)).equals(
        changes_by_province(Answer(atlas, view))
    )
    with pytest.raises(ValueError, match="status=active: not between two days"):
        replace(filtered, since=date(2025, 4, 24))
    compared = filtered.compare(date(2025, 4, 24))
    assert compared == view.compare(date(2025, 4, 24))
    assert figure_title(atlas, compared) == figure_title(atlas, view.compare(compared.since))
    numbers = "2 active on 24 April 2025, 1 on 25 April 2025"
    assert summary(Answer(atlas, compared)) == numbers


def test_every_change_has_an_address_and_a_zone_names_its_predecessors(atlas):
    for row in read_csv(file_of(atlas, View(LATEST), "changes", "csv")):
        assert row["approval_url"].startswith("http")
        assert row["revocation_url"].startswith("http") == bool(row["revoked_by"])
    zones = zone_table(Answer(atlas, View(LATEST))).set_index("zone_id")["predecessor_zone_ids"]
    assert zones["hainan"] == "haikou sanya"
    assert zones["bortala"] == "alashankou"
    events = atlas.register.events
    successors = events.loc[events["action"] == "revoke", "successor_zone_id"]
    assert set(zones.index[zones != ""]) == set(successors)


def test_a_revocation_is_not_known_before_its_day(atlas):
    rows = zone_table(Answer(atlas, View(date(2025, 4, 24)))).set_index("zone_id")
    assert rows.loc["haikou", "status"] == "active"
    assert rows.loc["haikou", ["revoked_on", "revoked_by", "successor_zone_id"]].isna().all()


@pytest.mark.parametrize("zone_id", ["haikou", "dandong", "xiongan"])
def test_the_row_of_a_zone_is_that_of_the_table(atlas, zone_id):
    table = zone_table(Answer(atlas, View(LATEST))).set_index("zone_id")
    row = zone_row(Answer(atlas, View(LATEST, q="elsewhere")), zone_id).set_index("zone_id")
    pd.testing.assert_series_equal(row.loc[zone_id], table.loc[zone_id])
