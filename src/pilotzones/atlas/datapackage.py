"""Tables described by a Frictionless ``datapackage.json``: read them, hold them to their schema.

The descriptor is the one place that says what a column is; the pandera schemas that validate the
tables are made from it.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pilotzones.errors import TableError

# as JSON and CSV write numbers; float() would take "nan" and "1_0" as well
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Violation:
    """One broken rule, told so that its place in the file can be found.

    Parameters
    ----------
    file
        Name of the CSV file.
    line
        Line in the file, the header being 1; ``None`` when the rule concerns the whole file.
    column
        Name of the column, or ``None``.
    value
        The offending value as it stands in the file.
    rule
        The rule in words.
    """

    file: str
    line: int | None
    column: str | None
    value: str
    rule: str

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "")
        column = f", column {self.column}" if self.column else ""
        return f"{place}{column}: {self.value!r}: {self.rule}"


def line_of(label: object) -> int:
    """Read a label of the index of a table from `read_tables` as the number of a line."""
    return int(str(label))


def fail(violations: list[Violation]) -> None:
    """Raise one error that tells every violation.

    Parameters
    ----------
    violations
        What is broken; nothing happens when empty.

    Raises
    ------
    TableError
        If there is at least one violation.
    """
    if violations:
        lines = "\n".join(f"  {violation}" for violation in violations)
        message = (
            f"the data break {len(violations)} rule(s):\n{lines}\nmend the file and load again"
        )
        raise TableError(message)


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Read ``datapackage.json``.

    Parameters
    ----------
    folder
        The folder of the data package.

    Returns
    -------
    dict
        The descriptor.

    Raises
    ------
    TableError
        If the file is missing, is not JSON or does not describe its tables.
    """
    path = folder / "datapackage.json"
    try:
        descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            _expect(resource, "name", "path", "schema")
            _expect(resource["schema"], "primaryKey", "fields")
            for field in resource["schema"]["fields"]:
                _expect(field, "name", "type")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); restore it from the repository"
        raise TableError(message) from error
    except ValueError as error:
        message = f"{path} is not valid JSON ({error}); restore it from the repository"
        raise TableError(message) from error
    except (KeyError, TypeError) as error:
        message = f"{path} does not describe its tables ({error}); restore it from the repository"
        raise TableError(message) from error
    return descriptor


def _expect(part: dict[str, Any], *names: str) -> None:
    for name in names:
        part[name]


def read_tables(
    folder: Path,
    descriptor: dict[str, Any],
    names: Collection[str],
    may_be_empty: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """Read tables of a data package and hold them to their schema.

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
        path = folder / "datapackage.json"
        message = f"{path} does not describe {', '.join(missing)}; restore it from the repository"
        raise TableError(message)
    resources = {name: described[name] for name in names}
    raw = {name: _read_table(folder, resource) for name, resource in resources.items()}
    fail(
        [
            Violation(resources[name]["path"], None, None, "", "the table has at least one row")
            for name, table in raw.items()
            if table.empty and name not in may_be_empty
        ]
    )
    fail(list(_broken_references(raw, resources)))
    return {name: _convert(table, resources[name]) for name, table in raw.items()}


def _read_table(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    path = folder / resource["path"]
    fields = [field["name"] for field in resource["schema"]["fields"]]
    table = _read_text(path, fields)
    try:
        _pandera_schema(resource).validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        fail(_violations(path.name, error.failure_cases))
    return table


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


def _broken_references(
    tables: dict[str, pd.DataFrame], resources: dict[str, dict[str, Any]]
) -> Iterator[Violation]:
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            column, target = key["fields"][0], key["reference"]
            known = set(tables[target["resource"]][target["fields"][0]]) | {""}
            for line, value in tables[name][column].items():
                if value not in known:
                    rule = f"must be a {target['fields'][0]} of {target['resource']}.csv"
                    yield Violation(resource["path"], line_of(line), column, value, rule)


def _read_text(path: Path, fields: list[str]) -> pd.DataFrame:
    try:
        # Excel marks a file as UTF-8 by a first character, which utf-8-sig takes off
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); restore it from the repository"
        raise TableError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8"
        raise TableError(message) from error
    # the csv module and not pandas: a row with a cell too many must be told, not shifted
    rows = dict(_numbered(csv.reader(io.StringIO(text, newline=""))))
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


def _numbered(rows: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - a csv.reader
    line = 1
    for row in rows:
        yield line, row
        # a cell may hold line breaks
        line = rows.line_num + 1


def _pandera_schema(resource: dict[str, Any]) -> pa.DataFrameSchema:
    schema = resource["schema"]
    columns = {field["name"]: _column(field) for field in schema["fields"]}
    return pa.DataFrameSchema(columns, unique=schema["primaryKey"], strict=True, ordered=True)


def _column(field: dict[str, Any]) -> pa.Column:
    constraints = field.get("constraints", {})
    checks = []
    if constraints.get("required"):
        checks.append(_check(lambda text: text != "", "must not be empty"))
    if "enum" in constraints:
        allowed = constraints["enum"]
        checks.append(_check(allowed.__contains__, f"must be one of {', '.join(allowed)}"))
    if "pattern" in constraints:
        pattern = re.compile(constraints["pattern"])
        checks.append(_check(_when_filled(pattern.search), f"must match {pattern.pattern}"))
    if field["type"] == "date":
        checks.append(_check(_when_filled(_is_iso_date), "must be a date as YYYY-MM-DD"))
    if field["type"] == "integer":
        checks.append(_check(_when_filled(str.isdecimal), "must be a whole number"))
    if field["type"] == "number":
        checks.append(_check(_when_filled(_is_number), "must be a number"))
    if field["type"] == "boolean":
        checks.append(_check(_when_filled(("true", "false").__contains__), "must be true or false"))
    if "minimum" in constraints:
        least = constraints["minimum"]
        checks.append(_check(_when_number(lambda n: n >= least), f"must be at least {least}"))
    if constraints.get("unique"):
        checks.append(pa.Check(_unique, error="must not occur twice"))
    return pa.Column("str", checks=checks)


def _check(passes: Any, rule: str) -> pa.Check:  # noqa: ANN401 - any predicate on text
    return pa.Check(lambda text: bool(passes(text)), element_wise=True, error=rule)


def _when_filled(passes: Any) -> Any:  # noqa: ANN401 - any predicate on text
    return lambda text: text == "" or passes(text)


def _when_number(passes: Any) -> Any:  # noqa: ANN401 - any predicate on a number
    # what is no number is told by another rule
    return lambda text: not _is_number(text) or passes(float(text))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _unique(column: pd.Series) -> pd.Series:
    return ~column.duplicated() | (column == "")


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _violations(file: str, cases: pd.DataFrame) -> list[Violation]:
    found = []
    for case in cases.itertuples():
        whole_row = case.schema_context == "DataFrameSchema"
        rule = f"{case.column} must be unique" if whole_row else str(case.check)
        line = None if pd.isna(case.index) else line_of(case.index)
        column = None if pd.isna(case.column) else str(case.column)
        found.append(Violation(file, line, column, str(case.failure_case), rule))
    return found
