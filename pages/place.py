"""Place: the record of any division of the country, on a day."""

import streamlit as st

from pilotzones.browser.record_parts import parts_html
from pilotzones.dashboard import components
from pilotzones.dashboard.cite import references
from pilotzones.dashboard.map import draw_map, end_embedded
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

end_embedded(page, around=adcode)

st.html(parts_html(page.answer, page.path))
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page, around=adcode)
with right:
    components.panel(page, place_html(page.answer, adcode))
references(page)
