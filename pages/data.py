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

page: Page = st.session_state["page"]
_ = page.text.translate

try:
    resources, notice = dictionary(), boundary_notice(page.atlas)
except PilotZonesError as error:
    st.error(str(error))
    st.stop()

prose, files = st.columns([3, 2], gap="large")
with prose:
    st.html(method_html(page.atlas, page.text))
    st.info(boundary_note(page.text.lang))
    with st.expander(_("Notice on the boundaries (in English)")):
        st.markdown(notice)
with files:
    st.header(_("Files of what is chosen"))
    st.caption(_("The zones of the day and the filters."))
    downloads(page.visit, page.text, "zones", ("csv", "xlsx", "geojson", "gpkg"))
    st.header(_("Everything"))
    st.link_button(
        _("The whole data package (ZIP)"),
        f"{base_url()}api/v1/datapackage.zip",
        icon=":material/download:",
    )
    st.link_button(
        _("Description of the API (OpenAPI)"),
        f"{base_url()}api/v1/openapi.json",
        icon=":material/api:",
    )
    st.header(_("Versions of the data"))
    st.write(page.atlas.data_version)
    log = page.atlas.register.changelog
    for entry in log.to_dict("records"):
        day = page.text.day(entry["published_on"])
        st.markdown(f"**{entry['version']}** ({day})  \n{entry[f'changes_{page.text.lang}']}")

st.header(_("Documents"))
documents = documents_frame(page.atlas, page.visit.shown, page.text)
reading_table(documents, _("Documents"), page.text)
st.header(_("Data dictionary"))
st.caption(_("From datapackage.json, in English."))
for resource in resources:
    with st.expander(f"{resource['path']} – {resource['title']}"):
        st.write(resource["description"])
        fields = pd.DataFrame(
            {
                _("Column"): field["name"],
                _("Type"): field["type"],
                _("Description"): field["description"],
            }
            for field in resource["schema"]["fields"]
        )
        reading_table(fields, resource["title"], page.text)
