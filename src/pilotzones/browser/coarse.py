"""The layers of the map for a picture of all China: the same features with fewer points.

A line that two features share stays one line: lines are thinned once between the points where they
meet, and each feature keeps those of its own points that are left. They come as paths in the plane
of the map, which the browser moves and scales but need not project.
"""

from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape as geometry

from pilotzones.browser.paths import Floats, Lines, Steps, path_data, whole_steps
from pilotzones.query.ground import project, transformer

# half a pixel where all of China is 660 pixels wide; land abroad is background
TOLERANCE_M = 4000.0
_TOLERANCE_ABROAD_M = 8000.0
_SHARED = ("zones", "nation", "province_lines")
# points of a ring: the first is the last again
_LEAST_RING = 4

# the plane of the map, as in albers.js, and the unit of its paths: a fifth of a pixel where the
# finer layers take over
_SPHERE = "+proj=longlat +R=6371007"
_PLANE = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +R=6371007"
UNIT_M = 1000.0

Points = list[list[float]]
Kept = set[tuple[float, ...]]


def coarse_layers(layers: dict[str, Any]) -> dict[str, Any]:
    """Thin the lines of some layers together.

    Parameters
    ----------
    layers
        GeoJSON by name: ``zones``, ``nation`` and ``province_lines``, which share their lines, and
        ``neighbours``; degrees of WGS 84. Others stay as they are.

    Returns
    -------
    dict
        The same, with a part of their points. What is too small for a line of its own stays as it
        was; abroad it goes.
    """
    own = np.concatenate([_lines(layers[name]) for name in _SHARED])
    abroad = _left(_lines(layers["neighbours"]), _TOLERANCE_ABROAD_M)
    # along the outline of China a neighbour has the points that China has
    kept = _left(own, TOLERANCE_M) | abroad.difference(_points(own))
    thinned = {name: _thin_layer(layers[name], kept) for name in _SHARED}
    return layers | thinned | {"neighbours": _thin_layer(layers["neighbours"], kept, abroad=True)}


def plane_paths(layers: dict[str, Any]) -> dict[str, Any]:
    """Turn layers into paths: whole units of the plane to the east and south of 36° N, 105° E.

    Parameters
    ----------
    layers
        GeoJSON by name, degrees of WGS 84.

    Returns
    -------
    dict
        The same, each geometry of the type ``AreaPath`` or ``LinePath`` with the ``d`` of a path.
    """
    return {
        name: layer | {"features": [_drawn(one) for one in layer["features"]]}
        for name, layer in layers.items()
    }


def _drawn(feature: dict[str, Any]) -> dict[str, Any]:
    parts = shapely.get_parts(geometry(feature["geometry"]))
    areal = feature["geometry"]["type"].endswith("Polygon")
    lines = shapely.get_rings(parts) if areal else parts
    kind = "AreaPath" if areal else "LinePath"
    return feature | {"geometry": {"type": kind, "d": path_data(lines, _in_units, closed=areal)}}


def _in_units(degrees: Floats) -> Steps:
    plane = transformer(_SPHERE, _PLANE).transform(degrees[:, 0], degrees[:, 1])
    return whole_steps(np.column_stack(plane), UNIT_M)


def _lines(layer: dict[str, Any]) -> Lines:
    parts = shapely.get_parts([geometry(one["geometry"]) for one in layer["features"]])
    lines: Lines = np.where(shapely.area(parts) > 0, shapely.boundary(parts), parts)
    return lines


def _left(lines: Lines, tolerance: float) -> Kept:
    """Find the points that are left when each line between two junctions is thinned."""
    arcs = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    metres = shapely.transform(arcs, project)
    thinned = shapely.simplify(metres, tolerance, preserve_topology=False)
    by_metres = dict(zip(_points(metres), _points(arcs), strict=True))
    return {by_metres[point] for point in _points(thinned)}


def _points(lines: Lines) -> list[tuple[float, ...]]:
    return [*map(tuple, shapely.get_coordinates(lines).tolist())]


def _thin_layer(layer: dict[str, Any], kept: Kept, *, abroad: bool = False) -> dict[str, Any]:
    return layer | {"features": [_thin(one, kept, abroad=abroad) for one in layer["features"]]}


def _thin(feature: dict[str, Any], kept: Kept, *, abroad: bool) -> dict[str, Any]:
    shape = feature["geometry"]
    kind = shape["type"].removeprefix("Multi")
    parts = shape["coordinates"] if shape["type"] != kind else [shape["coordinates"]]
    if kind == "LineString":
        parts = [_thin_line(line, kept) for line in parts]
    else:
        thinned = [(rings, [_thin_line(ring, kept) for ring in rings]) for rings in parts]
        parts = [_polygon(*one) for one in thinned if not abroad or len(one[1][0]) >= _LEAST_RING]
    return feature | {"geometry": {"type": f"Multi{kind}", "coordinates": parts}}


def _thin_line(points: Points, kept: Kept) -> Points:
    left = [point for point in points if tuple(point) in kept]
    closed = points[0] == points[-1]
    return [*left, left[0]] if closed and left and left[0] != left[-1] else left


def _polygon(rings: list[Points], thinned: list[Points]) -> list[Points]:
    outer, *holes = thinned
    return [
        outer if len(outer) >= _LEAST_RING else rings[0],
        *(hole for hole in holes if len(hole) >= _LEAST_RING),
    ]
