"""Rows with what a file says of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from pilotzones.i18n import Language
from pilotzones.tables.columns import Column
from pilotzones.tables.metadata import provenance

# nothing is lost by taking it for a number, as it is of a code with zeros in front; programs write
# the numbers that they calculate with all their digits, Stata without a zero before the point
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})?(\.[0-9]{1,30})?(e[-+][0-9]{1,2})?", re.IGNORECASE)


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

        A column with codes that have zeros in front, or more than 15 digits before the point, stays
        text.
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
    return "number" if all(map(_is_number, written)) else None


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None and any(map(str.isdigit, cell.lower().split("e")[0]))
