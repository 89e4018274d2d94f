"""Draw active zones over time, as lines or stacked."""

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from pilotzones.figure.chart_pad import GAP, Axes, Pad, make_axes
from pilotzones.figure.kinds import curves
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.page import LEADING
from pilotzones.query.answer import Answer
from pilotzones.query.spacing import end_places

# a name at the end of a line takes at most this share of the width
_MOST_BESIDE = 0.3
_LAST_STEP = timedelta(days=45)


def draw_growth(pad: Pad, answer: Answer, other: Answer, options: FigureOptions) -> None:
    """Draw the number of active zones, a line or an area a group."""
    counts, t = curves(answer, options), answer.language
    if counts.empty or not counts.to_numpy().any():
        pad.say(t._("No zone that matches these filters has been active up to this day."))
        return
    stacked = options.grouping == "position"
    names = _names_of_curves(pad, counts)
    every = [*names, *_names_of_curves(pad, curves(other, options))]
    beside = max(pad.width(line) for lines in every for line in lines) + 2 * GAP * pad.page.unit
    days = [*counts.index]
    end = days[-1] + max(_LAST_STEP, (days[-1] - days[0]) / 40)
    most = int(counts.sum(axis=1).max() if stacked else counts.max().max())
    axes, ticks = make_axes(pad, (days[0], end), most, beside)
    axes.draw(ticks)
    for day in days:
        x = axes.x(day)
        pad.line([(x, axes.box.y), (x, axes.box.top)], pad.page.theme.rule, 0.4, 1)
    (_draw_stack if stacked else _draw_lines)(axes, counts, [*days, end])
    _name_ends(axes, counts, names, stacked=stacked)


def _names_of_curves(pad: Pad, counts: pd.DataFrame) -> list[list[str]]:
    """Write each name with the last number, in lines."""
    width = _MOST_BESIDE * pad.box.width
    return [pad.page.lines(f"{name} {counts[name].iloc[-1]}", pad.size, width) for name in counts]


def _steps(axes: Axes, values: Sequence[int], days: Sequence[date]) -> list[tuple[float, float]]:
    points = []
    for value, start, stop in zip(values, days, days[1:], strict=False):
        points += [(axes.x(start), axes.y(value)), (axes.x(stop), axes.y(value))]
    return points


def _draw_lines(axes: Axes, counts: pd.DataFrame, days: list[date]) -> None:
    look = axes.pad.page.look
    for number, name in enumerate(counts):
        colour, dashes = look.line(number)
        axes.pad.line(_steps(axes, [*counts[name]], days), colour, 1.8, 20, dashes)


def _draw_stack(axes: Axes, counts: pd.DataFrame, days: list[date]) -> None:
    sums, low = counts.cumsum(axis=1), [0] * len(counts)
    for number, name in enumerate(counts):
        top = [*sums[name]]
        outline = _steps(axes, top, days) + _steps(axes, low, days)[::-1]
        axes.pad.fill(outline, axes.pad.page.look.group(number), 20)
        low = top


def _name_ends(axes: Axes, counts: pd.DataFrame, names: list[list[str]], *, stacked: bool) -> None:
    pad, page = axes.pad, axes.pad.page
    values, leading = [int(value) for value in counts.iloc[-1]], pad.size * LEADING
    per_point = axes.most / axes.box.height
    room = [len(lines) * leading * per_point for lines in names]
    # what is raised by its neighbours must not leave the page at the top
    wanted = end_places(values, [max(room)] * len(room), stacked=stacked)
    over = max(0.0, max(wanted) - axes.most)
    for lines, value in zip(names, wanted, strict=True):
        y = axes.y(value - over) + (len(lines) / 2 - 1) * leading + 0.15 * pad.size
        for line in lines:
            page.write((axes.box.right + GAP * page.unit, y), line, pad.size)
            y -= leading
