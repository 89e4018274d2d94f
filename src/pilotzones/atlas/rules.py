"""The rules of a table: pandera schemas made from a descriptor, and keys that must exist elsewhere.

Only what is checked needs this module: data whose checksums hold are read without it.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pilotzones.atlas.violations import Violation, line_of

# as JSON and CSV write numbers; float() would take "nan" and "1_0" as well
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def broken_schema(table: pd.DataFrame, resource: dict[str, Any]) -> list[Violation]:
    """Hold the text of a table to the schema of its resource."""
    try:
        _schema(resource).validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _violations(str(resource["path"]), error.failure_cases)
    return []


def broken_references(
    tables: dict[str, pd.DataFrame], resources: dict[str, dict[str, Any]]
) -> Iterator[Violation]:
    """Find the values that should be, and are not, a key of another table."""
    for name, resource in resources.items():
        for key in resource["schema"].get("foreignKeys", []):
            column, target = key["fields"][0], key["reference"]
            known = set(tables[target["resource"]][target["fields"][0]]) | {""}
            for line, value in tables[name][column].items():
                if value not in known:
                    rule = f"must be a {target['fields'][0]} of {target['resource']}.csv"
                    yield Violation(resource["path"], line_of(line), column, value, rule)


def _schema(resource: dict[str, Any]) -> pa.DataFrameSchema:
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
        # not search: the sign for the end also matches before a last line end
        checks.append(_check(_when_filled(pattern.fullmatch), f"must match {pattern.pattern}"))
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
    # another rule reports what is not a number
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
