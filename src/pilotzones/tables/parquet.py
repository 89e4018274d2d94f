"""Parquet, and GeoParquet for the tables of a View that have polygons."""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from pilotzones.errors import needs_extra
from pilotzones.query.answer import Answer
from pilotzones.tables.columns import Column, Kind
from pilotzones.tables.labelled import Dataset
from pilotzones.tables.metadata import metadata
from pilotzones.tables.rows import Table

with needs_extra("parquet"):
    import pyarrow as pa
    from pyarrow import parquet

# the key of the metadata in the schema of a file
KEY = "pilotzones"
GEOMETRY = "geometry"

# a list is text separated by spaces, as in the other flat files
TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "list": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


def dataset_to_parquet(dataset: Dataset) -> bytes:
    """Write a dataset as Parquet, with `Dataset.metadata` as JSON under `KEY`."""
    dataset = dataset.with_numbers()
    return _write(_table(dataset.rows, dataset.columns, dataset.metadata))


def to_parquet(answer: Answer, table: Table) -> bytes:
    """Write a table of a View without polygons as Parquet."""
    return _write(_table(table.rows(answer), table.columns, metadata(answer, table)))


def _table(rows: pd.DataFrame, columns: Iterable[Column], facts: Mapping[str, Any]) -> pa.Table:
    fields, arrays = [], []
    for place, column in enumerate(columns):
        kind = TYPES[column.kind]
        cells = rows.iloc[:, place].astype("object")
        cells = cells.where(cells.notna() & (cells != ""), None)
        arrays.append(pa.array(cells, type=kind, from_pandas=True))
        fields.append(pa.field(column.name, kind, metadata={"description": column.meaning}))
    said = {KEY: json.dumps(facts, ensure_ascii=False)}
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=said))


def write_geoparquet(
    rows: pd.DataFrame,
    columns: Iterable[Column],
    shapes: npt.NDArray[np.object_],
    facts: Mapping[str, Any],
) -> bytes:
    """Write rows with polygons as GeoParquet 1.1 in EPSG:4326; coordinates are longitude first."""
    table = _table(rows, columns, facts)
    box = {"bbox": shapely.total_bounds(shapes).tolist()} if len(shapes) else {}
    geometry = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "crs": CRS.from_epsg(4326).to_json_dict(),
        **box,
    }
    said = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: geometry}}
    cells = pa.array(shapely.to_wkb(shapes), type=pa.binary())
    table = table.append_column(GEOMETRY, cells)
    return _write(table.replace_schema_metadata({**table.schema.metadata, "geo": json.dumps(said)}))


def _write(table: pa.Table) -> bytes:
    file = io.BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()
