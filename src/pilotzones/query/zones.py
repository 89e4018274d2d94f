"""The zones of a View, and where they lie."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.atlas.register import document_address, official_name
from pilotzones.atlas.sources import official_sources
from pilotzones.atlas.timeline import ACTIVE, REVOKED
from pilotzones.errors import Problem, refuse
from pilotzones.query.answer import Answer, ask
from pilotzones.query.view import ALTERNATIVES, DIMENSIONS, View
from pilotzones.text import excerpt

if TYPE_CHECKING:
    import geopandas as gpd

_SIDES = ["west", "south", "east", "north"]


@takes_atlas
def zones_in_view(atlas: Atlas, view: View) -> pd.DataFrame:
    """Return the zones that a View shows.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.

    Returns
    -------
    pandas.DataFrame
        One row a zone, index ``zone_id``, in the order of approval; zones that are not approved
        yet are left out. All columns of the files (see `described`) but those that are the same in
        every row, and further ones: ``place_zh``, ``place_en``, ``name_pinyin``; ``west``,
        ``south``, ``east``, ``north`` of the box to zoom to (degrees, EPSG:4326); ``coast_km``
        (length of the coast, km). ``area_km2`` is the former name of ``drawn_area_km2``; a later
        version will drop it.

    Raises
    ------
    InvalidValueError
        If the View names what the atlas does not have, or a day before the first document or in
        the future; the message names the closest.
    """
    answer = ask(atlas, view)
    return described(answer, answer.zones)


def described(answer: Answer, zones: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of the files that follow from others to rows as in `Answer.zones`.

    Official names, the names and the region of the province, the address of the approving
    document, predecessors revoked by the day, land neighbours, the drawn area (km²), the official
    sources. A list is text separated by spaces, as in the files.
    """
    register, touching = answer.atlas.register, answer.atlas.boundaries.touching
    provinces = register.provinces.loc[zones["province_adcode"]]
    documents = register.documents.loc[zones["approved_by"]]
    gone = set(answer.status.index[answer.status == REVOKED])
    return zones.assign(
        official_name_zh=[official_name(place, "zh") for place in zones["place_zh"]],
        official_name_en=[official_name(place, "en") for place in zones["place_en"]],
        province_zh=provinces["name_zh"].to_numpy(),
        province_en=provinces["name_en"].to_numpy(),
        region=provinces["region"].to_numpy(),
        document_url=[document_address(one) or None for _, one in documents.iterrows()],
        predecessor_zone_ids=[
            " ".join(z for z in register.predecessors.get(str(zone), []) if z in gone)
            for zone in zones.index
        ],
        land_neighbours=[" ".join(touching.get(str(zone), [])) for zone in zones.index],
        drawn_area_km2=zones["area_km2"],
        official_sources=zones["sources"].map(official_sources),
    )


@takes_atlas
def zones_geodataframe(atlas: Atlas, view: View, level: str = LEVELS[0]) -> "gpd.GeoDataFrame":
    """Return the zones that a View shows, with their polygons.

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
        The rows and columns of `zones_in_view` and ``geometry``: polygons and multipolygons, CRS
        EPSG:4326.

    Raises
    ------
    InvalidValueError
        If there is no such level, or the View names what the atlas does not have.
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

    if level not in LEVELS:
        allowed = ", ".join(LEVELS)
        refuse([Problem("level", excerpt(str(level)), "unknown level", allowed=allowed)])
    polygons = atlas.boundaries.layer(f"zones_{level}").set_index("zone_id")["geometry"]
    return gpd.GeoDataFrame(zones_in_view(atlas, view).join(polygons), crs=polygons.crs)


def box_around(atlas: Atlas, zone_ids: Iterable[str]) -> list[float] | None:
    """Return the box around some zones: west, south, east, north (degrees, EPSG:4326)."""
    return _around(atlas.boundaries.zones.loc[[*zone_ids], _SIDES])


def box_in_view(answer: Answer, more: Iterable[str] = ()) -> list[float] | None:
    """Return the box around the zones that pass the filters, and around some more.

    West, south, east, north (degrees, EPSG:4326). Provinces are whole in it where nothing but them
    was asked for; where no zone passes it is that of the provinces and borders of the filters.
    ``None`` for all of China.
    """
    view = answer.view
    if not (view.q or any(getattr(view, name) for name in ALTERNATIVES)):
        return None
    keep = answer.passing
    boxes = answer.atlas.boundaries.zones.loc[[*keep.index[keep], *more], _SIDES]
    if boxes.empty or not (view.q or view.neighbours or view.batches):
        boxes = pd.concat([boxes, _land_asked(answer)])
    return _around(boxes)


def provinces_asked(answer: Answer) -> tuple[str, ...]:
    """Adcodes of the provinces that the filters name, themselves or by their region."""
    left = answer.provinces
    return tuple(left) if len(left) < len(answer.atlas.register.provinces) else ()


def _land_asked(answer: Answer) -> pd.DataFrame:
    from pilotzones.query.ground import province_boxes  # noqa: PLC0415 - it needs polygons

    asked, known = [*provinces_asked(answer)], answer.atlas.boundaries.border_boxes
    borders = [known[code] for code in answer.view.neighbours if known.get(code)]
    boxes = [pd.DataFrame(borders, columns=_SIDES)]
    return pd.concat([province_boxes(answer.atlas).loc[asked], *boxes] if asked else boxes)


def _around(boxes: pd.DataFrame) -> list[float] | None:
    if boxes.empty:
        return None
    low, high = boxes.min(), boxes.max()
    return [low["west"], low["south"], high["east"], high["north"]]


def is_foremost(level: str) -> bool:
    """Whether the name of a zone comes first on a map: a municipality or a whole province."""
    return level in {"municipality", "whole island"}


def has_capital(adcodes: str) -> bool:
    """Whether a zone has the capital of a province, by GB/T 2260 its first city."""
    return any(code.endswith("0100") for code in adcodes.split())


def option_counts(answer: Answer, parameter: str) -> dict[str, int]:
    """Count the zones behind each option of a filter, under the other filters.

    Zones active on the day by option; for ``"status"`` zones in each status. Options with no zone
    are left out. Where any kind of filter is enough the others of these kinds do not count: an
    option then adds its own zones.
    """
    others = answer.view.filters_on_the_day()
    if others.match == "any" and parameter != "status":
        others = others.without(*ALTERNATIVES)
    others = others.without(DIMENSIONS[parameter])
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
    if parameter == "batch":
        return _counts(active["batch"])
    provinces = active["province_adcode"]
    if parameter == "province":
        return _counts(provinces)
    return _counts(provinces.map(answer.atlas.register.provinces["region"]))


def _counts(column: pd.Series) -> dict[str, int]:
    return {str(option): int(count) for option, count in column.value_counts().items()}
