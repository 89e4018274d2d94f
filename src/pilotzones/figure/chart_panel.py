"""Draw a treatment panel: treated units by period, and every unit in every period."""

from datetime import date, timedelta

from pilotzones.figure.chart_pad import GAP, Axes, Pad, make_axes
from pilotzones.figure.kinds import panel_of
from pilotzones.figure.layout import Box
from pilotzones.figure.look import Fill
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.page import Page
from pilotzones.figure.typesetting import BOLD
from pilotzones.palette import PAPER
from pilotzones.query.answer import Answer
from pilotzones.query.panel_summary import (
    STATES,
    Block,
    Group,
    Grouping,
    PanelSummary,
    State,
    arrange,
    group_name,
    state_names,
)
from pilotzones.query.spacing import push_apart

# width by height from which the two charts stand side by side
_TALL = 1.25


def draw_panel(pad: Pad, answer: Answer, other: Answer, options: FigureOptions) -> None:
    """Draw the curve of treated units, and beside or below it the units one by one."""
    summary, t = panel_of(answer, options), answer.language
    names, present = state_names(t), summary.counts().any()
    fills = _fills_of_states(pad.page)
    box = pad.box
    shown = [state for state in STATES if present[state]]
    others = [state_names(other.language)[state] for state in shown]
    below = pad.legend([(names[state], fills[state]) for state in shown], others).box
    side = box.width > _TALL * box.height
    if side:
        gap = 3 * pad.size
        half = (below.width - gap) / 2
        curve = pad.part(below.x, below.y, half, below.height)
        tiles = pad.part(below.right - half, below.y, half, below.height)
    else:
        gap = 1.2 * pad.size
        upper = 0.38 * (below.height - gap)
        curve = pad.part(below.x, below.top - upper, below.width, upper)
        tiles = pad.part(below.x, below.y, below.width, below.height - upper - gap)
    _draw_treated(_headed(curve, t._("Treated units by period")), summary, fills["treated"])
    by: Grouping = "province" if options.grouping == "province" else "cohort"
    groups, blocks = arrange(summary, by)
    heading = t._("Every unit in every period")
    named = [(_counted_name(answer, group, by), group) for group in groups]
    widest = max(
        pad.width(_counted_name(one, group, by)) for one in (answer, other) for group in groups
    )
    left = widest + GAP * pad.page.unit
    _draw_tiles(_headed(tiles, heading), summary, named, blocks, left)


def _headed(pad: Pad, heading: str) -> Pad:
    size, box = pad.size, pad.box
    pad.page.write((box.x, box.top - size), heading, size, weight=BOLD)
    return pad.part(box.x, box.y, box.width, box.height - 2 * size)


def _fills_of_states(page: Page) -> dict[State, Fill]:
    look, theme = page.look, page.theme
    treated, partly = look.group(0), Fill(look.group(1).colour, look.pattern("////"))
    unknown = Fill(theme.no_batch, look.pattern("...."))
    return dict(zip(STATES, (treated, partly, Fill(theme.rule), unknown), strict=True))


def _period_axes(pad: Pad, summary: PanelSummary, most: int, left: float) -> tuple[Axes, list[int]]:
    days = date(summary.options.first, 1, 1), date(summary.options.last + 1, 1, 1)
    axes, ticks = make_axes(pad, days, most, 0)
    if left:
        box = axes.box
        moved = Box(pad.box.x + left, box.y, pad.box.right - pad.box.x - left, box.height)
        axes = Axes(pad, moved, *days, most)
    return axes, ticks


def _draw_years(axes: Axes, first: int, last: int) -> None:
    """Write each year below the middle of its periods, where there is room."""
    pad, box, theme = axes.pad, axes.box, axes.pad.page.theme
    free = box.x - pad.size
    pad.line([(box.x, box.y), (box.right, box.y)], theme.ink, 0.7, 30)
    for year in range(first, last + 1):
        x, half = axes.x(date(year, 7, 2)), pad.width(str(year)) / 2
        if x - half > free and x + half <= pad.box.right + 0.5:
            at = (x, box.y - 1.3 * pad.size)
            pad.page.write(at, str(year), pad.size, align="center", colour=theme.muted)
            free = x + half + 0.5 * pad.size


def _draw_treated(pad: Pad, summary: PanelSummary, fill: Fill) -> None:
    counts = [int(number) for number in summary.counts()["treated"]]
    axes, ticks = _period_axes(pad, summary, max(counts), 0)
    axes.draw_numbers(ticks)
    for period, number in zip(summary.periods, counts, strict=True):
        left, right = axes.x(period.first), axes.x(period.last + timedelta(days=1))
        if number:
            top = axes.y(number)
            bottom = axes.box.y
            pad.fill([(left, bottom), (right, bottom), (right, top), (left, top)], fill, 10)
    _draw_years(axes, summary.options.first, summary.options.last)


def _draw_tiles(
    pad: Pad,
    summary: PanelSummary,
    groups: list[tuple[str, Group]],
    blocks: list[Block],
    left: float,
) -> None:
    """Draw the tiles, so much room for the names of the groups at their left."""
    units, fills = len(summary.units), _fills_of_states(pad.page)
    axes, _ticks = _period_axes(pad, summary, units, left)
    for block in blocks:
        left, right = axes.x(block.start), axes.x(block.end)
        top, bottom = axes.y(units - block.low), axes.y(units - block.high)
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        pad.fill(corners, fills[block.state], 10)
    for group in [group for _, group in groups][1:]:
        y = axes.y(units - group.low)
        pad.line([(axes.box.x, y), (axes.box.right, y)], PAPER, 1, 20)
    _name_groups(axes, groups, units)
    _draw_years(axes, summary.options.first, summary.options.last)


def _name_groups(axes: Axes, groups: list[tuple[str, Group]], units: int) -> None:
    pad = axes.pad
    size = min(pad.size, axes.box.height / len(groups) / 1.2)
    least = 1.2 * size * units / axes.box.height
    # from above, and raised again where they would end below the axis
    middles = push_apart([(group.low + group.high) / 2 for _, group in groups], least)
    limit = units - least / 3
    for number in range(len(middles) - 1, -1, -1):
        middles[number] = min(middles[number], limit)
        limit = middles[number] - least
    for (name, _), middle in zip(groups, middles, strict=True):
        at = (axes.box.x - GAP * pad.page.unit, axes.y(units - middle) - 0.35 * size)
        pad.page.write(at, name, size, align="right")


def _counted_name(answer: Answer, group: Group, by: Grouping) -> str:
    t = answer.language
    name = group_name(answer.atlas, group.name, by, t)
    return t.counted(name, group.high - group.low)
