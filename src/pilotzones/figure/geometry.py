"""Geometry of maps: projected once per process, clipped to the part in sight, as paths."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.path import Path

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import Boundaries
from pilotzones.query.ground import EQUAL_AREA, project

LAYERS = (
    "neighbours",
    "neighbour_lines",
    "beyond",
    "nation",
    "province_lines",
    "zones",
    "lines",
)
LINE_KINDS = ("dash", "undetermined")

# beyond the edge of the picture, as a share of its size: hides the edges made by the cut
_BLEED = 0.05

# degrees by which an edge of the data may miss itself
_EDGE = 0.02

# west of the data, land begins at this latitude
_COAST_OF_IRAN = 27.0

Geometry = Any


@dataclass(frozen=True)
class Extent:
    """A rectangle of the projected plane, metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Metres from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Metres from south to north."""
        return self.north - self.south

    def grown(self, share: float) -> Self:
        """Add a share of the longer side on every side."""
        by = share * max(self.width, self.height)
        return type(self)(self.west - by, self.south - by, self.east + by, self.north + by)

    def joined(self, other: Self) -> Self:
        """Enclose both."""
        return type(self)(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    @classmethod
    def around(cls, points: npt.ArrayLike) -> Self:
        """Enclose projected points, given as rows of x and y."""
        rows = np.asarray(points)
        (west, south), (east, north) = rows.min(axis=0), rows.max(axis=0)
        return cls(float(west), float(south), float(east), float(north))


class Ground:
    """The layers of one level of detail, ``"overview"`` or ``"detail"``, projected (`EQUAL_AREA`).

    A layer is projected when it is first used.
    """

    def __init__(self, boundaries: Boundaries, level: str) -> None:
        self._boundaries = boundaries
        self._level = level
        self._middles: dict[str, tuple[float, float]] = {}

    @cached_property
    def neighbours(self) -> dict[str, Geometry]:
        """Countries around China, by ISO code."""
        return self._by("iso3", f"neighbours_{self._level}")

    @cached_property
    def neighbour_lines(self) -> Geometry:
        """Outlines of the countries around China, without the edges of the data."""
        layer = self._boundaries.layer(f"neighbours_{self._level}")
        edge = shapely.buffer(shapely.boundary(shapely.box(*layer.total_bounds)), _EDGE)
        outlines = shapely.difference(shapely.boundary(layer.geometry.to_numpy()), edge)
        return shapely.transform(shapely.multilinestrings(_lines(outlines)), project)

    @cached_property
    def beyond(self) -> Geometry:
        """Land of Asia to the west and north of the data: only a wide picture reaches there."""
        west, _, east, north = self._boundaries.layer(f"neighbours_{self._level}").total_bounds
        parts = [
            shapely.box(west - 30, _COAST_OF_IRAN, west + _EDGE, north + 15),
            shapely.box(west, north - _EDGE, east, north + 15),
        ]
        return shapely.transform(shapely.segmentize(shapely.union_all(parts), 1), project)

    @cached_property
    def nation(self) -> Geometry:
        """China."""
        return next(iter(self._by("adcode", f"nation_{self._level}").values()))

    @cached_property
    def provinces(self) -> dict[str, Geometry]:
        """Provincial divisions, by adcode."""
        return self._by("adcode", f"provinces_{self._level}")

    @cached_property
    def province_lines(self) -> Geometry:
        """Lines between provincial divisions."""
        return next(iter(self._by("kind", f"province_lines_{self._level}").values()))

    @cached_property
    def zones(self) -> dict[str, Geometry]:
        """Zones, by identifier."""
        return self._by("zone_id", f"zones_{self._level}")

    def middle(self, zone_id: str) -> tuple[float, float]:
        """Return the point of a zone that is farthest from its outline, metres."""
        if zone_id not in self._middles:
            parts = shapely.get_parts(self.zones[zone_id])
            main = parts[np.argmax(shapely.area(parts))]
            tolerance = np.sqrt(shapely.area(main)) / 50
            circle = shapely.maximum_inscribed_circle(main, tolerance=tolerance)
            x, y = shapely.get_coordinates(circle)[0]
            self._middles[zone_id] = float(x), float(y)
        return self._middles[zone_id]

    @cached_property
    def lines(self) -> dict[str, Geometry]:
        """The ten dashes and the undetermined stretch, each kind as one geometry."""
        layer = self._boundaries.layer("lines").to_crs(EQUAL_AREA)
        return {
            kind: shapely.multilinestrings([*layer.geometry[layer["kind"] == kind]])
            for kind in LINE_KINDS
        }

    def _by(self, key: str, name: str) -> dict[str, Geometry]:
        layer = self._boundaries.layer(name).to_crs(EQUAL_AREA)
        return dict(zip(layer[key].astype(str), _oriented(layer.geometry.to_numpy()), strict=True))


def ground(atlas: Atlas, level: str) -> Ground:
    """Return the layers of a level, the same object for all versions that share the boundaries."""
    return _ground(atlas.boundaries, level)


@lru_cache(maxsize=4)
def _ground(boundaries: Boundaries, level: str) -> Ground:
    return Ground(boundaries, level)


def cut(geometry: Geometry, extent: Extent) -> Path | None:
    """Clip polygons or lines to an extent: one compound path, ``None`` if nothing is left."""
    frame = extent.grown(_BLEED)
    sides = (frame.west, frame.south, frame.east, frame.north)
    west, south, east, north = shapely.bounds(geometry)
    outside = west > frame.east or east < frame.west or south > frame.north or north < frame.south
    if outside:
        return None
    within = Extent(west, south, east, north)
    if not (
        frame.contains(within.west, within.south) and frame.contains(within.east, within.north)
    ):
        geometry = shapely.clip_by_rect(geometry, *sides)
    return _path(geometry)


def union_box(geometries: Iterable[Geometry]) -> Extent:
    """Enclose polygons without their parts below a twentieth of the largest.

    So an islet far out at sea does not make everything else small.
    """
    boxes = []
    for geometry in geometries:
        parts = shapely.get_parts(geometry)
        areas = shapely.area(parts)
        boxes.append(shapely.bounds(parts[areas >= areas.max() / 20]))
    sides = np.vstack(boxes)
    return Extent.around(np.vstack([sides[:, :2], sides[:, 2:]]))


def _lines(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    parts = shapely.get_parts(shapely.get_parts(geometries))
    filled: npt.NDArray[np.object_] = parts[~shapely.is_empty(parts)]
    return filled


def _oriented(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    # holes stay holes only when they run the other way round
    oriented: npt.NDArray[np.object_] = shapely.orient_polygons(geometries)
    return oriented


def _path(geometry: Geometry) -> Path | None:
    parts = shapely.get_parts(geometry)
    areal = shapely.get_dimensions(parts) == 2  # noqa: PLR2004 - polygons
    lines = shapely.get_rings(parts[areal]) if areal.any() else parts
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    if not len(coordinates):
        return None
    codes = np.full(len(coordinates), Path.LINETO, dtype=Path.code_type)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    codes[starts] = Path.MOVETO
    if areal.any():
        codes[np.append(starts[1:], len(codes)) - 1] = Path.CLOSEPOLY
    return Path(coordinates, codes)
