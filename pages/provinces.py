"""Provinces: who has zones, since when, how much of the province."""

import streamlit as st

from pilotzones.dashboard.charts import curve
from pilotzones.dashboard.choosing import rows_that_lead
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.provinces import matrix_html, province_rows, shading, show_frame
from pilotzones.dashboard.session import choose_from, follow, toggle_province
from pilotzones.dashboard.shell import Page
from pilotzones.dashboard.sidebar import reset_filters
from pilotzones.query.answer import Answer
from pilotzones.query.growth import active_over_time, zones_by_economic_region

page: Page = st.session_state["page"]

table = province_rows(page.atlas, page.visit)
ways = {
    "active": page.language._("Active zones"),
    "share": page.language._("Share of the drawn area"),
}
follow("shade-by", "shade")
st.segmented_control(
    page.language._("Shade the provinces by"),
    list(ways),
    format_func=ways.__getitem__,
    required=True,
    key="shade-by",
    on_change=choose_from,
    args=("shade-by", "shade"),
)
with st.container(key="map-and-panel"):
    left, right = st.columns([3, 2], gap="medium")
with left:
    shade = shading(page.visit, page.language, table)
    draw_map(page.atlas, page.assets, page.visit, page.language, shade)
with right:
    if matrix := matrix_html(page.atlas, page.visit, page.language):
        st.html(matrix)
        st.caption(page.language._("The matrix counts approvals, those revoked since among them."))
    else:
        st.info(page.language._("No zone passes these filters on this day."))
        st.button(page.language._("Reset the filters"), key="reset-empty", on_click=reset_filters)

chosen = page.visit.shown.provinces
one = chosen[0] if len(chosen) == 1 else None
shown = table[table.index.isin(chosen)] if chosen else table
st.header(page.language._("Who has zones, since when, how much of the province"))
rows_that_lead(
    show_frame(page.atlas, shown, page.language),
    shown.index.tolist(),
    "provinces",
    one,
    # a mark that is taken off takes the filter off
    lambda adcode: toggle_province(adcode or str(one)),
    column_config={
        page.language._("Share of the drawn area"): st.column_config.NumberColumn(format="%.0f%%")
    },
    alt=page.language._("Who has zones, since when, how much of the province"),
)
st.caption(
    page.language._(
        "A municipality counts as one prefecture-level division. The share is measured on the "
        "drawn polygons; what lies in several zones counts once. Hainan's whole includes Sansha, "
        "which its zone is drawn without (whether it covers Sansha is not verified)."
    )
)
downloads(page.visit, page.language, "provinces")

st.header(page.language._("Active zones over time, by region"))
names = {
    "east": page.language._("East"),
    "central": page.language._("Central"),
    "west": page.language._("West"),
    "northeast": page.language._("Northeast"),
}
counts = active_over_time(
    Answer(page.atlas, page.visit.shown), zones_by_economic_region(page.atlas)
)
curve(page.atlas, counts, names, page.language, stacked=False)
st.caption(page.language._("Regions of the National Bureau of Statistics."))
