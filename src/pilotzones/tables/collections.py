"""The collections of the OGC API – Features: rows of tables as features, found by box and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.geo import feature, geometries
from pilotzones.tables.metadata import records
from pilotzones.tables.rows import TABLES

Box = tuple[float, float, float, float]

_LEVEL = LEVELS[-1]
# decimals of a degree, some ten metres
_DIGITS = 4


@dataclass(frozen=True)
class Collection:
    """A set of features: rows of a table, all or those of one level, with polygons or points.

    The zones of a collection with ``spans`` last from their approval to their revocation; the rows
    of any other describe places that are there on every day.
    """

    name: str
    title: str
    description: str
    table: str
    level: str = ""
    points: bool = False
    spans: bool = False

    @property
    def key(self) -> str:
        """Property that names a feature."""
        return TABLES[self.table].key


COLLECTIONS = {
    collection.name: collection
    for collection in (
        Collection(
            "zones",
            "Pilot zones",
            "Polygons of the cross-border e-commerce pilot zones, from their approval to their "
            "revocation. With a day: those active on it.",
            "zones",
            spans=True,
        ),
        Collection(
            "provinces",
            "Provinces",
            "Polygons of the provincial divisions, with their zones on the day.",
            "provinces",
        ),
        Collection(
            "prefectures",
            "Prefectures",
            "Polygons of the prefecture-level divisions, with how zones cover them on the day.",
            "divisions",
            level="prefecture",
        ),
        Collection(
            "places",
            "Places",
            "A point inside every administrative division, with how zones cover it on the day.",
            "divisions",
            points=True,
        ),
    )
}


@dataclass(frozen=True)
class Span:
    """A day, or the days from the first to the last; ``None`` where it is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, eq=False)
class Features:
    """Features of a collection as of a day, and their geometries (EPSG:4326) in the same order."""

    features: list[dict[str, Any]]
    shapes: np.ndarray[Any, Any]

    @property
    def box(self) -> Box:
        """Smallest box around all, degrees: west, south, east, north."""
        west, south, east, north = shapely.total_bounds(self.shapes)
        return float(west), float(south), float(east), float(north)


def find_features(
    atlas: Atlas, collection: Collection, span: Span, boxes: Iterable[Box], today: date
) -> list[dict[str, Any]]:
    """Find the features that meet any of the boxes (degrees) at some time of the span.

    What they say holds on the last day of the span, today at the latest. No box is the world.
    """
    known = features_on(atlas, collection, min(span.last or today, today))
    chosen = np.ones(len(known.features), dtype=bool)
    wanted = [shapely.box(*box) for box in boxes]
    if wanted:
        chosen = np.any([shapely.intersects(known.shapes, box) for box in wanted], axis=0)
    return [
        one
        for one, is_chosen in zip(known.features, chosen, strict=True)
        if is_chosen and (not collection.spans or _lasts_into(one["properties"], span))
    ]


def _lasts_into(zone: dict[str, Any], span: Span) -> bool:
    """Whether a zone approved by the end of a span was active on any day of it."""
    if span.first is None or zone["revoked_on"] is None:
        return True
    return date.fromisoformat(zone["revoked_on"]) > span.first


@lru_cache(maxsize=16)
def features_on(atlas: Atlas, collection: Collection, on: date) -> Features:
    """Make the features of a collection as of a day; a zone not yet approved is none."""
    table = TABLES[collection.table]
    rows = [
        row
        for row in records(table, table.rows(Answer(atlas, View(on))))
        if not collection.level or row["level"] == collection.level
    ]
    known = _points(atlas) if collection.points else _polygons(atlas, collection)
    features = [feature(row, table, known[row[table.key]]) for row in rows]
    shapes = [shapely.geometry.shape(one["geometry"]) for one in features]
    return Features(features, np.array(shapes, dtype=object))


def _polygons(atlas: Atlas, collection: Collection) -> dict[str, dict[str, Any]]:
    layer = TABLES[collection.table].layer or f"{collection.level}s"
    return geometries(atlas, layer, _LEVEL)


@lru_cache(maxsize=4)
def _points(atlas: Atlas) -> dict[str, dict[str, Any]]:
    """GeoJSON points inside every division, by adcode."""
    counties = atlas.boundaries.counties
    areas = {
        **dict(zip(counties.index, counties, strict=True)),
        **{
            adcode: shapely.geometry.shape(geometry)
            for layer in ("prefectures", "provinces")
            for adcode, geometry in geometries(atlas, layer, _LEVEL).items()
        },
    }
    points = shapely.get_coordinates(shapely.point_on_surface([*areas.values()])).round(_DIGITS)
    return {
        adcode: {"type": "Point", "coordinates": [float(x), float(y)]}
        for adcode, (x, y) in zip(areas, points, strict=True)
    }
