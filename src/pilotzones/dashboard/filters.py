"""The filters of a page, behind one button, each with its counts."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pilotzones.dashboard.notices import note
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, follow, move
from pilotzones.query.borders import region_name
from pilotzones.query.view import DIMENSIONS, MAX_SEARCH, STATUSES, View
from pilotzones.query.zones import option_counts


def filters(page: Page) -> None:
    """Draw the button that opens the filters, with the number of those that are set."""
    t, view = page.language, page.view
    count = sum(bool(getattr(view, field)) for field in (*DIMENSIONS.values(), "q"))
    label = t._("Filters")
    with st.popover(t.counted(label, count) if count else label, key="filters"):
        _filters(page)
        _name(page)
        reset_button(page, "reset", disabled=not view.filtered, width="stretch")
        # below, so that no control moves while the visitor leaves the field for it
        _offer_closest(page)


def reset_button(page: Page, key: str, **options: Any) -> None:  # noqa: ANN401 - of st.button
    """Draw the button that drops every filter; the day, the zone and the language stay."""
    st.button(page.language._("Reset filters"), key=key, on_click=_reset_filters, **options)


def _name(page: Page) -> None:
    t = page.language
    follow("q", "q")
    st.text_input(
        t._("Name contains"),
        key="q",
        max_chars=MAX_SEARCH,
        placeholder=t._("Name in English, Chinese or pinyin"),
        on_change=_changed,
        args=("q", "q"),
    )


def _filters(page: Page) -> None:
    t, atlas = page.language, page.atlas
    provinces, regions = atlas.register.provinces, atlas.boundaries.border_regions
    batches = {stop.batch: stop for stop in atlas.stops if stop.batch}
    _filter(
        page,
        "province",
        t._("Province"),
        provinces.index.tolist(),
        lambda adcode: t.both_names(provinces.loc[adcode]),
    )
    _filter(
        page,
        "neighbour",
        t._("Border region"),
        # a region without any zone is offered once it is chosen
        [code for code in _kinds_first(regions) if regions[code] or code in page.view.neighbours],
        lambda code: region_name(atlas, t, code),
    )
    _filter(
        page,
        "batch",
        t._("Batch"),
        list(batches),
        lambda batch: t.dated_batch(batch, batches[batch].on),
    )
    # between two days a zone has a status on each
    if not page.visit.compares:
        _filter(page, "status", t._("Status"), list(STATUSES), t.status)


def _filter(
    page: Page, parameter: str, label: str, options: list[Any], name: Callable[[Any], str]
) -> None:
    counts, field = option_counts(page.answer, parameter), DIMENSIONS[parameter]
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state[parameter] = list(getattr(page.view, field))
    st.multiselect(
        label,
        options,
        key=parameter,
        format_func=lambda option: page.language.counted(name(option), counts.get(str(option), 0)),
        placeholder=page.language._("All"),
        # an empty choice is all; Streamlit offers "select all" in English only
        select_all=False,
        on_change=_filter_changed,
        args=(parameter, field, options),
    )


def _offer_closest(page: Page) -> None:
    text, atlas = page.view.q, page.atlas
    if text and page.answer.ask(View(atlas.stops[-1].on, q=text)).zones.empty:
        note(page, page.language._("No zone matches."), atlas.register.closest_zone_ids(text))


def _kinds_first(regions: dict[str, frozenset[str]]) -> Sequence[str]:
    # land, coast and inland are in lower case, codes of countries in capitals
    return sorted(regions, key=str.isupper)


def _reset_filters() -> None:
    choose(provinces=(), neighbours=(), batches=(), statuses=(), q="")
    move(to_zone=False)


def _changed(key: str, field: str) -> None:
    value = st.session_state[key]
    if value is None:
        return
    choose(**{field: value})
    move(to_zone=False)


def _filter_changed(parameter: str, field: str, options: Sequence[Any]) -> None:
    values = st.session_state[parameter]
    # while the counts in the labels change the browser sends labels: that is no choice of anyone
    if all(value in options for value in values):
        choose(**{field: tuple(values)})
        move(to_zone=False)
