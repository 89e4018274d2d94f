"""The words that the browser needs, fetched once a language."""

from datetime import date
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import Stop
from pilotzones.credits import boundary_note
from pilotzones.i18n import format_day, translations
from pilotzones.palette import batch_colours
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
            for stop, frame in zip(atlas.stops, frames(atlas, View(date.min)), strict=True)
        ],
        # links to these are followed inside the page; an empty one opens a zone where the reader is
        "pages": {"": "", **_page_titles(lang)},
        "documents": addresses[addresses != ""].to_dict(),
        "map": _map_words(atlas, lang),
        "timeline": _timeline_words(lang),
        "table": _table_words(lang),
    }


def _page_titles(lang: str) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "./": _("Atlas"),
        "compare": _("Compare"),
        "provinces": _("Provinces"),
        "borders": _("Borders"),
        "zone": _("Zone"),
        "figure": _("Figure"),
        "data": _("Data and method"),
        "reference": _("Reference"),
    }


def _stop(stop: Stop, lang: str, colour: str) -> dict[str, Any]:
    _ = translations(lang).gettext
    short = format_day(stop.on, lang, short=True)
    batch = _("batch %(n)s") % {"n": stop.batch} if stop.batch else stop.document_no
    spoken = _("%(day)s, %(batch)s: {approved} approved, {revoked} revoked, {active} active") % {
        "day": format_day(stop.on, lang),
        "batch": batch,
    }
    return {
        "on": stop.on.isoformat(),
        "day": format_day(stop.on, lang),
        "short": short,
        "batch": stop.batch,
        "legend": _("Batch %(n)s, %(day)s") % {"n": stop.batch, "day": short},
        "legend_short": f"{stop.batch} · {stop.on.year}",
        "colour": colour,
        "approved": len(stop.approved),
        "revoked": len(stop.revoked),
        "active": stop.active_after,
        "spoken": spoken,
    }


def _map_words(atlas: Atlas, lang: str) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "title": _("Cross-border e-commerce pilot zones of China"),
        "count": _("{n} active zones shown"),
        "count_one": _("{n} active zone shown"),
        "days": _("{since} to {on}"),
        "legend": _("Approved in"),
        "revoked": _("Revoked"),
        "batch": _("Batch {n}"),
        "approved_on": _("Approved {day}"),
        "active": _("Active"),
        "active_since": _("active since {day}"),
        "revoked_on": _("Revoked {day}"),
        "unverified": _("Not verified: check against the official text"),
        "gained": _("Gained"),
        "lost": _("Revoked in between"),
        "kept": _("Active on both days"),
        "near": _("Within {n} km of the border"),
        "before": _("Revoked before"),
        "passed": _("Approved and revoked in between"),
        "change": _("Change"),
        "empty": _("No zone passes these filters on this day."),
        "home": _("Show all of China"),
        "skip": _("Skip the zones on the map"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "south_china_sea": _("South China Sea Islands"),
        "kilometres": _("{n} km"),
        "source": _("Source: State Council replies; Pilot Zone Atlas, data %(version)s")
        % {"version": atlas.data_version},
        "note": boundary_note(lang),
    }


def _timeline_words(lang: str) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "page_title": _("Pilot Zone Atlas"),
        "pages": _("Pages"),
        "slider": _("Day"),
        "active": _("active"),
        "provinces": _("provinces"),
        "province": _("province"),
        "approved": _("approved that day"),
        "revoked": _("revoked that day"),
        "approved_since": _("gained"),
        "revoked_since": _("revoked"),
        "previous": _("Previous document"),
        "next": _("Next document"),
        "play": _("Play the timeline"),
        "pause": _("Pause"),
        "copy": _("Copy a link to this view"),
        "copy_short": _("Copy link"),
        "copied": _("Link copied"),
        "language": {"en": "切换到中文", "zh": "Switch to English"}[lang],
        "language_short": {"en": "中文", "zh": "English"}[lang],
    }


def _table_words(lang: str) -> dict[str, str]:
    _ = translations(lang).gettext
    return {
        "caption": _("Zones shown"),
        "active": _("Active"),
        "revoked": _("Revoked"),
        "unverified": _("Not verified: check against the official text"),
        "column_zone": _("Zone"),
        "column_province": _("Province"),
        "column_batch": _("Batch"),
        "column_approved": _("Approved on"),
        "column_status": _("Status"),
        "column_revoked": _("Revoked on"),
        "column_document": _("Document"),
    }
