"""The two page components with code of their own: the timeline and the table of zones."""

import pandas as pd
import streamlit as st

from pilotzones.assets import Asset
from pilotzones.atlas import Atlas
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.session import Visit, choose, move
from pilotzones.frames import frame_on, frames
from pilotzones.i18n import format_day
from pilotzones.view import LANGUAGES

_timeline = st.components.v2.component("pilotzones.timeline", css="timeline.css", js="timeline.js")
_table = st.components.v2.component("pilotzones.table", css="table.css", js="table.js")


def timeline(atlas: Atlas, assets: dict[str, Asset], visit: Visit) -> None:
    """Draw the day, the numbers of the day and the slider.

    Parameters
    ----------
    atlas
        The facts.
    assets
        The files that the browser fetches.
    visit
        What is chosen.
    """
    view = visit.view
    data = {
        "lang": view.lang,
        "other_language": next(lang for lang in LANGUAGES if lang != view.lang),
        "words": base_url() + assets[f"words-{view.lang}.json"].path,
        "on": view.on.isoformat(),
        "day": format_day(view.on, view.lang),
        "link": view.query(),
        # at each stop: active zones, provinces, approved and revoked by its document
        "counts": [
            [frame.active, frame.provinces, frame.approved, frame.revoked]
            for frame in frames(atlas, view)
        ],
    }
    _timeline(
        data=data,
        key="timeline",
        on_day_change=_day_chosen,
        on_zone_change=_zone_chosen,
        on_lang_change=_language_chosen,
    )


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
    data = {
        "lang": visit.view.lang,
        "words": base_url() + assets[f"words-{visit.view.lang}.json"].path,
        "zones": base_url() + assets["zones.json"].path,
        "roles": frame_on(atlas, visit.view).roles,
        "zone": visit.view.zone,
    }
    _table(data=data, key="table", on_zone_change=_row_chosen)


def _day_chosen() -> None:
    day = st.session_state["timeline"].day
    if day:
        choose(on=pd.Timestamp(day).date())


def _language_chosen() -> None:
    lang = st.session_state["timeline"].lang
    if lang:
        choose(lang=lang)


def _zone_chosen() -> None:
    _open(st.session_state["timeline"].zone)


def _row_chosen() -> None:
    _open(st.session_state["table"].zone)


def _open(zone_id: str | None) -> None:
    if zone_id is not None:
        choose(zone=zone_id or None)
        move(to_zone=bool(zone_id))
