"""Treatment panels: units by period, as estimators of difference in differences want them.

A unit is *in force* on a day when the pilot zones cover it: wholly, or also partly, as `partial`
says. A period is treated when the unit is in force on any of its days (``any``), by the end of its
first half (``mid``), or from its first day (``full``).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.places import CLOCKS, PART, UNKNOWN, WHOLE, Clock, Places
from pilotzones.errors import Problem, refuse, whole_number
from pilotzones.i18n import Language
from pilotzones.query.caveats import Caveat
from pilotzones.query.periods import FREQS, Freq, Period, periods_of
from pilotzones.query.reader import china_today
from pilotzones.query.units import KINDS, UNITS, Unit, list_units, several_codes
from pilotzones.text import excerpt

Rule = Literal["any", "mid", "full"]
Partial = Literal["whole", "any", "drop"]

RULES: tuple[Rule, ...] = ("any", "mid", "full")
PARTIALS: tuple[Partial, ...] = ("whole", "any", "drop")
# the options that are one of a few words, by the name of their parameter
CHOICES: dict[str, tuple[str, ...]] = {
    "unit": UNITS, "freq": FREQS, "clock": CLOCKS, "rule": RULES, "partial": PARTIALS,
    "weights": ("none", *KINDS),
}  # fmt: skip
FIRST_YEAR = 2000
MAX_ROWS = 1_000_000

# a cohort treated for fewer days of its first year than this is named in the warnings
_FEW_DAYS = 31

_Floats = npt.NDArray[np.float64]
_Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class PanelOptions:
    """What a panel is made of.

    Parameters
    ----------
    first, last
        First and last year.
    unit
        ``prefecture``: the 333 prefecture-level divisions and the four municipalities; ``city``:
        those of them that are cities; ``county``; ``province``. It does not count where `adcodes`
        are given.
    adcodes
        The reader's own units.
    freq
        Length of a period.
    clock
        Whether a document counts from its publication or its signature.
    rule
        When a period is treated.
    partial
        What counts as covered: ``whole``: places wholly covered; ``any``: also those partly
        covered; ``drop``: wholly covered ones, and places that are ever partly covered, or whose
        cover is unknown, are left out.
    weights
        ``queen``, ``knn`` or ``inverse``, as in `weights`: the neighbours of which the column
        ``share_neighbours_treated`` is made; with it comes ``km_to_nearest_zone``. ``none`` leaves
        both out.

    Raises
    ------
    InvalidValueError
        If a value is none of these; the message names each.
    """

    first: int = 2013
    last: int = 2025
    unit: Unit = "prefecture"
    adcodes: tuple[str, ...] = ()
    freq: Freq = "year"
    clock: Clock = "published"
    rule: Rule = "any"
    partial: Partial = "whole"
    weights: Literal["none", "queen", "knn", "inverse"] = "none"

    def __post_init__(self) -> None:
        object.__setattr__(self, "adcodes", several_codes(self.adcodes))
        for name in ("first", "last"):
            # those of a pandas table are no int
            if (year := whole_number(getattr(self, name))) is not None:
                object.__setattr__(self, name, year)
        refuse(_wrong_options(self))


@dataclass(frozen=True, eq=False)
class Panel:
    """A treatment panel with what has to be said of it.

    Parameters
    ----------
    table
        One row a unit and period, sorted by ``adcode`` and ``period``.
    options
        What it was made of.
    warnings
        What a referee would ask about, in English.
    caveats
        The same as values, each with its ``text`` in another language.
    """

    table: pd.DataFrame
    options: PanelOptions
    warnings: list[str] = field(default_factory=list)
    caveats: tuple[Caveat, ...] = ()


def _wrong_options(options: PanelOptions) -> Iterator[Problem]:
    for name, allowed in CHOICES.items():
        value = getattr(options, name)
        if value not in allowed:
            yield Problem(name, excerpt(str(value)), "unknown choice", allowed=", ".join(allowed))
    latest = china_today().year
    years = {"from": options.first, "to": options.last}
    wrong = {
        name: year
        for name, year in years.items()
        if whole_number(year) is None or not FIRST_YEAR <= year <= latest
    }
    for name, year in wrong.items():
        hint = f"{FIRST_YEAR}–{latest}"
        yield Problem(name, excerpt(year), "not a year of a panel", allowed=hint)
    if not wrong and options.first > options.last:
        yield Problem("from", str(options.first), "after the other year", instead=str(options.last))


def list_periods(options: PanelOptions) -> list[Period]:
    """List the periods of a panel, in order."""
    return periods_of(range(options.first, options.last + 1), options.freq)


@takes_atlas
def treatment_panel(
    atlas: Atlas, options: PanelOptions | None = None, *, most: int = MAX_ROWS
) -> Panel:
    """Make a treatment panel.

    Parameters
    ----------
    atlas
        The facts.
    options
        Units, periods and conventions; by default prefecture-level units by year.
    most
        How many rows it may have.

    Returns
    -------
    Panel
        Its table, balanced, has the columns ``adcode``, ``name_zh``, ``name_en``,
        ``province_adcode``, ``period`` (label), ``time`` (the year, or halves, quarters, months
        since 1960), ``treat`` (treated in any period up to the last), ``post`` (this period or an
        earlier one was the first treated), ``dd`` (their product), ``policy_year`` (year of the
        first day in force), ``first_period`` (label of the first treated period, also before the
        panel, ``0`` for never), ``first_time`` (the same as a number), ``rel_period`` (periods
        since it), ``share_area``, ``share_counties`` and ``coverage`` (on the last day of the
        period), ``share_time`` (share of its days in force), ``batch``, ``zone_ids``,
        ``document_no`` (of the zones active on its last day, separated by spaces), ``note``. With
        `PanelOptions.weights` also
        ``share_neighbours_treated``, the weighted share of the unit's neighbours in the panel whose
        ``dd`` is 1 (missing without neighbours, or where that of one is), and
        ``km_to_nearest_zone``, the geodesic distance from the unit's edge to the nearest zone
        active on the last day of the period (0 where they touch). Unknown is missing, never 0.

    Raises
    ------
    UnknownPlaceError
        If no division has one of the reader's codes.
    InvalidValueError
        If the panel would have more rows than `most`.
    """
    options = options or PanelOptions()
    places, periods = atlas.places, list_periods(options)
    adcodes = list_units(places, options.unit, options.adcodes)
    rows = len(adcodes) * len(periods)
    if rows > most:
        hint = f"at most {most:,} rows, by fewer years or longer periods"
        refuse([Problem("freq", f"{options.freq}, {rows:,} rows", "out of range", allowed=hint)])
    cover = _Cover(places, adcodes, options)
    if options.partial == "drop":
        kept = ~cover.ever(periods, PART, UNKNOWN)
        adcodes = [code for code, keep in zip(adcodes, kept, strict=True) if keep]
        cover = _Cover(places, adcodes, options)
    table = _table(atlas, adcodes, periods, cover, options)
    caveats = [*_caveats(table, cover, periods, options)]
    caveats += _add_neighbours(atlas, table, adcodes, periods, options)
    texts = [caveat.text(Language("en"), places.rows) for caveat in caveats]
    return Panel(table, options, texts, tuple(caveats))


class _Cover:
    """The cover of some units between the events, and how periods meet these spans.

    Arrays have one row for each span between events and one column for each unit.
    """

    def __init__(self, places: Places, adcodes: Sequence[str], options: PanelOptions) -> None:
        self.places, self.adcodes, self.clock = places, adcodes, options.clock
        self.days = places.days(options.clock)
        positions = places.positions(adcodes)
        covers = places.covers(options.clock)
        self.status: _Objects = np.stack([cover.status[positions] for cover in covers])
        self.share_area = np.stack([cover.share_area[positions] for cover in covers])
        self.share_counties = np.stack([cover.share_counties[positions] for cover in covers])
        counted = [WHOLE, PART] if options.partial == "any" else [WHOLE]
        self.in_force = np.isin(self.status.astype(str), counted)
        self.unknown = self.status == UNKNOWN
        self._known_zones: dict[int, list[tuple[str, str, str]]] = {}
        histories = places.register.histories
        self.batch = histories["batch"].astype(int).astype(str).to_dict()
        self.document = histories["approved_by"].to_dict()

    def span(self, day: date) -> int:
        """Return the number of the span that holds a day."""
        return bisect_right(self.days, day)

    def ends(self, periods: Sequence[Period]) -> list[int]:
        """Return the number of the span that holds the last day of each period."""
        return [self.span(period.last) for period in periods]

    def overlap(self, periods: Sequence[Period]) -> _Floats:
        """Count the days that each period (row) has in each span (column)."""
        edges = [date.min, *self.days, date.max]
        begin = np.array([day.toordinal() for day in edges[:-1]])
        end = np.array([day.toordinal() for day in edges[1:]])
        first = np.array([period.first.toordinal() for period in periods])[:, None]
        after = np.array([period.last.toordinal() + 1 for period in periods])[:, None]
        days = np.minimum(after, end) - np.maximum(first, begin)
        clipped: _Floats = np.clip(days, 0, None).astype(float)
        return clipped

    def treated(self, periods: Sequence[Period], rule: Rule) -> _Floats:
        """1 where a period (row) of a unit (column) is treated, 0 where not, NaN where unknown."""
        if rule == "any":
            met = self.overlap(periods) > 0
            yes = met.astype(float) @ self.in_force > 0
            maybe = met.astype(float) @ self.unknown > 0
        else:
            days = [period.middle if rule == "mid" else period.first for period in periods]
            spans = [self.span(day) for day in days]
            yes, maybe = self.in_force[spans], self.unknown[spans]
        return np.where(yes, 1.0, np.where(maybe, np.nan, 0.0))

    def share_in_force(self, periods: Sequence[Period]) -> _Floats:
        """Share of days in force of a period (row) and a unit (column), NaN where unknown."""
        overlap = self.overlap(periods)
        in_force, unknown = overlap @ self.in_force, overlap @ self.unknown
        days = overlap.sum(axis=1, keepdims=True)
        return np.where((unknown > 0) & (in_force == 0), np.nan, in_force / days)

    def ever(self, periods: Sequence[Period], *statuses: str) -> npt.NDArray[np.bool_]:
        """Whether each unit has one of some statuses on any day of the periods."""
        met = self.overlap(periods).sum(axis=0) > 0
        return np.asarray(np.isin(self.status.astype(str), statuses)[met].any(axis=0))

    def zones(self, span: int) -> list[tuple[str, str, str]]:
        """For each unit: zones, batches and documents in a span, each separated by spaces."""
        if span not in self._known_zones:
            self._known_zones[span] = [self._zones(code, span) for code in self.adcodes]
        return self._known_zones[span]

    def _zones(self, code: str, span: int) -> tuple[str, str, str]:
        if not span:
            return "", "", ""
        zones = self.places.zones_on(code, self.days[span - 1], self.clock)
        batches = dict.fromkeys(self.batch[zone] for zone in zones)
        documents = dict.fromkeys(self.document[zone] for zone in zones)
        return " ".join(zones), " ".join(batches), " ".join(documents)


def _table(
    atlas: Atlas,
    adcodes: Sequence[str],
    periods: Sequence[Period],
    cover: _Cover,
    options: PanelOptions,
) -> pd.DataFrame:
    places = atlas.places.table.loc[list(adcodes)]
    size, length = len(adcodes), len(periods)

    def by_unit(values: object) -> npt.NDArray[np.object_]:
        return np.repeat(np.asarray(values), length)

    def by_period(values: Sequence[object]) -> npt.NDArray[np.object_]:
        return np.tile(np.asarray(values), size)

    # a unit treated before the panel begins keeps its own first period
    history = list_periods(replace(options, first=min(options.first, cover.days[0].year)))
    treated = cover.treated(history, options.rule)
    treat, first = _first_treated(treated)
    treated = treated[-length:]
    numbers = np.array([*(period.number for period in history), 0])
    labels = np.array([*(period.label for period in history), "0"])
    first_time = np.where(np.isnan(treat), np.nan, numbers[first])
    time = by_period([period.number for period in periods]).astype(int)
    starts = by_unit(first_time).astype(float)
    known = ~np.isnan(starts)
    post = np.where(known, (starts > 0) & (time >= starts), np.nan)
    # before a cover becomes unknown a unit is as untreated as any other
    unsure = np.isnan(treated).T.ravel()
    post = np.where(~known & ~unsure, 0.0, post)
    ends = cover.ends(periods)
    texts = np.array([cover.zones(span) for span in ends], dtype=object).reshape(length, size, 3)
    zone_ids, batches, documents = (texts[..., kind].T.ravel() for kind in range(3))
    ever = by_unit(treat).astype(float)
    return pd.DataFrame(
        {
            "adcode": by_unit(places.index.to_numpy(dtype=object)),
            "name_zh": by_unit(places["name_zh"].to_numpy(dtype=object)),
            "name_en": by_unit(places["name_en"].to_numpy(dtype=object)),
            "province_adcode": by_unit(places["province_adcode"].to_numpy(dtype=object)),
            "period": by_period([period.label for period in periods]).astype(object),
            "time": time,
            "treat": _whole(ever),
            "post": _whole(post),
            "dd": _whole(np.where(ever == 0, 0.0, ever * post)),
            "policy_year": _whole(by_unit(_policy_years(cover, periods)).astype(float)),
            "first_period": by_unit(np.where(np.isnan(treat), "", labels[first])).astype(object),
            "first_time": _whole(starts),
            "rel_period": _whole(np.where(known & (starts > 0), time - starts, np.nan)),
            "share_area": cover.share_area[ends].T.ravel().round(4),
            "share_counties": cover.share_counties[ends].T.ravel().round(4),
            "share_time": cover.share_in_force(periods).T.ravel().round(4),
            "coverage": cover.status[ends].T.ravel(),
            "batch": batches,
            "zone_ids": zone_ids,
            "document_no": documents,
            "note": _notes(atlas, adcodes, periods, cover, options),
        }
    )


def _add_neighbours(
    atlas: Atlas,
    table: pd.DataFrame,
    adcodes: Sequence[str],
    periods: Sequence[Period],
    options: PanelOptions,
) -> list[Caveat]:
    """Add what surrounds each unit; return what has to be said of it."""
    # most panels need no polygon
    from pilotzones.query.nearest import km_to_nearest_zone  # noqa: PLC0415
    from pilotzones.query.weights import weights  # noqa: PLC0415

    if not adcodes or options.weights == "none":
        return []
    around = weights(atlas, adcodes=adcodes, kind=options.weights, standardise=True)
    treated = table["dd"].to_numpy(dtype=float, na_value=np.nan).reshape(len(adcodes), -1)
    table["share_neighbours_treated"] = around.lag(treated).ravel().round(4)
    places = tuple(adcodes)
    km = [km_to_nearest_zone(atlas, places, one.last, options.clock) for one in periods]
    # where the cover is unknown, a zone may be in the place or not
    known = table["coverage"].ne(UNKNOWN)
    table["km_to_nearest_zone"] = pd.Series(np.array(km).T.ravel().round(1)).where(known)
    return [Caveat("no neighbours", tuple(around.islands))] if around.islands else []


def _whole(values: _Floats) -> pd.Series:
    return pd.Series(values).astype("Int16")


def _first_treated(treated: _Floats) -> tuple[_Floats, npt.NDArray[np.intp]]:
    """For each unit: whether it is ever treated (NaN: unknown), and its first treated period.

    The number of the period; of one that is never treated, the number of periods.
    """
    yes = treated == 1
    ever = yes.any(axis=0)
    first = np.where(ever, yes.argmax(axis=0), len(treated))
    unsure = ~ever & np.isnan(treated).any(axis=0)
    return np.where(unsure, np.nan, ever.astype(float)), first


def _policy_years(cover: _Cover, periods: Sequence[Period]) -> _Floats:
    """Year of the first day in force by the end of the panel; NaN for never."""
    last = cover.span(periods[-1].last)
    in_force = cover.in_force[: last + 1]
    years = np.array([0, *(day.year for day in cover.days)])
    return np.where(in_force.any(axis=0), years[in_force.argmax(axis=0)], np.nan)


def _notes(
    atlas: Atlas,
    adcodes: Sequence[str],
    periods: Sequence[Period],
    cover: _Cover,
    options: PanelOptions,
) -> _Objects:
    reasons = atlas.places.doubtful_cover.set_index("adcode")["reason_en"]
    above = atlas.places.table.loc[list(adcodes), "prefecture_adcode"]
    notes = np.full((len(periods), len(adcodes)), "", dtype=object)
    ends = cover.ends(periods)
    for row, span in enumerate(ends):
        for column in np.flatnonzero(cover.unknown[span]).tolist():
            code = str(adcodes[int(column)])
            notes[row, column] = str(reasons.get(code) or reasons.get(above[code], ""))
    if options.clock == "signed":
        unsigned = atlas.register.documents["signed_on"].isna()
        numbers = set(unsigned.index[unsigned])
        for row, span in enumerate(ends):
            for column, (_, _, documents) in enumerate(cover.zones(span)):
                if named := [one for one in documents.split() if one in numbers]:
                    notes[row, column] = (
                        f"signing day of {named[0]} unknown: its publication day counts"
                    )
    return notes.T.ravel()


def _caveats(
    table: pd.DataFrame, cover: _Cover, periods: Sequence[Period], options: PanelOptions
) -> Iterator[Caveat]:
    units = table.drop_duplicates("adcode").set_index("adcode")

    def codes(chosen: pd.Series) -> tuple[str, ...]:
        return tuple(map(str, units.index[chosen]))

    never = units["treat"].eq(0).fillna(value=False)
    if not never.any():
        yield Caveat("no control group")
    if always := codes(units["first_time"].between(1, periods[0].number).fillna(value=False)):
        yield Caveat("always treated", always)
    controls = codes(never & cover.ever(periods, PART))
    if controls and options.partial == "whole":
        yield Caveat("partly covered controls", controls)
    if unknown := codes(units["treat"].isna()):
        yield Caveat("unknown cover", unknown)
    if options.rule == "any":
        yield from _short_cohorts(cover, periods)


def _short_cohorts(cover: _Cover, periods: Sequence[Period]) -> Iterator[Caveat]:
    for period in periods:
        inside = [day for day in cover.days if period.first <= day <= period.last]
        for day in inside:
            span = cover.span(day)
            fresh = np.flatnonzero(cover.in_force[span] & ~cover.in_force[span - 1])
            units = tuple(str(cover.adcodes[int(unit)]) for unit in fresh)
            days = (period.last - day).days + 1
            if units and days < min(_FEW_DAYS, (period.last - period.first).days / 2):
                yield Caveat("short cohort", units, day, days, period.label)
