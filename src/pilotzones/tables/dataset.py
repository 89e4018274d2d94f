"""A table that is not the table of a View: answers about places, a reader's table, a panel."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from pilotzones import parameters
from pilotzones.atlas import Atlas
from pilotzones.credits import not_tax_advice
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.query.days import as_days
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import Panel
from pilotzones.query.policy import measures_in_force
from pilotzones.tables.columns import Column, names_of
from pilotzones.tables.files import FORMATS, Format, to_csv
from pilotzones.tables.labelled import Dataset
from pilotzones.tables.metadata import dump, records
from pilotzones.tables.variables import (
    EVALUATIONS,
    FACTS,
    LOOKUP,
    MEASURES,
    PANEL,
    REVISIONS,
    SURROUNDINGS,
    VERSIONS,
)

__all__ = [
    "DATASET_FORMATS",
    "Dataset",
    "dataset_file_name",
    "evaluations_dataset",
    "facts_dataset",
    "lookup_dataset",
    "match_dataset",
    "measure_records",
    "measures_dataset",
    "panel_dataset",
    "revisions_dataset",
    "versions_dataset",
    "write_dataset",
]

_KNOWN = {**FORMATS, "dta": Format("dta", "application/x-stata-dta")}
DATASET_FORMATS = {name: _KNOWN[name] for name in parameters.DATASET_FORMATS}


def lookup_dataset(
    atlas: Atlas, rows: pd.DataFrame, t: Language, *, on: date | None = None
) -> Dataset:
    """Describe the rows of `lookup.lookup_rows`; `on` is the day, where all have the same."""
    title = t._("Places and the cross-border e-commerce pilot zones of China")
    columns = _described(rows.columns, LOOKUP)
    rows = _with_days(rows, columns)
    return Dataset("lookup", rows, columns, title, atlas.data_version, t, as_of=on)


def match_dataset(
    atlas: Atlas, rows: pd.DataFrame, t: Language, *, own: int, on: date | None = None
) -> Dataset:
    """Describe the rows of `lookup.match_table`; the first `own` columns are the reader's."""
    title = t._("Your table, with the cross-border e-commerce pilot zones of China")
    names = [str(name) for name in rows.columns]
    columns = (
        *(Column(name, "text", "your column") for name in names[:own]),
        *_described(names[own:], LOOKUP),
    )
    rows = _with_days(rows.set_axis(names, axis=1), columns)
    return Dataset("match", rows, columns, title, atlas.data_version, t, as_of=on, own=own)


def _with_days(rows: pd.DataFrame, columns: Iterable[Column]) -> pd.DataFrame:
    """Write the days of a table as files have them."""
    days = [column.name for column in columns if column.kind == "date"]
    return rows.assign(**{name: as_days(rows[name]) for name in days})


def measures_dataset(
    atlas: Atlas,
    rows: pd.DataFrame,
    t: Language,
    *,
    on: date,
    asked: Mapping[str, str] | None = None,
) -> Dataset:
    """Describe the rows of `policy.measures_in_force`; `asked` are the zone or place and role."""
    title = t._("Measures in the cross-border e-commerce pilot zones of China")
    rows = rows.reset_index()[names_of(MEASURES)]
    missing = t._("This version of the data has no measures.")
    none = (missing,) if atlas.register.measures.empty else ()
    warnings = (*none, not_tax_advice(t))
    return Dataset(
        "measures",
        rows,
        MEASURES,
        title,
        atlas.data_version,
        t,
        as_of=on,
        asked=asked or {},
        warnings=warnings,
    )


def facts_dataset(
    atlas: Atlas, rows: pd.DataFrame, t: Language, *, asked: Mapping[str, str], on: date | None
) -> Dataset:
    """Describe the rows of `facts.facts_on` or `facts.days_with_active`."""
    title = t._("Facts on the cross-border e-commerce pilot zones of China")
    warnings = (t._("The counts are the register's own: approvals minus revocations."),)
    return Dataset(
        "facts",
        rows.reset_index(),
        FACTS,
        title,
        atlas.data_version,
        t,
        as_of=on,
        asked=asked,
        warnings=warnings,
    )


def evaluations_dataset(atlas: Atlas, t: Language) -> Dataset:
    """Describe the evaluations by the Ministry of Commerce, as far as they were published."""
    title = t._("Evaluations of the cross-border e-commerce pilot zones of China")
    rows = atlas.register.evaluations.reset_index()[names_of(EVALUATIONS)]
    rows = _with_days(rows, EVALUATIONS)
    return Dataset("evaluations", rows, EVALUATIONS, title, atlas.data_version, t)


def versions_dataset(atlas: Atlas, t: Language) -> Dataset:
    """List the versions of the data, the first first."""
    title = t._("Versions of the data of the Pilot Zone Atlas")
    known = [atlas.at(version) for version in atlas.versions]
    rows = [
        {
            **one.register.changelog.iloc[-1].to_dict(),
            "fingerprint": one.fingerprint,
            "zones": len(one.register.zones),
            "documents": len(one.register.documents),
            "revisions": len(one.revisions_of_version),
            "revisions_url": f"revisions?version={one.register.version}",
        }
        for one in known
    ]
    table = pd.DataFrame(rows)[names_of(VERSIONS)]
    table = _with_days(table, VERSIONS)
    return Dataset("versions", table, VERSIONS, title, atlas.data_version, t)


def revisions_dataset(atlas: Atlas, t: Language, version: str = "") -> Dataset:
    """List what each version changed in the one before, or what one version did."""
    title = t._("Changes of the data of the Pilot Zone Atlas from version to version")
    rows = [one for one in atlas.revisions if version in {"", one.version}]
    table = pd.DataFrame(rows, columns=names_of(REVISIONS), dtype="object")
    asked = {"version": version} if version else {}
    return Dataset("revisions", table, REVISIONS, title, atlas.data_version, t, asked=asked)


def measure_records(
    atlas: Atlas, on: date, *, zone: str | None = None, place: str | None = None
) -> list[dict[str, Any]]:
    """List the measures that hold on a day as values for JSON, with `variables.MEASURES`."""
    rows = measures_in_force(atlas, on, zone=zone, place=place)
    dataset = measures_dataset(atlas, rows, Language(LANGUAGES[0]), on=on)
    return list(records(dataset, dataset.rows))


def panel_dataset(atlas: Atlas, panel: Panel, t: Language) -> Dataset:
    """Describe a treatment panel, with its options, methods and warnings."""
    options = panel.options
    asked = {
        "unit": "own" if options.adcodes else options.unit,
        "freq": options.freq,
        "from": options.first,
        "to": options.last,
        "clock": options.clock,
        "rule": options.rule,
        "partial": options.partial,
    }
    title = t._("Treatment by the cross-border e-commerce pilot zones of China, %(first)s–%(last)s")
    return Dataset(
        "panel",
        panel.table,
        _described(panel.table.columns, (*PANEL, *SURROUNDINGS)),
        title % {"first": options.first, "last": options.last},
        atlas.data_version,
        t,
        asked=asked,
        methods=panel_methods(atlas, panel, t),
        warnings=tuple(caveat.text(t, atlas.places.rows) for caveat in panel.caveats),
    )


def _described(names: Iterable[str], known: Iterable[Column]) -> tuple[Column, ...]:
    """Find the description of each column; ``_atlas`` behind a name keeps it from the reader's."""
    by_name = {column.name: column for column in known}
    return tuple(replace(by_name[re.sub("(_atlas)+$", "", name)], name=name) for name in names)


def write_dataset(dataset: Dataset, file_format: str) -> bytes:
    """Write a dataset as a file; the bytes repeat for the same rows and data.

    The format is one of `DATASET_FORMATS`, else ValueError. TableTooLargeError if the format cannot
    hold so many rows; MissingExtraError if it needs a package that is not installed.
    """
    if file_format not in DATASET_FORMATS:
        message = f"{file_format} is not known; choose {', '.join(DATASET_FORMATS)}"
        raise ValueError(message)
    # each library is loaded when it is needed
    if file_format == "xlsx":
        from pilotzones.tables.excel import dataset_to_xlsx  # noqa: PLC0415

        return dataset_to_xlsx(dataset)
    if file_format == "dta":
        from pilotzones.tables.stata import to_dta  # noqa: PLC0415

        return to_dta(dataset)
    if file_format == "parquet":
        from pilotzones.tables.parquet import dataset_to_parquet  # noqa: PLC0415

        return dataset_to_parquet(dataset)
    return to_csv(dataset.rows) if file_format == "csv" else _to_json(dataset)


def dataset_file_name(dataset: Dataset, file_format: str) -> str:
    """Name a file after what it holds, e.g. ``pilot-zone-lookup-2025-04-25.csv``."""
    day = f"-{dataset.as_of}" if dataset.as_of else ""
    return f"pilot-zone-{dataset.name}{day}.{file_format}"


def _to_json(dataset: Dataset) -> bytes:
    rows = list(records(dataset, dataset.rows))
    return dump({**dataset.metadata, "count": len(rows), dataset.name: rows})
