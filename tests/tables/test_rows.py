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
    assert summary(Answer(atlas, compared)) == (
        "1 zone in Hainan was approved between 24 April 2025 and 25 April 2025, 2 revoked; "
        "1 active at the end."
    )


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


def test_events_are_those_of_the_register_up_to_the_day(atlas):
    table = TABLES["events"].rows(Answer(atlas, View(LATEST)))
    events = atlas.register.events
    assert table["zone_id"].tolist() == events["zone_id"].tolist()
    assert table["on"].tolist() == [moment.date() for moment in events["on"]]
    revoked = table[table["action"] == "revoke"].set_index("zone_id")
    assert revoked.loc["haikou", "successor_zone_id"] == "hainan"
    eve = TABLES["events"].rows(Answer(atlas, View(date(2025, 4, 24), provinces=("460000",))))
    assert eve["zone_id"].tolist() == ["haikou", "sanya"]
    assert eve["successor_zone_id"].isna().all()
    assert eve["url"].str.startswith("http").all()


def test_divisions_have_the_status_of_places(atlas):
    table = TABLES["divisions"].rows(Answer(atlas, View(date(2022, 12, 31)))).set_index("adcode")
    places = atlas.places
    assert table.index.tolist() == places.table.index.tolist()
    assert table["status"].equals(places.status_on(date(2022, 12, 31))["status"])
    assert table.loc["330700", ["status", "zone_ids"]].tolist() == ["whole", "yiwu jinhua"]
    assert pd.isna(table.loc["654200", "share_area"])
    assert table.loc["150100", ["name_en", "name_basis"]].tolist() == ["Hohhot", "official"]


def test_divisions_are_filtered_by_province_alone(atlas):
    view = View(LATEST, provinces=("460000",), batches=(1,), q="nowhere")
    table = TABLES["divisions"].rows(Answer(atlas, view))
    assert set(table["province_adcode"]) == {"460000"}
    assert set(table["filters"]) == {"province=460000"}
    assert TABLES["divisions"].filters(view) == [("province", "460000")]


def test_overlaps_are_pairs_of_zones_that_are_approved(atlas):
    rows = TABLES["overlaps"].rows
    table = rows(Answer(atlas, View(LATEST))).set_index("zone_id")
    pairs = {
        frozenset(pair)
        for pair in atlas.boundaries.overlaps[["zone_id", "other_zone_id"]].to_numpy()
    }
    assert {frozenset(pair) for pair in table["other_zone_id"].items()} == pairs
    assert table.loc["haikou", ["status", "other_zone_id", "other_status"]].tolist() == [
        "revoked",
        "hainan",
        "active",
    ]
    # the outer zone of the pair was approved later
    assert "haikou" not in set(rows(Answer(atlas, View(date(2025, 4, 24))))["zone_id"])
    # either zone passes
    inside = rows(Answer(atlas, View(LATEST, statuses=("active",))))
    assert "haikou" in set(inside["zone_id"])
    assert rows(Answer(atlas, View(LATEST, provinces=("440000",)))).empty


def test_the_timeline_counts_as_the_documents_do(atlas):
    view = View(LATEST, neighbours=("coast",))
    table = TABLES["timeline"].rows(Answer(atlas, view))
    whole = table[table["kind"] == "all"].set_index("document_no")
    documents = documents_table(Answer(atlas, view)).set_index("document_no")
    names = {"active": "active_after", "approved": "approved", "revoked": "revoked"}
    for name, other in names.items():
        assert whole[name].to_dict() == documents[other].to_dict()
    assert set(table.loc[table["kind"] == "border", "key"]) == {"coast"}
    for kind in ("province", "region"):
        totals = table[table["kind"] == kind].groupby("document_no")["active"].sum()
        assert totals.to_dict() == whole["active"].to_dict()


def test_the_timeline_ends_on_the_day_and_names_its_groups(atlas):
    table = TABLES["timeline"].rows(Answer(atlas, View(date(2016, 1, 15), provinces=("330000",))))
    assert sorted(set(table["on"])) == [date(2015, 3, 12), date(2016, 1, 15)]
    assert set(table.loc[table["kind"] == "province", "name_en"]) == {"Zhejiang"}
    named = table.set_index("key")[["name_zh", "name_en"]]
    assert named.loc["VNM"].to_numpy().tolist()[0] == ["越南", "Vietnam"]
    assert named.loc["northeast"].to_numpy().tolist()[0] == ["东北", "Northeast"]
    assert named.loc["all"].to_numpy().tolist()[0] == ["全国", "China"]
