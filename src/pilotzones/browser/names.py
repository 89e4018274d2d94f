"""Where names can stand on the map: points inside an area, and the room around each."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from pilotzones.atlas import Atlas
from pilotzones.query.ground import project, unproject
from pilotzones.query.zones import has_capital, is_foremost

# a line of text is so many times as wide as it is high
WIDTH = 3
# metres of a unit to the east and to the north
_SQUEEZED = np.array([WIDTH * 1000, 1000])
# kilometres: distance between points of a country or province, and the least room worth naming
_GRID, _LEAST = 160, 12
# of outlines: finer detail makes no difference to a name
_FINEST = 3
# no country: a stretch in dispute
_UNNAMED = "-99"

Points = npt.NDArray[np.float64]


def map_names(atlas: Atlas) -> dict[str, Any]:
    """Collect names and their places, for both languages.

    ``zones``, in the order of the register: names, a place, and a rank, 2 for municipalities and
    whole provinces, 1 for capitals of provinces, which come before larger zones. ``provinces``
    (their parts without any zone) and ``neighbours``: names and places. A place is latitude,
    longitude and the room above and below it in kilometres; to its left and right there is `WIDTH`
    times as much.
    """
    layers = atlas.boundaries.layer
    zones = _projected(layers("zones_overview").set_index("zone_id").geometry)
    register = atlas.register
    provinces = _projected(layers("provinces_overview").set_index("adcode").geometry)
    covered = shapely.union_all([*zones.values()])
    countries = layers("neighbours_overview").set_index("iso3").drop(_UNNAMED)
    abroad = _projected(countries.geometry)
    return {
        "zones": [
            {
                "en": zone["place_en"],
                "zh": zone["place_zh"],
                "at": _middle(zones[zone_id]),
                "rank": _rank(zone["division_level"], zone["adcodes"]),
            }
            for zone_id, zone in register.zone_rows.items()
        ],
        "provinces": [
            {
                "en": province["name_en"],
                "zh": province["short_zh"],
                "at": _places(shapely.difference(provinces[adcode], covered)),
            }
            for adcode, province in register.province_rows.items()
        ],
        "neighbours": [
            {"en": country["name_en"], "zh": country["name_zh"], "at": _places(abroad[str(code)])}
            for code, country in countries.iterrows()
        ],
    }


def _rank(level: str, adcodes: str) -> int:
    return 2 if is_foremost(level) else int(has_capital(adcodes))


def _projected(shapes: Any) -> dict[str, BaseGeometry]:  # noqa: ANN401 - a GeoSeries
    """Project to kilometres as wide as text is high, so that a circle is room for a name."""

    def squeeze(degrees: Points) -> Points:
        units: Points = project(degrees) / _SQUEEZED
        return units

    plain = shapely.simplify(shapely.transform(shapes.to_numpy(), squeeze), _FINEST)
    return dict(zip(shapes.index.astype(str), plain, strict=True))


def _middle(shape: BaseGeometry) -> list[float]:
    main = max(shapely.get_parts(shape), key=shapely.area)
    tolerance = float(np.sqrt(shapely.area(main))) / 30
    circle = shapely.maximum_inscribed_circle(main, tolerance=tolerance)
    return _rounded(shapely.get_coordinates(circle)[:1], [shapely.length(circle)])[0]


def _places(shape: BaseGeometry) -> list[list[float]]:
    if shapely.is_empty(shape):
        return []
    west, south, east, north = shapely.bounds(shape)
    columns, rows = np.meshgrid(
        np.arange(west, east, _GRID / WIDTH) + _GRID / WIDTH / 2,
        np.arange(south, north, _GRID) + _GRID / 2,
    )
    points = np.column_stack([columns.ravel(), rows.ravel()])
    shapely.prepare(shape)
    points = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
    rooms = shapely.distance(shapely.boundary(shape), shapely.points(points))
    wide = rooms > _LEAST
    places = [_middle(shape), *_rounded(points[wide], rooms[wide])]
    return [place for place in places if place[2] > _LEAST]


def _rounded(points: Points, rooms: Iterable[float]) -> list[list[float]]:
    rows = zip(unproject(points * _SQUEEZED), rooms, strict=True)
    return [
        [round(float(lat), 2), round(float(lon), 2), round(float(room))]
        for (lon, lat), room in rows
    ]
