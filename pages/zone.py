"""Zone: the record of one zone."""

import streamlit as st

from pilotzones.dashboard import components
from pilotzones.dashboard.borders import decisions
from pilotzones.dashboard.cite import references
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.notices import note
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.tables import downloads, reading_table
from pilotzones.dashboard.zone import (
    chooser,
    distances_frame,
    found_html,
    history_html,
    looking_at,
    zone_html,
)

page: Page = st.session_state["page"]
t = page.language
zone_id = page.view.zone

if zone_id is None:
    chooser(page)
    if page.view.q and not page.answer.zones.empty:
        st.html(found_html(page.answer))
    else:
        st.info(
            t._(
                "Choose a zone to see its record: documents, dates, neighbouring countries, "
                "measures and sources."
            )
        )
    st.stop()

with st.container(key="map-and-panel"):
    left, right = st.columns([1, 1], gap="medium")
with left:
    components.panel(page, zone_html(page.answer, zone_id))
with right:
    draw_map(looking_at(page, zone_id))
    st.html(history_html(page.answer, zone_id))

st.header(t._("Distance to land borders"))
figures = (t._("Distance to its border (km)"), t._("Shared border (km)"))
title = t._("Distance to land borders")
reading_table(distances_frame(page.answer, zone_id), title, t, figures=figures)
st.caption(
    t._("Geodesic distance (WGS 84) from the edge of the zone to the border with the country.")
)
for decision in decisions(page.answer, page.atlas.boundaries.contacts.loc[[zone_id]].reset_index()):
    note(page, f"{decision.country}{t.colon}{decision.reason}")
references(page)
st.header(t._("Files of this record"))
downloads(page, f"zones/{zone_id}", ("csv", "xlsx", "geojson", "json"))
