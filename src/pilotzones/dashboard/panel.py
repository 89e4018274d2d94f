"""The panel beside the map: what a document did, or, when a zone is chosen, its record."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.dashboard.session import Visit
from pilotzones.dashboard.text import Text, render
from pilotzones.register import official_name
from pilotzones.timeline import ACTIVE, PENDING, REVOKED, state_on, stop_on

HEIGHT = 600


def panel(
    atlas: Atlas,
    visit: Visit,
    text: Text,
    story: Callable[[Atlas, Visit, Text], str] | None = None,
) -> None:
    """Draw the panel.

    Parameters
    ----------
    atlas
        The facts.
    visit
        What is chosen.
    text
        The language.
    story
        What to tell while no zone is chosen; by default what the document of the day did.
    """
    with st.container(height=HEIGHT, key="panel"):
        if visit.shown.zone:
            st.html(zone_html(atlas, visit, text))
        else:
            st.html((story or document_html)(atlas, visit, text))


def document_html(atlas: Atlas, visit: Visit, text: Text) -> str:
    """Tell what the document of the day did."""
    view = visit.shown
    stop = stop_on(atlas.stops, view.on) or atlas.stops[0]
    document = atlas.register.documents.loc[stop.document_no]
    histories = atlas.register.histories
    provinces = atlas.register.provinces
    zones = atlas.register.zones.loc[list(stop.approved)]
    approved = [
        (text.name(provinces.loc[adcode]), [zone_link(atlas, text, z) for z in group.index])
        for adcode, group in zones.groupby("province_adcode", sort=True)
    ]
    revoked = [
        (
            zone_link(atlas, text, zone_id),
            zone_link(atlas, text, histories.loc[zone_id, "successor_zone_id"]),
        )
        for zone_id in stop.revoked
    ]
    return render(
        "document.html",
        text,
        stop=stop,
        document=document,
        title=document[f"title_{view.lang}"],
        signed=_day(text, document["signed_on"]),
        published=text.day(stop.on),
        approved=approved,
        revoked=revoked,
        exact=view.on == stop.on,
        notes=document[f"notes_{view.lang}"],
        sources=_sources(document["sources"]),
        comma=comma(text.lang),
    )


def zone_html(atlas: Atlas, visit: Visit, text: Text, *, closable: bool = True) -> str:
    """Tell the record of the chosen zone, with a link to close it where that makes sense."""
    _ = text.translate
    view = visit.shown
    zone_id = str(view.zone)
    register, boundaries = atlas.register, atlas.boundaries
    zone = register.zone(zone_id)
    status = state_on(register, view.on).loc[zone_id, "status"]
    other = "en" if view.lang == "zh" else "zh"
    later = {
        PENDING: _("Not yet approved on %(day)s.") % {"day": text.day(view.on)},
        ACTIVE: ""
        if pd.isna(zone["revoked_on"])
        else _("Revoked later, on %(day)s.") % {"day": text.day(zone["revoked_on"])},
        REVOKED: "",
    }[status]
    overlaps = boundaries.overlaps[boundaries.overlaps["zone_id"] == zone_id]
    related = {zone["successor_zone_id"], *register.predecessors.get(zone_id, [])}
    successor = zone["successor_zone_id"]
    return render(
        "zone.html",
        text,
        zone=zone,
        closable=closable,
        back=_("Back to the changes") if visit.compares else _("Back to the document"),
        record_href=f"zone?{view.query()}",
        name=text.name(zone),
        other_name=zone[f"name_{other}"],
        status=status,
        later=later,
        approved_on=text.day(zone["approved_on"]),
        approval=_document(register.documents, zone["approved_by"], text),
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        revoked_on=_day(text, zone["revoked_on"]),
        revocation=_document(register.documents, zone["revoked_by"], text),
        successor=zone_link(atlas, text, successor),
        predecessors=[zone_link(atlas, text, z) for z in register.predecessors.get(zone_id, [])],
        overlaps=[
            (zone_link(atlas, text, row.other_zone_id), row.relation)
            for row in overlaps.itertuples()
            if row.other_zone_id not in related
        ],
        official={
            "first": official_name(zone[f"place_{view.lang}"], view.lang),
            "second": official_name(zone[f"place_{other}"], other),
        },
        province=text.both_names(register.provinces.loc[zone["province_adcode"]]),
        area=f"{boundaries.zones.loc[zone_id, 'area_km2']:,.0f}",
        neighbours=_neighbours(atlas, zone_id, text),
        nearest=_nearest(atlas, zone_id, text),
        coastal=bool(boundaries.zones.loc[zone_id, "coastal"]),
        notes=zone[f"notes_{view.lang}"],
        sources=_sources(zone["sources"]),
        policies=[
            {**policy, "summary": policy[f"summary_{view.lang}"]}
            for policy in register.policies.to_dict("records")
        ],
        comma=comma(text.lang),
        clause="，" if view.lang == "zh" else ", ",
    )


def _neighbours(atlas: Atlas, zone_id: str, text: Text) -> list[dict[str, Any]]:
    boundaries = atlas.boundaries
    overrides = boundaries.overrides.set_index(["zone_id", "neighbour_iso3"])
    reason = f"reason_{text.lang}"
    found = []
    for iso3 in boundaries.touching.get(zone_id, []):
        contact = boundaries.contacts.loc[(zone_id, iso3)]
        key = (zone_id, iso3)
        found.append(
            {
                "name": text.name(boundaries.neighbours.loc[iso3]),
                "km": f"{contact['contact_km']:,.0f}",
                "disputed": bool(contact["disputed"]),
                "reason": overrides.loc[key, reason] if key in overrides.index else "",
            }
        )
    return found


def _nearest(atlas: Atlas, zone_id: str, text: Text) -> str:
    distances = atlas.boundaries.contacts.loc[zone_id]["distance_km"]
    iso3 = distances.idxmin()
    _ = text.translate
    return _("nearest: %(country)s, %(km)s km") % {
        "country": text.name(atlas.boundaries.neighbours.loc[iso3]),
        "km": f"{distances[iso3]:,.0f}",
    }


def zone_link(atlas: Atlas, text: Text, zone_id: object) -> dict[str, str] | None:
    """Name a zone and the link that opens it; nothing for no zone."""
    if not isinstance(zone_id, str) or not zone_id:
        return None
    return {
        "id": zone_id,
        "name": text.name(atlas.register.zones.loc[zone_id]),
        # short, because there may be hundreds: timeline.js adds the rest of the View when needed
        "href": f"?zone={zone_id}",
    }


def _document(documents: pd.DataFrame, number: object, text: Text) -> dict[str, Any] | None:
    if not isinstance(number, str):
        return None
    document = documents.loc[number]
    signed = _day(text, document["signed_on"])
    return {"number": number, "url": document["url"], "signed": signed}


def _sources(addresses: str) -> list[dict[str, str]]:
    hosts = {address: urlsplit(address).hostname or address for address in addresses.split()}
    return [{"url": url, "host": host.removeprefix("www.")} for url, host in hosts.items()]


def _day(text: Text, moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else text.day(moment)


def comma(lang: str) -> str:
    """Separate the names of a list."""
    return "、" if lang == "zh" else ", "
