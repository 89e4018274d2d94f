"""A reader's figures on the map: circles by size, or prefectures shaded; in and out of zones."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import sqrt

import pandas as pd

from pilotzones.atlas.places import NONE, PART, UNKNOWN, WHOLE
from pilotzones.dashboard.map import Figures
from pilotzones.dashboard.page import Page
from pilotzones.i18n import Language
from pilotzones.palette import CHART_COLOURS, tints
from pilotzones.query.ground import place_point
from pilotzones.query.own_classes import (
    CLASSES,
    class_bounds,
    class_label,
    class_of,
    is_prefecture,
    largest_first,
    shown,
)
from pilotzones.query.own_table import COVERED
from pilotzones.query.place_sentence import place_name
from pilotzones.query.view import View

# pixels: the largest circle, the smallest, and one without a figure
_LARGEST, _SMALLEST, _PLAIN = 26.0, 3.0, 5.0


def kind_colours() -> dict[str, str]:
    """Give each kind of cover its colour: in zones, partly, outside, not known."""
    inside, outside, _, partly = CHART_COLOURS
    return {WHOLE: inside, PART: partly, NONE: outside, UNKNOWN: "#767676"}


def figures_map(page: Page, values: pd.DataFrame, title: str, *, shaded: bool) -> Figures:
    """Make the map of a reader's figures, from `own_table.figures_by_place`.

    Shaded, a prefecture is the darker the higher its class; counties and provinces stay circles.
    """
    bounds = class_bounds(values["value"]) if shaded else []
    ramps = {kind: _ramp(colour, page.theme.land) for kind, colour in kind_colours().items()}
    largest = values["value"].abs().max()
    places, counts = [], dict.fromkeys(_classes(bounds), 0)
    for code in largest_first(values["value"]):
        kind, value = values.loc[code, "kind"], values.loc[code, "value"]
        step = class_of(value, bounds)
        is_area = shaded and is_prefecture(page.atlas.places, code)
        lon, lat = place_point(page.atlas, code)
        places.append(
            {
                "adcode": code,
                "name": place_name(page.atlas, code, page.language),
                "hint": _hint(page.language, kind, value, title),
                "fill": ramps[kind][step] if bounds else kind_colours()[kind],
                "lon": lon,
                "lat": lat,
                "radius": None if is_area else _radius(value, largest),
            }
        )
        counts[kind, step if bounds else -1] += 1
    return Figures(
        places,
        _legend(page.language, counts, bounds, ramps),
        title,
        page.language._("%(figures)s, inside and outside the pilot zones") % {"figures": title},
        _count_line(page, values, largest, shaded=shaded),
        page.asset_url("prefectures.json") if shaded else "",
    )


def on_day(page: Page, day: date) -> Page:
    """Let the map show the zones of another day, or of the first document's where it is later."""
    first = page.atlas.stops[0].on
    view = View(max(day, first), lang=page.view.lang)
    return replace(page, visit=replace(page.visit, view=view, compares=False))


def _classes(bounds: list[float]) -> list[tuple[str, int]]:
    steps = range(len(bounds) + 1) if bounds else [-1]
    return [(kind, step) for kind in COVERED for step in steps]


def _ramp(colour: str, ground: str) -> list[str]:
    # the faintest would be the ground
    return tints(colour, ground, CLASSES + 1)[1:]


def _radius(value: float, largest: float) -> float:
    if pd.isna(value) or not largest:
        return _PLAIN
    return round(max(_SMALLEST, _LARGEST * sqrt(abs(value) / largest)), 1)


def _hint(t: Language, kind: str, value: float, title: str) -> str:
    said = t.cover(kind)
    return said if pd.isna(value) else f"{title}{t.colon}{shown(value)}{t.clause}{said}"


def _legend(
    t: Language,
    counts: Mapping[tuple[str, int], int],
    bounds: list[float],
    ramps: Mapping[str, list[str]],
) -> list[tuple[str, str, int]]:
    rows = []
    for (kind, step), count in counts.items():
        if not count:
            continue
        colour = ramps[kind][step] if bounds else kind_colours()[kind]
        rows.append((colour, class_label(t, kind, step, bounds), count))
    return rows


def _count_line(page: Page, values: pd.DataFrame, largest: float, *, shaded: bool) -> str:
    t = page.language
    line = t.ngettext("%(count)s place", "%(count)s places", len(values)) % {"count": len(values)}
    if shaded or pd.isna(largest):
        return line
    code = values["value"].abs().idxmax()
    size = t._("circles by area, the largest %(value)s (%(place)s)") % {
        "value": shown(values.loc[code, "value"]),
        "place": t.name(page.atlas.places.rows[code]),
    }
    return f"{line}{t.clause}{size}"
