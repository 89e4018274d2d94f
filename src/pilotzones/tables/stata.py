"""A dataset as a Stata file, version 118, which holds Chinese."""

import io
import re
from collections.abc import Sequence

import pandas as pd
from pandas.io.stata import StataParser

from pilotzones.errors import NotATableError
from pilotzones.tables.columns import Column, names_of
from pilotzones.tables.labelled import Dataset
from pilotzones.tables.metadata import day_of_file

VERSION = 118
MAX_NAME = 32
MAX_LABEL = 80
# longer texts are of the type strL
MAX_STRING = 2045

_VALID = re.compile(rf"[A-Za-z_][A-Za-z0-9_]{{0,{MAX_NAME - 1}}}")
_RESERVED = frozenset(StataParser().RESERVED_WORDS)
_STR = re.compile(r"str\d+")


def to_dta(dataset: Dataset) -> bytes:
    """Write a dataset as a Stata file, version 118; the bytes repeat.

    Variables have English labels, ``treat``, ``post``, ``dd``, ``status`` and ``coverage`` value
    labels; days are %td. A column of the reader whose name Stata does not allow is renamed by
    `variable_names`, and its label is the name that it had.
    """
    dataset = dataset.with_numbers()
    names = variable_names(names_of(dataset.columns))
    rows = dataset.rows.set_axis(names, axis=1)
    coded = {}
    labels = {}
    for position, (name, column) in enumerate(zip(names, dataset.columns, strict=True)):
        own = position < dataset.own
        labels[name] = (column.name if own else column.meaning)[:MAX_LABEL]
        rows[name], values = _variable(rows[name], column)
        if values:
            coded[name] = values
    file = io.BytesIO()
    rows.to_stata(
        file,
        version=VERSION,
        write_index=False,
        # without it the file would hold the time at which it was written
        time_stamp=day_of_file(dataset.as_of),
        data_label=dataset.title[:MAX_LABEL],
        variable_labels=labels,
        value_labels=coded,
        convert_dates={
            name: "td"
            for name, column in zip(names, dataset.columns, strict=True)
            if column.kind == "date"
        },
        convert_strl=[name for name in names if _is_long(rows[name])],
    )
    return file.getvalue()


def for_stata(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of this library the types that ``to_stata(version=118)`` of pandas takes.

    pandas writes neither ``datetime.date`` nor columns of text in which every cell is missing, nor
    polygons.

    Parameters
    ----------
    table
        Any table that the library returns.

    Returns
    -------
    pandas.DataFrame
        The index as columns; days as ``datetime64``, moments by their own clock, periods as text;
        text with empty cells for missing ones; booleans as 0 and 1, missing where they are; names
        that Stata allows, each once; no geometry.

    Raises
    ------
    TypeError
        If it is no table.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import View, for_stata, load_atlas, zones_in_view
    >>> zones = for_stata(zones_in_view(load_atlas(), View(date(2016, 1, 20))))
    >>> zones["revoked_by"].unique().tolist()
    ['']
    """
    if not isinstance(table, pd.DataFrame):
        raise NotATableError(table)
    numbered = isinstance(table.index, pd.RangeIndex)
    # a column may be called as the index; below, each gets a name of its own
    table = table.reset_index(drop=True) if numbered else table.reset_index(allow_duplicates=True)
    table = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    table = table.set_axis(variable_names([str(name) for name in table.columns]), axis=1)
    return table.apply(_plain)


def _plain(cells: pd.Series) -> pd.Series:
    kind = pd.api.types.infer_dtype(cells, skipna=True)
    if kind == "date":
        return pd.to_datetime(cells)
    if kind == "boolean":
        return cells.astype("Int8")
    if isinstance(cells.dtype, pd.PeriodDtype):
        return cells.astype("object").map(str, na_action="ignore").fillna("")
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return cells.dt.tz_localize(None)
    if kind in {"string", "empty"} and not pd.api.types.is_numeric_dtype(cells):
        return cells.astype("object").where(cells.notna(), "")
    return cells


def variable_names(names: Sequence[str]) -> list[str]:
    """Name the variables of Stata: a name that it allows stays.

    In any other, what is neither an ASCII letter, a digit nor ``_`` becomes ``_``; without a letter
    or digit it becomes ``v`` and the position of the column. It is cut to 32 characters, and gets a
    number behind it where it is taken.
    """
    kept = {name for name in names if _VALID.fullmatch(name) and not _is_reserved(name)}
    found = []
    for position, name in enumerate(names, 1):
        if name in kept and name not in found:
            found.append(name)
            continue
        stem = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or f"v{position}"
        stem = f"_{stem}" if stem[0].isdigit() or _is_reserved(stem) else stem
        number, new = 1, stem[:MAX_NAME]
        while new in kept or new in found:
            number += 1
            new = f"{stem[: MAX_NAME - len(str(number)) - 1]}_{number}"
        found.append(new)
    return found


def _is_reserved(name: str) -> bool:
    return name in _RESERVED or bool(_STR.fullmatch(name))


def _variable(cells: pd.Series, column: Column) -> tuple[pd.Series, dict[int, str]]:
    """Turn a column into what pandas writes, with the labels of its values."""
    if column.kind == "date":
        return pd.to_datetime(cells), {}
    if column.choices and column.kind == "integer":
        return cells, {int(value): meaning for value, meaning in column.choices}
    if column.choices:
        codes = {value: code for code, (value, _) in enumerate(column.choices, 1)}
        # a name of the status is a better label than a sentence
        return cells.map(codes).astype("Int8"), {code: str(value) for value, code in codes.items()}
    if column.kind in ("text", "list"):
        return cells.astype("object").where(cells.notna(), ""), {}
    return cells, {}


def _is_long(cells: pd.Series) -> bool:
    return cells.dtype == object and any(
        isinstance(cell, str) and len(cell.encode()) > MAX_STRING for cell in cells
    )
