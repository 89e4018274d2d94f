"""The map of a still, and the words that stand around any such map."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from pilotzones.browser.still_paths import Picture
from pilotzones.browser.style import inline_style
from pilotzones.query.answer import Answer
from pilotzones.query.sight import Sight
from pilotzones.query.title import view_subject

# times the scale of the national view, as in inset.js
_INSET_UP_TO = 1.15


@dataclass(frozen=True)
class Row:
    """A row of the legend."""

    classes: str
    text: str
    number: int
    short: str = ""
    colour: str = ""


@dataclass(frozen=True)
class StillMap(ABC):
    """The map of a View.

    Parameters
    ----------
    answer
        The View of the map.
    words
        The words that the browser gets.
    sight
        The part that a link asks for.
    """

    answer: Answer
    words: dict[str, Any]
    sight: Sight | None = None

    @property
    def box(self) -> tuple[float, ...] | None:
        """The part that the page itself looks at, degrees; ``None`` for all of China."""
        return None

    @abstractmethod
    def inset(self) -> Picture:
        """Draw the South China Sea."""

    @abstractmethod
    def drawn(self) -> dict[str, Any]:
        """Return the picture and its legend, for the template."""

    def values(self) -> dict[str, Any]:
        """Return the values for the template."""
        part = self.box is not None and self.sight is None
        close = self.sight is not None and 2**self.sight.zoom > _INSET_UP_TO
        return {
            "sight": "part" if part else "whole-land",
            "inset": None if part or close else self.inset(),
            "colour": self.answer.view.colour,
            "map_style": inline_style("map.css", "still-map.css"),
            "map_day": self._day,
            "map_title": view_subject(self.answer),
            "map_words": self.words["map"],
            **self.drawn(),
        }

    @property
    def _day(self) -> str:
        view, t = self.answer.view, self.answer.language
        if view.since is None or view.since == view.on:
            return t.day(view.on)
        days: str = self.words["map"]["days"]
        return days.format(since=t.day(view.since), on=t.day(view.on))
