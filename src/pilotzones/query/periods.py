"""The periods of a panel: years, halves, quarters or months, as Stata counts them."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Freq = Literal["year", "half", "quarter", "month"]
FREQS: tuple[Freq, ...] = ("year", "half", "quarter", "month")

# months in a period
_MONTHS: dict[Freq, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_STATA_EPOCH = 1960


@dataclass(frozen=True)
class Period:
    """One period of a panel.

    Parameters
    ----------
    label
        ``2019``, ``2019H1``, ``2019Q1`` or ``2019-01``.
    number
        The year; halves, quarters or months since 1960, as Stata counts them.
    first, middle, last
        Its first day, the last day of its first half, its last day.
    """

    label: str
    number: int
    first: date
    middle: date
    last: date


def periods_of(years: Iterable[int], freq: Freq) -> list[Period]:
    """List the periods of some years, in order."""
    months = _MONTHS[freq]
    return [_period(year, start, freq) for year in years for start in range(1, 13, months)]


def _period(year: int, start: int, freq: Freq) -> Period:
    months = _MONTHS[freq]
    first = date(year, start, 1)
    last = _month_end(year, start + months - 1)
    # the first half of an odd number of months ends in the middle of one
    middle = (
        _month_end(year, start + months // 2 - 1)
        if months % 2 == 0
        else date(year, start + months // 2, 15)
    )
    part = (start - 1) // months + 1
    labels = {"year": f"{year}", "half": f"{year}H{part}", "quarter": f"{year}Q{part}"}
    label = labels.get(freq, f"{year}-{start:02}")
    number = year if freq == "year" else (year - _STATA_EPOCH) * (12 // months) + part - 1
    return Period(label, number, first, middle, last)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
