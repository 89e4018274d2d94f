"""The parts of a record, and the line of links to them above it."""

from pilotzones.atlas.places import NONE, UNKNOWN
from pilotzones.browser.html import render
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.lookup import place_on


def parts_html(answer: Answer, page: str) -> str:
    """Write the links to the parts of the record that is open; empty where none is."""
    parts = record_parts(answer, page)
    return render("parts.html", answer.language, parts=parts) if parts else ""


def record_parts(answer: Answer, page: str) -> dict[str, str]:
    """Name the parts of the record that is open on a page, by their anchors, from top to bottom."""
    view, t = answer.view, answer.language
    if page == "zone" and view.zone:
        return _names(t, "facts", "measures", "history", "borders", "cite", "files")
    if page == "place" and view.adcode:
        status = place_on(answer.atlas, view.adcode, view.on).status
        nearest = ["nearest"] if lists_nearest(status) else []
        return _names(t, "facts", "history", *nearest, "measures", "cite")
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
    }
    return {anchor: names[anchor] for anchor in anchors}
