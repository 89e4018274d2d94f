"""Controls of figures, and the figure of a reader's own data."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pilotzones.dashboard.page import Page
from pilotzones.figure import FORMATS, SIZES, STYLES, FigureOptions
from pilotzones.figure.options import MAX_NOTE, MAX_TITLE
from pilotzones.i18n import Language


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


def cleaned(text: str | None) -> str:
    """Take out of pasted text what does not show."""
    return "".join(filter(str.isprintable, " ".join((text or "").split())))


def own_figure(page: Page, values: pd.DataFrame, title: str, *, shaded: bool) -> None:
    """Offer a reader's figures, from `own_table.figures_by_place`, as a figure for a report.

    It is drawn in the reader's session when it is asked for, and not kept.
    """
    t, sizes, styles = page.language, size_names(page.language), style_names(page.language)
    st.header(t._("Figure for a report"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        headline = st.text_input(
            t._("Title"),
            key="figure-own-title",
            max_chars=MAX_TITLE,
            placeholder=t._("Leave empty for an automatic title."),
        )
        noted = st.text_input(t._("Note"), key="figure-own-note", max_chars=MAX_NOTE)
        size = st.selectbox(
            t._("Size"), list(SIZES), format_func=sizes.__getitem__, key="figure-own-size"
        )
        style = st.selectbox(
            t._("Style"), list(STYLES), format_func=styles.__getitem__, key="figure-own-style"
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
