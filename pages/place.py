"""Place: the record of any division of the country, on a day."""

import streamlit as st

from pilotzones.browser.record_parts import parts_html
from pilotzones.dashboard import components
from pilotzones.dashboard.cite import references
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.page import Page, end_page
from pilotzones.dashboard.place import place_html

page: Page = st.session_state["page"]
t, adcode = page.language, page.view.adcode

if adcode is None:
    st.info(
        t._(
            "Search for a place above to see its record: whether it lies in a pilot zone on a day, "
            "since when, by which document, and which zones are nearest."
        )
    )
    end_page()

if st.context.is_embedded:
    draw_map(page, around=adcode)
    end_page()

st.html(parts_html(page.answer, page.path))
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page, around=adcode)
with right:
    components.panel(page, place_html(page.answer, adcode))
references(page)
