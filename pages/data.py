"""Data and method: sources, what is unverified, the data dictionary, versions, downloads."""

import pandas as pd
import streamlit as st

from pilotzones.credits import boundary_note
from pilotzones.dashboard.downloads import downloads
from pilotzones.dashboard.grid import reading_table
from pilotzones.dashboard.host import base_url
from pilotzones.dashboard.method import boundary_notice, dictionary, documents_frame, method_html
from pilotzones.dashboard.shell import Page
from pilotzones.errors import PilotZonesError
from pilotzones.query.answer import Answer

page: Page = st.session_state["page"]

try:
    resources, notice = dictionary(), boundary_notice(page.atlas)
except PilotZonesError as error:
    st.error(str(error))
    st.stop()

prose, files = st.columns([3, 2], gap="large")
with prose:
    st.html(method_html(page.atlas, page.language))
    st.info(boundary_note(page.language))
    with st.expander(page.language._("Notice on the boundaries (in English)")):
        st.markdown(notice)
with files:
    st.header(page.language._("Files of what is chosen"))
    st.caption(page.language._("The zones of the day and the filters."))
    downloads(page.visit, page.language, "zones", ("csv", "xlsx", "geojson", "gpkg"))
    st.header(page.language._("Everything"))
    st.link_button(
        page.language._("The whole data package (ZIP)"),
        f"{base_url()}api/v1/datapackage.zip",
        icon=":material/download:",
    )
    st.link_button(
        page.language._("Description of the API (OpenAPI)"),
        f"{base_url()}api/v1/openapi.json",
        icon=":material/api:",
    )
    st.header(page.language._("Versions of the data"))
    st.write(page.atlas.data_version)
    log = page.atlas.register.changelog
    for entry in log.to_dict("records"):
        day = page.language.day(entry["published_on"])
        st.markdown(f"**{entry['version']}** ({day})  \n{entry[f'changes_{page.language.code}']}")

st.header(page.language._("Documents"))
documents = documents_frame(Answer(page.atlas, page.visit.shown), page.language)
reading_table(documents, page.language._("Documents"), page.language)
st.header(page.language._("Data dictionary"))
st.caption(page.language._("From datapackage.json, in English."))
for resource in resources:
    with st.expander(f"{resource['path']} – {resource['title']}"):
        st.write(resource["description"])
        fields = pd.DataFrame(
            {
                page.language._("Column"): field["name"],
                page.language._("Type"): field["type"],
                page.language._("Description"): field["description"],
            }
            for field in resource["schema"]["fields"]
        )
        reading_table(fields, resource["title"], page.language)
