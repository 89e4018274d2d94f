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
from pilotzones.query.changes import changes_in_view

page: Page = st.session_state["page"]
_ = page.text.translate

days(page.atlas, page.visit, page.text)
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page.atlas, page.assets, page.visit, page.text)
with right:
    told = changes_html(page.atlas, page.visit, page.text)
    panel(page.atlas, page.assets, page.visit, page.text, told)

found = changes_frame(page.atlas, page.visit, page.text)
if found.empty:
    if page.visit.shown.filtered:
        st.info(_("Nothing that passes the filters changed between the two days."))
        st.button(_("Reset the filters"), key="reset-empty", on_click=reset_filters)
    else:
        st.info(_("Nothing changed between the two days."))
    st.stop()
st.header(_("Changes"))
zone_rows(
    found,
    changes_in_view(page.atlas, page.visit.shown).index.tolist(),
    "changes",
    page.visit,
    column_config={
        # the panel names the hosts
        _("Source"): st.column_config.LinkColumn(display_text=":material/open_in_new:"),
    },
    alt=_("Changes"),
)
downloads(page.visit, page.text, "changes")
by_province, by_region = st.columns(2, gap="medium")
with by_province:
    st.header(_("By province"))
    table(counted_frame(page.atlas, page.visit, page.text, "province"), _("By province"))
with by_region:
    st.header(_("By border region"))
    table(counted_frame(page.atlas, page.visit, page.text, "border region"), _("By border region"))
    st.caption(_("A zone on the coast and on a land border counts in both."))
