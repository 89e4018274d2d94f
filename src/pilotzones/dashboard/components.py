"""The page components with code of their own: the timeline, the panel, the table of zones.

The browser knows what every stop shows. The timeline passes its day to the others, and they show it
at once; nothing of what depends on the day alone comes with a rerun.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from pilotzones.browser.timeline import timeline_content
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import (
    Link,
    choose_language,
    follow_link,
    followed_link,
    open_zone,
    step_to,
)
from pilotzones.query.changes import change_rows
from pilotzones.query.headline import headline_sentences
from pilotzones.query.place_sentence import record_sentences
from pilotzones.query.reader import latest_day
from pilotzones.query.roles import frames


@dataclass(frozen=True)
class Navigation:
    """Where a visitor wants to go: a link to a page, or a zone that was just opened by a link."""

    link: Link | None
    opens_zone: bool


_timeline = st.components.v2.component("pilotzones.timeline", css="timeline.css", js="timeline.js")
_panel = st.components.v2.component("pilotzones.panel", js="panel.js", isolate_styles=False)
_intake = st.components.v2.component("pilotzones.intake", css="intake.css", js="intake.js")
_table = st.components.v2.component("pilotzones.table", css="table.css", js="table.js")

# what the words have already is not sent: a step of the timeline sends little
_SPARED = ("counts", "events", "kept")


def timeline(page: Page, title: str = "") -> Navigation:
    """Draw the head of a page: name, search, pages, headline and slider.

    `title` names the browser's tab, by default after the page and the day.
    """
    view, visit = page.view, page.visit
    data = {
        "page": page.path,
        "since": view.since.isoformat() if view.since else None,
        "follows": visit.follows,
        "lang": view.lang,
        "other_language": page.language.other.code,
        "words": page.asset_url(f"words-{view.lang}.json"),
        "on": view.on.isoformat(),
        "heard": visit.heard,
        "session": visit.session,
        "day": page.language.day(view.on),
        "link": visit.view.query(),
        "own": urlencode(visit.own),
        "title": title,
        "embedded": st.context.is_embedded,
        "search": page.asset_url("search.json"),
        "latest": latest_day(page.atlas).isoformat(),
        "answer": _sentences(page),
        **timeline_content(
            page.answer, page.answer.ask(visit.at_each_stop), compare=visit.compares
        ),
    }
    result = _timeline(
        data={name: data[name] for name in data if data[name] is not None or name not in _SPARED},
        key="timeline",
        on_day_change=_on("timeline", "day", step_to),
        on_zone_change=_on("timeline", "zone", open_zone),
        on_lang_change=_on("timeline", "lang", choose_language),
        on_page_change=_on("timeline", "page", follow_link),
    )
    return Navigation(
        link=followed_link() if result.page else None,
        opens_zone=bool(view.zone) and result.zone == view.zone,
    )


def _sentences(page: Page) -> list[str]:
    """Return what the headline says where the browser cannot know it: of a record, of a figure."""
    view = page.visit.view
    if page.path == "figure" and view.since:
        return headline_sentences(page.answer.ask(view.compare(view.since)))
    return record_sentences(page.answer, page.path)


def panel(page: Page, html: str | None) -> None:
    """Show a text beside the map, by default what the document of the day did."""
    by_day = {
        "stories": page.asset_url(f"stories-{page.view.lang}.json"),
        "filtered": page.view.filtered,
    }
    # a key, so that another text does not make another panel
    _panel(data=by_day if html is None else {"html": html}, key="story")


def zone_table(page: Page) -> None:
    """List the zones shown; choosing a row opens the zone, or closes it."""
    # without filters the browser has them already, beside its words
    shown = frames(page.answer) if page.view.filtered else None
    _draw_table(page, "table", {"roles": shown and [frame.roles for frame in shown]})


def changes_table(page: Page) -> None:
    """List the zones that changed between two days; choosing a row opens the zone, or closes it."""
    _draw_table(page, "changes", {"changes": change_rows(page.answer)})


def _draw_table(page: Page, key: str, rows: Mapping[str, object]) -> None:
    view = page.view
    data = {
        "lang": view.lang,
        "words": page.asset_url(f"words-{view.lang}.json"),
        "zones": page.asset_url("zones.json"),
        "zone": view.zone,
        **rows,
    }
    _table(data=data, key=key, on_zone_change=_on(key, "zone", open_zone))


def intake(labels: dict[str, str], most: int, heard: int, take: Callable[[object], None]) -> None:
    """Draw the field that takes a table of at most so many bytes, pasted or as a file."""
    data = {"labels": labels, "most": most, "heard": heard}
    _intake(data=data, key="intake", on_table_change=_on("intake", "table", take))


def settling(data: Mapping[str, object], choose: Callable[[object], None]) -> None:
    """List the names of a reader's table that are not matched, each with its candidates."""
    _intake(data=data, key="settling", on_place_change=_on("settling", "place", choose))


def _on(component: str, name: str, act: Callable[[object], None]) -> Callable[[], None]:
    def changed() -> None:
        # an event sent while the visitor left the page comes without its component
        event = st.session_state.get(component, {}).get(name)
        if event is not None:
            act(event)

    return changed
