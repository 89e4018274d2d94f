"""A View read from the parameters of a query.

A value that is not understood is reported and left out; it never stops the rest and never passes
silently.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.errors import Problem
from pilotzones.i18n import LANGUAGES
from pilotzones.query.reader import ParameterReader, day_out_of_range, latest_day
from pilotzones.query.versions import unknown_version
from pilotzones.query.view import (
    CHOICES,
    DIMENSIONS,
    MAX_SEARCH,
    MAX_WITHIN,
    PARAMETERS,
    REASONS,
    View,
)
from pilotzones.text import excerpt, fold

# so few that a message lists them
_FEW = ("batch", *CHOICES)
# what a message says of the others where nothing comes close
_SUCH_AS = {"province": "an adcode such as 460000", "zone": "an identifier such as hainan"}
_MOST_CLOSEST = 3


@takes_atlas
def parse_view(
    pairs: Iterable[tuple[str, str]],
    atlas: Atlas,
    *,
    today: date | None = None,
    lang: str = LANGUAGES[0],
) -> tuple[View, list[Problem]]:
    """Read a View from the parameters of a query.

    Parameters
    ----------
    pairs
        Names and values as they stand in the query, in any order.
    atlas
        The facts, which say what exists.
    today
        The latest day that the query may name; by default that of China (UTC+8).
    lang
        The language when the query names none.

    Returns
    -------
    View
        The nearest sensible View; without a day, that of the latest document.
    list of Problem
        What was left out or replaced, and why.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> view, problems = parse_view([("batch", "8"), ("province", "Hainan")], load_atlas())
    >>> view.batches
    (8,)
    >>> str(problems[0])
    'province=Hainan: unknown province; did you mean 460000?'
    """
    reader = _ViewReader(pairs, atlas)
    limits = _limits(atlas, today)
    on = reader.day("on", *limits["on"]) or atlas.stops[-1].on
    since = reader.day("since", *limits["since"])
    if since and since > on:
        reader.report("since", since.isoformat(), "after the other day", instead=on.isoformat())
        since, on = on, since
    statuses = reader.several("status")
    if since and statuses:
        reader.report("status", statuses[0], "not between two days")
        statuses = ()
    view = View(
        on=on,
        since=since,
        provinces=reader.several("province"),
        regions=reader.several("region"),
        neighbours=reader.several("neighbour"),
        batches=tuple(int(batch) for batch in reader.several("batch")),
        statuses=statuses,
        match=reader.one_of("match") or View.match,
        q=reader.search(),
        zone=reader.zone(),
        adcode=reader.place(),
        within=reader.number("within", View.within, (0, MAX_WITHIN), "not a distance"),
        shade=reader.one_of("shade") or View.shade,
        colour=reader.one_of("colour") or View.colour,
        data=reader.version(),
        lang=reader.one_of("lang") or lang,
    )
    return view, reader.problems


class _ViewReader(ParameterReader):
    """Takes the parameters of a View; the atlas says which values exist."""

    def __init__(self, pairs: Iterable[tuple[str, str]], atlas: Atlas) -> None:
        super().__init__(pairs, PARAMETERS)
        self.atlas = atlas

    def several(self, name: str) -> tuple[str, ...]:
        """Take the values that are known, each once, in their order."""
        return tuple(self._known(name, dict.fromkeys(self.all(name))))

    def one_of(self, name: str) -> str:
        """Take a parameter that stands once and is one of a few words."""
        value = self.one(name)
        return next(self._known(name, [value]), "") if value else ""

    def _known(self, name: str, values: Iterable[str]) -> Iterator[str]:
        for value in values:
            if problem := _unknown(self.atlas, name, value):
                self.problems.append(problem)
            else:
                yield value

    def search(self) -> str:
        """Take the search text, at most as long as a name could be."""
        text = " ".join(self.one("q").split())
        if len(text) > MAX_SEARCH:
            self.report("q", text, "too long", allowed=str(MAX_SEARCH))
            return text[:MAX_SEARCH].strip()
        return text

    def version(self) -> str:
        """Take the version of the data, which is that of the atlas."""
        value = self.one("data")
        return next(self._known("data", [value]), "") if value else ""

    def zone(self) -> str | None:
        """Take the zone, by its identifier or a name that it alone has."""
        value = self.one("zone")
        named = self.atlas.register.zone_named(value)
        return next(self._known("zone", [named or value]), None) if value else None

    def place(self) -> str | None:
        """Take the place, by its code or a name that it alone has."""
        value = self.one("adcode")
        named = value and _place_named(self.atlas, value)
        return next(self._known("adcode", [named]), None) if named else None


def unknown_values(atlas: Atlas, view: View) -> Iterator[Problem]:
    """Yield what a View names that an atlas does not have."""
    values = [(name, value) for name, value in view.filters() if name in DIMENSIONS]
    others = (("zone", view.zone), ("adcode", view.adcode), ("data", view.data or None))
    for name, value in [*values, *others]:
        if value is not None and (problem := _unknown(atlas, name, value)):
            yield problem


def days_out_of_range(atlas: Atlas, view: View) -> Iterator[Problem]:
    """Yield the days of a View that no address may name."""
    for name, limits in _limits(atlas).items():
        day = getattr(view, name)
        if day and (problem := day_out_of_range(name, day, *limits)):
            yield problem


def _limits(atlas: Atlas, today: date | None = None) -> dict[str, tuple[date, date]]:
    """Return the first and the last day that each parameter may name."""
    first, last = atlas.stops[0].on, latest_day(atlas, today)
    # the changes of the first document are those since its eve
    return {"on": (first, last), "since": (first - timedelta(days=1), last)}


def _place_named(atlas: Atlas, text: str) -> str:
    if text in atlas.places.rows:
        return text
    from pilotzones.atlas.matching import match_place  # noqa: PLC0415 - most Views name no place

    return match_place(atlas.places, text).adcode or text


def _unknown_place(atlas: Atlas, value: str) -> Problem | None:
    if value in atlas.places.rows:
        return None
    from pilotzones.atlas.matching import match_place  # noqa: PLC0415 - as above

    match = match_place(atlas.places, value)
    closest = tuple(filter(None, [match.adcode, *match.candidates]))
    reason = REASONS["adcode"] if match.adcode else match.refusal
    return Problem("adcode", excerpt(value), reason, closest=closest)


def _other_version(atlas: Atlas, value: str) -> Problem | None:
    if value == atlas.register.version:
        return None
    problem = Problem("data", excerpt(value), REASONS["data"], allowed=atlas.register.version)
    return unknown_version(atlas, value) or problem


def _unknown(atlas: Atlas, parameter: str, value: str) -> Problem | None:
    if parameter == "adcode":
        return _unknown_place(atlas, value)
    if parameter == "data":
        return _other_version(atlas, value)
    names = _names(atlas, parameter)
    if value in names:
        return None
    problem = Problem(parameter, excerpt(value), REASONS[parameter])
    closest = () if parameter in _FEW else _closest(atlas, parameter, value, names)
    allowed = _SUCH_AS.get(parameter) or ", ".join(names)
    if "," in value and parameter in DIMENSIONS:
        closest, allowed = (), f"{parameter} once for each value"
    return replace(problem, closest=closest, allowed="" if closest else allowed)


def _closest(
    atlas: Atlas, parameter: str, value: str, names: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    if parameter == "zone":
        return tuple(atlas.register.closest_zone_ids(value))
    codes = {fold(name): code for code in names for name in names[code]}
    text = fold(excerpt(value))
    close = [text] if text in codes else get_close_matches(text, codes, n=_MOST_CLOSEST, cutoff=0.7)
    return tuple(dict.fromkeys(codes[name] for name in close))


@lru_cache(maxsize=64)
def _names(atlas: Atlas, parameter: str) -> dict[str, tuple[str, ...]]:
    """Return the values that a parameter may have, each with what people may call it."""
    register, boundaries = atlas.register, atlas.boundaries
    if parameter == "province":
        names = register.provinces[["name_zh", "name_en", "name_pinyin"]]
        return {str(row.Index): tuple(row) for row in names.itertuples()}
    if parameter == "neighbour":
        names = boundaries.neighbours[["name_zh", "name_en"]]
        countries = {str(row.Index): tuple(row) for row in names.itertuples()}
        return {code: countries.get(code, (code,)) for code in boundaries.border_regions}
    if parameter == "batch":
        return {str(stop.batch): () for stop in atlas.stops if stop.batch}
    known = register.zones.index if parameter == "zone" else CHOICES[parameter]
    return dict.fromkeys(known, ())
