"""The parts of the comparison of two days."""

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import document_address
from pilotzones.atlas.timeline import GAINED, PASSED, REVOKED, stop_on
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.session import Visit, choose, follow
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.query.changes import (
    changes_by_border_region,
    changes_by_province,
    headline,
    signed,
)
from pilotzones.query.view import latest_day
from pilotzones.tables.rows import changes_table


def days(atlas: Atlas, visit: Visit, language: Language) -> None:
    """Draw the two days and the shortcuts to common pairs."""
    view = visit.shown
    first = atlas.stops[0].on - timedelta(days=1)
    last = latest_day(atlas)
    with st.container(horizontal=True, vertical_alignment="bottom", key="days"):
        for label, field in [(language._("From"), "since"), (language._("To"), "on")]:
            key = f"compare-{field}"
            follow(key, field)
            st.date_input(
                label,
                key=key,
                min_value=first if field == "since" else atlas.stops[0].on,
                max_value=last,
                format="YYYY-MM-DD",
                on_change=_day_chosen,
                args=(field,),
                width=170,
            )
        stop = stop_on(atlas.stops, view.on) or atlas.stops[0]
        pairs = {
            language._("What the document of the day did"): (stop.on - timedelta(days=1), stop.on),
            language._("The whole story"): (first, atlas.stops[-1].on),
        }
        for label, (since, on) in pairs.items():
            st.button(label, on_click=choose, kwargs={"since": since, "on": on})


def _day_chosen(field: str) -> None:
    day = st.session_state[f"compare-{field}"]
    since, on = st.session_state["compare-since"], st.session_state["compare-on"]
    if day is not None and since and on:
        # days in the wrong order are exchanged: the reader means the same pair
        choose(since=min(since, on), on=max(since, on))


def changes_html(atlas: Atlas, visit: Visit, language: Language) -> str:
    """Tell the changes document by document."""
    view = visit.shown
    answer = Answer(atlas, view)
    stories = [
        story
        for stop in atlas.stops
        if answer.since < stop.on <= view.on
        and (story := _story(atlas, stop.document_no, answer.changes, language))
    ]
    return render(
        "changes.html",
        language,
        headline=headline(answer),
        filtered=view.filtered,
        stories=stories,
    )


def _story(
    atlas: Atlas, number: str, table: pd.DataFrame, language: Language
) -> dict[str, Any] | None:
    gained = table[(table["approved_by"] == number) & table["change"].isin([GAINED, PASSED])]
    revoked = table[(table["revoked_by"] == number) & (table["to_status"] == REVOKED)]
    if gained.empty and revoked.empty:
        return None
    document = atlas.register.documents.loc[number]
    counts = [signed(len(gained))] + ([signed(-len(revoked))] if len(revoked) else [])
    return {
        "number": number,
        "url": document["url"],
        "sources": source_links(document["sources"]),
        "day": language.day(document["published_on"]),
        "counts": " ".join(counts),
        "gained": [zone_link(atlas, language, zone_id) for zone_id in gained.index],
        "revoked": [
            (zone_link(atlas, language, zone_id), zone_link(atlas, language, successor))
            for zone_id, successor in revoked["successor_zone_id"].items()
        ],
    }


def changes_frame(atlas: Atlas, visit: Visit, language: Language) -> pd.DataFrame:
    """List the changes for show."""
    view = visit.shown
    table = changes_table(Answer(atlas, view))
    words = {GAINED: language._("gained"), PASSED: language._("gained and revoked")}
    other = "en" if language.code == "zh" else "zh"
    documents = atlas.register.documents
    latest = table["revoked_by"].fillna(table["approved_by"])
    return pd.DataFrame(
        {
            language._("Change"): [
                words.get(change, language._("revoked")) for change in table["change"]
            ],
            language._("Zone"): table[f"name_{language.code}"] + " " + table[f"name_{other}"],
            language._("Province"): table[f"province_{language.code}"],
            language._("Approved on"): table["approved_on"],
            language._("Approved by"): table["approved_by"],
            language._("Revoked on"): table["revoked_on"],
            language._("Revoked by"): table["revoked_by"],
            language._("Succeeded by"): table[f"successor_{language.code}"],
            language._("Source"): [document_address(documents.loc[number]) for number in latest],
        }
    )


def counted_frame(atlas: Atlas, visit: Visit, language: Language, by: str) -> pd.DataFrame:
    """Count the changes by province or by border region, for show."""
    view = visit.shown
    if by == "province":
        table = changes_by_province(Answer(atlas, view))
        provinces = atlas.register.provinces
        names = [language.name(provinces.loc[adcode]) for adcode in table.index]
        label = language._("Province")
    else:
        table = changes_by_border_region(Answer(atlas, view))
        names = [region_name(atlas, language, code) for code in table.index]
        label = language._("Border region")
    return pd.DataFrame(
        {
            label: names,
            language._("Active before"): table["before"].to_numpy(),
            language._("Gained"): table["gained"].to_numpy(),
            language._("Revoked"): table["revoked"].to_numpy(),
            language._("Net"): table["net"].to_numpy(),
            language._("Active after"): table["after"].to_numpy(),
        }
    )
