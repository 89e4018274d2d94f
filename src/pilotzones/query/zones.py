"""The zones of a View: the one answer that the map, the tables, the files and the API give."""

from collections.abc import Iterable
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.atlas.timeline import ACTIVE, PENDING, state_on
from pilotzones.query.view import View
from pilotzones.text import fold

# the fields of the View that filter, by the name of their parameter
DIMENSIONS = {
    "province": "provinces",
    "neighbour": "neighbours",
    "batch": "batches",
    "status": "statuses",
}


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
    state = state_on(atlas.register, view.on)
    keep = (state["status"] != PENDING) & passes(atlas, view, state["status"])
    table = atlas.register.zones.join(state).join(atlas.boundaries.zones)
    return table[keep].sort_values(["approved_on"], kind="stable")


def zones_geodataframe(atlas: Atlas, view: View, level: str = LEVELS[0]) -> gpd.GeoDataFrame:
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
    polygons = atlas.boundaries.layer(f"zones_{level}").set_index("zone_id")["geometry"]
    return gpd.GeoDataFrame(zones_in_view(atlas, view).join(polygons), crs=polygons.crs)


def passes(atlas: Atlas, view: View, status: pd.Series) -> pd.Series:
    """Tell which zones pass the filters of a View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The filters; values of one filter are alternatives, filters narrow each other. A text of
        which a search compares nothing, such as ``%``, finds nothing.
    status
        Status of every zone, index ``zone_id``.

    Returns
    -------
    pandas.Series
        Booleans, index ``zone_id``, whatever the zone's status on the day.
    """
    zones, histories = atlas.register.zones, atlas.register.histories
    keep = pd.Series(data=True, index=zones.index)
    if view.provinces:
        keep &= zones["province_adcode"].isin(view.provinces)
    if view.neighbours:
        regions = atlas.boundaries.border_regions
        keep &= zones.index.isin(frozenset().union(*(regions[code] for code in view.neighbours)))
    if view.batches:
        keep &= histories["batch"].isin(view.batches)
    if view.statuses:
        keep &= status.isin(view.statuses)
    terms = [term for term in map(fold, view.q.split()) if term]
    if view.q and not terms:
        keep &= False
    for term in terms:
        keep &= _search_text(atlas).str.contains(term, regex=False)
    return keep


def box_around(atlas: Atlas, zone_ids: Iterable[str]) -> list[float] | None:
    """Find where some zones lie.

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
    boxes = atlas.boundaries.zones.loc[[*zone_ids], ["west", "south", "east", "north"]]
    return _around(boxes)


def box_in_view(atlas: Atlas, view: View, more: Iterable[str] = ()) -> list[float] | None:
    """Find where the zones lie that the filters of a View leave.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.
    more
        Further zones that are shown.

    Returns
    -------
    list of float or None
        West, south, east, north in degrees (EPSG:4326), of the borders asked for where no zone
        lies on them; ``None`` for all of China.
    """
    if not (view.provinces or view.neighbours or view.batches or view.q):
        return None
    keep = passes(atlas, view, state_on(atlas.register, view.on)["status"])
    if around := box_around(atlas, [*keep.index[keep], *more]):
        return around
    borders = [atlas.boundaries.border_boxes.get(code) for code in view.neighbours]
    sides = ["west", "south", "east", "north"]
    return _around(pd.DataFrame([box for box in borders if box], columns=sides))


def _around(boxes: pd.DataFrame) -> list[float] | None:
    if boxes.empty:
        return None
    low, high = boxes.min(), boxes.max()
    return [low["west"], low["south"], high["east"], high["north"]]


def option_counts(atlas: Atlas, view: View, parameter: str) -> dict[str, int]:
    """Count the zones behind each option of a filter, under the other filters.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.
    parameter
        ``"province"``, ``"neighbour"``, ``"batch"`` or ``"status"``.

    Returns
    -------
    dict
        Number of zones active on the day by option; for ``"status"`` the number in each status.
        Options with no zone are left out.
    """
    asked = view.filters_on_the_day().without(DIMENSIONS[parameter])
    return dict(_option_counts(atlas, asked, parameter))


@lru_cache(maxsize=1024)
def _option_counts(atlas: Atlas, view: View, parameter: str) -> dict[str, int]:
    shown = zones_in_view(atlas, view)
    if parameter == "status":
        return _counts(shown["status"])
    active = shown[shown["status"] == ACTIVE]
    if parameter == "neighbour":
        regions = atlas.boundaries.border_regions
        counted = {code: len(zones & set(active.index)) for code, zones in regions.items()}
        return {code: count for code, count in counted.items() if count}
    return _counts(active["province_adcode" if parameter == "province" else "batch"])


@lru_cache(maxsize=8)
def _search_text(atlas: Atlas) -> pd.Series:
    zones, provinces = atlas.register.zones, atlas.register.provinces
    province = zones["province_adcode"].map(
        provinces[["name_zh", "name_en", "name_pinyin"]].agg("|".join, axis=1)
    )
    columns = zones[["name_zh", "name_en", "place_zh", "place_en", "name_pinyin"]]
    text = columns.agg("|".join, axis=1) + "|" + zones.index.to_series() + "|" + province
    # a bar between the names keeps a search from running across two of them
    return text.map(lambda names: "|".join(fold(name) for name in names.split("|")))


def _counts(column: pd.Series) -> dict[str, int]:
    return {str(option): int(count) for option, count in column.value_counts().items()}
