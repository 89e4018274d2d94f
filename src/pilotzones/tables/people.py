"""Tables in a few columns for people to read: those of a View, a reader's with its answers."""

from collections.abc import Callable

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import GAINED, LOST, PASSED
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.growth import economic_region_name
from pilotzones.query.own_table import COVERED, NO_DAY, NOT_MATCHED
from pilotzones.tables.columns import Share
from pilotzones.tables.labelled import Dataset
from pilotzones.tables.rows import TABLES


def kind_names(t: Language) -> dict[str, str]:
    """Name each of `own_table.KINDS`."""
    return {
        **{kind: t.cover(kind) for kind in COVERED},
        "ambiguous": t._("several places have this name"),
        NOT_MATCHED: t._("no place found"),
        NO_DAY: t._("no day, or one in the future"),
    }


def answers_for_people(
    atlas: Atlas, table: pd.DataFrame, placed: pd.DataFrame, t: Language, *, own: Dataset
) -> pd.DataFrame:
    """List the reader's columns, with numbers as numbers, and beside them in words what was found.

    `placed` is from `own_table.place_rows`; `own` is the dataset of the two, see `match_dataset`.
    """
    numbers = own.with_numbers().rows.iloc[:, : len(table.columns)]
    names = kind_names(t)
    zones = atlas.register.zones
    added = {
        t._("Pilot zone"): placed["kind"].map(names),
        t._("Place"): placed["adcode"].map(lambda code: _name(atlas, code, t)),
        t._("Zones"): placed["zone_ids"].map(
            lambda ids: t.commas(t.name(zones.loc[zone]) for zone in ids.split())
        ),
        t._("Batch"): placed["batch"].map(lambda text: t.commas(dict.fromkeys(text.split()))),
        t._("Since"): placed["since"],
        t._("Document"): placed["document_no"].map(
            lambda text: t.commas(dict.fromkeys(text.split()))
        ),
        t._("Share of area"): _shares(placed["share_area"]),
    }
    taken = set(numbers.columns)
    columns = {_free(name, taken): cells.to_numpy(dtype=object) for name, cells in added.items()}
    return pd.concat([numbers.reset_index(drop=True), pd.DataFrame(columns)], axis=1)


def _name(atlas: Atlas, code: str, t: Language) -> str:
    return t.name(atlas.places.rows[code]) if code else ""


def _shares(cells: pd.Series) -> pd.Series:
    """Mark shares as such, to be numbers that can be sorted and added up."""
    return pd.Series(
        ["" if pd.isna(cell) else Share(cell) for cell in cells], cells.index, dtype=object
    )


def _free(name: str, taken: set[str]) -> str:
    """Name a column so that it differs from the reader's."""
    while name in taken:
        name += " *"
    return name


def view_for_people(answer: Answer, table: str) -> pd.DataFrame:
    """List a table of `PEOPLE_TABLES` in a few columns, headings and values in the language."""
    return PEOPLE_TABLES[table](answer).reset_index(drop=True)


def _zones(answer: Answer) -> pd.DataFrame:
    t, rows = answer.language, TABLES["zones"].rows(answer)
    return pd.DataFrame(
        {
            t._("Zone"): rows[f"name_{t.code}"],
            t._("Province"): rows[f"province_{t.code}"],
            t._("Batch"): rows["batch"],
            t._("Status"): rows["status"].map(t.status),
            t._("Approved on"): rows["approved_on"],
            t._("Document"): rows["approved_by"],
            t._("Revoked on"): rows["revoked_on"],
        }
    )


def _changes(answer: Answer) -> pd.DataFrame:
    t, rows = answer.language, TABLES["changes"].rows(answer)
    names = {
        GAINED: t._("Gained"),
        LOST: t._("Revoked in between"),
        PASSED: t._("Approved and revoked in between"),
    }
    return pd.DataFrame(
        {
            t._("Zone"): rows[f"name_{t.code}"],
            t._("Province"): rows[f"province_{t.code}"],
            t._("Change"): rows["change"].map(names),
            t._("Approved on"): rows["approved_on"],
            t._("Document"): rows["approved_by"],
            t._("Revoked on"): rows["revoked_on"],
            t._("Successor"): rows[f"successor_{t.code}"],
        }
    )


def _provinces(answer: Answer) -> pd.DataFrame:
    t, rows = answer.language, TABLES["provinces"].rows(answer)
    return pd.DataFrame(
        {
            t._("Province"): rows[f"name_{t.code}"],
            t._("Region"): [economic_region_name(t, region) for region in rows["region"]],
            t._("Active"): rows["active"],
            t._("Revoked"): rows["revoked"],
            t._("First approval"): rows["first_approved_on"],
            t._("Cities covered"): rows["prefectures_covered"],
            t._("Cities in all"): rows["prefectures"],
            t._("Share of area"): _shares(rows["covered_share"]),
        }
    )


def _borders(answer: Answer) -> pd.DataFrame:
    t, rows = answer.language, TABLES["borders"].rows(answer)
    return pd.DataFrame(
        {
            t._("Zone"): rows[f"zone_{t.code}"],
            t._("Neighbouring country"): rows[f"neighbour_{t.code}"],
            t._("On the border"): t.marks(rows["touches"]),
            t._("Shared border (km)"): rows["contact_km"].where(rows["touches"]),
            t._("Distance to the border (km)"): rows["distance_km"],
            t._("Disputed stretch"): t.marks(rows["disputed"]),
        }
    )


PEOPLE_TABLES: dict[str, Callable[[Answer], pd.DataFrame]] = {
    "zones": _zones,
    "changes": _changes,
    "provinces": _provinces,
    "borders": _borders,
}
