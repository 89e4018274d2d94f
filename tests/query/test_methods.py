"""The methods paragraph and the warnings of a panel, in both languages."""

import re

import pytest

from pilotzones.i18n import Language
from pilotzones.query.caveats import MAX_NAMES, place_names
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import PanelOptions, treatment_panel

EN, ZH = Language("en"), Language("zh")


def methods(atlas, t=EN, **options):
    panel = treatment_panel(atlas, PanelOptions(2013, options.pop("last", 2019), **options))
    return panel_methods(atlas, panel, t)


def test_the_outcome_is_that_of_the_published_counts(atlas):
    said = methods(atlas, unit="city")
    assert "The panel has 297 cities by year, 2013–2019." in said
    assert "By 31 December 2019, 56 of 297 cities were treated." in said
    prefectures = methods(atlas)
    assert "56 of 337 prefecture-level units were treated" in prefectures
    assert "3 units were partly covered (Yanbian" in prefectures
    assert "Mudanjiang and Jinhua)" in prefectures
    assert f"data {atlas.data_version}" in prefectures
    chinese = methods(atlas, ZH, unit="city")
    assert "截至2019年12月31日，297个城市中有56个受处理。" in chinese
    assert "每个直辖市计为其中一个" in chinese


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("unit", ("prefecture", "city", "county", "province")),
        ("freq", ("year", "half", "quarter", "month")),
        ("rule", ("any", "mid", "full")),
        ("partial", ("whole", "any", "drop")),
        ("clock", ("published", "signed")),
    ],
)
def test_each_convention_is_in_words(atlas, option, values):
    for t in (EN, ZH):
        assert len({methods(atlas, t, **{option: value}) for value in values}) == len(values)


def test_unknown_cover_and_the_reader_s_own_units_are_named(atlas):
    said = methods(atlas, last=2023)
    assert "Whether a zone covers Tacheng" in said
    own = methods(atlas, adcodes=("440600",))
    assert "The panel has 1 unit by year" in own
    assert "1 of 1 unit was treated" in own
    assert "municipality" not in own


def test_warnings_are_in_the_language(atlas):
    panel = treatment_panel(atlas, PanelOptions(2013, 2023))
    names = atlas.places.rows
    assert panel.warnings == [caveat.text(EN, names) for caveat in panel.caveats]
    chinese = "".join(caveat.text(ZH, names) for caveat in panel.caveats)
    assert "22个单元自2019年12月24日起被覆盖，在2019期内仅受处理8天" in chinese
    assert "塔城" in chinese
    assert set(re.findall(r"[a-z=]{3,}", chinese)) == {"partial=drop", "rule=mid", "rule=full"}


def test_a_rule_that_moves_a_short_cohort_has_no_warning_of_it(atlas):
    kinds = {
        rule: {
            one.kind for one in treatment_panel(atlas, PanelOptions(2013, 2023, rule=rule)).caveats
        }
        for rule in ("any", "mid", "full")
    }
    assert kinds["any"] - kinds["mid"] == {"short cohort"}
    assert kinds["mid"] == kinds["full"]


def test_of_many_places_the_first_are_named():
    names = [f"P{number}" for number in range(MAX_NAMES + 3)]
    assert place_names(EN, names[:2]) == "P0 and P1"
    assert place_names(EN, names).endswith("P19 and 3 more")
    assert place_names(ZH, names).endswith("P19等，另有3个")
