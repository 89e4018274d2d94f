"""Which measures hold where, on what day, for whom, and how surely."""

from datetime import date, timedelta

import pytest
from copies import edit_rows
from known import LAST, SUCCESSORS

from pilotzones import load_atlas, measures_in_force
from pilotzones.errors import (
    InvalidValueError,
    TableError,
    UnknownPlaceError,
    UnknownZoneError,
)
from pilotzones.query.policy import IN_FORCE, IN_PART, NOT_VERIFIED, ZONE

EXEMPTION = "retail-export-tax"
# 财税〔2018〕103号: in force from that day; announcement 2026 No. 11 of the VAT Law
FIRST_DAY, VAT_LAW = date(2018, 10, 1), date(2026, 1, 1)
DAY = timedelta(days=1)


def test_the_exemption_of_retail_exports_begins_on_its_day(atlas):
    before = measures_in_force(atlas, FIRST_DAY - DAY, zone="xiamen")
    after = measures_in_force(atlas, FIRST_DAY, zone="xiamen")
    assert EXEMPTION not in before.index
    assert after.loc[EXEMPTION, "standing"] == IN_FORCE
    assert not after.loc[EXEMPTION, "doubts_en"]
    assert after.index[0] == EXEMPTION


@pytest.mark.parametrize("where", [{"zone": "xiamen"}, {"place": "350200"}, {}])
def test_from_2026_on_its_standing_is_in_doubt_wherever_it_is_named(atlas, where):
    before = measures_in_force(atlas, VAT_LAW - DAY, **where)
    after = measures_in_force(atlas, VAT_LAW, **where)
    assert before.loc[EXEMPTION, "standing"] == IN_FORCE
    named = after[
        after["summary_en"].str.contains("xemption|exempt") & (after["applies_to"] == ZONE)
    ]
    assert EXEMPTION in named.index
    for measure in named.itertuples():
        assert measure.standing == NOT_VERIFIED
        assert "was not verified" in measure.doubts_en
        assert "未核实" in measure.doubts_zh


def test_measures_for_zones_end_with_the_zone(atlas):
    for zone, successor in SUCCESSORS.items():
        last = measures_in_force(atlas, LAST.published_on - DAY, zone=zone)
        gone = measures_in_force(atlas, LAST.published_on, zone=zone)
        assert EXEMPTION in last.index
        assert ZONE not in set(gone["applies_to"])
        assert not gone.empty
        assert EXEMPTION in measures_in_force(atlas, LAST.published_on, zone=successor).index


def test_a_reply_speaks_of_the_zones_that_it_approves(atlas):
    on = LAST.published_on
    assert "eighth-reply" in measures_in_force(atlas, on, zone="hainan").index
    assert "eighth-reply" not in measures_in_force(atlas, on, zone="xiamen").index
    assert "eighth-reply" in measures_in_force(atlas, on).index


def test_a_place_has_the_measures_of_the_zones_that_cover_it(atlas):
    # Jinhua: Yiwu alone on that day; Changzhi: no zone; Sansha: not known
    on = date(2019, 1, 1)
    assert measures_in_force(atlas, on, place="330700").loc[EXEMPTION, "standing"] == IN_PART
    assert EXEMPTION not in measures_in_force(atlas, on, place="140400").index
    sansha = measures_in_force(atlas, LAST.published_on, place="460300").loc[EXEMPTION]
    assert sansha["standing"] == NOT_VERIFIED
    assert "not known" in sansha["doubts_en"]


def test_a_measure_ends_after_its_last_day(atlas):
    last = date(2025, 12, 31)
    name = "returned-exports-2023"
    assert name in measures_in_force(atlas, last, role="exporter").index
    assert name not in measures_in_force(atlas, last + DAY, role="exporter").index


def test_what_has_no_verified_day_is_never_in_force(atlas):
    for day in (date(2016, 3, 24), date(2021, 1, 1), LAST.published_on, VAT_LAW):
        table = measures_in_force(atlas, day)
        unknown = table["in_force_on"].isna() & (table["kind"] != "guidance")
        assert set(table.loc[unknown, "standing"]) <= {NOT_VERIFIED}
        assert all(table.loc[unknown, "doubts_en"])
    # of 2020 by its number, though no day was verified
    assert "customs-b2b-export" not in measures_in_force(atlas, date(2019, 12, 31)).index
    assert "customs-b2b-export" in measures_in_force(atlas, date(2020, 1, 1)).index


def test_roles_share_what_concerns_both(atlas):
    on = VAT_LAW
    everyone = set(measures_in_force(atlas, on).index)
    exporters = set(measures_in_force(atlas, on, role="exporter").index)
    importers = set(measures_in_force(atlas, on, role="importer").index)
    assert exporters | importers == everyone
    register = atlas.register.measures
    assert exporters & importers == set(register.index[register["role"] == "both"]) & everyone


def test_before_the_first_measure_there_is_none(atlas):
    assert measures_in_force(atlas, date(2014, 1, 1)).empty


def test_what_cannot_be_asked_is_refused(atlas):
    with pytest.raises(UnknownZoneError, match="did you mean xiamen"):
        measures_in_force(atlas, FIRST_DAY, zone="xiamn")
    with pytest.raises(UnknownPlaceError):
        measures_in_force(atlas, FIRST_DAY, place="999999")
    with pytest.raises(InvalidValueError, match="role=trader: unknown choice; exporter, importer"):
        measures_in_force(atlas, FIRST_DAY, role="trader")
    with pytest.raises(InvalidValueError, match="adcode=350200: not both"):
        measures_in_force(atlas, FIRST_DAY, zone="xiamen", place="350200")
    with pytest.raises(InvalidValueError, match="in the future"):
        measures_in_force(atlas, date(2999, 1, 1))


def test_every_policy_of_version_1_0_is_a_measure(atlas):
    measures = atlas.register.measures.set_index("document_no")
    for policy in atlas.register.policies.to_dict("records"):
        number = policy["document_no"].replace("税务总局公告", "国家税务总局公告")
        measure = measures.loc[number]
        assert measure["title_zh"] == policy["title_zh"]
        assert (measure["url"], measure["confidence"]) == (policy["url"], policy["confidence"])


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("ended_on", "2018-09-30", "'2018-09-30': must not be before in_force_on"),
        ("doubt_zh", "", "a doubt has a day and a text in both languages"),
        ("url", "https://example.org/a", "must lie on gov.cn"),
        ("role", "trader", "must be one of exporter, importer, both"),
    ],
)
def test_a_broken_rule_of_measures_is_named(geodata, column, value, message):
    def change(rows):
        next(row for row in rows if row["measure_id"] == EXEMPTION)[column] = value

    edit_rows(geodata / "register" / "measures.csv", change)
    with pytest.raises(TableError, match=rf"measures.csv, line 3, column {column}.*{message}"):
        load_atlas(geodata)
