"""The parameters of a query, read one by one; what is not understood is reported, never dropped."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import day_problem
from pilotzones.errors import Problem, Reason, refuse
from pilotzones.query.days import CHINA
from pilotzones.text import excerpt

MAX_VALUES = 200
# what may be given as a table, too
_IN_A_TABLE = ("place", "point")

# added to addresses by mail programs, search engines, social networks and WeChat
TRACKING = frozenset({"fbclid", "gclid", "msclkid", "from", "isappinstalled", "_"})
TRACKING_PREFIX = "utm_"


def is_tracking(name: str) -> bool:
    """Whether a parameter only says where a reader came from; such parameters are ignored."""
    return name in TRACKING or name.startswith(TRACKING_PREFIX)


def china_today() -> date:
    """Return the day in China (UTC+8), where the documents are published."""
    return datetime.now(CHINA).date()


def latest_day(atlas: Atlas, today: date | None = None) -> date:
    """Return the latest day that an address may name: today, or that of the latest document."""
    return max(today or china_today(), atlas.stops[-1].on)


def refuse_future(atlas: Atlas, on: date) -> None:
    """Raise an InvalidValueError for a day in the future: what will be true is not known.

    The same for what is no ``datetime.date``.
    """
    refuse([day_problem("on", on)])
    latest = latest_day(atlas)
    if on > latest:
        refuse([Problem("on", on.isoformat(), "in the future", instead=latest.isoformat())])


class ParameterReader:
    """Takes the parameters of a query one by one and keeps what it could not take.

    Parameters
    ----------
    pairs
        Names and values as they stand in the query, in any order.
    names
        The parameters that are known; others are reported, but for tracking.
    most
        How many pairs are read.
    """

    def __init__(
        self, pairs: Iterable[tuple[str, str]], names: Iterable[str], most: int = MAX_VALUES
    ) -> None:
        self.problems: list[Problem] = []
        self._values: dict[str, list[str]] = {name: [] for name in names}
        for count, (name, value) in enumerate(pairs):
            if count >= most:
                rest = ", a table has room for more" if name in _IN_A_TABLE else ""
                self.report(name, value, "too many values", allowed=f"at most {most}{rest}")
                break
            if name in self._values:
                self._values[name].append(value)
            elif not is_tracking(name):
                self.report(name, value, "unknown parameter")

    def report(self, parameter: str, value: str, reason: Reason, **hint: Any) -> None:  # noqa: ANN401 - fields of a Problem
        """Keep one problem."""
        self.problems.append(Problem(excerpt(parameter), excerpt(value), reason, **hint))

    def all(self, name: str) -> list[str]:
        """Take a parameter that may be repeated."""
        return [value for value in self._values[name] if value]

    def one(self, name: str) -> str:
        """Take a parameter that stands once; of several values the last counts."""
        values = self.all(name)
        for value in values[:-1]:
            self.report(name, value, "given twice", instead=excerpt(values[-1]))
        return values[-1] if values else ""

    def day(self, name: str, first: date, last: date) -> date | None:
        """Take a day and bring it between two others."""
        text = self.one(name)
        if not text:
            return None
        day = read_day(text)
        if day is None:
            self.report(name, text, "not a date", allowed="YYYY-MM-DD")
            return None
        if problem := day_out_of_range(name, day, first, last):
            self.problems.append(problem)
        return min(max(day, first), last)

    def choice(self, name: str, allowed: Sequence[str], reason: Reason) -> str:
        """Take one of a few words; empty where none is given."""
        value = self.one(name)
        if not value or value in allowed:
            return value
        self.report(name, value, reason, allowed=", ".join(allowed))
        return ""

    def number(self, name: str, default: int, limits: tuple[int, int], reason: Reason) -> int:
        """Take a whole number and bring it between two limits."""
        text, (least, most) = self.one(name), limits
        if not text:
            return default
        if not (text.isascii() and text.isdigit()):
            self.report(name, text, reason, allowed=f"{least}–{most}")
            return default
        digits = text.lstrip("0") or "0"
        # int() refuses thousands of them
        number = most + 1 if len(digits) > len(str(most)) else int(digits)
        if not least <= number <= most:
            self.report(name, text, reason, allowed=f"{least}–{most}")
        return min(max(number, least), most)


def day_out_of_range(name: str, day: date, first: date, last: date) -> Problem | None:
    """Report a day that is not between two others."""
    if day < first:
        reason: Reason = "before the first document"
        return Problem(name, day.isoformat(), reason, instead=first.isoformat())
    if day > last:
        return Problem(name, day.isoformat(), "in the future", instead=last.isoformat())
    return None


def read_day(text: str) -> date | None:
    """Read a day written YYYY-MM-DD; ``None`` for all else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Python reads other forms of ISO 8601 as well, such as 20250425
    return day if day.isoformat() == text else None
