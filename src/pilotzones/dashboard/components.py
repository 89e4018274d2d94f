"""The page components with code of their own: the timeline, the panel, the table of zones.

The browser knows what every stop shows. The timeline tells the others its day, and they show it at
once; nothing of what depends on the day alone comes with a rerun.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.assets import Asset
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.session import Visit, choose, follow_link, open_zone, step_to
from pilotzones.i18n import LANGUAGES
from pilotzones.query.answer import Answer
from pilotzones.query.roles import events_in_view, frames


@dataclass(frozen=True)
class Asked:
    """Where a reader wants to go who followed a link.

    Parameters
    ----------
    page
        Path of a page, empty for the atlas, ``None`` when no link to a page was followed.
    query
        The query of the link.
    zone_opened
        Whether a link to a zone was followed.
    """

    page: str | None
    query: str
    zone_opened: bool


# query of the link that was followed last
_LINK = "link-query"
_timeline = st.components.v2.component("pilotzones.timeline", css="timeline.css", js="timeline.js")
_panel = st.components.v2.component("pilotzones.panel", js="panel.js", isolate_styles=False)
_table = st.components.v2.component("pilotzones.table", css="table.css", js="table.js")


def timeline(atlas: Atlas, assets: dict[str, Asset], visit: Visit, page: str) -> Asked:
    """Draw the day, the numbers of the day and the slider.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the browser fetches.
    visit
        What is chosen.
    page
        Path of the page that is open, empty for the atlas.

    Returns
    -------
    Asked
        Where the reader wants to go.
    """
    view = visit.shown
    data = {
        "page": page,
        "since": view.since.isoformat() if view.since else None,
        "follows": visit.follows,
        "lang": view.lang,
        "other_language": next(lang for lang in LANGUAGES if lang != view.lang),
        "words": base_url() + assets[f"words-{view.lang}.json"].path,
        "on": view.on.isoformat(),
        "heard": visit.heard,
        "session": visit.session,
        "day": view.language.day(view.on),
        "link": visit.view.query(),
        # at each stop: active zones, provinces, approved and revoked by its document
        "counts": [
            [frame.active, frame.provinces, frame.approved, frame.revoked]
            for frame in frames(Answer(atlas, visit.at_each_stop), compare=visit.compares)
        ],
        "events": events_in_view(Answer(atlas, view)),
    }
    result = _timeline(
        data=data,
        key="timeline",
        on_day_change=_day_chosen,
        on_zone_change=_zone_chosen,
        on_lang_change=_language_chosen,
        on_page_change=_page_chosen,
    )
    link = result.page or {}
    return Asked(link.get("page"), st.session_state.get(_LINK, ""), zone_opened=bool(result.zone))


def panel(assets: dict[str, Asset], visit: Visit, told: str | None) -> None:
    """Show a text beside the map.

    Parameters
    ----------
    assets
        The files that the browser fetches.
    visit
        What is chosen.
    told
        HTML; where there is none the browser tells what the document of the day did.
    """
    stories = base_url() + assets[f"stories-{visit.shown.lang}.json"].path
    # a key, so that another text does not make another panel
    by_day = {"stories": stories, "filtered": visit.shown.filtered}
    _panel(data=by_day if told is None else {"html": told}, key="told")


def zone_table(atlas: Atlas, assets: dict[str, Asset], visit: Visit) -> None:
    """List the zones shown; choosing a row opens the zone.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the browser fetches.
    visit
        What is chosen.
    """
    view = visit.shown
    data = {
        "lang": view.lang,
        "words": base_url() + assets[f"words-{view.lang}.json"].path,
        "zones": base_url() + assets["zones.json"].path,
        # without filters the browser has them already, beside its words
        "roles": [frame.roles for frame in frames(Answer(atlas, view))] if view.filtered else None,
        "zone": view.zone,
    }
    _table(data=data, key="table", on_zone_change=_row_chosen)


def _day_chosen() -> None:
    question = _said("timeline", "day")
    if question:
        step_to(pd.Timestamp(question["day"]).date(), question["number"])


def _page_chosen() -> None:
    link = _said("timeline", "page")
    if link:
        st.session_state[_LINK] = follow_link(link["query"], link["known"])


def _language_chosen() -> None:
    lang = _said("timeline", "lang")
    if lang:
        choose(lang=lang)


def _zone_chosen() -> None:
    _open_zone_of("timeline")


def _row_chosen() -> None:
    _open_zone_of("table")


def _open_zone_of(component: str) -> None:
    # an empty one closes
    zone_id = _said(component, "zone")
    if zone_id is not None:
        open_zone(zone_id)


def _said(component: str, name: str) -> Any:  # noqa: ANN401 - what the browser sends
    # what was said while the reader went to another page comes without its component
    return st.session_state.get(component, {}).get(name)
