"""The parts of the page that compares two days."""

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas.register import document_address
from pilotzones.atlas.timeline import GAINED, PASSED, REVOKED, Stop, stop_on
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, follow
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.query.changes import (
    changes_by_border_region,
    changes_by_province,
    headline,
    signed,
)
from pilotzones.query.reader import latest_day
from pilotzones.tables.rows import changes_table


def days(page: Page) -> None:
    """Draw the two days and the shortcuts to common pairs."""
    t, stops = page.language, page.atlas.stops
    eve_of_first = stops[0].on - timedelta(days=1)
    stop = stop_on(stops, page.view.on) or stops[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="days"):
        for label, field, first in (
            (t._("From"), "since", eve_of_first),
            (t._("To"), "on", stops[0].on),
        ):
            key = f"compare-{field}"
            follow(key, field)
            st.date_input(
                label,
                key=key,
                min_value=first,
                max_value=latest_day(page.atlas),
                format="YYYY-MM-DD",
                on_change=_day_chosen,
                args=(field,),
                width=170,
            )
        for label, since, on in (
            (t._("Latest document only"), stop.on - timedelta(days=1), stop.on),
            (t._("Since the first document"), eve_of_first, stops[-1].on),
        ):
            st.button(label, on_click=choose, kwargs={"since": since, "on": on})


def _day_chosen(field: str) -> None:
    day = st.session_state[f"compare-{field}"]
    since, on = st.session_state["compare-since"], st.session_state["compare-on"]
    if day is not None and since and on:
        # days in the wrong order are exchanged: the same pair is meant
        choose(since=min(since, on), on=max(since, on))


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


def changes_frame(answer: Answer) -> pd.DataFrame:
    """List the changes for show, in the order of `Answer.changes`."""
    t, table = answer.language, changes_table(answer)
    kinds = {GAINED: t._("gained"), PASSED: t._("gained and revoked")}
    documents = answer.atlas.register.documents
    latest = table["revoked_by"].fillna(table["approved_by"])
    return pd.DataFrame(
        {
            t._("Change"): [kinds.get(change, t._("revoked")) for change in table["change"]],
            t._("Zone"): table[f"name_{t.code}"] + " " + table[f"name_{t.other.code}"],
            t._("Province"): table[f"province_{t.code}"],
            t._("Approved on"): table["approved_on"],
            t._("Approved by"): table["approved_by"],
            t._("Revoked on"): table["revoked_on"],
            t._("Revoked by"): table["revoked_by"],
            t._("Succeeded by"): table[f"successor_{t.code}"],
            t._("Source"): [document_address(documents.loc[number]) for number in latest],
        }
    )


def province_counts_frame(answer: Answer) -> pd.DataFrame:
    """Count the changes by province, for show."""
    t, counts = answer.language, changes_by_province(answer)
    provinces = answer.atlas.register.provinces
    names = [t.name(provinces.loc[adcode]) for adcode in counts.index]
    return _counts_frame(answer, t._("Province"), names, counts)


def region_counts_frame(answer: Answer) -> pd.DataFrame:
    """Count the changes by border region, for show."""
    t, counts = answer.language, changes_by_border_region(answer)
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
