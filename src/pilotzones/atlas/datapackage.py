"""Tables described by a Frictionless ``datapackage.json``: read them, check them.

The descriptor is the one place that says what a column is; the rules in
:mod:`pilotzones.atlas.rules` are made from it.
"""

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from pilotzones.atlas.violations import Violation, fail
from pilotzones.errors import TableError

DESCRIPTOR = "datapackage.json"
_REMEDY = "restore it from the repository"

# where a file lies that is not in its folder, by its name
Elsewhere = Mapping[str, Path]
IN_PLACE: Elsewhere = MappingProxyType({})


def read_descriptor(folder: Path, elsewhere: Elsewhere = IN_PLACE) -> dict[str, Any]:
    """Read ``datapackage.json``.

    Parameters
    ----------
    folder
        The folder of the data package.
    elsewhere
        Where files lie that are not in the folder, by name.

    Returns
    -------
    dict
        The descriptor.

    Raises
    ------
    TableError
        If the file is missing, is not JSON, does not describe its tables, or names a file outside
        its folder.
    """
    path = elsewhere.get(DESCRIPTOR, folder / DESCRIPTOR)
    try:
        descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            _expect(resource, "name", "path", "schema")
            _expect(resource["schema"], "primaryKey", "fields")
            for field in resource["schema"]["fields"]:
                _expect(field, "name", "type")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); {_REMEDY}"
        raise TableError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is not valid JSON ({error}); {_REMEDY}"
        raise TableError(message) from error
    except (KeyError, TypeError) as error:
        message = f"{path} does not describe its tables ({error}); {_REMEDY}"
        raise TableError(message) from error
    for name in files_of(descriptor):
        if Path(name).name != name:
            message = f"{path} names {name}, which is not a file beside it; {_REMEDY}"
            raise TableError(message)
    return descriptor


def files_of(descriptor: dict[str, Any]) -> list[str]:
    """Return the names of the files that a descriptor describes, in its order."""
    return [str(resource["path"]) for resource in descriptor["resources"]]


def _expect(part: dict[str, Any], *names: str) -> None:
    for name in names:
        if name not in part:
            raise KeyError(name)


def read_tables(  # noqa: PLR0913 - what there is to say of tables
    folder: Path,
    descriptor: dict[str, Any],
    names: Collection[str],
    may_be_empty: Collection[str] = (),
    *,
    check: bool = True,
    elsewhere: Elsewhere = IN_PLACE,
) -> dict[str, pd.DataFrame]:
    """Read tables of a data package.

    Parameters
    ----------
    folder
        The folder of the data package.
    descriptor
        Its ``datapackage.json``.
    names
        Names of the resources wanted.
    may_be_empty
        Those of them that need no row.
    check
        Whether to hold the tables to their schema.
    elsewhere
        Where files lie that are not in the folder, by name.

    Returns
    -------
    dict of pandas.DataFrame
        By name. The index is the line of the file on which a row begins, the header being 1. Dates
        are ``datetime64`` (``NaT`` where empty), integers ``Int64``, numbers ``float64``, booleans
        ``bool``, all else text, empty where a cell is empty.

    Raises
    ------
    TableError
        If a file is missing, unreadable or breaks its schema; the message names file, line, column,
        value and rule.
    """
    described = {one["name"]: one for one in descriptor["resources"]}
    if missing := sorted(set(names) - set(described)):
        message = f"{folder / DESCRIPTOR} does not describe {', '.join(missing)}; {_REMEDY}"
        raise TableError(message)
    resources = {name: described[name] for name in names}
    raw = {name: _read_table(folder, one, elsewhere) for name, one in resources.items()}
    if check:
        _check_tables(raw, resources, may_be_empty)
    return {name: _convert(table, resources[name]) for name, table in raw.items()}


def read_earlier_tables(
    folder: Path, descriptor: dict[str, Any], names: Collection[str]
) -> dict[str, pd.DataFrame]:
    """Read tables of an earlier version as if they had the columns that a descriptor describes.

    A table or a column that the version did not have is empty; one that is no longer described is
    left out. Otherwise as `read_tables`, without a check.
    """
    had = {resource["name"]: resource for resource in read_descriptor(folder)["resources"]}
    tables = {}
    for resource in descriptor["resources"]:
        if (name := resource["name"]) in names:
            fields = [field["name"] for field in resource["schema"]["fields"]]
            raw = _read_table(folder, had[name]) if name in had else pd.DataFrame(dtype="str")
            known = raw.reindex(columns=fields, fill_value="").astype("str")
            tables[name] = _convert(known, resource)
    return tables


@dataclass(frozen=True)
class Cells:
    """The cells of a table as they stand in its file, and the columns that are its key."""

    table: pd.DataFrame
    key: tuple[str, ...]

    def keyed(self, key: tuple[str, ...]) -> pd.DataFrame:
        """Return the cells by their key, its parts separated by spaces."""
        columns = (self.table[name] for name in key)
        return self.table.set_axis([*map(" ".join, zip(*columns, strict=True))], axis=0)


def read_cells(folder: Path) -> dict[str, Cells]:
    """Read every table of a data package as text, without a check."""
    return {
        str(one["name"]): Cells(_read_table(folder, one), _key(one["schema"]["primaryKey"]))
        for one in read_descriptor(folder)["resources"]
    }


def _key(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _check_tables(
    tables: dict[str, pd.DataFrame],
    resources: dict[str, dict[str, Any]],
    may_be_empty: Collection[str],
) -> None:
    # pandera takes longer to import than the tables to read
    from pilotzones.atlas.rules import broken_references, broken_schema  # noqa: PLC0415

    fail([one for name, table in tables.items() for one in broken_schema(table, resources[name])])
    fail(
        [
            Violation(resources[name]["path"], None, None, "", "the table has at least one row")
            for name, table in tables.items()
            if table.empty and name not in may_be_empty
        ]
    )
    fail(list(broken_references(tables, resources)))


def _convert(table: pd.DataFrame, resource: dict[str, Any]) -> pd.DataFrame:
    typed = table.copy()
    for field in resource["schema"]["fields"]:
        name = field["name"]
        filled = table[name].where(table[name] != "", None)
        if field["type"] == "date":
            typed[name] = pd.to_datetime(filled, format="%Y-%m-%d")
        elif field["type"] == "integer":
            typed[name] = filled.astype("Int64")
        elif field["type"] == "number":
            typed[name] = filled.astype("float64")
        elif field["type"] == "boolean":
            typed[name] = filled == "true"
    return typed


def _read_table(
    folder: Path, resource: dict[str, Any], elsewhere: Elsewhere = IN_PLACE
) -> pd.DataFrame:
    path = elsewhere.get(resource["path"], folder / resource["path"])
    fields = [field["name"] for field in resource["schema"]["fields"]]
    rows = _read_rows(path)
    header = rows.pop(1, [])
    if header != fields:
        rule = f"the header must be {','.join(fields)}"
        fail([Violation(path.name, 1, None, ",".join(header), rule)])
    ragged = [
        Violation(path.name, line, None, ",".join(row), f"a row has {len(fields)} cells")
        for line, row in rows.items()
        if len(row) != len(fields)
    ]
    fail(ragged)
    return pd.DataFrame([*rows.values()], columns=fields, index=[*rows], dtype="str")


def _read_rows(path: Path) -> dict[int, list[str]]:
    """Read the cells of a CSV file by the line on which their row begins, the first being 1."""
    text = _read_text(path)
    if text and not text.endswith(("\n", "\r")):
        message = f"{path} is cut: its last line has no end; {_REMEDY}, or end the line"
        raise TableError(message)
    try:
        # the csv module and not pandas: a row with a cell too many is an error, it is not shifted
        return dict(_numbered(csv.reader(io.StringIO(text, newline=""), strict=True)))
    except csv.Error as error:
        message = f"{path} is not valid CSV ({error}); {_REMEDY}"
        raise TableError(message) from error


def _read_text(path: Path) -> str:
    try:
        # Excel marks a file as UTF-8 by a first character, which utf-8-sig takes off
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); {_REMEDY}"
        raise TableError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8"
        raise TableError(message) from error


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - a csv.reader
    line = 1
    for row in rows:
        yield line, row
        # a cell may hold line breaks
        line = rows.line_num + 1
