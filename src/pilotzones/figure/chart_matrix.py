"""Draw approvals by province and batch."""

from dataclasses import dataclass

import pandas as pd

from pilotzones.figure.chart_pad import Pad
from pilotzones.figure.layout import Box
from pilotzones.figure.look import Fill
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.typesetting import BOLD, REGULAR
from pilotzones.palette import PAPER, tints
from pilotzones.query.answer import Answer
from pilotzones.query.growth import batches_by_province

# points, on a page of unit 1: height and width of a cell at most
_CELL = (17.0, 72.0)
_HEAD_ROWS = 2
# of the colour of a batch below its year
_LEAST_STRIP = 1.8


def draw_matrix(pad: Pad, answer: Answer, other: Answer, _: FigureOptions) -> None:
    """Draw a row a province and a column a batch, with totals."""
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
