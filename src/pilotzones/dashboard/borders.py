"""The parts of the page on border regions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from pilotzones.dashboard.notices import note, plain_label
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, move
from pilotzones.dashboard.tables import kilometres
from pilotzones.query.answer import Answer
from pilotzones.query.borders import border_regions, region_name
from pilotzones.query.zones import option_counts


class Decision(NamedTuple):
    """A decision that was taken by hand: whether a zone touches a country, and why."""

    zone: str
    country: str
    reason: str


def region_chooser(page: Page) -> None:
    """Draw the control that chooses a border region."""
    atlas, t, chosen = page.atlas, page.language, page.view.neighbours
    counts = option_counts(page.answer, "neighbour")
    order = [code for code in border_regions(atlas, t) if counts.get(code) or code in chosen]
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state["border-region"] = chosen[0] if len(chosen) == 1 else None
    st.pills(
        t._("Border region"),
        order,
        key="border-region",
        help=t._("A zone on the coast and on a land border counts in both."),
        format_func=lambda code: plain_label(
            t.counted(region_name(atlas, t, code), counts.get(code, 0))
        ),
        on_change=_region_chosen,
        args=(order,),
    )
    if len(chosen) > 1:
        names = t.commas(region_name(atlas, t, code) for code in chosen)
        note(page, t._("Selected: %(names)s.") % {"names": names})


def _region_chosen(codes: Sequence[str]) -> None:
    code = st.session_state["border-region"]
    # while the counts in the labels change the browser sends a label: that is no choice of anyone
    if code is None or code in codes:
        choose(neighbours=(code,) if code else ())
        move(to_zone=False)


def border_frame(answer: Answer, rows: pd.DataFrame) -> pd.DataFrame:
    """List the zones on and near a border, from `zones_near_borders`, for show."""
    t, register, boundaries = answer.language, answer.atlas.register, answer.atlas.boundaries
    overrides = boundaries.overrides[["zone_id", "neighbour_iso3"]]
    approved = register.histories["approved_on"].dt.date
    decided = set(overrides.itertuples(index=False, name=None))
    ports = register.ports.groupby(["zone_id", "neighbour_iso3"]).size()
    pairs = list(rows[["zone_id", "neighbour_iso3"]].itertuples(index=False, name=None))
    return pd.DataFrame(
        {
            t._("Zone"): [_zone(answer, zone) for zone, _iso3 in pairs],
            t._("Neighbouring country"): [
                t.name(boundaries.neighbours.loc[iso3]) for _zone, iso3 in pairs
            ],
            t._("Approved on"): [t.day(approved[zone]) for zone, _iso3 in pairs],
            t._("On the border"): t.marks(rows["touches"]),
            t._("Shared border (km)"): kilometres(rows["contact_km"].where(rows["touches"])),
            t._("Distance to the border (km)"): kilometres(rows["distance_km"]),
            t._("Disputed stretch"): t.marks(
                row or pair in decided for row, pair in zip(rows["disputed"], pairs, strict=True)
            ),
            t._("Border ports (listed below)"): [int(ports.get(pair, 0)) for pair in pairs],
        }
    )


def _zone(answer: Answer, zone_id: str) -> dict[str, Any]:
    """Lead to the record of a zone."""
    name = answer.language.both_names(answer.atlas.register.zones.loc[zone_id])
    return {"href": f"?zone={zone_id}", "name": name, "chosen": zone_id == answer.view.zone}


def decisions(answer: Answer, rows: pd.DataFrame) -> list[Decision]:
    """List the decisions on rows with ``zone_id`` and ``neighbour_iso3``."""
    t, boundaries = answer.language, answer.atlas.boundaries
    zones, neighbours = answer.atlas.register.zones, boundaries.neighbours
    decided = boundaries.overrides.merge(rows[["zone_id", "neighbour_iso3"]])
    return [
        Decision(
            t.name(zones.loc[row["zone_id"]]),
            t.name(neighbours.loc[row["neighbour_iso3"]]),
            row[f"reason_{t.code}"],
        )
        for row in decided.to_dict("records")
    ]


def ports_frame(answer: Answer, ports: pd.DataFrame) -> pd.DataFrame:
    """List border ports, from `ports_near_borders`, for show."""
    t = answer.language
    kinds = {"rail": t._("railway"), "road": t._("road"), "water": t._("river")}
    neighbours = answer.atlas.boundaries.neighbours
    return pd.DataFrame(
        {
            t._("Port"): ports[f"name_{t.code}"],
            t._("Zone"): [_zone(answer, zone) for zone in ports["zone_id"]],
            t._("Neighbouring country"): [
                t.name(neighbours.loc[iso3]) for iso3 in ports["neighbour_iso3"]
            ],
            t._("Type"): ports["kind"].map(kinds),
            t._("Verification"): [t.confidence(level) for level in ports["confidence"]],
            t._("Basis"): ports[f"basis_{t.code}"],
        }
    )
