"""The parts of the comparison of two days."""

from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import document_address
from pilotzones.atlas.timeline import GAINED, PASSED, REVOKED, stop_on
from pilotzones.browser.html import Text, render
from pilotzones.browser.stories import source_links, zone_link
from pilotzones.dashboard.session import Visit, choose, follow
from pilotzones.query.changes import (
    changes_by_border_region,
    changes_by_province,
    changes_in_view,
    earlier_day,
    headline,
    signed,
)
from pilotzones.query.view import latest_day
from pilotzones.tables.rows import changes_table


def days(atlas: Atlas, visit: Visit, text: Text) -> None:
    """Draw the two days and the shortcuts to common pairs."""
    _ = text.translate
    view = visit.shown
    first = atlas.stops[0].on - timedelta(days=1)
    last = latest_day(atlas)
    with st.container(horizontal=True, vertical_alignment="bottom", key="days"):
        for label, field in [(_("From"), "since"), (_("To"), "on")]:
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
            _("What the document of the day did"): (stop.on - timedelta(days=1), stop.on),
            _("The whole story"): (first, atlas.stops[-1].on),
        }
        for label, (since, on) in pairs.items():
            st.button(label, on_click=choose, kwargs={"since": since, "on": on})


def _day_chosen(field: str) -> None:
    day = st.session_state[f"compare-{field}"]
    since, on = st.session_state["compare-since"], st.session_state["compare-on"]
    if day is not None and since and on:
        # days in the wrong order are exchanged: the reader means the same pair
        choose(since=min(since, on), on=max(since, on))


def changes_html(atlas: Atlas, visit: Visit, text: Text) -> str:
    """Tell the changes document by document."""
    view = visit.shown
    table = changes_in_view(atlas, view)
    stories = [
        story
        for stop in atlas.stops
        if earlier_day(atlas, view) < stop.on <= view.on
        and (story := _story(atlas, stop.document_no, table, text))
    ]
    return render(
        "changes.html",
        text,
        headline=headline(atlas, view),
        filtered=view.filtered,
        stories=stories,
    )


def _story(atlas: Atlas, number: str, table: pd.DataFrame, text: Text) -> dict[str, Any] | None:
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
        "day": text.day(document["published_on"]),
        "counts": " ".join(counts),
        "gained": [zone_link(atlas, text, zone_id) for zone_id in gained.index],
        "revoked": [
            (zone_link(atlas, text, zone_id), zone_link(atlas, text, successor))
            for zone_id, successor in revoked["successor_zone_id"].items()
        ],
    }


def changes_frame(atlas: Atlas, visit: Visit, text: Text) -> pd.DataFrame:
    """List the changes for show."""
    _ = text.translate
    view = visit.shown
    table = changes_table(atlas, earlier_day(atlas, view), view.on, view)
    words = {GAINED: _("gained"), PASSED: _("gained and revoked")}
    other = "en" if text.lang == "zh" else "zh"
    documents = atlas.register.documents
    latest = table["revoked_by"].fillna(table["approved_by"])
    return pd.DataFrame(
        {
            _("Change"): [words.get(change, _("revoked")) for change in table["change"]],
            _("Zone"): table[f"name_{text.lang}"] + " " + table[f"name_{other}"],
            _("Province"): table[f"province_{text.lang}"],
            _("Approved on"): table["approved_on"],
            _("Approved by"): table["approved_by"],
            _("Revoked on"): table["revoked_on"],
            _("Revoked by"): table["revoked_by"],
            _("Succeeded by"): table[f"successor_{text.lang}"],
            _("Source"): [document_address(documents.loc[number]) for number in latest],
        }
    )


def counted_frame(atlas: Atlas, visit: Visit, text: Text, by: str) -> pd.DataFrame:
    """Count the changes by province or by border region, for show."""
    _ = text.translate
    view = visit.shown
    if by == "province":
        table = changes_by_province(atlas, view)
        provinces = atlas.register.provinces
        names = [text.name(provinces.loc[adcode]) for adcode in table.index]
        label = _("Province")
    else:
        table = changes_by_border_region(atlas, view)
        names = [text.border_region(atlas, code) for code in table.index]
        label = _("Border region")
    return pd.DataFrame(
        {
            label: names,
            _("Active before"): table["before"].to_numpy(),
            _("Gained"): table["gained"].to_numpy(),
            _("Revoked"): table["revoked"].to_numpy(),
            _("Net"): table["net"].to_numpy(),
            _("Active after"): table["after"].to_numpy(),
        }
    )
