"""The parts of the page on border regions."""

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.browser.html import Text
from pilotzones.dashboard.session import Visit, choose, move
from pilotzones.query.zones import option_counts


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
        format_func=lambda code: text.counted(text.border_region(atlas, code), counts.get(code, 0)),
        on_change=_region_chosen,
        args=(order,),
    )
    if len(chosen) > 1:
        names = text.comma.join(text.border_region(atlas, code) for code in chosen)
        st.caption(_("Chosen together: %(names)s.") % {"names": names})


def _region_chosen(codes: list[str]) -> None:
    code = st.session_state["border-region"]
    # a label, where the counts in the labels have just changed, is nobody's choice
    if code is None or code in codes:
        choose(neighbours=(code,) if code else ())
        move(to_zone=False)


def border_frame(atlas: Atlas, rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    """Put the zones on and near a border into the words of the reader."""
    _ = text.translate
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    overrides = atlas.boundaries.overrides[["zone_id", "neighbour_iso3"]]
    decided = set(overrides.itertuples(index=False, name=None))
    ports = atlas.register.ports.groupby(["zone_id", "neighbour_iso3"]).size()
    pairs = list(rows[["zone_id", "neighbour_iso3"]].itertuples(index=False, name=None))
    return pd.DataFrame(
        {
            _("Zone"): [text.both_names(zones.loc[zone]) for zone, _iso3 in pairs],
            _("Neighbour"): [text.name(neighbours.loc[iso3]) for _zone, iso3 in pairs],
            _("On the border"): text.marks(rows["touches"]),
            _("Shared border (km)"): rows["contact_km"].where(rows["touches"]),
            _("Distance to the border (km)"): rows["distance_km"],
            _("Disputed stretch"): text.marks(
                row or pair in decided for row, pair in zip(rows["disputed"], pairs, strict=True)
            ),
            _("Border ports (listed below)"): [int(ports.get(pair, 0)) for pair in pairs],
        }
    )


def decisions(atlas: Atlas, rows: pd.DataFrame, text: Text) -> list[tuple[str, str, str]]:
    """Name zone, country and reason of each decision that was taken by hand on some rows."""
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    decided = atlas.boundaries.overrides.merge(rows[["zone_id", "neighbour_iso3"]])
    return [
        (
            text.name(zones.loc[row["zone_id"]]),
            text.name(neighbours.loc[row["neighbour_iso3"]]),
            row[f"reason_{text.lang}"],
        )
        for row in decided.to_dict("records")
    ]


def ports_frame(atlas: Atlas, ports: pd.DataFrame, text: Text) -> pd.DataFrame:
    """Put border ports, with how well each is verified, into the words of the reader."""
    _ = text.translate
    kinds = {"rail": _("railway"), "road": _("road"), "water": _("river")}
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
