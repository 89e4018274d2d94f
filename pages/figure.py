"""Figure: the View as a picture for a report, and as one file to send."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from pilotzones.browser.html import render
from pilotzones.dashboard.figures import asked_figure, choose_change, choose_figure
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.page import Page
from pilotzones.figure import FORMATS, alternative_text

PREVIEW_DPI = 110

page: Page = st.session_state["page"]
t = page.language

options, chosen = asked_figure(page), page.visit.view
view, preview = chosen.compare(chosen.since), replace(options, dpi=PREVIEW_DPI)
with st.container(key="figure"):
    settings, picture = st.columns([1, 2], gap="medium")
# first, for it stands above its settings on a phone, and these would move down when it comes
with picture:
    words = alternative_text(page.atlas, view)
    address = f"{base_url()}figure.png?{urlencode([*view.pairs(), *preview.pairs()])}"
    width, height = preview.pixels
    on_paper = options.centimetres[0] if st.session_state.get("figure-true-size") else None
    measured = {"width": width, "height": height, "centimetres": on_paper}
    st.html(render("figure.html", t, address=address, words=words, **measured))
    st.header(t._("Alternative text"))
    st.code(words, language=None, wrap_lines=True)
with settings:
    choose_change(page)
    choose_figure(page, options, view)
    measures = {
        "cm": "{} × {}".format(*options.centimetres),
        "px": "{:,} × {:,}".format(*options.pixels),
    }
    st.caption(t._("%(cm)s cm; as PNG %(px)s pixels") % measures)
    st.toggle(t._("Preview at true size"), key="figure-true-size")
    st.header(t._("Download"))
    query = urlencode([*view.pairs(), *options.pairs()])
    with st.container(horizontal=True):
        for name in FORMATS:
            st.link_button(
                name.upper(),
                f"{base_url()}figure.{name}?{query}",
                icon=":material/download:",
            )
