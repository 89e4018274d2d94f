"""Numbers with their sentences, and the way back from a number to its days."""

from datetime import date, timedelta

import pytest
from known import (
    DOCUMENTS,
    FIRST,
    LAST,
    LATEST,
    PROVINCES,
    TOTALS,
    active_on,
    after,
    counts_on,
)

from pilotzones import days_with_active, facts_on
from pilotzones.atlas.pieces import MUNICIPALITIES
from pilotzones.errors import InvalidValueError
from pilotzones.i18n import Language
from pilotzones.query.facts import FACT_COLUMNS

DAY = timedelta(days=1)
DAYS = [date(2014, 1, 1), *TOTALS, date(2023, 5, 1)]


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_counts_are_those_of_the_documents(atlas, on):
    facts, counts = facts_on(atlas, on), counts_on(on)
    assert [facts.index.name, *facts.columns] == [*FACT_COLUMNS]
    for name in ("active", "approved", "revoked"):
        assert facts.loc[name, "value"] == getattr(counts, name)
    zones = atlas.register.zones.loc[list(active_on(atlas.register, on))]
    assert facts.loc["provinces", "value"] == zones["province_adcode"].nunique()
    assert facts.loc["municipalities", "value"] == len(MUNICIPALITIES & set(zones["adcodes"]))


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_province_is_whole_when_every_county_of_it_is(atlas, on):
    whole = atlas.places.status_on(on)["status"] == "whole"
    inside = atlas.places.table.join(whole.rename("whole")).query("level == 'county'")
    provinces = inside.groupby("province_adcode")["whole"].all()
    counted = [*provinces[provinces].index, *(m for m in MUNICIPALITIES if whole[m])]
    assert facts_on(atlas, on).loc["whole_provinces", "value"] == len(set(counted))


def test_sentences_name_number_and_day_in_both_languages(atlas):
    for on in DAYS:
        for fact in facts_on(atlas, on).itertuples():
            for code in ("zh", "en"):
                sentence = getattr(fact, f"sentence_{code}")
                if fact.Index != "first_document":
                    assert Language(code).day(on) in sentence
                if not fact.Index.endswith("document"):
                    assert str(fact.value) in sentence


def test_each_number_holds_between_its_days_and_not_beside_them(atlas):
    on = date(2023, 5, 1)
    facts = facts_on(atlas, on)
    for name in ("active", "provinces", "whole_provinces", "revoked"):
        value, first, last = facts.loc[name, ["value", "true_from", "true_until"]]
        inside = [day for day in (first, on, last) if day]
        assert {facts_on(atlas, day).loc[name, "value"] for day in inside} == {value}
        beside = [first - DAY] if first else []
        beside += [last + DAY] if last else []
        assert value not in {facts_on(atlas, day).loc[name, "value"] for day in beside}


def test_documents_and_their_sources(atlas):
    facts = facts_on(atlas, LAST.published_on)
    assert facts.loc["first_document", "document_no"] == FIRST.number
    assert facts.loc["latest_document", "document_no"] == LAST.number
    assert facts.loc["active", "document_no"] == LAST.number
    assert "www.sm.gov.cn" in facts.loc["active", "url"]
    assert "first_document" not in facts_on(atlas, FIRST.published_on - DAY).index


def test_the_way_back_finds_every_number_that_was(atlas):
    for place, document in enumerate(DOCUMENTS):
        (span,) = days_with_active(atlas, after(place + 1).active).itertuples()
        assert span.true_from == document.published_on
        following = DOCUMENTS[place + 1 : place + 2]
        assert span.true_until == (following[0].published_on - DAY if following else None)
        assert span.document_no == document.number
    (before,) = days_with_active(atlas, 0).itertuples()
    assert (before.true_from, before.true_until) == (None, FIRST.published_on - DAY)
    assert days_with_active(atlas, LATEST.active + 1).empty
    with pytest.raises(InvalidValueError, match="active=165: not a whole number"):
        days_with_active(atlas, "165")


def test_all_provinces_have_a_zone_since_the_seventh_document(atlas):
    seventh = DOCUMENTS[6].published_on
    provinces = facts_on(atlas, seventh).loc["provinces"]
    assert provinces["value"] == PROVINCES
    # 30 after the fifth: all but Tibet (panel_checks of the facts)
    assert facts_on(atlas, DOCUMENTS[4].published_on).loc["provinces", "value"] == PROVINCES - 1


def test_the_future_has_no_facts(atlas):
    with pytest.raises(InvalidValueError, match="in the future"):
        facts_on(atlas, date(2999, 1, 1))


def test_a_text_is_no_day(atlas):
    with pytest.raises(InvalidValueError, match=r"on=2022-12-31: not a date; datetime\.date"):
        facts_on(atlas, "2022-12-31")
