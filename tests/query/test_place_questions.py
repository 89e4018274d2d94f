"""Questions about places, read from an address and written as one."""

from datetime import date
from urllib.parse import parse_qsl

import pytest

from pilotzones.query.panel import PanelOptions
from pilotzones.query.place_questions import (
    LookupQuestion,
    MatchQuestion,
    PanelQuestion,
    WeightsQuestion,
    parse_lookup,
    parse_match,
    parse_panel,
    parse_weights,
)

DAY = date(2019, 6, 1)
FOSHAN_AND_LINFEN = ("440600", "141000")


@pytest.mark.parametrize(
    ("read", "question"),
    [
        (parse_lookup, LookupQuestion(("佛山", "116.4, 39.9"), DAY, "prefecture", "zh")),
        (parse_match, MatchQuestion("city", on=DAY, division_level="county", lang="zh")),
        (parse_match, MatchQuestion("", on_column="when", lon="x", lat="y")),
        (parse_panel, PanelQuestion(PanelOptions(2016, 2020, adcodes=FOSHAN_AND_LINFEN), "zh")),
        (parse_weights, WeightsQuestion("county", kind="knn", k=3, standardise=True, lang="zh")),
        (parse_weights, WeightsQuestion("city", FOSHAN_AND_LINFEN, "inverse", cutoff_km=90)),
    ],
)
def test_what_is_written_reads_the_same(atlas, read, question):
    assert read(parse_qsl(question.query()), atlas) == (question, [])
