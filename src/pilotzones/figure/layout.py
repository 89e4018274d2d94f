"""Boxes of a page and the part of the plane in each; points, from the lower left corner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from pilotzones.figure.geometry import Extent, ground, union_box
from pilotzones.figure.scene import Scene
from pilotzones.query.answer import Answer
from pilotzones.query.ground import MAINLAND, SOUTH_CHINA_SEA, project
from pilotzones.query.view import ALTERNATIVES

# Taiwan, Diaoyu Dao and Chiwei Yu: no inset may lie over them
NEVER_COVERED = [
    (120.8, 21.9),
    (121.5, 23),
    (121.7, 24),
    (122, 25.1),
    (123.5, 25.7),
    (124.6, 25.9),
]

_HAINAN = "460000"

# a picture this much as wide as all of China shows all of China
_NATIONAL_SHARE = 0.55
_NATIONAL_MARGIN = 0.025
_CLOSE_UP_MARGIN = 0.09
_SMALLEST_CLOSE_UP = 120_000

_PASSES = 6

_INSET_HEIGHT = 0.36
_INSET_GAP = 7


@dataclass(frozen=True)
class Box:
    """A rectangle of the page, points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        apart = self.right <= other.x or other.right <= self.x
        return not (apart or self.top <= other.y or other.top <= self.y)

    def inside(self, other: "Box") -> bool:
        """Whether it lies in the other."""
        wide = other.x <= self.x and self.right <= other.right
        return wide and other.y <= self.y and self.top <= other.top


@dataclass(frozen=True)
class Picture:
    """A part of the plane in a box of the page."""

    box: Box
    extent: Extent

    @property
    def scale(self) -> float:
        """Points per metre."""
        return self.box.width / self.extent.width

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Place a projected point (metres) on the page."""
        left = self.box.x + (x - self.extent.west) * self.scale
        return left, self.box.y + (y - self.extent.south) * self.scale


@dataclass(frozen=True)
class Subject:
    """What the main picture must show.

    ``national`` if that is all of China; ``islands`` if a close-up needs the islands of the South
    China Sea as well, which belong to Hainan.
    """

    extent: Extent
    national: bool
    islands: bool = False


def subject(answer: Answer, scene: Scene) -> Subject:
    """Decide what the main picture must show: all of China, unless a filter leaves a part of it."""
    country = Extent.around(project(np.array(MAINLAND)))
    view, provinces = answer.view, answer.provinces
    layers = ground(answer.atlas, "overview")
    wanted = [*scene.focus]
    narrowed = len(provinces) < len(answer.atlas.register.provinces)
    if wanted:
        narrowed = False
    elif narrowed:
        wanted = [layers.provinces[adcode] for adcode in provinces]
    elif view.q or any(getattr(view, name) for name in ALTERNATIVES):
        wanted = [layers.zones[mark.zone_id] for mark in scene.marks]
    if not wanted:
        return Subject(country.grown(_NATIONAL_MARGIN), national=True)
    box = union_box(wanted)
    share = max(box.width / country.width, box.height / country.height)
    if share > _NATIONAL_SHARE:
        return Subject(country.grown(_NATIONAL_MARGIN), national=True)
    least = max(0, _SMALLEST_CLOSE_UP - max(box.width, box.height)) / 2
    grown = Extent(box.west - least, box.south - least, box.east + least, box.north + least)
    homes = answer.atlas.register.zones["province_adcode"]
    shown = {*(provinces if narrowed else ()), *(str(homes[mark.zone_id]) for mark in scene.marks)}
    islands = _HAINAN in shown
    if scene.focus:
        hainan = layers.provinces[_HAINAN]
        islands = bool(shapely.intersects(hainan, shapely.union_all(scene.focus)))
    return Subject(grown.grown(_CLOSE_UP_MARGIN), national=False, islands=islands)


def whole_country() -> Extent:
    """Enclose all of China with the islands of the South China Sea."""
    points = [*MAINLAND, *SOUTH_CHINA_SEA]
    return Extent.around(project(np.array(points))).grown(_NATIONAL_MARGIN)


def pictures(box: Box, what: Subject, caption: float = 0) -> tuple[Picture, Picture | None]:
    """Fit the main picture into its box, and the South China Sea into an inset at its lower right.

    Below the inset, `caption` points are left for its name. There is none if the main picture
    shows these islands or is a close-up of other provinces.
    """
    if not what.national and not what.islands:
        return Picture(box, _widened(what.extent, box)), None
    whole = _widened(whole_country().joined(what.extent), box)
    small = Extent.around(project(np.array(SOUTH_CHINA_SEA))).grown(_NATIONAL_MARGIN)
    height = _INSET_HEIGHT * box.height
    y = box.y + _INSET_GAP + caption
    inset = Box(0, y, height * small.width / small.height, height)
    if what.islands:
        inset = Box(box.right - inset.width - _INSET_GAP, y, inset.width, height)
        return Picture(box, _clear_of(inset, box, what.extent)), Picture(inset, small)
    main = _beside(box, what.extent, inset.width + 2 * _INSET_GAP)
    # a tall box has room for the whole, in no smaller a scale
    if box.width / whole.width > 0.93 * box.width / main.width:
        return Picture(box, whole), None
    inset = Box(box.right - inset.width - _INSET_GAP, inset.y, inset.width, inset.height)
    return Picture(box, main), Picture(inset, small)


def with_whole_circles(
    box: Box, what: Subject, circles: Sequence[tuple[float, float, float]], caption: float = 0
) -> Subject:
    """Widen what the main picture must show until no circle of a place in it is cut.

    A circle is a projected point (metres) and a radius (points).
    """
    extent = what.extent
    # the islands far in the south are in the inset alone
    shown = [circle for circle in circles if extent.contains(*circle[:2])]
    if not shown:
        return what
    # each pass halves what is still cut, at worst
    for _ in range(_PASSES):
        main, _inset = pictures(box, what, caption)
        placed = [(*main.place(x, y), radius) for x, y, radius in shown]
        cut = (
            max(box.x - x + radius for x, _, radius in placed),
            max(box.y - y + radius for _, y, radius in placed),
            max(x + radius - box.right for x, _, radius in placed),
            max(y + radius - box.top for _, y, radius in placed),
        )
        if max(cut) <= 0:
            break
        west, south, east, north = (max(0, side) / main.scale for side in cut)
        old = what.extent
        grown = Extent(old.west - west, old.south - south, old.east + east, old.north + north)
        what = replace(what, extent=grown)
    return what


def _widened(extent: Extent, box: Box) -> Extent:
    # the box may be wider or higher than what must be in sight
    scale = min(box.width / extent.width, box.height / extent.height)
    x, y = (extent.west + extent.east) / 2, (extent.south + extent.north) / 2
    width, height = box.width / scale / 2, box.height / scale / 2
    return Extent(x - width, y - height, x + width, y + height)


def _clear_of(inset: Box, box: Box, extent: Extent) -> Extent:
    """Show an extent to the left of an inset or above it, whichever is larger."""
    left = Box(box.x, box.y, inset.x - box.x, box.height)
    above = Box(box.x, inset.top, box.width, box.top - inset.top)
    room = max(left, above, key=lambda b: min(b.width / extent.width, b.height / extent.height))
    seen = Picture(room, _widened(extent, room))
    west = seen.extent.west - (room.x - box.x) / seen.scale
    south = seen.extent.south - (room.y - box.y) / seen.scale
    return Extent(west, south, west + box.width / seen.scale, south + box.height / seen.scale)


def _beside(box: Box, extent: Extent, room: float) -> Extent:
    covered = float(project(np.array(NEVER_COVERED))[:, 0].max())
    scale = min(
        box.width / extent.width,
        box.height / extent.height,
        (box.width - room) / (covered - extent.west),
    )
    widened = _widened(extent, box)
    if box.width / widened.width > scale:
        width, height = box.width / scale, box.height / scale
        y = (extent.south + extent.north) / 2
        return Extent(extent.west, y - height / 2, extent.west + width, y + height / 2)
    # in the middle, unless the inset needs the room at the right
    east = max(widened.east, covered + room / scale)
    return Extent(east - widened.width, widened.south, east, widened.north)
