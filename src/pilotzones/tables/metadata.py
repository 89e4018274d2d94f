"""What every file of a table says, whatever its format: its rows, and what it is."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.register import official_name
from pilotzones.credits import CREDIT, LICENCE, LICENCE_URL
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.view import View
from pilotzones.tables.columns import Kind
from pilotzones.tables.rows import Table


def about(answer: Answer, table: Table) -> dict[str, Any]:
    """Tell what a file holds; formats with a place for it carry it.

    Parameters
    ----------
    answer
        The days and the filters.
    table
        What is asked for.

    Returns
    -------
    dict
        ``title`` in the language of the View, ``as_of``, ``since`` (of changes alone), ``filters``
        (values by parameter), ``data_version``, ``source``, ``credit``, ``licence``,
        ``licence_url``.
    """
    compared = {"since": answer.since.isoformat()} if table.name == "changes" else {}
    return {
        "title": table_title(answer.atlas, table, answer.view.lang),
        "as_of": answer.view.on.isoformat(),
        **compared,
        "filters": filters(table, answer.view),
        "data_version": answer.atlas.data_version,
        "source": answer.language._(
            "Replies of the State Council of China, each cited with an address"
        ),
        "credit": CREDIT,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }


def table_title(atlas: Atlas, table: Table, lang: str) -> str:
    """Say what a table is.

    Parameters
    ----------
    atlas
        The facts.
    table
        One of `tables.TABLES`.
    lang
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        A title for people.
    """
    language = Language(lang)
    if table.zone_id:
        return official_name(atlas.register.zone(table.zone_id)[f"place_{lang}"], lang)
    return {
        "zones": language._("Cross-border e-commerce pilot zones of China"),
        "changes": language._("Changes of the cross-border e-commerce pilot zones of China"),
        "documents": language._("Documents on the cross-border e-commerce pilot zones of China"),
        "provinces": language._("Cross-border e-commerce pilot zones of China by province"),
        "borders": language._(
            "Cross-border e-commerce pilot zones of China on land borders and near them"
        ),
        "ports": language._("Border ports in cross-border e-commerce pilot zones of China"),
    }[table.name]


def filters(table: Table, view: View) -> dict[str, list[str]]:
    """List the values of the filters that are set, by the name of their parameter."""
    found: dict[str, list[str]] = {}
    for name, value in table.filters(view):
        found.setdefault(name, []).append(value)
    return found


def records(table: Table, rows: pd.DataFrame, *, arrays: bool = True) -> Iterator[dict[str, Any]]:
    """Turn the rows of a table into values that JSON knows.

    Parameters
    ----------
    table
        Says what the columns are.
    rows
        The rows.
    arrays
        Whether lists become arrays or stay text, since not every map program reads arrays.

    Yields
    ------
    dict
        One a row, ``None`` where a cell is empty.
    """
    kinds: list[Kind] = [
        column.kind if arrays or column.kind != "list" else "text" for column in table.columns
    ]
    names = [column.name for column in table.columns]
    for row in rows.itertuples(index=False):
        cells = zip(row, kinds, strict=True)
        yield dict(zip(names, (plain(value, kind) for value, kind in cells), strict=True))


def plain(value: Any, kind: Kind) -> Any:  # noqa: ANN401 - any cell
    """Turn a cell into a value that JSON knows.

    Parameters
    ----------
    value
        The cell.
    kind
        What its column holds.

    Returns
    -------
    str, int, float, bool, list of str or None
        ``None`` where the cell is empty; a date as ``YYYY-MM-DD``.
    """
    if kind == "list":
        return value.split()
    if value == "" or pd.isna(value):
        return None
    makers = {"date": str, "integer": int, "number": float, "boolean": bool, "text": str}
    return makers[kind](value)


def dump(content: object) -> bytes:
    """Write JSON as UTF-8, without spaces."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
