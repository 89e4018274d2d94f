"""Questions about places, read from the parameters of a query.

The same parameters hold in the API and on the command line. As with a View, a value that is not
understood is reported, never dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.matching import MAX_NAME, PLACE_LEVELS, Match, match_places
from pilotzones.errors import Problem, refuse
from pilotzones.i18n import LANGUAGES
from pilotzones.query.lookup import check_columns, match_table, parse_point
from pilotzones.query.panel import CHOICES, FIRST_YEAR, PanelOptions
from pilotzones.query.reader import ParameterReader, china_today, latest_day
from pilotzones.query.units import KINDS, UNITS, Kind, Unit
from pilotzones.query.weights import Weights, weights
from pilotzones.text import excerpt

MAX_PLACES = 200
# the rows of a panel over HTTP and on a page; files laid out cell by cell take longer
MAX_PANEL_ROWS = 500_000
MAX_CELLWISE_ROWS = 100_000
CELLWISE = ("json", "xlsx")
MOST_LISTED = 20
_MOST_LON, _MOST_LAT = 180, 90

PLACE_PARAMETERS = ("on", "lang")
LOOKUP_PARAMETERS = ("place", "point", "on", "division_level", "lang")
MATCH_PARAMETERS = ("place", "on", "on_column", "lon", "lat", "division_level", "lang")
PANEL_PARAMETERS = (*CHOICES, "from", "to", "place", "lang")

WEIGHTS_PARAMETERS = ("unit", "kind", "k", "cutoff_km", "standardise", "place", "lang")
MOST_NEIGHBOURS, MOST_KM = 100, 10_000

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class PlaceDay:
    """The day on which one place is described, and the language."""

    on: date
    lang: str = LANGUAGES[0]

    def query(self) -> str:
        """Write it as a query string."""
        return urlencode([("on", self.on.isoformat()), ("lang", self.lang)])


@dataclass(frozen=True)
class LookupQuestion:
    """Which places, by code, name or point, and on what day.

    Parameters
    ----------
    places
        What was written for each: a code, a name, or a longitude and a latitude.
    on
        Any day up to the latest.
    division_level
        Only places of this level; ``None`` for any.
    lang
        Language of titles and notes.
    """

    places: tuple[str, ...]
    on: date
    division_level: str | None = None
    lang: str = LANGUAGES[0]

    def query(self) -> str:
        """Write it as a query string."""
        level = [("division_level", self.division_level)] if self.division_level else []
        places = [("place", place) for place in self.places]
        return urlencode([*places, ("on", self.on.isoformat()), *level, ("lang", self.lang)])


@dataclass(frozen=True)
class MatchQuestion:
    """Which columns of a reader's table hold the places and the days.

    Parameters
    ----------
    place
        Column of codes and names; empty where the rows are placed by `lon` and `lat` alone.
    on
        The day for all rows; ``None`` where `on_column` has one for each.
    on_column
        Column of days.
    lon, lat
        Columns of longitudes and latitudes (WGS 84, degrees); both or neither.
    division_level
        Only places of this level; ``None`` for any.
    lang
        Language of titles and notes.
    """

    place: str
    on: date | None = None
    on_column: str = ""
    lon: str = ""
    lat: str = ""
    division_level: str | None = None
    lang: str = LANGUAGES[0]

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are named, by parameter."""
        names = ("place", "on_column", "lon", "lat")
        return {name: value for name in names if (value := getattr(self, name))}

    def query(self) -> str:
        """Write it as a query string."""
        on = {"on": self.on.isoformat()} if self.on else {}
        level = {"division_level": self.division_level} if self.division_level else {}
        return urlencode(self.columns | on | level | {"lang": self.lang})


@dataclass(frozen=True)
class PanelQuestion:
    """What a panel is made of, its language, and the column of a reader's table with its units."""

    options: PanelOptions
    lang: str = LANGUAGES[0]
    column: str = ""

    def of(self, units: tuple[str, ...]) -> "PanelQuestion":
        """Ask the same of other units."""
        return replace(self, options=replace(self.options, adcodes=units))

    def query(self) -> str:
        """Write it as a query string."""
        options = self.options
        pairs = [(name, getattr(options, name)) for name in CHOICES]
        years = [("from", options.first), ("to", options.last)]
        places = [("place", code) for code in options.adcodes or filter(None, [self.column])]
        return urlencode([*pairs, *years, *places, ("lang", self.lang)])


@dataclass(frozen=True)
class WeightsQuestion:
    """Whose weights, of what kind, and the column of a reader's table with these units."""

    unit: Unit = "prefecture"
    adcodes: tuple[str, ...] = ()
    kind: Kind = "queen"
    k: int = 5
    cutoff_km: int = 0
    standardise: bool = False
    lang: str = LANGUAGES[0]
    column: str = ""

    def of(self, units: tuple[str, ...]) -> "WeightsQuestion":
        """Ask the same of other units."""
        return replace(self, adcodes=units)

    def query(self) -> str:
        """Write it as a query string."""
        written = asdict(self) | {"standardise": "yes" if self.standardise else ""}
        codes, column = written.pop("adcodes"), written.pop("column")
        places = [("place", code) for code in codes or filter(None, [column])]
        return urlencode([*((name, value) for name, value in written.items() if value), *places])


_OfUnits = TypeVar("_OfUnits", PanelQuestion, WeightsQuestion)
PlaceQuestion = WeightsQuestion | PlaceDay | LookupQuestion | MatchQuestion | PanelQuestion


def parse_place_day(
    pairs: Pairs, atlas: Atlas, *, today: date | None = None
) -> tuple[PlaceDay, list[Problem]]:
    """Read the day on which a place is described; by default that of the latest document."""
    reader = PlaceReader(pairs, PLACE_PARAMETERS)
    question = PlaceDay(reader.any_day(atlas, today), reader.language())
    return question, reader.problems


def parse_lookup(
    pairs: Pairs, atlas: Atlas, *, today: date | None = None
) -> tuple[LookupQuestion, list[Problem]]:
    """Read which places are looked up, in what order, and on what day.

    Without a day it is that of the latest document; a day before the first document is one like
    any other. Places come first, then points.
    """
    reader = PlaceReader(pairs, LOOKUP_PARAMETERS, MAX_PLACES + len(LOOKUP_PARAMETERS))
    places = [reader.cut("place", name) for name in reader.all("place")]
    places += [point for text in reader.all("point") if (point := reader.point("point", text))]
    if not places and not reader.problems:
        reader.report("place", "", "missing", allowed="a code, a name, or point=lon,lat")
    question = LookupQuestion(
        tuple(places), reader.any_day(atlas, today), reader.level(), reader.language()
    )
    return question, reader.problems


def parse_match(
    pairs: Pairs, atlas: Atlas, *, today: date | None = None
) -> tuple[MatchQuestion, list[Problem]]:
    """Read which columns of a reader's table hold the places and the days."""
    reader = PlaceReader(pairs, MATCH_PARAMETERS)
    column = {name: reader.one(name) for name in ("place", "on_column", "lon", "lat")}
    if not column["place"] and not (column["lon"] and column["lat"]):
        reader.report("place", "", "missing", allowed="the column of places, or lon and lat")
    for one, other in (("lon", "lat"), ("lat", "lon")):
        if column[one] and not column[other]:
            reader.report(other, "", "missing", allowed="the columns lon and lat, or neither")
    on = reader.any_day(atlas, today)
    if column["on_column"] and reader.all("on"):
        reader.report("on", on.isoformat(), "not both", allowed="on or on_column")
    question = MatchQuestion(
        **column,
        on=None if column["on_column"] else on,
        division_level=reader.level(),
        lang=reader.language(),
    )
    return question, reader.problems


def parse_panel(pairs: Pairs, atlas: Atlas) -> tuple[PanelQuestion, list[Problem]]:
    """Read what a panel is made of; places are the reader's own units, by code or name."""
    reader = PlaceReader(pairs, PANEL_PARAMETERS, MAX_PLACES + len(PANEL_PARAMETERS))
    options = replace(reader.panel_options(), adcodes=reader.units(atlas))
    return PanelQuestion(options, reader.language()), reader.problems


def parse_panel_of_a_table(pairs: Pairs, _: Atlas) -> tuple[PanelQuestion, list[Problem]]:
    """Read what a panel is made of, and which column of a reader's table holds its units."""
    reader = PlaceReader(pairs, PANEL_PARAMETERS)
    question = PanelQuestion(reader.panel_options(), reader.language(), reader.column())
    return question, reader.problems


def parse_weights(pairs: Pairs, atlas: Atlas) -> tuple[WeightsQuestion, list[Problem]]:
    """Read whose weights, and of what kind; places are the reader's own units."""
    reader = PlaceReader(pairs, WEIGHTS_PARAMETERS, MAX_PLACES + len(WEIGHTS_PARAMETERS))
    question = replace(_weights_question(reader), adcodes=reader.units(atlas))
    return question, reader.problems


def parse_weights_of_a_table(pairs: Pairs, _: Atlas) -> tuple[WeightsQuestion, list[Problem]]:
    """Read of what kind the weights are, and which column of a reader's table holds the units."""
    reader = PlaceReader(pairs, WEIGHTS_PARAMETERS)
    question = replace(_weights_question(reader), column=reader.column())
    return question, reader.problems


def _weights_question(reader: "PlaceReader") -> WeightsQuestion:
    return WeightsQuestion(
        **reader.choices({"unit": UNITS, "kind": KINDS}),
        k=reader.number("k", WeightsQuestion.k, (1, MOST_NEIGHBOURS), "out of range"),
        cutoff_km=reader.number("cutoff_km", 0, (1, MOST_KM), "not a distance"),
        standardise=reader.choice("standardise", ("no", "yes"), "unknown choice") == "yes",
        lang=reader.language(),
    )


def match_question(atlas: Atlas, question: MatchQuestion, table: pd.DataFrame) -> pd.DataFrame:
    """Match a reader's table as `match_table` does, by the columns that a question names."""
    return match_table(
        atlas,
        table,
        question.place or None,
        on=question.on,
        on_column=question.on_column or None,
        lon=question.lon or None,
        lat=question.lat or None,
        division_level=question.division_level,
    )


def make_weights(atlas: Atlas, question: WeightsQuestion) -> Weights:
    """Make the weights that are requested; an InvalidValueError if there would be too many."""
    return weights(
        atlas,
        question.unit,
        adcodes=question.adcodes,
        kind=question.kind,
        k=question.k,
        cutoff_km=question.cutoff_km or None,
        standardise=question.standardise,
    )


def own_units(atlas: Atlas, names: Iterable[str]) -> tuple[str, ...]:
    """Find the codes of a reader's units.

    InvalidValueError names those that are no place or mean several: a panel without them would be
    another than was asked for.
    """
    units, problems = find_units(atlas, names)
    refuse(problems[:MOST_LISTED])
    return units


def with_units_of(atlas: Atlas, question: _OfUnits, table: pd.DataFrame) -> _OfUnits:
    """Take the units from the column of a reader's table that a question names.

    InvalidValueError if there is no such column, or as for `own_units`.
    """
    check_columns({"place": question.column}, table)
    return question.of(own_units(atlas, table[question.column].str.strip()))


def find_units(atlas: Atlas, names: Iterable[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Find the codes of a reader's units, and those that are no place or mean several."""
    wanted = [name for name in dict.fromkeys(names) if name]
    matches = dict(zip(wanted, match_places(atlas.places, wanted), strict=True))
    problems = [_not_a_unit(name, match) for name, match in matches.items()]
    found = (match.adcode for match in matches.values() if match.adcode)
    return tuple(dict.fromkeys(found)), [problem for problem in problems if problem]


def _not_a_unit(name: str, match: Match) -> Problem | None:
    if match.adcode:
        return None
    return Problem("place", excerpt(name), match.refusal, closest=match.candidates)


class PlaceReader(ParameterReader):
    """Takes the parameters that questions about places share."""

    def any_day(self, atlas: Atlas, today: date | None) -> date:
        """Take a day, however early."""
        return self.day("on", date.min, latest_day(atlas, today)) or atlas.stops[-1].on

    def level(self) -> str | None:
        """Take the level of the places."""
        return self.choice("division_level", PLACE_LEVELS, "unknown level") or None

    def language(self) -> str:
        """Take the language of titles and notes."""
        return self.choice("lang", LANGUAGES, "unknown language") or LANGUAGES[0]

    def cut(self, name: str, value: str) -> str:
        """Take a code or a name, at most as long as a name could be."""
        if len(value) > MAX_NAME:
            self.report(name, value, "too long", allowed=str(MAX_NAME))
        return value[:MAX_NAME]

    def point(self, name: str, text: str) -> str:
        """Take a point; empty where it is none."""
        found = parse_point(text)
        if found and abs(found[0]) <= _MOST_LON and abs(found[1]) <= _MOST_LAT:
            return text
        self.report(name, text, "not a point", allowed="lon,lat in degrees, such as 116.39,39.9")
        return ""

    def column(self) -> str:
        """Take the column of a table that holds the places."""
        column = self.one("place")
        if not column:
            self.report("place", "", "missing", allowed="the column of places")
        return column

    def units(self, atlas: Atlas) -> tuple[str, ...]:
        """Take the reader's own units, by code or name."""
        units, problems = find_units(atlas, self.all("place"))
        self.problems += problems
        return units

    def choices(self, options: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Take options that are each one of a few words; those not given are left out."""
        return {
            name: value
            for name, allowed in options.items()
            if (value := self.choice(name, allowed, "unknown choice"))
        }

    def panel_options(self) -> PanelOptions:
        """Take what a panel is made of, without its units."""
        chosen = self.choices(CHOICES)
        limits = FIRST_YEAR, china_today().year
        known = len(self.problems)
        first = self.number("from", PanelOptions.first, limits, "not a year of a panel")
        last = self.number("to", PanelOptions.last, limits, "not a year of a panel")
        if first > last and len(self.problems) > known:
            # one of them was brought into range, and is reported: it says nothing of the other
            first, last = PanelOptions.first, PanelOptions.last
        elif first > last:
            self.report("from", str(first), "after the other year", instead=str(last))
        return PanelOptions(min(first, last), max(first, last), **chosen)
