"""The answer for a place on a day: is it in a zone, since when, by which document."""

import re
import warnings
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache

import numpy.typing as npt
import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.matching import (
    BY_POINT,
    BY_POINT_NEAR_EDGE,
    NAME_REASONS,
    Match,
    match_places,
)
from pilotzones.atlas.places import NONE, UNKNOWN
from pilotzones.errors import NotATableError, Problem, UnknownPlaceError, refuse, refuse_one_text
from pilotzones.query.days import last_day_of_cell
from pilotzones.query.reader import latest_day, refuse_future
from pilotzones.text import excerpt

LOOKUP_COLUMNS = (
    *("query", "on", "status", "adcode", "name_zh", "name_en", "province_en", "zone_ids"),
    *("batch", "since", "until", "document_no", "share_area", "placed_by", "candidates"),
    "reason",
)

# why a row has no status, or what is doubtful about the one that it has
NO_DAY = "no day (write it as 2019-06-01, 2019-06 or 2019)"
IN_THE_FUTURE = "the day, or the last one of the month or year, is in the future"
NEAR_EDGE = "near the edge of a zone"
NOT_KNOWN = "the sources do not say whether a zone reaches it"
NOT_IN_REGISTER = "Hong Kong, Macao and Taiwan are not in the register"

_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)"
_POINT = re.compile(rf"[(（]?\s*{_NUMBER}\s*(?:[,，;；]|\s)\s*{_NUMBER}\s*[)）]?")


@dataclass(frozen=True)
class PlaceAnswer:
    """A place on a day.

    Parameters
    ----------
    adcode
        Its code.
    on
        The day.
    status
        ``whole``, ``part``, ``none`` or ``unknown``, see `atlas.places`.
    share_area, share_counties
        Shares in active zones, 0 to 1; ``None`` where the status is unknown.
    zone_ids
        The active zones that share ground with it, the earliest first.
    batches, document_nos
        Batch and document of each of them.
    since
        The day since when it has been covered, wholly or partly, without a break; ``None`` where
        it is not covered.
    until
        The last day on which it is covered; ``None`` where no end is known.
    previous, next
        The last day not after this one, and the first day after it, on which its status or its
        zones changed; ``None`` where there is none.
    """

    adcode: str
    on: date
    status: str
    share_area: float | None
    share_counties: float | None
    zone_ids: tuple[str, ...] = ()
    batches: tuple[int, ...] = ()
    document_nos: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    previous: date | None = None
    next: date | None = None


def place_on(atlas: Atlas, adcode: str, day: date) -> PlaceAnswer:
    """Work out the status of a place on a day.

    Parameters
    ----------
    atlas
        The facts.
    adcode
        Code of the division.
    day
        Any day, also before the first document.

    Returns
    -------
    PlaceAnswer
        Status, zones, documents, and what comes before and after.

    Raises
    ------
    UnknownPlaceError
        If no division has this code.
    """
    spans = _spans(atlas, adcode)
    place = max(i for i, (begin, *_) in enumerate(spans) if begin <= day)
    begin, status, area, counties, zones = spans[place]
    approvals = _approvals(atlas)
    since = until = None
    if status not in {NONE, UNKNOWN}:
        covered = [one[1] not in {NONE, UNKNOWN} for one in spans]
        start = place
        while covered[start - 1] and start:
            start -= 1
        since = spans[start][0]
        ends = [spans[i][0] for i in range(place + 1, len(spans)) if not covered[i]]
        until = ends[0] - timedelta(days=1) if ends else None
    return PlaceAnswer(
        adcode,
        day,
        status,
        area,
        counties,
        zones,
        tuple(approvals[zone][0] for zone in zones),
        tuple(approvals[zone][1] for zone in zones),
        since,
        until,
        begin if place else None,
        spans[place + 1][0] if place + 1 < len(spans) else None,
    )


def place_history(atlas: Atlas, adcode: str) -> list[PlaceAnswer]:
    """List a place's answers on each day on which its status or its zones changed.

    The first holds for all days before; its day is ``date.min``. UnknownPlaceError if no division
    has the code.
    """
    return [place_on(atlas, adcode, begin) for begin, *_ in _spans(atlas, adcode)]


@lru_cache(maxsize=8)
def _approvals(atlas: Atlas) -> dict[str, tuple[int, str]]:
    """Batch and document of the approval of each zone."""
    histories = atlas.register.histories
    pairs = zip(histories["batch"].astype(int), histories["approved_by"], strict=True)
    return dict(zip(map(str, histories.index), pairs, strict=True))


_Span = tuple[date, str, float | None, float | None, tuple[str, ...]]


@lru_cache(maxsize=8192)
def _spans(atlas: Atlas, adcode: str) -> list[_Span]:
    """List the spans in which status and zones of a place do not change."""
    places = atlas.places
    if adcode not in places.rows:
        raise UnknownPlaceError(adcode)
    position = places.rows[adcode]["position"]
    spans: list[_Span] = []
    for begin, cover in zip([date.min, *places.days()], places.covers(), strict=True):
        status = str(cover.status[position])
        known = status != UNKNOWN
        area = round(float(cover.share_area[position]), 4) if known else None
        counties = round(float(cover.share_counties[position]), 4) if known else None
        zones = tuple(places.zones_on(adcode, begin))
        if not spans or spans[-1][1:] != (status, area, counties, zones):
            spans.append((begin, status, area, counties, zones))
    return spans


def lookup_rows(
    atlas: Atlas, queries: Iterable[tuple[str, Match]], days: Sequence[date | None]
) -> pd.DataFrame:
    """Answer a list of places and days.

    Parameters
    ----------
    atlas
        The facts.
    queries
        What was looked for, and the place that it means.
    days
        A day for each; ``None`` where a row has none, and then it has no answer.

    Returns
    -------
    pandas.DataFrame
        One row a query, in order, with `LOOKUP_COLUMNS`. ``status`` is empty where no place was
        found, and ``candidates`` then holds the codes that the name may mean, or why a point has no
        place. Of a point near the edge of a zone, it holds the codes on both sides. Lists are
        separated by spaces; ``since`` and ``until`` are ``datetime.date``. ``reason`` says why
        there is no status, or what is doubtful about it; else it is empty.
    """
    rows = [
        [_sound(text), *_row(atlas, match, day)]
        for (text, match), day in zip(queries, days, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(LOOKUP_COLUMNS))


def _sound(text: object) -> object:
    # half a character, as of a text cut in bytes, fits into no file, and pandas may refuse it
    return text.encode(errors="replace").decode() if isinstance(text, str) else text


@lru_cache(maxsize=65536)
def _row(atlas: Atlas, match: Match, day: date | None) -> list[object]:
    candidates = " ".join(match.candidates)
    if not candidates and match.reason not in NAME_REASONS:
        # spaces separate the values of a list: a reason must be one value
        candidates = match.reason.replace(" ", "-")
    if not match.adcode or day is None:
        nothing = [*[""] * 5, None, None, "", None]
        reason = match.reason or NO_DAY
        return [day, "", match.adcode, *nothing, match.placed_by, candidates, reason]
    answer = place_on(atlas, match.adcode, day)
    names = atlas.places.rows[match.adcode]
    province = atlas.places.rows[names["province_adcode"]]["name_en"]
    return [
        day,
        answer.status,
        match.adcode,
        names["name_zh"],
        names["name_en"],
        province,
        " ".join(answer.zone_ids),
        " ".join(map(str, answer.batches)),
        answer.since,
        answer.until,
        " ".join(answer.document_nos),
        answer.share_area,
        match.placed_by,
        candidates,
        "; ".join(_doubts(atlas, match, answer)),
    ]


def _doubts(atlas: Atlas, match: Match, answer: PlaceAnswer) -> Iterator[str]:
    if match.placed_by == BY_POINT_NEAR_EDGE:
        yield NEAR_EDGE
    if answer.status == UNKNOWN:
        yield NOT_KNOWN
    if atlas.places.rows[match.adcode]["province_adcode"] not in atlas.register.provinces.index:
        yield NOT_IN_REGISTER


def find_places(atlas: Atlas, texts: Sequence[str], level: str | None = None) -> list[Match]:
    """Find the places that codes, names or points (``116.39, 39.9``) mean.

    A point means the county-level division that it lies in, and the level does not count for it.
    """
    points = {text: point for text in dict.fromkeys(texts) if (point := parse_point(str(text)))}
    names = [text for text in texts if text not in points]
    found = dict(zip(names, match_places(atlas.places, names, level), strict=True))
    if points:
        lon, lat = zip(*points.values(), strict=True)
        found |= zip(points, match_points(atlas, lon, lat), strict=True)
    return [found[text] for text in texts]


def parse_point(text: str) -> tuple[float, float] | None:
    """Read a longitude and a latitude; ``None`` where a text is no pair of numbers."""
    found = _POINT.fullmatch(text.strip())
    return (float(found[1]), float(found[2])) if found else None


def match_points(atlas: Atlas, lon: npt.ArrayLike, lat: npt.ArrayLike) -> list[Match]:
    """Find the county-level divisions that points lie in, see `points.place_points`."""
    from pilotzones.query.points import place_points  # noqa: PLC0415 - names need no polygon

    columns = ["adcode", "near_edge", "candidates", "reason"]
    table = place_points(atlas, lon, lat)[columns]
    return [
        Match(
            code,
            (BY_POINT_NEAR_EDGE if near else BY_POINT) if code else "",
            tuple(candidates.split()),
            reason,
        )
        for code, near, candidates, reason in table.itertuples(index=False)
    ]


@takes_atlas
def lookup(
    atlas: Atlas,
    names: Iterable[str],
    on: date,
    *,
    division_level: str | None = None,
    level: str | None = None,
) -> pd.DataFrame:
    """Answer whether places are in a zone on a day.

    Parameters
    ----------
    atlas
        The facts.
    names
        Codes, names or points: see `matching.match_place`; a point is a longitude and a latitude,
        as in ``116.39, 39.9``.
    on
        Any day up to today.
    division_level
        Only places of this level: ``"province"``, ``"prefecture"`` or ``"county"``.
    level
        The former name of `division_level`.

    Returns
    -------
    pandas.DataFrame
        As from `lookup_rows`; ``on``, ``since`` and ``until`` are ``datetime64``, missing where
        there is no such day, so that ``to_stata`` and ``to_parquet`` take the table as it is.

    Raises
    ------
    InvalidValueError
        If the day is no ``datetime.date`` or in the future, there is no such level, or `names` is a
        single text.
    """
    refuse_future(atlas, on)
    refuse_one_text("names", names)
    texts = [*names]
    wanted = _one_level(division_level, level)
    found = find_places(atlas, [*map(_text_of, texts)], wanted)
    queries = zip(texts, found, strict=True)
    return _typed(lookup_rows(atlas, queries, [on] * len(texts)))


def _text_of(cell: object) -> str:
    """Write a cell as text, empty where it is missing."""
    return "" if pd.api.types.is_scalar(cell) and pd.isna(cell) else str(cell).strip()


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of `lookup_rows` types that files hold."""
    days = {name: pd.to_datetime(rows[name]) for name in ("on", "since", "until")}
    return rows.assign(**days, share_area=rows["share_area"].astype(float))


@takes_atlas
def match_table(  # noqa: PLR0913 - some are alternatives
    atlas: Atlas,
    table: pd.DataFrame,
    place: Hashable | None = None,
    *,
    on: date | None = None,
    on_column: Hashable | None = None,
    division_level: str | None = None,
    level: str | None = None,
    lon: Hashable | None = None,
    lat: Hashable | None = None,
) -> pd.DataFrame:
    """Add the answer for a place and a day to every row of a table.

    Parameters
    ----------
    atlas
        The facts.
    table
        The reader's table; its rows, their order and its columns stay as they are.
    place
        The column of codes, names or points; not needed beside `lon` and `lat`.
    on
        The day for all rows, up to today.
    on_column
        The column of days, in place of `on`: dates, or text with year, month and day in this order
        (2019-12-24, 2019/12/24, 20191224, 2019年12月24日) or with an English month (24 December
        2019, 24dec2019). A month (2019-12) or a year counts as its last day, a moment with its
        distance from UTC (2019-12-23T16:30Z) as the day that it then is in China. A row without a
        day has no answer, nor has one with a day in the future.
    division_level
        Only places of this level, as in `lookup`; it does not count for points.
    level
        The former name of `division_level`.
    lon, lat
        The columns of longitudes and latitudes (degrees, WGS 84). Where there is a column of
        places, too, points place the rows whose code or name does not mean one place.

    Returns
    -------
    pandas.DataFrame
        The table, and behind its columns those of `lookup` but ``query`` and ``on``; a name that
        the table has already gets ``_atlas`` behind it. Columns of several levels stay so.

    Raises
    ------
    InvalidValueError
        If the table has no such column or several, the day is no ``datetime.date`` or in the
        future, or there is no such level.
    ValueError
        If neither or both of `on` and `on_column` are given, or neither places nor both
        coordinates.
    TypeError
        If `table` is no table.
    """
    if not isinstance(table, pd.DataFrame):
        raise NotATableError(table)
    asked = {"place": place, "on_column": on_column, "lon": lon, "lat": lat}
    check_columns({k: v for k, v in asked.items() if v is not None}, table)
    if (on is None) == (on_column is None):
        message = "give one day for all rows (on) or the column of days (on_column)"
        raise ValueError(message)
    if (lon is None) != (lat is None) or (place is None and lon is None):
        message = "give the column of places (place), or those of coordinates (lon and lat)"
        raise ValueError(message)
    if on is not None:
        refuse_future(atlas, on)
    texts = [""] * len(table)
    if place is not None:
        texts = [_text_of(value) for value in table[place]]
    matches = find_places(atlas, texts, _one_level(division_level, level))
    if lon is not None:
        points = match_points(atlas, table[lon], table[lat])
        matches = [_surer(match, point) for match, point in zip(matches, points, strict=True)]
    days: list[date | None] = [on] * len(table)
    if on_column is not None:
        latest = latest_day(atlas)
        written = [last_day_of_cell(value) for value in table[on_column]]
        # what will be true is not known
        days = [day if day and day <= latest else None for day in written]
    rows = _typed(lookup_rows(atlas, zip(texts, matches, strict=True), days))
    if on_column is not None:
        late = pd.Series([day is not None and day > latest for day in written], dtype=bool)
        rows["reason"] = rows["reason"].mask(rows["reason"].eq(NO_DAY) & late, IN_THE_FUTURE)
    added = rows.drop(columns=["query", "on"]).set_axis(table.index)
    added.columns = new_names(added.columns, table.columns)
    return pd.concat([table, added], axis=1)


def new_names(added: pd.Index, taken: pd.Index) -> pd.Index:
    """Name the columns that are added so that none is called as one of the reader's."""
    known = set(taken.get_level_values(0))
    names = [_free_name(name, known) for name in added]
    if taken.nlevels == 1:
        return pd.Index(names)
    return pd.MultiIndex.from_tuples([(name, *[""] * (taken.nlevels - 1)) for name in names])


def _free_name(name: str, known: Collection[Hashable]) -> str:
    return _free_name(f"{name}_atlas", known) if name in known else name


def _one_level(division_level: str | None, level: str | None) -> str | None:
    """Take the level by its name or its former one, of which the reader's own line is warned."""
    if level is not None:
        message = "level= is called division_level=, as everywhere; a later version will drop it"
        # beyond this function, the one that was called, and `takes_atlas` around it
        warnings.warn(message, FutureWarning, stacklevel=4)
    return level if division_level is None else division_level


def _surer(name: Match, point: Match) -> Match:
    # why a point has no place helps less than what a name may mean
    return name if name.adcode or (name.candidates and not point.adcode) else point


def check_columns(asked: Mapping[str, Hashable], table: pd.DataFrame) -> None:
    """Refuse columns that a table does not have, or has twice; the error names the closest.

    `asked` has the columns by the parameter that names them. Of a table that was read from a file,
    ``attrs["repeated"]`` has the names that stood there more than once.
    """
    known = [*table.columns, *table.attrs.get("repeated", ())]
    refuse(
        Problem(
            name,
            excerpt(str(column)),
            "no such column",
            closest=tuple(map(excerpt, get_close_matches(str(column), map(str, known), cutoff=0))),
        )
        for name, column in asked.items()
        if column not in known
    )
    refuse(
        Problem(name, excerpt(column), "given twice", allowed="one column of this name")
        for name, column in asked.items()
        if known.count(column) > 1
    )
