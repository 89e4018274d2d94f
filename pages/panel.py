"""Panel: units by period, as estimators of difference in differences want them."""

from dataclasses import replace

import streamlit as st

from pilotzones.dashboard.notices import warn
from pilotzones.dashboard.page import Page, end_page
from pilotzones.dashboard.panel_charts import treated_curve, unit_tiles
from pilotzones.dashboard.treatment import (
    api_address,
    asked_options,
    choose_grouping,
    command_line,
    own_places,
    panel_downloads,
    panel_summary,
    places_file,
    python_call,
    remedies,
    settings,
)
from pilotzones.errors import InvalidValueError

page: Page = st.session_state["page"]
t = page.language

chosen, shown = st.columns([1, 2], gap="medium")
with chosen:
    options = asked_options(page)
    settings(page, options)
    options = replace(options, adcodes=own_places(page))
with shown:
    try:
        with st.spinner(t._("Making the panel …"), show_time=True):
            summary = panel_summary(page.atlas, options)
    except InvalidValueError:
        st.error(t._("This panel is too large for a page. Choose longer periods or fewer years."))
        end_page()
with chosen:
    st.header(t._("Download"))
    panel_downloads(page, summary)
with shown:
    rows = t._("%(units)s units, %(periods)s periods, %(rows)s rows")
    st.header(t._("Treated units by period"))
    st.caption(
        rows
        % {
            "units": f"{len(summary.units):,}",
            "periods": len(summary.periods),
            "rows": f"{summary.rows:,}",
        }
    )
    treated_curve(page, summary)
    for caveat in summary.caveats:
        warn(page, caveat.text(t, page.atlas.places.rows, remedies(t)))
    st.header(t._("Every unit in every period"))
    unit_tiles(page, summary, choose_grouping(t, summary))
    st.header(t._("Methods paragraph"))
    st.code(summary.methods[t.code], language=None, wrap_lines=True)
    st.header(t._("The same elsewhere"))
    if options.adcodes:
        st.download_button(
            t._("Your places as places.csv"),
            places_file(options.adcodes),
            "places.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    version = page.atlas.register.version
    st.code(command_line(options, version), language="bash", wrap_lines=True)
    st.code(api_address(options, t.code, version), language=None, wrap_lines=True)
    st.code(python_call(options, version), language="python")
