"""The rules of a table: pandera schemas made from a descriptor, and keys that must exist elsewhere.

Only what is checked needs this module: data whose checksums hold are read without it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd
import pandera.pandas as pa

from pilotzones.atlas.violations import Violation, line_of

# as JSON and CSV write numbers; float() would take "nan" and "1_0" as well
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def broken_schema(table: pd.DataFrame, resource: dict[str, Any]) -> list[Violation]:
    """Hold the text of a table to the schema of its resource."""
    # pandera names what breaks a rule, and takes ten times as long where nothing does
    if _holds(table, resource["schema"]):
        return []
    try:
        _schema(resource["schema"]).validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        return _violations(str(resource["path"]), error.failure_cases)
    return []


def _holds(table: pd.DataFrame, schema: dict[str, Any]) -> bool:
    fields = schema["fields"]
    if [*table] != [field["name"] for field in fields] or not table.dtypes.eq("str").all():
        return False
    if table.duplicated(schema["primaryKey"]).any():
        return False
    return all(_all_hold(table[field["name"]], field) for field in fields)


def _all_hold(column: pd.Series, field: dict[str, Any]) -> bool:
    if _is_unique(field) and not _unique(column).all():
        return False
    different = {*column}
    return all(all(map(passes, different)) for passes, _ in _rules(field))


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


def _schema(schema: dict[str, Any]) -> pa.DataFrameSchema:
    columns = {field["name"]: _column(field) for field in schema["fields"]}
    return pa.DataFrameSchema(columns, unique=schema["primaryKey"], strict=True, ordered=True)


def _column(field: dict[str, Any]) -> pa.Column:
    checks = [pa.Check(passes, element_wise=True, error=rule) for passes, rule in _rules(field)]
    if _is_unique(field):
        checks.append(pa.Check(_unique, error="must not occur twice"))
    return pa.Column("str", checks=checks)


def _is_unique(field: dict[str, Any]) -> bool:
    return bool(field.get("constraints", {}).get("unique"))


def _rules(field: dict[str, Any]) -> list[tuple[Callable[[str], bool], str]]:
    """Return what each cell of a column must pass, with the rule in words."""
    constraints = field.get("constraints", {})
    rules: list[tuple[Any, str]] = []
    if constraints.get("required"):
        rules.append((lambda text: text != "", "must not be empty"))
    if "enum" in constraints:
        allowed = constraints["enum"]
        rules.append((allowed.__contains__, f"must be one of {', '.join(allowed)}"))
    if "pattern" in constraints:
        pattern = re.compile(constraints["pattern"])
        # not search: the sign for the end also matches before a last line end
        rules.append((_when_filled(pattern.fullmatch), f"must match {pattern.pattern}"))
    if field["type"] in _TYPES:
        passes, rule = _TYPES[field["type"]]
        rules.append((_when_filled(passes), rule))
    if "minimum" in constraints:
        least = constraints["minimum"]
        rules.append((_when_number(lambda n: n >= least), f"must be at least {least}"))
    return [(_decided(passes), rule) for passes, rule in rules]


def _decided(passes: Any) -> Callable[[str], bool]:  # noqa: ANN401 - any predicate on text
    return lambda text: bool(passes(text))


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


_TYPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "date": (_is_iso_date, "must be a date as YYYY-MM-DD"),
    "integer": (str.isdecimal, "must be a whole number"),
    "number": (_is_number, "must be a number"),
    "boolean": (("true", "false").__contains__, "must be true or false"),
}


def _violations(file: str, cases: pd.DataFrame) -> list[Violation]:
    found = []
    for case in cases.itertuples():
        whole_row = case.schema_context == "DataFrameSchema"
        rule = f"{case.column} must be unique" if whole_row else str(case.check)
        line = None if pd.isna(case.index) else line_of(case.index)
        column = None if pd.isna(case.column) else str(case.column)
        found.append(Violation(file, line, column, str(case.failure_case), rule))
    return found
