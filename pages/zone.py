"""Zone: the record of one zone."""

import streamlit as st

from pilotzones.browser.record_parts import parts_html
from pilotzones.dashboard import components
from pilotzones.dashboard.borders import decisions
from pilotzones.dashboard.cite import references
from pilotzones.dashboard.map import draw_map, end_embedded
from pilotzones.dashboard.notices import note
from pilotzones.dashboard.page import Page, end_page
from pilotzones.dashboard.tables import downloads
from pilotzones.dashboard.zone import (
    chooser,
    distances,
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
    end_page()

end_embedded(looking_at(page, zone_id))

st.html(parts_html(page.answer, page.path))
with st.container(key="map-and-panel"):
    left, right = st.columns([1, 1], gap="medium")
with left:
    components.panel(page, zone_html(page.answer, zone_id))
with right:
    draw_map(looking_at(page, zone_id))
    st.html(history_html(page.answer, zone_id))

distances(page, zone_id)
for decision in decisions(page.answer, page.atlas.boundaries.contacts.loc[[zone_id]].reset_index()):
    note(page, f"{decision.country}{t.colon}{decision.reason}")
references(page)
st.header(t._("Files of this record"), anchor="files")
downloads(page, f"zones/{zone_id}", ("csv", "xlsx", "geojson", "json"))
