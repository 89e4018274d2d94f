"""A table that is not the table of a View: answers about places, a reader's table, a panel."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from pilotzones import parameters
from pilotzones.atlas import Atlas
from pilotzones.i18n import Language
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import Panel
from pilotzones.tables.columns import LOOKUP, PANEL, Column
from pilotzones.tables.files import FORMATS, Format, to_csv
from pilotzones.tables.metadata import dump, provenance, records

_KNOWN = {**FORMATS, "dta": Format("dta", "application/x-stata-dta")}
DATASET_FORMATS = {name: _KNOWN[name] for name in parameters.DATASET_FORMATS}

# nothing is lost by taking it for a number, as it is of a code with zeros in front
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,14})")


@dataclass(frozen=True, eq=False)
class Dataset:
    """A table with what a file of it says.

    Parameters
    ----------
    name
        What the rows are called: the key in JSON, the sheet, the beginning of a file name.
    rows
        The rows.
    columns
        A description of each column, in order.
    title
        Title for people, in the language.
    data_version
        Version of the data.
    language
        Language of title, notes, methods and warnings.
    as_of
        The day, where all rows have the same.
    asked
        The parameters of the question.
    methods
        How it was made, as a paragraph to quote.
    warnings
        What to look out for.
    own
        How many of the columns, the first ones, are the reader's.
    """

    name: str
    rows: pd.DataFrame
    columns: tuple[Column, ...]
    title: str
    data_version: str
    language: Language = field(default_factory=lambda: Language("en"))
    as_of: date | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)
    methods: str = ""
    warnings: tuple[str, ...] = ()
    own: int = 0

    @property
    def metadata(self) -> dict[str, Any]:
        """Title, day, parameters, source, licence, methods and warnings as values for JSON."""
        day = {"as_of": self.as_of.isoformat()} if self.as_of else {}
        methods = {"methods": self.methods} if self.methods else {}
        return {
            "title": self.title,
            **day,
            **self.asked,
            **provenance(self.data_version, self.language),
            **methods,
            "warnings": [*self.warnings],
        }

    def with_numbers(self) -> "Dataset":
        """Turn those of the reader's columns into numbers in which every cell is one.

        A column with codes that have zeros in front, or with more than 15 digits, stays text.
        """
        rows, columns = self.rows.copy(deep=False), list(self.columns)
        for place, column in enumerate(columns[: self.own]):
            cells = rows.iloc[:, place]
            if kind := _kind_of_numbers(cells):
                numbers = pd.to_numeric(cells.replace("", None))
                whole = kind == "integer"
                rows.isetitem(place, numbers.astype("Int64" if whole else "Float64"))
                columns[place] = replace(column, kind=kind)
        return replace(self, rows=rows, columns=tuple(columns))


def _kind_of_numbers(cells: pd.Series) -> Any:  # noqa: ANN401 - a kind, or none
    written = [cell for cell in cells if not (cell == "" or pd.isna(cell))]
    if not written or not all(isinstance(cell, str) for cell in written):
        return None
    if all(map(_INTEGER.fullmatch, written)):
        return "integer"
    return "number" if all(map(_NUMBER.fullmatch, written)) else None


def lookup_dataset(
    atlas: Atlas, rows: pd.DataFrame, t: Language, *, on: date | None = None
) -> Dataset:
    """Describe the rows of `lookup.lookup_rows`; `on` is the day, where all have the same."""
    title = t._("Places and the cross-border e-commerce pilot zones of China")
    columns = _described(rows.columns, LOOKUP)
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
    rows = rows.set_axis(names, axis=1)
    return Dataset("match", rows, columns, title, atlas.data_version, t, as_of=on, own=own)


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
        _described(panel.table.columns, PANEL),
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
    return tuple(replace(by_name[name.removesuffix("_atlas")], name=name) for name in names)


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
