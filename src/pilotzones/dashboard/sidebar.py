"""The controls in the sidebar: another day, and the filters with their counts."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.browser.html import Text
from pilotzones.dashboard.session import Visit, choose, follow, move
from pilotzones.query.view import MAX_SEARCH, STATUSES, View, latest_day
from pilotzones.query.zones import DIMENSIONS, option_counts, zones_in_view


def sidebar(atlas: Atlas, visit: Visit, text: Text) -> None:
    """Draw the controls.

    Parameters
    ----------
    atlas
        The facts.
    visit
        What is chosen.
    text
        The language.
    """
    _ = text.translate
    view, register = visit.shown, atlas.register
    with st.sidebar:
        st.title(_("Pilot Zone Atlas"))
        st.caption(_("China's cross-border e-commerce comprehensive pilot zones, day by day"))
        follow("on", "on")
        st.date_input(
            _("Day"),
            key="on",
            min_value=atlas.stops[0].on,
            max_value=latest_day(atlas),
            format="YYYY-MM-DD",
            help=_("Any day since the first document. Between two documents nothing changes."),
            on_change=_changed,
            args=("on", "on"),
        )
        follow("q", "q")
        st.text_input(
            _("Search"),
            key="q",
            max_chars=MAX_SEARCH,
            placeholder=_("Name in English, Chinese or pinyin"),
            on_change=_changed,
            args=("q", "q"),
        )
        provinces = register.provinces
        _several(
            _("Province"),
            "province",
            provinces.index.tolist(),
            lambda adcode: text.both_names(provinces.loc[adcode]),
            (atlas, visit, text),
        )
        regions = atlas.boundaries.border_regions
        # those without any zone are offered once they are chosen
        occupied = [c for c in _region_order(regions) if regions[c] or c in view.neighbours]
        _several(
            _("Border region"),
            "neighbour",
            occupied,
            lambda code: text.border_region(atlas, code),
            (atlas, visit, text),
        )
        batches = {stop.batch: stop for stop in atlas.stops if stop.batch}
        _several(
            _("Batch"),
            "batch",
            list(batches),
            lambda batch: (
                _("Batch %(n)s, %(day)s")
                % {"n": batch, "day": text.day(batches[batch].on, short=True)}
            ),
            (atlas, visit, text),
        )
        # between two days a zone has a status on each
        if not visit.compares:
            _several(_("Status"), "status", list(STATUSES), text.status, (atlas, visit, text))
        st.button(
            _("Reset the filters"),
            on_click=reset_filters,
            disabled=not view.filtered,
            width="stretch",
        )
        # below, so that no control moves away under whoever leaves the search for it
        if view.q and zones_in_view(atlas, View(atlas.stops[-1].on, q=view.q)).empty:
            closest = register.closest_zone_ids(view.q)
            none = _("No name has this in it.")
            st.caption(f"{none} {text.offer(atlas, closest) if closest else ''}")


def reset_filters() -> None:
    """Drop every filter; the day, the zone and the language stay."""
    choose(provinces=(), neighbours=(), batches=(), statuses=(), q="")
    move(to_zone=False)


def _region_order(regions: dict[str, frozenset[str]]) -> Sequence[str]:
    words = [code for code in regions if code.islower()]
    return [*words, *(code for code in regions if not code.islower())]


def _several(
    label: str,
    parameter: str,
    options: list[Any],
    name: Callable[[Any], str],
    context: tuple[Atlas, Visit, Text],
) -> None:
    atlas, visit, text = context
    _ = text.translate
    counts = option_counts(atlas, visit.shown, parameter)
    dimension = DIMENSIONS[parameter]
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state[parameter] = list(getattr(visit.shown, dimension))
    st.multiselect(
        label,
        options,
        key=parameter,
        format_func=lambda option: text.counted(name(option), counts.get(str(option), 0)),
        placeholder=_("All"),
        # an empty choice is all; the words that offer it come in English alone
        select_all=False,
        on_change=_several_changed,
        args=(parameter, dimension, options),
    )


def _changed(key: str, field: str) -> None:
    value = st.session_state[key]
    if value is None:
        return
    choose(**{field: value})
    if field != "on":
        move(to_zone=False)


def _several_changed(parameter: str, dimension: str, options: Sequence[Any]) -> None:
    values = st.session_state[parameter]
    # what the browser says while the counts in the labels change comes back as labels: nobody has
    # chosen anything then
    if all(value in options for value in values):
        choose(**{dimension: tuple(values)})
        move(to_zone=False)
