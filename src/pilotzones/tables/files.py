"""A table of a View as a file: JSON and CSV here, the other formats in modules of their own."""

import csv
import io
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilotzones.atlas.boundaries import LEVELS
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.columns import PROVENANCE
from pilotzones.tables.metadata import about, dump, records
from pilotzones.tables.rows import Table

# a spreadsheet takes a cell that begins with one of these for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True)
class Format:
    """A format of files.

    Parameters
    ----------
    name
        What it is called in addresses and commands, and the ending of file names.
    media_type
        What a browser is told.
    """

    name: str
    media_type: str


FORMATS = {
    known.name: known
    for known in (
        Format("json", "application/json"),
        Format("csv", "text/csv; charset=utf-8"),
        Format("geojson", "application/geo+json"),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format("gpkg", "application/geopackage+sqlite3"),
    )
}

# only what has a place on a map can be written so
PLACED = ("geojson", "gpkg")


def formats_of(table: Table) -> list[str]:
    """List the formats that a table can be written in, the plainest first."""
    return [name for name in FORMATS if table.layer or name not in PLACED]


def file_name(table: Table, view: View, ending: str) -> str:
    """Name a file after what it holds, e.g. ``pilot-zones-2025-04-25-filtered.csv``."""
    if table.zone_id:
        return f"pilot-zone-{table.zone_id}-{view.on}.{ending}"
    stem = "pilot-zones" if table.name == "zones" else f"pilot-zone-{table.name}"
    since = f"{view.since}-" if view.since and table.name == "changes" else ""
    within = f"-within-{view.within}-km" if table.near else ""
    return f"{stem}-{since}{view.on}{within}{'-filtered' if view.filtered else ''}.{ending}"


def write_file(answer: Answer, table: Table, form: str, *, level: str = LEVELS[0]) -> bytes:
    """Write a table of a View as a file.

    Parameters
    ----------
    answer
        The days, the filters, and the language of what is written for people.
    table
        One of `tables.TABLES`.
    form
        One of `formats_of` the table.
    level
        How finely polygons are drawn: ``"overview"`` or ``"detail"``.

    Returns
    -------
    bytes
        The same for the same question and data.

    Raises
    ------
    ValueError
        If the table cannot be written in the format.
    """
    if form not in formats_of(table):
        message = f"{table.name} cannot be written as {form}; choose {', '.join(formats_of(table))}"
        raise ValueError(message)
    # what a request does not need is not loaded
    if form == "xlsx":
        from pilotzones.tables.excel import to_xlsx  # noqa: PLC0415

        return to_xlsx(answer, table)
    if form in PLACED:
        from pilotzones.tables import geo as geofiles  # noqa: PLC0415

        write = geofiles.to_geojson if form == "geojson" else geofiles.to_gpkg
        return write(answer, table, level)
    rows = table.rows(answer)
    return to_csv(rows) if form == "csv" else to_json(about(answer, table), table, rows)


def to_json(said: dict[str, Any], table: Table, rows: pd.DataFrame) -> bytes:
    """Write a table as JSON.

    Parameters
    ----------
    said
        What the file holds, as from `about`.
    table
        Says what the columns are.
    rows
        The rows.

    Returns
    -------
    bytes
        An object: what `said` says, ``count``, and the rows under the name of the table, without
        the columns that say for each row what `said` says for all.
    """
    kept = [
        {name: value for name, value in record.items() if name not in PROVENANCE}
        for record in records(table, rows)
    ]
    return dump({**said, "count": len(kept), table.name: kept})


def to_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that spreadsheets open without harm.

    Parameters
    ----------
    table
        Any table.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180). A text cell that a
        spreadsheet would take for a formula is led by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.itertuples(index=False))
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_STARTS) else text
