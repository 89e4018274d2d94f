"""One View: everything an analyst can choose, and the query string that says the same.

The same parameters hold on every page, in the API and on the command line. A value that is not
understood is reported and left out; it never stops the rest and never passes silently. A View that
is made in Python refuses it, with the same words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Self, cast
from urllib.parse import urlencode

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE, REVOKED, days_problems
from pilotzones.errors import Problem, Reason, refuse
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.text import excerpt, fold

STATUSES = (ACTIVE, REVOKED)
MAX_SEARCH = 100
_CHINA = timezone(timedelta(hours=8))
MAX_WITHIN = 500
SHADES = ("active", "share")
MAX_VALUES = 200

# the fields of the View that filter, by the name of their parameter
DIMENSIONS = {
    "province": "provinces",
    "neighbour": "neighbours",
    "batch": "batches",
    "status": "statuses",
}
_CHOICES: dict[str, tuple[str, ...]] = {"status": STATUSES, "shade": SHADES, "lang": LANGUAGES}
_REASONS: dict[str, Reason] = {
    "province": "unknown province",
    "neighbour": "unknown border region",
    "batch": "unknown batch",
    "status": "unknown status",
    "zone": "unknown zone",
    "shade": "unknown shading",
    "lang": "unknown language",
}
# so few that a message lists them
_FEW = ("batch", *_CHOICES)
_MOST_CLOSEST = 3


@dataclass(frozen=True)
class View:
    """Everything an analyst can choose; equal Views ask the same.

    Whether the provinces, border regions, batches and the zone exist is checked when the View is
    put to an atlas.

    Parameters
    ----------
    on
        The day.
    since
        The earlier day of a comparison, not after `on`.
    provinces
        GB/T 2260 adcodes of provincial divisions, such as ``("460000",)``; empty for all, as with
        the other filters. Values of one filter are alternatives, filters narrow each other.
    neighbours
        ISO 3166-1 alpha-3 codes of land neighbours, or ``land``, ``coast``, ``inland``.
    batches
        Ordinals of batches.
    statuses
        ``active``, ``revoked``; none between two days, as a zone has a status on each.
    q
        Text to search names for, at most 100 characters.
    zone
        Identifier of the zone whose details are open.
    within
        How far from a land border the page on borders lists zones, 0 to 500 km; no filter.
    shade
        ``active`` or ``share``: what the page on provinces shades them by.
    lang
        ``en`` or ``zh``.

    Raises
    ------
    InvalidValueError
        If a value is not one of these; the message names each.

    Examples
    --------
    >>> View(date(2025, 4, 25), provinces=("460000",)).query()
    'on=2025-04-25&province=460000&lang=en'
    >>> View(date(2025, 4, 25), statuses=("pending",))
    Traceback (most recent call last):
    pilotzones.errors.InvalidValueError: status=pending: unknown status; active, revoked
    """

    on: date
    since: date | None = None
    provinces: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    batches: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    q: str = ""
    zone: str | None = None
    within: int = 100
    shade: str = SHADES[0]
    lang: str = LANGUAGES[0]

    def __post_init__(self) -> None:
        refuse(_wrong_values(self))

    @property
    def language(self) -> Language:
        """The language of names, titles and notes."""
        return Language(self.lang)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any((self.provinces, self.neighbours, self.batches, self.statuses, self.q))

    def without_filters(self) -> Self:
        """Drop every filter and keep the days, the zone and the language."""
        return replace(self, provinces=(), neighbours=(), batches=(), statuses=(), q="")

    def without(self, *filters: str) -> Self:
        """Drop some filters, by the names of their fields; ``q`` is none of them."""
        return replace(self, **cast("dict[str, Any]", dict.fromkeys(filters, ())))

    def compare(self, since: date | None) -> Self:
        """Compare with an earlier day, which drops the filter by status; ``None`` for one day."""
        return replace(self, since=since, statuses=() if since else self.statuses)

    def filters_on_the_day(self) -> Self:
        """Keep the day and the filters: they alone decide which zones are shown."""
        filters = (self.provinces, self.neighbours, self.batches, self.statuses, self.q)
        return type(self)(self.on, None, *filters)

    def filters(self) -> list[tuple[str, str]]:
        """Write the filters alone as the parameters of a query, in a fixed order."""
        pairs = [("province", adcode) for adcode in self.provinces]
        pairs += [("neighbour", code) for code in self.neighbours]
        pairs += [("batch", str(batch)) for batch in self.batches]
        pairs += [("status", status) for status in self.statuses]
        return [*pairs, ("q", self.q)] if self.q else pairs

    def pairs(self) -> list[tuple[str, str]]:
        """Write the View as the parameters of a query, in a fixed order.

        Returns
        -------
        list of tuple
            Names and values, always with the day and the language; several values repeat the name.
        """
        pairs = [("on", self.on.isoformat())]
        if self.since:
            pairs.append(("since", self.since.isoformat()))
        pairs += self.filters()
        if self.zone:
            pairs.append(("zone", self.zone))
        if self.within != View.within:
            pairs.append(("within", str(self.within)))
        if self.shade != View.shade:
            pairs.append(("shade", self.shade))
        return [*pairs, ("lang", self.lang)]

    def query(self) -> str:
        """Write the View as a query string without the question mark."""
        return urlencode(self.pairs())


PARAMETERS = (
    *("on", "since", "province", "neighbour", "batch", "status", "q", "zone"),
    *("within", "shade", "lang"),
)

# added to addresses by mail programs, search engines, social networks and WeChat
TRACKING = frozenset({"fbclid", "gclid", "msclkid", "from", "isappinstalled", "_"})
TRACKING_PREFIX = "utm_"


def is_tracking(name: str) -> bool:
    """Whether a parameter only says where a reader came from; such parameters are ignored."""
    return name in TRACKING or name.startswith(TRACKING_PREFIX)


def china_today() -> date:
    """Return the day in China (UTC+8), where the documents are published."""
    return datetime.now(_CHINA).date()


def latest_day(atlas: Atlas, today: date | None = None) -> date:
    """Return the latest day that an address may name: today, or that of the latest document."""
    return max(today or china_today(), atlas.stops[-1].on)


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
    'province=Hainan: unknown province; 460000'
    """
    reader = _Reader(pairs, atlas, today or china_today())
    on = reader.day("on") or atlas.stops[-1].on
    since = reader.day("since", earlier=timedelta(days=1))
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
        neighbours=reader.several("neighbour"),
        batches=tuple(int(batch) for batch in reader.several("batch")),
        statuses=statuses,
        q=reader.search(),
        zone=reader.zone(),
        within=reader.distance("within", View.within),
        shade=reader.one_of("shade") or View.shade,
        lang=reader.one_of("lang") or lang,
    )
    return view, reader.problems


@dataclass
class _Reader:
    """Takes the parameters one by one and keeps what it could not take."""

    pairs: Iterable[tuple[str, str]]
    atlas: Atlas
    today: date
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._values: dict[str, list[str]] = {name: [] for name in PARAMETERS}
        for count, (name, value) in enumerate(self.pairs):
            if count >= MAX_VALUES:
                self.report(name, value, "too many values", allowed=str(MAX_VALUES))
                break
            if name in self._values:
                self._values[name].append(value)
            elif not is_tracking(name):
                self.report(name, value, "unknown parameter")

    def report(self, parameter: str, value: str, reason: Reason, **hint: Any) -> None:  # noqa: ANN401 - fields of a Problem
        """Keep one problem."""
        self.problems.append(Problem(excerpt(parameter), excerpt(value), reason, **hint))

    def one(self, name: str) -> str:
        """Take a parameter that stands once; of several values the last counts."""
        values = [value for value in self._values[name] if value]
        for value in values[:-1]:
            self.report(name, value, "given twice", instead=excerpt(values[-1]))
        return values[-1] if values else ""

    def day(self, name: str, earlier: timedelta = timedelta(0)) -> date | None:
        """Take a day and bring it between the first document, or somewhat earlier, and today."""
        text = self.one(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        # Python reads other forms of ISO 8601 as well, such as 20250425
        if day is None or day.isoformat() != text:
            self.report(name, text, "not a date", allowed="YYYY-MM-DD")
            return None
        first = self.atlas.stops[0].on - earlier
        if day < first:
            self.report(name, text, "before the first document", instead=first.isoformat())
            return first
        last = latest_day(self.atlas, self.today)
        if day > last:
            self.report(name, text, "in the future", instead=last.isoformat())
            return last
        return day

    def several(self, name: str) -> tuple[str, ...]:
        """Take the values that are known, each once, in their order."""
        return tuple(self._known(name, filter(None, dict.fromkeys(self._values[name]))))

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

    def distance(self, name: str, default: int) -> int:
        """Take a number of whole kilometres and bring it into the range of the page's control."""
        text = self.one(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit()):
            self.report(name, text, "not a distance", allowed=f"0–{MAX_WITHIN}")
            return default
        digits = text.lstrip("0") or "0"
        # int() refuses thousands of them
        if len(digits) > len(str(MAX_WITHIN)) or int(digits) > MAX_WITHIN:
            self.report(name, text, "not a distance", allowed=f"0–{MAX_WITHIN}")
            return MAX_WITHIN
        return int(digits)

    def search(self) -> str:
        """Take the search text, at most as long as a name could be."""
        text = " ".join(self.one("q").split())
        if len(text) > MAX_SEARCH:
            self.report("q", text, "too long", allowed=str(MAX_SEARCH))
            return text[:MAX_SEARCH].strip()
        return text

    def zone(self) -> str | None:
        """Take the zone, by its identifier or a name that it alone has."""
        value = self.one("zone")
        named = self.atlas.register.zone_named(value)
        return next(self._known("zone", [named or value]), None) if value else None


def unknown_values(atlas: Atlas, view: View) -> Iterator[Problem]:
    """Yield what a View names that an atlas does not have."""
    values = [(name, value) for name, value in view.filters() if name in DIMENSIONS]
    for name, value in [*values, ("zone", view.zone)]:
        if value is not None and (problem := _unknown(atlas, name, value)):
            yield problem


def _unknown(atlas: Atlas, parameter: str, value: str) -> Problem | None:
    names = _names(atlas, parameter)
    if value in names:
        return None
    problem = Problem(parameter, excerpt(value), _REASONS[parameter])
    if parameter in _FEW:
        return replace(problem, allowed=", ".join(names))
    if parameter == "zone":
        return replace(problem, closest=tuple(atlas.register.closest_zone_ids(value)))
    codes = {fold(name): code for code in names for name in names[code]}
    text = fold(excerpt(value))
    close = [text] if text in codes else get_close_matches(text, codes, n=_MOST_CLOSEST, cutoff=0.7)
    return replace(problem, closest=tuple(dict.fromkeys(codes[name] for name in close)))


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
    known = register.zones.index if parameter == "zone" else _CHOICES[parameter]
    return dict.fromkeys(known, ())


def _wrong_values(view: View) -> Iterator[Problem | None]:
    """Yield what is wrong with a View, as far as no data are needed."""
    yield from days_problems(view.since, view.on)
    for parameter, dimension in DIMENSIONS.items():
        yield from _wrong_filter(parameter, dimension, getattr(view, dimension))
    if view.since and view.statuses and isinstance(view.statuses, tuple):
        status = excerpt(str(view.statuses[0]))
        yield Problem("status", status, "not between two days", allowed="statuses=()")
    yield _not_a_text("q", view.q)
    if isinstance(view.q, str) and len(view.q) > MAX_SEARCH:
        yield Problem("q", excerpt(view.q), "too long", allowed=str(MAX_SEARCH))
    yield None if view.zone is None else _not_a_text("zone", view.zone)
    if type(view.within) is not int or not 0 <= view.within <= MAX_WITHIN:
        yield Problem(
            "within", excerpt(str(view.within)), "not a distance", allowed=f"0–{MAX_WITHIN}"
        )
    yield _not_a_choice("shade", view.shade)
    yield _not_a_choice("lang", view.lang)


def _wrong_filter(parameter: str, dimension: str, values: object) -> Iterator[Problem | None]:
    if not isinstance(values, tuple):
        alone = (values,) if isinstance(values, str | int) else ("…",)
        remedy = f"{dimension}={alone!r}"
        yield Problem(parameter, excerpt(str(values)), "not a tuple", allowed=remedy)
        return
    for value in values:
        if parameter == "batch":
            yield _not_a_number(parameter, value)
        elif parameter == "status":
            yield _not_a_choice(parameter, value)
        else:
            yield _not_a_text(parameter, value)


def _not_a_text(parameter: str, value: object) -> Problem | None:
    if isinstance(value, str):
        return None
    return Problem(parameter, excerpt(str(value)), "not a text", allowed=repr(str(value)))


def _not_a_number(parameter: str, value: object) -> Problem | None:
    # a truth is an int to Python
    if type(value) is int:
        return None
    return Problem(parameter, excerpt(str(value)), "not a whole number")


def _not_a_choice(parameter: str, value: object) -> Problem | None:
    if value in _CHOICES[parameter]:
        return None
    allowed = ", ".join(_CHOICES[parameter])
    return Problem(parameter, excerpt(str(value)), _REASONS[parameter], allowed=allowed)
