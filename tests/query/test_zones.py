"""The zones of a View, the counts beside the filters, and the letters that the map gets."""

from datetime import date, timedelta

import pandas as pd
import pytest
from copies import ATLAS
from hypothesis import given
from known import LAST, LATEST, PREFECTURES, PROVINCES, SUCCESSORS, ZONES
from test_view import VIEWS

from pilotzones.errors import InvalidValueError
from pilotzones.query.answer import Answer
from pilotzones.query.borders import zones_near_borders
from pilotzones.query.roles import frame_on, frames, kept_by_stop
from pilotzones.query.view import ALTERNATIVES, DIMENSIONS, View
from pilotzones.query.zones import (
    box_around,
    box_in_view,
    option_counts,
    provinces_asked,
    zones_geodataframe,
    zones_in_view,
)
from pilotzones.tables.columns import PROVENANCE
from pilotzones.tables.columns import ZONES as ZONES_COLUMNS
from pilotzones.tables.files import to_csv
from pilotzones.tables.rows import zone_table
from pilotzones.text import fold

DAY = LAST.published_on


def ids(**fields):
    return set(zones_in_view(ATLAS, View(**{"on": DAY, **fields})).index)


def test_all_zones_approved_so_far():
    assert len(ids()) == ZONES
    assert len(ids(statuses=("active",))) == LATEST.active
    assert ids(statuses=("revoked",)) == set(SUCCESSORS)
    assert ids(on=date(2015, 12, 31)) == {"hangzhou"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("VNM", {"chongzuo", "fangchenggang", "honghe"}),
        ("RUS", {"heihe", "hunchun", "manzhouli", "suifenhe", "tongjiang"}),
        ("PRK", {"dandong", "hunchun"}),
        ("KAZ", {"alashankou", "bortala", "ili"}),
        ("TJK", {"kashgar"}),
        ("IND", set()),
    ],
)
def test_zones_by_land_neighbour(code, expected):
    assert ids(neighbours=(code,)) == expected


def test_border_regions_cover_all_zones():
    regions = ATLAS.boundaries.border_regions
    assert regions["land"] | regions["coast"] | regions["inland"] == set(ATLAS.register.zones.index)
    assert not regions["inland"] & (regions["land"] | regions["coast"])
    assert regions["land"] & regions["coast"] == {"dandong", "fangchenggang"}


@pytest.mark.parametrize("text", ["%", "!!!", "\0", "-"])
def test_a_text_of_which_nothing_is_compared_finds_nothing(text):
    assert ids(q=text) == set()
    assert ids(q=f"haikou {text}") == ids(q="haikou") == {"haikou"}


@pytest.mark.parametrize("region", ["land", "coast", "inland"])
def test_the_zones_near_a_border_follow_the_border_region(region):
    rows = zones_near_borders(Answer(ATLAS, View(DAY, neighbours=(region,), within=500)))
    assert set(rows["zone_id"]) <= ATLAS.boundaries.border_regions[region]
    assert rows["touches"].any() == (region != "inland")
    # alternatives, as in every filter
    both = zones_near_borders(Answer(ATLAS, View(DAY, neighbours=(region, "VNM"), within=500)))
    assert {"chongzuo", "honghe"} <= set(both["zone_id"])


def test_filters_narrow_each_other_and_their_values_widen():
    assert len(ids(provinces=("440000",))) == PREFECTURES["440000"]
    assert ids(provinces=("450000",), neighbours=("VNM",)) == {"chongzuo", "fangchenggang"}
    assert ids(provinces=("460000", "540000")) == {"haikou", "sanya", "hainan", "lhasa"}
    assert ids(provinces=("540000",), neighbours=("VNM",)) == set()


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Xi'an", {"xian"}),
        ("xian", {"xian"}),
        ("haerbin", {"harbin"}),
        ("哈尔滨", {"harbin"}),
        ("Urumqi", {"urumqi"}),
        ("ürümqi", {"urumqi"}),
        ("泰州", {"taizhou-jiangsu"}),
        ("taizhou", {"taizhou-jiangsu", "taizhou-zhejiang"}),
        ("taizhou zhejiang", {"taizhou-zhejiang"}),
        ("西藏", {"lhasa"}),
        ("廣州", {"guangzhou"}),
        ("瀋陽", {"shenyang"}),
        ("義烏", {"yiwu"}),
        ("Foshan City", {"foshan"}),
        ("foshan shi", {"foshan"}),
        ("广东省佛山市", {"foshan"}),
        ("Honghe Prefecture", {"honghe"}),
        ("Hainan Province", {"haikou", "sanya", "hainan"}),
        # of two cities of the name one is a zone
        ("Suzhou City", {"suzhou-jiangsu"}),
        # what a name holds is still found as it is
        ("City", {"jilin-city"}),
        # a code is no name, and a county no zone
        ("440600", set()),
        ("Kunshan City", set()),
        ("no such place", set()),
        ("<img onerror=1>", set()),
    ],
)
def test_search_in_both_languages_and_pinyin(q, expected):
    found = ids(q=q)
    assert expected <= found if q in {"xian", "Xi'an"} else found == expected


@pytest.mark.parametrize(("traditional", "simplified"), [("內蒙古", "内蒙古"), ("廈門", "厦门")])
def test_search_in_traditional_chinese(traditional, simplified):
    assert ids(q=traditional) == ids(q=simplified) != set()


def test_fold_leaves_what_a_search_compares():
    assert fold("Ürümqi, Xi'an 西安") == "urumqixian西安"


@given(VIEWS)
def test_counts_beside_an_option_are_what_choosing_it_gives(view):
    for parameter, dimension in DIMENSIONS.items():
        counts = option_counts(Answer(ATLAS, view), parameter)
        for option, count in list(counts.items())[:3]:
            value = int(option) if parameter == "batch" else option
            # where any kind is enough, what an option adds is what it gives alone
            alone = dict.fromkeys(ALTERNATIVES, ()) if view.match == "any" else {}
            alone = alone if dimension in ALTERNATIVES else {}
            chosen = View(**{**vars(view), **alone, dimension: (value,)})
            shown = zones_in_view(ATLAS, chosen)
            if parameter != "status":
                shown = shown[shown["status"] == "active"]
            assert len(shown) == count


@given(VIEWS)
def test_the_map_shows_the_zones_of_the_table(view):
    frame = frame_on(Answer(ATLAS, view))
    shown = zones_in_view(ATLAS, view)
    by_letters = {
        zone: "active" if letter in "an" else "revoked"
        for zone, letter in zip(ATLAS.register.zones.index, frame.roles, strict=True)
        if letter != "."
    }
    assert by_letters == shown["status"].to_dict()
    assert frame.active == (shown["status"] == "active").sum()


def test_what_is_left_of_each_batch():
    kept = kept_by_stop(Answer(ATLAS, View(DAY)))
    approved = [len(stop.approved) for stop in ATLAS.stops]
    assert [row[number] for number, row in enumerate(kept)] == approved
    assert [sum(row) for row in kept] == [stop.active_after for stop in ATLAS.stops]
    # Haikou was approved by the third
    assert kept[-1][2] == approved[2] - 1
    hainan = kept_by_stop(Answer(ATLAS, View(DAY, provinces=("460000",))))
    assert [row[2] for row in hainan] == [0, 0, 1, 1, 1, 1, 1, 0]


def test_letters_mark_what_the_stop_did():
    last = frames(Answer(ATLAS, View(DAY)))[-1]
    assert {letter: last.roles.count(letter) for letter in "anrx."} == {
        "a": LATEST.active - LAST.approved,
        "n": LAST.approved,
        "r": 0,
        "x": LAST.revoked,
        ".": 0,
    }
    assert (last.active, last.revoked) == LATEST
    assert (last.approved, last.provinces) == (LAST.approved, PROVINCES)


@given(VIEWS)
def test_the_file_has_the_zones_of_the_view(view):
    table = zone_table(Answer(ATLAS, view))
    assert table["zone_id"].tolist() == zones_in_view(ATLAS, view).index.tolist()
    assert (table["revoked_on"].dropna() <= view.on).all()


def test_a_file_that_spreadsheets_open_without_harm():
    table = zone_table(Answer(ATLAS, View(DAY, provinces=("540000",))))
    table.loc[:, "name_en"] = "=HYPERLINK(1)"
    text = to_csv(table).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert text.splitlines()[1].startswith("lhasa,拉萨市,")
    assert to_csv(table).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("level", ["overview", "detail"])
def test_polygons_of_the_zones(level):
    view = View(DAY, provinces=("460000",))
    zones = zones_geodataframe(ATLAS, view, level)
    assert zones.crs == "EPSG:4326"
    drawn = ATLAS.boundaries.layer(f"zones_{level}").set_index("zone_id")["geometry"]
    assert zones.geometry.geom_equals(drawn.loc[zones.index]).all()
    pd.testing.assert_frame_equal(
        pd.DataFrame(zones.drop(columns="geometry")), zones_in_view(ATLAS, view)
    )


def test_a_level_that_does_not_exist_is_refused():
    with pytest.raises(InvalidValueError, match="^level=high: unknown level; overview, detail$"):
        zones_geodataframe(ATLAS, View(DAY), "high")


def test_the_columns_are_those_of_the_files():
    for day in (DAY, DAY - timedelta(days=1)):
        zones = zones_in_view(ATLAS, View(day)).rename_axis(None).assign(zone_id=lambda t: t.index)
        file = zone_table(Answer(ATLAS, View(day))).set_index("zone_id", drop=False)
        same = [column.name for column in ZONES_COLUMNS if column.name not in PROVENANCE]
        for name in same:
            old, new = (
                table[name].astype("object").where(table[name].notna(), None)
                for table in (file, zones)
            )
            if name.endswith("_on"):
                new = [None if day is None else day.date() for day in new]
            assert [*old] == [*new], name


def test_the_box_around_zones():
    geometry = ATLAS.boundaries.zones.loc[["haikou", "sanya"]]
    box = [
        geometry["west"].min(),
        geometry["south"].min(),
        geometry["east"].max(),
        geometry["north"].max(),
    ]
    assert box_around(ATLAS, ["haikou", "sanya"]) == box
    assert box_around(ATLAS, []) is None
    answer = Answer(ATLAS, View(DAY, provinces=("460000",)))
    whole = box_around(ATLAS, ["haikou", "sanya", "hainan"])
    # the province is whole in it, without the islets far out at sea
    assert box_in_view(answer) == pytest.approx(whole, abs=0.02)
    far = box_in_view(answer, ["lhasa"])
    assert far[0] == ATLAS.boundaries.zones.loc["lhasa", "west"]
    assert far[2:] == pytest.approx(whole[2:], abs=0.02) or far[3] >= whole[3]
    # the day, a status and the words of two days do not move the map
    assert box_in_view(Answer(ATLAS, View(DAY, statuses=("active",)))) is None
    assert box_in_view(Answer(ATLAS, View(DAY))) is None


def test_a_province_is_in_the_box_as_a_whole_unless_another_filter_narrows_it():
    tibet, lhasa = [78.39, 26.86, 99.11, 36.48], box_around(ATLAS, ["lhasa"])
    for view in (
        View(DAY, provinces=("540000",)),
        # no zone passes
        View(DAY, provinces=("540000",), batches=(1,)),
    ):
        assert box_in_view(Answer(ATLAS, view)) == pytest.approx(tibet, abs=0.01)
    assert box_in_view(Answer(ATLAS, View(DAY, provinces=("540000",), q="lhasa"))) == lhasa


def test_provinces_are_asked_for_by_name_or_by_region():
    def asked(**fields):
        return [*provinces_asked(Answer(ATLAS, View(DAY, **fields)))]

    assert asked() == asked(neighbours=("VNM",)) == []
    assert asked(provinces=("540000",)) == ["540000"]
    assert asked(regions=("northeast",)) == ["210000", "220000", "230000"]
    # a zone elsewhere may pass by its border
    assert asked(provinces=("540000",), neighbours=("VNM",), match="any") == []


def test_the_box_of_a_border_without_zones_is_that_of_the_border():
    west, south, east, north = box_in_view(Answer(ATLAS, View(DAY, neighbours=("IND",))))
    assert 73 < west < east < 98
    assert 26 < south < north < 37


def test_predecessors_are_those_revoked_by_the_day():
    column = zones_in_view(ATLAS, View(DAY))["predecessor_zone_ids"]
    merged = {zone: ids.split() for zone, ids in column.items() if ids}
    assert merged == ATLAS.register.predecessors


def test_land_neighbours_are_those_that_a_zone_touches():
    column = zones_in_view(ATLAS, View(DAY))["land_neighbours"]
    assert {
        zone: codes.split() for zone, codes in column.items() if codes
    } == ATLAS.boundaries.touching
