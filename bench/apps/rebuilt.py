"""The plain way: the whole map made anew at each step."""

import streamlit as st
from common import OfflineMap, days, zones_on
from streamlit_folium import st_folium

day = st.select_slider("Day", days(), value=days()[0])
plain = OfflineMap([36, 104], zoom_start=4, tiles=None)
zones_on(day).add_to(plain)
# with a constant key streamlit-folium keeps an old map when two scripts look alike to it
st_folium(plain, key=day, returned_objects=[], use_container_width=True, height=600)
