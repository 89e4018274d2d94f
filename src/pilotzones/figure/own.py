"""A reader's own figures as a figure: circles or shaded prefectures, the zones in outline.

Nothing of it is kept: it is drawn in the reader's session when it is asked for.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import pandas as pd
import shapely

from pilotzones.atlas.places import NONE, PART, UNKNOWN, WHOLE
from pilotzones.figure.captions import source
from pilotzones.figure.drawing import Content, draw_content, in_both_languages
from pilotzones.figure.geometry import Geometry
from pilotzones.figure.kinds import Words
from pilotzones.figure.look import Fill, Look, look_of
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.save import write_figure
from pilotzones.figure.scene import Area, Circle, Mark, Row, Scene, larger_first
from pilotzones.palette import CHART_COLOURS, PAPER, tints
from pilotzones.query.answer import Answer
from pilotzones.query.ground import ground, place_point, project
from pilotzones.query.own_classes import (
    CLASSES,
    class_bounds,
    class_label,
    class_of,
    is_prefecture,
    largest_first,
    short_kinds,
    shown,
)
from pilotzones.query.own_table import COVERED
from pilotzones.query.roles import Role

# points, on a page of unit 1: the largest circle, the smallest, and one without a figure
_LARGEST, _SMALLEST, _PLAIN = 13.0, 1.6, 2.6
_PATTERNS = {WHOLE: "", PART: "....", NONE: "/////", UNKNOWN: "xxxx"}
# metres: of an outline; around a place that must be in sight
_FINEST, _AROUND = 800.0, 40_000.0


@dataclass(frozen=True, eq=False)
class OwnFigures:
    """A reader's figures.

    Parameters
    ----------
    places
        Indexed by ``adcode``: ``kind`` (of cover) and ``value``, as `own_table.figures_by_place`.
    title
        What they are, as the column says.
    shaded
        Whether prefectures are shaded; counties and provinces stay circles.
    """

    places: pd.DataFrame
    title: str
    shaded: bool


def draw_own_figures(answer: Answer, own: OwnFigures, options: FigureOptions) -> bytes:
    """Draw a reader's figures as a PNG, SVG or PDF, with the zones active on the day."""

    def content(one: Answer) -> Content:
        words = own_words(one, own)
        if options.title:
            words = words._replace(title=options.title)
        note = one.language._("%(figures)s: data of the author's own.") % {"figures": own.title}
        return Content(one, words, own_scene(one, own, look_of(options.style)), (note,))

    here, other = in_both_languages(answer, content)
    return write_figure(
        lambda: draw_content(here, other, options).figure,
        options,
        here.words,
        source(answer),
        answer.view.lang,
    )


def own_words(answer: Answer, own: OwnFigures) -> Words:
    """Write title, summary and description of a reader's figures."""
    t, names = answer.language, short_kinds(answer.language)
    said = {"figures": own.title, "day": t.day(answer.view.on)}
    title = t._("%(figures)s, inside and outside the pilot zones, %(day)s") % said
    count = len(own.places)
    places = t.ngettext("%(count)s place", "%(count)s places", count) % {"count": count}
    kinds = own.places["kind"].value_counts()
    listed = [
        t._("%(name)s: %(num)s") % {"name": names[kind], "num": kinds[kind]}
        for kind in COVERED
        if kind in kinds
    ]
    summary = t._("%(text)s.") % {"text": t.colon.join([places, t.semicolons(listed)])}
    description = t.sentences([t._("Map: %(title)s.") % {"title": title}, summary])
    return Words(title, summary, description)


def own_scene(answer: Answer, own: OwnFigures, look: Look) -> Scene:
    """Gather what the map of a reader's figures shows."""
    atlas, values = answer.atlas, own.places
    bounds = class_bounds(values["value"]) if own.shaded else []
    fills = {kind: _fills(kind, look, shaded=bool(bounds)) for kind in COVERED}
    largest = values["value"].abs().max()
    areas, circles, focus = [], [], []
    counts = dict.fromkeys(((k, s) for k in COVERED for s in range(len(bounds) + 1)), 0)
    for code in largest_first(values["value"]):
        kind, value = values.loc[code, "kind"], values.loc[code, "value"]
        step = class_of(value, bounds)
        counts[kind, step] += 1
        fill = fills[kind][step]
        ((x, y),) = project(np.array([place_point(atlas, code)]))
        focus.append(shapely.Point(x, y).buffer(_AROUND))
        if own.shaded and is_prefecture(atlas.places, code):
            areas.append(Area(geometry=_outline(answer, code), fill=fill))
        else:
            circles.append(Circle(x=x, y=y, radius=_radius(value, largest), fill=fill))
    active = answer.active
    zones = larger_first(atlas, active.index[active])
    marks = [Mark(zone_id=zone, role=Role.ACTIVE, colour=PAPER) for zone in zones]
    shape: Literal["area", "circle"] = "area" if own.shaded else "circle"
    rows = [
        Row(
            role=Role.ACTIVE,
            colour=fills[kind][step].colour,
            pattern=fills[kind][step].pattern,
            text=class_label(answer.language, kind, step, bounds),
            count=count,
            shape=shape,
        )
        for (kind, step), count in counts.items()
        if count
    ]
    outline = answer.language._("Active zones, in outline")
    rows.append(Row(role=Role.NEW, colour=PAPER, text=outline, count=len(zones)))
    return Scene(
        marks,
        own.title,
        rows,
        [],
        areas=areas,
        circles=circles,
        focus=focus,
        named=[],
        remarks=_remarks(answer, values["value"]) if circles else [],
        outlined=True,
    )


def _remarks(answer: Answer, values: pd.Series) -> list[str]:
    """Explain the size of the circles, where it says something."""
    known, t = values.dropna().abs(), answer.language
    if not known.any():
        return []
    code = known.idxmax()
    text = t._("Circles by area, the largest %(value)s (%(place)s)")
    place = t.name(answer.atlas.places.rows[code])
    return [text % {"value": shown(values[code]), "place": place}]


def _outline(answer: Answer, code: str) -> Geometry:
    shape = ground(answer.atlas.boundaries).union([code])
    return shapely.orient_polygons(shapely.simplify(shape, _FINEST))


def _radius(value: float, largest: float) -> float:
    if pd.isna(value) or not largest:
        return _PLAIN
    return max(_SMALLEST, _LARGEST * sqrt(abs(value) / largest))


def _fills(kind: str, look: Look, *, shaded: bool) -> list[Fill]:
    """Return the fill of each class of a kind, the lowest first; one where there are none."""
    inside, outside, _, partly = CHART_COLOURS
    colours = {WHOLE: inside, PART: partly, NONE: outside, UNKNOWN: look.theme.no_batch}
    if look.grey:
        greys = look.theme.choropleth.fills[1:] if shaded else ("#7d7d7d",)
        return [Fill(grey, _PATTERNS[kind]) for grey in greys]
    if not shaded:
        return [Fill(colours[kind])]
    # the faintest would be the ground
    ramp = tints(colours[kind], look.theme.land, CLASSES + 1)[1:]
    return [Fill(colour) for colour in ramp]
