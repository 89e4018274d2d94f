"""Place names on a map so that they hide nothing, the important ones first."""

import math
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import tee

import numpy as np
import numpy.typing as npt
import shapely

from pilotzones.figure.geometry import Geometry
from pilotzones.figure.layout import Box

_ANGLES = [math.tau * step / 16 for step in (0, 8, 4, 12, 2, 6, 14, 10, *range(1, 16, 2))]
_DIRECTIONS = np.array([(math.cos(angle), math.sin(angle)) for angle in _ANGLES])
# distances from the point: so many, the first of them near
_STEPS, _NEAR = 16, 12
_DOT = 1.5
# how far a line may run over another area: less than the height of its name
_OVER = 0.5
# orders of names to try
_ATTEMPTS = 6

# of boxes, a row each: left, bottom, right, top
Corners = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Name:
    """A name to be placed.

    Parameters
    ----------
    text
        What is written.
    x, y
        The point of the page that it names.
    width, height
        Its size in points.
    inside
        Points for its middle inside the area that it names, the best first.
    gap
        Least distance from the point for a name beside it.
    reach
        Greatest length of its line outside the area; 0 for a name that may only be inside.
    area
        The area that it names, where that is more than a point.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    inside: tuple[tuple[float, float], ...] = ()
    gap: float = 0
    reach: float = 0
    area: Geometry = field(default_factory=shapely.Point)

    @property
    def distances(self) -> npt.NDArray[np.float64]:
        """Distances from the point to try, growing ever faster."""
        if not self.reach:
            return np.empty(0)
        extent = 0 if self.area.is_empty else math.dist(*np.reshape(self.area.bounds, (2, 2)))
        return np.geomspace(self.gap, self.reach + extent / 2, _STEPS)

    def under(self, places: Iterable["Place"]) -> bool:
        """Whether another name lies over the point that it names."""
        point = Box(self.x, self.y, 0, 0)
        return any(point.inside(place.box) for place in places)

    def around(self, x: float, y: float) -> Box:
        """Box of the name with its middle at a point."""
        return Box(x - self.width / 2, y - self.height / 2, self.width, self.height)


@dataclass(frozen=True)
class Place:
    """A name with its box and, if that is outside the area, a line from there to the box."""

    name: Name
    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None

    @cached_property
    def line(self) -> Geometry:
        """Its line, which may be empty."""
        return shapely.LineString(self.leader)

    @cached_property
    def shape(self) -> Geometry:
        """Its box as a polygon."""
        return shapely.box(self.box.x, self.box.y, self.box.right, self.box.top)

    @cached_property
    def boxes(self) -> list[Box]:
        """Its box, and small ones along its line except at the beginning."""
        if not self.leader:
            return [self.box]
        start, end = map(np.array, self.leader)
        length = float(np.hypot(*(end - start)))
        shares = np.arange(self.name.gap, length - _DOT, _DOT) / max(length, _DOT)
        points = [start + (end - start) * share for share in shares]
        return [self.box, *(Box(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT) for x, y in points)]


class Cover:
    """Areas of the page that a name may not touch."""

    def __init__(self, areas: Iterable[Geometry] = ()) -> None:
        found = np.array([*areas], dtype=object)
        shapely.prepare(found)
        self._tree = shapely.STRtree(found)

    def touched(self, boxes: list[Box]) -> npt.NDArray[np.bool_]:
        """Return for each box whether it touches an area."""
        return self.hit(_corners(boxes))

    def hit(self, corners: Corners) -> npt.NDArray[np.bool_]:
        """Return for each box, given by its corners, whether it touches an area."""
        hit = np.zeros(len(corners), dtype=bool)
        hit[self._tree.query(shapely.box(*corners.T), predicate="intersects")[0]] = True
        return hit

    def length_over(self, lines: Geometry) -> npt.NDArray[np.float64]:
        """Measure how far each line runs over the area that it crosses most."""
        lengths = np.zeros(len(lines))
        numbers, areas = self._tree.query(lines, predicate="intersects")
        parts = shapely.intersection(lines[numbers], self._tree.geometries[areas])
        np.maximum.at(lengths, numbers, shapely.length(parts))
        return lengths


@dataclass(frozen=True)
class Room:
    """The room for names: in ``frame``, without the boxes ``taken`` and the names ``before``.

    A name outside its area never covers ``clear``, nor does its line for long, and covers ``quiet``
    only if there is no better place in reach.
    """

    frame: Box
    taken: Sequence[Box]
    clear: Cover = field(default_factory=Cover)
    quiet: Cover = field(default_factory=Cover)
    before: Sequence[Place] = ()


def place_names(names: Iterable[Name], room: Room) -> Iterator[Place]:
    """Place names, the most important first; names without room are left out."""
    yield from _placed((_candidates(name, room) for name in names), room)


def _placed(choices: Iterable[Iterable[Place]], room: Room) -> Iterator[Place]:
    """Choose for each name the first of its places that is free."""
    placed = [*room.before]
    occupied = _corners([*room.taken, *(box for place in placed for box in place.boxes)])
    for places in choices:
        free = (
            place
            for place in places
            if not _collides(place, occupied) and not any(_cross(place, p) for p in placed)
        )
        place = next(free, None)
        if place:
            placed.append(place)
            occupied = np.vstack([occupied, _corners(place.boxes)])
            yield place


def place_most(names: Sequence[Name], room: Room) -> list[Place]:
    """Place as many names as `place_names` does, or more.

    What finds no room goes first in another attempt. The one that places most counts, of those
    that place the first name if there are any.
    """

    def merit(places: list[Place]) -> tuple[bool, int]:
        return any(place.name is names[0] for place in places), len(places)

    best: list[Place] = []
    order = [*names]
    # where a name may be is the same in every attempt
    choices = {id(name): tee(_candidates(name, room), 1)[0] for name in names}
    for _ in range(_ATTEMPTS):
        places = [*_placed((copy(choices[id(name)]) for name in order), room)]
        best = max(best, places, key=merit)
        placed = {id(place.name) for place in places}
        if len(best) == len(order):
            break
        # those that are alike keep their order
        order.sort(key=lambda name: id(name) in placed)
    return best


def _candidates(name: Name, room: Room) -> Iterator[Place]:
    for x, y in name.inside:
        box = name.around(x, y)
        if box.inside(room.frame):
            yield Place(name, box)
    # over something quiet near by is better than far away
    for distances in np.split(name.distances, [_NEAR]):
        corners = _beside(name, distances, room.frame)
        corners = corners[~room.clear.hit(corners)]
        leaders = _leaders(name, corners)
        led = _well_led(name, leaders, room.clear)
        corners, leaders = corners[led], leaders[led]
        poor = room.quiet.hit(corners)
        for number in [*np.flatnonzero(~poor), *np.flatnonzero(poor)]:
            x, y, *_ = corners[number].tolist()
            start, end = map(tuple, leaders[number].tolist())
            yield Place(name, Box(x, y, name.width, name.height), (start, end))


def _beside(name: Name, distances: npt.NDArray[np.float64], frame: Box) -> Corners:
    """Return the corners of the boxes in the frame at such distances, the nearest first."""
    away = np.repeat(distances, len(_DIRECTIONS))
    cosines, sines = np.tile(_DIRECTIONS, (len(distances), 1)).T
    left = name.x + cosines * (away + name.width / 2) - name.width / 2
    bottom = name.y + sines * (away + name.height / 2) - name.height / 2
    right, top = left + name.width, bottom + name.height
    inside = (frame.x <= left) & (right <= frame.right)
    inside &= (frame.y <= bottom) & (top <= frame.top)
    corners: Corners = np.column_stack([left, bottom, right, top])[inside]
    return corners


def _leaders(name: Name, corners: Corners) -> npt.NDArray[np.float64]:
    """Return the lines from the point of a name to the nearest point of each box."""
    left, bottom, right, top = corners.T
    ends = np.column_stack([np.clip(name.x, left, right), np.clip(name.y, bottom, top)])
    return np.stack([np.full_like(ends, (name.x, name.y)), ends], axis=1)


def _well_led(name: Name, leaders: npt.NDArray[np.float64], clear: Cover) -> npt.NDArray[np.bool_]:
    """Say which lines are short and cross no other area for long."""
    lines = shapely.difference(shapely.linestrings(leaders), name.area)
    good: npt.NDArray[np.bool_] = shapely.length(lines) <= name.reach
    good[good] = clear.length_over(lines[good]) <= _OVER * name.height
    return good


def _collides(place: Place, occupied: npt.NDArray[np.float64]) -> bool:
    left, bottom, right, top = _corners(place.boxes).T[:, :, None]
    apart = (right <= occupied[:, 0]) | (occupied[:, 2] <= left)
    apart |= (top <= occupied[:, 1]) | (occupied[:, 3] <= bottom)
    return not apart.all()


def _cross(one: Place, other: Place) -> bool:
    """Whether the line of one meets the line or the name of another."""
    if shapely.dwithin(one.line, other.line, _DOT):
        return True
    return bool(one.line.intersects(other.shape) or other.line.intersects(one.shape))


def _corners(boxes: Iterable[Box]) -> Corners:
    corners = [(box.x, box.y, box.right, box.top) for box in boxes]
    return np.array(corners, dtype=float).reshape(-1, 4)
