"""A reader's table with a column for each year: known as one, and turned into rows."""

import pandas as pd

from pilotzones.query.days import is_year
from pilotzones.query.lookup import new_names


def columns_of_years(table: pd.DataFrame) -> list[str]:
    """Return the columns that are named after years, if there are several."""
    years = [str(name) for name in table.columns if is_year(str(name))]
    return years if len(years) > 1 else []


def rows_of_years(
    table: pd.DataFrame, year: str = "year", value: str = "value"
) -> tuple[pd.DataFrame, str, str]:
    """Turn a table with columns of years into one with a row for each of them.

    Parameters
    ----------
    table
        The table, of texts.
    year, value
        Names of the new columns, which are changed where the table has them.

    Returns
    -------
    tuple
        The table, whose ``attrs["years"]`` is the number of rows that a row became, and the names.
    """
    years = columns_of_years(table)
    others = [name for name in table.columns if name not in years]
    year, value = new_names(pd.Index([year, value]), pd.Index(others))
    rows = table.melt(others, years, year, value, ignore_index=False)
    # those of a place stay together
    rows = rows.sort_index(kind="stable").reset_index(drop=True)
    rows.attrs = table.attrs | {"years": len(years)}
    return rows, year, value
