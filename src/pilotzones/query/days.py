"""Days as people write them in tables; what could mean two days is none."""

import re
from datetime import date, datetime

import numpy as np
import pandas as pd

# 2019-12-24, 2019/12/24, 2019.12.24, 20191224, 2019年12月24日, each also with a time behind it
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)"
    r"(?:[T ]\d{1,2}:\d{2}.*)?"
)


def as_days(cells: pd.Series) -> pd.Series:
    """Write a column of moments or days as ``datetime.date``, ``None`` where there is none."""
    days = cells.astype("object")
    return days.where(days.notna(), None).map(lambda one: one and pd.Timestamp(one).date())


def day_of_cell(value: object) -> date | None:
    """Read a day from a cell: a date, or text with year, month and day in this order.

    Text such as 03/04/2019, which means two days, and a year or month alone are ``None``.

    Examples
    --------
    >>> day_of_cell("2019/6/1"), day_of_cell("2019年6月1日"), day_of_cell("1/6/2019")
    (datetime.date(2019, 6, 1), datetime.date(2019, 6, 1), None)
    """
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime):
        return None if pd.isna(value) else value.date()
    if isinstance(value, date):
        return value
    # pandas writes whole numbers with a point where cells of their column are missing
    found = _DAY.fullmatch(str(value).strip().removesuffix(".0"))
    if not found:
        return None
    year, month, day = [int(one) for one in found.groups() if one and one.isdigit()]
    try:
        return date(year, month, day)
    except ValueError:
        return None
