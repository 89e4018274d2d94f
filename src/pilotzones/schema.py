"""Tables described by a Frictionless ``datapackage.json``: read them, hold them to their schema.

The descriptor is the one place that says what a column is; the pandera schemas that validate the
tables are made from it.
"""

import csv
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pilotzones.errors import RegisterError

# pandas counts data rows from 0, a text editor counts the header as line 1
FIRST_DATA_LINE = 2


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


def fail(violations: list[Violation]) -> None:
    """Raise one error that tells every violation.

    Parameters
    ----------
    violations
        What is broken; nothing happens when empty.

    Raises
    ------
    RegisterError
        If there is at least one violation.
    """
    if violations:
        lines = "\n".join(f"  {violation}" for violation in violations)
        message = (
            f"the register breaks {len(violations)} rule(s):\n{lines}\nmend the file and load again"
        )
        raise RegisterError(message)


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
    RegisterError
        If the file is missing or is not JSON.
    """
    path = folder / "datapackage.json"
    try:
        descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); restore it from the repository"
        raise RegisterError(message) from error
    except ValueError as error:
        message = f"{path} is not valid JSON ({error}); restore it from the repository"
        raise RegisterError(message) from error
    return descriptor


def read_table(folder: Path, resource: dict[str, Any]) -> pd.DataFrame:
    """Read one table as text and hold it to its schema.

    Parameters
    ----------
    folder
        The folder of the data package.
    resource
        The resource of the descriptor.

    Returns
    -------
    pandas.DataFrame
        One row a line of the file, one text column a field, with empty text where a cell is empty.

    Raises
    ------
    RegisterError
        If the file is missing, unreadable or breaks its schema.
    """
    path = folder / resource["path"]
    fields = [field["name"] for field in resource["schema"]["fields"]]
    table = _read_text(path, fields)
    try:
        _pandera_schema(resource).validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        fail(_violations(path.name, error.failure_cases))
    return table


def convert(table: pd.DataFrame, resource: dict[str, Any]) -> pd.DataFrame:
    """Give the columns of a validated table their types.

    Parameters
    ----------
    table
        A table from `read_table`.
    resource
        The resource of the descriptor.

    Returns
    -------
    pandas.DataFrame
        Dates as ``datetime64`` (``NaT`` where empty), integers as ``Int64``, text unchanged.
    """
    typed = table.copy()
    for field in resource["schema"]["fields"]:
        name = field["name"]
        filled = table[name].where(table[name] != "", None)
        if field["type"] == "date":
            typed[name] = pd.to_datetime(filled, format="%Y-%m-%d")
        elif field["type"] == "integer":
            typed[name] = filled.astype("Int64")
    return typed


def _read_text(path: Path, fields: list[str]) -> pd.DataFrame:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path} cannot be read ({error.strerror}); restore it from the repository"
        raise RegisterError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8"
        raise RegisterError(message) from error
    # the csv module and not pandas: a row with a cell too many must be told, not shifted
    rows = list(csv.reader(text.splitlines(keepends=True)))
    if not rows or rows[0] != fields:
        found = ",".join(rows[0]) if rows else ""
        fail([Violation(path.name, 1, None, found, f"the header must be {','.join(fields)}")])
    ragged = [
        Violation(path.name, line, None, ",".join(row), f"a row has {len(fields)} cells")
        for line, row in enumerate(rows[1:], FIRST_DATA_LINE)
        if len(row) != len(fields)
    ]
    if len(rows) == 1:
        ragged.append(Violation(path.name, None, None, "", "the table has at least one row"))
    fail(ragged)
    return pd.DataFrame(rows[1:], columns=fields, dtype="str")


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
    if constraints.get("unique"):
        checks.append(pa.Check(_unique, error="must not occur twice"))
    return pa.Column("str", checks=checks)


def _check(passes: Any, rule: str) -> pa.Check:  # noqa: ANN401 - any predicate on text
    return pa.Check(lambda text: bool(passes(text)), element_wise=True, error=rule)


def _when_filled(passes: Any) -> Any:  # noqa: ANN401 - any predicate on text
    return lambda text: text == "" or passes(text)


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
        line = None if pd.isna(case.index) else int(case.index) + FIRST_DATA_LINE
        column = None if pd.isna(case.column) else str(case.column)
        found.append(Violation(file, line, column, str(case.failure_case), rule))
    return found
