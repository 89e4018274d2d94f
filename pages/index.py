"""The shell: page configuration, shared controls and timeline, navigation; then the page."""

from contextlib import suppress

import streamlit as st

from pilotzones.browser.assets import STATIC_DIR
from pilotzones.dashboard.page import PageEndError
from pilotzones.dashboard.shell import footer, shell

st.set_page_config(
    page_title="Pilot Zone Atlas", page_icon=str(STATIC_DIR / "icon.svg"), layout="wide"
)
names = (
    *("compare", "provinces", "borders", "zone", "place", "your-data", "panel", "figure"),
    *("data", "reference"),
)
pages = {"": st.Page("atlas.py", title="Atlas", default=True)}
pages |= {name: st.Page(f"{name.replace('-', '_')}.py", url_path=name) for name in names}
page = st.navigation(list(pages.values()), position="hidden")
st.session_state["page"] = shell(page.url_path, pages)
# a page that ends early has its foot as well
with suppress(PageEndError):
    page.run()
footer(st.session_state["page"])
