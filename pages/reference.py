"""Reference: parameters, API, commands and columns, from the document that the tests check."""

from pathlib import Path

import streamlit as st

from pilotzones.dashboard.page import Page

REFERENCE = Path(__file__).parents[1] / "docs" / "reference.md"

page: Page = st.session_state["page"]

st.header(page.language._("Reference"))
if page.language.code != "en":
    st.info(page.language._("The reference is in English."))
# the title is in the reader's language
st.markdown(REFERENCE.read_text(encoding="utf-8").removeprefix("# Reference\n"))
