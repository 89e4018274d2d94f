"""Draw a map: ground, zones, points, ties, names, scale bar."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.collections import PathCollection
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform, Transform

from pilotzones.atlas import Atlas
from pilotzones.figure.canvas import (
    INK,
    LAND,
    NEIGHBOUR,
    NEIGHBOUR_LINE,
    NEW_LINE,
    OUTLINE,
    PROVINCE_LINE,
    SEA,
    ZONE_LINE,
    Page,
)
from pilotzones.figure.ground import Geometry, Ground, cut, ground, project
from pilotzones.figure.labels import Name, place_names
from pilotzones.figure.layout import Box, Picture
from pilotzones.figure.scene import REVOKED_COLOUR, Mark, Scene
from pilotzones.i18n import translations
from pilotzones.view import View

# metres a point above which the coarse outlines look the same as the fine ones
_COARSE_FROM = 3500
_SMALLEST_ZONE = 5.0
_POINT_RADIUS = 2.3
_TIE_GAP = 9.0


@dataclass(frozen=True)
class Chart:
    """A map on a page.

    Parameters
    ----------
    page
        What is drawn on.
    atlas
        The facts.
    picture
        Which part of the plane, and where.
    weight
        Factor of all widths of lines.
    """

    page: Page
    atlas: Atlas
    picture: Picture
    weight: float = 1.0
    order: float = 0

    @property
    def ground(self) -> Ground:
        """The layers in the detail that the scale asks for."""
        return ground(self.atlas, "overview" if self.is_coarse else "detail")

    @property
    def is_coarse(self) -> bool:
        """Whether the scale is that of a whole country."""
        return 1 / self.picture.scale > _COARSE_FROM * self.page.unit

    @property
    def transform(self) -> Transform:
        """From projected metres to the page."""
        box, extent = self.picture.box, self.picture.extent
        moved = Affine2D().translate(-extent.west, -extent.south).scale(self.picture.scale)
        return moved.translate(box.x, box.y) + self.page.points

    def draw_ground(self) -> None:
        """Draw sea, neighbours, land and lines, and the frame around them."""
        layers, box = self.ground, self.picture.box
        self.page.rectangle(box, self.order, facecolor=SEA, edgecolor="none")
        self._areas([layers.beyond, *layers.neighbours.values()], 1, NEIGHBOUR, "none", 0)
        self._areas([layers.neighbour_lines], 1, "none", NEIGHBOUR_LINE, 0.5)
        self._areas([layers.nation], 2, LAND, "none", 0)
        self._areas([layers.province_lines], 5, "none", PROVINCE_LINE, 0.6)
        # above the zones: their light edges would hide the border
        self._areas([layers.nation], 5.5, "none", OUTLINE, 0.6)
        self._areas([layers.lines["dash"]], 6, "none", OUTLINE, 0.9)
        self._areas([layers.lines["undetermined"]], 6, "none", OUTLINE, 0.9, dashes=(2.5, 2.5))
        width = 0.6 * self.page.unit
        order = self.order + 40
        self.page.rectangle(box, order, facecolor="none", edgecolor=OUTLINE, linewidth=width)

    def draw_provinces(self, adcodes: tuple[str, ...]) -> None:
        """Outline the provinces that the View asks for."""
        self._areas([self.ground.provinces[a] for a in adcodes], 5.7, "none", OUTLINE, 0.9)

    def draw_zones(self, scene: Scene, chosen: str | None = None) -> None:
        """Draw the zones: areas, hollow outlines above them, points for the small ones."""
        self._draw_areas([mark for mark in scene.marks if not mark.hollow])
        new = [self.ground.zones[mark.zone_id] for mark in scene.marks if mark.part == "new"]
        self._areas(new, 5.9, "none", NEW_LINE, 0.7)
        for mark in scene.marks:
            if mark.hollow:
                self._draw_hollow(mark)
            if mark.zone_id == chosen:
                self._areas([self.ground.zones[chosen]], 9, "none", NEW_LINE, 1.6)
        self._draw_points([mark for mark in scene.marks if self.is_small(mark.zone_id)])

    def _draw_areas(self, marks: list[Mark]) -> None:
        paths, colours = [], []
        for mark in marks:
            path = cut(self.ground.zones[mark.zone_id], self.picture.extent)
            if path:
                paths.append(path)
                colours.append(mark.colour)
        if paths:
            areas = PathCollection(
                paths,
                transform=self.transform,
                facecolors=colours,
                edgecolors=ZONE_LINE,
                linewidths=0.4 * self._line,
                joinstyle="round",
            )
            self._add(areas, 3)

    def _draw_hollow(self, mark: Mark) -> None:
        geometry = [self.ground.zones[mark.zone_id]]
        if mark.part in {"lost", "passed"}:
            fill = mark.colour if mark.part == "lost" else "none"
            self._areas(geometry, 7, fill, REVOKED_COLOUR, 0.9, dashes=(3, 1.6))
            return
        if mark.part == "revoked":
            # no successor covers it: hatching says that it is a place and no hole
            self._areas(geometry, 7, "none", REVOKED_COLOUR, 0, hatch="/////")
        self._areas(geometry, 7, "none", REVOKED_COLOUR, 0.9, dashes=(3, 1.6))

    def is_small(self, zone_id: str) -> bool:
        """Whether a zone is too small to be seen as an area."""
        return max(self._room(zone_id)) < _SMALLEST_ZONE * self._line

    def _room(self, zone_id: str) -> tuple[float, float]:
        west, south, east, north = shapely.bounds(self.ground.zones[zone_id])
        return (east - west) * self.picture.scale, (north - south) * self.picture.scale

    def _draw_points(self, marks: list[Mark]) -> None:
        if not marks:
            return
        fills = ["none" if m.hollow and m.part != "lost" else m.colour for m in marks]
        dashes: list[Any] = [(0, (1.8, 1.4)) if mark.hollow else "-" for mark in marks]
        edges = [
            REVOKED_COLOUR if mark.hollow else NEW_LINE if mark.part == "new" else ZONE_LINE
            for mark in marks
        ]
        points = PathCollection(
            [Path.unit_circle()],
            sizes=[(_POINT_RADIUS * self._line) ** 2],
            offsets=[self.at(mark.zone_id) for mark in marks],
            offset_transform=self.page.points,
            transform=IdentityTransform(),
            facecolors=fills,
            edgecolors=edges,
            linewidths=[(0.9 if mark.hollow else 0.6) * self._line for mark in marks],
            linestyles=dashes,
        )
        self._add(points, 10)

    def draw_ties(self, ties: list[tuple[str, str]]) -> list[Box]:
        """Draw an arrow from every revoked zone to its successor; tell where they stand."""
        boxes = []
        for zone_id, successor in ties:
            start, end = np.array(self.at(zone_id)), np.array(self.at(successor))
            if not self.is_far(zone_id, successor):
                continue
            # the names of both stand at the ends
            step = (end - start) / np.hypot(*(end - start)) * _TIE_GAP * self._line
            start, end = start + step, end - step
            arrow = FancyArrowPatch(
                start,
                end,
                transform=self.page.points,
                arrowstyle="-|>,head_width=0.25",
                mutation_scale=8 * self._line,
                shrinkA=0,
                shrinkB=0,
                linewidth=0.8 * self._line,
                color=INK,
            )
            self._add(arrow, 11)
            boxes += [Box(x - 1.5, y - 1.5, 3, 3) for x, y in np.linspace(start, end, 12)]
        return boxes

    def is_far(self, zone_id: str, successor: str) -> bool:
        """Whether there is room for an arrow between a zone and its successor."""
        start, end = np.array(self.at(zone_id)), np.array(self.at(successor))
        return bool(np.hypot(*(end - start)) > 4 * _TIE_GAP * self._line)

    def point_box(self, zone_id: str) -> Box:
        """Box around the point of a small zone."""
        x, y = self.at(zone_id)
        radius = 1.2 * _POINT_RADIUS * self._line
        return Box(x - radius, y - radius, 2 * radius, 2 * radius)

    def at(self, zone_id: str) -> tuple[float, float]:
        """Point of the page that stands for a zone."""
        zone = self.atlas.boundaries.zones.loc[zone_id]
        return self.picture.place(*project(zone["lon"], zone["lat"])[0])

    def draw_names(
        self, names: list[Name], size: float, taken: list[Box], colour: str
    ) -> list[Box]:
        """Write the names that find room; tell where."""
        margin = 2 * self.page.unit
        box = self.picture.box
        frame = Box(box.x + margin, box.y + margin, box.width - 2 * margin, box.height - 2 * margin)
        boxes = []
        for name, place in place_names(names, frame, taken):
            middle = (place.x + place.width / 2, place.y + place.height * 0.24)
            self.page.write(
                middle, name.text, size, align="center", halo=True, colour=colour, order=30
            )
            boxes.append(place)
        return boxes

    def zone_names(self, scene: Scene, marks: list[Mark], view: View, size: float) -> list[Name]:
        """Prepare the names of zones: what ended or changed first, then the larger ones."""
        names = self.atlas.register.zones[f"place_{view.lang}"]
        successor = dict(scene.ties)
        prepared = []

        def importance(mark: Mark) -> tuple[bool, bool, bool]:
            return mark.zone_id != view.zone, mark.zone_id not in successor, not mark.changed

        for mark in sorted(marks, key=importance):
            text = str(names[mark.zone_id])
            after = successor.get(mark.zone_id)
            if after and not self.is_far(mark.zone_id, after):
                text = f"{text} → {names[after]}"
            gap = (1.3 * _POINT_RADIUS if self.is_small(mark.zone_id) else 1.5) * self._line
            # a name over a zone that is hardly larger would hide it
            room = (0.0, 0.0) if self.is_coarse else self._room(mark.zone_id)
            point = self.at(mark.zone_id)
            prepared.append(self._name(text, point, room, size, gap))
        return prepared

    def area_names(self, areas: dict[str, Geometry], size: float, marks: list[Mark]) -> list[Name]:
        """Prepare the names of countries or provinces, in the middle of what is in sight."""
        extent = self.picture.extent
        zones = shapely.union_all([self.ground.zones[mark.zone_id] for mark in marks])
        prepared = []
        for text, geometry in areas.items():
            seen = shapely.clip_by_rect(
                geometry, extent.west, extent.south, extent.east, extent.north
            )
            # the name of a province must not read as that of a zone
            seen = shapely.difference(seen, zones)
            if seen.is_empty:
                continue
            circle = shapely.maximum_inscribed_circle(seen, tolerance=extent.width / 200)
            x, y = shapely.get_coordinates(circle)[0]
            room = 2 * shapely.length(circle) * self.picture.scale
            name = self._name(text, self.picture.place(x, y), (room, room), size, 0)
            if room >= 0.8 * name.width:
                prepared.append(name)
        return prepared

    def _name(
        self,
        text: str,
        point: tuple[float, float],
        room: tuple[float, float],
        size: float,
        gap: float,
    ) -> Name:
        width = self.page.face.width(self.page.face.drawable(text), size)
        # a little room keeps two names from reading as one
        return Name(text, *point, width + 0.4 * size, size * 1.16, room, gap)

    def draw_scale_bar(self, lang: str, size: float) -> Box:
        """Draw a bar of a round length at the lower left; tell where it stands."""
        _ = translations(lang).gettext
        picture, unit = self.picture, self.page.unit
        kilometres = _round_below(0.16 * picture.extent.width / 1000)
        length = kilometres * 1000 * picture.scale
        x, y = picture.box.x + 9 * unit, picture.box.y + 9 * unit
        ends = [(x, y + 3 * unit), (x, y), (x + length, y), (x + length, y + 3 * unit)]
        bar = PathCollection(
            [Path(ends)],
            transform=self.page.points,
            facecolors="none",
            edgecolors=INK,
            linewidths=0.8 * unit,
        )
        self._add(bar, 31)
        text = _("%(num)s km") % {"num": f"{kilometres:,}"}
        middle = (x + length / 2, y + 3.4 * unit)
        self.page.write(middle, text, size, align="center", halo=True, order=self.order + 31)
        return Box(x - 4, y - 4, length + 8, size * 1.4 + 8 * unit)

    def draw_outline(self, part: Picture) -> None:
        """Mark on this map what another one shows."""
        extent = part.extent
        x, y = self.picture.place(extent.west, extent.south)
        right, top = self.picture.place(extent.east, extent.north)
        style: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": INK,
            "linewidth": 0.9 * self.page.unit,
        }
        # a close-up may be no larger than a point of this map
        least = 3 * self.page.unit
        box = Box(x, y, max(right - x, least), max(top - y, least))
        self.page.rectangle(box, self.order + 20, within=self.picture.box, **style)

    @property
    def _line(self) -> float:
        return self.page.unit * self.weight

    def _areas(  # noqa: PLR0913 - so many sides has an area
        self,
        geometries: list[Geometry],
        order: float,
        fill: str,
        line: str,
        width: float,
        *,
        dashes: tuple[float, float] | None = None,
        hatch: str | None = None,
    ) -> None:
        found = [cut(geometry, self.picture.extent) for geometry in geometries]
        paths = [path for path in found if path]
        if not paths:
            return
        style = "-" if dashes is None else (0, tuple(d * self._line / width for d in dashes))
        artist = PathCollection(
            paths,
            transform=self.transform,
            facecolors=fill,
            edgecolors=line,
            linewidths=width * self._line,
            linestyles=[style],
            joinstyle="round",
            hatch=hatch,
        )
        if hatch:
            artist.set_hatch_linewidth(0.5 * self._line)
        self._add(artist, order)

    def _add(self, artist: PathCollection | FancyArrowPatch, order: float) -> None:
        self.page.add(artist, self.order + order, within=self.picture.box)


def _round_below(limit: float) -> int:
    power = float(10 ** math.floor(math.log10(limit)))
    return round(max(step * power for step in (1, 2, 5) if step * power <= limit))
