"""The page on data and method says what the register holds, and what it does not."""

import re

import pytest
from copies import edit_rows
from known import LAST, LATEST, SUCCESSORS

from pilotzones.atlas import load_atlas
from pilotzones.dashboard.data import method_html
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View


def method(atlas, lang="en"):
    html = method_html(Answer(atlas, View(atlas.stops[-1].on, lang=lang)))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_counts_are_called_the_registers_own_and_successors_inferred(atlas):
    text, zones = method(atlas), atlas.register.zones["name_en"]
    assert f"({LATEST.active} after the latest document) is the register's own" in text
    pairs = [f"{zones[zone]} → {zones[successor]}" for zone, successor in SUCCESSORS.items()]
    assert f"inferred from where they lie: {', '.join(pairs)}." in text


def test_no_place_left_treatment_is_said_while_it_is_true(atlas, geodata):
    said = f"No place ever left treatment: {LATEST.revoked} zones were revoked"
    assert said in method(atlas)

    ended = {"document_no": LAST.number, "zone_id": "lhasa", "action": "revoke"}
    edit_rows(geodata / "register" / "events.csv", lambda rows: rows.append(ended))
    text = method(load_atlas(geodata))
    assert "No place ever left treatment" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_days_of_checking_are_those_of_the_version(atlas, lang):
    day = Language(lang).day(atlas.register.checked_on)
    assert day in method(atlas, lang)
    earlier = method(atlas.at("1.0.0"), lang)
    assert day not in earlier
    assert not re.search("checked|核对", earlier)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_zones_that_are_not_verified_are_counted_from_the_register(atlas, lang):
    zones = atlas.register.zones
    doubtful = zones.loc[zones["confidence"] != "high", f"name_{lang}"]
    text = method(atlas, lang)
    assert re.search(rf"\b{len(doubtful)}\D*[(（]{re.escape(doubtful.iloc[0])}", text)
    assert all(name in text for name in doubtful)


@pytest.mark.parametrize(("lang", "missing"), [("en", "not published"), ("zh", "未公布")])
def test_evaluations_have_their_counts_and_say_what_is_missing(atlas, lang, missing):
    text, table = method(atlas, lang), atlas.register.evaluations
    tiers = table[["zones_evaluated", "tier_1", "tier_2", "tier_3", "tier_4"]]
    assert text.count(missing) == int(tiers.isna().sum().sum())
    for evaluation in table.itertuples():
        assert str(evaluation.year_evaluated) in text
        assert getattr(evaluation, f"published_{lang}") in text.replace("&#39;", "'")
