"""Zone: the record of one zone."""

import streamlit as st

from pilotzones.credits import cite_zone, cite_zone_bibtex
from pilotzones.dashboard import components
from pilotzones.dashboard.borders import decisions
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.grid import table
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import zone_html
from pilotzones.dashboard.record import (
    address_of,
    chooser,
    distances_frame,
    found_html,
    history_html,
    locator,
    seen_on,
)
from pilotzones.dashboard.shell import Page
from pilotzones.query.zones import zones_in_view

page: Page = st.session_state["page"]
zone_id = page.visit.shown.zone

chooser(page.atlas, page.language)
if zone_id is None:
    found = zones_in_view(page.atlas, page.visit.shown) if page.visit.shown.q else None
    if found is not None and not found.empty:
        st.html(found_html(page.atlas, found.index, page.language))
        st.stop()
    st.info(
        page.language._(
            "Choose a zone to see its record: documents, dates, neighbours, policies, sources."
        )
    )
    st.stop()

with st.container(key="map-and-panel"):
    left, right = st.columns([1, 1], gap="medium")
with left:
    told = zone_html(page.atlas, page.visit, page.language, closable=False)
    components.panel(page.assets, page.visit, told)
with right:
    draw_map(page.atlas, page.assets, locator(page.atlas, page.visit, zone_id), page.language)
    st.caption(page.language._("The map shows the day the zone was approved."))
    st.html(history_html(page.atlas, zone_id, page.language))

st.header(page.language._("Distance to the land borders"))
table(
    distances_frame(page.atlas, zone_id, page.language),
    page.language._("Distance to the land borders"),
)
st.caption(
    page.language._(
        "Geodesic distance (WGS 84) from the edge of the drawn zone to the border with the country."
    )
)
contacts = page.atlas.boundaries.contacts.loc[[zone_id]].reset_index()
for _zone, country, reason in decisions(page.atlas, contacts, page.language):
    st.caption(f"{country}{page.language.colon}{reason}")
st.header(page.language._("Cite this record"))
address = address_of(page.visit.shown.query())
st.code(
    cite_zone(page.atlas, zone_id, address, seen_on(), page.language),
    language=None,
    wrap_lines=True,
)
st.code(cite_zone_bibtex(page.atlas, zone_id, address, seen_on()), language="latex")
st.header(page.language._("Files of this record"))
downloads(page.visit, page.language, f"zones/{zone_id}", ("csv", "xlsx", "geojson", "json"))
