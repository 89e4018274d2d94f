"""The sheet that every figure has: title and summary above, notes below, room between them."""

from dataclasses import dataclass

from pilotzones.figure.kinds import Words
from pilotzones.figure.layout import Box
from pilotzones.figure.options import FigureOptions
from pilotzones.figure.page import LEADING, Page
from pilotzones.figure.typesetting import BOLD

# points, on a page of unit 1
TITLE, SUBTITLE, NOTE = 15.0, 9.0, 6.4
MARGIN = 26.0

# smaller print is not read
_SMALLEST_PRINT = 5.0
_SMALLEST_TITLE = 0.7


@dataclass(frozen=True)
class Sheet:
    """A page with its words, and the paragraphs below the figure."""

    page: Page
    options: FigureOptions
    words: Words
    paragraphs: list[str]

    def write(self) -> Box:
        """Write title, summary and notes; return the room between them."""
        unit, sheet = self.page.unit, self.page.box
        margin = MARGIN * unit * (0.5 if self.options.size == "column" else 1)
        inner = Box(margin, 0.8 * margin, sheet.width - 2 * margin, sheet.height - 1.8 * margin)
        top = self._header(inner)
        bottom = self._notes(inner)
        return Box(inner.x, bottom, inner.width, top - bottom)

    @property
    def room(self) -> Box:
        """The room that the words leave, on a page of which nothing else is used."""
        return self.write()

    @property
    def small_print(self) -> float:
        """Size of the smallest letters, points."""
        return max(NOTE * self.page.unit, _SMALLEST_PRINT)

    def _header(self, inner: Box) -> float:
        page, unit = self.page, self.page.unit
        lines, size = self._title(inner.width)
        y = inner.top + 0.35 * size
        for line in lines:
            y -= size * 1.26
            page.write((inner.x, y), line, size, weight=BOLD)
        y -= 0.3 * size
        size = SUBTITLE * unit
        for line in page.lines(self.words.summary, size, inner.width):
            y -= size * LEADING
            page.write((inner.x, y), line, size, colour=page.theme.muted)
        return y - 8 * unit

    def _title(self, width: float) -> tuple[list[str], float]:
        page, full = self.page, TITLE * self.page.unit
        title = self.words.title
        # a little smaller is better than a second line, much smaller better than a third
        for most, shares in ((1, (1, 0.95, 0.9)), (2, (1, 0.9, 0.8, 0.7))):
            for share in shares:
                if len(page.lines(title, full * share, width, BOLD)) <= most:
                    return self._balanced(title, full * share, width), full * share
        return page.lines(title, full * _SMALLEST_TITLE, width, BOLD), full * _SMALLEST_TITLE

    def _balanced(self, title: str, size: float, width: float) -> list[str]:
        lines = self.page.lines(title, size, width, BOLD)
        for share in (0.55, 0.65, 0.75, 0.85):
            shorter = self.page.lines(title, size, width * share, BOLD)
            if len(shorter) == len(lines):
                return shorter
        return lines

    def _notes(self, inner: Box) -> float:
        page, size = self.page, self.small_print
        lines = [
            line
            for paragraph in self.paragraphs
            for line in page.lines(paragraph, size, inner.width)
        ]
        for number, line in enumerate(reversed(lines)):
            at = (inner.x, inner.y + number * size * LEADING)
            page.write(at, line, size, colour=page.theme.muted)
        return inner.y + len(lines) * size * LEADING + 5 * page.unit
