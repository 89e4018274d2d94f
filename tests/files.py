"""Files of tables as bytes, and readers of them."""

import csv
import io

import geopandas as gpd
from known import LAST

from pilotzones.query.answer import Answer
from pilotzones.tables.files import write_file
from pilotzones.tables.rows import (
    TABLES,
)

LATEST = LAST.published_on


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def file_of(atlas, view, name, form, level="overview"):
    return write_file(Answer(atlas, view), TABLES[name], form, level=level)


def read_gpkg(content, folder):
    # GDAL wants the ending
    path = folder / "read.gpkg"
    path.write_bytes(content)
    return gpd.read_file(path)
