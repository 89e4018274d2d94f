"""What every page has: the facts, the View, the controls, the timeline, the notices."""

from dataclasses import dataclass

import streamlit as st

from pilotzones.assets import STATIC_DIR, Asset
from pilotzones.atlas import Atlas
from pilotzones.dashboard.components import timeline
from pilotzones.dashboard.filters import sidebar
from pilotzones.dashboard.session import Visit, visit
from pilotzones.dashboard.text import Text
from pilotzones.errors import PilotZonesError
from pilotzones.i18n import preferred_language
from pilotzones.server import current_assets, current_atlas


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
    text
        The language.
    """

    atlas: Atlas
    assets: dict[str, Asset]
    visit: Visit
    text: Text


def shell() -> Page:
    """Draw what every page has, and hand over what a page needs.

    Returns
    -------
    Page
        Facts, files, View and language; when the data cannot be loaded the run ends here, with a
        message that names the file and the remedy.
    """
    st.html(STATIC_DIR / "page.css")
    try:
        atlas, assets = current_atlas(), current_assets()
    except PilotZonesError as error:
        _ = Text(preferred_language(st.context.locale)).translate
        st.error(_("The data cannot be loaded, so nothing can be shown."))
        st.code(str(error), language=None, wrap_lines=True)
        st.stop()
    visited = visit(atlas)
    text = Text(visited.view.lang)
    if not st.context.is_embedded:
        sidebar(atlas, visited, text)
    for problem in visited.problems:
        st.warning(_plain(text.problem(problem)))
    timeline(atlas, assets, visited)
    return Page(atlas, assets, visited, text)


def _plain(words: str) -> str:
    # the message quotes the address; nothing in it may be taken for Markdown
    return "".join(f"\\{c}" if c in r"\`*_{}[]()<>#+-.!|$~:" else c for c in words)
