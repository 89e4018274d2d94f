"""Figure: the View as a picture for a report, and as one file to send."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from pilotzones.browser.html import render
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.shell import Page
from pilotzones.figure import FORMATS, LABELS, SIZES, FigureOptions, alternative_text, figure_title
from pilotzones.figure.options import DPI_RANGE, MAX_TITLE
from pilotzones.query.answer import Answer

PREVIEW_DPI = 110

page: Page = st.session_state["page"]
view = page.visit.view

sizes = {
    "a4-landscape": page.language._("A4, landscape"),
    "a4-portrait": page.language._("A4, portrait"),
    "slide-16x9": page.language._("Slide, 16:9"),
    "square": page.language._("Square"),
    "column": page.language._("Column of a page"),
}
labels = {
    "auto": page.language._("where few, or changed"),
    "all": page.language._("as many as find room"),
    "none": page.language._("none"),
}
settings, picture = st.columns([1, 2], gap="medium")
with settings:
    size = st.selectbox(
        page.language._("Size"),
        list(SIZES),
        format_func=lambda name: sizes.get(name, name),
        key="figure-size",
    )
    since = Answer(page.atlas, view).since
    compared = st.toggle(
        page.language._("Show the change since %(day)s") % {"day": page.language.day(since)},
        value=view.since is not None,
        help=page.language._("Other days are chosen on the page Compare."),
        key="compare-figure",
    )
    shown = view.compare(since) if compared else page.visit.shown
    title = st.text_input(
        page.language._("Title"),
        key="figure-title",
        max_chars=MAX_TITLE,
        placeholder=figure_title(page.atlas, shown),
        help=page.language._("Leave it empty for a title that says what the figure shows."),
    )
    named = st.selectbox(
        page.language._("Names of zones"),
        LABELS,
        format_func=lambda name: labels.get(name, name),
        key="figure-labels",
    )
    low, high = DPI_RANGE
    st.session_state.setdefault("figure-dpi", FigureOptions.dpi)
    dpi = st.number_input(
        page.language._("Pixels per inch (PNG)"), low, high, step=10, key="figure-dpi"
    )
# what is pasted may bring along what cannot be seen
visible = "".join(filter(str.isprintable, " ".join((title or "").split())))
options = FigureOptions(size=size, labels=named, title=visible)
asked = urlencode([*shown.pairs(), *options.pairs()])
with settings:
    st.header(page.language._("Download"))
    with st.container(horizontal=True):
        for ending in FORMATS:
            pixels = f"&dpi={dpi}" if ending == "png" else ""
            st.link_button(
                ending.upper(),
                f"{base_url()}figure.{ending}?{asked}{pixels}",
                icon=":material/download:",
            )
    st.link_button(
        page.language._("Interactive map as one file (HTML)"),
        f"{base_url()}map.html?{shown.query()}",
        icon=":material/map:",
    )
    st.caption(
        page.language._("It opens from a disk, without a network, with the timeline working in it.")
    )
words = alternative_text(page.atlas, shown)
with picture:
    address = f"{base_url()}figure.png?{asked}&dpi={PREVIEW_DPI}"
    width, height = replace(options, dpi=PREVIEW_DPI).pixels
    st.html(
        render(
            "figure.html", page.language, address=address, words=words, width=width, height=height
        )
    )
    st.header(page.language._("Alternative text"))
    st.code(words, language=None, wrap_lines=True)
