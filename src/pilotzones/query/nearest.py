"""The active zones nearest to a place or a point on a day.

Distances are geodesics (WGS 84) from the edge of the place to the edge of the zone: 0 where it lies
in the zone or touches it.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.places import Clock
from pilotzones.atlas.timeline import day_problem
from pilotzones.errors import UnknownPlaceError, refuse, whole_number
from pilotzones.query.ground import Floats, Shapes, edge_km, ground, project, zone_shapes
from pilotzones.text import excerpt

# the projection draws a kilometre as 1.11 km at the islands of Sansha, and as less farther north
_LONGEST_KM = 1.12


@takes_atlas
def nearest_zones(
    atlas: Atlas, place: str | tuple[float, float], on: date, n: int = 5
) -> pd.DataFrame:
    """Find the active zones nearest to a place or a point on a day.

    Parameters
    ----------
    atlas
        The facts.
    place
        Code of a division, or longitude and latitude of a point (degrees, WGS 84).
    on
        The day.
    n
        How many zones at most.

    Returns
    -------
    pandas.DataFrame
        ``zone_id``, ``name_zh``, ``name_en`` and ``km``, the geodesic distance from the edge of the
        place, or from the point, to the edge of the zone, one decimal, 0 where they touch; the
        nearest first, of equals the earliest approved. Empty before the first document.

    Raises
    ------
    UnknownPlaceError
        If no division has this code.
    ValueError
        If `n` is no whole number or below 1, or the place is no text and no point with coordinates
        in range.
    InvalidValueError
        If `on` is not a ``datetime.date``.
    BoundaryError
        If the county level cannot be read.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import load_atlas
    >>> found = nearest_zones(load_atlas(), "440600", date(2016, 12, 31), 2)
    >>> found[["zone_id", "km"]].values.tolist()
    [['guangzhou', 0.0], ['shenzhen', 39.0]]
    """
    refuse([day_problem("on", on)])
    if (whole_number(n) or 0) < 1:
        message = f"n={excerpt(n)}: give a whole number, at least 1"
        raise ValueError(message)
    return _nearest(atlas, _shape(atlas, place), zones_active_on(atlas, on), n)


def nearest_to_zone(atlas: Atlas, zone: str, on: date, n: int = 5) -> pd.DataFrame:
    """Find the other active zones nearest to a zone on a day, as `nearest_zones` lists them."""
    others = [other for other in zones_active_on(atlas, on) if other != zone]
    return _nearest(atlas, zone_shapes(atlas)[zone], others, n)


def _nearest(atlas: Atlas, shape: BaseGeometry, active: list[str], n: int) -> pd.DataFrame:
    columns = {"zone_id": active, "km": [0.0] * len(active)}
    if active:
        shapes = zone_shapes(atlas)
        shapely.prepare(shape)
        km = edge_km(shape, np.array([shapes[zone] for zone in active], dtype=object)).round(1)
        found = np.argsort(km, kind="stable")[:n]
        columns = {"zone_id": [active[position] for position in found], "km": km[found].tolist()}
    names = atlas.register.zones.loc[columns["zone_id"], ["name_zh", "name_en"]]
    table = pd.DataFrame(columns)
    return table.assign(**{name: names[name].tolist() for name in names})[
        ["zone_id", "name_zh", "name_en", "km"]
    ]


def km_to_nearest_zone(
    atlas: Atlas, adcodes: tuple[str, ...], on: date, clock: Clock = "published"
) -> Floats:
    """Measure from each place to the nearest zone that is active on a day.

    Not a number before the first document; geodesic, 0 where they touch.
    """
    return _distances(atlas, adcodes).nearest(zones_active_on(atlas, on, clock))


def zones_active_on(atlas: Atlas, on: date, clock: Clock = "published") -> list[str]:
    """List the zones that are active on a day, the earliest approved first."""
    spans = atlas.places.spans(clock).sort_values("from", kind="stable")
    day = pd.Timestamp(on)
    return [str(zone) for zone in spans.index[(spans["from"] <= day) & ~(spans["to"] <= day)]]


class _Distances:
    """Distances from places to zones, measured only where a zone may be the nearest."""

    def __init__(self, places: Shapes, zones: dict[str, BaseGeometry]) -> None:
        self.places = places
        self.zones: Shapes = np.array(list(zones.values()), dtype=object)
        self.column = {zone: column for column, zone in enumerate(zones)}
        shapely.prepare(self.zones)
        # no part of two shapes is nearer than their boxes
        west, south, east, north = shapely.bounds(places).T[:, :, None]
        west_2, south_2, east_2, north_2 = shapely.bounds(self.zones).T[:, None, :]
        across = np.maximum(np.maximum(west_2 - east, west - east_2), 0)
        along = np.maximum(np.maximum(south_2 - north, south - north_2), 0)
        self.at_least = np.hypot(across, along) / 1000 / _LONGEST_KM
        self.km = np.full(self.at_least.shape, np.nan)

    def nearest(self, zones: Collection[str]) -> Floats:
        """Measure from each place to the nearest of some zones; not a number if there are none."""
        columns = np.array([self.column[zone] for zone in zones], dtype=np.intp)
        best = np.full(len(self.places), np.inf)
        while len(columns):
            km = self.km[:, columns]
            best = np.fmin.reduce(km, axis=1, initial=np.inf)
            open_ = np.where(np.isnan(km), self.at_least[:, columns], np.inf)
            place = np.flatnonzero(open_.min(axis=1) < best)
            if not len(place):
                break
            column = columns[open_[place].argmin(axis=1)]
            self.km[place, column] = edge_km(self.zones[column], self.places[place])
        return np.where(np.isinf(best), np.nan, best)


@lru_cache(maxsize=8)
def _distances(atlas: Atlas, adcodes: tuple[str, ...]) -> _Distances:
    places = np.array([_division(atlas, code) for code in adcodes], dtype=object)
    return _Distances(places, zone_shapes(atlas))


def _shape(atlas: Atlas, place: str | tuple[float, float]) -> BaseGeometry:
    if isinstance(place, str):
        return _division(atlas, place)
    try:
        lon, lat = map(float, place)
    except (TypeError, ValueError):
        lon = lat = np.nan
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees of the globe
        message = f"{place!r} is no point; give a code, or longitude and latitude in degrees"
        raise ValueError(message)
    return shapely.Point(project(np.array([[lon, lat]]))[0])


@lru_cache(maxsize=4096)
def _division(atlas: Atlas, adcode: str) -> BaseGeometry:
    if adcode not in atlas.places.rows:
        raise UnknownPlaceError(adcode)
    return ground(atlas.boundaries).union([adcode])
