"""Draw a map: ground, zones, points, arrows to successors, names, scale bar."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.patches import Circle as PatchCircle
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D, IdentityTransform, Transform

from pilotzones.atlas import Atlas
from pilotzones.figure.geometry import Geometry, Ground, cut, ground
from pilotzones.figure.layout import Box, Picture
from pilotzones.figure.look import Fill
from pilotzones.figure.page import Page, set_hatch_width
from pilotzones.figure.placement import Place
from pilotzones.figure.scene import NO_FILL, Circle, Mark, Scene
from pilotzones.i18n import Language
from pilotzones.palette import HALO, is_dark
from pilotzones.query.roles import Role

# metres per point above which the coarse outlines look the same as the fine ones
_COARSE_FROM = 3500
# points, on a page of unit 1
_SMALLEST_ZONE = 5.0
POINT_RADIUS = 2.3
HATCH = "/////"
_ARROW_GAP = 9.0
# points; finer detail of an outline makes no difference to a name beside it
_FINEST = 0.2
# greatest length of the scale bar, as a share of the width of the map
_BAR = 0.25


@dataclass(frozen=True)
class Chart:
    """A map on a page.

    ``picture`` is its part of the plane and its box; ``weight`` a factor of all line widths;
    ``order`` raises it above other maps.
    """

    page: Page
    atlas: Atlas
    picture: Picture
    weight: float = 1.0
    order: float = 0

    @property
    def ground(self) -> Ground:
        """The layers in the detail that the scale needs."""
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
        """Draw sea, neighbours, land, lines and the frame around them."""
        layers, box, theme = self.ground, self.picture.box, self.page.theme
        self.page.rectangle(box, self.order, facecolor=theme.sea, edgecolor=NO_FILL)
        abroad = [layers.beyond, *layers.neighbours.values()]
        self._areas(abroad, 1, theme.neighbour, NO_FILL, 0)
        self._areas([layers.neighbour_lines], 1, NO_FILL, theme.neighbour_line, 0.5)
        self._areas([layers.nation], 2, theme.land, NO_FILL, 0)
        self._areas([layers.province_lines], 5, NO_FILL, theme.province_line, 0.6)
        # above the zones: their light edges would hide the border
        self._areas([layers.nation], 5.5, NO_FILL, theme.outline, 0.6)
        self._areas([layers.lines["dash"]], 6, NO_FILL, theme.outline, 0.9)
        undetermined = [layers.lines["undetermined"]]
        self._areas(undetermined, 6, NO_FILL, theme.outline, 0.9, dashes=(2.5, 2.5))
        edge: dict[str, Any] = {"edgecolor": theme.outline, "linewidth": 0.6 * self.page.unit}
        self.page.rectangle(box, self.order + 40, facecolor=NO_FILL, **edge)

    def draw_provinces(self, adcodes: tuple[str, ...]) -> None:
        """Outline provinces."""
        self._areas(
            [self.ground.provinces[a] for a in adcodes], 5.7, NO_FILL, self.page.theme.outline, 0.9
        )

    def draw_zones(self, scene: Scene) -> None:
        """Draw the zones: areas, hollow outlines above them, points for the small ones."""
        if scene.outlined:
            zones = [self.ground.zones[mark.zone_id] for mark in scene.marks]
            self._areas(zones, 5.8, NO_FILL, self.page.theme.ink, 0.6)
            return
        self._draw_areas([mark for mark in scene.marks if not mark.hollow])
        new = [mark for mark in scene.marks if mark.role == Role.NEW]
        self._areas(
            [self.ground.zones[mark.zone_id] for mark in new],
            5.9,
            NO_FILL,
            self.page.theme.new_line,
            0.7,
        )
        for mark in scene.marks:
            if mark.hollow:
                self._draw_hollow(mark)
        self._draw_points([mark for mark in scene.marks if self.is_small(mark.zone_id)])

    def draw_others(self, scene: Scene) -> None:
        """Draw what is no zone: areas below the zones, circles and the ring above them."""
        areas = [(area.geometry, area.fill) for area in scene.areas]
        self._filled(areas, 2.5, NO_FILL)
        if scene.ring is not None:
            for colour, width in ((HALO, 3.4), (self.page.theme.chosen, 1.7)):
                self._areas([scene.ring], 8, NO_FILL, colour, width)
        # an inset shows the islands: circles are of the places of the map
        if not self.order:
            self._draw_circles(scene.circles)

    def _draw_circles(self, circles: list[Circle]) -> None:
        unit = self.page.unit
        for circle in circles:
            middle, radius = self.picture.place(circle.x, circle.y), circle.radius * unit
            colour, pattern = circle.fill
            styles: list[dict[str, Any]] = [{"fc": colour, "ec": HALO, "lw": 0.6 * unit}]
            if pattern:
                styles += [{"fc": NO_FILL, "ec": pattern_ink(colour), "lw": 0, "hatch": pattern}]
            for style in styles:
                self._add(PatchCircle(middle, radius, transform=self.page.points, **style), 9)

    def _draw_areas(self, marks: list[Mark]) -> None:
        zones = self.ground.zones
        areas = [(zones[mark.zone_id], Fill(mark.colour, mark.pattern)) for mark in marks]
        self._filled(areas, 3, self.page.theme.zone_line)

    def _filled(self, areas: list[tuple[Geometry, Fill]], order: float, line: str) -> None:
        """Fill areas, each above those before it, with their patterns."""

        def alike(area: tuple[Geometry, Fill]) -> tuple[str, str]:
            return area[1].pattern, area[1].pattern and pattern_ink(area[1].colour)

        for (pattern, ink), run in groupby(areas, alike):
            cuts = [(cut(geometry, self.picture.extent), fill) for geometry, fill in run]
            shown = [(path, fill.colour) for path, fill in cuts if path]
            if not shown:
                continue
            paths, colours = zip(*shown, strict=True)
            style: dict[str, Any] = {"transform": self.transform, "joinstyle": "round"}
            width = 0.4 * self._line
            filled = PathCollection(
                paths, facecolors=colours, edgecolors=line, linewidths=width, **style
            )
            self._add(filled, order)
            if pattern:
                over = PathCollection(
                    paths,
                    facecolors=NO_FILL,
                    edgecolors=ink,
                    linewidths=width,
                    hatch=pattern,
                    **style,
                )
                set_hatch_width(over, 0.5 * self._line)
                self._add(over, order)

    def _draw_hollow(self, mark: Mark) -> None:
        geometry = [self.ground.zones[mark.zone_id]]
        if mark.hatched:
            self._areas(geometry, 7, NO_FILL, self.page.theme.revoked, 0, hatch=HATCH)
        self._areas(geometry, 7, mark.colour, self.page.theme.revoked, 0.9, dashes=(3, 1.6))

    def is_small(self, zone_id: str) -> bool:
        """Whether a zone is too small to be seen as an area."""
        return max(self._room(zone_id)) < _SMALLEST_ZONE * self._line

    def _room(self, zone_id: str) -> tuple[float, float]:
        west, south, east, north = shapely.bounds(self.ground.zones[zone_id])
        return (east - west) * self.picture.scale, (north - south) * self.picture.scale

    def _draw_points(self, marks: list[Mark]) -> None:
        if not marks:
            return
        dashes: list[Any] = [(0, (1.8, 1.4)) if mark.hollow else "-" for mark in marks]
        edges = [self._edge(mark) for mark in marks]
        points = PathCollection(
            [Path.unit_circle()],
            sizes=[(POINT_RADIUS * self._line) ** 2],
            offsets=[self.at(mark.zone_id) for mark in marks],
            offset_transform=self.page.points,
            transform=IdentityTransform(),
            facecolors=[mark.colour for mark in marks],
            edgecolors=edges,
            linewidths=[(0.9 if mark.hollow else 0.6) * self._line for mark in marks],
            linestyles=dashes,
        )
        self._add(points, 10)

    def draw_arrows(self, successions: list[tuple[str, str]]) -> list[Box]:
        """Draw an arrow from each revoked zone to its successor; return the boxes they cover."""
        boxes = []
        for zone_id, successor in successions:
            if not self.is_far(zone_id, successor):
                continue
            start, end = np.array(self.at(zone_id)), np.array(self.at(successor))
            # the names of both are at the ends
            step = (end - start) / np.hypot(*(end - start)) * _ARROW_GAP * self._line
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
                color=self.page.theme.ink,
            )
            # light around it, to be seen on dark zones
            arrow.set_path_effects([withStroke(linewidth=2.4 * self._line, foreground=HALO)])
            self._add(arrow, 11)
            boxes += [Box(x - 1.5, y - 1.5, 3, 3) for x, y in np.linspace(start, end, 12)]
        return boxes

    def is_far(self, zone_id: str, successor: str) -> bool:
        """Whether there is room for an arrow between a zone and its successor."""
        start, end = np.array(self.at(zone_id)), np.array(self.at(successor))
        return bool(np.hypot(*(end - start)) > 4 * _ARROW_GAP * self._line)

    def point_box(self, zone_id: str) -> Box:
        """Box around the point of a small zone."""
        x, y = self.at(zone_id)
        radius = 1.2 * POINT_RADIUS * self._line
        return Box(x - radius, y - radius, 2 * radius, 2 * radius)

    def at(self, zone_id: str) -> tuple[float, float]:
        """Point of the page inside a zone, far from its outline."""
        return self.picture.place(*self.ground.middle(zone_id))

    def on_page(self, geometry: Geometry) -> Geometry:
        """Transform a projected geometry to points of the page, simplified to what can be seen."""
        return on_page(geometry, self.picture)

    def draw_names(
        self, places: Iterable[Place], size: float, colour: str, *, halo: bool = True
    ) -> None:
        """Write names in their places, with lines to the zones of those outside."""
        for place in places:
            box = place.box
            middle = (box.x + box.width / 2, box.y + box.height * 0.24)
            self.page.write(
                middle, place.name.text, size, align="center", halo=halo, colour=colour, order=30
            )
            if place.leader:
                self._draw_leader(place.leader)

    def _draw_leader(self, ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
        for colour, width, order in ((HALO, 1.5, 28), (self.page.theme.ink, 0.5, 29)):
            line = PathCollection(
                [Path(ends)],
                transform=self.page.points,
                facecolors=NO_FILL,
                edgecolors=colour,
                linewidths=width * self._line,
            )
            self._add(line, order)

    @property
    def frame(self) -> Box:
        """Box for names: not on the edge."""
        margin, box = 2 * self.page.unit, self.picture.box
        return Box(box.x + margin, box.y + margin, box.width - 2 * margin, box.height - 2 * margin)

    def scale_bar_places(self, size: float) -> list[Box]:
        """Return places for a bar of a round length, the best first."""
        box, unit = self.picture.box, self.page.unit
        width = self._kilometres * 1000 * self.picture.scale + 8
        height, gap = size * 1.4 + 8 * unit, 9 * unit - 4
        right, top = box.right - gap - width, box.top - gap - height
        corners = [
            (box.x + gap, box.y + gap),
            (right, box.y + gap),
            (box.x + gap, top),
            (right, top),
        ]
        return [Box(x, y, width, height) for x, y in corners]

    @property
    def _kilometres(self) -> int:
        return _round_below(_BAR * self.picture.extent.width / 1000)

    def draw_scale_bar(self, box: Box, language: Language, size: float) -> None:
        """Draw the bar in one of its places, its length in letters of a size in points."""
        unit = self.page.unit
        x, y, right = box.x + 4, box.y + 4, box.right - 4
        ends = [(x, y + 3 * unit), (x, y), (right, y), (right, y + 3 * unit)]
        bar = PathCollection(
            [Path(ends)],
            transform=self.page.points,
            facecolors=NO_FILL,
            edgecolors=self.page.theme.ink,
            linewidths=0.8 * unit,
        )
        self._add(bar, 31)
        text = language._("%(num)s km") % {"num": f"{self._kilometres:,}"}
        middle = ((x + right) / 2, y + 3.4 * unit)
        self.page.write(middle, text, size, align="center", halo=True, order=self.order + 31)

    def draw_outline(self, part: Picture) -> None:
        """Outline the part that another map shows."""
        extent = part.extent
        x, y = self.picture.place(extent.west, extent.south)
        right, top = self.picture.place(extent.east, extent.north)
        style: dict[str, Any] = {
            "facecolor": NO_FILL,
            "edgecolor": self.page.theme.ink,
            "linewidth": 0.9 * self.page.unit,
        }
        # a close-up may be no larger than a point of this map
        least = 3 * self.page.unit
        box = Box(x, y, max(right - x, least), max(top - y, least))
        self.page.rectangle(box, self.order + 20, within=self.picture.box, **style)

    @property
    def _line(self) -> float:
        return self.page.unit * self.weight

    def _areas(  # noqa: PLR0913 - an area has as many properties
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
            set_hatch_width(artist, 0.5 * self._line)
        self._add(artist, order)

    def _edge(self, mark: Mark) -> str:
        if mark.hollow:
            return self.page.theme.revoked
        return self.page.theme.new_line if mark.role == Role.NEW else self.page.theme.zone_line

    def _add(self, artist: Artist, order: float) -> None:
        self.page.add(artist, self.order + order, within=self.picture.box)


def on_page(geometry: Geometry, picture: Picture) -> Geometry:
    """Transform a projected geometry to points of a page, simplified to what can be seen."""
    extent, box, scale = picture.extent, picture.box, picture.scale
    origin, corner = np.array([extent.west, extent.south]), np.array([box.x, box.y])
    placed = shapely.transform(geometry, lambda xy: (xy - origin) * scale + corner)
    return shapely.simplify(placed, _FINEST)


def pattern_ink(colour: str) -> str:
    """Return the colour of a pattern that is seen on another."""
    return "#ffffff" if is_dark(colour) else "#3f3f3f"


def _round_below(limit: float) -> int:
    power = float(10 ** math.floor(math.log10(limit)))
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
    return max(1, round(max(step * power for step in steps if step * power <= limit)))
