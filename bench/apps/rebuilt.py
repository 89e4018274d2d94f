"""The plain way: the whole map made anew at each step."""

import streamlit as st
from common import OfflineMap, days, zones_on
from streamlit_folium import st_folium

day = st.select_slider("Day", days(), value=days()[0])
plain = OfflineMap([36, 104], zoom_start=4, tiles=None)
zones_on(day).add_to(plain)
st_folium(plain, returned_objects=[], use_container_width=True, height=600)
