"""What a figure shows: the zones in the roles of the map, the legend, the successions."""

from collections import Counter
from datetime import date, timedelta

import pytest
import shapely
from drawn import AFTER, BEFORE, batch_colour, see
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PathCollection

from pilotzones import View
from pilotzones.figure.captions import remarks, summary
from pilotzones.figure.scene import make_scene
from pilotzones.palette import LIGHT
from pilotzones.query.answer import Answer
from pilotzones.query.roles import Role, zone_roles
from pilotzones.query.title import view_title


def views(atlas):
    """Any View: on, or on the eve of, the day of any document, with any filters."""
    stops = [stop.on for stop in atlas.stops]
    days = st.sampled_from([*stops, *(day - timedelta(days=1) for day in stops)])
    batches = [stop.batch for stop in atlas.stops if stop.batch]

    def some(values):
        return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)

    def view(pair, statuses, **filters):
        since, on = sorted(pair)
        if statuses is None:
            return View(on, since=since, **filters)
        return View(on, statuses=statuses, **filters)

    return st.builds(
        view,
        st.tuples(days, days),
        statuses=st.none() | some(["active", "revoked"]),
        provinces=some([*atlas.register.provinces.index]),
        batches=some(batches),
        neighbours=some(["coast", "land", "VNM", "RUS"]),
        q=st.sampled_from(["", "", "hai", "zhou"]),
        regions=some(["west", "northeast"]),
        match=st.sampled_from(["all", "any"]),
        colour=st.sampled_from(["batch", "new"]),
        lang=st.sampled_from(["en", "zh"]),
    )


@given(data=st.data())
def test_a_figure_shows_each_zone_in_its_role(atlas, data):
    answer = Answer(atlas, data.draw(views(atlas)))
    scene = make_scene(answer)
    roles = zone_roles(answer, compare=answer.view.since is not None)
    shown = roles[roles != Role.HIDDEN]
    assert {mark.zone_id: mark.role for mark in scene.marks} == shown.to_dict()
    successors = atlas.register.histories["successor_zone_id"]
    for mark in scene.marks:
        successor = successors[mark.zone_id]
        assert mark.hollow == mark.role.is_revoked
        assert mark.absorbed == (
            mark.role.is_revoked and successor in shown and Role(shown[successor]).is_active
        )
    just_ended = {Role.JUST_REVOKED, Role.LOST, Role.PASSED}
    assert set(scene.successions) == {
        (zone, successors[zone])
        for zone, role in shown.items()
        if role in just_ended and successors[zone] in shown
    }


@given(data=st.data())
def test_legend_and_summary_count_the_roles(atlas, data):
    answer = Answer(atlas, data.draw(views(atlas)))
    scene = make_scene(answer)
    roles = Counter(map(Role, zone_roles(answer, compare=answer.view.since is not None)))
    del roles[Role.HIDDEN]
    assert sum(row.count for row in scene.rows) == roles.total()
    numbers = summary(answer)
    if not roles:
        assert not [row for row in scene.rows if row.count]
    elif answer.view.since:
        counts = {row.role: row.count for row in scene.rows}
        assert {role: count for role, count in counts.items() if count} == dict(roles)
        assert str(roles[Role.ACTIVE] + roles[Role.GAINED]) in numbers
    else:
        active = [row for row in scene.rows if not row.hollow]
        assert sum(row.count for row in active) == sum(roles[r] for r in roles if r.is_active)
        assert [row.role for row in active if row.role == Role.NEW] == [Role.NEW] * bool(
            roles[Role.NEW]
        )
        assert str(sum(row.count for row in active)) in numbers


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"since": BEFORE},
        {"since": date(2019, 12, 31)},
        {"on": date(2020, 5, 6)},
        {"provinces": ("440000",)},
        {"batches": (3, 8)},
        {"colour": "new"},
    ],
)
def test_the_map_has_the_colours_of_the_roles(atlas, filters):
    sight = see(atlas, View(**({"on": AFTER} | filters)), labels="none", dpi=200)
    chart, scene = sight.drawing.main, sight.drawing.scene
    zones = chart.ground.zones
    outlines = shapely.union_all([zones[m.zone_id].boundary for m in scene.marks if m.hollow])
    right, all_checked = 0, 0
    for mark in scene.marks:
        point = shapely.Point(chart.ground.middle(mark.zone_id))
        covered = any(zones[m.zone_id].contains(point) for m in scene.marks if m != mark)
        near = not outlines.is_empty and shapely.distance(outlines, point) * chart.picture.scale < 2
        if mark.hollow or chart.is_small(mark.zone_id) or covered or near:
            continue
        all_checked += 1
        right += sight.colour_at(point.x, point.y) == mark.colour
    assert all_checked > 15
    # an arrow or the scale bar may lie on the middle of a zone
    assert right >= 0.95 * all_checked


def test_the_zones_of_the_document_of_the_day_stand_out(atlas):
    scene = make_scene(Answer(atlas, View(AFTER, colour="new")))
    assert [(row.text, row.colour, row.count) for row in scene.rows if not row.hollow] == [
        ("Approved on 25 Apr 2025", LIGHT.accent, 16),
        ("Approved earlier", LIGHT.earlier, 162),
    ]
    assert scene.heading == "Active zones"
    assert remarks(Answer(atlas, View(AFTER, colour="new")), scene) == []
    by_batch = make_scene(Answer(atlas, View(AFTER)))
    assert remarks(Answer(atlas, View(AFTER)), by_batch) != []
    # between two days the colours are those of the changes
    two = make_scene(Answer(atlas, View(AFTER, since=BEFORE, colour="new")))
    assert two == make_scene(Answer(atlas, View(AFTER, since=BEFORE)))


def test_the_legend_of_a_comparison_adds_up(atlas):
    scene = make_scene(Answer(atlas, View(AFTER, since=date(2018, 8, 6))))
    counts = {row.text: row.count for row in scene.rows}
    title = view_title(Answer(atlas, View(AFTER, since=date(2018, 8, 6))))
    gained = counts["Gained, still active"] + counts["Approved and revoked in between"]
    assert f"{gained} gained (3 of them revoked again)" in title


def test_a_zone_inside_another_lies_above_it(atlas):
    sight = see(atlas, View(AFTER, provinces=("330000",)), labels="none")
    yiwu, histories = atlas.boundaries.zones.loc["yiwu"], atlas.register.histories
    colours = batch_colour(atlas)
    colour = sight.colour(yiwu["lon"], yiwu["lat"])
    assert colour == colours[int(histories.loc["yiwu", "batch"])]
    assert colour != colours[int(histories.loc["jinhua", "batch"])]


def test_a_revoked_zone_is_hatched_only_while_its_successor_is_not_shown(atlas):
    absorbed = {m.zone_id: m.absorbed for m in make_scene(Answer(atlas, View(AFTER))).marks}
    assert absorbed["haikou"]
    assert not absorbed["hainan"]
    alone = make_scene(Answer(atlas, View(AFTER, batches=(3,))))
    assert {m.zone_id: m.hatched for m in alone.marks}["haikou"]
    assert [row.hatched for row in alone.rows] == [False, True]
    assert _hatches(see(atlas, View(AFTER, batches=(3,))))
    assert not _hatches(see(atlas, View(AFTER)))


def _hatches(sight):
    areas = sight.drawing.figure.findobj(PathCollection)
    return [area for area in areas if area.get_hatch()]


def test_the_ring_of_a_revoked_zone_lets_its_successor_be_seen(atlas):
    sight = see(atlas, View(AFTER), size="column", labels="none", dpi=300)
    colour = batch_colour(atlas)[8]
    assert sight.colour(109.6, 19.3) == colour
    assert sight.colour_at(*sight.drawing.main.ground.middle("haikou")) == colour


@pytest.mark.parametrize(
    ("lang", "revoked", "active"),
    [
        ("en", "Revoked zones", "Active zones by batch"),
        ("zh", "已撤销综试区", "现有综试区（按批次）"),
    ],
)
def test_the_heading_of_the_legend_fits_its_rows(atlas, lang, revoked, active):
    def heading(**view):
        return make_scene(Answer(atlas, View(AFTER, lang=lang, **view))).heading

    assert heading(statuses=("revoked",)) == heading(q="haikou") == revoked
    assert heading() == heading(provinces=("460000",)) == active
    assert heading(since=BEFORE) not in {revoked, active}


def test_the_rows_of_a_day_are_its_batches(atlas):
    rows = make_scene(Answer(atlas, View(AFTER))).rows
    batches = [stop.batch for stop in atlas.stops if stop.batch and stop.on <= AFTER]
    colours = batch_colour(atlas)
    assert [row.colour for row in rows if not row.hollow] == [colours[batch] for batch in batches]
    assert [row.role for row in rows[-2:]] == [Role.NEW, Role.REVOKED]
    (first,) = make_scene(Answer(atlas, View(date(2015, 3, 12), lang="zh"))).rows
    assert first.text.endswith("，2015年3月12日")


def test_two_days_show_what_changed(atlas):
    sight = see(atlas, View(AFTER, since=BEFORE, provinces=("460000",)), labels="none")
    assert sight.colour(109.75, 19.4) == LIGHT.gained
    haikou = atlas.boundaries.zones.loc["haikou"]
    assert sight.colour(haikou["lon"] - 0.05, haikou["lat"] + 0.05) == LIGHT.lost
    scene = make_scene(Answer(atlas, View(AFTER, since=BEFORE)))
    assert [row.role for row in scene.rows] == [Role.GAINED, Role.LOST, Role.ACTIVE]
    assert ("haikou", "hainan") in scene.successions


def test_two_days_far_apart_know_zones_that_came_and_went(atlas):
    scene = make_scene(Answer(atlas, View(AFTER, since=date(2015, 3, 12))))
    counts = {row.role: row.count for row in scene.rows}
    assert counts[Role.PASSED] == len(scene.successions)
    # "revoked: 0" would contradict the title
    assert Role.LOST not in counts
    later = make_scene(Answer(atlas, View(date(2025, 6, 1), since=AFTER))).rows
    assert [(row.role, row.count, row.absorbed) for row in later if row.hollow] == [
        (Role.LOST, 0, False),
        (Role.REVOKED, counts[Role.PASSED], True),
    ]
