"""The View and its query string: what is read, what is told, what comes back."""

from dataclasses import fields
from datetime import date
from urllib.parse import parse_qsl

import pytest
from copies import GEODATA
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.atlas import load_atlas
from pilotzones.i18n import LANGUAGES
from pilotzones.query.view import MAX_WITHIN, PARAMETERS, SHADES, STATUSES, View, parse_view

ATLAS = load_atlas(GEODATA)
TODAY = date(2026, 11, 23)
LAST = ATLAS.stops[-1].on


def parse(query, **options):
    pairs = parse_qsl(query, keep_blank_values=True)
    return parse_view(pairs, ATLAS, today=TODAY, **options)


def several(options):
    return st.lists(st.sampled_from(list(options)), unique=True, max_size=4).map(tuple)


VIEWS = st.builds(
    View,
    on=st.dates(ATLAS.stops[0].on, TODAY),
    provinces=several(ATLAS.register.provinces.index),
    neighbours=several(ATLAS.boundaries.border_regions),
    batches=several([stop.batch for stop in ATLAS.stops]),
    statuses=several(STATUSES),
    q=st.text(max_size=100).map(lambda text: " ".join(text.split())),
    zone=st.none() | st.sampled_from(ATLAS.register.zones.index.tolist()),
    within=st.integers(0, MAX_WITHIN),
    shade=st.sampled_from(SHADES),
    lang=st.sampled_from(LANGUAGES),
)


@given(VIEWS)
def test_a_query_brings_back_the_view(view):
    assert parse(view.query()) == (view, [])


@given(VIEWS, st.dates(ATLAS.stops[0].on, TODAY))
def test_two_days_come_back_in_order(view, other):
    since, on = sorted([view.on, other])
    two = View(on=on, since=since)
    assert parse(two.query()) == (two, [])


@given(st.lists(st.tuples(st.sampled_from(PARAMETERS) | st.text(max_size=20), st.text())))
def test_any_query_gives_a_view_and_never_an_error(pairs):
    view, problems = parse_view(pairs, ATLAS, today=TODAY)
    assert ATLAS.stops[0].on <= view.on <= TODAY
    assert all(len(problem.value) <= 61 for problem in problems)
    # what was read is understood when it is read again
    assert parse(view.query()) == (view, [])


def test_without_a_query_the_latest_document():
    assert parse("") == (View(on=LAST), [])
    assert parse("", lang="zh")[0].lang == "zh"


@pytest.mark.parametrize(
    ("query", "reason", "expected"),
    [
        ("on=2025-13-45", "not a date", {"on": LAST}),
        ("on=yesterday", "not a date", {"on": LAST}),
        ("on=20250425", "not a date", {"on": LAST}),
        ("on=2025-W17-5", "not a date", {"on": LAST}),
        ("since=2025-04-24&status=active", "not between two days", {"statuses": ()}),
        ("on=1999-01-01", "before the first document", {"on": date(2015, 3, 12)}),
        ("on=2999-01-01", "in the future", {"on": TODAY}),
        ("on=2025-04-24&since=2025-04-25", "after the other day", {"on": LAST, "since": date(2025, 4, 24)}),
        ("since=nonsense", "not a date", {"since": None}),
        ("province=Atlantis", "unknown province", {"provinces": ()}),
        ("province=440000&province=440000", None, {"provinces": ("440000",)}),
        ("province=440000&province=990000", "unknown province", {"provinces": ("440000",)}),
        ("neighbour=vnm", "unknown border region", {"neighbours": ()}),
        ("neighbour=VNM&neighbour=coast", None, {"neighbours": ("VNM", "coast")}),
        ("batch=99", "unknown batch", {"batches": ()}),
        ("batch=8", None, {"batches": (8,)}),
        ("status=pending", "unknown status", {"statuses": ()}),
        ("zone=<script>alert(1)</script>", "unknown zone", {"zone": None}),
        ("zone=hainan", None, {"zone": "hainan"}),
        ("zone=HAIKOU", None, {"zone": "haikou"}),
        ("zone=海口", None, {"zone": "haikou"}),
        ("zone=Taizhou", "unknown zone", {"zone": None}),
        ("within=150", None, {"within": 150}),
        ("within=-1", "not a distance", {"within": 100}),
        ("within=²", "not a distance", {"within": 100}),
        ("within=" + "9" * 9_000, "not a distance", {"within": 500}),
        ("shade=share", None, {"shade": "share"}),
        ("shade=grey", "unknown shading", {"shade": "active"}),
        ("lang=fr", "unknown language", {"lang": "en"}),
        ("lang=zh&lang=en", "given twice", {"lang": "en"}),
        ("q=" + "x" * 10_000, "too long", {"q": "x" * 100}),
        ("provnce=440000", "unknown parameter", {"provinces": ()}),
        ("utm_source=letter", None, {}),
        ("on=&q=&zone=&province=", None, {"on": LAST, "q": ""}),
    ],
)  # fmt: skip
def test_values_that_are_not_understood_are_told(query, reason, expected):
    view, problems = parse(query)
    assert [problem.reason for problem in problems] == ([reason] if reason else [])
    assert {name: getattr(view, name) for name in expected} == expected


def test_ten_thousand_values_are_cut():
    view, problems = parse("&".join(["province=440000"] * 10_000))
    assert view.provinces == ("440000",)
    assert [problem.reason for problem in problems] == ["too many values"]


def test_an_unknown_zone_names_the_closest():
    _, (problem,) = parse("zone=haianan")
    assert problem.closest[0] == "hainan"


def test_a_told_value_cannot_change_how_the_message_reads():
    _, (problem,) = parse("province=%E2%80%AE%00abc")
    assert problem.value == "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}abc"


def test_every_field_has_a_parameter():
    assert len(fields(View)) == len(PARAMETERS)


def test_without_filters_keeps_the_day_the_zone_and_the_language():
    view = View(on=LAST, provinces=("440000",), q="x", zone="hainan", lang="zh")
    assert view.filtered
    assert view.without_filters() == View(on=LAST, zone="hainan", lang="zh")
