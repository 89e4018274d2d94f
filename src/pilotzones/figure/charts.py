"""Draw charts: active zones over time, approvals by province and batch, a treatment panel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from pilotzones.figure.captions import notes
from pilotzones.figure.kinds import curves, figure_words, panel_of
from pilotzones.figure.layout import Box
from pilotzones.figure.look import Fill, look_of
from pilotzones.figure.map import pattern_ink
from pilotzones.figure.options import SIZES, FigureOptions
from pilotzones.figure.page import LEADING, Page
from pilotzones.figure.scene import NO_FILL
from pilotzones.figure.sheet import Sheet
from pilotzones.figure.typesetting import BOLD, REGULAR, Weight, typeface
from pilotzones.palette import PAPER, tints
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province
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
from pilotzones.query.spacing import end_places, push_apart

# points, on a page of unit 1
_TEXT, _SMALLEST = 8.5, 5.5
_TICK = 3.0
# width of a swatch, and the gap between entries, in sizes of the letters
_SWATCH = 1.6
_GAP = 5.0
_CELL = (17.0, 72.0)
_HEAD_ROWS = 2
# of the colour of a batch below its year
_LEAST_STRIP = 1.8
# a name at the end of a line takes at most this share of the width
_MOST_BESIDE = 0.3
_LAST_STEP = timedelta(days=45)
_TALL = 1.25


def draw_chart(answer: Answer, options: FigureOptions, permalink: str) -> Page:
    """Draw a figure without a map; the permalink may be empty."""
    width, height, unit = SIZES[options.size]
    face = typeface(answer.atlas)
    other = answer.ask(replace(answer.view, lang=answer.language.other.code))
    rooms, pages = [], []
    for one in (answer, other):
        words, lang = figure_words(one, options), one.view.lang
        face.expect(words.title + options.note + one.view.q + permalink, lang)
        page = Page(width, height, face, unit, look_of(options.style), lang=lang)
        paragraphs = notes(one, options.note, permalink, [], is_map=False)
        rooms.append(Sheet(page, options, words, paragraphs).write())
        pages.append(page)
    # the chart has the box that it has in the other language as well
    bottom, top = max(room.y for room in rooms), min(room.top for room in rooms)
    room = Box(rooms[0].x, bottom, rooms[0].width, top - bottom)
    draw: dict[str, Callable[[Pad, Answer, Answer, FigureOptions], None]] = {
        "growth": _draw_growth,
        "matrix": _draw_matrix,
        "panel": _draw_panel,
    }
    draw[options.kind](Pad(pages[0], room), answer, other, options)
    return pages[0]


@dataclass(frozen=True)
class Pad:
    """A part of a page to draw a chart on."""

    page: Page
    box: Box

    @property
    def size(self) -> float:
        """Size of the letters, points."""
        return max(_TEXT * self.page.unit, _SMALLEST)

    def width(self, text: str, size: float = 0, weight: Weight = REGULAR) -> float:
        """Measure a text in points."""
        face = self.page.face
        return face.width(face.drawable(text), size or self.size, weight)

    def part(self, x: float, y: float, width: float, height: float) -> "Pad":
        """Return another part of the page."""
        return Pad(self.page, Box(x, y, width, height))

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float,
        order: float,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a line."""
        style = (0, tuple(dashes)) if dashes else "-"
        patch = PathPatch(
            Path([*points]),
            fill=False,
            edgecolor=colour,
            linewidth=width * self.page.unit,
            linestyle=style,
            capstyle="butt",
            joinstyle="miter",
            transform=self.page.points,
        )
        self.page.add(patch, order)

    def fill(self, points: Sequence[tuple[float, float]], fill: Fill, order: float) -> None:
        """Fill a polygon, with its pattern."""
        closed = Path([*points, points[0]], closed=True)
        width = 0.4 * self.page.unit
        style = {"transform": self.page.points}
        self.page.add(
            PathPatch(closed, facecolor=fill.colour, edgecolor=PAPER, linewidth=width, **style),
            order,
        )
        if fill.pattern:
            ink = pattern_ink(fill.colour)
            over = PathPatch(
                closed, facecolor=NO_FILL, edgecolor=ink, linewidth=0, hatch=fill.pattern, **style
            )
            self.page.add(over, order)

    def say(self, text: str) -> None:
        """Write a sentence in place of a chart that has nothing to show."""
        y = self.box.top - 2 * self.size
        for line in self.page.lines(text, self.size, self.box.width):
            self.page.write((self.box.x, y), line, self.size)
            y -= self.size * LEADING

    def legend(self, entries: Sequence[tuple[str, Fill]], other: Sequence[str]) -> "Pad":
        """Write a legend in rows at the top; return the part below it.

        `other` are its texts in the other language, which may need more rows.
        """
        size, box = self.size, self.box
        swatch = _SWATCH * size
        places = self._places([text for text, _ in entries])
        for (text, fill), (x, y) in zip(entries, places, strict=True):
            corners = [(x, y), (x + swatch, y), (x + swatch, y + 0.8 * size), (x, y + 0.8 * size)]
            self.fill(corners, fill, 50)
            self.page.write((x + swatch + 0.5 * size, y + 0.05 * size), text, size)
        bottom = min(y for _, y in [*places, *self._places(other)]) - 0.9 * size
        return self.part(box.x, box.y, box.width, bottom - box.y)

    def _places(self, texts: Sequence[str]) -> list[tuple[float, float]]:
        """Place the entries of a legend."""
        size, box = self.size, self.box
        x, y = box.x, box.top - size
        places = []
        for text in texts:
            needed = (_SWATCH + 0.5) * size + self.width(text)
            if x > box.x and x + needed > box.right:
                x, y = box.x, y - 1.5 * size
            places.append((x, y))
            x += needed + _SWATCH * size
        return places


@dataclass(frozen=True)
class _Axes:
    """Days from left to right, numbers from below."""

    pad: Pad
    box: Box
    first: date
    last: date
    most: float

    def x(self, day: date) -> float:
        """Place a day."""
        return self.box.x + self.box.width * (day - self.first) / (self.last - self.first)

    def y(self, number: float) -> float:
        """Place a number."""
        return self.box.y + self.box.height * number / self.most

    def draw_numbers(self, ticks: Sequence[int]) -> None:
        """Draw the numbers with their lines."""
        pad, box, theme = self.pad, self.box, self.pad.page.theme
        for number in ticks:
            y = self.y(number)
            pad.line([(box.x, y), (box.right, y)], theme.rule, 0.5, 1)
            at = (box.x - _GAP * pad.page.unit, y - 0.35 * pad.size)
            pad.page.write(at, f"{number:,}", pad.size, align="right", colour=theme.muted)

    def draw(self, ticks: Sequence[int]) -> None:
        """Draw the numbers with their lines, and the years."""
        pad, box, theme = self.pad, self.box, self.pad.page.theme
        size, unit = pad.size, pad.page.unit
        self.draw_numbers(ticks)
        pad.line([(box.x, box.y), (box.right, box.y)], theme.ink, 0.7, 30)
        free = box.x - pad.width("2000")
        for year in range(self.first.year, self.last.year + 1):
            x = self.x(max(self.first, date(year, 1, 1)))
            if date(year, 1, 1) < self.first:
                continue
            pad.line([(x, box.y), (x, box.y - _TICK * unit)], theme.ink, 0.7, 30)
            half = pad.width(str(year)) / 2
            if x - half > free and x + half <= pad.box.right:
                at = (x, box.y - _TICK * unit - 1.1 * size)
                pad.page.write(at, str(year), size, align="center", colour=theme.muted)
                free = x + half + 0.6 * size


def _axes(pad: Pad, days: tuple[date, date], most: int, beside: float) -> tuple[_Axes, list[int]]:
    """Leave room for the numbers at the left, the years below and so much at the right."""
    ticks = [int(tick) for tick in MaxNLocator(5, integer=True).tick_values(0, max(most, 1))]
    size, unit, box = pad.size, pad.page.unit, pad.box
    left = max(pad.width(f"{tick:,}") for tick in ticks) + _GAP * unit
    below = _TICK * unit + 1.5 * size
    inner = Box(
        box.x + left, box.y + below, box.width - left - beside, box.height - below - 0.6 * size
    )
    return _Axes(pad, inner, *days, ticks[-1]), ticks


# ---- growth


def _draw_growth(pad: Pad, answer: Answer, other: Answer, options: FigureOptions) -> None:
    counts, t = curves(answer, options), answer.language
    if counts.empty or not counts.to_numpy().any():
        pad.say(t._("No zone that matches these filters has been active up to this day."))
        return
    stacked = options.grouping == "position"
    names = _names_of_curves(pad, counts)
    every = [*names, *_names_of_curves(pad, curves(other, options))]
    beside = max(pad.width(line) for lines in every for line in lines) + 2 * _GAP * pad.page.unit
    days = [*counts.index]
    end = days[-1] + max(_LAST_STEP, (days[-1] - days[0]) / 40)
    most = int(counts.sum(axis=1).max() if stacked else counts.max().max())
    axes, ticks = _axes(pad, (days[0], end), most, beside)
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


def _steps(axes: _Axes, values: Sequence[int], days: Sequence[date]) -> list[tuple[float, float]]:
    points = []
    for value, start, stop in zip(values, days, days[1:], strict=False):
        points += [(axes.x(start), axes.y(value)), (axes.x(stop), axes.y(value))]
    return points


def _draw_lines(axes: _Axes, counts: pd.DataFrame, days: list[date]) -> None:
    look = axes.pad.page.look
    for number, name in enumerate(counts):
        colour, dashes = look.line(number)
        axes.pad.line(_steps(axes, [*counts[name]], days), colour, 1.8, 20, dashes)


def _draw_stack(axes: _Axes, counts: pd.DataFrame, days: list[date]) -> None:
    sums, low = counts.cumsum(axis=1), [0] * len(counts)
    for number, name in enumerate(counts):
        top = [*sums[name]]
        outline = _steps(axes, top, days) + _steps(axes, low, days)[::-1]
        axes.pad.fill(outline, axes.pad.page.look.group(number), 20)
        low = top


def _name_ends(axes: _Axes, counts: pd.DataFrame, names: list[list[str]], *, stacked: bool) -> None:
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
            page.write((axes.box.right + _GAP * page.unit, y), line, pad.size)
            y -= leading


# ---- matrix


def _draw_matrix(pad: Pad, answer: Answer, other: Answer, _: FigureOptions) -> None:
    t, matrix = answer.language, batches_by_province(answer)
    matrix = matrix.loc[matrix.any(axis=1)] if len(matrix.columns) else matrix
    if matrix.empty:
        pad.say(t._("No zone matches these filters on this day."))
        return
    rows, columns = len(matrix) + 3, len(matrix.columns) + 1
    height = min(_CELL[0] * pad.page.unit, pad.box.height / rows)
    size = min(pad.size, 0.72 * height)
    names = _names_of_rows(answer, matrix)
    both = [*names, *_names_of_rows(other, matrix)]
    left = max(pad.width(text, size, BOLD) for text in both) + size
    width = min(_CELL[1] * pad.page.unit, (pad.box.width - left) / columns)
    grid = _Grid(pad, pad.box.x + left, pad.box.top, width, height, size)
    stops = {stop.batch: stop for stop in answer.atlas.stops if stop.batch}
    fills = pad.page.look.batches(len(stops))
    for column, batch in enumerate(matrix.columns):
        grid.head(column, str(batch), str(stops[batch].on.year), fills[[*stops].index(batch)])
    grid.head(columns - 1, t._("Total"), "", None)
    highest = int(matrix.to_numpy().max())
    shades = tints(pad.page.theme.kept, PAPER, highest + 1)
    for row, name in enumerate(names, start=-_HEAD_ROWS):
        grid.name(row, name, bold=row in {-_HEAD_ROWS, len(matrix)})
    for row, (_code, cells) in enumerate(matrix.iterrows()):
        for column, number in enumerate(cells):
            if number:
                grid.cell(row, column, str(number), shades[number])
        grid.cell(row, columns - 1, str(int(cells.sum())), "", bold=True)
    for column, number in enumerate(matrix.sum()):
        grid.cell(len(matrix), column, str(number), "", bold=True)
    total = str(int(matrix.to_numpy().sum()))
    grid.cell(len(matrix), columns - 1, total, "", bold=True)
    grid.rule(len(matrix), columns)


def _names_of_rows(answer: Answer, matrix: pd.DataFrame) -> list[str]:
    """Name the rows: two of the head, the provinces, the total."""
    t, provinces = answer.language, answer.atlas.register.provinces
    names = [t.name(provinces.loc[code]) for code in matrix.index]
    return [t._("Batch"), t._("Year"), *names, t._("Total")]


@dataclass(frozen=True)
class _Grid:
    """A table from its upper left cell; the two rows above it are its head."""

    pad: Pad
    left: float
    top: float
    width: float
    height: float
    size: float

    def _at(self, row: int, column: int) -> tuple[float, float]:
        """Return the middle of a cell at the base of its text."""
        x = self.left + (column + 0.5) * self.width
        return x, self.top - (row + 2.5) * self.height - 0.35 * self.size

    def head(self, column: int, batch: str, year: str, fill: Fill | None) -> None:
        """Write the batch and its year above a column."""
        x, _ = self._at(0, column)
        y = self.top - 0.5 * self.height - 0.35 * self.size
        self.pad.page.write((x, y), batch, self.size, weight=BOLD, align="center")
        muted = self.pad.page.theme.muted
        at = (x, y - self.height)
        self.pad.page.write(at, year, 0.9 * self.size, align="center", colour=muted)
        if fill:
            low = self.top - 2 * self.height
            corners = [(x - 0.42 * self.width, low), (x + 0.42 * self.width, low)]
            high = max(0.14 * self.height, _LEAST_STRIP * self.pad.page.unit)
            tops = [(x, low + high) for x, low in corners[::-1]]
            self.pad.fill([*corners, *tops], Fill(fill.colour), 5)

    def name(self, row: int, text: str, *, bold: bool = False) -> None:
        """Write the name of a row."""
        at = (self.pad.box.x, self._at(row, 0)[1])
        self.pad.page.write(at, text, self.size, weight=BOLD if bold else REGULAR)

    def cell(self, row: int, column: int, text: str, shade: str, *, bold: bool = False) -> None:
        """Write a number into its cell."""
        x, y = self._at(row, column)
        if shade:
            low = self.top - (row + 3) * self.height
            box = Box(x - self.width / 2, low, self.width, self.height)
            line = 0.8 * self.pad.page.unit
            self.pad.page.rectangle(box, 5, facecolor=shade, edgecolor=PAPER, linewidth=line)
        weight = BOLD if bold else REGULAR
        self.pad.page.write((x, y), text, self.size, weight=weight, align="center")

    def rule(self, row: int, columns: int) -> None:
        """Draw the line above the totals."""
        y = self.top - (row + 2) * self.height
        ends = [(self.pad.box.x, y), (self.left + columns * self.width, y)]
        self.pad.line(ends, self.pad.page.theme.ink, 0.7, 10)


# ---- panel


def _draw_panel(pad: Pad, answer: Answer, other: Answer, options: FigureOptions) -> None:
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
    left = widest + _GAP * pad.page.unit
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


def _period_axes(
    pad: Pad, summary: PanelSummary, most: int, left: float
) -> tuple[_Axes, list[int]]:
    days = date(summary.options.first, 1, 1), date(summary.options.last + 1, 1, 1)
    axes, ticks = _axes(pad, days, most, 0)
    if left:
        box = axes.box
        moved = Box(pad.box.x + left, box.y, pad.box.right - pad.box.x - left, box.height)
        axes = _Axes(pad, moved, *days, most)
    return axes, ticks


def _draw_years(axes: _Axes, first: int, last: int) -> None:
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


def _name_groups(axes: _Axes, groups: list[tuple[str, Group]], units: int) -> None:
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
        at = (axes.box.x - _GAP * pad.page.unit, axes.y(units - middle) - 0.35 * size)
        pad.page.write(at, name, size, align="right")


def _counted_name(answer: Answer, group: Group, by: Grouping) -> str:
    t = answer.language
    name = group_name(answer.atlas, group.name, by, t)
    return t.counted(name, group.high - group.low)
