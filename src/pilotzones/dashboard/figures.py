"""Controls of figures, and the figure of a reader's own data."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from pilotzones.dashboard.filters import choose_kept
from pilotzones.dashboard.notices import warn
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.session import choose, choose_own, follow_own, just_chosen
from pilotzones.errors import Problem
from pilotzones.figure import FORMATS, LABELS, SIZES, STYLES, FigureOptions, figure_title
from pilotzones.figure.options import DPI_RANGE, MAX_NOTE, MAX_TITLE, parse_figure_options
from pilotzones.i18n import Language
from pilotzones.i18n.messages import problem_message
from pilotzones.query.view import View

# the parameters of the address that are those of the page on a figure
FIGURE_CHOICES = ("size", "style", "title", "note", "labels", "dpi")
_SINCE = "figure-since"
_MOST = {"title": MAX_TITLE, "note": MAX_NOTE}
_NAMED = {"size": tuple(SIZES), "style": STYLES, "labels": LABELS}


def size_names(t: Language) -> dict[str, str]:
    """Name the sizes of a figure."""
    return {
        "a4-landscape": t._("A4, landscape"),
        "a4-portrait": t._("A4, portrait"),
        "slide-16x9": t._("Slide, 16:9"),
        "square": t._("Square"),
        "column": t._("Journal column"),
    }


def style_names(t: Language) -> dict[str, str]:
    """Name the styles of a figure."""
    return {"colour": t._("In colour"), "grey": t._("Greys and patterns, for print")}


def label_names(t: Language) -> dict[str, str]:
    """Name the choices of names on a figure."""
    return {
        "auto": t._("automatic: if few, or newly changed"),
        "all": t._("as many as fit"),
        "none": t._("none"),
    }


def asked_figure(page: Page) -> FigureOptions:
    """Read from the address what the figure is, and warn of what is not understood."""
    options, problems = _figure_of(page.visit.own)
    for problem in problems:
        warn(page, problem_message(page.language, problem))
    return options


def _figure_of(pairs: Iterable[tuple[str, str]]) -> tuple[FigureOptions, list[Problem]]:
    return parse_figure_options((name, _fitting(name, value)) for name, value in pairs)


def _fitting(name: str, value: str) -> str:
    return cleaned(value)[: _MOST[name]] if name in _MOST else value


def choose_change(page: Page) -> None:
    """Offer to draw the change since an earlier day."""
    t, chosen = page.language, page.visit.view
    if chosen.since:
        # who draws one day for a while gets back the earlier day that they chose
        st.session_state[_SINCE] = chosen.since
    since = st.session_state.get(_SINCE)
    if since is None or since > chosen.on:
        since = page.answer.ask(chosen).since
    st.toggle(
        t._("Show the change since %(day)s") % {"day": t.day(since)},
        key=follow_own("compare-figure", chosen.since is not None),
        help=t._("Choose other days on the Compare page."),
        on_change=_change_chosen,
        args=(since,),
    )


def _change_chosen(since: date) -> None:
    choose(since=since if st.session_state["compare-figure"] else None)


def choose_figure(page: Page, options: FigureOptions, view: View) -> None:
    """Draw a control for each choice but the change; what is chosen stands in the address."""
    t = page.language
    _choose(options, "size", t._("Size"), size_names(t))
    _choose(options, "style", t._("Style"), style_names(t))
    _type(options, "title", t._("Title"), figure_title(page.atlas, view), t._(
        "Leave empty for an automatic title."
    ))  # fmt: skip
    _type(options, "note", t._("Note"), "", t._("Stands above the sources, below the map."))
    _choose(options, "labels", t._("Names of zones"), label_names(t))
    low, high = DPI_RANGE
    key = follow_own("figure-dpi", options.dpi)
    st.number_input(
        t._("Pixels per inch (PNG)"),
        low,
        high,
        step=10,
        key=key,
        on_change=_chosen,
        args=("dpi",),
    )


def _choose(options: FigureOptions, name: str, label: str, names: dict[str, str]) -> None:
    st.selectbox(
        label,
        _NAMED[name],
        format_func=names.__getitem__,
        key=follow_own(f"figure-{name}", getattr(options, name)),
        on_change=_chosen,
        args=(name,),
    )


def _type(options: FigureOptions, name: str, label: str, usual: str, hint: str) -> None:
    st.text_input(
        label,
        key=follow_own(f"figure-{name}", getattr(options, name)),
        max_chars=_MOST[name],
        placeholder=usual,
        help=hint,
        on_change=_chosen,
        args=(name,),
    )


def _chosen(name: str) -> None:
    if chosen := just_chosen(FIGURE_CHOICES, f"figure-{name}", _NAMED.get(name)):
        now, value = chosen
        options, _ = _figure_of(now)
        fields: dict[str, Any] = {name: cleaned(value) if name in _MOST else value}
        choose_own(replace(options, **fields).pairs())


def cleaned(text: str | None) -> str:
    """Take out of pasted text what does not show."""
    return "".join(filter(str.isprintable, " ".join((text or "").split())))


def own_figure(page: Page, values: pd.DataFrame, title: str, *, shaded: bool) -> None:
    """Offer a reader's figures, from `own_table.figures_by_place`, as a figure for a report.

    It is drawn in the reader's session when it is asked for, and not kept.
    """
    t, sizes, styles = page.language, size_names(page.language), style_names(page.language)
    st.header(t._("Figure for a report"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="own-figure"):
        headline = st.text_input(
            t._("Title"),
            key="figure-own-title",
            max_chars=MAX_TITLE,
            placeholder=t._("Leave empty for an automatic title."),
        )
        noted = st.text_input(t._("Note"), key="figure-own-note", max_chars=MAX_NOTE)
        size = choose_kept(
            t._("Size"), list(SIZES), "figure-own-size", format_func=sizes.__getitem__
        )
        style = choose_kept(
            t._("Style"), list(STYLES), "figure-own-style", format_func=styles.__getitem__
        )
    with st.container(horizontal=True):
        for name in FORMATS:
            options = FigureOptions(
                size=size,
                style=style,
                format=name,
                title=cleaned(headline),
                note=cleaned(noted),
            )
            st.download_button(
                name.upper(),
                _draw(page, values, cleaned(title), options, shaded=shaded),
                f"pilot-zone-your-data-{page.view.on}-{size}.{name}",
                options.media_type,
                key=f"own-figure-{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def _draw(
    page: Page, values: pd.DataFrame, title: str, options: FigureOptions, *, shaded: bool
) -> Callable[[], bytes]:
    def draw() -> bytes:
        from pilotzones.figure.own import (  # noqa: PLC0415 - imports matplotlib
            OwnFigures,
            draw_own_figures,
        )

        return draw_own_figures(page.answer, OwnFigures(values, title, shaded), options)

    return draw
