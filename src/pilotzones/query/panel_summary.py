"""A treatment panel at a glance: how many units are treated, and which of them when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.places import PART
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.query.caveats import Caveat
from pilotzones.query.methods import panel_methods
from pilotzones.query.panel import Panel, PanelOptions, list_periods, treatment_panel
from pilotzones.query.periods import Period
from pilotzones.query.place_questions import MAX_PANEL_ROWS

State = Literal["treated", "partly", "untreated", "unknown"]
STATES: tuple[State, ...] = ("treated", "partly", "untreated", "unknown")

Grouping = Literal["cohort", "province", "unit"]
GROUPINGS: tuple[Grouping, ...] = ("cohort", "province", "unit")

NEVER = "0"
UNKNOWN_COHORT = ""

# one is made at a time: the largest take half a gigabyte and seconds
_making = Lock()


class Block(NamedTuple):
    """Units, one below the other, that share a state over some periods.

    `low` and `high` count units from the top; `start` is a day of the block, `end` the day after
    it.
    """

    group: str
    low: int
    high: int
    start: date
    end: date
    first: str
    last: str
    state: State
    units: tuple[str, ...]


class Group(NamedTuple):
    """Units below one heading: those of a cohort, of a province, or one unit."""

    name: str
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class PanelSummary:
    """What a page shows of a panel, in a small part of its memory.

    Parameters
    ----------
    options
        What the panel is made of.
    units
        One row a unit, by ``adcode``: ``cohort`` (label of the first treated period, `NEVER`, or
        `UNKNOWN_COHORT`) and ``province`` (its adcode).
    periods
        The periods.
    states
        Positions in `STATES`, one row a unit and one column a period.
    caveats
        What a referee would ask about.
    methods
        The paragraph of `panel_methods`, by language.
    """

    options: PanelOptions
    units: pd.DataFrame
    periods: tuple[Period, ...]
    states: npt.NDArray[np.int8]
    caveats: tuple[Caveat, ...]
    methods: dict[str, str]

    @property
    def rows(self) -> int:
        """Number of rows of the panel."""
        return self.states.size

    def counts(self) -> pd.DataFrame:
        """Count the units in each state, one row a period; the columns are `STATES`."""
        table = {state: (self.states == at).sum(axis=0) for at, state in enumerate(STATES)}
        return pd.DataFrame(table, index=[period.label for period in self.periods])


def summarise(atlas: Atlas, panel: Panel) -> PanelSummary:
    """Keep of a panel what a page shows."""
    table, periods = panel.table, tuple(list_periods(panel.options))
    treated = table["dd"].to_numpy(dtype=float, na_value=np.nan)
    known = [treated == 1, np.isnan(treated), table["coverage"].eq(PART).to_numpy()]
    places = [STATES.index(state) for state in ("treated", "unknown", "partly")]
    states = np.select(known, places, STATES.index("untreated")).astype(np.int8)
    first = table.drop_duplicates("adcode").set_index("adcode")
    units = first[["first_period", "province_adcode"]].set_axis(["cohort", "province"], axis=1)
    return PanelSummary(
        panel.options,
        units,
        periods,
        states.reshape(len(units), len(periods)),
        panel.caveats,
        {lang: panel_methods(atlas, panel, Language(lang)) for lang in LANGUAGES},
    )


@lru_cache(maxsize=16)
def known_summary(atlas: Atlas, options: PanelOptions) -> PanelSummary:
    """Make a panel and keep what a page shows; the latest are remembered.

    InvalidValueError if it would have more rows than `MAX_PANEL_ROWS`.
    """
    return make_summary(atlas, options)


def make_summary(atlas: Atlas, options: PanelOptions) -> PanelSummary:
    """Make a panel and keep what a page shows, without remembering it."""
    return summarise(atlas, make_panel(atlas, options))


def make_panel(atlas: Atlas, options: PanelOptions) -> Panel:
    """Make a panel while no other is made; as `treatment_panel`, with at most so many rows."""
    with _making:
        return treatment_panel(atlas, options, most=MAX_PANEL_ROWS)


def state_names(t: Language) -> dict[str, str]:
    """Name the states of a unit in a period, in the order of `STATES`."""
    return {
        "treated": t._("Treated"),
        "partly": t._("Partly in a zone, untreated"),
        "untreated": t._("Untreated"),
        "unknown": t._("Not known"),
    }


def group_name(atlas: Atlas, name: str, by: Grouping, t: Language) -> str:
    """Name a cohort, a province or a unit."""
    if by == "cohort":
        return {NEVER: t._("Never treated"), UNKNOWN_COHORT: t._("Not known")}.get(name, name)
    return t.name(atlas.places.rows[name])


def arrange(summary: PanelSummary, by: Grouping) -> tuple[list[Group], list[Block]]:
    """Stack the units by group, those treated first on top, and join what looks the same.

    Cohorts are in the order of their periods, those never treated and those unknown last; provinces
    in that of their codes.
    """
    groups: list[Group] = []
    blocks: list[Block] = []
    low = 0
    for name, rows in _grouped(summary, by):
        groups.append(Group(name, low, low + len(rows)))
        for _, same in groupby(rows, key=lambda row: summary.states[row].tobytes()):
            alike = [*same]
            blocks += _runs(summary, name, low, alike)
            low += len(alike)
    return groups, blocks


def _grouped(summary: PanelSummary, by: Grouping) -> Iterator[tuple[str, list[int]]]:
    units = summary.units
    cohorts = [_late(cohort) for cohort in units["cohort"]]
    codes = [*map(str, units.index)]
    first = {"cohort": cohorts, "province": [*units["province"]], "unit": cohorts}[by]
    paths = [summary.states[row].tobytes() for row in range(len(codes))]
    order = sorted(range(len(codes)), key=lambda row: (first[row], paths[row], codes[row]))
    names = {"cohort": [*units["cohort"]], "province": [*units["province"]], "unit": codes}[by]
    for name, rows in groupby(order, key=names.__getitem__):
        yield str(name), [*rows]


def _late(cohort: str) -> tuple[int, str]:
    """Sort units that are never treated behind the others, and those unknown last."""
    return {NEVER: 1, UNKNOWN_COHORT: 2}.get(cohort, 0), cohort


def _runs(summary: PanelSummary, group: str, low: int, rows: list[int]) -> Iterator[Block]:
    units = tuple(str(summary.units.index[row]) for row in rows)
    path = zip(summary.states[rows[0]].tolist(), summary.periods, strict=True)
    for state, run in groupby(path, key=lambda step: step[0]):
        periods = [period for _, period in run]
        start, end = periods[0].first, periods[-1].last + timedelta(days=1)
        labels = periods[0].label, periods[-1].label
        yield Block(group, low, low + len(rows), start, end, *labels, STATES[state], units)
