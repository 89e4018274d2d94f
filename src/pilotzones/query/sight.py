"""What part of the map a link shows: a place and a zoom, the same in a window of any size."""

from collections.abc import Iterable
from dataclasses import dataclass

from pilotzones.errors import Problem
from pilotzones.query.reader import ParameterReader

PARAMETER = "at"
# those with a map of zones
PAGES_WITH_SIGHT = ("", "compare", "provinces", "borders", "zone", "place")
LATITUDES, LONGITUDES, ZOOMS = (0.0, 60.0), (60.0, 150.0), (-1.0, 8.0)
_FORM = "latitude,longitude,zoom"


@dataclass(frozen=True)
class Sight:
    """What the middle of the map shows, and how large.

    Parameters
    ----------
    lat, lon
        The middle, degrees (WGS 84).
    zoom
        How often the scale of all China is doubled: 0 shows as much as all of China takes.
    """

    lat: float
    lon: float
    zoom: float


def parse_sight(pairs: Iterable[tuple[str, str]]) -> tuple[Sight | None, list[Problem]]:
    """Read the part of the map that an address asks for, ``None`` for the page's own choice.

    Examples
    --------
    >>> parse_sight([("at", "31.2,121.5,3")])
    (Sight(lat=31.2, lon=121.5, zoom=3.0), [])
    >>> print(parse_sight([("at", "north")])[1][0])
    at=north: not a part of the map; latitude,longitude,zoom
    """
    reader = ParameterReader(pairs, [PARAMETER])
    text = reader.one(PARAMETER)
    sight = _read(text) if text else None
    if text and sight is None:
        reader.report(PARAMETER, text, "not a part of the map", allowed=_FORM)
    return sight, reader.problems


def _read(text: str) -> Sight | None:
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    limits = (LATITUDES, LONGITUDES, ZOOMS)
    if len(numbers) != len(limits):
        return None
    # what is no number lies between no limits
    if not all(low <= one <= high for one, (low, high) in zip(numbers, limits, strict=True)):
        return None
    return Sight(*numbers)
