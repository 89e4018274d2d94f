"""The parts of the page on data and method."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.datapackage import DESCRIPTOR, read_descriptor
from pilotzones.atlas.register import document_address
from pilotzones.browser.html import render
from pilotzones.browser.stories import source_links
from pilotzones.credits import LICENCE_URL
from pilotzones.dashboard.borders import decisions
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.archive import FOLDERS
from pilotzones.tables.rows import documents_table

# with this word a note of the register says what could not be verified
_DOUBT = "verified"


def method_html(answer: Answer) -> str:
    """Write what counts as a zone, which dates are used, and what is not verified."""
    atlas, t = answer.atlas, answer.language
    zones, documents = atlas.register.zones, atlas.register.documents
    checked = atlas.register.checked_on
    sure = zones["confidence"] == "high"
    noted = zones[sure & zones["notes_en"].str.contains(_DOUBT, case=False)]
    return render(
        "method.html",
        t,
        version=atlas.data_version,
        zones=len(zones),
        active=atlas.stops[-1].active_after,
        successions=_successions(answer),
        checked=checked and t.day(checked),
        nothing_left=not _places_left(atlas),
        approvals=sum(len(stop.approved) for stop in atlas.stops),
        revocations=sum(len(stop.revoked) for stop in atlas.stops),
        doubtful=[t.name(zone) for zone in zones[~sure].to_dict("records")],
        noted=[(t.name(zone), zone[f"notes_{t.code}"]) for zone in noted.to_dict("records")],
        evaluations=[_evaluation(row, t) for row in atlas.register.evaluations.itertuples()],
        exit_documents=[
            no for no in atlas.register.measures["document_no"] if no in documents.index
        ],
        unsigned=documents.index[documents["signed_on"].isna()].tolist(),
        overrides=decisions(answer, atlas.boundaries.overrides),
        sources=atlas.boundaries.provenance["sources"],
        licence_url=LICENCE_URL,
    )


def _evaluation(row: Any, t: Language) -> dict[str, Any]:  # noqa: ANN401 - a named tuple
    title = t._("Evaluation of %(year)s, published on %(day)s")
    tiers = {
        t._("zones evaluated %(n)s"): row.zones_evaluated,
        t._("first tier %(n)s"): row.tier_1,
        t._("second %(n)s"): row.tier_2,
        t._("third %(n)s"): row.tier_3,
        t._("fourth %(n)s"): row.tier_4,
    }
    counts = [
        text % {"n": t._("not published") if pd.isna(count) else count}
        for text, count in tiers.items()
    ]
    return {
        "title": title % {"year": row.year_evaluated, "day": t.day(row.published_on)},
        "text": t.semicolons([t.commas(counts), getattr(row, f"published_{t.code}")]),
        "confidence": t.confidence(row.confidence),
        "sources": source_links(row.sources),
    }


def _successions(answer: Answer) -> list[str]:
    t, zones = answer.language, answer.atlas.register.zones
    successors = answer.atlas.register.histories["successor_zone_id"].dropna()
    return [
        f"{t.name(zones.loc[zone_id])} → {t.name(zones.loc[successor])}"
        for zone_id, successor in successors.items()
    ]


def _places_left(atlas: Atlas) -> list[str]:
    """Codes of the divisions of revoked zones that no zone covered from that day on."""
    revoked = atlas.register.zones.join(atlas.register.histories["revoked_on"])
    return [
        adcode
        for zone in revoked.dropna(subset="revoked_on").itertuples()
        for adcode in zone.adcodes.split()
        if not atlas.places.zones_on(adcode, zone.revoked_on.date())
    ]


def versions_html(answer: Answer) -> str:
    """Write what a version is, and of each what it changed and the way to it."""
    atlas, t = answer.atlas, answer.language
    return render(
        "versions.html",
        t,
        current=atlas.data_version,
        meaning=_meaning(t) % {"number": atlas.register.version},
        versions=[_version(atlas.at(version), answer.view) for version in atlas.versions[::-1]],
    )


def _meaning(t: Language) -> str:
    return t._(
        "A version is the state of the data on a day, and never changes. An address with "
        "data=%(number)s gives the same numbers after a correction or a new batch; citations, "
        "figures and methods paragraphs name it. Another first number means that the past of a "
        "zone was corrected."
    )


def _version(atlas: Atlas, view: View) -> dict[str, str]:
    entry, t = atlas.register.changelog.iloc[-1], view.language
    return {
        "number": entry["version"],
        "day": t.day(entry["published_on"]),
        "changes": entry[f"changes_{t.code}"],
        "href": f"./?{replace(view, data=entry['version']).query()}",
    }


def revisions_frame(atlas: Atlas, t: Language) -> pd.DataFrame:
    """Sum up what the version changed in the one before, for show; alike changes are one row."""
    alike = Counter(
        (one.table, one.change, one.column, getattr(one, f"why_{t.code}"))
        for one in atlas.revisions_of_version
    )
    return pd.DataFrame(
        {
            t._("Table"): table,
            t._("Change"): _change(change, t),
            t._("Column"): column,
            t._("Reason"): why,
            t._("Number"): count,
        }
        for (table, change, column, why), count in alike.items()
    )


def _change(change: str, t: Language) -> str:
    return {
        "cell": t._("cell"),
        "row added": t._("row added"),
        "row removed": t._("row removed"),
        "column added": t._("column added"),
        "column removed": t._("column removed"),
        "table added": t._("table added"),
        "table removed": t._("table removed"),
        "file added": t._("file added"),
        "file removed": t._("file removed"),
        "file changed": t._("file changed"),
    }[change]


def documents_frame(answer: Answer) -> pd.DataFrame:
    """List the documents up to the day, for show."""
    t, table = answer.language, documents_table(answer.ask(View(on=answer.view.on)))
    return pd.DataFrame(
        {
            t._("Document"): table["document_no"],
            t._("Title"): table[f"title_{t.code}"],
            t._("Signed"): table["signed_on"].map(str, na_action="ignore").fillna(""),
            t._("Published"): table["published_on"],
            t._("Approved"): table["approved"],
            t._("Revoked"): table["revoked"],
            t._("Active afterwards"): table["active_after"],
            t._("Address"): [
                next(iter(source_links(document_address(row))), "")
                for _index, row in table.iterrows()
            ],
        }
    )


def fields_frame(answer: Answer, resource: dict[str, Any]) -> pd.DataFrame:
    """List the columns of a resource of `dictionary`, for show."""
    t = answer.language
    return pd.DataFrame(
        {
            t._("Column"): field["name"],
            t._("Type"): field["type"],
            t._("Description"): field["description"],
        }
        for field in resource["schema"]["fields"]
    )


def dictionary(atlas: Atlas) -> list[dict[str, Any]]:
    """Read the resources of every ``datapackage.json``; a damaged one raises `TableError`."""
    return [
        {**resource, "path": f"{folder}/{resource['path']}"}
        for folder in FOLDERS
        for resource in read_descriptor(atlas.files[f"{folder}/{DESCRIPTOR}"].parent)["resources"]
    ]


def boundary_notice(atlas: Atlas) -> str:
    """Read the terms of the boundaries, in Markdown; a missing file raises `BoundaryError`."""
    notice = atlas.boundaries.notice
    # its title is that of the section
    body = notice.partition("\n")[2]
    # headings that fit below one of the page; no picture is fetched from anywhere
    return body.replace("\n## ", "\n#### ").replace("![", r"\![")
