"""A table that a reader brings: which column is which, what its rows mean, what they add up to."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.matching import OF_SEVERAL, exact_match, match_places
from pilotzones.atlas.places import PLACE_STATUSES, WHOLE
from pilotzones.errors import Problem, refuse
from pilotzones.query.cells import (
    Figures,
    is_figure,
    number_of_cell,
    read_figures,
)
from pilotzones.query.days import as_days, is_year, last_day_of_cell
from pilotzones.query.lookup import find_places, match_table, parse_point, read_degrees
from pilotzones.text import fold

# what a row can be: covered so, of several places, of none, of no day
AMBIGUOUS, NOT_MATCHED, NO_DAY = "ambiguous", "not matched", "no day"
COVERED = PLACE_STATUSES
KINDS = (*COVERED, AMBIGUOUS, NOT_MATCHED, NO_DAY)

# different texts without a match for which names close to them are searched
MOST_SEARCHED = 500

# cells by which a column is judged, columns that are judged, and the share that must agree
_SAMPLE, _MOST_COLUMNS, _ENOUGH = 40, 40, 0.5
_WITH_UNIT = 0.9
_STEP = 2000
# of coordinates that are read; no name in a table has this sign
_READ = ("\0lon", "\0lat")

_LON = re.compile(r"(lon|lng|long|longitude|x|经度)", re.IGNORECASE)
_LAT = re.compile(r"(lat|latitude|y|纬度)", re.IGNORECASE)
_DAY = re.compile(r"(day|date|year|month|time|period|日|年|月|时间|日期)", re.IGNORECASE)
_CODE = re.compile(r"(code|adcode|id|no|rank|代码|编码|编号|序号)", re.IGNORECASE)
# folded
_TOTAL = re.compile(
    r".*[合总總小共累][计計]|[合总總][计計]?|.*total|total.*|sum|all|平均.*|均值|average|mean"
    r"|全[国國].*|全[省市]|中[国國]|china|national"
)


@dataclass(frozen=True)
class Columns:
    """Which columns of a reader's table hold what; an empty name is none.

    Parameters
    ----------
    place
        Codes or names.
    day
        Days, months or years; a month or year counts as its last day.
    value
        Figures.
    lon, lat
        Longitudes and latitudes (WGS 84, degrees), both or neither.
    """

    place: str = ""
    day: str = ""
    value: str = ""
    lon: str = ""
    lat: str = ""

    @property
    def complete(self) -> bool:
        """Whether rows can be placed."""
        return bool(self.place) or self.has_points

    @property
    def has_points(self) -> bool:
        """Whether there are coordinates."""
        return bool(self.lon and self.lat)


def guess_columns(atlas: Atlas, table: pd.DataFrame) -> Columns:
    """Guess which column is which, by the first cells of each and by its name."""
    samples = {
        str(name): [*dict.fromkeys(filter(None, map(str.strip, table[name].head(500))))][:_SAMPLE]
        for name in table.columns[:_MOST_COLUMNS]
    }
    samples = {name: cells for name, cells in samples.items() if cells}
    place = _column_of_places(atlas, samples)
    lon, lat = ("", "") if place else _columns_of_points(samples)
    rest = {name: cells for name, cells in samples.items() if name not in {place, lon, lat}}
    day = _best(rest, _days)
    rest.pop(day, None)
    value = _best(rest, _figures)
    return Columns(place, day, value, lon, lat)


def _column_of_places(atlas: Atlas, samples: Mapping[str, list[str]]) -> str:
    scores = {}
    for name, cells in samples.items():
        # figures that are no codes need no search for names close to them
        codes = [cell for cell in cells if not number_of_cell(cell) or len(cell) == 6]  # noqa: PLR2004
        if len(codes) < _ENOUGH * len(cells):
            continue
        matches = match_places(atlas.places, cells)
        # a name of several places is a name of places
        shared = (match.candidates[-1:] if match.reason == OF_SEVERAL else () for match in matches)
        known = [match.adcode for match in matches if match.adcode]
        known += [code for codes in shared for code in codes]
        if len(known) >= _ENOUGH * len(cells):
            smaller = sum(not code.endswith("0000") for code in known)
            # of a province and a city the city; of two columns of cities the one with more values
            scores[name] = (smaller >= _ENOUGH * len(known), round(len(known) / len(cells), 1))
    return max(scores, key=scores.__getitem__, default="")


def _columns_of_points(samples: Mapping[str, list[str]]) -> tuple[str, str]:
    found = []
    for pattern, limit in ((_LON, 180), (_LAT, 90)):
        fitting = (
            name
            for name, cells in samples.items()
            if pattern.fullmatch(name.strip())
            and all(n is not None and abs(n) <= limit for n in read_figures(cells).numbers)
        )
        found.append(next(fitting, ""))
    lon, lat = found
    return (lon, lat) if lon and lat else ("", "")


def _best(samples: Mapping[str, list[str]], score: Callable[[str, list[str]], float]) -> str:
    scores = {name: score(name, cells) for name, cells in samples.items()}
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and scores[best] > _ENOUGH else ""


def _days(name: str, cells: list[str]) -> float:
    # four digits may be a figure, so a year needs the name of its column
    if is_year(name):
        return 0
    if all(map(is_year, cells)) or all(cell.isdigit() for cell in cells):
        return _share(cells, last_day_of_cell) * bool(_DAY.search(name))
    return _share(cells, last_day_of_cell)


def _figures(name: str, cells: list[str]) -> float:
    if _CODE.fullmatch(name.strip()):
        return 0
    # plain numbers rather than those with a unit, such as numbers of houses
    return max(_share(cells, number_of_cell), _WITH_UNIT * _share(cells, _figure_that_is_no_day))


def _figure_that_is_no_day(cell: str) -> str | None:
    return cell if is_figure(cell) and last_day_of_cell(cell) is None else None


def _share(cells: list[str], read: Callable[[str], object]) -> float:
    return sum(read(cell) is not None for cell in cells) / len(cells)


def place_rows(  # noqa: PLR0913 - the last are seldom given
    atlas: Atlas,
    table: pd.DataFrame,
    columns: Columns,
    on: date,
    *,
    chosen: Mapping[str, str] | None = None,
    level: str = "",
    progress: Callable[[float], object] = lambda _: None,
) -> pd.DataFrame:
    """Answer for every row of a reader's table.

    Parameters
    ----------
    atlas
        The facts.
    table
        The table, of texts.
    columns
        Which of its columns count.
    on
        The day of rows without a column of days.
    chosen
        The code of the place that a text means, where the reader says so.
    level
        The level that names are of, one of `PLACE_LEVELS`; a name that no place of it has counts at
        any level.
    progress
        Called with the share of the rows that are done.

    Returns
    -------
    pandas.DataFrame
        Indexed as the table: the columns that `match_table` adds, and ``day`` (the row's, or
        missing), ``value`` (the figure, or missing) and ``kind`` (one of `KINDS`).

    Raises
    ------
    InvalidValueError
        If the table has no column of places and no coordinates.
    """
    if not columns.complete:
        refuse([Problem("place", "", "missing", allowed="a column of places or coordinates")])
    chosen = dict(chosen or {}) | dict.fromkeys(_without_search(atlas, table, columns), "")
    parts = []
    asked = _with_points(table, columns)
    for start in range(0, len(table), _STEP):
        step = asked.iloc[start : start + _STEP]
        parts.append(_placed(atlas, step, columns, on, chosen=chosen, level=level))
        progress(min(1.0, (start + _STEP) / len(table)))
    placed = pd.concat(parts)
    if columns.value:
        # one cell is read as all of its column are
        numbers = read_figures(table[columns.value]).numbers
        placed["value"] = pd.to_numeric(pd.Series(numbers, table.index, dtype=object))
        apart = total_rows(table, placed, columns) + rows_of_names(table, placed, columns)
        placed.iloc[apart, placed.columns.get_loc("value")] = np.nan
    return placed


def _with_points(table: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Read the coordinates, each column as a whole."""
    if not columns.has_points:
        return table
    names = zip(_READ, (columns.lon, columns.lat), strict=True)
    return table.assign(**{read: read_degrees(table[name]) for read, name in names})


def _without_search(atlas: Atlas, table: pd.DataFrame, columns: Columns) -> Iterator[str]:
    """Yield the texts that get no search for names close to them, as there are so many."""
    texts = dict.fromkeys(table[columns.place].map(str.strip)) if columns.place else {}
    unknown = (
        text for text in texts if exact_match(atlas.places, text) is None and not parse_point(text)
    )
    return islice(unknown, MOST_SEARCHED, None)


def _placed(  # noqa: PLR0913 - as many as `place_rows`
    atlas: Atlas,
    table: pd.DataFrame,
    columns: Columns,
    on: date,
    *,
    chosen: Mapping[str, str],
    level: str,
) -> pd.DataFrame:
    asked: dict[Hashable, object] = {}
    if columns.place:
        texts = table[columns.place].map(str.strip)
        asked["place"] = texts.map(lambda text: chosen.get(text, text))
    if columns.has_points:
        asked |= {name: table[read] for name, read in zip(("lon", "lat"), _READ, strict=True)}
    if columns.day:
        asked["day"] = table[columns.day].map(last_day_of_cell).astype(object)
    frame = pd.DataFrame(asked, index=table.index)
    question: dict[str, Any] = {
        "place": "place" if columns.place else None,
        "on": None if columns.day else on,
        "on_column": "day" if columns.day else None,
        "lon": "lon" if columns.has_points else None,
        "lat": "lat" if columns.has_points else None,
    }
    names = frame["place"] if columns.place else pd.Series("", frame.index)
    levels = names.map(lambda name: level if level and at_level(atlas, name, level) else "")
    parts = [
        match_table(atlas, rows, **question, division_level=one or None)
        for one, rows in frame.groupby(levels.to_numpy(), sort=False)
    ]
    found = pd.concat(parts).loc[frame.index]
    found = found.drop(columns=[name for name in ("place", "lon", "lat") if name in found.columns])
    for name in ("since", "until"):
        found[name] = as_days(found[name])
    if not columns.day:
        found["day"] = on
    found["value"] = np.nan
    cells = zip(found["status"], found["adcode"], names, levels, strict=True)
    found["kind"] = [_kind(atlas, *cell) for cell in cells]
    return found


def at_level(atlas: Atlas, name: str, level: str) -> bool:
    """Whether a place of this level has the name, or several have."""
    match = exact_match(atlas.places, name, level)
    return bool(match and not match.is_unknown)


def _kind(atlas: Atlas, status: str, adcode: str, name: str, level: str) -> str:
    if status:
        return status
    if adcode:
        return NO_DAY
    match = exact_match(atlas.places, name, level or None)
    return AMBIGUOUS if match and match.candidates else NOT_MATCHED


@dataclass(frozen=True)
class Doubt:
    """A text of a reader's table that is not matched to a place.

    Parameters
    ----------
    text
        What the cell has.
    rows
        Numbers of the rows, as a spreadsheet counts them.
    candidates
        Codes of the places that it may mean, of a shared name the larger first.
    """

    text: str
    rows: tuple[int, ...]
    candidates: tuple[str, ...] = ()


def doubts(table: pd.DataFrame, placed: pd.DataFrame, columns: Columns) -> list[Doubt]:
    """List the texts that are not matched, each once, those with candidates first.

    Totals and names of columns are no places, and not listed without a candidate.
    """
    open_rows = placed["kind"].isin([AMBIGUOUS, NOT_MATCHED]).to_numpy()
    if not columns.place:
        return []
    texts = table[columns.place].map(str.strip).to_numpy()
    found: dict[str, list[int]] = {}
    for position in np.flatnonzero(open_rows).tolist():
        found.setdefault(str(texts[position]), []).append(position)
    candidates = placed["candidates"].to_numpy()
    apart = {*total_rows(table, placed, columns), *rows_of_names(table, placed, columns)}
    kinds = placed["kind"].to_numpy()
    listed = [
        Doubt(
            text,
            _numbers_of_rows(table, rows),
            _codes(candidates[rows[0]], shared=kinds[rows[0]] == AMBIGUOUS),
        )
        for text, rows in found.items()
        if candidates[rows[0]] or not apart.issuperset(rows)
    ]
    return sorted(listed, key=lambda doubt: not doubt.candidates)


def first_row(table: pd.DataFrame) -> int:
    """Return the number of the first row in its file: the second, unless something stands above."""
    return int(table.attrs.get("first_row", 2))


def row_number(table: pd.DataFrame, position: int) -> int:
    """Return the number of a row in its file, as a spreadsheet counts it."""
    # a row may have been turned into one for each year
    return first_row(table) + position // int(table.attrs.get("years", 1))


def _numbers_of_rows(table: pd.DataFrame, positions: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(row_number(table, position) for position in positions))


def rows_of_texts(
    table: pd.DataFrame, columns: Columns, texts: Collection[str]
) -> dict[str, tuple[int, ...]]:
    """Return the rows, as a spreadsheet counts them, in which each of some texts stands."""
    found: dict[str, list[int]] = {}
    if columns.place and texts:
        cells = table[columns.place].map(str.strip)
        for position in np.flatnonzero(cells.isin([*texts]).to_numpy()).tolist():
            found.setdefault(str(cells.iloc[position]), []).append(position)
    return {text: _numbers_of_rows(table, rows) for text, rows in found.items()}


def _codes(candidates: str, *, shared: bool) -> tuple[str, ...]:
    codes = (one for one in candidates.split() if one.isdigit())
    return larger_first(codes) if shared else tuple(codes)


def larger_first(codes: Iterable[str]) -> tuple[str, ...]:
    """Put cities before the counties that share their name: they are meant more often."""
    return tuple(sorted(codes, key=lambda code: not code.endswith("00")))


def choices_that_hold(atlas: Atlas, chosen: Mapping[str, str], level: str = "") -> dict[str, str]:
    """Keep of a reader's choices those whose code is among the candidates of the text.

    At a level there may be several where one of any level is the largest.
    """
    levels = dict.fromkeys([None, level or None])
    matches = zip(*(find_places(atlas, list(chosen), one) for one in levels), strict=True)
    return {
        text: code
        for (text, code), found in zip(chosen.items(), matches, strict=True)
        if any(code in match.candidates for match in found)
    }


def decided_by_level(
    atlas: Atlas, table: pd.DataFrame, placed: pd.DataFrame, columns: Columns
) -> dict[str, str]:
    """Return the texts that mean another place, or none, at any level, with their codes."""
    if not columns.place:
        return {}
    texts = table[columns.place].map(str.strip)
    codes = dict(zip(texts, placed["adcode"], strict=True))
    matches = {text: exact_match(atlas.places, text) for text in codes}
    return {
        text: codes[text]
        for text, match in matches.items()
        if match and not match.is_unknown and codes[text] not in {"", match.adcode}
    }


def wrong_figures(table: pd.DataFrame, columns: Columns, figures: Figures) -> Iterator[int]:
    """Yield the rows, as a spreadsheet counts them, whose figure is not empty and no number."""
    if columns.value and not figures.doubt:
        cells = zip(table[columns.value], figures.numbers, strict=True)
        for position, (cell, number) in enumerate(cells):
            if number is None and cell.strip():
                yield row_number(table, position)


def rows_of_names(table: pd.DataFrame, placed: pd.DataFrame, columns: Columns) -> list[int]:
    """Return the positions of rows that repeat the names of columns, or have more of them."""
    rows = np.flatnonzero((~placed["kind"].isin(COVERED)).to_numpy()).tolist()
    names = [str(name) for name in table.columns]
    found = [row for row in rows if [cell.strip() for cell in table.iloc[row]] == names]
    # below names of several columns may stand years or units
    if rows[:1] == [0] and columns.place and not table[columns.place].iloc[0].strip():
        cells = [cell for cell in table.iloc[0] if cell.strip()]
        if len(cells) > 1 and all(is_year(cell) or not is_figure(cell) for cell in cells):
            found = [0, *found]
    return found


def rows_without_point(placed: pd.DataFrame, columns: Columns) -> list[int]:
    """Return the positions of rows that only their coordinates could place, and do not."""
    if columns.place or not columns.has_points:
        return []
    return np.flatnonzero((placed["kind"] == NOT_MATCHED).to_numpy()).tolist()


def total_rows(table: pd.DataFrame, placed: pd.DataFrame, columns: Columns) -> list[int]:
    """Return the positions of rows that say to be a total or a mean, and are no place."""
    rows = np.flatnonzero((placed["kind"] == NOT_MATCHED).to_numpy()).tolist()
    names = table[columns.place].map(str.strip).tolist() if columns.place else [""] * len(table)
    return [
        row
        for row in rows
        if any(
            _TOTAL.fullmatch(fold(one)) for one in ([names[row]] if names[row] else table.iloc[row])
        )
    ]


def rows_within_others(atlas: Atlas, placed: pd.DataFrame) -> list[tuple[int, int]]:
    """Pair each row that has a figure with the first row of the same day that lies within it.

    Positions of rows; such figures are counted twice if the larger one is a subtotal.
    """
    counts = (placed["kind"].isin(COVERED) & placed["value"].notna()).to_numpy()
    codes, days = placed["adcode"].tolist(), placed["day"].tolist()
    inner: dict[tuple[str, object], int] = {}
    rows = np.flatnonzero(counts).tolist()
    for row in rows:
        place = atlas.places.rows[codes[row]]
        for around in {place["province_adcode"], place["prefecture_adcode"]} - {codes[row]}:
            inner.setdefault((around, days[row]), row)
    pairs = ((row, inner.get((codes[row], days[row]))) for row in rows)
    return [(row, within) for row, within in pairs if within is not None]


def totals(placed: pd.DataFrame) -> pd.DataFrame:
    """Count, add up and average the rows of each kind.

    Indexed by those of `KINDS` that there are: ``rows``, ``places`` (different ones), ``figures``
    (rows with one), ``total`` and ``mean``, missing without figures.
    """
    groups = placed.groupby("kind", sort=False)
    table = _added_up(groups)
    return table.reindex([kind for kind in KINDS if kind in table.index])


def totals_by_batch(placed: pd.DataFrame) -> pd.DataFrame:
    """Add up rows wholly in zones by the batch of the earliest, as `totals`; index: the batch."""
    inside = placed[placed["kind"] == WHOLE]
    batch = inside["batch"].str.split().str[0].astype(int)
    return _added_up(inside.groupby(batch)).sort_index()


def totals_over_time(placed: pd.DataFrame) -> pd.DataFrame:
    """Add up the figures of each day; columns: those of `COVERED` that there are."""
    known = placed[placed["kind"].isin(COVERED) & placed["value"].notna()]
    table = known.pivot_table(index="day", columns="kind", values="value", aggfunc="sum")
    return table.reindex(columns=[kind for kind in COVERED if kind in table.columns])


def _added_up(groups: object) -> pd.DataFrame:
    values = groups["value"]  # type: ignore[index]
    return pd.DataFrame(
        {
            "rows": values.size(),
            "places": groups["adcode"].agg(lambda codes: codes[codes != ""].nunique()),  # type: ignore[index]
            "figures": values.count(),
            "total": values.sum(min_count=1),
            "mean": values.mean(),
        }
    )


def figures_by_place(placed: pd.DataFrame, day: date | None = None, *, mean: bool) -> pd.DataFrame:
    """Add up or average the figures of each place, of all rows or of those of one day.

    Indexed by ``adcode``: ``kind`` and ``value``, missing where a place has none.
    """
    rows = placed[placed["kind"].isin(COVERED)]
    if day is not None:
        rows = rows[rows["day"] == day]
    groups = rows.groupby("adcode")
    values = groups["value"].mean() if mean else groups["value"].sum(min_count=1)
    return pd.DataFrame({"kind": groups["kind"].last(), "value": values})
