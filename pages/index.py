"""The shell: page configuration, shared controls and timeline, navigation; then the page."""

import streamlit as st

from pilotzones.assets import STATIC_DIR
from pilotzones.dashboard.shell import shell

st.set_page_config(
    page_title="Pilot Zone Atlas", page_icon=str(STATIC_DIR / "icon.svg"), layout="wide"
)
page = st.navigation([st.Page("atlas.py", title="Atlas", default=True)], position="hidden")
st.session_state["page"] = shell()
page.run()
