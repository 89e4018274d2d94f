"""Compare: what changed between two days."""

import streamlit as st

from pilotzones.dashboard.compare import (
    changes_html,
    days,
    province_counts_frame,
    region_counts_frame,
    total_row,
)
from pilotzones.dashboard.components import changes_table
from pilotzones.dashboard.filters import reset_button
from pilotzones.dashboard.map import draw_map, end_embedded
from pilotzones.dashboard.page import Page, end_page
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.tables import downloads, reading_table

page: Page = st.session_state["page"]
t = page.language

end_embedded(page)

with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page)
with right:
    with st.container(key="choices"):
        days(page)
    panel(page, changes_html(page.answer))

if page.answer.changes.empty:
    if page.view.filtered:
        st.info(t._("No zone that matches the filters changed between the two days."))
        reset_button(page, "reset-empty")
    else:
        st.info(t._("Nothing changed between the two days."))
    end_page()
with st.container(key="counts"):
    by_province, by_region = st.columns(2, gap="medium")
with by_province:
    st.header(t._("By province"))
    total = total_row(page.answer, t._("Total"))
    reading_table(province_counts_frame(page.answer), t._("By province"), t, total)
with by_region:
    st.header(t._("By border region"))
    total = total_row(page.answer, t._("All zones"))
    reading_table(region_counts_frame(page.answer), t._("By border region"), t, total)
    st.caption(
        t._("A zone on the coast and on a land border counts in both; the last row counts it once.")
    )
# the panel has named the changes already
changes_table(page)
downloads(page, "changes")
