"""One View: everything an analyst can choose, and the query string that says the same.

The same parameters hold on every page, in the API and on the command line; :mod:`.parsing` reads
them. A View that is made in Python refuses what they refuse, with the same words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self, cast
from urllib.parse import urlencode

from pilotzones.atlas.timeline import ACTIVE, REVOKED, days_problems
from pilotzones.errors import Problem, Reason, not_a_text, refuse, whole_number
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.parameters import COLOURINGS, MATCHES, REGIONS
from pilotzones.text import excerpt

STATUSES = (ACTIVE, REVOKED)
MAX_SEARCH = 100
MAX_WITHIN = 500
SHADES = ("active", "share", "cities")

# the fields of the View that filter, by the name of their parameter
DIMENSIONS = {
    "province": "provinces",
    "region": "regions",
    "neighbour": "neighbours",
    "batch": "batches",
    "status": "statuses",
}
# those of which one is enough where any is to match; a status and a name always narrow
ALTERNATIVES = ("provinces", "regions", "neighbours", "batches")
CHOICES: dict[str, tuple[str, ...]] = {
    "region": REGIONS,
    "status": STATUSES,
    "match": MATCHES,
    "shade": SHADES,
    "colour": COLOURINGS,
    "lang": LANGUAGES,
}
REASONS: dict[str, Reason] = {
    "province": "unknown province",
    "region": "unknown region",
    "neighbour": "unknown border region",
    "batch": "unknown batch",
    "status": "unknown status",
    "match": "unknown match",
    "zone": "unknown zone",
    "adcode": "unknown place",
    "shade": "unknown shading",
    "colour": "unknown colouring",
    "lang": "unknown language",
    "data": "unknown version",
}


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
        the other filters. Values of one filter are alternatives; `match` says how filters combine.
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
    adcode
        Code of the place whose record is open.
    within
        How far from a land border the page on borders lists zones, 0 to 500 km; no filter.
    shade
        ``active`` (zones), ``share`` (of the area) or ``cities`` (share of the prefecture-level
        divisions): what the page on provinces shades them by.
    lang
        ``en`` or ``zh``.
    regions
        The four economic regions of the National Bureau of Statistics: ``east``, ``central``,
        ``west``, ``northeast``.
    match
        ``all``: a zone passes if it passes every filter. ``any``: it passes if it passes at least
        one kind of filter among `provinces`, `regions`, `neighbours` and `batches` of those that
        are set; `statuses` and `q` must hold as well.
    colour
        ``batch``: a map of one day colours the zones by batch. ``new``: those that the document in
        force approved in one colour, all earlier ones in another.
    data
        The version of the data, such as ``1.0.0``, which is that of the atlas to which the View is
        put; empty for the present one.

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
    adcode: str | None = None
    within: int = 100
    shade: str = SHADES[0]
    lang: str = LANGUAGES[0]
    regions: tuple[str, ...] = ()
    match: str = MATCHES[0]
    colour: str = COLOURINGS[0]
    data: str = ""

    def __post_init__(self) -> None:
        refuse(_wrong_values(self))
        # the numbers of a pandas table are no int
        object.__setattr__(self, "batches", tuple(map(int, self.batches)))
        object.__setattr__(self, "within", int(self.within))

    @property
    def language(self) -> Language:
        """The language of names, titles and notes."""
        return Language(self.lang)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any((*(getattr(self, name) for name in DIMENSIONS.values()), self.q))

    @property
    def widens(self) -> bool:
        """Whether one kind of filter is enough: `match` is ``any`` and several kinds are set."""
        return self.match == "any" and sum(bool(getattr(self, name)) for name in ALTERNATIVES) > 1

    def without_filters(self) -> Self:
        """Drop every filter and keep the days, the zone and the language."""
        return replace(self.without(*DIMENSIONS.values()), q="", match=View.match)

    def without(self, *filters: str) -> Self:
        """Drop some filters, by the names of their fields; ``q`` is none of them."""
        return replace(self, **cast("dict[str, Any]", dict.fromkeys(filters, ())))

    def compare(self, since: date | None) -> Self:
        """Compare with an earlier day, which drops the filter by status; ``None`` for one day."""
        return replace(self, since=since, statuses=() if since else self.statuses)

    def filters_on_the_day(self) -> Self:
        """Keep the day and the filters: they alone decide which zones are shown."""
        filters = {name: getattr(self, name) for name in DIMENSIONS.values()}
        return type(self)(self.on, **filters, match=self.match, q=self.q)

    def filters(self) -> list[tuple[str, str]]:
        """Write the filters alone as the parameters of a query, in a fixed order."""
        pairs = [
            (parameter, str(value))
            for parameter, name in DIMENSIONS.items()
            for value in getattr(self, name)
        ]
        if self.match != View.match:
            pairs.append(("match", self.match))
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
        for name in ("zone", "adcode", "within", "shade", "colour", "data"):
            if (value := getattr(self, name)) not in {None, "", getattr(View, name)}:
                pairs.append((name, str(value)))
        return [*pairs, ("lang", self.lang)]

    def query(self) -> str:
        """Write the View as a query string without the question mark."""
        return urlencode(self.pairs())


PARAMETERS = (
    *("on", "since", "province", "region", "neighbour", "batch", "status", "match", "q", "zone"),
    "adcode",
    *("within", "shade", "colour", "data", "lang"),
)


def _wrong_values(view: View) -> Iterator[Problem | None]:
    """Yield what is wrong with a View, as far as no data are needed."""
    yield from days_problems(view.since, view.on)
    for parameter, dimension in DIMENSIONS.items():
        yield from _wrong_filter(parameter, dimension, getattr(view, dimension))
    if view.since and view.statuses and isinstance(view.statuses, tuple):
        status = excerpt(str(view.statuses[0]))
        yield Problem("status", status, "not between two days", allowed="statuses=()")
    yield not_a_text("q", view.q)
    yield not_a_text("data", view.data)
    if isinstance(view.q, str) and len(view.q) > MAX_SEARCH:
        yield Problem("q", excerpt(view.q), "too long", allowed=str(MAX_SEARCH))
    yield None if view.zone is None else not_a_text("zone", view.zone)
    yield None if view.adcode is None else not_a_text("adcode", view.adcode)
    if whole_number(view.within) is None or not 0 <= view.within <= MAX_WITHIN:
        yield Problem(
            "within", excerpt(str(view.within)), "not a distance", allowed=f"0–{MAX_WITHIN}"
        )
    for parameter in ("match", "shade", "colour", "lang"):
        yield _not_a_choice(parameter, getattr(view, parameter))


def _wrong_filter(parameter: str, dimension: str, values: object) -> Iterator[Problem | None]:
    if not isinstance(values, tuple):
        alone: tuple[object, ...] = ("…",)
        if isinstance(values, str | int):
            alone = (values,)
        elif isinstance(values, list | set):
            alone = tuple(values)
        remedy = excerpt(f"{dimension}={alone!r}")
        yield Problem(parameter, excerpt(str(values)), "not a tuple", allowed=remedy)
        return
    for value in values:
        if parameter == "batch":
            yield _not_a_number(parameter, value)
        elif parameter in CHOICES:
            yield _not_a_choice(parameter, value)
        else:
            yield not_a_text(parameter, value)


def _not_a_number(parameter: str, value: object) -> Problem | None:
    if whole_number(value) is not None:
        return None
    return Problem(parameter, excerpt(str(value)), "not a whole number")


def _not_a_choice(parameter: str, value: object) -> Problem | None:
    if value in CHOICES[parameter]:
        return None
    allowed = ", ".join(CHOICES[parameter])
    return Problem(parameter, excerpt(str(value)), REASONS[parameter], allowed=allowed)
