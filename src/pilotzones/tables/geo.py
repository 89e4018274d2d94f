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
from pilotzones.tables.metadata import dump, metadata, records
from pilotzones.tables.rows import TABLES, Table

BOUNDARY_CREDIT = (
    "Boundaries: derived from Tianditu, National Geomatics Center of China (generalised); "
    "under the terms of that source, not under the licence of the facts"
)

# types and fillers of missing values, as GDAL wants them
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
    """Write a table with places as a GeoJSON ``FeatureCollection`` (RFC 7946, WGS 84).

    The id of a feature is the key of its row; `place_metadata` are further members.
    """
    features = [
        dump(feature(record, table, geometry)) for record, geometry in _placed(answer, table, level)
    ]
    collection = {
        "type": "FeatureCollection",
        "name": table.name,
        **place_metadata(answer, table, level),
        "count": len(features),
    }
    # one feature a line, so that versions of a file can be compared
    return dump(collection)[:-1] + b',"features":[\n' + b",\n".join(features) + b"\n]}\n"


def zone_feature(answer: Answer, row: pd.DataFrame, level: str) -> bytes:
    """Write a row of `rows.zone_row` as a GeoJSON ``Feature`` with `place_metadata`."""
    zones = TABLES["zones"]
    (record,) = records(zones, row, arrays=False)
    geometry = geometries(answer.atlas, "zones", level)[record["zone_id"]]
    facts = place_metadata(answer.ask(answer.view.without_filters()), zones, level)
    return dump({**feature(record, zones, geometry), **facts})


def feature(record: dict[str, Any], table: Table, geometry: dict[str, Any]) -> dict[str, Any]:
    """Build a GeoJSON feature; the table determines which property is the id."""
    return {
        "type": "Feature",
        "id": record[table.key],
        "properties": record,
        "geometry": geometry,
    }


def place_metadata(answer: Answer, table: Table, level: str) -> dict[str, Any]:
    """`metadata`, then the level of detail, the credit and the note of the boundaries."""
    return {
        **metadata(answer, table),
        "level": level,
        "boundary_credit": BOUNDARY_CREDIT,
        "boundary_note": boundary_note(answer.language),
    }


def to_gpkg(answer: Answer, table: Table, level: str) -> bytes:
    """Write a table with places as a GeoPackage: one layer in EPSG:4326 with `place_metadata`."""
    placed = _placed(answer, table, level)
    shapes = [shapely.to_wkb(shapely.geometry.shape(geometry)) for _, geometry in placed]
    records = pd.DataFrame([record for record, _ in placed], dtype="object")
    cells = [_column(records, column) for column in table.columns]
    facts = place_metadata(answer, table, level)
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
                for name, value in facts.items()
            },
            # what older map programs read without a warning; nothing newer is needed
            dataset_options={"VERSION": "1.3"},
            layer_options={
                "DESCRIPTION": f"{facts['title']}, {answer.view.on}",
                "IDENTIFIER": facts["title"],
            },
        )
    return file.getvalue()


@lru_cache(maxsize=8)
def geometries(atlas: Atlas, layer: str, level: str) -> dict[str, dict[str, Any]]:
    """GeoJSON geometries of ``zones`` or ``provinces`` by identifier, as in the file."""
    features = atlas.boundaries.features(f"{layer}_{level}")
    return {one["id"]: one["geometry"] for one in features}


def _placed(
    answer: Answer, table: Table, level: str
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    if not table.layer:
        message = f"{table.name} have no places on a map"
        raise ValueError(message)
    shapes = geometries(answer.atlas, table.layer, level)
    rows = records(table, table.rows(answer), arrays=False)
    return [(record, shapes[record[table.key]]) for record in rows]


def _column(records: pd.DataFrame, column: Column) -> tuple[Any, Any]:
    """Values of a field, and which of them are missing."""
    dtype, filler = _DTYPES[column.kind]
    values = records[column.name] if len(records) else pd.Series(dtype="object")
    empty = values.isna().to_numpy()
    filled = [filler if missing else value for value, missing in zip(values, empty, strict=True)]
    return np.array(filled, dtype=dtype), empty
