"""The map of a still: its paths, and the words around it as the live map has them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pilotzones.browser.still_paths import still_inset, still_picture
from pilotzones.browser.style import inline_style
from pilotzones.browser.words import NO_BATCH_COLOUR
from pilotzones.query.answer import Answer
from pilotzones.query.ground import place_box
from pilotzones.query.place_sentence import place_name
from pilotzones.query.roles import Frame, Role, frame_of
from pilotzones.query.sight import Sight
from pilotzones.query.title import view_subject
from pilotzones.query.zones import box_around, box_in_view, provinces_asked

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
class StillMap:
    """The map of a View, around the zone or the place whose record is open.

    Parameters
    ----------
    answer
        The View of the map.
    words
        The words that the browser gets.
    adcode
        Code of the place to look at, empty for none.
    sight
        The part that a link asks for.
    borders
        Whether the live map draws the land border.
    shaded
        Whether provinces are shaded: all of China is shown, and no zone.
    """

    answer: Answer
    words: dict[str, Any]
    adcode: str = ""
    sight: Sight | None = None
    borders: bool = False
    shaded: bool = False

    @property
    def frame(self) -> Frame:
        """The zones' roles on the day, or between the two days."""
        return frame_of(self.answer)

    def values(self) -> dict[str, Any]:
        """Return the values for the template."""
        view, texts = self.answer.view, self.words["map"]
        fitted = self._box
        box = None if self.sight else fitted
        close = self.sight is not None and 2**self.sight.zoom > _INSET_UP_TO
        picture = still_picture(self.answer, box, self.sight, self.adcode)
        inset = still_inset(self.answer)
        if self.shaded:
            inset = replace(inset, zones=())
        active = self.frame.active
        aside = any("is-aside" in path.classes for path in picture.zones)
        signs = [*self._signs(aside=aside, room_for_dots=fitted is None or bool(picture.dots))]
        return {
            "picture": picture,
            "sight": "part" if box else "whole-land",
            "inset": None if box or close else inset,
            "colours": self._colours,
            "mode": "compare" if view.since else "day",
            "colour": view.colour,
            "map_style": inline_style("map.css", "still-map.css"),
            "map_day": self._day,
            "map_title": view_subject(self.answer),
            "map_count": texts["count_one" if active == 1 else "count"].format(n=active),
            "map_words": texts,
            "key_classes": " ".join(["pz-key", *self._marks(dots=bool(picture.dots))]),
            "legend_title": self._legend_title,
            "legend": [*self._legend()],
            "signs": signs,
        }

    @property
    def _box(self) -> tuple[float, ...] | None:
        view, atlas = self.answer.view, self.answer.atlas
        if self.shaded:
            return None
        if self.adcode:
            return tuple(place_box(atlas, self.adcode))
        box = box_around(atlas, [view.zone]) if view.zone else box_in_view(self.answer)
        return tuple(box) if box else None

    @property
    def _day(self) -> str:
        view, t = self.answer.view, self.answer.language
        if view.since is None or view.since == view.on:
            return t.day(view.on)
        days: str = self.words["map"]["days"]
        return days.format(since=t.day(view.since), on=t.day(view.on))

    @property
    def _colours(self) -> dict[int, str]:
        stops = self.words["stops"]
        colours = {stop["batch"]: stop["colour"] for stop in stops if stop["batch"]}
        return {0: NO_BATCH_COLOUR, **colours}

    @property
    def _legend_title(self) -> str:
        texts: dict[str, str] = self.words["map"]
        if self.answer.view.since:
            return texts["change"]
        return texts["active_zones" if self.answer.view.colour == "new" else "legend"]

    def _legend(self) -> Iterator[Row]:
        """List the colours and how many zones have each, as legend.js does."""
        texts, view = self.words["map"], self.answer.view
        roles = [Role(letter) for letter in self.frame.roles]
        if view.since:
            for classes, text, role in _CHANGES:
                yield Row(classes, texts[text], roles.count(role), texts[text])
            return
        if view.colour == "new":
            new, active = roles.count(Role.NEW), self.frame.active
            yield Row("is-earlier", texts["earlier"], active - new, texts["earlier"])
            yield Row("is-accent", texts["latest"], new, texts["latest"])
        else:
            batches = self.answer.atlas.register.histories["batch"]
            active_batches = batches[[role.is_active for role in roles]].tolist()
            for stop in self.words["stops"]:
                if stop["batch"]:
                    number = active_batches.count(stop["batch"])
                    yield Row("", stop["legend"], number, stop["legend_short"], stop["colour"])
        gone = sum(role.is_revoked for role in roles)
        yield Row("is-revoked", texts["revoked"], gone, texts["revoked"])

    def _marks(self, *, dots: bool) -> Iterator[str]:
        if dots:
            yield "has-dots"
        if self.answer.view.zone or self.adcode:
            yield "has-chosen"

    def _signs(self, *, aside: bool, room_for_dots: bool) -> Iterator[tuple[str, str]]:
        view, texts = self.answer.view, self.words["map"]
        if view.since:
            yield "is-tie", texts["successor"]
        elif view.colour != "new":
            yield "is-new", texts["latest"]
        if self.borders:
            yield "is-border", texts["border"]
            if view.within:
                yield "is-strip", texts["strip"].format(n=view.within)
        yield "is-land", texts["no_zone"]
        if provinces_asked(self.answer):
            yield "is-province", texts["chosen_province"]
        if aside:
            yield "is-aside", texts["aside"]
        if room_for_dots:
            yield "is-dot", texts["dot"]
        yield "is-chosen", self._chosen or texts["chosen"]

    @property
    def _chosen(self) -> str:
        atlas, t = self.answer.atlas, self.answer.language
        return place_name(atlas, self.adcode, t) if self.adcode else ""


_CHANGES = (
    ("is-gained", "gained", Role.GAINED),
    ("is-lost", "lost", Role.LOST),
    ("is-lost", "passed", Role.PASSED),
    ("is-kept", "kept", Role.ACTIVE),
    ("is-revoked", "before", Role.REVOKED),
)
