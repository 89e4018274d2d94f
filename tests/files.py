"""Files of tables as bytes, and readers of them."""

import csv
import io
from datetime import date

import geopandas as gpd

from pilotzones.query.answer import Answer
from pilotzones.tables.files import write_file
from pilotzones.tables.rows import (
    TABLES,
)

LATEST = date(2025, 4, 25)


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def file_of(atlas, view, name, form, level="overview"):
    return write_file(Answer(atlas, view), TABLES[name], form, level=level)


def read_gpkg(content, folder):
    # GDAL wants the ending
    path = folder / "read.gpkg"
    path.write_bytes(content)
    return gpd.read_file(path)
