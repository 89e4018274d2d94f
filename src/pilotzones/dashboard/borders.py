"""The parts of the page on border regions."""

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.boundaries import COAST, INLAND, LAND
from pilotzones.dashboard.session import Visit, choose, move
from pilotzones.prose import Text
from pilotzones.selection import option_counts, zones_in_view
from pilotzones.timeline import ACTIVE


def region_chooser(atlas: Atlas, visit: Visit, text: Text) -> None:
    """Draw the control that chooses a border region."""
    _ = text.translate
    regions = atlas.boundaries.border_regions
    order = [LAND, COAST, INLAND, *(code for code in regions if code.isupper())]
    counts = option_counts(atlas, visit.shown, "neighbour")
    chosen = visit.shown.neighbours
    value = chosen[0] if len(chosen) == 1 else None
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state["border-region"] = value
    st.pills(
        _("Border region"),
        order,
        key="border-region",
        format_func=lambda code: f"{text.border_region(atlas, code)} ({counts.get(code, 0)})",
        on_change=_region_chosen,
    )


def _region_chosen() -> None:
    code = st.session_state["border-region"]
    choose(neighbours=(code,) if code else ())
    move(to_zone=False)


def neighbours_shown(atlas: Atlas, visit: Visit) -> list[str]:
    """List the countries whose borders are asked for; all where none is."""
    chosen = [code for code in visit.shown.neighbours if code.isupper()]
    return chosen or atlas.boundaries.neighbours.index.tolist()


def border_rows(atlas: Atlas, visit: Visit, countries: list[str], within_km: float) -> pd.DataFrame:
    """List the zones on or near the borders with some countries.

    Parameters
    ----------
    atlas
        The facts.
    visit
        The day and the filters; the filter by border region does not count.
    countries
        ISO 3166-1 alpha-3 codes.
    within_km
        How far from the border a zone may lie.

    Returns
    -------
    pandas.DataFrame
        One row an active zone and country, the nearest first: ``zone_id``, ``neighbour_iso3``,
        ``touches``, ``contact_km``, ``distance_km``, ``disputed``.
    """
    zones = zones_in_view(atlas, visit.without("neighbours"))
    active = zones.index[zones["status"] == ACTIVE]
    contacts = atlas.boundaries.contacts.reset_index()
    near = contacts[
        contacts["zone_id"].isin(active)
        & contacts["neighbour_iso3"].isin(countries)
        & (contacts["touches"] | (contacts["distance_km"] <= within_km))
    ]
    return near.sort_values(
        ["touches", "distance_km", "contact_km"], ascending=[False, True, False], kind="stable"
    )


def border_frame(atlas: Atlas, rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    """Put the zones on and near a border into the words of the reader."""
    _ = text.translate
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    ports = atlas.register.ports
    return pd.DataFrame(
        {
            _("Zone"): [text.both_names(zones.loc[zone]) for zone in rows["zone_id"]],
            _("Neighbour"): [text.name(neighbours.loc[c]) for c in rows["neighbour_iso3"]],
            _("On the border"): rows["touches"],
            _("Shared border (km)"): rows["contact_km"].where(rows["touches"]),
            _("Distance to the border (km)"): rows["distance_km"],
            _("Disputed stretch"): rows["disputed"],
            _("Land ports (listed below)"): [
                int(
                    (
                        (ports["zone_id"] == row.zone_id)
                        & (ports["neighbour_iso3"] == row.neighbour_iso3)
                    ).sum()
                )
                for row in rows.itertuples()
            ],
        }
    )


def ports_frame(atlas: Atlas, rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    """List the land ports of some zones with how well each is verified."""
    _ = text.translate
    kinds = {"rail": _("railway"), "road": _("road"), "water": _("river")}
    ports = atlas.register.ports
    ports = ports[
        ports["zone_id"].isin(rows["zone_id"])
        & ports["neighbour_iso3"].isin(rows["neighbour_iso3"])
    ]
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    return pd.DataFrame(
        {
            _("Port"): ports[f"name_{text.lang}"],
            _("Zone"): [text.name(zones.loc[zone]) for zone in ports["zone_id"]],
            _("Neighbour"): [text.name(neighbours.loc[c]) for c in ports["neighbour_iso3"]],
            _("Kind"): ports["kind"].map(kinds),
            _("Verified"): [text.confidence(confidence) for confidence in ports["confidence"]],
            _("Basis"): ports[f"basis_{text.lang}"],
        }
    )
