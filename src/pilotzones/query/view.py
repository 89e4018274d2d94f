"""One View: everything an analyst can choose, and the query string that says the same.

The same parameters hold on every page, in the API and on the command line. A value that is not
understood is told and left out; it never stops the rest and never passes silently.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Self, cast
from urllib.parse import urlencode

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE, REVOKED
from pilotzones.errors import Problem, Reason
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.text import MAX_TOLD, excerpt

STATUSES = (ACTIVE, REVOKED)
MAX_SEARCH = 100
_CHINA = timezone(timedelta(hours=8))
MAX_WITHIN = 500
SHADES = ("active", "share")
MAX_VALUES = 200


@dataclass(frozen=True)
class View:
    """Everything an analyst can choose.

    Parameters
    ----------
    on
        The day.
    since
        The earlier day of a comparison.
    provinces
        Adcodes of provincial divisions; empty for all, as with the other filters.
    neighbours
        ISO 3166-1 alpha-3 codes of land neighbours, or ``land``, ``coast``, ``inland``.
    batches
        Ordinals of batches.
    statuses
        ``active``, ``revoked``; none between two days, as a zone has a status on each.
    q
        Text to search names for.
    zone
        Identifier of the zone whose details are open.
    within
        How far from a land border the page on borders lists zones (km); no filter.
    shade
        ``active`` or ``share``: what the page on provinces shades them by.
    lang
        ``en`` or ``zh``.
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
        if self.since and self.statuses:
            message = (
                "a View of two days has no filter by status, as a zone has a status on each; "
                "use View.compare(since)"
            )
            raise ValueError(message)

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
        """Write the View as the parameters of a query, the day and the language always said.

        Returns
        -------
        list of tuple
            Names and values in a fixed order; several values repeat the name.
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
    """Tell the day in China, where the documents are published.

    Returns
    -------
    datetime.date
        That of China Standard Time (UTC+8), wherever the machine stands.
    """
    return datetime.now(_CHINA).date()


def latest_day(atlas: Atlas, today: date | None = None) -> date:
    """Tell the latest day that can be asked for: today, or that of the latest document."""
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
        The latest day that can be asked for; by default `china_today`.
    lang
        The language when the query names none.

    Returns
    -------
    View
        The nearest sensible view; without a day, that of the latest document.
    list of Problem
        What was left out or replaced, and why.
    """
    reader = _Reader(pairs, atlas, today or china_today())
    on = reader.day("on") or atlas.stops[-1].on
    since = reader.day("since", earlier=timedelta(days=1))
    if since and since > on:
        reader.report("since", since.isoformat(), "after the other day", instead=on.isoformat())
        since, on = on, since
    statuses = reader.several("status", STATUSES, "unknown status")
    if since and statuses:
        reader.report("status", statuses[0], "not between two days")
        statuses = ()
    register, regions = atlas.register, atlas.boundaries.border_regions
    batches = {str(stop.batch) for stop in atlas.stops if stop.batch}
    view = View(
        on=on,
        since=since,
        provinces=reader.several("province", register.provinces.index, "unknown province"),
        neighbours=reader.several("neighbour", regions, "unknown border region"),
        batches=tuple(int(b) for b in reader.several("batch", batches, "unknown batch")),
        statuses=statuses,
        q=reader.search(),
        zone=reader.zone(),
        within=reader.distance("within", View.within),
        shade=reader.one_of("shade", SHADES, "unknown shading") or View.shade,
        lang=reader.one_of("lang", LANGUAGES, "unknown language") or lang,
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

    def several(self, name: str, known: Iterable[str], reason: Reason) -> tuple[str, ...]:
        """Take the values that are known, each once, in their order."""
        allowed = set(known)
        return tuple(self._known(name, allowed, reason))

    def _known(self, name: str, allowed: set[str], reason: Reason) -> Iterator[str]:
        for value in dict.fromkeys(self._values[name]):
            if value in allowed:
                yield value
            elif value:
                self.report(name, value, reason)

    def one_of(self, name: str, known: Iterable[str], reason: Reason) -> str:
        """Take a parameter that stands once and is one of a few words."""
        value = self.one(name)
        if value and value not in known:
            self.report(name, value, reason)
            return ""
        return value

    def distance(self, name: str, default: int) -> int:
        """Take a number of whole kilometres and bring it into the range of the page's control."""
        text = self.one(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit()):
            self.report(name, text, "not a distance", allowed=f"0–{MAX_WITHIN}")
            return default
        # a number of many digits is too far without being read
        kilometres = int(text[:MAX_TOLD])
        if kilometres > MAX_WITHIN:
            self.report(name, text, "not a distance", allowed=f"0–{MAX_WITHIN}")
            return MAX_WITHIN
        return kilometres

    def search(self) -> str:
        """Take the search text, at most as long as a name could be."""
        text = " ".join(self.one("q").split())
        if len(text) > MAX_SEARCH:
            self.report("q", text, "too long", allowed=str(MAX_SEARCH))
            return text[:MAX_SEARCH].strip()
        return text

    def zone(self) -> str | None:
        """Take the zone, or name the closest ones."""
        value = self.one("zone")
        register = self.atlas.register
        if value and value not in register.zones.index:
            if named := register.zone_named(value):
                return named
            closest = register.closest_zone_ids(value)
            self.report("zone", value, "unknown zone", closest=tuple(closest))
            return None
        return value or None
