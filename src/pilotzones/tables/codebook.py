"""What the variables of a dataset are: values, units, missing cells, what they are not good for."""

import sys
from collections.abc import Iterable

import pandas as pd

from pilotzones.tables.columns import Column, names_of
from pilotzones.tables.variables import (
    EVALUATIONS,
    FACTS,
    LOOKUP,
    MEASURES,
    PANEL,
    REVISIONS,
    SURROUNDINGS,
    VERSIONS,
)

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
            "; ".join(_choice(value, meaning) for value, meaning in column.choices),
            column.unit,
            column.missing,
            column.caution,
        ]
        for column in columns
    ]
    return pd.DataFrame(rows, columns=names_of(CODEBOOK), dtype="object")


def _choice(value: str | int, meaning: str) -> str:
    return f"{value}: {meaning}" if meaning else str(value)


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


def codebook_page() -> str:
    """Write ``docs/codebook.md``."""
    return _PAGE.format(
        lookup=codebook_markdown(LOOKUP),
        panel=codebook_markdown((*PANEL, *SURROUNDINGS)),
        measures=codebook_markdown(MEASURES),
        facts=codebook_markdown(FACTS),
        evaluations=codebook_markdown(EVALUATIONS),
        versions=codebook_markdown(VERSIONS),
        revisions=codebook_markdown(REVISIONS),
    )


_PAGE = """\
# Codebook

What the variables of lookups, panels, measures, facts and the like are, and what they are not good
for. The same is in the sheet `codebook` of a workbook, and in the labels of a Stata file. An empty
cell is unknown or does not apply; it is never 0. A `list` is text separated by spaces, in JSON an
array.

This page is written by `python -m pilotzones.tables.codebook`; a test compares them.

## Lookups and matched tables

A matched table has the columns of the reader first, as they were. Then come these without `query`
and `on`; one whose name the table has already gets `_atlas` behind it. In a Stata file, `status` is
1 for whole, 2 part, 3 none, 4 unknown, with these words as labels. A column of the reader whose
name Stata does not allow is renamed: what is neither an ASCII letter, a digit nor `_` becomes `_`,
and a name without any becomes `v` and the position of the column; its label is the name that it
had. In every format but CSV and JSON, a column of nothing but numbers is written as numbers.

{lookup}
## Panels

One row a unit and period. `coverage` is coded in a Stata file as `status` is above.

{panel}
## Measures

One row a measure that holds on a day, in a zone or a place, for exporters or importers.
Information, not tax advice.

{measures}
## Facts

One row a fact about a day, with its sentence.

{facts}
## Evaluations

One row a round of evaluation by the Ministry of Commerce.

{evaluations}
## Versions

One row a version of the data.

{versions}
## Revisions

One row a change from one version to the next. `geodata/revisions.csv` has these columns.

{revisions}"""

if __name__ == "__main__":
    sys.stdout.write(codebook_page())
