"""The parts of the page on one zone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.html import Text, render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.session import Visit, choose_from, follow


def chooser(atlas: Atlas, text: Text) -> None:
    """Draw the control that chooses a zone by its name."""
    _ = text.translate
    zones = atlas.register.zones
    order = zones.sort_values("name_en" if text.lang == "en" else "name_pinyin").index.tolist()
    follow("record-zone", "zone")
    st.selectbox(
        _("Zone"),
        order,
        key="record-zone",
        index=None,
        # with pinyin, for those who type it
        format_func=lambda zone_id: (
            f"{text.both_names(zones.loc[zone_id])} · {zones.loc[zone_id, 'name_pinyin']}"
        ),
        placeholder=_("Choose a zone, or type a part of its name"),
        on_change=choose_from,
        args=("record-zone", "zone"),
    )


def found_html(atlas: Atlas, zone_ids: Iterable[str], text: Text) -> str:
    """List the zones that a search found, each a link to its record."""
    return render(
        "found.html", text, zones=[zone_link(atlas, text, zone_id) for zone_id in zone_ids]
    )


def locator(atlas: Atlas, visit: Visit, zone_id: str) -> Visit:
    """Show the map on the day the zone was approved, without filters, at the zone."""
    approved = atlas.register.histories.loc[zone_id, "approved_on"].date()
    view = replace(visit.shown.without_filters(), on=approved, zone=zone_id)
    return replace(visit, view=view, look_at_zone=True, holds=True)


def history_html(atlas: Atlas, zone_id: str, text: Text) -> str:
    """Tell what happened to a zone, and which zones came with it."""
    register = atlas.register
    zone = register.zone(zone_id)
    predecessors = [zone_link(atlas, text, z) for z in register.predecessors.get(zone_id, [])]
    events = [_event(atlas, zone["approved_by"], "approve", text, predecessors)]
    if not pd.isna(zone["revoked_on"]):
        successor = zone_link(atlas, text, zone["successor_zone_id"])
        events.append(_event(atlas, zone["revoked_by"], "revoke", text, [successor]))
    same_batch = register.histories["batch"] == zone["batch"]
    same_province = register.zones["province_adcode"] == zone["province_adcode"]
    return render(
        "history.html",
        text,
        events=events,
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        province=text.name(register.provinces.loc[zone["province_adcode"]]),
        of_batch=_links(atlas, text, same_batch, zone_id),
        of_province=_links(atlas, text, same_province, zone_id),
    )


def _event(
    atlas: Atlas, number: str, action: str, text: Text, related: list[dict[str, str] | None]
) -> dict[str, Any]:
    document = atlas.register.documents.loc[number]
    return {
        "action": action,
        "day": text.day(document["published_on"]),
        "signed": "" if pd.isna(document["signed_on"]) else text.day(document["signed_on"]),
        "number": number,
        "title": document[f"title_{text.lang}"],
        "url": document["url"],
        "sources": source_links(document["sources"]),
        "related": [zone for zone in related if zone],
    }


def _links(atlas: Atlas, text: Text, which: pd.Series, but: str) -> list[dict[str, Any] | None]:
    return [zone_link(atlas, text, zone) for zone in which.index[which] if zone != but]


def distances_frame(atlas: Atlas, zone_id: str, text: Text) -> pd.DataFrame:
    """List the land borders by their distance from a zone."""
    _ = text.translate
    contacts = atlas.boundaries.contacts.loc[zone_id].sort_values("distance_km", kind="stable")
    names = [text.name(atlas.boundaries.neighbours.loc[iso3]) for iso3 in contacts.index]
    return pd.DataFrame(
        {
            _("Neighbour"): names,
            _("Distance to its border (km)"): contacts["distance_km"].to_numpy(),
            _("Shared border (km)"): contacts["contact_km"].to_numpy(),
            _("Touches"): text.marks(contacts["touches"]),
        }
    )


def address_of(view_query: str) -> str:
    """Tell the address of the record that is open, with the View spelt out."""
    url = (st.context.url or "").split("?")[0]
    return f"{url}?{view_query}" if url else ""


def seen_on() -> date:
    """Tell the day of the visitor, by the clock of the browser."""
    offset = timedelta(minutes=st.context.timezone_offset or 0)
    return (datetime.now(UTC) - offset).date()
