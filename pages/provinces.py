"""Provinces: who has zones, since when, how much of the province."""

import streamlit as st

from pilotzones.dashboard.charts import curve
from pilotzones.dashboard.filters import choose_one, reset_button
from pilotzones.dashboard.map import draw_map, end_embedded
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.provinces import (
    highest_first,
    matrix_html,
    province_rows,
    provinces_frame,
    shading,
)
from pilotzones.dashboard.tables import downloads, reading_table
from pilotzones.parameters import REGIONS
from pilotzones.query.growth import (
    active_over_time,
    economic_region_name,
    zones_by_economic_region,
)
from pilotzones.query.shading import shades, tops

page: Page = st.session_state["page"]
t = page.language
rows = province_rows(page.answer)

end_embedded(page, shading(page, rows))

names = shades(t)
listed = highest_first(rows.loc[page.answer.provinces], page.view.shade)
with st.container(key="map-and-panel"):
    left, right = st.columns([3, 2], gap="medium")
with left:
    draw_map(page, shading(page, rows))
with right:
    with st.container(key="choices"):
        choose_one(t._("Shade provinces by"), names, "shade-by", "shade")
        st.markdown(tops(page.answer, listed))
    if matrix := matrix_html(page.answer):
        st.html(matrix)
        st.caption(t._("The table counts approvals, including zones revoked since."))
    else:
        st.info(t._("No zone matches these filters on this day."))
        reset_button(page, "reset-empty")

title = t._("Zones by province: number, first approval, cities and area covered")
st.header(title)
shares = (names["cities"], names["share"])
reading_table(provinces_frame(page.answer, listed), title, t, figures=shares)
st.caption(
    t._(
        "Cities are prefecture-level divisions; a municipality counts as one. Shares of area are "
        "measured on the map; land in several zones counts once. The area of Hainan includes "
        "Sansha, but its zone is drawn without it (whether the zone covers Sansha is not verified)."
    )
)
downloads(page, "provinces")

st.header(t._("Active zones over time, by region"))
regions = {region: economic_region_name(t, region) for region in REGIONS}
counts = active_over_time(page.answer, zones_by_economic_region(page.atlas))
curve(page, counts, regions, stacked=False)
st.caption(t._("Regions as defined by the National Bureau of Statistics."))
