"""What the variables of a dataset are: values, units, missing cells, what they are not good for."""

from collections.abc import Iterable

import pandas as pd

from pilotzones.tables.columns import Column

CODEBOOK = (
    Column("variable", "text", "name of the column"),
    Column("kind", "text", "what a cell is"),
    Column("meaning", "text", "what it says"),
    Column("values", "text", "the values it may have"),
    Column("unit", "text", "what it is counted in"),
    Column("missing", "text", "what an empty cell means"),
    Column("not_good_for", "text", "what it is not good for"),
)


def codebook(columns: Iterable[Column]) -> pd.DataFrame:
    """Return `CODEBOOK`: one row a column."""
    rows = [
        [
            column.name,
            column.kind,
            column.meaning,
            "; ".join(f"{value}: {meaning}" for value, meaning in column.choices),
            column.unit,
            column.missing,
            column.caution,
        ]
        for column in columns
    ]
    return pd.DataFrame(rows, columns=[column.name for column in CODEBOOK], dtype="object")


def codebook_markdown(columns: Iterable[Column]) -> str:
    """Write the codebook as a table in Markdown."""
    table = codebook(columns)
    table["variable"] = "`" + table["variable"] + "`"
    lines = [
        [name.replace("_", " ") for name in table.columns],
        ["---"] * len(table.columns),
        *table.to_numpy().tolist(),
    ]
    escaped = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)
