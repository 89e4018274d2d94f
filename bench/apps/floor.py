"""The floor: a slider and a line of text, in a fragment."""

import streamlit as st
from common import days


@st.fragment
def step() -> None:
    """Show the chosen day."""
    day = st.select_slider("Day", days(), value=days()[0])
    st.text(day)


step()
