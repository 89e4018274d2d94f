"""A reader's table with its answers, in a few columns for people to read."""

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.i18n import Language
from pilotzones.query.own_table import COVERED, NO_DAY, NOT_MATCHED
from pilotzones.tables.labelled import Dataset


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
        t._("Share of area"): placed["share_area"].map(
            lambda share: "" if pd.isna(share) else t.percent(share)
        ),
    }
    taken = set(numbers.columns)
    columns = {_free(name, taken): cells.to_numpy(dtype=object) for name, cells in added.items()}
    return pd.concat([numbers.reset_index(drop=True), pd.DataFrame(columns)], axis=1)


def _name(atlas: Atlas, code: str, t: Language) -> str:
    return t.name(atlas.places.rows[code]) if code else ""


def _free(name: str, taken: set[str]) -> str:
    """Name a column so that it differs from the reader's."""
    while name in taken:
        name += " *"
    return name
