"""Every kind of figure: its words fit, it says what the page says, greys need no colour."""

from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from drawn import AFTER, BEFORE, pixels, see, texts_on
from matplotlib.patches import Rectangle

from pilotzones import View, draw_figure
from pilotzones.errors import InvalidValueError
from pilotzones.figure import (
    KINDS,
    SIZES,
    FigureOptions,
    alternative_text,
    figure_title,
    parse_figure_options,
)
from pilotzones.figure.charts import draw_chart
from pilotzones.figure.drawing import draw
from pilotzones.figure.kinds import MAPS, page_of, unfit_values
from pilotzones.figure.options import GROUPINGS, own_parameters
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province
from pilotzones.query.panel import PanelOptions
from pilotzones.query.panel_summary import known_summary
from pilotzones.query.shading import province_amounts

# what each kind is asked: its View and its options
QUESTIONS = {
    "map": [({}, {})],
    "compare": [({"since": date(2022, 11, 24)}, {})],
    "provinces": [({}, {}), ({"shade": "share", "provinces": ("450000",)}, {})],
    "borders": [({}, {}), ({"neighbours": ("VNM",), "within": 200}, {})],
    "growth": [({}, {"by": by}) for by in GROUPINGS["growth"]],
    "matrix": [({}, {})],
    "record": [({"adcode": "140400"}, {}), ({"zone": "hainan"}, {})],
    "panel": [({}, {"by": by}) for by in GROUPINGS["panel"]],
}
CASES = [(kind, *question) for kind, questions in QUESTIONS.items() for question in questions]
# the figure of a page may be about a long title, as its reader may write
NOTE = "A note of the reader's own, 附注, of a length that takes a second line in narrow figures."


def figure_of(atlas, view, options, permalink=""):
    answer = Answer(atlas, view)
    if options.kind in MAPS:
        return draw(answer, options, permalink).figure
    return draw_chart(answer, options, permalink).figure


def kind_of(case):
    return case if isinstance(case, str) else None


def sheets():
    """The first question of each kind in all sizes and languages, the others where it is narrow."""
    for kind, questions in QUESTIONS.items():
        for number, (view, own) in enumerate(questions):
            sizes = [("column", "en")] if number else product(SIZES, ["en", "zh"])
            yield from ((kind, view, own, size, lang) for size, lang in sizes)


def test_a_province_may_touch_the_frame_of_the_map(atlas):
    # a line is left of it there, in which no name has room
    view = View(AFTER, neighbours=("VNM",))
    link = "https://atlas.example.org/?on=2025-04-25&data=1.1.0&lang=en"
    options = FigureOptions(kind="borders", size="square", dpi=72)
    assert draw_figure(atlas, view, options, permalink=link).startswith(b"\x89PNG")


@pytest.mark.parametrize(("kind", "view", "own", "size", "lang"), [*sheets()], ids=kind_of)
def test_no_words_overlap_or_leave_the_page(atlas, kind, view, own, size, lang):
    options = FigureOptions(size=size, kind=kind, note=NOTE, **own)
    figure = figure_of(atlas, View(AFTER, lang=lang, **view), options, "http://example.org/?on=…")
    width, height = (side * 72 for side in figure.get_size_inches())
    texts = texts_on(figure)
    assert len(texts) > 10
    for text, box in texts:
        inside = box.x >= 0 and box.y >= 0 and box.right <= width and box.top <= height
        assert inside, text
    for (one, box), (other, second) in combinations(texts, 2):
        shared = min(box.right, second.right) - max(box.x, second.x)
        over = min(box.top, second.top) - max(box.y, second.y)
        # boxes of letters with and without descenders may touch
        assert shared < 0.5 or over < 0.2 * min(box.height, second.height), (one, other)


@pytest.mark.parametrize(("kind", "view", "own"), CASES, ids=kind_of)
def test_a_figure_says_its_title_and_has_it_as_metadata(atlas, kind, view, own):
    options = FigureOptions(size="column", kind=kind, format="svg", **own)
    view = View(AFTER, lang="zh", **view)
    title = figure_title(atlas, view, options)
    words = "".join(text for text, _ in texts_on(figure_of(atlas, view, options)))
    assert title.replace(" ", "") in words.replace(" ", "")
    names = {"svg": "http://www.w3.org/2000/svg"}
    root = ET.fromstring(draw_figure(atlas, view, options))
    assert root.findtext("svg:title", namespaces=names) == title
    assert root.findtext("svg:desc", namespaces=names) == alternative_text(atlas, view, options)
    own_title = replace(options, title="My own")
    assert figure_title(atlas, view, own_title) == "My own"


@pytest.mark.parametrize("kind", KINDS)
def test_greys_have_no_colour(atlas, kind):
    view, own = QUESTIONS[kind][0]
    options = FigureOptions(size="column", dpi=72, kind=kind, style="grey", **own)
    image = pixels(draw_figure(atlas, View(AFTER, **view), options))
    assert np.ptp(image, axis=2).max() <= 2
    in_colour = pixels(draw_figure(atlas, View(AFTER, **view), replace(options, style="colour")))
    assert np.ptp(in_colour, axis=2).max() > 50


def test_batches_in_grey_differ_from_their_neighbours_in_lightness_and_pattern(atlas):
    rows = see(atlas, View(AFTER), style="grey", labels="none").drawing.scene.rows
    active = [row for row in rows if not row.hollow]
    assert len({row.colour for row in active}) == len(active)
    assert all(one.pattern != other.pattern for one, other in pairwise(active))


def test_provinces_bear_the_numbers_of_the_page(atlas):
    view = View(AFTER)
    sight = see(atlas, view, kind="provinces")
    table = province_amounts(Answer(atlas, view))
    texts = [text for text, _ in sight.texts]
    assert texts.count("21") == 1
    for adcode in ("440000", "370000", "650000"):
        assert str(table.loc[adcode, "active"]) in texts
    counts = sum(row.count for row in sight.drawing.scene.rows)
    assert counts == len(table)
    shares = see(atlas, replace(view, shade="share"), kind="provinces")
    assert f"{table.loc['440000', 'covered_share'] * 100:.0f}%" in [t for t, _ in shares.texts]


def test_a_matrix_adds_up(atlas):
    view = View(AFTER)
    figure = figure_of(atlas, view, FigureOptions(kind="matrix"))
    texts = [text for text, _ in texts_on(figure)]
    matrix = batches_by_province(Answer(atlas, view))
    total = str(int(matrix.to_numpy().sum()))
    assert total in texts
    assert total in alternative_text(atlas, view, FigureOptions(kind="matrix"))


def test_a_record_answers_for_the_day_and_names_the_nearest_zones(atlas):
    sight = see(atlas, View(AFTER, adcode="140400"), kind="record", size="a4-portrait")
    assert "Changzhi lies in no pilot zone on 25 April 2025." in sight.words
    # what touches has no distance, and the zone that a place lies in is not near it
    assert "Adjoining or overlapping: Xinxiang. Nearest: Jiaozuo (37 km)" in sight.words
    inside = see(atlas, View(AFTER, adcode="440600"), kind="record")
    _, _, near = inside.words.partition("Adjoining")
    assert "Foshan" not in near.partition(".")[0]
    assert "foshan" in inside.drawing.places
    revoked = see(atlas, View(AFTER, zone="haikou"), kind="record")
    assert "Haikou is no longer a pilot zone" in revoked.words
    before = see(atlas, View(BEFORE, zone="hainan"), kind="record")
    assert "Hainan (whole island) was not yet a pilot zone on 24 April 2025." in before.words


def test_zones_on_a_border_are_apart_from_those_near_it(atlas):
    sight = see(atlas, View(AFTER, neighbours=("VNM",)), kind="borders")
    counts = {row.text: row.count for row in sight.drawing.scene.rows}
    assert counts["On the border"] == int(
        Answer(atlas, View(AFTER, neighbours=("VNM",))).active.sum()
    )
    assert counts["Within 100 km of the border"] == 2
    assert sum(counts.values()) == int(Answer(atlas, View(AFTER)).active.sum())
    colours = {row.text: row.colour for row in sight.drawing.scene.rows}
    nanning = sight.drawing.main.ground.middle("nanning")
    assert colours["Within 100 km of the border"] in {
        mark.colour for mark in sight.drawing.scene.marks if mark.zone_id == "nanning"
    }
    assert sight.drawing.main.picture.extent.contains(*nanning)


def test_a_panel_counts_its_treated_units(atlas):
    options = FigureOptions(kind="panel", panel=PanelOptions(2015, 2022, freq="half"))
    summary = known_summary(atlas, options.panel)
    treated = int(summary.counts()["treated"].iloc[-1])
    assert f"{treated} of 337" in alternative_text(atlas, View(AFTER), options)
    assert "2015–2022" in figure_title(atlas, View(AFTER), options)


@pytest.mark.parametrize(
    ("view", "own", "parameter"),
    [
        ({"since": BEFORE}, {"kind": "growth"}, "since"),
        ({"provinces": ("460000",)}, {"kind": "panel"}, "province"),
        ({"q": "hai", "zone": "hainan"}, {"kind": "record"}, "q"),
        ({}, {"kind": "record"}, "zone"),
        ({"zone": "hainan", "adcode": "140400"}, {"kind": "record"}, "adcode"),
        ({}, {"kind": "matrix", "labels": "all"}, "labels"),
        ({}, {"kind": "growth", "by": "cohort"}, "by"),
        ({}, {"by": "region"}, "by"),
    ],
)
def test_what_a_kind_does_not_take_is_refused_with_a_remedy(atlas, view, own, parameter):
    view, options = View(AFTER, **view), FigureOptions(**own)
    (problem,) = unfit_values(view, options)
    assert problem.parameter == parameter
    assert problem.allowed
    with pytest.raises(InvalidValueError, match=parameter):
        draw_figure(atlas, view, options)


def test_every_kind_is_asked_and_leads_to_its_page():
    assert set(QUESTIONS) == set(KINDS)
    pages = {page_of(View(AFTER, **view), FigureOptions(kind=kind)) for kind, view, _ in CASES}
    assert pages == {"", "compare", "provinces", "borders", "zone", "place", "panel"}
    by_position = FigureOptions(kind="growth", by="position")
    assert page_of(View(AFTER), by_position) == "borders"


def test_the_parameters_of_a_panel_belong_to_its_kind_alone():
    pairs = [("kind", "panel"), ("unit", "county"), ("from", "2016"), ("to", "2020")]
    options, problems = parse_figure_options(pairs)
    assert problems == []
    assert options.panel == PanelOptions(2016, 2020, unit="county")
    assert parse_figure_options(options.pairs()) == (options, [])
    assert {"unit", "from"} <= own_parameters(pairs)
    # WeChat adds it to any address
    assert "from" not in own_parameters([("from", "timeline")])
    (problem,) = parse_figure_options([("unit", "county")])[1]
    assert (problem.parameter, problem.allowed) == ("unit", "kind=panel")


@pytest.mark.parametrize("kind", ["growth", "matrix", "panel"])
def test_a_chart_has_the_same_box_in_both_languages(atlas, kind):
    options = FigureOptions(kind=kind, size="slide-16x9")
    marks = []
    for lang in ("en", "zh"):
        figure = figure_of(atlas, View(AFTER, lang=lang), options)
        marks.append([(text, box.x) for text, box in texts_on(figure) if text.isdecimal()])
    english, chinese = (dict(found) for found in marks)
    assert len(english) > 5
    assert english == pytest.approx(chinese)


def test_one_approval_is_said_as_one(atlas):
    view = View(AFTER, provinces=("460000",), batches=(3,))
    said = alternative_text(atlas, view, FigureOptions(kind="matrix"))
    assert "1 approval, of a zone" in said


def test_the_rows_of_the_head_of_a_matrix_are_named(atlas):
    figure = figure_of(atlas, View(AFTER), FigureOptions(kind="matrix"))
    assert {"Batch", "Year", "Total"} <= {text for text, _ in texts_on(figure)}


def test_the_new_zones_are_named_where_other_zones_crowd_the_map(atlas):
    sight = see(atlas, View(AFTER), kind="map", size="a4-landscape")
    assert not sight.drawing.unnamed


def test_no_number_lies_over_taiwan(atlas):
    sight = see(atlas, View(AFTER, shade="cities"), kind="provinces", size="slide-16x9")
    chart = sight.drawing.main
    taiwan = chart.on_page(chart.ground.provinces["710000"])
    boxes = [shapely.box(b.x, b.y, b.right, b.top) for text, b in sight.texts if "%" in text]
    assert len(boxes) > 20
    assert not any(taiwan.intersects(box) for box in boxes)


def test_a_close_up_shows_its_position_on_a_slide(atlas):
    sight = see(atlas, View(AFTER, adcode="440600"), kind="record", size="slide-16x9")
    assert "Position in China" in sight.words


def test_the_legend_of_a_grey_record_has_the_pattern_of_its_zone(atlas):
    sight = see(atlas, View(AFTER, zone="hainan"), kind="record", style="grey")
    own, *_ = sight.drawing.scene.rows
    (mark,) = [mark for mark in sight.drawing.scene.marks if mark.zone_id == "hainan"]
    assert own.pattern == mark.pattern != ""
    hatched = [one for one in sight.drawing.figure.artists if isinstance(one, Rectangle)]
    assert own.pattern in {one.get_hatch() for one in hatched}
