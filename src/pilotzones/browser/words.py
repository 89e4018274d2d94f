"""The words that the browser needs, fetched once a language."""

from datetime import date
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import Stop
from pilotzones.credits import boundary_note
from pilotzones.i18n import Language
from pilotzones.palette import batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.roles import frames
from pilotzones.query.view import View

NO_BATCH_COLOUR = "#767676"


def browser_words(atlas: Atlas, lang: str) -> dict[str, Any]:
    """Gather the words of the map, the timeline and the table of zones.

    Parameters
    ----------
    atlas
        The facts.
    lang
        ``en`` or ``zh``.

    Returns
    -------
    dict
        ``pages`` (titles by path), ``stops`` (one a document: its day, batch, colour, counts, and
        the roles of all zones),
        ``documents`` (addresses by number), and the texts of ``map``, ``timeline``, ``table``.
    """
    addresses = atlas.register.documents["url"]
    colours = iter(batch_colours(sum(1 for stop in atlas.stops if stop.batch)))
    return {
        "stops": [
            _stop(stop, lang, next(colours) if stop.batch else NO_BATCH_COLOUR)
            | {"roles": frame.roles}
            for stop, frame in zip(atlas.stops, frames(Answer(atlas, View(date.min))), strict=True)
        ],
        # links to these are followed inside the page; an empty one opens a zone where the reader is
        "pages": {"": "", **_page_titles(lang)},
        "documents": addresses[addresses != ""].to_dict(),
        "map": _map_words(atlas, lang),
        "timeline": _timeline_words(lang),
        "table": _table_words(lang),
    }


def _page_titles(lang: str) -> dict[str, str]:
    language = Language(lang)
    return {
        "./": language._("Atlas"),
        "compare": language._("Compare"),
        "provinces": language._("Provinces"),
        "borders": language._("Borders"),
        "zone": language._("Zone"),
        "figure": language._("Figure"),
        "data": language._("Data and method"),
        "reference": language._("Reference"),
    }


def _stop(stop: Stop, lang: str, colour: str) -> dict[str, Any]:
    language = Language(lang)
    short = language.day(stop.on, short=True)
    batch = language._("batch %(n)s") % {"n": stop.batch} if stop.batch else stop.document_no
    spoken = language._(
        "%(day)s, %(batch)s: {approved} approved, {revoked} revoked, {active} active"
    ) % {
        "day": language.day(stop.on),
        "batch": batch,
    }
    return {
        "on": stop.on.isoformat(),
        "day": language.day(stop.on),
        "short": short,
        "batch": stop.batch,
        "legend": language._("Batch %(n)s, %(day)s") % {"n": stop.batch, "day": short},
        "legend_short": f"{stop.batch} · {stop.on.year}",
        "colour": colour,
        "approved": len(stop.approved),
        "revoked": len(stop.revoked),
        "active": stop.active_after,
        "spoken": spoken,
    }


def _map_words(atlas: Atlas, lang: str) -> dict[str, str]:
    language = Language(lang)
    return {
        "title": language._("Cross-border e-commerce pilot zones of China"),
        "count": language._("{n} active zones shown"),
        "count_one": language._("{n} active zone shown"),
        "days": language._("{since} to {on}"),
        "legend": language._("Approved in"),
        "revoked": language._("Revoked"),
        "batch": language._("Batch {n}"),
        "approved_on": language._("Approved {day}"),
        "active": language._("Active"),
        "active_since": language._("active since {day}"),
        "revoked_on": language._("Revoked {day}"),
        "unverified": language._("Not verified: check against the official text"),
        "gained": language._("Gained"),
        "lost": language._("Revoked in between"),
        "kept": language._("Active on both days"),
        "near": language._("Within {n} km of the border"),
        "before": language._("Revoked before"),
        "passed": language._("Approved and revoked in between"),
        "change": language._("Change"),
        "empty": language._("No zone passes these filters on this day."),
        "home": language._("Show all of China"),
        "skip": language._("Skip the zones on the map"),
        "zoom_in": language._("Zoom in"),
        "zoom_out": language._("Zoom out"),
        "south_china_sea": language._("South China Sea Islands"),
        "kilometres": language._("{n} km"),
        "source": language._("Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"version": atlas.data_version},
        "note": boundary_note(language),
    }


def _timeline_words(lang: str) -> dict[str, str]:
    language = Language(lang)
    return {
        "page_title": language._("Pilot Zone Atlas"),
        "pages": language._("Pages"),
        "slider": language._("Day"),
        "active": language._("active"),
        "provinces": language._("provinces"),
        "province": language._("province"),
        "approved": language._("approved that day"),
        "revoked": language._("revoked that day"),
        "approved_since": language._("gained"),
        "revoked_since": language._("revoked"),
        "previous": language._("Previous document"),
        "next": language._("Next document"),
        "play": language._("Play the timeline"),
        "pause": language._("Pause"),
        "copy": language._("Copy a link to this view"),
        "copy_short": language._("Copy link"),
        "copied": language._("Link copied"),
        "language": {"en": "切换到中文", "zh": "Switch to English"}[lang],
        "language_short": {"en": "中文", "zh": "English"}[lang],
    }


def _table_words(lang: str) -> dict[str, str]:
    language = Language(lang)
    return {
        "caption": language._("Zones shown"),
        "active": language._("Active"),
        "revoked": language._("Revoked"),
        "unverified": language._("Not verified: check against the official text"),
        "column_zone": language._("Zone"),
        "column_province": language._("Province"),
        "column_batch": language._("Batch"),
        "column_approved": language._("Approved on"),
        "column_status": language._("Status"),
        "column_revoked": language._("Revoked on"),
        "column_document": language._("Document"),
    }
