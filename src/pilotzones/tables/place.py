"""The record of a place on a day, as values for JSON."""

from datetime import date
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.query.lookup import PlaceAnswer, place_history, place_on
from pilotzones.tables.dataset import measure_records

_NAMES = ("name_zh", "name_en", "name_pinyin", "name_hant")


def place_record(atlas: Atlas, adcode: str, on: date) -> dict[str, Any]:
    """Return names, status, zones and history of a place.

    Codes, names and level; the province and the prefecture that it lies in; drawn area (km²); the
    fields of `lookup.PlaceAnswer`; ``reason_en`` and ``reason_zh`` where the status is unknown;
    ``history``: each span in which status and zones did not change, also those after the day;
    ``measures``: those that hold on the day, as `policy.measures_in_force` gives them.
    UnknownPlaceError if no division has the code.
    """
    row = atlas.places.rows.get(adcode, {})
    answer = place_on(atlas, adcode, on)
    reasons = _reasons(atlas, adcode) if answer.status == "unknown" else {}
    return {
        "adcode": adcode,
        **{name: row[name] or None for name in _NAMES},
        "level": row["level"],
        "province": _larger(atlas, row["province_adcode"], adcode),
        "prefecture": _larger(atlas, row["prefecture_adcode"], adcode),
        "drawn_area_km2": round(float(row["area_km2"]), 1),
        # the former name
        "area_km2": round(float(row["area_km2"]), 1),
        **_status(answer),
        "until": _day(answer.until),
        "previous_change": _day(answer.previous),
        "next_change": _day(answer.next),
        "reason_zh": reasons.get("reason_zh"),
        "reason_en": reasons.get("reason_en"),
        "history": [
            {"from": None if span.on == date.min else span.on.isoformat(), **_status(span)}
            for span in place_history(atlas, adcode)
        ],
        "measures": measure_records(atlas, on, place=adcode),
    }


def _larger(atlas: Atlas, adcode: str, inside: str) -> dict[str, str] | None:
    if adcode in {"", inside}:
        return None
    row = atlas.places.rows[adcode]
    return {"adcode": adcode, "name_zh": row["name_zh"], "name_en": row["name_en"]}


def _status(answer: PlaceAnswer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "zone_ids": list(answer.zone_ids),
        "batches": list(answer.batches),
        "document_nos": list(answer.document_nos),
        "since": _day(answer.since),
        "share_area": answer.share_area,
        "share_counties": answer.share_counties,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reasons(atlas: Atlas, adcode: str) -> dict[str, str]:
    """Find why a place's status is unknown: for itself, or for what it holds or lies in."""
    doubtful = atlas.places.doubtful_cover
    above = atlas.places.rows[adcode]["prefecture_adcode"]
    rows = doubtful[doubtful["adcode"].isin([adcode, above])]
    return {} if rows.empty else dict(rows.iloc[0])
