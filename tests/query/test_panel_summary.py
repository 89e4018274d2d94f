"""What a page shows of a panel says the same as the panel."""

from collections import Counter
from datetime import timedelta

import pytest
from copies import ATLAS
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotzones.atlas.places import PART
from pilotzones.i18n import Language
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import PARTIALS, PanelOptions, treatment_panel
from pilotzones.query.panel_summary import GROUPINGS, NEVER, UNKNOWN_COHORT, arrange, summarise

UNITS = [*ATLAS.places.prefecture_units, "330782", "460300", "654200", "110105"]
OPTIONS = st.builds(
    PanelOptions,
    first=st.integers(2013, 2019),
    last=st.integers(2019, 2026),
    adcodes=st.lists(st.sampled_from(UNITS), min_size=1, max_size=30, unique=True).map(tuple),
    freq=st.sampled_from(["year", "quarter"]),
    partial=st.sampled_from(PARTIALS),
)


def expected_state(row):
    if row.dd == 1:
        return "treated"
    if row.dd != 0:
        return "unknown"
    return "partly" if row.coverage == PART else "untreated"


@settings(deadline=None, max_examples=30)
@given(OPTIONS, st.sampled_from(GROUPINGS))
def test_every_unit_is_drawn_once_in_every_period(options, by):
    panel = treatment_panel(ATLAS, options)
    if panel.table.empty:
        return
    table = panel.table.fillna({"dd": -1})
    wanted = {(row.adcode, row.period): expected_state(row) for row in table.itertuples()}
    summary = summarise(ATLAS, panel)
    groups, blocks = arrange(summary, by)
    labels = [period.label for period in summary.periods]
    drawn = Counter()
    for block in blocks:
        assert block.high - block.low == len(block.units)
        first, last = labels.index(block.first), labels.index(block.last)
        assert block.start == summary.periods[first].first
        assert block.end == summary.periods[last].last + timedelta(days=1)
        for unit in block.units:
            for label in labels[first : last + 1]:
                assert wanted[unit, label] == block.state
                drawn[unit, label] += 1
    assert drawn == Counter(wanted.keys())
    # one below the other, without a gap
    assert [group.low for group in groups] == [0, *(group.high for group in groups[:-1])]
    assert groups[-1].high == len(summary.units)
    assert len({group.name for group in groups}) == len(groups)


def test_counts_are_those_of_the_panel():
    panel = treatment_panel(ATLAS, PanelOptions(2013, 2025))
    counts = summarise(ATLAS, panel).counts()
    treated = panel.table["dd"].eq(1).groupby(panel.table["period"]).sum()
    assert counts["treated"].to_dict() == treated.to_dict()
    assert (counts.sum(axis=1) == panel.table["adcode"].nunique()).all()
    assert counts.loc["2025", "unknown"] == panel.table["treat"].isna().sum() / len(counts)


def test_cohorts_come_in_their_order_the_doubtful_last():
    summary = summarise(ATLAS, treatment_panel(ATLAS, PanelOptions(2013, 2025)))
    groups, _ = arrange(summary, "cohort")
    *cohorts, never, unknown = [group.name for group in groups]
    assert (never, unknown) == (NEVER, UNKNOWN_COHORT)
    assert cohorts == sorted(cohorts)
    provinces, _ = arrange(summary, "province")
    assert [group.name for group in provinces] == sorted(ATLAS.register.provinces.index)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_methods_are_those_of_the_files(lang):
    panel = treatment_panel(ATLAS, PanelOptions(2018, 2020, unit="city", partial="drop"))
    assert summarise(ATLAS, panel).methods[lang] == panel_methods(ATLAS, panel, Language(lang))
