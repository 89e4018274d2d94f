"""References for the record that is open, in every style."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from pilotzones.dashboard.page import Page
from pilotzones.parameters import CITATION_STYLES
from pilotzones.query.citations import Seen, cite_place, cite_zone, written

_NAMES = {
    "gbt7714": "GB/T 7714",
    "apa": "APA",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL JSON",
}
_LANGUAGES = {"bibtex": "latex", "csl": "json"}


def references(page: Page) -> None:
    """Show how the zone or the place of the page is cited: its documents, then the record."""
    view, t = page.view, page.language
    seen = Seen(_site(), _local_day())
    if view.zone:
        cited = cite_zone(page.atlas, view.zone, view.on, seen, t)
    else:
        cited = cite_place(page.atlas, view.adcode or "", view.on, seen, t)
    st.header(t._("Cite this record"), anchor="cite")
    st.caption(t._("The documents of the State Council first, then the record of the atlas."))
    for tab, style in zip(st.tabs([*_NAMES.values()]), CITATION_STYLES, strict=True):
        with tab:
            st.code(written(cited, style), language=_LANGUAGES.get(style), wrap_lines=True)


def _site() -> str:
    """Return the address of the app, up to the name of the page."""
    return (st.context.url or "").split("?")[0].rpartition("/")[0] + "/"


def _local_day() -> date:
    """Return the visitor's day, by the time zone of the browser."""
    offset = timedelta(minutes=st.context.timezone_offset or 0)
    return (datetime.now(UTC) - offset).date()
