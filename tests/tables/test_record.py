"""The record of a zone."""

import json
from datetime import date

from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.record import zone_record


def test_the_record_of_a_zone(atlas):
    record = zone_record(Answer(atlas, View(date(2016, 1, 1))), "hainan")
    assert record["status"] == "pending"
    assert record["predecessors"] == ["haikou", "sanya"]
    assert [event["action"] for event in record["events"]] == ["approve"]
    assert record["neighbours"][0]["iso3"] == "VNM"
    assert {one["other_zone_id"] for one in record["overlaps"]} == {"haikou", "sanya"}
    json.dumps(record, allow_nan=False)
