"""Good practice: a map that stays, polygons inlined in the feature group that is added to it."""

import folium
import streamlit as st
from common import OfflineMap, days, zones_on
from streamlit_folium import st_folium


@st.fragment
def step() -> None:
    """Show the zones of the chosen day."""
    day = st.select_slider("Day", days(), value=days()[0])
    group = folium.FeatureGroup("zones")
    zones_on(day).add_to(group)
    base = OfflineMap([36, 104], zoom_start=4, tiles=None)
    st_folium(
        base,
        key="map",
        feature_group_to_add=group,
        returned_objects=[],
        use_container_width=True,
        height=600,
    )


step()
