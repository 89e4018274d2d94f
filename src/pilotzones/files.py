"""A table of a View as a file: JSON and CSV here, the other formats in modules of their own."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.boundaries import LEVELS
from pilotzones.columns import PROVENANCE, Kind
from pilotzones.i18n import translations
from pilotzones.selection import DIMENSIONS
from pilotzones.tables import CREDIT, LICENCE, LICENCE_URL, Table, earlier_day
from pilotzones.view import View

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
    """Name a file after what it holds, e.g. ``pilot-zones-2025-04-25.csv``."""
    stem = "pilot-zones" if table.name == "zones" else f"pilot-zone-{table.name}"
    return f"{stem}-{view.on}.{ending}"


def write_file(
    atlas: Atlas, view: View, table: Table, form: str, *, level: str = LEVELS[0]
) -> bytes:
    """Write a table of a View as a file.

    Parameters
    ----------
    atlas
        The facts.
    view
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
        from pilotzones.workbook import to_xlsx  # noqa: PLC0415

        return to_xlsx(atlas, view, table)
    if form in PLACED:
        from pilotzones import geofiles  # noqa: PLC0415

        write = geofiles.to_geojson if form == "geojson" else geofiles.to_gpkg
        return write(atlas, view, table, level)
    rows = table.ask(atlas, view)
    return to_csv(rows) if form == "csv" else to_json(about(atlas, view, table), table, rows)


def about(atlas: Atlas, view: View, table: Table) -> dict[str, Any]:
    """Tell what a file holds; formats with a place for it carry it.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days and the filters.
    table
        What is asked for.

    Returns
    -------
    dict
        ``title`` in the language of the View, ``as_of``, ``since`` (of changes alone), ``filters``
        (values by parameter), ``data_version``, ``source``, ``credit``, ``licence``,
        ``licence_url``.
    """
    _ = translations(view.lang).gettext
    compared = {"since": earlier_day(atlas, view).isoformat()} if table.name == "changes" else {}
    return {
        "title": table_title(table, view.lang),
        "as_of": view.on.isoformat(),
        **compared,
        "filters": filters(view),
        "data_version": atlas.data_version,
        "source": _("Replies of the State Council of China, each cited with its address"),
        "credit": CREDIT,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }


def table_title(table: Table, lang: str) -> str:
    """Say what a table is.

    Parameters
    ----------
    table
        One of `tables.TABLES`.
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        A title for people.
    """
    _ = translations(lang).gettext
    return {
        "zones": _("Cross-border e-commerce pilot zones of China"),
        "changes": _("Changes of the cross-border e-commerce pilot zones of China"),
        "documents": _("Documents on the cross-border e-commerce pilot zones of China"),
        "provinces": _("Cross-border e-commerce pilot zones of China by province"),
    }[table.name]


def filters(view: View) -> dict[str, list[str]]:
    """List the values of the filters that are set, by the name of their parameter."""
    found: dict[str, list[str]] = {}
    for name, value in view.pairs():
        if name in DIMENSIONS or name == "q":
            found.setdefault(name, []).append(value)
    return found


def records(table: Table, rows: pd.DataFrame, *, arrays: bool = True) -> Iterator[dict[str, Any]]:
    """Turn the rows of a table into values that JSON knows.

    Parameters
    ----------
    table
        Says what the columns are.
    rows
        The rows.
    arrays
        Whether lists become arrays or stay text, since not every map program reads arrays.

    Yields
    ------
    dict
        One a row, ``None`` where a cell is empty.
    """
    kinds: list[Kind] = [
        column.kind if arrays or column.kind != "list" else "text" for column in table.columns
    ]
    names = [column.name for column in table.columns]
    for row in rows.itertuples(index=False):
        cells = zip(row, kinds, strict=True)
        yield dict(zip(names, (plain(value, kind) for value, kind in cells), strict=True))


def plain(value: Any, kind: Kind) -> Any:  # noqa: ANN401 - any cell
    """Turn a cell into a value that JSON knows.

    Parameters
    ----------
    value
        The cell.
    kind
        What its column holds.

    Returns
    -------
    str, int, float, bool, list of str or None
        ``None`` where the cell is empty; a date as ``YYYY-MM-DD``.
    """
    if kind == "list":
        return value.split()
    if pd.isna(value):
        return None
    makers = {"date": str, "integer": int, "number": float, "boolean": bool, "text": str}
    return makers[kind](value)


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


def dump(content: object) -> bytes:
    """Write JSON as UTF-8, without spaces."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


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
