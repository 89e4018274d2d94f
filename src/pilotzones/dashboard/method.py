"""The parts of the page on data and method."""

from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.geodata import geodata_dir
from pilotzones.prose import Text, render
from pilotzones.schema import read_descriptor
from pilotzones.tables import documents_table
from pilotzones.view import View


def method_html(atlas: Atlas, text: Text) -> str:
    """Tell what counts as a zone, which dates are used, and what is not verified."""
    zones = atlas.register.zones
    doubtful = zones[zones["confidence"] != "high"]
    return render(
        "method.html",
        text,
        version=atlas.data_version,
        zones=len(zones),
        approvals=sum(len(stop.approved) for stop in atlas.stops),
        revocations=sum(len(stop.revoked) for stop in atlas.stops),
        doubtful=[text.name(zone) for _index, zone in doubtful.iterrows()],
        noted=[
            (text.name(zones.loc[zone]), zones.loc[zone, f"notes_{text.lang}"])
            for zone in ("hainan", "ili", "xiongan")
            if zone in zones.index
        ],
        unsigned=[
            number for number, day in atlas.register.documents["signed_on"].items() if pd.isna(day)
        ],
        overrides=[
            (
                text.name(zones.loc[row["zone_id"]]),
                text.name(atlas.boundaries.neighbours.loc[row["neighbour_iso3"]]),
                row[f"reason_{text.lang}"],
            )
            for row in atlas.boundaries.overrides.to_dict("records")
        ],
        sources=atlas.boundaries.provenance["sources"],
    )


def documents_frame(atlas: Atlas, view: View, text: Text) -> pd.DataFrame:
    """List the documents for show."""
    _ = text.translate
    table = documents_table(atlas, View(on=view.on))
    first_source = table["sources"].str.split().str[0]
    return pd.DataFrame(
        {
            _("Document"): table["document_no"],
            _("Title"): table[f"title_{text.lang}"],
            _("Signed"): table["signed_on"],
            _("Published"): table["published_on"],
            _("Approved"): table["approved"],
            _("Revoked"): table["revoked"],
            _("Active afterwards"): table["active_after"],
            _("Address"): table["url"].where(table["url"] != "", first_source),
        }
    )


def dictionary() -> list[dict[str, Any]]:
    """Read the description of every table and column from the data package.

    Returns
    -------
    list of dict
        The resources of ``datapackage.json``.
    """
    resources: list[dict[str, Any]] = read_descriptor(geodata_dir() / "register")["resources"]
    return resources
