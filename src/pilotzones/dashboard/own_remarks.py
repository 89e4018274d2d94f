"""What the reader of a table should know of how it was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.dashboard.brought import Brought
from pilotzones.dashboard.notices import note, warn
from pilotzones.dashboard.page import Page
from pilotzones.i18n import Language
from pilotzones.query.own_table import (
    first_row,
    row_number,
    rows_of_names,
    rows_within_others,
    rows_without_point,
    total_rows,
    wrong_figures,
)
from pilotzones.query.own_years import columns_of_years
from pilotzones.tables.upload import MAX_ROWS
from pilotzones.text import excerpt

_MOST_ROW_NUMBERS = 5
_WIDE_COMMA = "\N{FULLWIDTH COMMA}"


@dataclass(frozen=True)
class Remark:
    """A sentence, and whether figures may be missing or counted twice."""

    text: str
    warns: bool = False


def tell_of_reading(page: Page, brought: Brought) -> None:
    """Say what was taken as title and notes, and how figures are read."""
    t, remarks = page.language, remarks_on_reading(page.language, brought)
    notes = [remark.text for remark in remarks if not remark.warns]
    notes += [remark_on_years(t, brought, page.view.on)] if columns_of_years(brought.table) else []
    if notes:
        note(page, t.sentences(notes))
    _draw(page, [remark for remark in remarks if remark.warns])
    offer_years(page, brought)


def offer_years(page: Page, brought: Brought) -> None:
    """Offer to turn columns of years into rows, so that each counts on its own day."""
    t, years = page.language, columns_of_years(brought.table)
    if years and len(brought.table) * len(years) <= MAX_ROWS:
        st.button(
            t._("One row for each year"),
            key=f"own-years-{brought.number}",
            icon=":material/table_rows:",
            on_click=_turn_years_into_rows,
            args=(t, brought),
        )


def _turn_years_into_rows(t: Language, brought: Brought) -> None:
    title = brought.table.attrs.get("title")
    brought.turn_years_into_rows(t._("Year"), excerpt(title) if title else t._("Figures"))


def remark_on_years(t: Language, brought: Brought, on: date) -> str:
    """Say that the table has a column for each year, and what follows."""
    columns, years = brought.columns, columns_of_years(brought.table)
    message = t._("The table has one column for each year: %(years)s.")
    sentences = [message % {"years": t.commas(years)}]
    if columns.value in years and not columns.day:
        message = t._("The figures of “%(column)s” are set against the zones of %(day)s.")
        sentences.append(message % {"column": columns.value, "day": t.day(on)})
    elif columns.value not in years:
        sentences.append(t._("Choose one as the column of figures."))
    return t.sentences(sentences)


def tell_of_rows(page: Page, brought: Brought, placed: pd.DataFrame) -> None:
    """Say which rows do not count, and which count twice."""
    _draw(page, remarks_on_rows(page.language, brought, placed, page.atlas))


def remarks_on_reading(t: Language, brought: Brought) -> list[Remark]:
    """Remark on the table before its rows are matched."""
    figures = brought.figures
    remarks = [*_on_what_is_beside(t, brought.table)]
    if figures.doubt:
        remarks.append(_on_doubt(t, brought))
    if figures.unit:
        message = t._("“%(column)s” is read in %(unit)s, the unit in its cells.")
        facts = {"column": brought.columns.value, "unit": excerpt(figures.unit)}
        remarks.append(Remark(message % facts))
    if figures.shown >= 0:
        remarks.append(_on_separators(t, brought))
    return remarks


def remarks_on_rows(
    t: Language, brought: Brought, placed: pd.DataFrame, atlas: Atlas
) -> list[Remark]:
    """Remark on rows whose figures do not count, or count twice."""
    table, columns = brought.table, brought.columns
    remarks = []
    names = [row_number(table, row) for row in rows_of_names(table, placed, columns)]
    if names:
        message = t.ngettext(
            "%(count)s row has names of columns and does not count (%(rows)s); write them in one "
            "row above all others.",
            "%(count)s rows have names of columns and do not count (%(rows)s); write them in one "
            "row above all others.",
            len(names),
        )
        facts = {"count": len(names), "rows": row_numbers(t, names)}
        remarks.append(Remark(message % facts, warns=True))
    totals = [row_number(table, row) for row in total_rows(table, placed, columns)]
    if totals := [*dict.fromkeys(totals)]:
        message = t.ngettext(
            "%(count)s row is a total or a mean, not a place; its figure does not count "
            "(%(rows)s).",
            "%(count)s rows are totals or means, not places; their figures do not count "
            "(%(rows)s).",
            len(totals),
        )
        remarks.append(Remark(message % {"count": len(totals), "rows": row_numbers(t, totals)}))
    pointless = [row_number(table, row) for row in rows_without_point(placed, columns)]
    if rows := [row for row in pointless if row not in {*names, *totals}]:
        message = t.ngettext(
            "%(count)s point is no number, or lies in no division of China (%(rows)s, columns "
            "%(columns)s).",
            "%(count)s points are no numbers, or lie in no division of China (%(rows)s, columns "
            "%(columns)s).",
            len(rows),
        )
        both = t.commas([columns.lon, columns.lat])
        facts = {"count": len(rows), "rows": row_numbers(t, rows), "columns": both}
        remarks.append(Remark(message % facts, warns=True))
    wrong = wrong_figures(table, columns, brought.figures)
    if rows := [row for row in wrong if row not in names]:
        message = t.ngettext(
            "%(count)s figure is no number and does not count (%(rows)s, column %(column)s).",
            "%(count)s figures are no numbers and do not count (%(rows)s, column %(column)s).",
            len(rows),
        )
        facts = {"count": len(rows), "rows": row_numbers(t, rows), "column": columns.value}
        remarks.append(Remark(message % facts, warns=True))
    if pairs := rows_within_others(atlas, placed):
        remarks.append(_on_rows_within_others(t, brought, placed, atlas, pairs))
    return remarks


def _on_what_is_beside(t: Language, table: pd.DataFrame) -> Iterator[Remark]:
    if title := table.attrs.get("title"):
        message = t._(
            "“%(title)s” was taken as the title of the table; the names of its columns are in "
            "row %(row)s."
        )
        yield Remark(message % {"title": excerpt(title), "row": first_row(table) - 1})
    for text in table.attrs.get("notes", []):
        message = t._("“%(text)s” was taken as a note below the table.")
        yield Remark(message % {"text": excerpt(text)})


def _on_doubt(t: Language, brought: Brought) -> Remark:
    message = {
        "units": t._(
            "The column “%(column)s” is not read as figures: “%(one)s” (row %(row)s) and "
            "“%(other)s” (row %(other_row)s) have different units. Write all of them in one unit."
        ),
        "separators": t._(
            "The column “%(column)s” is not read as figures: “%(one)s” (row %(row)s) and "
            "“%(other)s” (row %(other_row)s) use commas and points differently. Write all of "
            "them in one way."
        ),
    }[brought.figures.doubt]
    one, other = brought.figures.between
    facts = {
        "column": brought.columns.value,
        "one": _cell(brought, one),
        "row": row_number(brought.table, one),
        "other": _cell(brought, other),
        "other_row": row_number(brought.table, other),
    }
    return Remark(message % facts, warns=True)


def _on_separators(t: Language, brought: Brought) -> Remark:
    figures = brought.figures
    cell = _cell(brought, figures.shown)
    if figures.decimal == ",":
        message = t._(
            "Commas of “%(column)s” are read as decimal signs: “%(cell)s” (row %(row)s) is "
            "%(number)s."
        )
    elif "," in cell.replace(_WIDE_COMMA, ","):
        message = t._(
            "Commas of “%(column)s” are read as separators of thousands: “%(cell)s” (row %(row)s) "
            "is %(number)s."
        )
    else:
        message = t._(
            "Points of “%(column)s” are read as decimal signs: “%(cell)s” (row %(row)s) is "
            "%(number)s."
        )
    facts = {
        "column": brought.columns.value,
        "cell": cell,
        "row": row_number(brought.table, figures.shown),
        "number": f"{figures.numbers[figures.shown]:.15g}",
    }
    return Remark(message % facts)


def _on_rows_within_others(
    t: Language,
    brought: Brought,
    placed: pd.DataFrame,
    atlas: Atlas,
    pairs: Sequence[tuple[int, int]],
) -> Remark:
    count = len({row_number(brought.table, row) for row, _ in pairs})
    message = t.ngettext(
        "The place of %(count)s row contains that of another: %(one)s (row %(row)s) contains "
        "%(other)s (row %(other_row)s). The figures of both are added up; remove subtotals.",
        "The places of %(count)s rows contain those of others, for example %(one)s (row %(row)s) "
        "contains %(other)s (row %(other_row)s). The figures of both are added up; remove "
        "subtotals.",
        count,
    )
    one, other = pairs[0]
    names = [t.name(atlas.places.rows[placed["adcode"].iloc[row]]) for row in (one, other)]
    facts = {
        "count": count,
        "one": names[0],
        "row": row_number(brought.table, one),
        "other": names[1],
        "other_row": row_number(brought.table, other),
    }
    return Remark(message % facts, warns=True)


def _cell(brought: Brought, row: int) -> str:
    return excerpt(brought.table[brought.columns.value].iloc[row].strip())


def _draw(page: Page, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        (warn if remark.warns else note)(page, remark.text)


def row_numbers(t: Language, rows: Sequence[int]) -> str:
    """Name rows, as a spreadsheet counts them."""
    # of a row that became several, each has the same number
    rows = [*dict.fromkeys(rows)]
    listed = t.commas(map(str, rows[:_MOST_ROW_NUMBERS]))
    more = " …" if len(rows) > _MOST_ROW_NUMBERS else ""
    message = t.ngettext("row %(rows)s", "rows %(rows)s", len(rows))
    return message % {"rows": f"{listed}{more}"}
