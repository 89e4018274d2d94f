"""A version of the data as one archive to publish, with what describes it."""

import hashlib
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import LEVELS
from pilotzones.atlas.datapackage import DESCRIPTOR
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.panel import PanelOptions, treatment_panel
from pilotzones.query.view import View
from pilotzones.tables.archive import pack, read_files
from pilotzones.tables.codebook import codebook_markdown
from pilotzones.tables.dataset import panel_dataset, write_dataset
from pilotzones.tables.files import write_file
from pilotzones.tables.package import package_descriptor, table_resource
from pilotzones.tables.release_metadata import describing_files, indented
from pilotzones.tables.rows import TABLES
from pilotzones.tables.variables import PANEL
from pilotzones.tables.variables import REVISIONS as REVISION_COLUMNS

ZONE_FORMATS = ("csv", "xlsx", "geojson", "gpkg", "parquet")
PANEL_FORMATS = ("csv", "xlsx", "dta", "parquet")
CODEBOOK = "codebook.md"
SUMS = "SHA256SUMS"

_ORIGINS = {"panel": "data/panel.csv", "zones-in-force": "data/zones.csv"}


def release_name(atlas: Atlas) -> str:
    """Name the archive of a version."""
    return f"pilotzones-data-{atlas.register.version}.zip"


def release_archive(atlas: Atlas) -> bytes:
    """Pack a version of the data; the bytes repeat.

    MissingExtraError if Parquet is not installed.
    """
    files = read_files(atlas)
    files |= _zones(atlas) | _panel(atlas)
    files[CODEBOOK] = _codebook().encode()
    files[DESCRIPTOR] = indented(_descriptor(atlas, files))
    files |= describing_files(atlas, sorted(files))
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[SUMS] = "".join(sums).encode()
    return pack({name: files[name] for name in sorted(files)})


def _zones(atlas: Atlas) -> dict[str, bytes]:
    """Write the zones after the latest document, drawn in detail."""
    answer = Answer(atlas, View(atlas.stops[-1].on, data=atlas.register.version))
    return {
        f"data/zones.{name}": write_file(answer, TABLES["zones"], name, level=LEVELS[-1])
        for name in ZONE_FORMATS
    }


def _panel(atlas: Atlas) -> dict[str, bytes]:
    """Write the panel of prefecture-level units by year, up to the year of the release."""
    options = PanelOptions(last=atlas.register.released_on.year)
    dataset = panel_dataset(atlas, treatment_panel(atlas, options), Language("en"))
    return {f"data/panel.{name}": write_dataset(dataset, name) for name in PANEL_FORMATS}


def _codebook() -> str:
    tables = {
        "data/zones": TABLES["zones"].columns,
        "data/panel": PANEL,
        "revisions.csv": REVISION_COLUMNS,
    }
    parts = [f"## {name}\n\n{codebook_markdown(columns)}\n" for name, columns in tables.items()]
    intro = "The other tables are described in `datapackage.json`.\n"
    return "\n".join(["# Codebook\n", intro, *parts])


def _descriptor(atlas: Atlas, files: dict[str, bytes]) -> dict[str, Any]:
    """Describe every table as one Frictionless data package."""
    own = {"zones-in-force": TABLES["zones"].columns, "panel": PANEL}
    more = [table_resource(name, _ORIGINS[name], columns) for name, columns in own.items()]
    return package_descriptor(atlas, files, more)
