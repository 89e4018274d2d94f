"""A table of a View as a file: JSON and CSV here, the other formats in modules of their own."""

import csv
import io
import re
from dataclasses import dataclass

import pandas as pd

from pilotzones.atlas.boundaries import LEVELS
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.columns import PROVENANCE
from pilotzones.tables.metadata import dump, in_chunks, metadata, records
from pilotzones.tables.rows import Table

# a spreadsheet takes a cell that begins with one of these for a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# a number with its sign, and a dash for what is missing, are none
_NO_FORMULA = re.compile(r"[+-](\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?)?", re.IGNORECASE | re.ASCII)

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@dataclass(frozen=True)
class Format:
    """A format of files.

    Parameters
    ----------
    name
        Its name in addresses and commands, and the ending of file names.
    media_type
        Its media type.
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
        Format("parquet", "application/vnd.apache.parquet"),
        Format("fgb", "application/flatgeobuf"),
    )
}

# with polygons: only for tables whose rows have a place on a map
PLACED = ("geojson", "gpkg", "fgb")


def formats_of(table: Table) -> list[str]:
    """Names of the formats that a table can be written in, the plainest first."""
    return [name for name in FORMATS if table.layer or name not in PLACED]


def file_name(table: Table, view: View, ending: str) -> str:
    """Name a file after what it holds, e.g. ``pilot-zones-2025-04-25-filtered.csv``."""
    if table.zone_id:
        return f"pilot-zone-{table.zone_id}-{view.on}.{ending}"
    stem = "pilot-zones" if table.name == "zones" else f"pilot-zone-{table.name}"
    since = f"{view.since}-" if view.since and table.name == "changes" else ""
    within = f"-within-{view.within}-km" if table.near else ""
    return f"{stem}-{since}{view.on}{within}{'-filtered' if view.filtered else ''}.{ending}"


def write_file(answer: Answer, table: Table, file_format: str, *, level: str = LEVELS[0]) -> bytes:
    """Write a table of a View as a file; the bytes repeat for the same question and data.

    The format is one of `formats_of` the table, else ValueError; the level is ``"overview"`` or
    ``"detail"``. Titles and notes are in the language of the View.
    """
    allowed = formats_of(table)
    if file_format not in allowed:
        message = f"{table.name} cannot be written as {file_format}; choose {', '.join(allowed)}"
        raise ValueError(message)
    # each library is loaded when it is needed
    if file_format == "xlsx":
        from pilotzones.tables.excel import to_xlsx  # noqa: PLC0415

        return to_xlsx(answer, table)
    if file_format in PLACED or (file_format == "parquet" and table.layer):
        from pilotzones.tables import geo  # noqa: PLC0415

        return geo.WRITERS[file_format](answer, table, level)
    if file_format == "parquet":
        from pilotzones.tables.parquet import to_parquet  # noqa: PLC0415

        return to_parquet(answer, table)
    return to_csv(table.rows(answer)) if file_format == "csv" else to_json(answer, table)


def to_json(answer: Answer, table: Table) -> bytes:
    """Write a table as a JSON object: `metadata`, ``count``, and the rows under its name.

    The rows lack the columns whose values the metadata give once for all.
    """
    kept = [
        {name: value for name, value in record.items() if name not in PROVENANCE}
        for record in records(table, table.rows(answer))
    ]
    return dump({**metadata(answer, table), "count": len(kept), table.name: kept})


def to_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that spreadsheets open without harm.

    UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180); an apostrophe precedes a text
    that a spreadsheet would take for a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(map(_harmless, map(str, table.columns)))
    for rows in in_chunks(table):
        columns = (_cells(rows.iloc[:, place]) for place in range(len(rows.columns)))
        writer.writerows(zip(*columns, strict=True))
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _cells(column: pd.Series) -> list[str]:
    pairs = zip(column.tolist(), column.isna().tolist(), strict=True)
    return [
        "" if gone else _harmless(cell) if isinstance(cell, str) else str(cell)
        for cell, gone in pairs
    ]


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    if text.startswith(FORMULA_STARTS) and not _NO_FORMULA.fullmatch(text):
        return f"'{text}"
    return text
