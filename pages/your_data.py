"""Your data: a table of the reader's with the answer for each row, on the map and added up."""

import streamlit as st

from pilotzones.dashboard.brought import desk, refusal
from pilotzones.dashboard.figures import own_figure
from pilotzones.dashboard.filters import choose_kept, one_of
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.own_data import (
    answers,
    choose_columns,
    column_summary,
    counts,
    files,
    intake,
    offer_panel,
    over_time,
    settle_names,
    sums,
    title_of_figures,
)
from pilotzones.dashboard.own_map import figures_map, on_day
from pilotzones.dashboard.own_remarks import tell_of_reading, tell_of_rows
from pilotzones.dashboard.page import Page, end_page
from pilotzones.query.own_table import figures_by_place

page: Page = st.session_state["page"]
t = page.language

brought = desk().brought
if brought is None:
    intake(page)
else:
    # what was guessed stands on the fold; the map comes first
    with st.expander(column_summary(page, brought), expanded=not brought.columns.complete):
        choose_columns(page, brought)
        intake(page)
    tell_of_reading(page, brought)
if reason := refusal(t):
    st.error(reason)
if brought is None:
    if not reason:
        st.info(
            t._(
                "Bring a table of cities, counties, codes or coordinates: each row gets its answer "
                "for the day of the timeline, or for the day in the row, and your figures are "
                "added up inside and outside the zones."
            )
        )
    end_page()

columns = brought.columns
if not columns.complete:
    st.info(t._("Choose the column of places, or those of longitudes and latitudes."))
    end_page()

placed = brought.placed(page.atlas, page.view.on, t)
on = None if columns.day else page.view.on
counts(page, placed)
settle_names(page, brought, placed)
title = title_of_figures(page, brought)
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with right:
    tell_of_rows(page, brought, placed)
    styles = {"circles": t._("Circles"), "shades": t._("Shaded prefectures")}
    style = one_of(t._("Figures on the map"), styles, "own-style", default="circles")
    ways = {"total": t._("Total"), "mean": t._("Mean")}
    way = one_of(t._("Several rows of a place"), ways, "own-way", default="total")
    day = None
    days = sorted({one for one in placed["day"] if one is not None}) if columns.day else []
    if days:
        day = choose_kept(t._("Rows of"), days, "own-day", usual=-1, format_func=t.day, width=220)
    sums(page, placed)
values = figures_by_place(placed, day, mean=way == "mean")
with left:
    shown = on_day(page, day) if day else page
    draw_map(shown, figures_map(page, values, title, shaded=style == "shades"), keeps_day=bool(day))
    files(page, brought, placed, on)
    offer_panel(page, placed)
if not values.empty:
    own_figure(shown, values, title, shaded=style == "shades")
if columns.day and columns.value:
    over_time(page, placed, title)
answers(page, brought, placed, on)
