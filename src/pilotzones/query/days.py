"""Days as people and programs write them; what could mean two days is none."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone

import numpy as np
import pandas as pd

# where the documents are published
CHINA = timezone(timedelta(hours=8))

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"(\d{4})(?:\.0|年度?)?")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)?(\d{1,2})月?")
# 2019H1, 2019Q2 as the periods of a panel, 2019m6 as Stata writes months
_PART = re.compile(r"(\d{4})([HQM])(\d{1,2})", re.IGNORECASE)
_MONTHS_OF = {"H": 6, "Q": 3, "M": 1}

# 2019-12-24, 2019/12/24, 2019.12.24, 20191224, 2019年12月24日
_NUMBERS = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})|年(\d{1,2})月(\d{1,2})日)"
)
# 24 December 2019, 24-Dec-2019, 24dec2019; December 24, 2019
_DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]*([a-z]{3,9})[\s.,/-]*(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})[\s.-]*(\d{1,2})[\s,/-]+(\d{4})", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# each also with a time behind it, which may say how far it is from UTC
_MOMENT = re.compile(
    r"(?P<day>.+?)(?:[T\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AP]M)?\s*(?P<zone>Z|(?:UTC|GMT)?(?:(?P<sign>[-+])(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>\d{2}))?)?))?",
    re.IGNORECASE,
)
# no day is longer
_MOST = 60


def as_days(cells: pd.Series) -> pd.Series:
    """Write a column of moments or days as ``datetime.date``, ``None`` where there is none."""
    days = cells.astype("object")
    return days.where(days.notna(), None).map(lambda one: one and pd.Timestamp(one).date())


def day_of_cell(value: object) -> date | None:
    """Read a day: a date, or text with year, month and day in this order or with an English month.

    A moment that says how far it is from UTC is on its day in China. Text such as 03/04/2019, which
    means two days, and a year or month alone are ``None``.

    Examples
    --------
    >>> day_of_cell("2019/6/1"), day_of_cell("1 June 2019"), day_of_cell("1/6/2019")
    (datetime.date(2019, 6, 1), datetime.date(2019, 6, 1), None)
    >>> day_of_cell("2019-12-23T16:30:00Z")
    datetime.date(2019, 12, 24)
    """
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, datetime):
        return None if pd.isna(value) else _in_china(value)
    if isinstance(value, date):
        return value
    # pandas writes whole numbers with a point where cells of their column are missing
    text = str(value).strip().removesuffix(".0")
    found = _MOMENT.fullmatch(text) if len(text) <= _MOST else None
    try:
        return _in_china(_moment(found)) if found else None
    except (ValueError, OverflowError):
        return None


def _in_china(moment: datetime) -> date:
    return moment.date() if moment.tzinfo is None else moment.astimezone(CHINA).date()


def _moment(found: re.Match[str]) -> datetime:
    """Put a day and the time behind it together; a ValueError where they are none."""
    parts = _year_month_day(found["day"])
    if not found["hour"]:
        return datetime(*parts)  # noqa: DTZ001 - a day is on no clock
    hour, minute = int(found["hour"]), int(found["minute"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "pm")
    moment = datetime(*parts, hour, minute)  # noqa: DTZ001 - nor is a time without a zone
    if not found["zone"]:
        return moment
    away = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    return moment.replace(tzinfo=timezone(-away if found["sign"] == "-" else away))


def _year_month_day(text: str) -> tuple[int, int, int]:
    if found := _NUMBERS.fullmatch("".join(text.split())):
        year, month, day = [int(one) for one in found.groups() if one and one.isdigit()]
        return year, month, day
    if found := _DAY_FIRST.fullmatch(text):
        written, name, of_year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        name, written, of_year = found.groups()
    else:
        raise ValueError
    names = [month.startswith(name.lower()) for month in _MONTHS]
    return int(of_year), names.index(True) + 1, int(written)


def is_year(text: str) -> bool:
    """Whether a text is a year, such as 2019 or 2019年."""
    found = _YEAR.fullmatch(text.strip())
    return found is not None and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR


def last_day_of_cell(value: object) -> date | None:
    """Read a day, or the last day of a month, a year or a part of it; ``None`` where there is none.

    Examples
    --------
    >>> [str(last_day_of_cell(text)) for text in ("2019", "2019年6月", "2019Q3", "2019/6/1")]
    ['2019-12-31', '2019-06-30', '2019-09-30', '2019-06-01']
    """
    if day := day_of_cell(value):
        return day
    text = str(value).strip().removesuffix(".0")
    if is_year(text):
        return date(int(text[:4]), 12, 31)
    year, month = _month_of(text)
    if _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12:  # noqa: PLR2004
        return date(year, month, monthrange(year, month)[1])
    return None


def _month_of(text: str) -> tuple[int, int]:
    if found := _MONTH.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _PART.fullmatch(text):
        return int(found[1]), int(found[3]) * _MONTHS_OF[found[2].upper()]
    return 0, 0
