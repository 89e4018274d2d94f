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
from pilotzones.query.growth import active_over_time, zones_by_economic_region

page: Page = st.session_state["page"]
_ = page.text.translate

table = province_rows(page.atlas, page.visit)
ways = {"active": _("Active zones"), "share": _("Share of the drawn area")}
follow("shade-by", "shade")
st.segmented_control(
    _("Shade the provinces by"),
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
    shade = shading(page.visit, page.text, table)
    draw_map(page.atlas, page.assets, page.visit, page.text, shade)
with right:
    if matrix := matrix_html(page.atlas, page.visit, page.text):
        st.html(matrix)
        st.caption(_("The matrix counts approvals, those revoked since among them."))
    else:
        st.info(_("No zone passes these filters on this day."))
        st.button(_("Reset the filters"), key="reset-empty", on_click=reset_filters)

chosen = page.visit.shown.provinces
one = chosen[0] if len(chosen) == 1 else None
shown = table[table.index.isin(chosen)] if chosen else table
st.header(_("Who has zones, since when, how much of the province"))
rows_that_lead(
    show_frame(page.atlas, shown, page.text),
    shown.index.tolist(),
    "provinces",
    one,
    # a mark that is taken off takes the filter off
    lambda adcode: toggle_province(adcode or str(one)),
    column_config={_("Share of the drawn area"): st.column_config.NumberColumn(format="%.0f%%")},
    alt=_("Who has zones, since when, how much of the province"),
)
st.caption(
    _(
        "A municipality counts as one prefecture-level division. The share is measured on the "
        "drawn polygons; what lies in several zones counts once. Hainan's whole includes Sansha, "
        "which its zone is drawn without (whether it covers Sansha is not verified)."
    )
)
downloads(page.visit, page.text, "provinces")

st.header(_("Active zones over time, by region"))
names = {
    "east": _("East"),
    "central": _("Central"),
    "west": _("West"),
    "northeast": _("Northeast"),
}
counts = active_over_time(page.atlas, page.visit.shown, zones_by_economic_region(page.atlas))
curve(page.atlas, counts, names, page.text, stacked=False)
st.caption(_("Regions of the National Bureau of Statistics."))
