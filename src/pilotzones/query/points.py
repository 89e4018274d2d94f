"""Points: the county that each lies in, and whether the edge of a zone is too near to say.

A point is placed by the county level of the boundaries. Where it lies less than `EXACT_M` from a
county that belongs to other zones, the boundaries are not exact enough to say on which side it is,
and both sides are named. (The metres are those of an equal-area projection, 4 % off at most on the
mainland.) A line between two counties of the same zones, the coast and the border of the country
are no edges in this sense.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.query.ground import Ground, ground, project, zone_sets

# lines are simplified by 200 m (99.9 % of their length then lie within 28 m of the source's), and
# the source is off by 23 m (median); together, rounded up
EXACT_M = 250.0

NO_COORDINATES = "no coordinates"
NO_DEGREES = "not a longitude and a latitude"
SWAPPED = "longitude and latitude are swapped"
OUTSIDE = "outside China or at sea"
REASONS = (NO_COORDINATES, NO_DEGREES, SWAPPED, OUTSIDE)

# the country with its seas: longitudes and latitudes, degrees
_EAST, _NORTH = (73.0, 136.0), (3.0, 54.0)

_Bools = npt.NDArray[np.bool_]


@takes_atlas
def place_points(atlas: Atlas, lon: npt.ArrayLike, lat: npt.ArrayLike) -> pd.DataFrame:
    """Find the county-level division that each point lies in.

    Parameters
    ----------
    atlas
        The facts.
    lon, lat
        Longitudes and latitudes, shape ``(n,)``; degrees, WGS 84 (EPSG:4326). Texts are read as
        numbers.

    Returns
    -------
    pandas.DataFrame
        One row a point, in order, with the index of `lon` if that is a Series. ``lon``, ``lat``;
        ``adcode``, empty where there is no place; ``near_edge``, whether a county of other zones
        lies within `EXACT_M` metres; ``candidates``, the codes on both sides of that edge,
        separated by spaces, the side of the point first (off the coast or the border: the places so
        near); ``reason``, one of `REASONS` where there is no place, else empty.

    Raises
    ------
    ValueError
        If there are not as many longitudes as latitudes.
    BoundaryError
        If the county level cannot be read.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> points = place_points(load_atlas(), [116.397, 113.12, 39.9], [39.916, 23.02, 116.4])
    >>> points["adcode"].tolist(), points["reason"].iloc[2]
    (['110101', '440604', ''], 'longitude and latitude are swapped')
    """
    x, y = _numbers(lon), _numbers(lat)
    if len(x) != len(y):
        message = f"{len(x)} longitudes and {len(y)} latitudes; give one of each for every point"
        raise ValueError(message)
    land = ground(atlas.boundaries)
    known = np.isfinite(x) & np.isfinite(y)
    usable = known & (np.abs(x) <= 180) & (np.abs(y) <= 90)  # noqa: PLR2004 - degrees of the globe
    county = np.full(len(x), -1, dtype=np.intp)
    sides = np.full(len(x), "", dtype=object)
    at = np.flatnonzero(_inside(x, _EAST) & _inside(y, _NORTH))
    if len(at):
        lonlat = np.column_stack([x[at], y[at]])
        county[at] = _containing(land, lonlat)
        for point, both in _sides(land, zone_sets(atlas), lonlat, county[at]).items():
            sides[at[point]] = both
    placed = county >= 0
    swapped = ~placed & _inside(x, _NORTH) & _inside(y, _EAST)
    reason = np.select(
        [placed, ~known, swapped, ~usable], ["", NO_COORDINATES, SWAPPED, NO_DEGREES], OUTSIDE
    )
    codes = np.append(land.codes, "")
    columns = {
        "lon": x,
        "lat": y,
        "adcode": codes[county],
        "near_edge": sides != "",
        "candidates": sides,
        "reason": reason.astype(object),
    }
    return pd.DataFrame(columns, index=lon.index if isinstance(lon, pd.Series) else None)


def _numbers(values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    return np.asarray(pd.to_numeric(pd.Series(values), errors="coerce"), dtype=float)


def _inside(values: npt.NDArray[np.float64], span: tuple[float, float]) -> _Bools:
    return np.asarray((values >= span[0]) & (values <= span[1]))


def _containing(land: Ground, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Find the county of each point, -1 where there is none; on a shared line the lower code."""
    county = np.full(len(lonlat), -1, dtype=np.intp)
    tree = shapely.STRtree(shapely.points(lonlat))
    found, point = tree.query(land.degrees, predicate="intersects")
    # in descending order, so that the lowest of several is written last
    order = np.argsort(-found, kind="stable")
    county[point[order]] = found[order]
    return county


def _sides(
    land: Ground,
    zones: npt.NDArray[np.intp],
    lonlat: npt.NDArray[np.float64],
    county: npt.NDArray[np.intp],
) -> dict[int, str]:
    """Name both sides of the edges that are too near to points, by the number of the point."""
    tree = shapely.STRtree(shapely.points(project(lonlat)))
    near, point = tree.query(land.metres, predicate="dwithin", distance=EXACT_M)
    own = county[point]
    # off the coast any county is another side
    other = (own < 0) | (zones[near] != zones[own])
    sides: dict[int, list[str]] = {}
    for row, code in sorted(zip(point[other].tolist(), land.codes[near[other]], strict=True)):
        inside = [land.codes[county[row]]] if county[row] >= 0 else []
        sides.setdefault(row, inside).append(code)
    return {row: " ".join(codes) for row, codes in sides.items()}
