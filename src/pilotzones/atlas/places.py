"""Places: the status of any administrative division on any day.

A place is a division of GB/T 2260. It is taken apart into county-level pieces (see
:mod:`pilotzones.atlas.pieces`), and so is every zone; a place is

``whole``
    when every piece lies in an active zone,
``part``
    when some piece does,
``unknown``
    when none does, yet the sources leave open whether a zone reaches one (Sansha, Tacheng, Altay),
``none``
    otherwise.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pilotzones.atlas.boundaries import Boundaries
from pilotzones.atlas.datapackage import IN_PLACE, Elsewhere, read_descriptor, read_tables
from pilotzones.atlas.pieces import MUNICIPALITIES, PREFECTURE, PROVINCE, division_pieces
from pilotzones.atlas.register import Register
from pilotzones.atlas.timeline import day_problem
from pilotzones.atlas.violations import Violation, fail, line_of
from pilotzones.errors import Problem, UnknownPlaceError, refuse
from pilotzones.text import excerpt

Clock = Literal["published", "signed"]
CLOCKS: tuple[Clock, ...] = ("published", "signed")

WHOLE = "whole"
PART = "part"
NONE = "none"
UNKNOWN = "unknown"
PLACE_STATUSES = (WHOLE, PART, NONE, UNKNOWN)

_TABLES = ("names", "former", "doubtful_cover", "official_names")

_Bools = npt.NDArray[np.bool_]
_Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Cover:
    """The cover of every place between two events.

    Arrays hold one value a place, in the order of `Places.table`.

    Parameters
    ----------
    status
        One of `PLACE_STATUSES`.
    share_area
        Share of the drawn area in active zones, 0 to 1; not a number where the status is unknown.
        Where a part of a place is unknown, the known share.
    share_counties
        The same for the number of county-level pieces.
    """

    status: npt.NDArray[np.object_]
    share_area: npt.NDArray[np.float64]
    share_counties: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Places:
    """Every division, and how the zones cover it.

    Parameters
    ----------
    register
        Zones, documents, events.
    boundaries
        Its table ``divisions``: codes, Chinese names and drawn areas.
    names
        Index ``adcode``; ``name_en``, ``name_pinyin``, ``name_hant``, ``basis``.
    former
        Former names and codes, and codes younger than the boundaries.
    doubtful_cover
        ``zone_id``, ``adcode``, ``reason_zh``, ``reason_en``, ``sources``: the divisions of which
        the sources leave open whether a zone reaches them.
    official_names
        ``adcode``, ``name_en``, ``source``: English names that are no pinyin, written by hand.
    """

    register: Register
    boundaries: Boundaries
    names: pd.DataFrame
    former: pd.DataFrame
    doubtful_cover: pd.DataFrame
    official_names: pd.DataFrame

    @cached_property
    def table(self) -> pd.DataFrame:
        """All divisions.

        Index ``adcode``; ``name_zh``, ``name_en``, ``name_pinyin``, ``name_hant``, ``level``
        (``province``, ``prefecture``, ``county``), ``province_adcode``, ``prefecture_adcode``,
        ``area_km2`` (drawn area, km²), ``counties`` (number of county-level pieces).
        """
        pieces = division_pieces(self.boundaries)
        divisions = self.boundaries.divisions
        counts = [len(pieces.of[str(code)]) for code in divisions.index]
        table = divisions.join(self.names)
        return table.assign(area_km2=table["area_km2"].astype(float), counties=counts)

    @cached_property
    def prefecture_units(self) -> list[str]:
        """The prefecture-level units of the mainland: prefectures and the four municipalities."""
        level = self.table["level"]
        outside = self.table["province_adcode"].isin(_outside(self.register, self.table))
        inside = level.eq(PREFECTURE) & ~outside | self.table.index.isin(MUNICIPALITIES)
        return [str(code) for code in self.table.index[inside]]

    def days(self, clock: Clock = "published") -> list[date]:
        """List the days on which the cover changes, in order."""
        return list(_days(self.register, clock))

    def covers(self, clock: Clock = "published") -> list[Cover]:
        """Calculate the cover before the first event, and from each of `days` on.

        Parameters
        ----------
        clock
            Whether an event counts from the publication of its document or from its signature.
            Where a signing day is unknown, the day of publication takes its place.

        Returns
        -------
        list of Cover
            One more than `days`.
        """
        return _covers(self, clock)

    def cover_on(self, day: date, clock: Clock = "published") -> Cover:
        """Return the cover of every place on a day."""
        _refuse_no_day(day, clock)
        return self.covers(clock)[bisect_right(self.days(clock), day)]

    def status_on(
        self, day: date, adcodes: Sequence[str] | None = None, clock: Clock = "published"
    ) -> pd.DataFrame:
        """Work out the status of places on a day.

        Parameters
        ----------
        day
            Any day.
        adcodes
            The places; by default all.
        clock
            As for `covers`.

        Returns
        -------
        pandas.DataFrame
            Index ``adcode``; ``status``, ``share_area``, ``share_counties``.

        Raises
        ------
        UnknownPlaceError
            If no division has one of the codes.
        """
        cover = self.cover_on(day, clock)
        columns = {
            "status": cover.status,
            "share_area": cover.share_area,
            "share_counties": cover.share_counties,
        }
        table = pd.DataFrame(columns, index=self.table.index)
        if adcodes is None:
            return table
        return table.iloc[self.positions(adcodes)]

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of `table` by adcode, each with its ``position``: for looking up one by one."""
        numbered = self.table.assign(position=range(len(self.table)))
        return {str(code): row for code, row in numbered.to_dict("index").items()}

    def positions(self, adcodes: Sequence[str]) -> _Ints:
        """Find the rows of some places in `table`."""
        found: _Ints = self.table.index.get_indexer(pd.Index(adcodes, dtype=object))
        if (found < 0).any():
            raise UnknownPlaceError(str(adcodes[int(np.argmin(found))]))
        return found

    def zones_touching(self, adcode: str) -> list[str]:
        """List the zones, past and present, that share a piece with a place, by day of approval."""
        if adcode not in self._zones_of_place:
            raise UnknownPlaceError(adcode)
        return self._zones_of_place[adcode]

    def zones_on(self, adcode: str, day: date, clock: Clock = "published") -> list[str]:
        """List the active zones that share a piece with a place on a day, the earliest first."""
        _refuse_no_day(day, clock)
        spans = _days_of_zones(self, clock)
        touching = [(zone, *spans[zone]) for zone in self.zones_touching(adcode)]
        return [zone for zone, begin, end in touching if begin <= day and (not end or day < end)]

    def spans(self, clock: Clock = "published") -> pd.DataFrame:
        """Give the days between which each zone is active.

        Returns
        -------
        pandas.DataFrame
            Index ``zone_id``; ``from`` and ``to`` (``datetime64``, the first day on which it is no
            longer active; missing while it is active).
        """
        return _spans(self.register, clock)

    @cached_property
    def _zones_of_place(self) -> dict[str, list[str]]:
        pieces = division_pieces(self.boundaries)
        by_piece: dict[str, list[str]] = {}
        order = self.register.histories["approved_on"].sort_values(kind="stable").index
        for zone_id in order:
            codes = str(self.register.zones.loc[zone_id, "adcodes"]).split()
            for piece in pieces.together(codes):
                by_piece.setdefault(piece, []).append(str(zone_id))
        rank = {str(zone): place for place, zone in enumerate(order)}
        return {
            code: sorted({z for p in parts for z in by_piece.get(p, ())}, key=rank.__getitem__)
            for code, parts in pieces.of.items()
        }

    @cached_property
    def members(self) -> "_Members":
        """Which pieces each place consists of."""
        pieces = division_pieces(self.boundaries)
        codes = pd.Index(sorted(pieces.area_km2))
        pairs = [
            (part, place)
            for place, code in enumerate(self.table.index)
            for part in sorted(pieces.of[str(code)])
        ]
        piece = codes.get_indexer(pd.Index([part for part, _ in pairs]))
        place = np.array([place for _, place in pairs], dtype=np.intp)
        area = np.array([pieces.area_km2[code] for code in codes])
        return _Members(piece, place, area, codes)


class _Members(NamedTuple):
    """Pairs of a `piece` and a `place` that holds it, by position; `area` and `codes` of pieces."""

    piece: _Ints
    place: _Ints
    area: npt.NDArray[np.float64]
    codes: pd.Index


def _refuse_no_day(day: date, clock: Clock) -> None:
    refuse([day_problem("day", day)])
    if clock not in CLOCKS:
        refuse([Problem("clock", excerpt(clock), "unknown choice", allowed=", ".join(CLOCKS))])


@lru_cache(maxsize=8)
def _covers(places: Places, clock: Clock) -> list[Cover]:
    # before the first event no zone is active
    moments = np.array([np.datetime64("0001-01-01"), *map(np.datetime64, places.days(clock))])
    spans = places.spans(clock)
    begin = spans["from"].to_numpy("datetime64[D]")
    end = spans["to"].to_numpy("datetime64[D]")
    certain, doubtful = _zone_pieces(places)
    covers = []
    for moment in moments:
        active = (begin <= moment) & ~(end <= moment)
        covers.append(_cover(places, certain[active].any(axis=0), doubtful[active].any(axis=0)))
    return covers


def _cover(places: Places, covered: _Bools, open_question: _Bools) -> Cover:
    piece, place, area, _ = places.members
    size = len(places.table)
    doubt = open_question & ~covered
    inside = covered[piece]
    total = np.bincount(place, minlength=size)
    number = np.bincount(place, weights=inside, minlength=size)
    unsure = np.bincount(place, weights=doubt[piece], minlength=size) > 0
    whole, some = number == total, number > 0
    status = np.select([whole & (total > 0), some, unsure], [WHOLE, PART, UNKNOWN], NONE)
    areas = np.bincount(place, weights=area[piece], minlength=size)
    inner = np.bincount(place, weights=area[piece] * inside, minlength=size)
    with np.errstate(invalid="ignore"):
        share_area, share_counties = inner / areas, number / total
    unknown = status == UNKNOWN
    share_area[unknown] = share_counties[unknown] = np.nan
    # a sum of all parts is exactly the whole
    share_area[whole] = 1.0
    return Cover(status.astype(object), share_area, share_counties)


def _zone_pieces(places: Places) -> tuple[_Bools, _Bools]:
    pieces = division_pieces(places.boundaries)
    codes = places.members.codes
    zones = places.register.zones["adcodes"]
    shape = (len(zones), len(codes))
    certain, doubtful = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for row, adcodes in enumerate(zones):
        certain[row, codes.get_indexer(sorted(pieces.together(adcodes.split())))] = True
    for zone_id, adcode in places.doubtful_cover[["zone_id", "adcode"]].itertuples(index=False):
        row = zones.index.get_loc(zone_id)
        doubtful[row, codes.get_indexer(sorted(pieces.of[adcode]))] = True
    return certain, doubtful


@lru_cache(maxsize=8)
def _days_of_zones(places: Places, clock: Clock) -> dict[str, tuple[date, date | None]]:
    spans = places.spans(clock)
    return {
        str(zone): (begin.date(), None if pd.isna(end) else end.date())
        for zone, begin, end in zip(spans.index, spans["from"], spans["to"], strict=True)
    }


@lru_cache(maxsize=8)
def _days(register: Register, clock: Clock) -> tuple[date, ...]:
    spans = _spans(register, clock)
    moments = pd.concat([spans["from"], spans["to"].dropna()])
    return tuple(sorted({moment.date() for moment in moments}))


@lru_cache(maxsize=8)
def _spans(register: Register, clock: Clock) -> pd.DataFrame:
    histories, documents = register.histories, register.documents
    day = documents["published_on"]
    if clock == "signed":
        day = documents["signed_on"].fillna(day)
    columns = {"from": histories["approved_by"].map(day), "to": histories["revoked_by"].map(day)}
    return pd.DataFrame(columns, index=histories.index)


def _outside(register: Register, table: pd.DataFrame) -> list[str]:
    # Hong Kong, Macao and Taiwan are no provincial divisions of the register
    provinces = table.index[table["level"] == PROVINCE]
    return [str(code) for code in provinces if code not in register.provinces.index]


@dataclass(frozen=True)
class Place:
    """One division, as `Atlas.place` finds it.

    Parameters
    ----------
    adcode
        GB/T 2260 code.
    name_zh, name_en, name_pinyin
        Its names; English ones are mostly romanised, see `Places.names`.
    level
        ``"province"``, ``"prefecture"`` or ``"county"``.
    province_adcode, prefecture_adcode
        Codes of the larger divisions that it lies in; its own where it is one of them, empty where
        it lies in none.
    area_km2
        Drawn area, km².
    placed_by
        How it was found, such as ``"name"`` or ``"former code"``: one of `matching.PLACED_BY`.
    places
        All places, of which this is one.
    """

    adcode: str
    name_zh: str
    name_en: str
    name_pinyin: str
    level: str
    province_adcode: str
    prefecture_adcode: str
    area_km2: float
    placed_by: str
    places: Places = field(repr=False, compare=False)

    def status_on(self, day: date, clock: Clock = "published") -> str:
        """Return how active zones cover it on a day.

        Parameters
        ----------
        day
            Any day.
        clock
            As for `Places.covers`.

        Returns
        -------
        str
            ``"whole"``, ``"part"``, ``"none"`` or ``"unknown"``.

        Raises
        ------
        InvalidValueError
            If `day` is not a ``datetime.date``, or there is no such clock.
        """
        return str(self.places.status_on(day, [self.adcode], clock)["status"].iloc[0])

    def zones_on(self, day: date, clock: Clock = "published") -> list[str]:
        """List the active zones that share ground with it on a day, the earliest first.

        Parameters
        ----------
        day
            Any day.
        clock
            As for `Places.covers`.

        Returns
        -------
        list of str
            Identifiers of zones.

        Raises
        ------
        InvalidValueError
            If `day` is not a ``datetime.date``, or there is no such clock.
        """
        return self.places.zones_on(self.adcode, day, clock)


def load_places(
    folder: Path,
    register: Register,
    boundaries: Boundaries,
    *,
    check: bool = True,
    elsewhere: Elsewhere = IN_PLACE,
) -> Places:
    """Load the names of the divisions.

    Parameters
    ----------
    folder
        The folder with ``datapackage.json`` and its tables.
    register
        The zones.
    boundaries
        The divisions.
    check
        Whether to hold the tables to every rule.
    elsewhere
        Where files of an earlier version lie that the folder has no longer, by name.

    Returns
    -------
    Places
        Every division, with its names and cover.

    Raises
    ------
    TableError
        If a table is missing, damaged or breaks its schema, or names an unknown division.
    """
    descriptor = read_descriptor(folder, elsewhere)
    tables = read_tables(folder, descriptor, _TABLES, _TABLES, check=check, elsewhere=elsewhere)
    if check:
        fail(list(_broken_codes(tables, boundaries.divisions.index, register.zones.index)))
    others = (tables[name].reset_index(drop=True) for name in _TABLES[1:])
    return Places(register, boundaries, tables["names"].set_index("adcode"), *others)


def _broken_codes(
    tables: dict[str, pd.DataFrame], adcodes: pd.Index, zone_ids: pd.Index
) -> Iterator[Violation]:
    known = (
        ("names", "adcode", adcodes),
        ("former", "now", adcodes),
        ("official_names", "adcode", adcodes),
        ("doubtful_cover", "adcode", adcodes),
        ("doubtful_cover", "zone_id", zone_ids),
    )
    for name, column, allowed in known:
        for line, value in tables[name][column].items():
            for one in str(value).split():
                if one not in allowed:
                    rule = "must be a code or identifier that exists"
                    yield Violation(f"{name}.csv", line_of(line), column, one, rule)
    if missing := sorted({*adcodes} - {*tables["names"]["adcode"]}):
        rule = "every division must have a row; run 'pilotzones build-boundaries'"
        yield Violation("names.csv", None, "adcode", missing[0], rule)
    written = tables["names"].set_index("adcode")["name_en"]
    for line, code, name, _ in tables["official_names"].itertuples():
        if name != written.get(code, name):
            rule = f"names.csv has {written[code]!r}; run 'pilotzones build-boundaries'"
            yield Violation("official_names.csv", line_of(line), "name_en", name, rule)
