"""A table of a View as a workbook for Excel and its kin."""

import io
from datetime import UTC, datetime, time
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from pilotzones.atlas import Atlas
from pilotzones.browser.html import Text
from pilotzones.i18n import format_day, translations
from pilotzones.query.changes import earlier_day
from pilotzones.query.view import View
from pilotzones.tables.columns import Column
from pilotzones.tables.metadata import about, filters
from pilotzones.tables.rows import TABLES, Table
from pilotzones.text import display_width

# a text is a text, whatever it looks like
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


def to_xlsx(atlas: Atlas, view: View, table: Table) -> bytes:
    """Write a table as a workbook.

    Parameters
    ----------
    atlas
        The facts.
    view
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
        created = datetime.combine(view.on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": about(atlas, view, table)["title"], "created": created})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
            "date": book.add_format({"num_format": DAY_FORMAT}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for name, shown in {table.name: table, documents.name: documents}.items():
            rows = shown.ask(atlas, view)
            _write_table(book.add_worksheet(name), shown.columns, rows, styles)
        _write_notes(book.add_worksheet("notes"), notes(atlas, view, table), styles)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&L&A&R&P / &N")
    return file.getvalue()


def notes(atlas: Atlas, view: View, table: Table) -> list[tuple[str, str]]:
    """Say what a file holds, in words.

    Parameters
    ----------
    atlas
        The facts.
    view
        The days, the filters and the language.
    table
        What is asked for.

    Returns
    -------
    list of tuple
        Labels and texts.
    """
    _ = translations(view.lang).gettext
    said = about(atlas, view, table)
    day = format_day(view.on, view.lang)
    pairs = [(_("Title"), said["title"]), (_("Day"), day)]
    if "since" in said:
        since = format_day(earlier_day(atlas, view), view.lang)
        pairs.append((_("Compared with"), since))
        day = _("%(since)s to %(day)s") % {"since": since, "day": day}
    chosen = [_in_words(atlas, view.lang, *chosen) for chosen in filters(table, view).items()]
    title = said["title"]
    if chosen:
        semicolon = "；" if view.lang == "zh" else "; "
        title = _("%(what)s (%(qualities)s)") % {"what": title, "qualities": semicolon.join(chosen)}
    citation = _("%(title)s, %(day)s. Pilot Zone Atlas, data %(version)s.") % {
        "title": title,
        "day": day,
        "version": said["data_version"],
    }
    area = _(
        "Areas are those of the drawn polygons, which derive from Tianditu, National Geomatics "
        "Center of China; they are no official figures."
    )
    return [
        *pairs,
        (_("Filters"), "\n".join(chosen) or _("none")),
        (_("Data version"), said["data_version"]),
        (_("Source"), said["source"]),
        (_("How to cite"), citation),
        (_("Licence of the facts"), f"{said['licence']} ({said['licence_url']})"),
        (_("Areas"), area),
    ]


def _in_words(atlas: Atlas, lang: str, name: str, values: list[str]) -> str:
    text = Text(lang)
    _ = text.translate
    known: dict[str, tuple[str, Any]] = {
        "province": (_("Province"), lambda code: text.name(atlas.register.provinces.loc[code])),
        "neighbour": (_("Border region"), lambda code: text.border_region(atlas, code)),
        "batch": (_("Batch"), str),
        "status": (_("Status"), text.status),
        "q": (_("Search"), str),
        "within": (_("How far from the border (km)"), str),
    }
    label, word = known[name]
    return f"{label}{text.colon}{text.comma.join(word(value) for value in values)}"


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
    for line, (label, text) in enumerate(pairs):
        sheet.write_string(line, 0, label, styles["head"])
        sheet.write_string(line, 1, text, styles["wrap"])
