"""Parquet, and GeoParquet for the tables of a View that have polygons."""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pilotzones.errors import needs_extra
from pilotzones.query.answer import Answer
from pilotzones.tables.columns import Column, Kind
from pilotzones.tables.dataset import Dataset
from pilotzones.tables.metadata import metadata
from pilotzones.tables.rows import Table

with needs_extra("parquet"):
    import pyarrow as pa
    from pyarrow import parquet

# the key of the metadata in the schema of a file
KEY = "pilotzones"

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
    """Write a dataset as Parquet: `Dataset.metadata` as JSON under `KEY`, meanings with the fields."""
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


def _write(table: pa.Table) -> bytes:
    file = io.BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()
