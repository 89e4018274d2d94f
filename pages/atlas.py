"""The atlas: the map on a day, what the document of the day did, the zones shown."""

import streamlit as st

from pilotzones.dashboard.components import zone_table
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.shell import Page
from pilotzones.dashboard.sidebar import reset_filters
from pilotzones.query.answer import Answer
from pilotzones.query.roles import frame_on

page: Page = st.session_state["page"]

if st.context.is_embedded:
    draw_map(page.atlas, page.assets, page.visit, page.language)
    st.stop()

with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page.atlas, page.assets, page.visit, page.language)
with right:
    panel(page.atlas, page.assets, page.visit, page.language)

zone_table(page.atlas, page.assets, page.visit)
if set(frame_on(Answer(page.atlas, page.visit.shown)).roles) == {"."}:
    st.button(page.language._("Reset the filters"), key="reset-empty", on_click=reset_filters)
else:
    downloads(page.visit, page.language, "zones")
