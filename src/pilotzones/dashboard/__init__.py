"""Everything that needs a screen: the only package that imports streamlit and folium."""
