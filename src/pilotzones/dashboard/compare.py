"""The parts of the page that compares two days."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from pilotzones.atlas.timeline import GAINED, PASSED, REVOKED, Stop, stop_on
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, shown_view
from pilotzones.query.answer import Answer
from pilotzones.query.borders import border_regions, region_name
from pilotzones.query.changes import (
    changes_by_border_region,
    changes_by_province,
    changes_in_all,
    headline,
    signed,
)
from pilotzones.query.days import day_of_cell
from pilotzones.query.reader import latest_day
from pilotzones.text import excerpt

_REFUSED = "compare-refused"


def days(page: Page) -> None:
    """Draw the two days and the shortcuts to common pairs."""
    t, stops = page.language, page.atlas.stops
    eve_of_first = stops[0].on - timedelta(days=1)
    stop = stop_on(stops, page.view.on) or stops[0]
    shown = (page.view.since, page.view.on)
    refused: _Refused | None = st.session_state.get(_REFUSED)
    if refused and refused.shown != shown:
        refused = st.session_state[_REFUSED] = None
    with st.container(horizontal=True, vertical_alignment="bottom", key="days"):
        for label, field, first in (
            (t._("From"), "since", eve_of_first),
            (t._("To"), "on", stops[0].on),
        ):
            # what was refused stays to be mended
            if not refused or refused.field != field:
                st.session_state[f"compare-{field}"] = getattr(page.view, field).isoformat()
            st.text_input(
                label,
                key=f"compare-{field}",
                placeholder=t._("YYYY-MM-DD"),
                on_change=_day_typed,
                args=(page, field, first),
                width=150,
            )
        for label, since, on in (
            (t._("Latest document only"), stop.on - timedelta(days=1), stop.on),
            (t._("Since the first document"), eve_of_first, stops[-1].on),
        ):
            st.button(label, on_click=choose, kwargs={"since": since, "on": on})
    if refused:
        st.error(refused.message)


class _Refused(NamedTuple):
    """A day that could not be taken, and the two that were shown then."""

    field: str
    message: str
    shown: tuple[date | None, date]


def _day_typed(page: Page, field: str, first: date) -> None:
    # the other day may have been typed since this page was drawn
    view, text = shown_view(), st.session_state[f"compare-{field}"].strip()
    day = day_of_cell(text)
    message = _refusal(page.answer.ask(view), text, field, first)
    if day is None or message:
        st.session_state[_REFUSED] = _Refused(field, message, (view.since, view.on))
        return
    st.session_state[_REFUSED] = None
    # both, for now the reader has chosen them
    choose(**({"since": view.since, "on": view.on} | {field: day}))


def _refusal(answer: Answer, text: str, field: str, first: date) -> str:
    t, view, latest = answer.language, answer.view, latest_day(answer.atlas)
    day = day_of_cell(text)
    if day is None:
        message = t._("“%(text)s” is not a day. Write it as YYYY-MM-DD, such as 2019-12-31.")
        return message % {"text": excerpt(text)}
    if not first <= day <= latest:
        message = t._("%(day)s is out of range: choose a day from %(first)s to %(latest)s.")
        names = {"day": t.day(day), "first": t.day(first), "latest": t.day(latest)}
        return message % names
    since, on = (day, view.on) if field == "since" else (view.since or day, day)
    if since > on:
        message = t._("The first day, %(since)s, is after the second, %(on)s. Nothing was changed.")
        return message % {"since": t.day(since), "on": t.day(on)}
    return ""


def changes_html(answer: Answer) -> str:
    """List the changes document by document."""
    stories = [
        story
        for stop in answer.atlas.stops
        if answer.since < stop.on <= answer.view.on and (story := _story(answer, stop))
    ]
    return render(
        "changes.html",
        answer.language,
        headline=headline(answer),
        filtered=answer.view.filtered,
        stories=stories,
    )


def _story(answer: Answer, stop: Stop) -> dict[str, Any] | None:
    atlas, t, changes = answer.atlas, answer.language, answer.changes
    number = stop.document_no
    gained = changes[(changes["approved_by"] == number) & changes["change"].isin([GAINED, PASSED])]
    revoked = changes[(changes["revoked_by"] == number) & (changes["to_status"] == REVOKED)]
    if gained.empty and revoked.empty:
        return None
    document = atlas.register.documents.loc[number]
    counts = [signed(len(gained))] + ([signed(-len(revoked))] if len(revoked) else [])
    return {
        "number": number,
        "url": document["url"],
        "sources": source_links(document["sources"]),
        "day": t.day(document["published_on"]),
        "counts": " ".join(counts),
        "gained": [zone_link(atlas, t, zone_id) for zone_id in gained.index],
        "revoked": [
            (zone_link(atlas, t, zone_id), zone_link(atlas, t, successor))
            for zone_id, successor in revoked["successor_zone_id"].items()
        ],
    }


def total_row(answer: Answer, label: str) -> list[Any]:
    """Count the changes of all zones, for the foot of the two tables below."""
    return [label, *changes_in_all(answer).tolist()]


def province_counts_frame(answer: Answer) -> pd.DataFrame:
    """Count the changes by province, for show."""
    t, counts = answer.language, changes_by_province(answer)
    provinces = answer.atlas.register.provinces
    names = [t.name(provinces.loc[adcode]) for adcode in counts.index]
    return _counts_frame(answer, t._("Province"), names, counts)


def region_counts_frame(answer: Answer) -> pd.DataFrame:
    """Count the changes by border region, for show."""
    t, counts = answer.language, changes_by_border_region(answer)
    counts = counts.reindex([c for c in border_regions(answer.atlas, t) if c in counts.index])
    names = [region_name(answer.atlas, t, code) for code in counts.index]
    return _counts_frame(answer, t._("Border region"), names, counts)


def _counts_frame(
    answer: Answer, label: str, names: list[str], counts: pd.DataFrame
) -> pd.DataFrame:
    t = answer.language
    return pd.DataFrame(
        {
            label: names,
            t._("Active before"): counts["before"].to_numpy(),
            t._("Gained"): counts["gained"].to_numpy(),
            t._("Revoked"): counts["revoked"].to_numpy(),
            t._("Net"): counts["net"].to_numpy(),
            t._("Active after"): counts["after"].to_numpy(),
        }
    )
