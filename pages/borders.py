"""Borders: zones along land borders and coasts, and how far the others are."""

import streamlit as st

from pilotzones.boundaries import COAST, INLAND, LAND
from pilotzones.dashboard.borders import (
    border_frame,
    border_rows,
    neighbours_shown,
    ports_frame,
    region_chooser,
)
from pilotzones.dashboard.charts import curve
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.map import draw_map
from pilotzones.dashboard.panel import panel
from pilotzones.dashboard.session import choose_from, follow
from pilotzones.dashboard.shell import Page
from pilotzones.history import active_over_time, zones_by_position
from pilotzones.view import MAX_WITHIN

page: Page = st.session_state["page"]
_ = page.text.translate

region_chooser(page.atlas, page.visit, page.text)
st.caption(_("A zone on the coast and on a land border counts in both."))
with st.container(key="map-and-panel"):
    left, right = st.columns([2, 1], gap="medium")
with left:
    draw_map(page.atlas, page.assets, page.visit, page.text)
with right:
    panel(page.atlas, page.assets, page.visit, page.text)

st.header(_("Zones on the border and near it"))
follow("within-km", "within")
within = st.slider(
    _("How far from the border (km)"),
    0,
    MAX_WITHIN,
    step=10,
    key="within-km",
    on_change=choose_from,
    args=("within-km", "within"),
)
countries = neighbours_shown(page.atlas, page.visit)
rows = border_rows(page.atlas, page.visit, countries, within)
if rows.empty:
    st.info(_("No active zone lies that near to the border on this day. Widen the distance."))
else:
    st.dataframe(
        border_frame(page.atlas, rows, page.text),
        hide_index=True,
        placeholder="",
        alt=_("Zones on the border and near it"),
    )
    st.caption(
        _(
            "Measured on the drawn boundaries: shared border where at least 5 km of the zone's "
            "edge lie within 5 km of the country; distances are geodesic (WGS 84), from the "
            "zone's edge."
        )
    )
    for override in page.atlas.boundaries.overrides.to_dict("records"):
        if override["neighbour_iso3"] in countries and override["zone_id"] in set(rows["zone_id"]):
            zone = page.text.name(page.atlas.register.zones.loc[override["zone_id"]])
            country = page.atlas.boundaries.neighbours.loc[override["neighbour_iso3"]]
            reason = override[f"reason_{page.text.lang}"]
            st.warning(f"{zone} – {page.text.name(country)}: {reason}")
    ports = ports_frame(page.atlas, rows, page.text)
    if not ports.empty:
        st.header(_("Land ports inside these zones"))
        st.dataframe(ports, hide_index=True, alt=_("Land ports inside these zones"))
        st.caption(_("As far as the sources at hand carry them; not a full list."))
downloads(page.visit, page.text, "zones")

st.header(_("Active zones over time, by position"))
names = {
    LAND: _("On a land border"),
    COAST: _("On the coast alone"),
    INLAND: _("Inland (no border, no coast)"),
}
counts = active_over_time(page.atlas, page.visit.shown, zones_by_position(page.atlas))
curve(page.atlas, counts, names, page.text, stacked=True)
