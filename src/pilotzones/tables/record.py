"""The whole record of one zone: its row, its history, its surroundings."""

from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.query.answer import Answer
from pilotzones.tables.columns import PROVENANCE
from pilotzones.tables.dataset import measure_records
from pilotzones.tables.metadata import records
from pilotzones.tables.rows import TABLES, zone_row

MEASURES = ["touches", "disputed", "contact_km", "distance_km"]


def zone_record(answer: Answer, zone_id: str) -> dict[str, Any]:
    """Return the row, the history and the surroundings of a zone as values for JSON.

    The columns of `columns.ZONES` except `columns.PROVENANCE`; then ``predecessors`` (zones that it
    replaced), ``events`` (each with its document, also those after the day), ``neighbours``
    (contact with and distance to each land neighbour in km, the nearest first), ``overlaps``
    (zones that share ground with it) and ``measures`` (those that hold on the day, as
    `policy.measures_in_force` gives them). UnknownZoneError names the closest identifiers.
    """
    (row,) = records(TABLES["zones"], zone_row(answer, zone_id))
    return {
        **{name: value for name, value in row.items() if name not in PROVENANCE},
        "predecessors": answer.atlas.register.predecessors.get(zone_id, []),
        "events": _events(answer.atlas, zone_id),
        "neighbours": _neighbours(answer.atlas, zone_id),
        "overlaps": _overlaps(answer.atlas, zone_id),
        "measures": measure_records(answer.atlas, answer.view.on, zone=zone_id),
    }


def _events(atlas: Atlas, zone_id: str) -> list[dict[str, Any]]:
    events = atlas.register.events
    events = events[events["zone_id"] == zone_id].join(
        atlas.register.documents[["title_zh", "title_en", "url"]], on="document_no"
    )
    found = []
    for event in events.to_dict("records"):
        successor = {"successor_zone_id": event["successor_zone_id"] or None}
        kept = {name: event[name] for name in ("document_no", "title_zh", "title_en", "url")}
        on = pd.Timestamp(event["on"]).date().isoformat()
        found.append({"on": on, "action": event["action"], **kept, **successor})
    return found


def _neighbours(atlas: Atlas, zone_id: str) -> list[dict[str, Any]]:
    contacts = atlas.boundaries.contacts.loc[zone_id].join(atlas.boundaries.neighbours)
    contacts = contacts.sort_values("distance_km", kind="stable")
    names = contacts[["name_zh", "name_en"]].to_dict("index")
    measures = contacts[MEASURES].astype("object").to_dict("index")
    return [{"iso3": iso3, **names[iso3], **measures[iso3]} for iso3 in names]


def _overlaps(atlas: Atlas, zone_id: str) -> list[dict[str, Any]]:
    overlaps = atlas.boundaries.overlaps
    mine = overlaps[overlaps["zone_id"] == zone_id].drop(columns="zone_id")
    return [dict(row) for row in mine.to_dict("records")]
