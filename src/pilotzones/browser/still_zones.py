"""The map of zones in a still, with the words around it that the live map has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilotzones.browser.still_map import Row, StillMap
from pilotzones.browser.still_paths import Picture, still_inset, still_picture
from pilotzones.browser.words import NO_BATCH_COLOUR
from pilotzones.query.ground import place_box
from pilotzones.query.place_sentence import place_name
from pilotzones.query.roles import Frame, Role, frame_of
from pilotzones.query.zones import box_around, box_in_view, provinces_asked


@dataclass(frozen=True)
class ZoneMap(StillMap):
    """The zones of a View, around the zone or the place whose record is open.

    Parameters
    ----------
    answer, words, sight
        As for `StillMap`.
    adcode
        Code of the place to look at, empty for none.
    borders
        Whether the live map draws the land border.
    """

    adcode: str = ""
    borders: bool = False

    @property
    def frame(self) -> Frame:
        """The zones' roles on the day, or between the two days."""
        return frame_of(self.answer)

    @property
    def box(self) -> tuple[float, ...] | None:
        """The box around the place, the zone or what the filters leave."""
        view, atlas = self.answer.view, self.answer.atlas
        if self.adcode:
            return tuple(place_box(atlas, self.adcode))
        box = box_around(atlas, [view.zone]) if view.zone else box_in_view(self.answer)
        return tuple(box) if box else None

    def inset(self) -> Picture:
        """Draw the South China Sea with its zones."""
        return still_inset(self.answer)

    def drawn(self) -> dict[str, Any]:
        """Return the zones, and the colours and signs that explain them."""
        box, texts, active = self.box, self.words["map"], self.frame.active
        picture = still_picture(self.answer, box, self.sight, self.adcode)
        return {
            "picture": picture,
            "colours": self._colours,
            "mode": "compare" if self.answer.view.since else "day",
            "map_count": texts["count_one" if active == 1 else "count"].format(n=active),
            "key_classes": " ".join(["pz-key", *self._marks(dots=bool(picture.dots))]),
            "legend_title": self._legend_title,
            "legend": [*self._legend()],
            "signs": [
                *self._signs(
                    aside=any("is-aside" in path.classes for path in picture.zones),
                    room_for_dots=box is None or bool(picture.dots),
                )
            ],
        }

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
        place = self._chosen
        yield ("is-chosen is-place", place) if place else ("is-chosen", texts["chosen"])

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
