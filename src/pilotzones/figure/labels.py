"""Names that a map may have, and where each reads as the name of its zone and no other."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from pilotzones.figure.geometry import Geometry, Ground
from pilotzones.figure.layout import Box, Picture
from pilotzones.figure.map import POINT_RADIUS, Chart, on_page
from pilotzones.figure.placement import Cover, Name, Place, Room, place_most, place_names
from pilotzones.figure.scene import Area, Mark, Scene
from pilotzones.query.roles import Role
from pilotzones.query.view import View
from pilotzones.query.zones import has_capital, is_foremost

_POLYGON = int(shapely.GeometryType.POLYGON)

# adcodes of Taiwan with Diaoyu Dao, and Hainan: no name of something else may cover them
_KEPT_CLEAR = ("710000", "460000")

_CLEARANCE = 1.5
_GRID = 7
# parts of a name that may lie over other zones while its middle is in its own
_MOST_FOREIGN = 0.3
_MOST_FOREIGN_ON_COUNTRY = 0.1
_MOST_OUTSIDE = 0.25
# how much larger than its name a zone must be for the name to fit inside
_LARGER = 1.3
_LARGER_ON_COUNTRY = 2.0
# length of the longest line from a zone to its name, in sizes of the letters
_REACH = 3.0

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Names:
    """The names of a map, in letters of a size in points.

    ``wanted`` are the zones to be named: on a map of the country the others may lie under a name.
    """

    chart: Chart
    scene: Scene
    view: View
    size: float
    wanted: frozenset[str]

    @cached_property
    def shapes(self) -> dict[str, Geometry]:
        """The zones on the page."""
        zones = self.chart.ground.zones
        return {m.zone_id: self.chart.on_page(zones[m.zone_id]) for m in self.scene.marks}

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([*self.shapes.values()])

    def place(self, marks: list[Mark], taken: Sequence[Box]) -> dict[str, Place]:
        """Find places for the names of zones, by zone.

        On a map of the country the chosen zone and those that changed come first, and only then
        the others: where room is left, and where no name hides their zone.
        """
        names, found = self.zones(marks), dict[str, Place]()
        *urgent, _ = groups = self._groups(marks)
        for zone_ids in groups:
            before = [*found.values()]
            left = [z for z in names if z in zone_ids and z not in found]
            # one that lies below a name has none
            asked = [names[zone_id] for zone_id in left if not names[zone_id].under(before)]
            room = Room(self.chart.frame, taken, *self._covers(zone_ids), before)
            places = place_most(asked, room) if zone_ids in urgent else place_names(asked, room)
            found |= {next(z for z in left if names[z] is one.name): one for one in places}
        return found

    def _groups(self, marks: list[Mark]) -> list[frozenset[str]]:
        """Group the zones to be named, those first that may not be missing."""
        every = frozenset(mark.zone_id for mark in marks)
        if not self.chart.is_coarse:
            return [every]
        changed = frozenset(mark.zone_id for mark in marks if mark.role.is_changed)
        return [every & (changed | {self.view.zone}), every]

    @cached_property
    def clear(self) -> Cover:
        """What no name may cover: zones, Taiwan, Hainan, the ten dashes."""
        return self._covers(self.wanted)[0]

    @cached_property
    def quiet(self) -> Cover:
        """Zones that did not change or are not named, on a map of the country."""
        return self._covers(self.wanted)[1]

    @property
    def kept(self) -> tuple[Geometry, ...]:
        """What nothing may cover on any map."""
        return _kept_clear(self.chart.ground, self.chart.picture)

    def _covers(self, wanted: frozenset[str]) -> tuple[Cover, Cover]:
        """Separate what no name may cover from zones that it may, where some zones are named."""
        loud = self._loud(wanted)
        quiet = (self.shapes[m.zone_id] for m in self.scene.marks if m not in loud)
        return Cover([*self.kept, *(self.shapes[m.zone_id] for m in loud)]), Cover(quiet)

    def _loud(self, wanted: frozenset[str]) -> list[Mark]:
        if not self.chart.is_coarse:
            return self.scene.marks
        if self.view.since:
            return [mark for mark in self.scene.marks if mark.role != Role.ACTIVE]
        return [mark for mark in self.scene.marks if mark.zone_id in wanted]

    def zones(self, marks: list[Mark]) -> dict[str, Name]:
        """Prepare names by zone, the more important first.

        The order: the chosen zone; municipalities and Hainan; zones revoked in favour of another;
        new ones; capitals of provinces; then the larger ones. On a map of changes the changed
        zones come before municipalities.
        """
        return {mark.zone_id: self._zone(mark) for mark in sorted(marks, key=self._importance)}

    def _importance(self, mark: Mark) -> tuple[bool, ...]:
        zone = self.chart.atlas.register.zones.loc[mark.zone_id]
        foremost, capital = is_foremost(zone["division_level"]), has_capital(zone["adcodes"])
        ended = mark.zone_id in dict(self.scene.successions)
        # a revoked zone without its successor is no more important than others
        changed = mark.role.is_changed and mark.role != Role.JUST_REVOKED
        ranks = [not ended, not changed]
        ranks = [*ranks, not foremost] if self.view.since else [not foremost, *ranks]
        return mark.zone_id != self.view.zone, *ranks, not capital

    def _zone(self, mark: Mark) -> Name:
        chart, zone_id = self.chart, mark.zone_id
        names = chart.atlas.register.zones[f"place_{self.view.lang}"]
        text = str(names[zone_id])
        after = dict(self.scene.successions).get(zone_id)
        if after and not chart.is_far(zone_id, after):
            text = f"{text} → {names[after]}"
        width, height = self._measure(text)
        small = chart.is_small(zone_id)
        radius = (1.3 * POINT_RADIUS if small else 1.5) * chart.page.unit
        reach = _REACH * self.size
        x, y = chart.at(zone_id)
        inside: tuple[tuple[float, float], ...] = ()
        # no name fits into a small one
        if not small:
            others = self._others(zone_id, max(width, height) / 2)
            points = _points(others.seen)
            inside = self._inside(others, points, (width, height))
            x, y = inside[0] if inside else map(float, points[0])
        return Name(text, x, y, width, height, inside, radius, reach, self.shapes[zone_id])

    def _inside(
        self, others: "_Others", points: Points, size: tuple[float, float]
    ) -> tuple[tuple[float, float], ...]:
        """Return points for the middle of a name where it reads as that of its zone."""
        coarse, own = self.chart.is_coarse, others.seen
        width, height = size
        least = (_LARGER_ON_COUNTRY if coarse else _LARGER) * width * height
        # on a map of changes, what changed must be seen
        if (coarse and self.view.since) or shapely.area(own) < least:
            return ()
        boxes = shapely.box(
            points[:, 0] - width / 2,
            points[:, 1] - height / 2,
            points[:, 0] + width / 2,
            points[:, 1] + height / 2,
        )
        shares = shapely.area(shapely.intersection(boxes, others.foreign)) / (width * height)
        outside = shapely.area(shapely.difference(boxes, own)) / (width * height)
        good = shares <= (_MOST_FOREIGN_ON_COUNTRY if coarse else _MOST_FOREIGN)
        good &= outside <= (_MOST_OUTSIDE if coarse else 1)
        order = np.lexsort((np.arange(len(points)), np.round(outside, 1), np.round(shares, 1)))
        return tuple((float(x), float(y)) for x, y in points[[n for n in order if good[n]]])

    def _others(self, zone_id: str, around: float) -> "_Others":
        """Find the zones that a name of a zone may touch."""
        own = self.shapes[zone_id]
        near = self._tree.query(shapely.buffer(shapely.envelope(own), around))
        others = [shape for shape in self._tree.geometries[near] if shape is not own]
        below = [shape for shape in others if shapely.area(shape) > shapely.area(own)]
        above = [shape for shape in others if shapely.area(shape) <= shapely.area(own)]
        return _Others(own, above, below)

    def areas(self, areas: dict[str, Geometry]) -> list[Name]:
        """Prepare names of countries or provinces in the middle of the part in sight.

        `areas` are projected geometries by name; those without room beside the zones are left out.
        """
        zones = shapely.union_all([*self.shapes.values()])
        if self.scene.ring is not None:
            zones = shapely.union(zones, self.chart.on_page(self.scene.ring))
        prepared = []
        for text, geometry in areas.items():
            # the name of a province must not read as that of a zone
            extent = self.chart.picture.extent
            seen = shapely.clip_by_rect(geometry, *astuple(extent))
            seen = _faces(shapely.difference(self.chart.on_page(seen), zones))
            if seen.is_empty:
                continue
            circle = shapely.maximum_inscribed_circle(seen, tolerance=2)
            x, y = map(float, shapely.get_coordinates(circle)[0])
            width, height = self._measure(text)
            if 2 * shapely.length(circle) >= max(0.8 * width, height):
                prepared.append(Name(text, x, y, width, height, ((x, y),)))
        return prepared

    def number(self, area: Area) -> Name:
        """Prepare the number of an area: inside it where it fits, else beside it."""
        extent = self.chart.picture.extent
        shape = _faces(self.chart.on_page(shapely.clip_by_rect(area.geometry, *astuple(extent))))
        points = _points(shape)
        x, y = map(float, points[0])
        width, height = self._measure(area.text)
        # the digits, without the room around them
        wide, high = (width - 0.4 * self.size) / 2, 0.4 * self.size
        left, low = points[:, 0] - wide, points[:, 1] - high
        boxes = shapely.box(left, low, left + 2 * wide, low + 2 * high)
        inside = tuple((float(x), float(y)) for x, y in points[shapely.covered_by(boxes, shape)])
        reach = _REACH * self.size
        gap = 1.5 * self.chart.page.unit
        return Name(area.text, x, y, width, height, inside, gap, reach, shape)

    def _measure(self, text: str) -> tuple[float, float]:
        face = self.chart.page.face
        # a little room, so that two names do not read as one
        return face.width(face.drawable(text), self.size) + 0.4 * self.size, 1.16 * self.size

    def covers(self, box: Box) -> bool:
        """Whether a box would hide a zone or what must never be covered."""
        return bool((self.clear.touched([box]) | self.quiet.touched([box]))[0])


@dataclass(frozen=True)
class _Others:
    """A zone among those beside it, which are drawn ``above`` or ``below`` it."""

    own: Geometry
    above: list[Geometry]
    below: list[Geometry]

    @cached_property
    def seen(self) -> Geometry:
        """The largest part that is seen of the zone."""
        parts = shapely.get_parts(shapely.difference(self.own, shapely.union_all(self.above)))
        return parts[np.argmax(shapely.area(parts))] if len(parts) else self.own

    @cached_property
    def foreign(self) -> Geometry:
        """What is seen of the others."""
        rest = (shapely.difference(one, self.own) for one in self.below)
        return shapely.union_all([*self.above, *rest])


# figures of one size show the same parts of the country again and again
@lru_cache(maxsize=16)
def _kept_clear(layers: Ground, picture: Picture) -> tuple[Geometry, ...]:
    """Return the areas on the page that nothing may cover, with some room around them."""
    areas = [*(layers.provinces[adcode] for adcode in _KEPT_CLEAR), layers.lines["dash"]]
    return tuple(shapely.buffer(on_page(area, picture), _CLEARANCE) for area in areas)


def _faces(geometry: Geometry) -> Geometry:
    """Keep the faces: where a shape only touches the frame, a line or a point is left of it."""
    parts = shapely.get_parts(geometry)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])


def _points(area: Geometry) -> Points:
    """Return points of a polygon for a name, the middle of its widest part first."""
    west, south, east, north = shapely.bounds(area)
    tolerance = max(east - west, north - south) / 50
    circle = shapely.maximum_inscribed_circle(area, tolerance=tolerance)
    middle = shapely.get_coordinates(circle)[0]
    steps = (np.arange(_GRID) + 0.5) / _GRID
    x, y = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    grid = np.column_stack([x.ravel(), y.ravel()])
    grid = grid[shapely.contains_xy(area, grid[:, 0], grid[:, 1])]
    near = np.argsort(np.hypot(*(grid - middle).T), kind="stable")
    return np.vstack([middle, grid[near]])
