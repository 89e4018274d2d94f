"""The metadata and the rows of a table as values for every format of file."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

import pandas as pd

from pilotzones.atlas.register import official_name
from pilotzones.credits import CREDIT, LICENCE, LICENCE_URL
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.columns import Column, Kind, names_of
from pilotzones.tables.rows import Table

# rows whose values are made at once
_CHUNK = 10_000
_MAKERS: dict[Kind, Callable[[Any], Any]] = {
    "date": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "text": str,
}

# of a file that is about no day; the earliest that an archive can hold
_NO_DAY = date(1980, 1, 1)


class Described(Protocol):
    """What has described columns: a `Table`, a `Dataset`."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        ...


def metadata(answer: Answer, table: Table) -> dict[str, Any]:
    """Title, days, filters, version, source, credit and licence of a table.

    ``title`` and ``source`` are in the language of the View; ``since`` is there for changes alone;
    ``filters`` are values by parameter.
    """
    compared = {"since": answer.since.isoformat()} if table.name == "changes" else {}
    return {
        "title": table_title(answer, table),
        "as_of": answer.view.on.isoformat(),
        **compared,
        "filters": filter_values(table, answer.view),
        **provenance(answer.atlas.data_version, answer.language),
    }


def provenance(data_version: str, t: Language) -> dict[str, str]:
    """Version, source, credit and licence of the facts."""
    return {
        "data_version": data_version,
        "source": t._("Replies of the State Council of China, each cited with its web address"),
        "credit": CREDIT,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }


def table_title(answer: Answer, table: Table) -> str:
    """Title of a table, or of the record of a zone, for people."""
    t = answer.language
    if table.zone_id:
        zone = answer.atlas.register.zone(table.zone_id)
        return official_name(zone[f"place_{t.code}"], t.code)
    return {
        "zones": t._("Cross-border e-commerce pilot zones of China"),
        "changes": t._("Changes of the cross-border e-commerce pilot zones of China"),
        "documents": t._("Documents on the cross-border e-commerce pilot zones of China"),
        "provinces": t._("Cross-border e-commerce pilot zones of China by province"),
        "borders": t._("Cross-border e-commerce pilot zones of China on or near land borders"),
        "ports": t._("Border ports in cross-border e-commerce pilot zones of China"),
        "events": t._(
            "Approvals and revocations of the cross-border e-commerce pilot zones of China"
        ),
        "divisions": t._("Divisions of China and its cross-border e-commerce pilot zones"),
        "overlaps": t._("Cross-border e-commerce pilot zones of China that share ground"),
        "timeline": t._("Number of the cross-border e-commerce pilot zones of China over time"),
    }[table.name]


def filter_values(table: Table, view: View) -> dict[str, list[str]]:
    """Values of the filters that are set, by the name of their parameter."""
    found: dict[str, list[str]] = {}
    for name, value in table.filters(view):
        found.setdefault(name, []).append(value)
    return found


def records(
    table: Described, rows: pd.DataFrame, *, arrays: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield the rows as values for JSON; without `arrays` lists stay text, as GDAL wants.

    A list is an array of texts, a date ``YYYY-MM-DD``, an empty cell ``None``.
    """
    kinds: list[Kind] = [
        column.kind if arrays or column.kind != "list" else "text" for column in table.columns
    ]
    names = names_of(table.columns)
    for some in in_chunks(rows):
        cells = [_json_values(some.iloc[:, place], kind) for place, kind in enumerate(kinds)]
        yield from (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))


def in_chunks(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield some rows at a time, so that the values of all never exist at once."""
    for start in range(0, len(rows), _CHUNK):
        yield rows.iloc[start : start + _CHUNK]


def _json_values(cells: pd.Series, kind: Kind) -> list[Any]:
    pairs = zip(cells.tolist(), cells.isna().tolist(), strict=True)
    if kind == "list":
        return [[] if gone else cell.split() for cell, gone in pairs]
    make = _MAKERS[kind]
    return [None if gone or cell == "" else make(cell) for cell, gone in pairs]


def dump(content: object) -> bytes:
    """Write values as compact JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def day_of_file(day: date | None) -> datetime:
    """Return the time that a file is dated, so that its bytes repeat."""
    return datetime.combine(day or _NO_DAY, time(), UTC).replace(tzinfo=None)
