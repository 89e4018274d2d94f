"""Figures as people write them in tables; what could mean two things is none.

A unit in a cell and a decimal comma belong to the column: `read_figures` reads it as a whole, and
says how it was read, or between which two cells it is in doubt.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

Decimal = Literal[".", ","]
DECIMALS: tuple[Decimal, ...] = (".", ",")

# full-width signs, the minus of typesetters, and every kind of space
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {0xFFE5: ord("¥"), 0x2212: ord("-"), 0x2019: ord("'")}
_PLAIN |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], ord(" "))
_SIGNS = "%‰¥$€£"
_CURRENCY = r"(?:US|HK|NT|[AC])?\$|[¥€£]|RMB|CNY|USD|EUR|GBP|HKD|JPY|人民币|美元"
_CELL = re.compile(
    rf"(?P<minus>[-+]?) ?(?P<before>{_CURRENCY})? ?(?P<sign>[-+]?)"
    r"(?P<digits>[0-9.,](?:[0-9.,' ]*[0-9])?)(?P<power>e[-+]?[0-9]{1,3})? ?"
    rf"(?P<after>(?:[^\W\d_]|[{_SIGNS}])(?:[^\W\d_]|[ /·.²³{_SIGNS}]){{0,15}})?",
    re.IGNORECASE,
)
# no figure is longer
_MOST = 60


def _numbers(point: str, group: str) -> re.Pattern[str]:
    """Match numbers whose thousands, if divided, are divided in one way and do not begin with 0."""
    groups = rf"[1-9][0-9]{{0,2}}(?P<group>[{group} '])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?:{groups}|[0-9]+)?(?:[{point}][0-9]+)?")


_NUMBERS: Mapping[Decimal, re.Pattern[str]] = {".": _numbers(".", ","), ",": _numbers(",", ".")}


@dataclass(frozen=True)
class _Figure:
    """A cell with a figure: its values by decimal sign, and its unit."""

    values: Mapping[Decimal, float]
    unit: str


@dataclass(frozen=True)
class Figures:
    """How a column of figures is read.

    Parameters
    ----------
    numbers
        The figure of each cell, ``None`` where there is none.
    unit
        What all figures have before or behind them.
    decimal
        The decimal sign.
    shown
        Place of a cell that shows how commas and points are read; negative if there is no question.
    doubt
        Why the column is not read: its figures have different ``"units"`` or ``"separators"``.
    between
        Places of two cells that do not go together.
    """

    numbers: list[float | None] = field(repr=False)
    unit: str = ""
    decimal: Decimal = "."
    shown: int = -1
    doubt: Literal["", "units", "separators"] = ""
    between: tuple[int, ...] = ()


def read_figures(cells: Iterable[str]) -> Figures:
    """Read a column of figures: all of them in one way, or none.

    Cells without a figure do not count. A comma or point that could be either is read as in
    English and Chinese.

    Examples
    --------
    >>> read_figures(["12亿元", "", "1,234.5亿元"])
    Figures(unit='亿元', decimal='.', shown=-1, doubt='', between=())
    >>> read_figures(["1.234", "12,5"]).numbers
    [1234.0, 12.5]
    >>> read_figures(["3万", "2亿"])
    Figures(unit='', decimal='.', shown=-1, doubt='units', between=(0, 1))
    """
    texts = [*cells]
    known = {text: _figure(text) for text in dict.fromkeys(texts)}
    found = {place: one for place, text in enumerate(texts) if (one := known[text])}
    nothing: list[float | None] = [None] * len(texts)
    if not found:
        return Figures(nothing)
    first, unit = next((place, one.unit) for place, one in found.items())
    if other := [place for place, one in found.items() if one.unit != unit]:
        return Figures(nothing, doubt="units", between=(first, other[0]))
    # the first cell that cannot be read so, of each way
    odd = [
        next((place for place, one in found.items() if way not in one.values), -1)
        for way in DECIMALS
    ]
    if -1 not in odd:
        return Figures(nothing, doubt="separators", between=tuple(sorted(odd)))
    way = DECIMALS[odd.index(-1)]
    numbers = [one.values[way] if (one := known[text]) else None for text in texts]
    either = (place for place, one in found.items() if len({*one.values.values()}) > 1)
    # the cell that no point explains, or one that could be read in both ways
    shown = odd[0] if way == "," else next(either, -1) if odd == [-1, -1] else -1
    return Figures(numbers, unit, way, shown)


def is_figure(text: str) -> bool:
    """Whether a cell has a figure, with or without a unit."""
    return _figure(text) is not None


def number_of_cell(text: str) -> float | None:
    """Read a plain number, which needs no other cell to be understood; ``None`` for all else.

    Examples
    --------
    >>> [number_of_cell(text) for text in ("1,234.5", "１２", "1,5", "3%", "-")]
    [1234.5, 12.0, None, None, None]
    """
    found = _figure(text)
    return found.values.get(".") if found and not found.unit else None


def _figure(text: str) -> _Figure | None:
    cell = _CELL.fullmatch(text.translate(_PLAIN).strip()) if len(text) <= _MOST else None
    if not cell or (cell["minus"] and cell["sign"]):
        return None
    after = (cell["after"] or "").strip()
    # a raised or circled digit is the mark of a note
    if after and not (after[0].isalpha() or after[0] in _SIGNS):
        return None
    sign, power = cell["minus"] or cell["sign"], cell["power"] or ""
    values = {
        way: float(f"{sign}{_plain_digits(cell['digits'], way)}{power}")
        for way in DECIMALS
        if _NUMBERS[way].fullmatch(cell["digits"])
    }
    values = {way: value for way, value in values.items() if isfinite(value)}
    return _Figure(values, f"{cell['before'] or ''} {after}".strip()) if values else None


def _plain_digits(digits: str, decimal: Decimal) -> str:
    return re.sub(f"[^0-9{decimal}]", "", digits).replace(decimal, ".")
