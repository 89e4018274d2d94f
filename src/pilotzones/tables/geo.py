"""A table of a View as a file with polygons: GeoJSON (RFC 7946) and GeoPackage."""

import io
import json
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely

from pilotzones.atlas import Atlas
from pilotzones.credits import boundary_note
from pilotzones.query.answer import Answer
from pilotzones.tables.columns import Column
from pilotzones.tables.metadata import about, dump, records
from pilotzones.tables.rows import TABLES, Table

BOUNDARY_CREDIT = (
    "Boundaries: derived from Tianditu, National Geomatics Center of China (generalised); "
    "under the terms of that source, not under the licence of the facts"
)

# names of types and the marks of a missing value, as GDAL wants them
_DTYPES = {
    "date": ("datetime64[D]", np.datetime64("1970-01-01")),
    "integer": ("int64", 0),
    "number": ("float64", 0.0),
    "boolean": ("bool", False),
    "text": ("object", ""),
    "list": ("object", ""),
}


# an option of GDAL holds for the whole process
_dating = Lock()


def to_geojson(answer: Answer, table: Table, level: str) -> bytes:
    """Write a table as GeoJSON.

    Parameters
    ----------
    answer
        The days and the filters.
    table
        One whose rows have a place on a map.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        A ``FeatureCollection``; the id of a feature is the first column of its row. Further
        members say the day, the filters, the version, the source and the terms.
    """
    features = [
        dump(feature(record, table, geometry)) for record, geometry in _placed(answer, table, level)
    ]
    said = {
        "type": "FeatureCollection",
        "name": table.name,
        **about_places(answer, table, level),
        "count": len(features),
    }
    # one feature a line, so that versions of a file can be compared
    return dump(said)[:-1] + b',"features":[\n' + b",\n".join(features) + b"\n]}\n"


def zone_feature(answer: Answer, row: pd.DataFrame, level: str) -> bytes:
    """Write one zone as a GeoJSON feature.

    Parameters
    ----------
    answer
        The day.
    row
        As from `tables.zone_row`.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        A ``Feature``; further members say the day, the version, the source and the terms.
    """
    zones = TABLES["zones"]
    (record,) = records(zones, row, arrays=False)
    geometry = geometries(answer.atlas, "zones", level)[record["zone_id"]]
    said = about_places(Answer(answer.atlas, answer.view.without_filters()), zones, level)
    return dump({**feature(record, zones, geometry), **said})


def feature(record: dict[str, Any], table: Table, geometry: dict[str, Any]) -> dict[str, Any]:
    """Make a GeoJSON feature.

    Parameters
    ----------
    record
        Its properties.
    table
        Says which of them is the id.
    geometry
        As GeoJSON has it.

    Returns
    -------
    dict
        The feature.
    """
    return {
        "type": "Feature",
        "id": record[table.key],
        "properties": record,
        "geometry": geometry,
    }


def about_places(answer: Answer, table: Table, level: str) -> dict[str, Any]:
    """Tell what a file with polygons holds.

    Parameters
    ----------
    answer
        The days and the filters.
    table
        What is asked for.
    level
        How finely it is drawn.

    Returns
    -------
    dict
        What `content.about` says, then ``level``, ``boundary_credit``, ``boundary_note``.
    """
    return {
        **about(answer, table),
        "level": level,
        "boundary_credit": BOUNDARY_CREDIT,
        "boundary_note": boundary_note(answer.view.lang),
    }


def to_gpkg(answer: Answer, table: Table, level: str) -> bytes:
    """Write a table as GeoPackage.

    Parameters
    ----------
    answer
        The days and the filters.
    table
        One whose rows have a place on a map.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        One layer, named as the table, in EPSG:4326; its metadata say the day, the filters, the
        version, the source and the terms.
    """
    placed = _placed(answer, table, level)
    shapes = [shapely.to_wkb(shapely.geometry.shape(geometry)) for _, geometry in placed]
    records = pd.DataFrame([record for record, _ in placed], dtype="object")
    cells = [_column(records, column) for column in table.columns]
    said = about_places(answer, table, level)
    file = io.BytesIO()
    with _dating:
        # without it the file would hold the time at which it was written
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{answer.view.on}T00:00:00.000Z"})
        pyogrio.raw.write(
            file,
            np.array(shapes, dtype="object"),
            [values for values, _ in cells],
            [column.name for column in table.columns],
            field_mask=[empty for _, empty in cells],
            layer=table.name,
            driver="GPKG",
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            crs="EPSG:4326",
            layer_metadata={
                name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                for name, value in said.items()
            },
            # what older map programs read without a warning; nothing newer is needed
            dataset_options={"VERSION": "1.3"},
            layer_options={
                "DESCRIPTION": f"{said['title']}, {answer.view.on}",
                "IDENTIFIER": said["title"],
            },
        )
    return file.getvalue()


def geometries(atlas: Atlas, layer: str, level: str) -> dict[str, dict[str, Any]]:
    """Read the polygons of a layer as they stand in its file.

    Parameters
    ----------
    atlas
        The facts.
    layer
        ``"zones"`` or ``"provinces"``.
    level
        ``"overview"`` or ``"detail"``.

    Returns
    -------
    dict
        GeoJSON geometries by identifier.

    Raises
    ------
    BoundaryError
        If the file is missing or damaged.
    """
    return _geometries(atlas, layer, level)


@lru_cache(maxsize=8)
def _geometries(atlas: Atlas, layer: str, level: str) -> dict[str, dict[str, Any]]:
    features = atlas.boundaries.features(f"{layer}_{level}")
    return {one["id"]: one["geometry"] for one in features}


def _placed(
    answer: Answer, table: Table, level: str
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    if not table.layer:
        message = f"{table.name} have no place on a map"
        raise ValueError(message)
    shapes = geometries(answer.atlas, table.layer, level)
    rows = records(table, table.rows(answer), arrays=False)
    return [(record, shapes[record[table.key]]) for record in rows]


def _column(records: pd.DataFrame, column: Column) -> tuple[Any, Any]:
    """Make the values of a field and mark those that are missing."""
    dtype, filler = _DTYPES[column.kind]
    values = records[column.name] if len(records) else pd.Series(dtype="object")
    empty = values.isna().to_numpy()
    filled = [filler if missing else value for value, missing in zip(values, empty, strict=True)]
    return np.array(filled, dtype=dtype), empty
