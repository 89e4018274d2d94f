"""The county level as one coverage, prepared for questions of place: read once, when first asked.

Every place and every zone is a union of its polygons, so that they share their lines, and what
touches is exactly 0 apart. The shortest lines are found in an equal-area projection and then
measured as geodesics (WGS 84).
"""

from collections.abc import Collection
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import Boundaries
from pilotzones.atlas.pieces import division_pieces

# of an outline: it comes with each answer of a page
MOST_VERTICES = 200
_MOST_PARTS = MOST_VERTICES // 5
_SMALLEST_PART = 0.02
_FINEST_M = 100.0
# islets far out at sea do not count for the box of a province, as a share of its largest part
_MAIN_PART = 0.1
# a neighbour is cut along the outline of the country, and then drawn coarser
_ALONG_M = 500.0

WGS84 = "EPSG:4326"
EQUAL_AREA = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +datum=WGS84 +units=m"

# the outermost places of the mainland with Hainan, and of the islands of the South China Sea;
# longitudes and latitudes, as in camera.js and inset.js
MAINLAND = [
    *[(73.5, 39.4), (87.8, 49.2), (123.3, 53.6), (135.1, 48.4), (73.6, 40.0)],
    *[(124.6, 25.8), (121.0, 21.9), (109.5, 18.1), (88.9, 27.3), (80.8, 30.4)],
]
SOUTH_CHINA_SEA = [(105.8, 3.2), (121.5, 3.2), (106.2, 24.5), (122.0, 24.5)]

_GEOD = pyproj.Geod(ellps="WGS84")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Shapes = npt.NDArray[np.object_]


class Ground:
    """The polygons of the counties, in degrees and in metres."""

    def __init__(self, boundaries: Boundaries) -> None:
        counties = boundaries.counties
        self.codes: Shapes = counties.index.to_numpy(dtype=object)
        self._row = {code: row for row, code in enumerate(self.codes)}
        self.degrees: Shapes = counties.to_numpy()
        self.metres: Shapes = shapely.transform(self.degrees, project)
        self._pieces = division_pieces(boundaries)

    def rows(self, adcodes: Collection[str]) -> Ints:
        """Find the counties of some divisions together, as rows of `codes`."""
        return np.array(sorted(self._row[one] for one in self._pieces.together(adcodes)), np.intp)

    def union(self, adcodes: Collection[str]) -> BaseGeometry:
        """Unite divisions to one shape, metres."""
        return shapely.coverage_union_all(self.metres[self.rows(adcodes)])

    @cached_property
    def middles(self) -> Floats:
        """The centroids of the counties, metres."""
        middles: Floats = shapely.get_coordinates(shapely.centroid(self.metres))
        return middles

    @cached_property
    def vertices(self) -> tuple[Ints, Ints]:
        """Vertices that several counties share, as numbers, each with a county (row of `codes`)."""
        points, county = shapely.get_coordinates(self.degrees, return_index=True)
        # equal coordinates of neighbours are equal to the last bit
        pairs = pd.DataFrame({"x": points[:, 0], "y": points[:, 1], "county": county})
        pairs = pairs.drop_duplicates()
        pairs = pairs[pairs.duplicated(["x", "y"], keep=False)]
        vertex = pairs.groupby(["x", "y"], sort=False).ngroup()
        return vertex.to_numpy(dtype=np.intp), pairs["county"].to_numpy(dtype=np.intp)


@lru_cache(maxsize=4)
def ground(boundaries: Boundaries) -> Ground:
    """Read the county level, once for each set of boundaries."""
    return Ground(boundaries)


@lru_cache(maxsize=512)
def place_box(atlas: Atlas, adcode: str) -> list[float]:
    """Return the box around a place: west, south, east, north (degrees, EPSG:4326)."""
    land = ground(atlas.boundaries)
    return [
        float(side) for side in shapely.total_bounds(land.degrees[land.rows([adcode])]).round(4)
    ]


@lru_cache(maxsize=4)
def province_boxes(atlas: Atlas) -> pd.DataFrame:
    """Return the boxes around the main parts of the provinces (degrees, EPSG:4326).

    Index ``adcode``; ``west``, ``south``, ``east``, ``north``.
    """
    layer = atlas.boundaries.layer("provinces_overview").set_index("adcode")
    rows = {str(adcode): _main_box(shape) for adcode, shape in layer.geometry.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["west", "south", "east", "north"])


def _main_box(shape: BaseGeometry) -> list[float]:
    parts = shapely.get_parts(shape)
    area = shapely.area(parts)
    box = shapely.total_bounds(parts[area >= _MAIN_PART * area.max()])
    return [float(side) for side in box]


@lru_cache(maxsize=8192)
def place_point(atlas: Atlas, adcode: str) -> tuple[float, float]:
    """Return a point inside a place, near its middle: longitude and latitude (EPSG:4326)."""
    land = ground(atlas.boundaries)
    rows = land.rows([adcode])
    middles = land.middles[rows]
    middle = np.average(middles, axis=0, weights=shapely.area(land.metres[rows]))
    nearest = rows[np.argmin(((middles - middle) ** 2).sum(axis=1))]
    point = shapely.point_on_surface(land.degrees[nearest])
    return round(float(point.x), 4), round(float(point.y), 4)


@lru_cache(maxsize=512)
def place_outline(atlas: Atlas, adcode: str) -> dict[str, Any]:
    """Draw the outline of a place for a map: GeoJSON, degrees (EPSG:4326).

    Of at most `MOST_VERTICES` points, so coarser the larger the place; small islands are left out.
    """
    shape = ground(atlas.boundaries).union([adcode])
    parts = shapely.get_parts(shape)
    parts = parts[np.argsort(-shapely.area(parts))]
    area = shapely.area(parts)
    # no ring gets shorter than a triangle: Sansha has more islands than there is room for
    shape = shapely.union_all(parts[area >= _SMALLEST_PART * area[0]][:_MOST_PARTS])
    tolerance = _FINEST_M
    outline = shapely.simplify(shape, tolerance)
    while shapely.get_num_coordinates(outline) > MOST_VERTICES:
        tolerance *= 1.5
        outline = shapely.simplify(shape, tolerance)
    return dict(mapping(shapely.transform(outline, lambda metres: unproject(metres).round(4))))


@lru_cache(maxsize=4)
def zone_shapes(atlas: Atlas) -> dict[str, BaseGeometry]:
    """Unite the counties of each zone of the register; metres."""
    land, adcodes = ground(atlas.boundaries), atlas.register.zones["adcodes"]
    return {str(zone): land.union(codes.split()) for zone, codes in adcodes.items()}


@lru_cache(maxsize=4)
def zone_sets(atlas: Atlas) -> Ints:
    """Give each county (row of `Ground.codes`) the number of the set of zones that it is in."""
    land, adcodes = ground(atlas.boundaries), atlas.register.zones["adcodes"]
    inside = np.zeros((len(land.codes), len(adcodes)), dtype=bool)
    for column, codes in enumerate(adcodes):
        inside[land.rows(codes.split()), column] = True
    _, numbers = np.unique(inside, axis=0, return_inverse=True)
    return np.asarray(numbers, dtype=np.intp).ravel()


@lru_cache(maxsize=4)
def border_lines(atlas: Atlas) -> dict[str, BaseGeometry]:
    """Draw the land border with each neighbour, by ISO 3166-1 alpha-3; degrees (EPSG:4326).

    The outline of the overview, as far as the neighbour lies along it.
    """
    nation = atlas.boundaries.layer("nation_overview").geometry.to_numpy()
    outline = shapely.boundary(shapely.transform(nation[0], project))
    layer = atlas.boundaries.layer("neighbours_overview").set_index("iso3")
    countries = layer.loc[atlas.boundaries.neighbours.index].geometry
    along = shapely.buffer(shapely.transform(countries.to_numpy(), project), _ALONG_M, quad_segs=2)
    lines = shapely.line_merge(shapely.intersection(outline, along))
    return dict(zip(countries.index, shapely.transform(lines, unproject), strict=True))


@cache
def transformer(source: str, target: str) -> pyproj.Transformer:
    """Return what turns coordinates of a CRS into another's; longitude or east first.

    PROJ takes some 10 ms to find the way, which the start of a server need not wait for.
    """
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def project(lonlat: Floats) -> Floats:
    """Project degrees to metres, arrays of shape ``(n, 2)``."""
    forward = transformer(WGS84, EQUAL_AREA)
    return np.column_stack(forward.transform(lonlat[:, 0], lonlat[:, 1]))


def unproject(metres: Floats) -> Floats:
    """Turn projected metres back into degrees, arrays of shape ``(n, 2)``."""
    back = transformer(EQUAL_AREA, WGS84)
    return np.column_stack(back.transform(metres[:, 0], metres[:, 1]))


def geodesic_km(start: Floats, end: Floats) -> Floats:
    """Measure between points in degrees, arrays of shape ``(n, 2)``."""
    _, _, metres = _GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    return np.asarray(metres, dtype=float) / 1000


def edge_km(one: Shapes | BaseGeometry, other: Shapes) -> Floats:
    """Measure from the edge of shapes (metres) to the edge of others, pair by pair.

    It takes a fraction of the time if the first are prepared (`shapely.prepare`).
    """
    lines = shapely.shortest_line(one, other)
    ends = unproject(shapely.get_coordinates(lines)).reshape(-1, 2, 2)
    apart = shapely.length(lines) > 0
    return np.where(apart, geodesic_km(ends[:, 0], ends[:, 1]), 0.0)
