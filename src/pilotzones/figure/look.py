"""How a figure looks: in colour, or in greys and patterns that print in black and white."""

from dataclasses import dataclass
from typing import NamedTuple

from pilotzones.figure.options import Style
from pilotzones.palette import (
    CHART_COLOURS,
    CHART_GREYS,
    GREY,
    LIGHT,
    Theme,
    batch_colours,
    batch_greys,
)

# patterns as matplotlib writes them: next to one another, two classes never have the same
_BATCH_PATTERNS = ("", "\\\\\\\\", "", "....")
_GROUP_PATTERNS = ("", "////", "", "....")
_GROUP_DASHES = ((), (5.0, 1.6), (1.4, 1.4), (7.0, 1.6, 1.4, 1.6))


class Fill(NamedTuple):
    """A colour ``#rrggbb`` and the pattern over it, which may be empty."""

    colour: str
    pattern: str = ""


@dataclass(frozen=True)
class Look:
    """The colours of a figure and whether they are greys."""

    theme: Theme
    grey: bool

    def batches(self, count: int) -> list[Fill]:
        """Give each of so many batches a fill, the first the darkest."""
        if not self.grey:
            return [Fill(colour) for colour in batch_colours(count)]
        patterns = _BATCH_PATTERNS
        greys = batch_greys(count)
        return [Fill(grey, patterns[n % len(patterns)]) for n, grey in enumerate(greys)]

    @property
    def ranks(self) -> tuple[Fill, Fill, Fill]:
        """Fills for what a map is about, for what comes second, and for the others."""
        if self.grey:
            return Fill(self.theme.accent), Fill("#ffffff", "/////"), Fill(self.theme.kept)
        return Fill(self.theme.gained), Fill(self.theme.accent), Fill(self.theme.kept)

    def pattern(self, pattern: str) -> str:
        """Return a pattern that colour does without."""
        return pattern if self.grey else ""

    def group(self, number: int) -> Fill:
        """Give a group of a chart its fill."""
        place = number % len(CHART_COLOURS)
        if self.grey:
            return Fill(CHART_GREYS[place], _GROUP_PATTERNS[place])
        return Fill(CHART_COLOURS[place])

    def line(self, number: int) -> tuple[str, tuple[float, ...]]:
        """Give a line of a chart its colour and its dashes, which may be none."""
        turn, place = divmod(number, len(CHART_COLOURS))
        if self.grey:
            return (self.theme.ink, "#8a8a8a")[turn % 2], _GROUP_DASHES[place]
        return CHART_COLOURS[place], _GROUP_DASHES[turn % len(_GROUP_DASHES)]


COLOUR = Look(LIGHT, grey=False)
BLACK_AND_WHITE = Look(GREY, grey=True)


def look_of(style: Style) -> Look:
    """Return the look of a style."""
    return BLACK_AND_WHITE if style == "grey" else COLOUR
