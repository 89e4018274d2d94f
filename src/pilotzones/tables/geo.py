"""A table of a View with polygons: GeoJSON (RFC 7946), GeoPackage, GeoParquet, FlatGeobuf."""

import io
import json
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from pilotzones.atlas import Atlas
from pilotzones.credits import boundary_note
from pilotzones.query.answer import Answer
from pilotzones.tables.columns import Column, names_of
from pilotzones.tables.geopackage import describe_columns
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

_Placed = list[tuple[dict[str, Any], dict[str, Any]]]

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
    """Write a table with places as a GeoPackage: one layer in EPSG:4326 with `place_metadata`.

    The fields have the meanings of the columns as descriptions.
    """
    import pyogrio  # noqa: PLC0415 - 30 MB, which most visitors need not

    facts = place_metadata(answer, table, level)
    with _dating:
        # without it the file would hold the time at which it was written
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{answer.view.on}T00:00:00.000Z"})
        content = _write(
            answer,
            table,
            level,
            driver="GPKG",
            layer_metadata=_texts(facts),
            # what older map programs read without a warning; nothing newer is needed
            dataset_options={"VERSION": "1.3"},
            layer_options={
                "DESCRIPTION": f"{facts['title']}, {answer.view.on}",
                "IDENTIFIER": facts["title"],
            },
        )
    return describe_columns(content, table.name, table.columns)


def to_fgb(answer: Answer, table: Table, level: str) -> bytes:
    """Write a table with places as FlatGeobuf in EPSG:4326 with `place_metadata`.

    The rows are in the order of the file's spatial index, by which programs read a part of it.
    """
    facts = place_metadata(answer, table, level)
    return _write(
        answer,
        table,
        level,
        driver="FlatGeobuf",
        layer_metadata=_texts(facts),
        layer_options={"TITLE": facts["title"], "DESCRIPTION": json.dumps(facts)},
    )


def to_geoparquet(answer: Answer, table: Table, level: str) -> bytes:
    """Write a table with places as GeoParquet in EPSG:4326 with `place_metadata`."""
    from pilotzones.tables.parquet import write_geoparquet  # noqa: PLC0415 - needs an extra

    rows = table.rows(answer)
    known = geometries(answer.atlas, table.layer or "", level)
    shapes = _shapes([known[key] for key in rows[table.key]])
    return write_geoparquet(rows, table.columns, shapes, place_metadata(answer, table, level))


# by the name of the format
WRITERS: dict[str, Callable[[Answer, Table, str], bytes]] = {
    "geojson": to_geojson,
    "gpkg": to_gpkg,
    "parquet": to_geoparquet,
    "fgb": to_fgb,
}


def _write(answer: Answer, table: Table, level: str, **options: Any) -> bytes:  # noqa: ANN401
    """Write with GDAL, whose options are given."""
    import pyogrio  # noqa: PLC0415 - as above

    placed = _placed(answer, table, level)
    records = pd.DataFrame([record for record, _ in placed], dtype="object")
    cells = [_column(records, column) for column in table.columns]
    file = io.BytesIO()
    pyogrio.raw.write(
        file,
        shapely.to_wkb(_shapes([geometry for _, geometry in placed])),
        [values for values, _ in cells],
        names_of(table.columns),
        field_mask=[empty for _, empty in cells],
        layer=table.name,
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        crs="EPSG:4326",
        **options,
    )
    return file.getvalue()


def _shapes(geometries: list[dict[str, Any]]) -> npt.NDArray[np.object_]:
    return np.array([shapely.geometry.shape(one) for one in geometries], dtype="object")


def _texts(facts: dict[str, Any]) -> dict[str, str]:
    """Write the metadata as GDAL wants them."""
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in facts.items()
    }


@lru_cache(maxsize=8)
def geometries(atlas: Atlas, layer: str, level: str) -> dict[str, dict[str, Any]]:
    """GeoJSON geometries of ``zones`` or ``provinces`` by identifier, as in the file."""
    features = atlas.boundaries.features(f"{layer}_{level}")
    return {one["id"]: one["geometry"] for one in features}


def _placed(answer: Answer, table: Table, level: str) -> _Placed:
    """Rows as values for JSON, each with its geometry."""
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
