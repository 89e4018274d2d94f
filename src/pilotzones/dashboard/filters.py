"""The filters of a page, behind one button, each with its counts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.words import filters_label
from pilotzones.dashboard.notices import note
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, choose_from, follow, move
from pilotzones.i18n import Language
from pilotzones.parameters import REGIONS
from pilotzones.query.borders import border_regions, region_name
from pilotzones.query.growth import economic_region_name
from pilotzones.query.view import (
    ALTERNATIVES,
    DIMENSIONS,
    MAX_SEARCH,
    STATUSES,
    View,
)
from pilotzones.query.zones import option_counts


def filters(page: Page) -> None:
    """Draw the button that opens the filters, with the number of those that are set."""
    with st.popover(filters_label(page.view), key="filters"):
        _filters(page)
        _name(page)
        if page.path == "":
            _colour(page)
        reset_button(page, "reset", disabled=not page.view.filtered, width="stretch")
        # below, so that no control moves while the visitor leaves the field for it
        _offer_closest(page)


def reset_button(page: Page, key: str, **options: Any) -> None:  # noqa: ANN401 - of st.button
    """Draw the button that drops every filter; the day, the zone and the language stay."""
    st.button(page.language._("Reset filters"), key=key, on_click=_reset_filters, **options)


def choose_one(label: str, names: dict[str, str], key: str, field: str) -> None:
    """Draw a control for a field of the View that is one of a few words, each with its name."""
    follow(key, field)
    one_of(label, names, key, on_change=choose_from, args=(key, field))


def one_of(label: str, names: Mapping[Any, str], key: str, **options: Any) -> Any:  # noqa: ANN401 - of st.segmented_control
    """Draw a control that is one of a few words, each with its name, and return the word."""
    return st.segmented_control(
        label, list(names), format_func=names.__getitem__, required=True, key=key, **options
    )


def choose_kept(
    label: str,
    options: Sequence[Any],
    key: str,
    *,
    usual: int = 0,
    **more: Any,  # noqa: ANN401 - of st.selectbox
) -> Any:  # noqa: ANN401 - one of the options
    """Draw a list and return the choice, which outlasts a change of language.

    Streamlit hears of a choice by its name on the page, which in the other language is none.
    """
    kept = f"{key}-kept"
    if st.session_state.get(kept) not in options:
        st.session_state[kept] = options[usual]
    st.session_state[key] = st.session_state[kept]
    return st.selectbox(label, options, key=key, on_change=_keep, args=(key, kept, options), **more)


def _keep(key: str, kept: str, options: Sequence[Any]) -> None:
    if st.session_state[key] in options:
        st.session_state[kept] = st.session_state[key]


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


def _colour(page: Page) -> None:
    t = page.language
    names = {"batch": t._("By batch"), "new": t._("The newest stand out")}
    choose_one(t._("Colours"), names, "colour-by", "colour")


def _filters(page: Page) -> None:
    t = page.language
    labels = {
        "region": t._("Region"),
        "province": t._("Province"),
        "neighbour": t._("Border region"),
        "batch": t._("Batch"),
        "status": t._("Status"),
    }
    names = _option_names(page.atlas, t)
    for parameter in ("region", "province", "neighbour", "batch"):
        _filter(page, parameter, labels[parameter], names[parameter])
    _match(page)
    # between two days a zone has a status on each
    if not page.visit.compares:
        _filter(page, "status", labels["status"], names["status"])


@lru_cache(maxsize=8)
def _option_names(atlas: Atlas, t: Language) -> dict[str, dict[Any, str]]:
    """List the options of each filter in the order in which they are offered, with their names."""
    provinces = atlas.register.provinces
    order = provinces["name_pinyin" if t.code == "zh" else "name_en"].sort_values().index
    batches = [(stop.batch, stop.on) for stop in atlas.stops if stop.batch]
    return {
        "region": {one: economic_region_name(t, one) for one in REGIONS},
        "province": {one: t.both_names(provinces.loc[one]) for one in order},
        "neighbour": {one: region_name(atlas, t, one) for one in border_regions(atlas, t)},
        "batch": {number: t.dated_batch(number, on) for number, on in batches},
        "status": {one: t.status(one) for one in STATUSES},
    }


def _match(page: Page) -> None:
    """Let one kind of filter be enough, once there are several."""
    if sum(bool(getattr(page.view, name)) for name in ALTERNATIVES) < 2:  # noqa: PLR2004
        return
    t = page.language
    st.session_state["match-any"] = page.view.match == "any"
    st.toggle(
        t._("Any of these filters is enough"),
        key="match-any",
        help=t._(
            "On: zones that pass at least one of the filters above. Off: zones that pass them all."
        ),
        on_change=_match_changed,
    )


def _match_changed() -> None:
    choose(match="any" if st.session_state["match-any"] else "all")
    move(to_zone=False)


def _filter(page: Page, parameter: str, label: str, names: dict[Any, str]) -> None:
    t, field = page.language, DIMENSIONS[parameter]
    counts = option_counts(page.answer, parameter)
    chosen = getattr(page.view, field)
    # what leaves nothing is offered only to be given up
    options = [one for one in names if counts.get(str(one)) or one in chosen]
    labels = {one: t.counted(names[one], counts.get(str(one), 0)) for one in options}
    # where the labels are new, as they carry counts, the control would give back the old ones; at
    # any other time a value that is set takes away what is being typed, and Enter picks another
    known = f"{parameter}-labels"
    if st.session_state.get(known) != labels or st.session_state.get(parameter) != [*chosen]:
        st.session_state[parameter] = list(chosen)
    st.session_state[known] = labels
    st.multiselect(
        label,
        options,
        key=parameter,
        format_func=lambda option: labels.get(option, str(option)),
        placeholder=t._("All"),
        # what is typed must be in the name: a name that is only like it could be picked in haste
        filter_mode="contains",
        # an empty choice is all; Streamlit offers "select all" in English only
        select_all=False,
        on_change=_filter_changed,
        args=(parameter, field, options),
    )


def _offer_closest(page: Page) -> None:
    text, atlas = page.view.q, page.atlas
    if text and page.answer.ask(View(atlas.stops[-1].on, q=text)).zones.empty:
        note(page, page.language._("No zone matches."), atlas.register.closest_zone_ids(text))


def _reset_filters() -> None:
    choose(**dict.fromkeys(DIMENSIONS.values(), ()), match=View.match, q="")
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
