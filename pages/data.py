"""Data and method: sources, what is unverified, the data dictionary, versions, downloads."""

import streamlit as st

from pilotzones.credits import boundary_note
from pilotzones.dashboard.data import (
    boundary_notice,
    dictionary,
    documents_frame,
    fields_frame,
    method_html,
    revisions_frame,
    versions_html,
)
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.notices import paragraph, plain_label, stop_without_data
from pilotzones.dashboard.page import Page
from pilotzones.dashboard.tables import downloads, reading_table
from pilotzones.errors import PilotZonesError

page: Page = st.session_state["page"]
t = page.language

try:
    resources, notice = dictionary(page.atlas), boundary_notice(page.atlas)
except PilotZonesError as error:
    stop_without_data(t, error)

st.header(t._("Data and method"))
text, files = st.columns([3, 2], gap="large")
with text:
    st.html(method_html(page.answer))
    st.info(boundary_note(t))
    with st.expander(t._("Notice on the boundaries (in English)")):
        st.markdown(notice)
with files:
    st.header(t._("Current selection"))
    st.caption(t._("The zones on the chosen day that match the filters."))
    downloads(page, "zones", ("csv", "xlsx", "geojson", "gpkg"))
    st.header(t._("All data"))
    version = f"data={page.view.data}&" if page.view.data else ""
    facts = f"facts.csv?on={page.view.on}&{version}lang={t.code}"
    for label, name, icon in (
        (t._("Complete data package (ZIP)"), f"datapackage.zip?{version}", "download"),
        (t._("API description (OpenAPI)"), "openapi.json", "api"),
        (t._("Documents as a feed (Atom)"), f"documents.atom?{version}lang={t.code}", "rss_feed"),
        (t._("Documents as a calendar (ICS)"), f"documents.ics?{version}lang={t.code}", "event"),
        (t._("Facts for a sentence (CSV)"), facts, "format_quote"),
    ):
        st.link_button(label, f"{base_url()}api/v1/{name}", icon=f":material/{icon}:")
    st.header(t._("Data versions"))
    st.html(versions_html(page.answer))
    revisions = f"revisions.csv?version={page.atlas.register.version}"
    label = t._("Changes of version %(number)s (CSV)") % {"number": page.atlas.register.version}
    st.link_button(label, f"{base_url()}api/v1/{revisions}", icon=":material/difference:")

st.header(t._("Documents"))
reading_table(documents_frame(page.answer), t._("Documents"), t)
if page.atlas.revisions_of_version:
    title = t._("Changes of version %(number)s") % {"number": page.atlas.register.version}
    with st.expander(title):
        reading_table(revisions_frame(page.atlas, t), title, t)
st.header(t._("Data dictionary"))
st.caption(t._("From datapackage.json, in English."))
for resource in resources:
    with st.expander(plain_label(f"{resource['path']}{t.dash}{resource['title']}")):
        paragraph(page, resource["description"])
        reading_table(fields_frame(page.answer, resource), resource["title"], t)
