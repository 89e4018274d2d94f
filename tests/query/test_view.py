"""The View and its query string: what is read, what is refused, what comes back."""

import pickle
import re
from dataclasses import fields, replace
from datetime import date, datetime
from urllib.parse import parse_qsl

import known
import numpy as np
import pytest
from copies import ATLAS
from hypothesis import given
from hypothesis import strategies as st

from pilotzones.errors import InvalidValueError
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.i18n.messages import problem_message
from pilotzones.query.answer import Answer
from pilotzones.query.days import day_of_cell
from pilotzones.query.parsing import parse_view
from pilotzones.query.view import (
    ALTERNATIVES,
    COLOURINGS,
    MATCHES,
    MAX_WITHIN,
    PARAMETERS,
    REGIONS,
    SHADES,
    STATUSES,
    View,
)
from pilotzones.query.zones import zones_in_view

TODAY = date(2026, 11, 23)
LAST = ATLAS.stops[-1].on
BATCHES = ", ".join(str(stop.batch) for stop in ATLAS.stops)


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
    regions=several(REGIONS),
    match=st.sampled_from(MATCHES),
    colour=st.sampled_from(COLOURINGS),
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
        ("region=west&region=east", None, {"regions": ("west", "east")}),
        ("region=West", "unknown region", {"regions": ()}),
        ("match=any", None, {"match": "any"}),
        ("match=either", "unknown match", {"match": "all"}),
        ("match=all&match=any", "given twice", {"match": "any"}),
        ("colour=new", None, {"colour": "new"}),
        ("colour=rainbow", "unknown colouring", {"colour": "batch"}),
        ("status=pending", "unknown status", {"statuses": ()}),
        ("zone=<script>alert(1)</script>", "unknown zone", {"zone": None}),
        ("zone=hainan", None, {"zone": "hainan"}),
        ("zone=HAIKOU", None, {"zone": "haikou"}),
        ("zone=海口", None, {"zone": "haikou"}),
        ("zone=Taizhou", "unknown zone", {"zone": None}),
        ("zone=Suzhou", "unknown zone", {"zone": None}),
        ("zone=广东省佛山市", None, {"zone": "foshan"}),
        ("within=150", None, {"within": 150}),
        ("within=-1", "not a distance", {"within": 100}),
        ("within=500", None, {"within": 500}),
        ("within=501", "not a distance", {"within": 500}),
        ("within=00012", None, {"within": 12}),
        ("within=" + "0" * 5000, None, {"within": 0}),
        ("within=²", "not a distance", {"within": 100}),
        ("within=" + "9" * 9_000, "not a distance", {"within": 500}),
        ("shade=cities", None, {"shade": "cities"}),
        ("shade=share", None, {"shade": "share"}),
        ("shade=grey", "unknown shading", {"shade": "active"}),
        ("lang=fr", "unknown language", {"lang": "en"}),
        ("lang=zh&lang=en", "given twice", {"lang": "en"}),
        ("q=" + "x" * 10_000, "too long", {"q": "x" * 100}),
        ("q=" + "x" * 100, None, {"q": "x" * 100}),
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
    (problem,) = problems
    assert str(problem) == "province=440000: too many values; at most 200"
    said = "has too many values; “province=440000” and all behind it were ignored"
    assert said in problem_message(Language("en"), problem)


def test_an_unknown_zone_names_the_closest():
    _, (problem,) = parse("zone=haianan")
    assert problem.closest[0] == "hainan"


def test_a_told_value_cannot_change_how_the_message_reads():
    _, (problem,) = parse("province=%E2%80%AE%00abc")
    assert problem.value == "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}abc"


def test_every_field_has_a_parameter():
    assert len(fields(View)) == len(PARAMETERS)


def test_without_filters_keeps_the_day_the_zone_and_the_language():
    view = View(
        LAST, provinces=("440000",), regions=("east",), match="any", q="x", zone="hainan", lang="zh"
    )
    assert view.filtered
    assert view.without_filters() == View(on=LAST, zone="hainan", lang="zh")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"on": "2025-04-25"}, "on=2025-04-25: not a date; datetime.date(2025, 4, 25)"),
        ({"on": datetime(2025, 4, 25)}, "on=2025-04-25 00:00:00: not a date; datetime.date(2025, 4, 25)"),  # noqa: DTZ001
        ({"on": "today"}, "on=today: not a date; a datetime.date"),
        ({"since": "2025-04-24"}, "since=2025-04-24: not a date; datetime.date(2025, 4, 24)"),
        ({"since": date(2025, 4, 26)}, "since=2025-04-26: after the other day; 2025-04-25"),
        ({"provinces": "460000"}, "province=460000: not a tuple; provinces=('460000',)"),
        ({"provinces": ["460000"]}, "province=['460000']: not a tuple; provinces=('460000',)"),
        ({"provinces": (460000,)}, "province=460000: not a text; '460000'"),
        ({"batches": 8}, "batch=8: not a tuple; batches=(8,)"),
        ({"batches": ("8",)}, "batch=8: not a whole number"),
        ({"batches": (True,)}, "batch=True: not a whole number"),
        ({"statuses": ("pending",)}, "status=pending: unknown status; active, revoked"),
        ({"q": "x" * 101}, f"q={'x' * 60}…: too long; 100"),
        ({"q": None}, "q=None: not a text; 'None'"),
        ({"zone": 1}, "zone=1: not a text; '1'"),
        ({"within": 501}, "within=501: not a distance; 0–500"),
        ({"within": -1}, "within=-1: not a distance; 0–500"),
        ({"within": 1.5}, "within=1.5: not a distance; 0–500"),
        ({"shade": "grey"}, "shade=grey: unknown shading; active, share, cities"),
        ({"regions": ("south",)}, "region=south: unknown region; east, central, west, northeast"),
        ({"regions": "west"}, "region=west: not a tuple; regions=('west',)"),
        ({"match": "either"}, "match=either: unknown match; all, any"),
        ({"colour": None}, "colour=None: unknown colouring; batch, new"),
        ({"lang": "fr"}, "lang=fr: unknown language; en, zh"),
        (
            {"since": date(2025, 4, 24), "statuses": ("active",)},
            "status=active: not between two days; statuses=()",
        ),
    ],
)  # fmt: skip
def test_a_view_refuses_what_no_atlas_has(fields, message):
    with pytest.raises(InvalidValueError, match=re.escape(message)) as caught:
        View(**{"on": LAST, **fields})
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("fields", [{}, {"within": 0}, {"within": MAX_WITHIN}, {"q": "x" * 100}])
def test_a_view_takes_what_lies_on_the_edge(fields):
    View(LAST, since=LAST, **fields)


def test_a_view_tells_all_that_is_wrong_with_it():
    with pytest.raises(InvalidValueError) as caught:
        View("yesterday", batches=("8",), lang="fr")
    assert [problem.parameter for problem in caught.value.problems] == ["on", "batch", "lang"]
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)


@pytest.mark.parametrize(
    ("fields", "query", "message"),
    [
        (
            {"provinces": ("Hainan",)},
            "province=Hainan",
            "province=Hainan: unknown province; did you mean 460000?",
        ),
        (
            {"provinces": ("广东",)},
            "province=广东",
            "province=广东: unknown province; did you mean 440000?",
        ),
        (
            {"provinces": ("990000",)},
            "province=990000",
            "province=990000: unknown province; an adcode such as 460000",
        ),
        (
            {"provinces": ("440000,450000",)},
            "province=440000,450000",
            "province=440000,450000: unknown province; province once for each value",
        ),
        ({"neighbours": ("xyz",)}, "neighbour=xyz", "neighbour=xyz: unknown border region; "),
        ({"zone": "qqq"}, "zone=qqq", "zone=qqq: unknown zone; an identifier such as hainan"),
        (
            {"neighbours": ("vnm",)},
            "neighbour=vnm",
            "neighbour=vnm: unknown border region; did you mean VNM?",
        ),
        (
            {"neighbours": ("Laos",)},
            "neighbour=Laos",
            "neighbour=Laos: unknown border region; did you mean LAO?",
        ),
        ({"batches": (99,)}, "batch=99", f"batch=99: unknown batch; {BATCHES}"),
        (
            {"zone": "haianan"},
            "zone=haianan",
            "zone=haianan: unknown zone; did you mean hainan or huaian?",
        ),
    ],
)
def test_an_atlas_refuses_in_python_what_it_refuses_in_an_address(fields, query, message):
    view = View(LAST, **fields)
    with pytest.raises(InvalidValueError, match=re.escape(message)) as caught:
        zones_in_view(ATLAS, view)
    (problem,) = parse(query)[1]
    assert caught.value.problems == (problem,)


def passing(**fields):
    keep = Answer(ATLAS, View(LAST, **fields)).passing
    return {*keep.index[keep]}


def test_regions_are_those_of_the_statistics_bureau():
    register = ATLAS.register
    for region in REGIONS:
        inside = register.provinces.index[register.provinces["region"] == region]
        assert len(inside) == known.REGIONS[region]
        assert passing(regions=(region,)) == passing(provinces=tuple(inside))


def test_a_zone_passes_any_of_the_kinds_where_any_is_to_match():
    # the same question as two
    either = passing(provinces=("450000",), neighbours=("VNM",), match="any")
    assert either == passing(provinces=("450000",)) | passing(neighbours=("VNM",))
    assert "honghe" in either - passing(provinces=("450000",))
    three = passing(regions=("northeast",), neighbours=("VNM",), batches=(1,), match="any")
    assert "hangzhou" in three
    assert "honghe" in three
    # a name narrows all the same
    assert passing(provinces=("450000",), neighbours=("VNM",), match="any", q="honghe") == {
        "honghe"
    }


@given(VIEWS)
def test_matching_any_is_the_union_of_the_kinds_and_all_their_intersection(view):
    kinds = [name for name in ALTERNATIVES if getattr(view, name)]
    narrow = replace(view, match="all")
    alone = [
        Answer(ATLAS, narrow.without(*(other for other in kinds if other != name))).passing
        for name in kinds
    ] or [Answer(ATLAS, narrow).passing]
    either, every = np.any(alone, axis=0), np.all(alone, axis=0)
    assert (Answer(ATLAS, replace(view, match="any")).passing == either).all()
    assert (Answer(ATLAS, narrow).passing == every).all()


@given(VIEWS)
def test_no_zone_passes_outside_the_provinces_that_the_filters_leave(view):
    answer = Answer(ATLAS, view)
    homes = ATLAS.register.zones["province_adcode"][answer.passing]
    assert {*homes} <= {*answer.provinces}


def test_the_provinces_that_filters_leave():
    def left(**fields):
        return Answer(ATLAS, View(LAST, **fields)).provinces

    northeast = ["210000", "220000", "230000"]
    assert left(regions=("northeast",)) == northeast
    assert left(provinces=("450000", "210000"), regions=("northeast",)) == ["210000"]
    either = left(provinces=("450000",), regions=("northeast",), match="any")
    assert either == [*northeast, "450000"]
    # a zone on the border may lie anywhere
    everywhere = [*ATLAS.register.provinces.index]
    assert left() == everywhere
    assert left(provinces=("450000",), neighbours=("VNM",)) == ["450000"]
    assert left(provinces=("450000",), neighbours=("VNM",), match="any") == everywhere


@given(VIEWS)
def test_an_atlas_takes_every_view_that_it_reads(view):
    assert Answer(ATLAS, view).zones.index.isin(ATLAS.register.zones.index).all()


def test_the_numbers_of_a_table_are_as_good_as_those_of_python():
    view = View(LAST, batches=(np.int64(8),), within=np.int64(50))
    assert view == View(LAST, batches=(8,), within=50)
    assert {type(view.within), *map(type, view.batches)} == {int}


@pytest.mark.parametrize("text", ["440600", "佛山", "佛山市", "Foshan"])
def test_a_place_is_named_by_its_code_or_its_name(text):
    view, problems = parse_view([("adcode", text)], ATLAS)
    assert (view.adcode, problems) == ("440600", [])


def test_a_name_of_several_places_is_not_called_unknown():
    (shared,) = parse_view([("adcode", "吉林")], ATLAS)[1]
    assert (shared.reason, shared.closest) == ("name of several places", ("220000", "220200"))
    (unknown,) = parse_view([("adcode", "Foshn")], ATLAS)[1]
    assert (unknown.reason, unknown.closest) == ("unknown place", ("440600",))


@pytest.mark.parametrize(
    "text", ["2019-06-01", "2019年6月1日", "2019/6/1", "20190601", "1 June 2019", "June 1, 2019"]
)
def test_a_typed_day_is_read_as_readers_write_it(text):
    assert day_of_cell(text) == date(2019, 6, 1)


@pytest.mark.parametrize("text", ["", "2019-02-30", "June 2019", "Foshan", "2019", "1 Foshan 2019"])
def test_what_is_no_day_is_not_read(text):
    assert day_of_cell(text) is None
