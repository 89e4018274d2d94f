"""What a chart is drawn with: a part of a page, its legend, axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from pilotzones.figure.layout import Box
from pilotzones.figure.look import Fill
from pilotzones.figure.map import pattern_ink
from pilotzones.figure.page import LEADING, Page
from pilotzones.figure.scene import NO_FILL
from pilotzones.figure.typesetting import REGULAR, Weight
from pilotzones.palette import PAPER

# points, on a page of unit 1
_TEXT, _SMALLEST = 8.5, 5.5
_TICK = 3.0
# width of a swatch, in sizes of the letters
_SWATCH = 1.6
# between an axis and what stands beside it
GAP = 5.0


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
class Axes:
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
            at = (box.x - GAP * pad.page.unit, y - 0.35 * pad.size)
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


def make_axes(
    pad: Pad, days: tuple[date, date], most: int, beside: float
) -> tuple[Axes, list[int]]:
    """Leave room for the numbers at the left, the years below and so much at the right."""
    ticks = [int(tick) for tick in MaxNLocator(5, integer=True).tick_values(0, max(most, 1))]
    size, unit, box = pad.size, pad.page.unit, pad.box
    left = max(pad.width(f"{tick:,}") for tick in ticks) + GAP * unit
    below = _TICK * unit + 1.5 * size
    inner = Box(
        box.x + left, box.y + below, box.width - left - beside, box.height - below - 0.6 * size
    )
    return Axes(pad, inner, *days, ticks[-1]), ticks
