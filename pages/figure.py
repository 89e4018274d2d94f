"""Figure: the View as a picture for a report, and as one file to send."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from pilotzones.browser.html import render
from pilotzones.dashboard.figures import cleaned, size_names, style_names
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.page import Page
from pilotzones.figure import (
    FORMATS,
    LABELS,
    SIZES,
    STYLES,
    FigureOptions,
    alternative_text,
    figure_title,
)
from pilotzones.figure.options import DPI_RANGE, MAX_NOTE, MAX_TITLE

PREVIEW_DPI = 110

page: Page = st.session_state["page"]
t = page.language
chosen = page.visit.view

sizes, styles = size_names(t), style_names(t)
labels = {
    "auto": t._("automatic: if few, or newly changed"),
    "all": t._("as many as fit"),
    "none": t._("none"),
}
settings, picture = st.columns([1, 2], gap="medium")
with settings:
    size = st.selectbox(
        t._("Size"),
        list(SIZES),
        format_func=lambda name: sizes.get(name, name),
        key="figure-size",
    )
    style = st.selectbox(
        t._("Style"), list(STYLES), format_func=styles.__getitem__, key="figure-style"
    )
    since = page.answer.ask(chosen).since
    compares = st.toggle(
        t._("Show the change since %(day)s") % {"day": t.day(since)},
        value=chosen.since is not None,
        help=t._("Choose other days on the Compare page."),
        key="compare-figure",
    )
    view = chosen.compare(since) if compares else page.view
    typed = st.text_input(
        t._("Title"),
        key="figure-title",
        max_chars=MAX_TITLE,
        placeholder=figure_title(page.atlas, view),
        help=t._("Leave empty for an automatic title."),
    )
    noted = st.text_input(
        t._("Note"),
        key="figure-note",
        max_chars=MAX_NOTE,
        help=t._("Stands above the sources, below the map."),
    )
    label = st.selectbox(
        t._("Names of zones"),
        LABELS,
        format_func=lambda name: labels.get(name, name),
        key="figure-labels",
    )
    low, high = DPI_RANGE
    st.session_state.setdefault("figure-dpi", FigureOptions.dpi)
    dpi = st.number_input(t._("Pixels per inch (PNG)"), low, high, step=10, key="figure-dpi")
    chosen_size = FigureOptions(size=size, dpi=int(dpi))
    measures = {
        "cm": "{} × {}".format(*chosen_size.centimetres),
        "px": "{:,} × {:,}".format(*chosen_size.pixels),
    }
    st.caption(t._("%(cm)s cm; as PNG %(px)s pixels") % measures)
    true_size = st.toggle(t._("Preview at true size"), key="figure-true-size")


options = FigureOptions(
    size=size, labels=label, title=cleaned(typed), note=cleaned(noted), style=style
)
query = urlencode([*view.pairs(), *options.pairs()])
with settings:
    st.header(t._("Download"))
    with st.container(horizontal=True):
        for name in FORMATS:
            pixels = f"&dpi={dpi}" if name == "png" else ""
            st.link_button(
                name.upper(),
                f"{base_url()}figure.{name}?{query}{pixels}",
                icon=":material/download:",
            )
with picture:
    words = alternative_text(page.atlas, view)
    address = f"{base_url()}figure.png?{query}&dpi={PREVIEW_DPI}"
    width, height = replace(options, dpi=PREVIEW_DPI).pixels
    on_paper = options.centimetres[0] if true_size else None
    measured = {"width": width, "height": height, "centimetres": on_paper}
    st.html(render("figure.html", t, address=address, words=words, **measured))
    st.header(t._("Alternative text"))
    st.code(words, language=None, wrap_lines=True)
