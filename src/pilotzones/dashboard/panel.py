"""The panel beside the map: what a document did, or, when a zone is chosen, its record."""

import streamlit as st

from pilotzones.dashboard import components
from pilotzones.dashboard.map import HEIGHT
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.zone import zone_html


def panel(page: Page, html: str | None = None) -> None:
    """Draw the record of the chosen zone; without one the HTML, or what the document did."""
    t = page.language
    if page.view.zone:
        back = t._("Back to the changes") if page.visit.compares else t._("Back to the document")
        html = zone_html(page.answer, page.view.zone, back=back)
    with st.container(height=HEIGHT, key="panel"):
        components.panel(page, html)
