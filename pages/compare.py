"""Compare: what changed between two days."""

import streamlit as st

from pilotzones.dashboard.changes import changes_frame, changes_html, counted_frame, days
from pilotzones.dashboard.choosing import zone_rows
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.grid import table
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.shell import Page
from pilotzones.dashboard.sidebar import reset_filters
from pilotzones.query.answer import Answer

page: Page = st.session_state["page"]

days(page.atlas, page.visit, page.language)
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page.atlas, page.assets, page.visit, page.language)
with right:
    told = changes_html(page.atlas, page.visit, page.language)
    panel(page.atlas, page.assets, page.visit, page.language, told)

found = changes_frame(page.atlas, page.visit, page.language)
if found.empty:
    if page.visit.shown.filtered:
        st.info(page.language._("Nothing that passes the filters changed between the two days."))
        st.button(page.language._("Reset the filters"), key="reset-empty", on_click=reset_filters)
    else:
        st.info(page.language._("Nothing changed between the two days."))
    st.stop()
st.header(page.language._("Changes"))
zone_rows(
    found,
    Answer(page.atlas, page.visit.shown).changes.index.tolist(),
    "changes",
    page.visit,
    column_config={
        # the panel names the hosts
        page.language._("Source"): st.column_config.LinkColumn(
            display_text=":material/open_in_new:"
        ),
    },
    alt=page.language._("Changes"),
)
downloads(page.visit, page.language, "changes")
by_province, by_region = st.columns(2, gap="medium")
with by_province:
    st.header(page.language._("By province"))
    table(
        counted_frame(page.atlas, page.visit, page.language, "province"),
        page.language._("By province"),
    )
with by_region:
    st.header(page.language._("By border region"))
    table(
        counted_frame(page.atlas, page.visit, page.language, "border region"),
        page.language._("By border region"),
    )
    st.caption(page.language._("A zone on the coast and on a land border counts in both."))
