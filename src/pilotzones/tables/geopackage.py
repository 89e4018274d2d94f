"""What the columns of a GeoPackage mean, which GDAL cannot be asked to write from Python.

OGC GeoPackage 1.3, annex F.9 (the extension ``gpkg_schema``): map programs show the texts beside
the names of the fields.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from pilotzones.tables.columns import Column

_TABLES = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
"""
_DEFINITION = "http://www.geopackage.org/spec130/#extension_schema"


def describe_columns(content: bytes, layer: str, columns: Iterable[Column]) -> bytes:
    """Add to a GeoPackage what the columns of its layer mean; the bytes repeat."""
    meanings = [(layer, column.name, column.meaning) for column in columns]
    tables = ("gpkg_data_columns", "gpkg_data_column_constraints")
    extensions = [(table, _DEFINITION) for table in tables]
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.executescript(_TABLES)
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)",
            meanings,
        )
        database.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
            extensions,
        )
        database.commit()
        return database.serialize()
