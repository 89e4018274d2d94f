"""A table of a View as a workbook for Excel and its kin."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from pilotzones.errors import TableTooLargeError
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.query.growth import economic_region_name
from pilotzones.query.title import match_name
from pilotzones.tables.codebook import CODEBOOK, codebook
from pilotzones.tables.columns import Column, Share
from pilotzones.tables.labelled import Dataset
from pilotzones.tables.metadata import day_of_file, filter_values, metadata
from pilotzones.tables.rows import TABLES, Table
from pilotzones.text import display_width

DAY_FORMAT = "yyyy-mm-dd"
SHARE_FORMAT = "0.0%"
NARROWEST, WIDEST = 8, 48
MEASURED_ROWS = 200
# more take minutes to write and to open
MAX_CELLS = 3_000_000
A4 = 9  # as Excel numbers the sizes of paper
# characters of a landscape page at the smallest scale that is read, six tenths of full size
PAGE_WIDTH = 230


@dataclass(frozen=True)
class _Sheet:
    """A sheet of rows."""

    name: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame


def to_xlsx(answer: Answer, table: Table) -> bytes:
    """Write a table as a workbook; the bytes repeat.

    Sheets: the table; ``documents``, those published up to the day; ``notes`` with the day, the
    filters, the version, the source and the citation.
    """
    documents = TABLES["documents"]
    sheets = [
        _Sheet(name, one.columns, one.rows(answer))
        for name, one in {table.name: table, documents.name: documents}.items()
    ]
    title = metadata(answer, table)["title"]
    return _write_book(title, answer.view.on, sheets, notes(answer, table))


def dataset_to_xlsx(dataset: Dataset) -> bytes:
    """Write a dataset as a workbook with the sheets of the rows, ``codebook`` and ``notes``."""
    if len(dataset.rows) * len(dataset.columns) > MAX_CELLS:
        message = (
            f"a workbook holds at most {MAX_CELLS:,} cells, this table has {len(dataset.rows):,} "
            f"rows and {len(dataset.columns)} columns; choose csv, dta or parquet"
        )
        raise TableTooLargeError(message)
    dataset = dataset.with_numbers()
    sheets = [
        _Sheet(dataset.name, dataset.columns, dataset.rows),
        _Sheet("codebook", CODEBOOK, codebook(dataset.columns)),
    ]
    return _write_book(dataset.title, dataset.as_of, sheets, dataset_notes(dataset))


def people_to_xlsx(sheet: str, rows: pd.DataFrame, dataset: Dataset) -> bytes:
    """Write rows for people as a workbook: the rows, and a sheet of notes on the dataset."""
    sheets = [_Sheet(sheet, _columns_for_people(rows), rows)]
    last = dataset.language._("Sources")
    return _write_book(dataset.title, dataset.as_of, sheets, dataset_notes(dataset), last)


def view_to_people_xlsx(answer: Answer, table: Table, rows: pd.DataFrame) -> bytes:
    """Write rows for people of a table of a View as a workbook: the rows, and a sheet of notes."""
    t, title = answer.language, metadata(answer, table)["title"]
    sheets = [_Sheet(t._("Table"), _columns_for_people(rows), rows)]
    return _write_book(title, answer.view.on, sheets, notes(answer, table), t._("Sources"))


def _columns_for_people(rows: pd.DataFrame) -> tuple[Column, ...]:
    return tuple(
        Column(str(name), "date" if _has_days(rows[name]) else "text", "") for name in rows.columns
    )


def _has_days(cells: pd.Series) -> bool:
    return any(isinstance(cell, date) for cell in cells)


def _write_book(
    title: str,
    day: date | None,
    sheets: Sequence[_Sheet],
    pairs: list[tuple[str, str]],
    last: str = "notes",
) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        # the time of writing would make every file another
        book.set_properties({"title": title, "created": day_of_file(day)})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "date": book.add_format({"num_format": DAY_FORMAT}),
            "share": book.add_format({"num_format": SHARE_FORMAT}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            printed = book.add_worksheet(sheet.name)
            width = _write_table(printed, sheet, styles)
            # a wide table takes several pages side by side, each with the names of its rows
            _prepare_print(printed, ceil(width / PAGE_WIDTH))
        printed = book.add_worksheet(last)
        _write_notes(printed, pairs, styles)
        _prepare_print(printed, 1)
    return file.getvalue()


def _prepare_print(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    pages: int,
) -> None:
    """Print a sheet on A4, so many pages wide and as many high as it takes."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0)
    sheet.set_footer("&L&A&R&P / &N")


def notes(answer: Answer, table: Table) -> list[tuple[str, str]]:
    """Labels and texts of the sheet of notes, in the language of the View."""
    t = answer.language
    facts = metadata(answer, table)
    title, day = facts["title"], t.day(answer.view.on)
    pairs = [(t._("Title"), title), (t._("Day"), day)]
    if "since" in facts:
        since = t.day(answer.since)
        pairs.append((t._("Compared with"), since))
        day = t._("%(since)s to %(day)s") % {"since": since, "day": day}
    filters = [
        _filter_text(answer, name, values)
        for name, values in filter_values(table, answer.view).items()
    ]
    if filters:
        qualities = t.semicolons(filters)
        title = t._("%(what)s (%(qualities)s)") % {"what": title, "qualities": qualities}
    citation = t._("%(title)s, %(day)s. Pilot Zone Atlas, data %(version)s.") % {
        "title": title,
        "day": day,
        "version": facts["data_version"],
    }
    return [
        *pairs,
        (t._("Filters"), "\n".join(filters) or t._("none")),
        *_provenance_notes(t, facts, citation),
    ]


def dataset_notes(dataset: Dataset) -> list[tuple[str, str]]:
    """Labels and texts of the sheet of notes, in the language of the dataset."""
    t, facts = dataset.language, dataset.metadata
    pairs = [(t._("Title"), dataset.title)]
    said = {"title": dataset.title, "version": facts["data_version"]}
    citation = t._("%(title)s. Pilot Zone Atlas, data %(version)s.") % said
    if dataset.as_of:
        said["day"] = t.day(dataset.as_of)
        pairs.append((t._("Day"), said["day"]))
        citation = t._("%(title)s, %(day)s. Pilot Zone Atlas, data %(version)s.") % said
    if dataset.methods:
        pairs.append((t._("Methods"), dataset.methods))
    pairs += [(t._("Warning"), warning) for warning in dataset.warnings]
    return [*pairs, *_provenance_notes(t, facts, citation)]


def _provenance_notes(t: Language, facts: dict[str, Any], citation: str) -> list[tuple[str, str]]:
    area = t._(
        "Areas are measured on boundaries derived from Tianditu, National Geomatics "
        "Center of China; they are not official figures."
    )
    return [
        (t._("Data version"), facts["data_version"]),
        (t._("Source"), facts["source"]),
        (t._("How to cite"), citation),
        (t._("Licence of the register"), f"{facts['licence']} ({facts['licence_url']})"),
        (t._("Areas"), area),
    ]


def _filter_text(answer: Answer, name: str, values: list[str]) -> str:
    t, provinces = answer.language, answer.atlas.register.provinces
    known: dict[str, tuple[str, Any]] = {
        "province": (t._("Province"), lambda code: t.name(provinces.loc[code])),
        "region": (t._("Region"), lambda code: economic_region_name(t, code)),
        "neighbour": (t._("Border region"), lambda code: region_name(answer.atlas, t, code)),
        "batch": (t._("Batch"), str),
        "status": (t._("Status"), t.status),
        "match": (t._("Filters combined"), lambda code: match_name(t, code)),
        "q": (t._("Search"), str),
        "within": (t._("Maximum distance from the border (km)"), str),
    }
    label, text = known[name]
    return f"{label}{t.colon}{t.commas(map(text, values))}"


def _write_table(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    table: _Sheet,
    styles: dict[str, Any],
) -> int:
    """Write a table; return its width in characters."""
    whole = 0
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, styles["head"])
        column_cells = table.rows.iloc[:, place].tolist()
        cells = [None if pd.isna(cell) else cell for cell in column_cells]
        for line, cell in enumerate(cells, start=1):
            _write_cell(sheet, (line, place), column, cell, styles)
        width = _width(column, cells)
        whole += width
        sheet.set_column(place, place, width)
    # codes are texts of digits on purpose
    last = xl_rowcol_to_cell(len(table.rows), len(table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    return whole


def _write_cell(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    place: tuple[int, int],
    column: Column,
    cell: Any,  # noqa: ANN401 - any cell
    styles: dict[str, Any],
) -> None:
    if isinstance(cell, Share):
        sheet.write_number(*place, float(cell), styles["share"])
    elif not isinstance(cell, str) or not cell:
        sheet.write(*place, cell, styles["date"] if column.kind == "date" else None)
    elif column.name.endswith("url") and cell.startswith("http"):
        sheet.write_url(*place, cell)
    else:
        # never a formula, an address or a number, which write() may make of a text
        sheet.write_string(*place, cell)


def _width(column: Column, cells: list[Any]) -> int:
    texts = (f"{cell:.1%}" if isinstance(cell, Share) else cell for cell in cells[:MEASURED_ROWS])
    widths = [display_width(str(text)) for text in texts if text is not None]
    # room for the arrow of the filter
    return min(max([*widths, len(column.name) + 3, NARROWEST]) + 1, WIDEST)


def _write_notes(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    pairs: list[tuple[str, str]],
    styles: dict[str, Any],
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for line, (label, text) in enumerate(pairs):
        sheet.write_string(line, 0, label, styles["head"])
        sheet.write_string(line, 1, text, styles["wrap"])
