"""Borders: zones along land borders and coasts, and how far the others are."""

from dataclasses import replace

import streamlit as st

from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.dashboard.borders import border_frame, decisions, ports_frame, region_chooser
from pilotzones.dashboard.charts import curve
from pilotzones.dashboard.choosing import zone_rows
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.session import choose_from, follow
from pilotzones.dashboard.shell import Page
from pilotzones.dashboard.sidebar import reset_filters
from pilotzones.query.answer import Answer
from pilotzones.query.borders import ports_near_borders, zones_near_borders
from pilotzones.query.growth import active_over_time, zones_by_position
from pilotzones.query.view import MAX_WITHIN

page: Page = st.session_state["page"]

view = page.visit.shown
region_chooser(page.atlas, page.visit, page.language)
st.caption(page.language._("A zone on the coast and on a land border counts in both."))
rows = zones_near_borders(Answer(page.atlas, view))
named = [code for code in view.neighbours if code.isupper()]
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    near = tuple(rows.loc[~rows["touches"], "zone_id"]) if named else ()
    draw_map(page.atlas, page.assets, replace(page.visit, near=near), page.language)
with right:
    panel(page.atlas, page.assets, page.visit, page.language)

st.header(page.language._("Zones on the border and near it"))
follow("within-km", "within")
st.slider(
    page.language._("How far from the border (km)"),
    0,
    MAX_WITHIN,
    step=10,
    key="within-km",
    on_change=choose_from,
    args=("within-km", "within"),
)
if not rows.empty:
    zone_rows(
        border_frame(page.atlas, rows, page.language),
        rows["zone_id"].tolist(),
        "zones-near",
        page.visit,
        alt=page.language._("Zones on the border and near it"),
    )
    st.caption(
        page.language._(
            "Measured on the drawn boundaries: shared border where at least 5 km of the zone's "
            "edge lie within 5 km of the country; distances are geodesic (WGS 84), from the "
            "zone's edge."
        )
    )
    for zone, country, reason in decisions(page.atlas, rows, page.language):
        st.warning(f"{zone} – {country}{page.language.colon}{reason}")
    downloads(page.visit, page.language, "borders")
    ports = ports_near_borders(Answer(page.atlas, view))
    if not ports.empty:
        st.header(page.language._("Border ports inside these zones"))
        zone_rows(
            ports_frame(page.atlas, ports, page.language),
            ports["zone_id"].tolist(),
            "ports-near",
            page.visit,
            alt=page.language._("Border ports inside these zones"),
        )
        st.caption(page.language._("As far as the sources at hand carry them; not a full list."))
        downloads(page.visit, page.language, "ports")
elif view.without("neighbours").filtered:
    st.info(page.language._("No zone near the border passes the filters on this day."))
    st.button(page.language._("Reset the filters"), key="reset-empty", on_click=reset_filters)
else:
    st.info(
        page.language._(
            "No active zone lies that near to the border on this day. Widen the distance."
        )
    )

st.header(page.language._("Active zones over time, by position"))
names = {
    LAND: page.language._("On a land border"),
    COAST: page.language._("On the coast alone"),
    INLAND: page.language._("Inland (no border, no coast)"),
}
counts = active_over_time(Answer(page.atlas, page.visit.shown), zones_by_position(page.atlas))
curve(page.atlas, counts, names, page.language, stacked=True)
