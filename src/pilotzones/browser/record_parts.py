"""The parts of a long page, and the line of links to them above it."""

from pilotzones.atlas.places import NONE, UNKNOWN
from pilotzones.browser.html import render
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import ports_near_borders
from pilotzones.query.lookup import place_on


def parts_html(answer: Answer, page: str) -> str:
    """Write the links to the parts of a page; empty where it has none to name."""
    parts = record_parts(answer, page)
    return render("parts.html", answer.language, parts=parts) if parts else ""


def record_parts(answer: Answer, page: str) -> dict[str, str]:
    """Name the parts of a record, or below a map, by their anchors, from top to bottom."""
    view, t = answer.view, answer.language
    if page == "zone" and view.zone:
        return _names(t, "facts", "measures", "history", "borders", "cite", "files")
    if page == "place" and view.adcode:
        status = place_on(answer.atlas, view.adcode, view.on).status
        nearest = ["nearest"] if lists_nearest(status) else []
        return _names(t, "facts", "history", *nearest, "measures", "cite")
    if page == "borders":
        ports = [] if ports_near_borders(answer).empty else ["ports"]
        return _names(t, "zones", *ports, "over-time")
    return {}


def lists_nearest(status: str) -> bool:
    """Whether the record of a place of this status lists the nearest zones: it lies in none."""
    return status in {NONE, UNKNOWN}


def _names(t: Language, *anchors: str) -> dict[str, str]:
    names = {
        "facts": t._("Facts"),
        "history": t._("History"),
        "nearest": t._("Nearest zones"),
        "measures": t._("Measures"),
        "borders": t._("Land borders"),
        "cite": t._("Cite"),
        "files": t._("Files"),
        "zones": t._("Zones"),
        "ports": t._("Border ports"),
        "over-time": t._("Over time"),
    }
    return {anchor: names[anchor] for anchor in anchors}
