"""The record of one zone: in the panel beside a map, and on a page of its own."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas.register import official_name
from pilotzones.browser.html import render
from pilotzones.browser.measures import measures_shown
from pilotzones.browser.stories import source_links, zone_link, zone_links
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose_from, follow
from pilotzones.dashboard.tables import kilometres, reading_table
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.place_sentence import zone_sentence

# of the land borders so many are not folded away
_NEAR = 5


def chooser(page: Page) -> None:
    """Draw the control that chooses a zone by its name."""
    t, zones = page.language, page.atlas.register.zones
    order = zones.sort_values("name_en" if t.code == "en" else "name_pinyin").index.tolist()
    follow("record-zone", "zone")
    st.selectbox(
        t._("Zone"),
        order,
        key="record-zone",
        index=None,
        format_func=lambda zone_id: _option(t, zones.loc[zone_id]),
        placeholder=t._("Choose a zone or type part of its name"),
        on_change=choose_from,
        args=("record-zone", "zone"),
    )


def _option(t: Language, zone: pd.Series) -> str:
    """Name a zone, with its pinyin where that is not in the name, to find it by typing."""
    names, pinyin = t.both_names(zone), str(zone["name_pinyin"])
    return names if pinyin in names.casefold() else f"{names} · {pinyin}"


def found_html(answer: Answer) -> str:
    """List the zones that pass the filters, each with a link to its record."""
    return render(
        "found.html",
        answer.language,
        zones=zone_links(answer, answer.zones.index),
    )


def looking_at(page: Page, zone_id: str) -> Page:
    """Return the page without filters, looking at the zone."""
    view = replace(page.view.without_filters(), zone=zone_id)
    return replace(page, visit=replace(page.visit, view=view, look_at_zone=True))


def zone_html(answer: Answer, zone_id: str, *, back: str = "") -> str:
    """Write the record of a zone on the day, with a link to close it where it says ``back``."""
    atlas, t = answer.atlas, answer.language
    register, boundaries = atlas.register, atlas.boundaries
    zone = register.zone(zone_id)
    predecessors = register.predecessors.get(zone_id, [])
    return render(
        "zone.html",
        t,
        zone=zone,
        closable=bool(back),
        back=back,
        # short, as all links to zones: the same text needs no sending again on another day
        record_href=f"zone?zone={zone_id}",
        name=t.name(zone),
        other_name=t.other.name(zone),
        status=answer.status[zone_id],
        sentence=zone_sentence(atlas, zone_id, answer.view.on, t),
        approved_on=t.day(zone["approved_on"]),
        approval=_document(answer, zone["approved_by"]),
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        revoked_on=_day(answer, zone["revoked_on"]),
        revocation=_document(answer, zone["revoked_by"]),
        successor=zone_link(atlas, t, zone["successor_zone_id"]),
        predecessors=zone_links(answer, predecessors),
        overlaps=_overlaps(answer, zone_id, {zone["successor_zone_id"], *predecessors}),
        official={
            "first": official_name(zone[f"place_{t.code}"], t.code),
            "second": official_name(zone[f"place_{t.other.code}"], t.other.code),
        },
        province=t.both_names(register.provinces.loc[zone["province_adcode"]]),
        area=f"{boundaries.zones.loc[zone_id, 'area_km2']:,.0f}",
        neighbours=_neighbours(answer, zone_id),
        nearest=_nearest(answer, zone_id),
        coastal=bool(boundaries.zones.loc[zone_id, "coastal"]),
        ports=[
            {"name": t.name(port), "confidence": t.confidence(port["confidence"])}
            for port in register.ports[register.ports["zone_id"] == zone_id].to_dict("records")
        ],
        notes=zone[f"notes_{t.code}"],
        sources=source_links(zone["sources"]),
        checked_on="" if pd.isna(zone["checked_on"]) else t.day(zone["checked_on"]),
        measures=measures_shown(answer, zone=zone_id, whole=not back),
    )


def _overlaps(answer: Answer, zone_id: str, but: set[str]) -> list[tuple[Any, str]]:
    overlaps = answer.atlas.boundaries.overlaps
    return [
        (zone_link(answer.atlas, answer.language, row.other_zone_id), row.relation)
        for row in overlaps[overlaps["zone_id"] == zone_id].itertuples()
        if row.other_zone_id not in but
    ]


def _neighbours(answer: Answer, zone_id: str) -> list[dict[str, Any]]:
    t, boundaries = answer.language, answer.atlas.boundaries
    reasons = boundaries.overrides.set_index(["zone_id", "neighbour_iso3"])[f"reason_{t.code}"]
    contacts = boundaries.contacts
    return [
        {
            "name": t.name(boundaries.neighbours.loc[iso3]),
            "km": f"{contacts.loc[(zone_id, iso3), 'contact_km']:,.0f}",
            "disputed": bool(contacts.loc[(zone_id, iso3), "disputed"]),
            "reason": reasons.get((zone_id, iso3), ""),
        }
        for iso3 in boundaries.touching.get(zone_id, [])
    ]


def _nearest(answer: Answer, zone_id: str) -> str:
    t, boundaries = answer.language, answer.atlas.boundaries
    distances = boundaries.contacts.loc[zone_id]["distance_km"]
    iso3 = distances.idxmin()
    return t._("nearest: %(country)s, %(km)s km") % {
        "country": t.name(boundaries.neighbours.loc[iso3]),
        "km": f"{distances[iso3]:,.0f}",
    }


def _document(answer: Answer, number: object) -> dict[str, Any] | None:
    if not isinstance(number, str):
        return None
    document = answer.atlas.register.documents.loc[number]
    signed = _day(answer, document["signed_on"])
    return {"number": number, "url": document["url"], "signed": signed}


def history_html(answer: Answer, zone_id: str) -> str:
    """Write what happened to a zone, and which zones share its batch and its province."""
    register, t = answer.atlas.register, answer.language
    zone = register.zone(zone_id)
    absorbed = register.predecessors.get(zone_id, [])
    events = [_event(answer, zone["approved_by"], "approve", absorbed)]
    if not pd.isna(zone["revoked_on"]):
        successor = [zone["successor_zone_id"]]
        events.append(_event(answer, zone["revoked_by"], "revoke", successor))
    same_batch = register.histories["batch"] == zone["batch"]
    same_province = register.zones["province_adcode"] == zone["province_adcode"]
    return render(
        "history.html",
        t,
        events=events,
        batch=None if pd.isna(zone["batch"]) else int(zone["batch"]),
        province=t.name(register.provinces.loc[zone["province_adcode"]]),
        of_batch=zone_links(
            answer,
            same_batch.index[same_batch].drop(zone_id, errors="ignore"),
        ),
        of_province=zone_links(answer, same_province.index[same_province].drop(zone_id)),
    )


def _event(answer: Answer, number: str, action: str, related: Iterable[object]) -> dict[str, Any]:
    t, document = answer.language, answer.atlas.register.documents.loc[number]
    return {
        "action": action,
        "day": t.day(document["published_on"]),
        "signed": _day(answer, document["signed_on"]),
        "number": number,
        "title": document[f"title_{t.code}"],
        "url": document["url"],
        "sources": source_links(document["sources"]),
        "related": zone_links(answer, related),
    }


def distances(page: Page, zone_id: str) -> None:
    """Draw the table of the land borders: the near ones, the others folded away."""
    t, frame = page.language, distances_frame(page.answer, zone_id)
    title, figures = t._("Distance to land borders"), [*frame.columns[1:3]]
    st.header(title, anchor="borders")
    reading_table(frame[:_NEAR], title, t, figures=figures)
    farther = t._("Borders farther away")
    with st.expander(farther):
        reading_table(frame[_NEAR:], farther, t, figures=figures)
    st.caption(
        t._("Geodesic distance (WGS 84) from the edge of the zone to the border with the country.")
    )


def distances_frame(answer: Answer, zone_id: str) -> pd.DataFrame:
    """List the land borders by their distance from a zone, for show."""
    t, boundaries = answer.language, answer.atlas.boundaries
    contacts = boundaries.contacts.loc[zone_id].sort_values("distance_km", kind="stable")
    return pd.DataFrame(
        {
            t._("Neighbouring country"): [
                t.name(boundaries.neighbours.loc[iso3]) for iso3 in contacts.index
            ],
            t._("Distance to its border (km)"): kilometres(contacts["distance_km"]),
            t._("Shared border (km)"): kilometres(contacts["contact_km"]),
            t._("On the border"): t.marks(contacts["touches"]),
        }
    )


def _day(answer: Answer, moment: pd.Timestamp) -> str:
    return "" if pd.isna(moment) else answer.language.day(moment)
