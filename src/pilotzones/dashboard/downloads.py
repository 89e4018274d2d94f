"""Links to the files of a View."""

import streamlit as st

from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.session import Visit
from pilotzones.i18n import Language

FORMATS = ("csv", "xlsx")


def downloads(
    visit: Visit, language: Language, table: str, formats: tuple[str, ...] = FORMATS
) -> None:
    """Draw a link to a table of the API in each format.

    Parameters
    ----------
    visit
        What is chosen.
    language
        The language.
    table
        Its path in the API, e.g. ``"zones"`` or ``"zones/hainan"``.
    formats
        Endings of the files.
    """
    with st.container(horizontal=True):
        for ending in formats:
            st.link_button(
                language._("Download as %(format)s") % {"format": ending.upper()},
                f"{base_url()}api/v1/{table}?format={ending}&{visit.shown.query()}",
                icon=":material/download:",
            )
