"""The panel beside the map: what a document did, or, when a zone is chosen, its record."""

from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import official_name
from pilotzones.atlas.timeline import ACTIVE, state_on
from pilotzones.browser.assets import Asset
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard import components
from pilotzones.dashboard.map import HEIGHT
from pilotzones.dashboard.session import Visit
from pilotzones.i18n import Language


def panel(
    atlas: Atlas,
    assets: dict[str, Asset],
    visit: Visit,
    language: Language,
    told: str | None = None,
) -> None:
    """Draw the panel.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the browser fetches.
    visit
        What is chosen.
    language
        The language.
    told
        HTML to show while no zone is chosen; by default the browser tells what the document of
        the day did.
    """
    if visit.shown.zone:
        told = zone_html(atlas, visit, language)
    with st.container(height=HEIGHT, key="panel"):
        components.panel(assets, visit, told)


def zone_html(atlas: Atlas, visit: Visit, language: Language, *, closable: bool = True) -> str:
    """Tell the record of the chosen zone, with a link to close it where that makes sense."""
    view = visit.shown
    zone_id = str(view.zone)
    register, boundaries = atlas.register, atlas.boundaries
    zone = register.zone(zone_id)
    status = state_on(register, view.on).loc[zone_id, "status"]
    other = "en" if view.lang == "zh" else "zh"
    later = ""
    if status == ACTIVE and pd.notna(zone["revoked_on"]):
        later = language._("Revoked later, on %(day)s.") % {"day": language.day(zone["revoked_on"])}
    overlaps = boundaries.overlaps[boundaries.overlaps["zone_id"] == zone_id]
    related = {zone["successor_zone_id"], *register.predecessors.get(zone_id, [])}
    successor = zone["successor_zone_id"]
    return render(
        "zone.html",
        language,
        zone=zone,
        closable=closable,
        back=language._("Back to the changes")
        if visit.compares
        else language._("Back to the document"),
        # short, as all links to zones: the same text needs no sending again on another day
        record_href=f"zone?zone={zone_id}",
        name=language.name(zone),
        other_name=zone[f"name_{other}"],
        status=status,
        day=language.day(view.on),
        later=later,
        approved_on=language.day(zone["approved_on"]),
        approval=_document(register.documents, zone["approved_by"], language),
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        revoked_on=_day(language, zone["revoked_on"]),
        revocation=_document(register.documents, zone["revoked_by"], language),
        successor=zone_link(atlas, language, successor),
        predecessors=[
            zone_link(atlas, language, z) for z in register.predecessors.get(zone_id, [])
        ],
        overlaps=[
            (zone_link(atlas, language, row.other_zone_id), row.relation)
            for row in overlaps.itertuples()
            if row.other_zone_id not in related
        ],
        official={
            "first": official_name(zone[f"place_{view.lang}"], view.lang),
            "second": official_name(zone[f"place_{other}"], other),
        },
        province=language.both_names(register.provinces.loc[zone["province_adcode"]]),
        area=f"{boundaries.zones.loc[zone_id, 'area_km2']:,.0f}",
        neighbours=_neighbours(atlas, zone_id, language),
        nearest=_nearest(atlas, zone_id, language),
        coastal=bool(boundaries.zones.loc[zone_id, "coastal"]),
        ports=[
            {
                "name": port[f"name_{view.lang}"],
                "confidence": language.confidence(port["confidence"]),
            }
            for port in register.ports[register.ports["zone_id"] == zone_id].to_dict("records")
        ],
        notes=zone[f"notes_{view.lang}"],
        sources=source_links(zone["sources"]),
        policies=[
            {**policy, "summary": policy[f"summary_{view.lang}"]}
            for policy in register.policies.to_dict("records")
            # the reply that revoked a zone gave it nothing
            if policy["document_no"] != zone["revoked_by"]
        ],
    )


def _neighbours(atlas: Atlas, zone_id: str, language: Language) -> list[dict[str, Any]]:
    boundaries = atlas.boundaries
    overrides = boundaries.overrides.set_index(["zone_id", "neighbour_iso3"])
    reason = f"reason_{language.code}"
    found = []
    for iso3 in boundaries.touching.get(zone_id, []):
        contact = boundaries.contacts.loc[(zone_id, iso3)]
        key = (zone_id, iso3)
        found.append(
            {
                "name": language.name(boundaries.neighbours.loc[iso3]),
                "km": f"{contact['contact_km']:,.0f}",
                "disputed": bool(contact["disputed"]),
                "reason": overrides.loc[key, reason] if key in overrides.index else "",
            }
        )
    return found


def _nearest(atlas: Atlas, zone_id: str, language: Language) -> str:
    distances = atlas.boundaries.contacts.loc[zone_id]["distance_km"]
    iso3 = distances.idxmin()
    return language._("nearest: %(country)s, %(km)s km") % {
        "country": language.name(atlas.boundaries.neighbours.loc[iso3]),
        "km": f"{distances[iso3]:,.0f}",
    }


def _document(documents: pd.DataFrame, number: object, language: Language) -> dict[str, Any] | None:
    if not isinstance(number, str):
        return None
    document = documents.loc[number]
    signed = _day(language, document["signed_on"])
    return {"number": number, "url": document["url"], "signed": signed}


def _day(language: Language, moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else language.day(moment)
