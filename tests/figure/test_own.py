"""A reader's own figures as a figure: in and out of zones apart, in their words, in every size."""

from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from drawn import AFTER, pixels, texts_on

from pilotzones import View
from pilotzones.figure import SIZES, FigureOptions
from pilotzones.figure.drawing import Content, draw_content, in_both_languages
from pilotzones.figure.layout import Box
from pilotzones.figure.look import look_of
from pilotzones.figure.own import OwnFigures, draw_own_figures, own_scene, own_words
from pilotzones.query.answer import Answer
from pilotzones.query.lookup import place_on

CODES = ["440300", "440600", "310000", "140400", "610100", "460100", "230100", "350521"]


@pytest.fixture(scope="module")
def places(atlas):
    kinds = [place_on(atlas, code, AFTER).status for code in CODES]
    values = [3.0, 14.0, 15.5, 9.2, 65.0, np.nan, 35.0, 8.9]
    return pd.DataFrame({"kind": kinds, "value": values}, index=CODES)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_no_words_overlap_or_leave_the_page(atlas, places, size, lang):
    answer = Answer(atlas, View(AFTER, lang=lang))
    own = OwnFigures(places, "Exports, 出口额", shaded=size != "square")
    options = FigureOptions(size=size)

    def content(one):
        return Content(one, own_words(one, own), own_scene(one, own, look_of("colour")), ("Own.",))

    drawing = draw_content(*in_both_languages(answer, content), options)
    texts = texts_on(drawing.figure)
    width, height = (side * 72 for side in drawing.figure.get_size_inches())
    for text, box in texts:
        inside = box.x >= 0 and box.y >= 0 and box.right <= width and box.top <= height
        assert inside, text
    for (one, box), (other, second) in combinations(texts, 2):
        shared = min(box.right, second.right) - max(box.x, second.x)
        over = min(box.top, second.top) - max(box.y, second.y)
        assert shared < 0.5 or over < 0.2 * min(box.height, second.height), (one, other)


@pytest.mark.parametrize("codes", [["460200", "232700", "653100", "230800"], ["460200", "440600"]])
def test_no_circle_is_cut_at_the_edge_of_the_map(atlas, codes):
    answer = Answer(atlas, View(AFTER))
    rows = pd.DataFrame({"kind": "whole", "value": 1.0}, index=codes)
    own = OwnFigures(rows, "Exports", shaded=False)
    scene = own_scene(answer, own, look_of("colour"))
    content = Content(answer, own_words(answer, own), scene, ())
    for size in ("square", "column"):
        drawing = draw_content(content, content, FigureOptions(size=size))
        picture, unit = drawing.main.picture, drawing.page.unit
        for circle in scene.circles:
            (x, y), radius = picture.place(circle.x, circle.y), circle.radius * unit
            whole = Box(x - radius, y - radius, 2 * radius, 2 * radius)
            assert whole.inside(picture.box), size


@pytest.mark.parametrize("shaded", [True, False])
def test_every_place_is_in_the_legend_and_on_the_map(atlas, places, shaded):
    answer = Answer(atlas, View(AFTER))
    own = OwnFigures(places, "Exports", shaded=shaded)
    scene = own_scene(answer, own, look_of("colour"))
    *classes, zones = scene.rows
    assert sum(row.count for row in classes) == len(places)
    assert zones.count == int(answer.active.sum())
    assert len(scene.areas) + len(scene.circles) == len(places)
    # the county stays a circle
    assert len(scene.circles) == (1 if shaded else len(places))
    in_zone = {row.colour for row in classes if row.text.startswith("In a zone")}
    outside = {row.colour for row in classes if row.text.startswith("Outside")}
    assert in_zone
    assert outside
    assert not in_zone & outside


def test_it_is_drawn_in_each_format_with_the_readers_words(atlas, places):
    answer, own = Answer(atlas, View(AFTER)), OwnFigures(places, "Exports <b>", shaded=False)
    own_title = FigureOptions(size="column", format="svg", title="My <exports>")
    names = {"svg": "http://www.w3.org/2000/svg"}
    root = ET.fromstring(draw_own_figures(answer, own, own_title))
    assert root.findtext("svg:title", namespaces=names) == "My <exports>"
    pdf = FigureOptions(size="column", format="pdf")
    assert draw_own_figures(answer, own, pdf).startswith(b"%PDF")
    grey = FigureOptions(size="column", dpi=72, style="grey")
    assert np.ptp(pixels(draw_own_figures(answer, own, grey)), axis=2).max() <= 2


def test_the_size_of_circles_is_explained_and_the_counts_are_said_once(atlas, places):
    for lang, words in (("en", "the largest 65 (Xi'an)"), ("zh", "最大为65（西安市）")):
        answer = Answer(atlas, View(AFTER, lang=lang))
        own = OwnFigures(places, "Exports", shaded=False)
        (remark,) = own_scene(answer, own, look_of("colour")).remarks
        assert remark.endswith(words)
        assert "个个" not in own_words(answer, own).summary
    none = own_scene(
        answer, OwnFigures(places.assign(value=np.nan), "", shaded=False), look_of("grey")
    )
    assert not none.remarks
    assert own_words(Answer(atlas, View(AFTER)), own).summary.startswith("8 places: In a zone")
