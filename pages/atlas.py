"""The atlas: the map on a day, what the document of the day did, the zones shown."""

import streamlit as st

from pilotzones.dashboard.components import zone_table
from pilotzones.dashboard.filters import reset_button
from pilotzones.dashboard.map import draw_map, end_embedded
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.tables import downloads

page: Page = st.session_state["page"]

end_embedded(page)

with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page)
with right:
    panel(page)

if page.answer.zones.empty:
    reset_button(page, "reset-empty")
else:
    downloads(page, "zones")
zone_table(page)
