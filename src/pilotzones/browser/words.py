"""The words that the browser needs, fetched once a language."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.pieces import COUNTY, PREFECTURE, PROVINCE
from pilotzones.atlas.timeline import GAINED, LOST, PASSED, Stop
from pilotzones.browser.timeline import counts_of
from pilotzones.credits import boundary_note
from pilotzones.i18n import Language
from pilotzones.palette import batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.headline import headline_texts
from pilotzones.query.roles import Role, frames, kept_by_stop
from pilotzones.query.view import DIMENSIONS, View

NO_BATCH_COLOUR = "#767676"


def browser_words(atlas: Atlas, language: Language) -> dict[str, Any]:
    """Collect the words of the map, the timeline and the table of zones.

    ``stops`` (one a document: its day, batch, colour, counts, and the roles of all zones),
    ``roles`` (the CSS classes of each letter of a `Role`), ``batches`` (names by number),
    ``pages`` (titles by path), ``tabs`` (the paths in the head), ``documents`` (addresses by
    number), ``headline`` (`headline_texts`), ``version`` (of the data), and the texts of ``map``,
    ``timeline`` and ``table``.
    """
    addresses = atlas.register.documents["url"]
    return {
        "stops": list(_stops(atlas, language)),
        "roles": {role.value: list(role.classes) for role in Role},
        "batches": {stop.batch: _batch(language, stop.batch) for stop in atlas.stops if stop.batch},
        # links to these are followed inside the page; an empty one opens a zone on the same page
        "pages": {"": "", **_page_titles(language)},
        "tabs": ["./", "compare", "provinces", "borders", "your-data", "panel", "figure"],
        "documents": addresses[addresses != ""].to_dict(),
        "headline": headline_texts(language),
        "map": _map_words(atlas, language),
        "timeline": _timeline_words(language) | _version_words(atlas, language),
        "version": atlas.register.version,
        "table": _table_words(language),
    }


def _page_titles(t: Language) -> dict[str, str]:
    return {
        "./": t._("Atlas"),
        "compare": t._("Compare"),
        "provinces": t._("Provinces"),
        "borders": t._("Borders"),
        "zone": t._("Zone"),
        "place": t._("Place"),
        "your-data": t._("Your data"),
        "panel": t._("Panel"),
        "figure": t._("Figure"),
        "data": t._("Data and method"),
        "reference": t._("Reference"),
    }


def _stops(atlas: Atlas, language: Language) -> Iterator[dict[str, Any]]:
    colours = iter(batch_colours(sum(1 for stop in atlas.stops if stop.batch)))
    every_zone = Answer(atlas, View(date.min))
    shown = zip(atlas.stops, frames(every_zone), kept_by_stop(every_zone), strict=True)
    for stop, frame, kept in shown:
        colour = next(colours) if stop.batch else NO_BATCH_COLOUR
        known = {"roles": frame.roles, "counts": counts_of(frame), "kept": kept}
        yield {"colour": colour, **known, **_stop(stop, language)}


def _stop(stop: Stop, t: Language) -> dict[str, Any]:
    short = t.day(stop.on, short=True)
    # the browser fills in the counts, which follow the filters
    spoken = t._("%(day)s, %(batch)s: {approved} approved, {revoked} revoked, {active} active")
    return {
        "on": stop.on.isoformat(),
        "day": t.day(stop.on),
        "short": short,
        "batch": stop.batch,
        "legend": t.dated_batch(stop.batch, stop.on) if stop.batch else short,
        "legend_short": f"{stop.batch} · {stop.on.year}",
        "approved": len(stop.approved),
        "revoked": len(stop.revoked),
        "active": stop.active_after,
        "spoken": spoken
        % {
            "day": t.day(stop.on),
            "batch": t.batches([stop.batch]) if stop.batch else stop.document_no,
        },
    }


def _batch(t: Language, number: int) -> str:
    return t._("Batch %(n)s") % {"n": t.ordinal(number)}


def _map_words(atlas: Atlas, t: Language) -> dict[str, str]:
    return {
        "count": t._("{n} active zones shown"),
        "count_one": t._("{n} active zone shown"),
        "days": t._("{since} to {on}"),
        "legend": t._("Active zones by batch"),
        "active_zones": t._("Active zones"),
        "revoked": t._("Revoked"),
        "approved_on": t._("Approved {day}"),
        "active": t._("Active"),
        "active_since": t._("active since {day}"),
        "revoked_on": t._("Revoked {day}"),
        "unverified": t._("Not verified: check against the official text"),
        "gained": t._("Gained"),
        "lost": t._("Revoked in between"),
        "kept": t._("Active on both days"),
        "near": t._("Within {n} km of the border"),
        "border": t._("Land border"),
        "strip": t._("Land within {n} km of the border"),
        "before": t._("Revoked earlier"),
        "passed": t._("Approved and revoked in between"),
        "change": t._("Change"),
        "empty": t._("No zone matches these filters on this day."),
        "home": t._("Show all of China"),
        "skip": t._("Skip the zones on the map"),
        "zoom_in": t._("Zoom in"),
        "zoom_out": t._("Zoom out"),
        "earlier": t._("Approved earlier"),
        "latest": t._("Approved by the latest document"),
        "successor": t._("Replaced by another zone"),
        "no_zone": t._("China, no zone"),
        "aside": t._("Active, does not match the filters"),
        "dot": t._("Too small to draw at this scale"),
        "chosen": t._("Selected zone"),
        "chosen_province": t._("Selected province"),
        "outlined": t._("Active zone"),
        "wheel": t._("Use {key} + scroll to zoom the map"),
        "fingers": t._("Use two fingers to move the map"),
        "south_china_sea": t._("South China Sea Islands"),
        "kilometres": t._("{n} km"),
        "source": t._("Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"version": atlas.data_version},
        "note": boundary_note(t),
    }


def filters_label(view: View) -> str:
    """Name the button of the filters, with the number of those that are set."""
    t = view.language
    count = sum(bool(getattr(view, field)) for field in (*DIMENSIONS.values(), "q"))
    label = t._("Filters")
    return t.counted(label, count) if count else label


def about_zones(t: Language) -> str:
    """Say in a line what a pilot zone is."""
    return t._(
        "A pilot zone is a place in which the State Council tries out simpler customs and tax "
        "rules for cross-border e-commerce."
    )


def _timeline_words(t: Language) -> dict[str, str]:
    return {
        "page_title": t._("Pilot Zone Atlas"),
        "pages": t._("Pages"),
        "slider": t._("Day"),
        "skip": t._("Skip to the timeline"),
        "date": t._("Day, by date"),
        "no_day": t._("Not a day. Write it as YYYY-MM-DD, such as 2019-12-31."),
        "stops": t._("Day of a document"),
        "about": about_zones(t),
        "about_link": t._("Data and method"),
        "about-close": t._("Close"),
        "from": t._("From"),
        "to": t._("To"),
        "kept": t._("{active} active of {approved} approved"),
        "previous": t._("Previous document"),
        "next": t._("Next document"),
        "play": t._("Play the timeline"),
        "pause": t._("Pause"),
        **_share_words(t),
        **_search_words(t),
        # in the language to switch to
        "language": {"en": "切换到中文", "zh": "Switch to English"}[t.code],
        "language_short": {"en": "中文", "zh": "English"}[t.code],
    }


def _share_words(t: Language) -> dict[str, str]:
    return {
        "share": t._("Share this view"),
        "share_short": t._("Share"),
        "share_picture": t._("Figure"),
        "share_view": t._("This view"),
        "share_table": t._("Table for people (Excel)"),
        "share_file": t._("Interactive map as one file (HTML, 1.3 MB)"),
        "figure_provinces": t._("Map of the provinces"),
        "figure_borders": t._("Map of the borders"),
        "figure_growth": t._("Active zones over time"),
        "figure_matrix": t._("Approvals by province and batch"),
        "copy_picture": t._("Copy the picture"),
        "copy_caption": t._("Copy the caption"),
        "copy_alt": t._("Copy the alternative text"),
        "copy": t._("Copy a link to this view"),
        "embed": t._("Copy the code to embed this map"),
        "copied": t._("Copied"),
        "drawing": t._("Drawing the figure …"),
        "by_hand": t._("Copy this text by hand:"),
        "no_picture": t._("This browser does not let a page copy pictures. Download the PNG."),
        "not_fetched": t._("The text could not be fetched. Try again."),
    }


def _version_words(atlas: Atlas, t: Language) -> dict[str, str]:
    cite = t._("Copy a link to cite (data %(version)s)")
    return {"copy_citable": cite % {"version": atlas.register.version}}


def _search_words(t: Language) -> dict[str, str]:
    return {
        "search": t._("Search: a place, a zone, a document, a day"),
        "several": t._("Several have this name:"),
        "no_whole": t._("Names with this in them:"),
        "nearest": t._("Nothing has this name. Close to it:"),
        "nothing": t._("Nothing has this name, or one close to it."),
        "of_zone": t._("Pilot zone, {batch}"),
        "of_revoked": t._("Revoked pilot zone, {batch}"),
        **{f"of_{level}": t.place_level(level) for level in (PROVINCE, PREFECTURE, COUNTY)},
        "of_document": t._("Document"),
        "of_day": t._("Day"),
    }


def _table_words(t: Language) -> dict[str, str]:
    return {
        "caption": t._("Zones shown"),
        "count": t._("{active} active"),
        "count_revoked": t._("{active} active, {revoked} revoked"),
        "unverified": t._("Not verified: check against the official text"),
        "unverified_short": t._("not verified"),
        "column_zone": t._("Zone"),
        "column_province": t._("Province"),
        "column_batch": t._("Batch"),
        "column_approved": t._("Approved on"),
        "column_revoked": t._("Revoked on"),
        "column_document": t._("Document"),
        "caption_changes": t._("Changes"),
        "column_change": t._("Change"),
        "column_approved_by": t._("Approved by"),
        "column_revoked_by": t._("Revoked by"),
        "column_successor": t._("Succeeded by"),
        f"change_{GAINED}": t._("gained"),
        f"change_{PASSED}": t._("gained and revoked"),
        f"change_{LOST}": t._("revoked"),
    }
