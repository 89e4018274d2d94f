"""The zones of a View, and where they lie."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.atlas.timeline import ACTIVE
from pilotzones.query.answer import Answer
from pilotzones.query.view import View

if TYPE_CHECKING:
    import geopandas as gpd

# the fields of the View that filter, by the name of their parameter
DIMENSIONS = {
    "province": "provinces",
    "neighbour": "neighbours",
    "batch": "batches",
    "status": "statuses",
}
_SIDES = ["west", "south", "east", "north"]


def zones_in_view(atlas: Atlas, view: View) -> pd.DataFrame:
    """List the zones that a View shows.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.

    Returns
    -------
    pandas.DataFrame
        Index ``zone_id``, in the order of approval; the columns of `Register.zones`,
        `timeline.state_on` and `Boundaries.zones`. Zones that are not approved yet on the day are
        left out.
    """
    return Answer(atlas, view).zones.copy()


def zones_geodataframe(atlas: Atlas, view: View, level: str = LEVELS[0]) -> "gpd.GeoDataFrame":
    """List the zones that a View shows, with their polygons.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.
    level
        How finely polygons are drawn: ``"overview"`` or ``"detail"``.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows and columns of `zones_in_view` and ``geometry``; CRS EPSG:4326.

    Raises
    ------
    BoundaryError
        If the file of the level is missing or damaged.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import View, load_atlas, zones_geodataframe
    >>> zones = zones_geodataframe(load_atlas(), View(date(2025, 4, 25), provinces=("460000",)))
    >>> zones[["name_en", "status"]].to_dict("index")["hainan"]
    {'name_en': 'Hainan (whole island)', 'status': 'active'}
    """
    import geopandas as gpd  # noqa: PLC0415 - most answers need no polygon

    polygons = atlas.boundaries.layer(f"zones_{level}").set_index("zone_id")["geometry"]
    return gpd.GeoDataFrame(zones_in_view(atlas, view).join(polygons), crs=polygons.crs)


def box_around(atlas: Atlas, zone_ids: Iterable[str]) -> list[float] | None:
    """Find the box around some zones.

    Parameters
    ----------
    atlas
        The facts.
    zone_ids
        Their identifiers.

    Returns
    -------
    list of float or None
        West, south, east, north in degrees (EPSG:4326); ``None`` without a zone.
    """
    return _around(atlas.boundaries.zones.loc[[*zone_ids], _SIDES])


def box_in_view(answer: Answer, more: Iterable[str] = ()) -> list[float] | None:
    """Find the box around the zones that pass the filters of a View.

    Parameters
    ----------
    answer
        The day and the filters.
    more
        Further zones that are shown.

    Returns
    -------
    list of float or None
        West, south, east, north in degrees (EPSG:4326), of the borders of the filter where no zone
        lies on them; ``None`` for all of China.
    """
    view, boundaries = answer.view, answer.atlas.boundaries
    if not (view.provinces or view.neighbours or view.batches or view.q):
        return None
    keep = answer.passing
    if around := box_around(answer.atlas, [*keep.index[keep], *more]):
        return around
    borders = [boundaries.border_boxes.get(code) for code in view.neighbours]
    return _around(pd.DataFrame([box for box in borders if box], columns=_SIDES))


def _around(boxes: pd.DataFrame) -> list[float] | None:
    if boxes.empty:
        return None
    low, high = boxes.min(), boxes.max()
    return [low["west"], low["south"], high["east"], high["north"]]


def option_counts(answer: Answer, parameter: str) -> dict[str, int]:
    """Count the zones behind each option of a filter, under the other filters.

    Parameters
    ----------
    answer
        The day and the filters.
    parameter
        ``"province"``, ``"neighbour"``, ``"batch"`` or ``"status"``.

    Returns
    -------
    dict
        Number of zones active on the day by option; for ``"status"`` the number in each status.
        Options with no zone are left out.
    """
    others = answer.view.filters_on_the_day().without(DIMENSIONS[parameter])
    return dict(_option_counts(answer.ask(others), parameter))


@lru_cache(maxsize=1024)
def _option_counts(answer: Answer, parameter: str) -> dict[str, int]:
    if parameter == "status":
        return _counts(answer.zones["status"])
    active = answer.zones[answer.zones["status"] == ACTIVE]
    if parameter == "neighbour":
        regions = answer.atlas.boundaries.border_regions
        counted = {code: len(zones & set(active.index)) for code, zones in regions.items()}
        return {code: count for code, count in counted.items() if count}
    return _counts(active["province_adcode" if parameter == "province" else "batch"])


def _counts(column: pd.Series) -> dict[str, int]:
    return {str(option): int(count) for option, count in column.value_counts().items()}
