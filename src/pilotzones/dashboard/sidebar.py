"""The controls in the sidebar: another day, and the filters with their counts."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pilotzones.atlas import Atlas
from pilotzones.dashboard.markdown import offer_zones
from pilotzones.dashboard.session import Visit, choose, follow, move
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.borders import region_name
from pilotzones.query.view import DIMENSIONS, MAX_SEARCH, STATUSES, View, latest_day
from pilotzones.query.zones import option_counts, zones_in_view


def sidebar(atlas: Atlas, visit: Visit, language: Language) -> None:
    """Draw the controls.

    Parameters
    ----------
    atlas
        The facts.
    visit
        What is chosen.
    language
        The language.
    """
    view, register = visit.shown, atlas.register
    with st.sidebar:
        st.title(language._("Pilot Zone Atlas"))
        st.caption(
            language._("China's cross-border e-commerce comprehensive pilot zones, day by day")
        )
        follow("on", "on")
        st.date_input(
            language._("Day"),
            key="on",
            min_value=atlas.stops[0].on,
            max_value=latest_day(atlas),
            format="YYYY-MM-DD",
            help=language._(
                "Any day since the first document. Between two documents nothing changes."
            ),
            on_change=_changed,
            args=("on", "on"),
        )
        follow("q", "q")
        st.text_input(
            language._("Search"),
            key="q",
            max_chars=MAX_SEARCH,
            placeholder=language._("Name in English, Chinese or pinyin"),
            on_change=_changed,
            args=("q", "q"),
        )
        provinces = register.provinces
        _several(
            language._("Province"),
            "province",
            provinces.index.tolist(),
            lambda adcode: language.both_names(provinces.loc[adcode]),
            (atlas, visit, language),
        )
        regions = atlas.boundaries.border_regions
        # those without any zone are offered once they are chosen
        occupied = [c for c in _region_order(regions) if regions[c] or c in view.neighbours]
        _several(
            language._("Border region"),
            "neighbour",
            occupied,
            lambda code: region_name(atlas, language, code),
            (atlas, visit, language),
        )
        batches = {stop.batch: stop for stop in atlas.stops if stop.batch}
        _several(
            language._("Batch"),
            "batch",
            list(batches),
            lambda batch: (
                language._("Batch %(n)s, %(day)s")
                % {"n": batch, "day": language.day(batches[batch].on, short=True)}
            ),
            (atlas, visit, language),
        )
        # between two days a zone has a status on each
        if not visit.compares:
            _several(
                language._("Status"),
                "status",
                list(STATUSES),
                language.status,
                (atlas, visit, language),
            )
        st.button(
            language._("Reset the filters"),
            on_click=reset_filters,
            disabled=not view.filtered,
            width="stretch",
        )
        # below, so that no control moves away under whoever leaves the search for it
        if view.q and zones_in_view(atlas, View(atlas.stops[-1].on, q=view.q)).empty:
            closest = register.closest_zone_ids(view.q)
            none = language._("No name has this in it.")
            st.caption(f"{none} {offer_zones(atlas, language, closest) if closest else ''}")


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
    context: tuple[Atlas, Visit, Language],
) -> None:
    atlas, visit, language = context
    counts = option_counts(Answer(atlas, visit.shown), parameter)
    dimension = DIMENSIONS[parameter]
    # always, because the labels carry counts: when these change the control would give back labels
    st.session_state[parameter] = list(getattr(visit.shown, dimension))
    st.multiselect(
        label,
        options,
        key=parameter,
        format_func=lambda option: language.counted(name(option), counts.get(str(option), 0)),
        placeholder=language._("All"),
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
