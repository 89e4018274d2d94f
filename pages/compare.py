"""Compare: what changed between two days."""

import streamlit as st

from pilotzones.comparison import changes_in_view
from pilotzones.dashboard.changes import changes_frame, changes_html, counted_frame, days
from pilotzones.dashboard.choosing import HOST, zone_rows
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.filters import reset_filters
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.shell import Page

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

table = changes_frame(page.atlas, page.visit, page.text)
if table.empty:
    if page.visit.shown.filtered:
        st.info(_("Nothing that passes the filters changed between the two days."))
        st.button(_("Reset the filters"), key="reset-empty", on_click=reset_filters)
    else:
        st.info(_("Nothing changed between the two days."))
    st.stop()
st.header(_("Changes"))
zone_rows(
    table,
    changes_in_view(page.atlas, page.visit.shown).index.tolist(),
    "changes",
    page.visit,
    column_config={
        _("Change"): st.column_config.TextColumn(width=72),
        _("Zone"): st.column_config.TextColumn(width=206),
        _("Revoked by"): st.column_config.TextColumn(width=125),
        _("Succeeded by"): st.column_config.TextColumn(width=140),
        _("Source"): st.column_config.LinkColumn(width=150, display_text=HOST),
    },
    alt=_("Changes"),
)
downloads(page.visit, page.text, "changes")
by_province, by_region = st.columns(2, gap="medium")
with by_province:
    st.header(_("By province"))
    st.dataframe(
        counted_frame(page.atlas, page.visit, page.text, "province"),
        hide_index=True,
        alt=_("By province"),
    )
with by_region:
    st.header(_("By border region"))
    st.dataframe(
        counted_frame(page.atlas, page.visit, page.text, "border region"),
        hide_index=True,
        alt=_("By border region"),
    )
    st.caption(_("A zone on the coast and on a land border counts in both."))
