"""The parts of the page on a reader's own data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from pilotzones.atlas.matching import PLACE_LEVELS
from pilotzones.atlas.pieces import COUNTY, PREFECTURE, PROVINCE
from pilotzones.browser.html import render
from pilotzones.dashboard import components
from pilotzones.dashboard.brought import Brought, desk, forget, take, take_place
from pilotzones.dashboard.filters import one_of
from pilotzones.dashboard.notices import note, plain_label
from pilotzones.dashboard.own_map import kind_colours
from pilotzones.dashboard.own_remarks import row_numbers
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.sample import sample_table
from pilotzones.dashboard.tables import reading_table, table
from pilotzones.dashboard.treatment import OWN_PLACES
from pilotzones.i18n import Language
from pilotzones.query.lookup import new_names
from pilotzones.query.own_classes import short_kinds, shown
from pilotzones.query.own_table import (
    AMBIGUOUS,
    KINDS,
    NO_DAY,
    NOT_MATCHED,
    Doubt,
    decided_by_level,
    doubts,
    first_row,
    rows_of_texts,
    totals,
    totals_by_batch,
    totals_over_time,
)
from pilotzones.query.place_sentence import whole_place_name
from pilotzones.tables.columns import Share
from pilotzones.tables.dataset import DATASET_FORMATS, Dataset, match_dataset, write_dataset
from pilotzones.tables.excel import MAX_CELLS, people_to_xlsx
from pilotzones.tables.people import answers_for_people, kind_names
from pilotzones.tables.upload import MAX_BYTES, MAX_ROWS

# of the names that are not matched, and of the rows below the map; the files have all
MOST_DOUBTS = 20
MOST_NAMED = 5
MOST_SHOWN = 2000
# ticks may be years, months or days; the names of months that a chart has are English
_DAY_OF_TICK = (
    "timeFormat(datum.value, timeFormat(datum.value, '%m-%d') == '01-01' ? '%Y'"
    " : timeFormat(datum.value, '%d') == '01' ? '%Y-%m' : '%Y-%m-%d')"
)


def intake(page: Page) -> None:
    """Draw the field that takes a table, and the sample."""
    t = page.language
    limits = {"megabytes": MAX_BYTES // 1_000_000, "rows": f"{MAX_ROWS:,}"}
    labels = {
        "paste": t._("Paste a table with names of columns, as copied from Excel, or drop a file"),
        "file": t._("Choose a file …"),
        "read": t._("Read what was pasted"),
        "sample": t._("Try it with a sample"),
        "limits": t._(
            "CSV or XLSX, up to %(megabytes)s MB and %(rows)s rows. Your table stays in the memory "
            "of this session: it is not stored, not logged and not put in the address."
        )
        % limits,
        "reading": t._("Reading the table …"),
        "too_large": t._("The file is too large: at most %(limit)s bytes are taken.")
        % {"limit": f"{MAX_BYTES:,}"},
        "unreadable": t._("The browser could not read the file."),
    }
    sample = sample_table(t)
    components.intake(
        labels, MAX_BYTES, desk().heard, lambda event: take(event, page.atlas, sample)
    )
    st.download_button(
        t._("The sample as a file (CSV)"),
        sample,
        "sample-zh.csv" if t.code == "zh" else "sample.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def choose_columns(page: Page, brought: Brought) -> None:
    """Draw a control for each column that counts; they begin with what was guessed."""
    t, names = page.language, [str(name) for name in brought.table.columns]
    with st.container(horizontal=True, vertical_alignment="bottom", key="own-columns"):
        for field, label in (
            ("place", t._("Column of places")),
            ("day", t._("Column of days")),
            ("value", t._("Column of figures")),
            ("lon", t._("Column of longitudes")),
            ("lat", t._("Column of latitudes")),
        ):
            key = f"own-{field}-{brought.number}"
            # set each time: Streamlit hears of a choice by its name in the language of the page
            st.session_state[key] = getattr(brought.columns, field)
            st.selectbox(
                label,
                ["", *names],
                format_func=lambda name: name or t._("none"),
                key=key,
                width=165,
                on_change=_column_chosen,
                args=(brought, field, key),
            )
        st.button(t._("Remove this table"), icon=":material/delete:", on_click=forget)


def column_summary(page: Page, brought: Brought) -> str:
    """Name the columns that count, as text that Markdown leaves alone."""
    t, columns = page.language, brought.columns
    named = [columns.place, columns.lon, columns.lat, columns.day, columns.value]
    names, title = t.commas(one for one in named if one), t._("Table and columns")
    return plain_label(f"{title}{t.colon}{names}" if names else title)


def _column_chosen(brought: Brought, field: str, key: str) -> None:
    chosen = st.session_state[key]
    if chosen == "" or chosen in map(str, brought.table.columns):
        brought.columns = replace(brought.columns, **{field: chosen})


def counts(page: Page, placed: pd.DataFrame) -> None:
    """Show how many rows are of each kind."""
    t, found = page.language, placed["kind"].value_counts()
    names = kind_names(t) | {NO_DAY: t._("without a day")}
    always = [kind for kind in KINDS if kind != NO_DAY]
    tiles = [
        (f"{int(found.get(kind, 0)):,}", names[kind], kind in {AMBIGUOUS, NOT_MATCHED, NO_DAY})
        for kind in KINDS
        if kind in always or kind in found
    ]
    rows = t.ngettext("%(count)s row", "%(count)s rows", len(placed))
    st.html(render("counts.html", t, tiles=tiles, total=rows % {"count": f"{len(placed):,}"}))


def settle_names(page: Page, brought: Brought, placed: pd.DataFrame) -> None:
    """List the names that are not matched, or were settled, with the places to choose from."""
    t = page.language
    open_ones = doubts(brought.table, placed, brought.columns)
    settled = [text for text, code in brought.chosen.items() if code in page.atlas.places.rows]
    if not open_ones and not settled and not brought.level:
        return
    rows = rows_of_texts(brought.table, brought.columns, settled)
    names = [*open_ones, *(Doubt(text, rows.get(text, ())) for text in settled)]
    # a name keeps its place when it is settled; those without a candidate come last
    names.sort(key=lambda one: (not one.candidates and one.text not in settled, one.rows))
    listed = names[:MOST_DOUBTS]
    with st.expander(
        t.counted(t._("Names that are not matched"), len(open_ones)), expanded=bool(open_ones)
    ):
        choose_level(t, brought)
        if brought.level:
            _tell_of_level(page, brought, placed)
        if listed:
            components.settling(
                {
                    "number": brought.number,
                    "labels": _settling_labels(t, brought, len(listed)),
                    "names": [_unsettled(page, brought, one) for one in listed],
                },
                lambda event: take_place(event, page.atlas, brought),
            )
        if more := len(names[MOST_DOUBTS:]):
            message = t.ngettext(
                "%(count)s more name; the files list all.",
                "%(count)s more names; the files list all.",
                more,
            )
            note(page, message % {"count": more})


def choose_level(t: Language, brought: Brought) -> None:
    """Draw the control that settles names of several places at once."""
    names = {
        "": t._("Any level"),
        PROVINCE: t._("Provinces"),
        PREFECTURE: t._("Prefecture-level cities"),
        COUNTY: t._("Counties"),
    }
    key = f"own-level-{brought.number}"
    # set each time, as the columns are
    st.session_state[key] = brought.level
    one_of(
        t._("All names are"),
        names,
        key,
        help=t._(
            "A name of several places means the one of this level. A name that no place of this "
            "level has is matched at any level."
        ),
        on_change=_level_chosen,
        args=(brought, key),
    )


def _level_chosen(brought: Brought, key: str) -> None:
    chosen = st.session_state[key]
    if chosen in {"", *PLACE_LEVELS}:
        brought.level = chosen


def _tell_of_level(page: Page, brought: Brought, placed: pd.DataFrame) -> None:
    t = page.language
    decided = decided_by_level(page.atlas, brought.table, placed, brought.columns)
    places = dict.fromkeys(code for text, code in decided.items() if text not in brought.chosen)
    if places:
        named = t.semicolons(_whole_name(page, code) for code in [*places][:MOST_NAMED])
        more = " …" if len(places) > MOST_NAMED else ""
        message = t._("Decided by the level: %(places)s")
        note(page, message % {"places": f"{named}{more}"})


def _settling_labels(t: Language, brought: Brought, number: int) -> dict[str, str]:
    return {
        "caption": t._("Which place is meant?"),
        "name": t._("In your table"),
        "rows": t._("Row"),
        "figure": brought.columns.value,
        "place": t._("Place"),
        "choose": t._("Choose the place that is meant"),
        "none": t._("no place found"),
        "undo": t._("Undo"),
        "empty": t._("(empty)"),
        "all": t._("Show all %(count)s names") % {"count": number},
    }


def _unsettled(page: Page, brought: Brought, name: Doubt) -> dict[str, object]:
    code, column = brought.chosen.get(name.text), brought.columns.value
    table, figure = brought.table, ""
    if column and len(name.rows) == 1 and "years" not in table.attrs:
        figure = str(table[column].iloc[name.rows[0] - first_row(table)])
    return {
        "text": name.text,
        "rows": row_numbers(page.language, name.rows),
        "figure": figure,
        "chosen": _whole_name(page, code) if code else "",
        "candidates": [(one, _whole_name(page, one)) for one in name.candidates],
    }


def _whole_name(page: Page, code: str) -> str:
    """Name a place so that no other is named alike: with its province, and its code."""
    return f"{whole_place_name(page.atlas, code, page.language)}{page.language.brackets(code)}"


def title_of_figures(page: Page, brought: Brought) -> str:
    """Name the figures, with the unit that their cells have."""
    t, name, unit = page.language, brought.columns.value, brought.figures.unit
    return name + t.brackets(unit) * bool(unit and unit not in name) or t._("Your places")


def sums(page: Page, placed: pd.DataFrame) -> None:
    """Show totals and means inside and outside zones, and by batch."""
    t, names = page.language, kind_names(page.language)
    by_kind = totals(placed)
    st.header(t._("Inside and outside zones"))
    frame = _sums_frame(t, t._("Pilot zone"), [names[kind] for kind in by_kind.index], by_kind)
    figures = (t._("Total"), t._("Mean"))
    reading_table(frame, t._("Inside and outside zones"), t, figures=figures)
    by_batch = totals_by_batch(placed)
    if not by_batch.empty:
        st.header(t._("By batch"))
        labels = [t._("Batch %(n)s") % {"n": t.ordinal(int(batch))} for batch in by_batch.index]
        frame = _sums_frame(t, t._("Batch"), labels, by_batch)
        reading_table(frame, t._("By batch"), t, figures=figures)
        st.caption(t._("Rows wholly in a zone; a place in two zones counts in the earlier batch."))


def _sums_frame(t: Language, head: str, labels: list[str], sums: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, list[object]] = {
        head: [*labels],
        t._("Rows"): sums["rows"].tolist(),
        t._("Places"): sums["places"].tolist(),
    }
    if sums["figures"].any():
        for name, label in (("total", t._("Total")), ("mean", t._("Mean"))):
            columns[label] = ["" if pd.isna(one) else shown(one) for one in sums[name]]
    return pd.DataFrame(columns)


def over_time(page: Page, placed: pd.DataFrame, title: str) -> None:
    """Draw the totals of each day, inside and outside zones."""
    t, names = page.language, short_kinds(page.language)
    wide = totals_over_time(placed)
    day, kind = t._("Day"), t._("Pilot zone")
    long = (
        wide.rename(columns=names)
        .rename_axis(day)
        .reset_index()
        .melt(day, var_name=kind, value_name=title)
        .dropna()
    )
    long[day] = pd.to_datetime(long[day])
    colours = kind_colours()
    # a name of the reader's may have characters that a chart would read as a path
    drawn = long.set_axis(["day", "kind", "value"], axis=1)
    line = (
        alt.Chart(drawn)
        .mark_line(point=True, strokeWidth=2.5)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(labelExpr=_DAY_OF_TICK)),
            # a name of the reader's may be longer than the axis, which would leave no chart
            y=alt.Y("value:Q", title=None),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(
                    domain=[names[one] for one in wide.columns],
                    range=[colours[one] for one in wide.columns],
                ),
                legend=alt.Legend(title=None, orient="top"),
            ),
            tooltip=[alt.Tooltip("day:T", format="%Y-%m-%d", title=day), "kind:N", "value:Q"],
        )
    )
    st.header(t._("Totals over time"))
    note(page, title)
    st.altair_chart(line.properties(height=300), width="stretch")
    st.caption(t._("Each row counts where its place was on its own day."))
    with st.expander(t._("Chart data")):
        table(wide.rename(columns=names).rename_axis(day).reset_index(), t._("Chart data"))


def dataset_of(page: Page, brought: Brought, placed: pd.DataFrame, on: date | None) -> Dataset:
    """Describe the reader's table with its answers, for files."""
    added = placed.drop(columns=["day", "value", "kind"])
    own = brought.table.astype(object)
    rows = pd.concat([own, added.set_axis(new_names(added.columns, own.columns), axis=1)], axis=1)
    return match_dataset(page.atlas, rows, page.language, own=len(own.columns), on=on)


def files(page: Page, brought: Brought, placed: pd.DataFrame, on: date | None) -> None:
    """Offer the table in each format."""
    t, atlas = page.language, page.atlas
    dataset = dataset_of(page, brought, placed, on)

    def for_people() -> bytes:
        rows = answers_for_people(atlas, brought.table.astype(object), placed, t, own=dataset)
        return people_to_xlsx(t._("Your data"), rows, dataset)

    def in_format(name: str) -> Callable[[], bytes]:
        return lambda: write_dataset(dataset, name)

    offers = [(t._("Excel for people"), "xlsx", for_people)]
    offers += [
        (label, name, in_format(name))
        for label, name in (("CSV", "csv"), ("Stata", "dta"), ("Parquet", "parquet"))
    ]
    offers.append((t._("Excel, all columns"), "xlsx", in_format("xlsx")))
    if dataset.rows.size > MAX_CELLS:
        offers = [offer for offer in offers if offer[1] != "xlsx"]
        st.caption(t._("The table has too many cells for Excel."))
    day = f"-{on}" if on else ""
    with st.container(horizontal=True):
        for place, (label, name, make) in enumerate(offers):
            st.download_button(
                label,
                make,
                f"pilot-zone-your-data{day}.{name}",
                DATASET_FORMATS[name].media_type,
                key=f"own-file-{place}",
                icon=":material/download:",
                on_click="ignore",
            )


def offer_panel(page: Page, placed: pd.DataFrame) -> None:
    """Offer a panel of the places that were found: doubtful names are settled here already."""
    t, codes = page.language, dict.fromkeys(code for code in placed["adcode"] if code)
    label = t._("Make a panel of these places")
    if codes and st.button(label, key="own-panel", icon=":material/table_rows:"):
        st.session_state[OWN_PLACES] = "\n".join(codes)
        st.switch_page("panel.py", query_params=page.visit.view.pairs())


def answers(page: Page, brought: Brought, placed: pd.DataFrame, on: date | None) -> None:
    """Show the reader's rows with what was found."""
    t = page.language
    head = brought.table.head(MOST_SHOWN).astype(object)
    part = replace(brought, table=head)
    dataset = dataset_of(page, part, placed.head(MOST_SHOWN), on)
    frame = answers_for_people(page.atlas, head, placed.head(MOST_SHOWN), t, own=dataset)
    st.header(t._("Your rows"))
    table(frame.map(partial(_in_words, t)), t._("Your rows"))
    if len(placed) > MOST_SHOWN:
        message = t._("The first %(shown)s of %(rows)s rows; the files have all.")
        st.caption(message % {"shown": f"{MOST_SHOWN:,}", "rows": f"{len(placed):,}"})


def _in_words(t: Language, cell: Any) -> Any:  # noqa: ANN401 - any cell
    return t.percent(cell) if isinstance(cell, Share) else cell
