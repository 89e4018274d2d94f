"""A table of a View as a workbook for Excel and its kin."""

import io
from datetime import UTC, datetime, time
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from pilotzones.atlas import Atlas
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.tables.columns import Column
from pilotzones.tables.metadata import about, filters
from pilotzones.tables.rows import TABLES, Table
from pilotzones.text import display_width

# a text is a language, whatever it looks like
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

DAY_FORMAT = "yyyy-mm-dd"
NARROWEST, WIDEST = 8, 48
MEASURED_ROWS = 200
A4 = 9  # as Excel numbers the sizes of paper


def to_xlsx(answer: Answer, table: Table) -> bytes:
    """Write a table as a workbook.

    Parameters
    ----------
    answer
        The days, the filters, and the language of the notes.
    table
        What is asked for.

    Returns
    -------
    bytes
        Sheets: the table; ``documents``, those published up to the day; ``notes``, which say the
        day, the filters, the version, the source and how to cite. The same bytes each time.
    """
    file = io.BytesIO()
    documents = TABLES["documents"]
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        # the time of writing would make every file another
        created = datetime.combine(answer.view.on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": about(answer, table)["title"], "created": created})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "date": book.add_format({"num_format": DAY_FORMAT}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for name, shown in {table.name: table, documents.name: documents}.items():
            rows = shown.rows(answer)
            _write_table(book.add_worksheet(name), shown.columns, rows, styles)
        _write_notes(book.add_worksheet("notes"), notes(answer, table), styles)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&L&A&R&P / &N")
    return file.getvalue()


def notes(answer: Answer, table: Table) -> list[tuple[str, str]]:
    """Say what a file holds, in words.

    Parameters
    ----------
    answer
        The days, the filters and the language.
    table
        What is asked for.

    Returns
    -------
    list of tuple
        Labels and texts.
    """
    said = about(answer, table)
    day = answer.language.day(answer.view.on)
    pairs = [(answer.language._("Title"), said["title"]), (answer.language._("Day"), day)]
    if "since" in said:
        since = answer.language.day(answer.since)
        pairs.append((answer.language._("Compared with"), since))
        day = answer.language._("%(since)s to %(day)s") % {"since": since, "day": day}
    chosen = [
        _in_words(answer.atlas, answer.view.lang, *chosen)
        for chosen in filters(table, answer.view).items()
    ]
    title = said["title"]
    if chosen:
        semicolon = "；" if answer.view.lang == "zh" else "; "
        title = answer.language._("%(what)s (%(qualities)s)") % {
            "what": title,
            "qualities": semicolon.join(chosen),
        }
    citation = answer.language._("%(title)s, %(day)s. Pilot Zone Atlas, data %(version)s.") % {
        "title": title,
        "day": day,
        "version": said["data_version"],
    }
    area = answer.language._(
        "Areas are those of the drawn polygons, which derive from Tianditu, National Geomatics "
        "Center of China; they are no official figures."
    )
    return [
        *pairs,
        (answer.language._("Filters"), "\n".join(chosen) or answer.language._("none")),
        (answer.language._("Data version"), said["data_version"]),
        (answer.language._("Source"), said["source"]),
        (answer.language._("How to cite"), citation),
        (answer.language._("Licence of the facts"), f"{said['licence']} ({said['licence_url']})"),
        (answer.language._("Areas"), area),
    ]


def _in_words(atlas: Atlas, lang: str, name: str, values: list[str]) -> str:
    language = Language(lang)
    known: dict[str, tuple[str, Any]] = {
        "province": (
            language._("Province"),
            lambda code: language.name(atlas.register.provinces.loc[code]),
        ),
        "neighbour": (
            language._("Border region"),
            lambda code: region_name(atlas, language, code),
        ),
        "batch": (language._("Batch"), str),
        "status": (language._("Status"), language.status),
        "q": (language._("Search"), str),
        "within": (language._("How far from the border (km)"), str),
    }
    label, word = known[name]
    return f"{label}{language.colon}{language.comma.join(word(value) for value in values)}"


def _write_table(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    columns: tuple[Column, ...],
    rows: pd.DataFrame,
    styles: dict[str, Any],
) -> None:
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, styles["head"])
        cells = [None if pd.isna(cell) else cell for cell in rows[column.name].tolist()]
        sheet.write_column(1, place, cells, styles["date"] if column.kind == "date" else None)
        sheet.set_column(place, place, _width(column, cells))
        if column.name.endswith("url"):
            for line, cell in enumerate(cells, start=1):
                if cell and cell.startswith("http"):
                    sheet.write_url(line, place, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)


def _width(column: Column, cells: list[Any]) -> int:
    shown = [display_width(str(cell)) for cell in cells[:MEASURED_ROWS] if cell is not None]
    # room for the arrow of the filter
    return min(max([*shown, len(column.name) + 3, NARROWEST]) + 1, WIDEST)


def _write_notes(
    sheet: Any,  # noqa: ANN401 - a worksheet; the library has no types
    pairs: list[tuple[str, str]],
    styles: dict[str, Any],
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for line, (label, language) in enumerate(pairs):
        sheet.write_string(line, 0, label, styles["head"])
        sheet.write_string(line, 1, language, styles["wrap"])
