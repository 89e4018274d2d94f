"""The parts of the page on one zone."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.session import Visit, choose_from, follow
from pilotzones.i18n import Language


def chooser(atlas: Atlas, language: Language) -> None:
    """Draw the control that chooses a zone by its name."""
    zones = atlas.register.zones
    order = zones.sort_values("name_en" if language.code == "en" else "name_pinyin").index.tolist()
    follow("record-zone", "zone")
    st.selectbox(
        language._("Zone"),
        order,
        key="record-zone",
        index=None,
        # with pinyin, for those who type it
        format_func=lambda zone_id: (
            f"{language.both_names(zones.loc[zone_id])} · {zones.loc[zone_id, 'name_pinyin']}"
        ),
        placeholder=language._("Choose a zone, or type a part of its name"),
        on_change=choose_from,
        args=("record-zone", "zone"),
    )


def found_html(atlas: Atlas, zone_ids: Iterable[str], language: Language) -> str:
    """List the zones that a search found, each a link to its record."""
    return render(
        "found.html", language, zones=[zone_link(atlas, language, zone_id) for zone_id in zone_ids]
    )


def locator(atlas: Atlas, visit: Visit, zone_id: str) -> Visit:
    """Show the map on the day the zone was approved, without filters, at the zone."""
    approved = atlas.register.histories.loc[zone_id, "approved_on"].date()
    view = replace(visit.shown.without_filters(), on=approved, zone=zone_id)
    return replace(visit, view=view, look_at_zone=True, holds=True)


def history_html(atlas: Atlas, zone_id: str, language: Language) -> str:
    """Tell what happened to a zone, and which zones came with it."""
    register = atlas.register
    zone = register.zone(zone_id)
    predecessors = [zone_link(atlas, language, z) for z in register.predecessors.get(zone_id, [])]
    events = [_event(atlas, zone["approved_by"], "approve", language, predecessors)]
    if not pd.isna(zone["revoked_on"]):
        successor = zone_link(atlas, language, zone["successor_zone_id"])
        events.append(_event(atlas, zone["revoked_by"], "revoke", language, [successor]))
    same_batch = register.histories["batch"] == zone["batch"]
    same_province = register.zones["province_adcode"] == zone["province_adcode"]
    return render(
        "history.html",
        language,
        events=events,
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        province=language.name(register.provinces.loc[zone["province_adcode"]]),
        of_batch=_links(atlas, language, same_batch, zone_id),
        of_province=_links(atlas, language, same_province, zone_id),
    )


def _event(
    atlas: Atlas, number: str, action: str, language: Language, related: list[dict[str, str] | None]
) -> dict[str, Any]:
    document = atlas.register.documents.loc[number]
    return {
        "action": action,
        "day": language.day(document["published_on"]),
        "signed": "" if pd.isna(document["signed_on"]) else language.day(document["signed_on"]),
        "number": number,
        "title": document[f"title_{language.code}"],
        "url": document["url"],
        "sources": source_links(document["sources"]),
        "related": [zone for zone in related if zone],
    }


def _links(
    atlas: Atlas, language: Language, which: pd.Series, but: str
) -> list[dict[str, Any] | None]:
    return [zone_link(atlas, language, zone) for zone in which.index[which] if zone != but]


def distances_frame(atlas: Atlas, zone_id: str, language: Language) -> pd.DataFrame:
    """List the land borders by their distance from a zone."""
    contacts = atlas.boundaries.contacts.loc[zone_id].sort_values("distance_km", kind="stable")
    names = [language.name(atlas.boundaries.neighbours.loc[iso3]) for iso3 in contacts.index]
    return pd.DataFrame(
        {
            language._("Neighbour"): names,
            language._("Distance to its border (km)"): contacts["distance_km"].to_numpy(),
            language._("Shared border (km)"): contacts["contact_km"].to_numpy(),
            language._("Touches"): language.marks(contacts["touches"]),
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
