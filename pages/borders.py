"""Borders: zones along land borders and coasts, and how far the others are."""

import streamlit as st

from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.browser.record_parts import parts_html
from pilotzones.dashboard.borders import border_frame, decisions, ports_frame, region_chooser
from pilotzones.dashboard.charts import curve
from pilotzones.dashboard.filters import reset_button
from pilotzones.dashboard.map import BorderLand, draw_map, end_embedded
from pilotzones.dashboard.notices import warn
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.session import choose_from, follow
from pilotzones.dashboard.tables import downloads, reading_table
from pilotzones.query.borders import borders_asked, ports_near_borders, zones_near_borders
from pilotzones.query.growth import active_over_time, zones_by_position
from pilotzones.query.view import MAX_WITHIN

page: Page = st.session_state["page"]
t = page.language
rows = zones_near_borders(page.answer)

of_a_country = any(code.isupper() for code in page.view.neighbours)
near = rows.loc[~rows["touches"], "zone_id"].tolist() if of_a_country else ()
border = BorderLand(borders_asked(page.answer), near)

end_embedded(page, border=border)

st.html(parts_html(page.answer, page.path))
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page, border=border)
with right:
    with st.container(key="choices"):
        region_chooser(page)
        follow("within-km", "within")
        st.slider(
            t._("Maximum distance from the border (km)"),
            0,
            MAX_WITHIN,
            step=10,
            key="within-km",
            on_change=choose_from,
            args=("within-km", "within"),
        )
    panel(page)

st.header(t._("Zones on or near the border"), anchor="zones")
if not rows.empty:
    figures = (t._("Shared border (km)"), t._("Distance to the border (km)"))
    title = t._("Zones on or near the border")
    reading_table(border_frame(page.answer, rows), title, t, figures=figures)
    st.caption(
        t._(
            "Measured on the map: a zone is on the border where at least 5 km of its edge lie "
            "within 5 km of the country; distances are geodesic (WGS 84), from the zone's edge."
        )
    )
    for decision in decisions(page.answer, rows):
        warn(page, f"{decision.zone}{t.dash}{decision.country}{t.colon}{decision.reason}")
    downloads(page, "borders")
    ports = ports_near_borders(page.answer)
    if not ports.empty:
        st.header(t._("Border ports inside these zones"), anchor="ports")
        title = t._("Border ports inside these zones")
        reading_table(ports_frame(page.answer, ports), title, t)
        st.caption(t._("Ports named in the sources cited; not a complete list."))
        downloads(page, "ports")
elif page.view.without("neighbours").filtered:
    st.info(t._("No zone near the border matches the filters on this day."))
    reset_button(page, "reset-empty")
else:
    st.info(t._("No active zone is that close to the border on this day. Increase the distance."))

st.header(t._("Active zones over time, by position"), anchor="over-time")
names = {
    LAND: t._("On a land border"),
    COAST: t._("On the coast only"),
    INLAND: t._("Inland (no border, no coast)"),
}
curve(page, active_over_time(page.answer, zones_by_position(page.atlas)), names, stacked=True)
