"""The parts of the page on data and method."""

from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.datapackage import read_descriptor
from pilotzones.atlas.register import document_address
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links
from pilotzones.credits import LICENCE_URL
from pilotzones.dashboard.borders import decisions
from pilotzones.geodata import geodata_dir
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.archive import FOLDERS
from pilotzones.tables.rows import documents_table


def method_html(atlas: Atlas, language: Language) -> str:
    """Tell what counts as a zone, which dates are used, and what is not verified."""
    zones = atlas.register.zones
    doubtful = zones[zones["confidence"] != "high"]
    return render(
        "method.html",
        language,
        version=atlas.data_version,
        zones=len(zones),
        approvals=sum(len(stop.approved) for stop in atlas.stops),
        revocations=sum(len(stop.revoked) for stop in atlas.stops),
        doubtful=[language.name(zone) for _index, zone in doubtful.iterrows()],
        noted=[
            (language.name(zones.loc[zone]), zones.loc[zone, f"notes_{language.code}"])
            for zone in ("hainan", "ili", "xiongan")
            if zone in zones.index
        ],
        unsigned=[
            number for number, day in atlas.register.documents["signed_on"].items() if pd.isna(day)
        ],
        overrides=decisions(atlas, atlas.boundaries.overrides, language),
        sources=atlas.boundaries.provenance["sources"],
        licence_url=LICENCE_URL,
    )


def documents_frame(answer: Answer, language: Language) -> pd.DataFrame:
    """List the documents for show."""
    table = documents_table(Answer(answer.atlas, View(on=answer.view.on)))
    return pd.DataFrame(
        {
            language._("Document"): table["document_no"],
            language._("Title"): table[f"title_{language.code}"],
            language._("Signed"): table["signed_on"].map(str, na_action="ignore").fillna(""),
            language._("Published"): table["published_on"],
            language._("Approved"): table["approved"],
            language._("Revoked"): table["revoked"],
            language._("Active afterwards"): table["active_after"],
            language._("Address"): [
                next(iter(source_links(document_address(row))), "")
                for _index, row in table.iterrows()
            ],
        }
    )


def dictionary() -> list[dict[str, Any]]:
    """Read the description of every table and column of the data.

    Returns
    -------
    list of dict
        The resources of every ``datapackage.json``, their paths below the folder of the data.

    Raises
    ------
    TableError
        If one is missing or damaged.
    """
    return [
        {**resource, "path": f"{folder}/{resource['path']}"}
        for folder in FOLDERS
        for resource in read_descriptor(geodata_dir() / folder)["resources"]
    ]


def boundary_notice(atlas: Atlas) -> str:
    """Read the terms of the boundaries, in Markdown, with headings that fit below one of a page.

    Raises
    ------
    BoundaryError
        If the file is missing.
    """
    notice = atlas.boundaries.notice
    _title, body = notice.split("\n", 1)
    return body.replace("\n## ", "\n#### ")
