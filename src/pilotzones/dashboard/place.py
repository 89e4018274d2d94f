"""The record of any place on a day: what covers it, since when, and the nearest zones."""

from dataclasses import replace
from typing import Any

from pilotzones.atlas.places import PART
from pilotzones.browser.html import render
from pilotzones.browser.measures import measures_shown
from pilotzones.browser.record_parts import lists_nearest
from pilotzones.browser.stories import zone_links
from pilotzones.query.answer import Answer
from pilotzones.query.nearest import nearest_zones
from pilotzones.tables.place import place_record

_NEAREST = 5


def place_html(answer: Answer, adcode: str) -> str:
    """Write the record of a place on the day of a View."""
    atlas, t, on = answer.atlas, answer.language, answer.view.on
    row, record = atlas.places.rows[adcode], place_record(atlas, adcode, on)
    return render(
        "place.html",
        t,
        name=t.name(row),
        other_name=t.other.name(row),
        reason=record[f"reason_{t.code}"] or "",
        level=t.place_level(row["level"]),
        larger=[_place_link(answer, place) for place in _larger(record)],
        adcode=adcode,
        romanised=t.code == "en" and row["basis"] == "romanised",
        former=_former(answer, adcode),
        area=f"{record['area_km2']:,.0f}",
        zones=zone_links(answer, record["zone_ids"]),
        share=_share(answer, record),
        history=[_event(answer, span) for span in record["history"]],
        nearest=_nearest(answer, adcode) if lists_nearest(record["status"]) else [],
        measures=measures_shown(answer, place=adcode),
    )


def _larger(record: dict[str, Any]) -> list[dict[str, str]]:
    return [place for place in (record["prefecture"], record["province"]) if place]


def _place_link(answer: Answer, place: dict[str, str]) -> dict[str, str]:
    view = replace(answer.view, adcode=place["adcode"])
    return {"href": f"place?{view.query()}", "name": answer.language.name(place)}


def _former(answer: Answer, adcode: str) -> str:
    table, t = answer.atlas.places.former, answer.language
    rows = table[table["now"] == adcode].to_dict("records")
    names = [" ".join(filter(None, [t.name(row), str(row["adcode"])])) for row in rows]
    return t.commas(dict.fromkeys(names))


def _share(answer: Answer, record: dict[str, Any]) -> str:
    if record["status"] != PART:
        return ""
    t = answer.language
    return t._("%(area)s of its area, %(counties)s of its county-level divisions") % {
        "area": t.percent(record["share_area"]),
        "counties": t.percent(record["share_counties"]),
    }


def _event(answer: Answer, span: dict[str, Any]) -> dict[str, Any]:
    t = answer.language
    stop = {stop.on.isoformat(): stop for stop in answer.atlas.stops}.get(span["from"])
    return {
        "day": t.day(stop.on) if stop else t._("At first"),
        "cover": t.cover(span["status"]),
        "zones": zone_links(answer, span["zone_ids"]),
        "document": stop.document_no if stop else "",
    }


def _nearest(answer: Answer, adcode: str) -> list[dict[str, Any]]:
    table = nearest_zones(answer.atlas, adcode, answer.view.on, _NEAREST)
    return [
        {"link": link, "km": f"{km:,.0f}" if km else ""}
        for link, km in zip(zone_links(answer, table["zone_id"]), table["km"], strict=True)
    ]
