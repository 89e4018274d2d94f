"""The parts of the page on border regions."""

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.atlas.boundaries import COAST, INLAND, LAND
from pilotzones.dashboard.session import Visit, choose, move
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.query.zones import option_counts


def region_chooser(atlas: Atlas, visit: Visit, language: Language) -> None:
    """Draw the control that chooses a border region."""
    regions = atlas.boundaries.border_regions
    order = [LAND, COAST, INLAND, *(code for code in regions if code.isupper())]
    counts = option_counts(Answer(atlas, visit.shown), "neighbour")
    chosen = visit.shown.neighbours
    value = chosen[0] if len(chosen) == 1 else None
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state["border-region"] = value
    st.pills(
        language._("Border region"),
        order,
        key="border-region",
        format_func=lambda code: language.counted(
            region_name(atlas, language, code), counts.get(code, 0)
        ),
        on_change=_region_chosen,
        args=(order,),
    )
    if len(chosen) > 1:
        names = language.comma.join(region_name(atlas, language, code) for code in chosen)
        st.caption(language._("Chosen together: %(names)s.") % {"names": names})


def _region_chosen(codes: list[str]) -> None:
    code = st.session_state["border-region"]
    # a label, where the counts in the labels have just changed, is nobody's choice
    if code is None or code in codes:
        choose(neighbours=(code,) if code else ())
        move(to_zone=False)


def border_frame(atlas: Atlas, rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put the zones on and near a border into the words of the reader."""
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    overrides = atlas.boundaries.overrides[["zone_id", "neighbour_iso3"]]
    decided = set(overrides.itertuples(index=False, name=None))
    ports = atlas.register.ports.groupby(["zone_id", "neighbour_iso3"]).size()
    pairs = list(rows[["zone_id", "neighbour_iso3"]].itertuples(index=False, name=None))
    return pd.DataFrame(
        {
            language._("Zone"): [language.both_names(zones.loc[zone]) for zone, _iso3 in pairs],
            language._("Neighbour"): [language.name(neighbours.loc[iso3]) for _zone, iso3 in pairs],
            language._("On the border"): language.marks(rows["touches"]),
            language._("Shared border (km)"): rows["contact_km"].where(rows["touches"]),
            language._("Distance to the border (km)"): rows["distance_km"],
            language._("Disputed stretch"): language.marks(
                row or pair in decided for row, pair in zip(rows["disputed"], pairs, strict=True)
            ),
            language._("Border ports (listed below)"): [int(ports.get(pair, 0)) for pair in pairs],
        }
    )


def decisions(atlas: Atlas, rows: pd.DataFrame, language: Language) -> list[tuple[str, str, str]]:
    """Name zone, country and reason of each decision that was taken by hand on some rows."""
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    decided = atlas.boundaries.overrides.merge(rows[["zone_id", "neighbour_iso3"]])
    return [
        (
            language.name(zones.loc[row["zone_id"]]),
            language.name(neighbours.loc[row["neighbour_iso3"]]),
            row[f"reason_{language.code}"],
        )
        for row in decided.to_dict("records")
    ]


def ports_frame(atlas: Atlas, ports: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Put border ports, with how well each is verified, into the words of the reader."""
    kinds = {
        "rail": language._("railway"),
        "road": language._("road"),
        "water": language._("river"),
    }
    zones, neighbours = atlas.register.zones, atlas.boundaries.neighbours
    return pd.DataFrame(
        {
            language._("Port"): ports[f"name_{language.code}"],
            language._("Zone"): [language.name(zones.loc[zone]) for zone in ports["zone_id"]],
            language._("Neighbour"): [
                language.name(neighbours.loc[c]) for c in ports["neighbour_iso3"]
            ],
            language._("Kind"): ports["kind"].map(kinds),
            language._("Verified"): [
                language.confidence(confidence) for confidence in ports["confidence"]
            ],
            language._("Basis"): ports[f"basis_{language.code}"],
        }
    )
