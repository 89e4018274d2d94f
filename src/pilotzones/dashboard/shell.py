"""What every page has: the facts, the View, the controls, the timeline, the notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pilotzones.atlas import Atlas
from pilotzones.atlas.atlas import current_atlas
from pilotzones.browser.assets import Asset, current_assets
from pilotzones.browser.style import style_sheet
from pilotzones.dashboard.components import timeline
from pilotzones.dashboard.map import HEIGHT
from pilotzones.dashboard.markdown import offer_zones, plain_markdown
from pilotzones.dashboard.session import Visit, visit
from pilotzones.dashboard.sidebar import sidebar
from pilotzones.errors import PilotZonesError, Problem
from pilotzones.i18n import Language, preferred_language
from pilotzones.i18n.messages import problem_message

# there a zone opens beside the map; from any other page a link to a zone leads to its record
PAGES_WITH_A_PANEL = ("", "compare", "borders", "zone")


@dataclass(frozen=True)
class Page:
    """What a page needs to draw itself.

    Parameters
    ----------
    atlas
        The facts.
    assets
        Files that the browser fetches, by name.
    visit
        What the visitor chose.
    language
        The language.
    """

    atlas: Atlas
    assets: dict[str, Asset]
    visit: Visit
    language: Language


def shell(current: str, pages: Mapping[str, StreamlitPage]) -> Page:
    """Draw what every page has, go where the reader asked to, and hand over what a page needs.

    Parameters
    ----------
    current
        Path of the page that is open, empty for the atlas.
    pages
        All pages by path.

    Returns
    -------
    Page
        Facts, files, View and language; when the data cannot be loaded the run ends here, with a
        message that names the file and the remedy.
    """
    st.html(f"<style>{style_sheet('page.css')}:root {{ --map-height: {HEIGHT}px; }}</style>")
    _keep_figure_settings()
    try:
        atlas, assets = current_atlas(), current_assets()
    except PilotZonesError as error:
        language = Language(preferred_language(st.context.locale))
        st.error(language._("The data cannot be loaded, so nothing can be shown."))
        st.code(str(error), language=None, wrap_lines=True)
        st.stop()
    visited = visit(atlas, compares=current == "compare")
    language = visited.view.language
    if not st.context.is_embedded:
        sidebar(atlas, visited, language)
    for problem in visited.problems:
        st.warning(_told(atlas, language, problem))
    asked = timeline(atlas, assets, visited, current)
    if asked.page is not None and asked.page in pages:
        st.switch_page(pages[asked.page], query_params=parse_qsl(asked.query))
    if asked.zone_opened and current not in PAGES_WITH_A_PANEL:
        st.switch_page(pages["zone"], query_params=visited.view.pairs())
    return Page(atlas, assets, visited, language)


def _keep_figure_settings() -> None:
    # Streamlit forgets the value of a control that a run does not draw, unless it is set again
    for key in st.session_state:
        if str(key).startswith("figure-"):
            st.session_state[key] = st.session_state[key]


def _told(atlas: Atlas, language: Language, problem: Problem) -> str:
    # the message quotes the address
    told = plain_markdown(problem_message(language, problem))
    if problem.reason != "unknown zone" or not problem.closest:
        return told
    offer = offer_zones(atlas, language, problem.closest)
    return told + offer if language.code == "zh" else f"{told} {offer}"
