"""Legend of a figure: in one column beside the map, or in several below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matplotlib.patches import Circle

from pilotzones.figure.layout import Box
from pilotzones.figure.map import HATCH, pattern_ink
from pilotzones.figure.page import LEADING, Page
from pilotzones.figure.scene import NO_FILL, Row, Scene
from pilotzones.figure.typesetting import BOLD
from pilotzones.palette import HALO, Theme
from pilotzones.query.roles import Role

# points, on a page of unit 1
BODY, SMALL = 8.5, 7.5
COLUMN = 140.0

_SWATCH = (15.0, 8.0)
_GAP = 6.0
_ROW_GAP = 1.8
_COLUMN_GAP = 20.0
_COUNT = 21.0


@dataclass(frozen=True)
class Legend:
    """The legend in a width of points, measured before it is drawn.

    ``remarks`` are paragraphs below the rows.
    """

    page: Page
    scene: Scene
    remarks: list[str]
    width: float

    @property
    def height(self) -> float:
        """Height in points."""
        if not self.scene.rows:
            return 0
        small = SMALL * self.page.unit * LEADING
        below = (len(self._below) + 0.5) * small if self._below else 0
        return self._size * LEADING * 1.1 + self._rows + below

    def draw(self, x: float, top: float) -> None:
        """Draw it from its upper left corner."""
        if not self.scene.rows:
            return
        y = top - self._size
        self.page.write((x, y), self.scene.heading, self._size, weight=BOLD)
        first = top - self._size * LEADING * 1.1
        for number, column in enumerate(self._columns):
            left = x + number * (self._column + _COLUMN_GAP * self.page.unit)
            y = first
            for row in column:
                self._draw_row(row, left, y)
                y -= self._row_height(row)
        size = SMALL * self.page.unit
        y = first - self._rows
        for line in self._below:
            y -= size * LEADING
            indent = (_SWATCH[0] + _GAP) * self.page.unit
            self.page.write((x + indent, y), line, size, colour=self.page.theme.muted)

    @property
    def _rows(self) -> float:
        return max(sum(self._row_height(row) for row in column) for column in self._columns)

    @property
    def _size(self) -> float:
        return BODY * self.page.unit

    @cached_property
    def _columns(self) -> list[list[Row]]:
        rows = self.scene.rows
        gap = _COLUMN_GAP * self.page.unit
        most = max(1, int((self.width + gap) / (COLUMN * self.page.unit + gap)))
        length = -(-len(rows) // most)
        return [rows[start : start + length] for start in range(0, len(rows), length)]

    @cached_property
    def _column(self) -> float:
        count = len(self._columns)
        gaps = (count - 1) * _COLUMN_GAP * self.page.unit
        # in a wider one the number is too far from its text
        return min((self.width - gaps) / count, 1.3 * COLUMN * self.page.unit)

    @cached_property
    def _below(self) -> list[str]:
        width = self.width - (_SWATCH[0] + _GAP) * self.page.unit
        size = SMALL * self.page.unit
        return [line for text in self.remarks for line in self.page.lines(text, size, width)]

    def _lines(self, row: Row) -> list[str]:
        taken = (_SWATCH[0] + _GAP + _COUNT) * self.page.unit
        return self.page.lines(row.text, self._size, self._column - taken)

    def _row_height(self, row: Row) -> float:
        lines = len(self._lines(row)) * self._size * LEADING
        return lines + _ROW_GAP * self.page.unit

    def _draw_circle(self, row: Row, swatch: Box) -> None:
        middle = (swatch.x + swatch.width / 2, swatch.y + swatch.height / 2)
        style: dict[str, Any] = {"transform": self.page.points, "radius": swatch.height / 2}
        fill = Circle(middle, facecolor=row.colour, edgecolor=HALO, linewidth=0, **style)
        self.page.add(fill, 50)
        if row.pattern:
            ink = pattern_ink(row.colour)
            over = Circle(middle, fill=False, hatch=row.pattern, ec=ink, linewidth=0, **style)
            self.page.add(over, 50)

    def _draw_row(self, row: Row, x: float, top: float) -> None:
        unit, size = self.page.unit, self._size
        y = top - size * 1.15
        width, height = _SWATCH[0] * unit, _SWATCH[1] * unit
        swatch = Box(x, y + 0.36 * size - height / 2, width, height)
        if row.shape == "circle":
            self._draw_circle(row, swatch)
        for style in _styles(row, unit, self.page.theme) if row.shape != "circle" else ():
            self.page.rectangle(swatch, 50, **style)
        if row.count is not None:
            self.page.write((x + self._column, y), str(row.count), size, align="right")
        for line in self._lines(row):
            self.page.write((swatch.right + _GAP * unit, y), line, size)
            y -= size * LEADING


def _styles(row: Row, unit: float, theme: Theme) -> Iterator[dict[str, Any]]:
    if row.shape == "ring":
        yield {"facecolor": row.colour, "edgecolor": NO_FILL}
        yield from _pattern(row)
        yield {"facecolor": NO_FILL, "edgecolor": theme.chosen, "linewidth": 1.7 * unit}
        return
    if not row.hollow:
        line = theme.new_line if row.role == Role.NEW else theme.zone_line
        yield {"facecolor": row.colour, "edgecolor": line, "linewidth": 0.7 * unit}
        yield from _pattern(row)
        return
    if row.hatched:
        yield {
            "facecolor": NO_FILL,
            "edgecolor": theme.revoked,
            "linewidth": 0,
            "hatch": HATCH,
        }
    yield {
        "facecolor": row.colour,
        "edgecolor": theme.revoked,
        "linewidth": 0.9 * unit,
        "linestyle": (0, (2.6, 1.6)),
    }


def _pattern(row: Row) -> Iterator[dict[str, Any]]:
    if row.pattern:
        ink = pattern_ink(row.colour)
        yield {"facecolor": NO_FILL, "edgecolor": ink, "linewidth": 0, "hatch": row.pattern}
