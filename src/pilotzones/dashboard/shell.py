"""What every page has: the facts, the View, the controls, the timeline, the notices."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pilotzones.atlas import current_atlas
from pilotzones.browser.assets import assets_of
from pilotzones.browser.html import render
from pilotzones.browser.still import PAGES_WITH_FILTERS
from pilotzones.browser.style import style_sheet
from pilotzones.browser.words import about_zones
from pilotzones.dashboard.components import timeline
from pilotzones.dashboard.figures import FIGURE_CHOICES
from pilotzones.dashboard.filters import filters
from pilotzones.dashboard.notices import note_version, stop_without_data, warn_of_problems
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import current_visit
from pilotzones.dashboard.treatment import OWN_PLACES, PANEL_CHOICES
from pilotzones.errors import PilotZonesError
from pilotzones.i18n import Language, preferred_language
from pilotzones.query.place_sentence import record_name
from pilotzones.query.sight import PAGES_WITH_SIGHT, PARAMETER
from pilotzones.query.versions import atlas_asked

# there a zone opens beside the map; from any other page a link to a zone leads to its record
PAGES_WITH_A_PANEL = ("", "compare", "borders", "zone")

# the parameters of the address that are a page's own
OWN_PARAMETERS = {
    "panel": PANEL_CHOICES,
    "figure": FIGURE_CHOICES,
    **dict.fromkeys(PAGES_WITH_SIGHT, (PARAMETER,)),
}


def shell(path: str, pages: Mapping[str, StreamlitPage]) -> Page:
    """Draw what every page has and return what the page needs, or go where a link leads."""
    st.html(f"<style>{style_sheet('page.css', 'paper.css')}</style>")
    _keep_settings()
    try:
        atlas, _ = atlas_asked(current_atlas(), list(st.query_params.items()))
        assets = assets_of(atlas)
    except PilotZonesError as error:
        stop_without_data(Language(preferred_language(st.context.locale)), error)
    own = OWN_PARAMETERS.get(path, ())
    page = Page(path, atlas, assets, current_visit(atlas, compares=path == "compare", own=own))
    warn_of_problems(page)
    note_version(page)
    with st.container(key="head-embedded" if st.context.is_embedded else "head"):
        # the browser's tab is named after the record that is open
        wanted = timeline(page, record_name(page.answer, path))
        if path in PAGES_WITH_FILTERS and not st.context.is_embedded:
            filters(page)
    if wanted.link and wanted.link.page in pages:
        st.switch_page(pages[wanted.link.page], query_params=parse_qsl(wanted.link.query))
    if wanted.opens_zone and path not in PAGES_WITH_A_PANEL:
        st.switch_page(pages["zone"], query_params=page.visit.view.pairs())
    return page


def footer(page: Page) -> None:
    """Draw what stands at the foot of every page: method, reference, version."""
    if not st.context.is_embedded:
        t, checked = page.language, page.atlas.register.checked_on
        links = {"data": t._("Data and method"), "reference": t._("Reference")}
        st.html(
            render(
                "footer.html",
                t,
                about=about_zones(t),
                # the browser adds the View: the same text needs no sending again on another day
                links=[(f"{path}?", text) for path, text in links.items()],
                version=page.atlas.register.version,
                latest=t.day(page.atlas.stops[-1].on),
                checked=checked and t.day(checked),
            )
        )


def _keep_settings() -> None:
    # Streamlit forgets the value of a control that a run does not draw, unless it is set again
    for key in st.session_state:
        if str(key).startswith("figure-") or key == OWN_PLACES:
            st.session_state[key] = st.session_state[key]
