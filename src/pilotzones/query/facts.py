"""Numbers for a sentence: what was true on a day, since when and until when, with its source."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.pieces import MUNICIPALITIES
from pilotzones.atlas.places import WHOLE
from pilotzones.atlas.register import document_address
from pilotzones.atlas.timeline import ACTIVE, PENDING, REVOKED, Stop, status_on
from pilotzones.errors import Problem, refuse, whole_number
from pilotzones.i18n import Language
from pilotzones.query.reader import refuse_future
from pilotzones.text import excerpt

FACT_COLUMNS = (
    *("fact", "value", "sentence_zh", "sentence_en", "true_from", "true_until"),
    *("document_no", "url"),
)

ACTIVE_ZONES = "active"


@dataclass(frozen=True)
class _Numbers:
    """What is counted between two documents."""

    active: int
    provinces: int
    municipalities: int
    whole_provinces: tuple[str, ...]
    approved: int
    revoked: int


@takes_atlas
def facts_on(atlas: Atlas, on: date) -> pd.DataFrame:
    """Return what a sentence may say about a day.

    Parameters
    ----------
    atlas
        The facts.
    on
        The day.

    Returns
    -------
    pandas.DataFrame
        Index ``fact``: ``active`` (zones), ``provinces`` (provincial divisions with an active
        zone), ``municipalities`` (those of the four that lie wholly in zones), ``whole_provinces``
        (provincial divisions, municipalities included, of which every county-level division lies
        in an active zone), ``approved`` and ``revoked`` (zones, by that day), ``first_document``,
        ``latest_document``. Columns ``value`` (``Int64``; empty for documents), ``sentence_zh``,
        ``sentence_en``; ``true_from``, ``true_until`` (``datetime.date`` or ``None``): between
        which days the number was the same, without an end where it still is;
        ``document_no`` and ``url`` of the document that decides. Counts are the register's own.

    Raises
    ------
    InvalidValueError
        If the day is in the future.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import facts_on, load_atlas
    >>> facts_on(load_atlas(), date(2022, 2, 8)).loc["active", "sentence_en"]
    '132 pilot zones were active on 8 February 2022.'
    """
    refuse_future(atlas, on)
    rows = [*_counts(atlas, on), *_documents(atlas, on)]
    return _table(rows)


@takes_atlas
def days_with_active(atlas: Atlas, active: int) -> pd.DataFrame:
    """Return from when to when a number of zones was active.

    Parameters
    ----------
    atlas
        The facts.
    active
        The number of active zones.

    Returns
    -------
    pandas.DataFrame
        The columns of `facts_on`, one row a span; none where there were never so many.

    Raises
    ------
    InvalidValueError
        If the number is no whole number.

    Examples
    --------
    >>> from pilotzones import days_with_active, load_atlas
    >>> days_with_active(load_atlas(), 165)[["true_from", "true_until"]].to_numpy().tolist()
    [[datetime.date(2022, 11, 24), datetime.date(2025, 4, 24)]]
    """
    if whole_number(active) is None:
        refuse([Problem("active", excerpt(active), "not a whole number")])
    rows = [
        _row(
            atlas,
            ACTIVE_ZONES,
            active,
            (first, last),
            {t.code: _span_sentence(active, first, last, t) for t in _languages()},
        )
        for first, last in _spans(atlas, lambda numbers: numbers.active == active)
    ]
    return _table(rows)


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*FACT_COLUMNS], dtype="object")
    return table.astype({"value": "Int64"}).set_index("fact")


def _languages() -> tuple[Language, Language]:
    return Language("zh"), Language("en")


def _counts(atlas: Atlas, on: date) -> Iterator[dict[str, Any]]:
    numbers = _numbers_on(atlas, on)
    for name in ("active", "provinces", "municipalities", "whole_provinces", "approved", "revoked"):
        value = getattr(numbers, name)
        span = _span_around(atlas, on, name)
        sentences = {t.code: _sentence(atlas, name, numbers, on, t) for t in _languages()}
        yield _row(atlas, name, value if isinstance(value, int) else len(value), span, sentences)


def _documents(atlas: Atlas, on: date) -> Iterator[dict[str, Any]]:
    past = [stop for stop in atlas.stops if stop.on <= on]
    if past:
        first, latest = past[0], past[-1]
        texts = {t.code: _first_sentence(first, t) for t in _languages()}
        yield _row(atlas, "first_document", None, (first.on, None), texts)
        texts = {t.code: _latest_sentence(latest, on, t) for t in _languages()}
        following = next((stop.on for stop in atlas.stops if stop.on > on), None)
        yield _row(atlas, "latest_document", None, (latest.on, _day_before(following)), texts)


def _row(
    atlas: Atlas,
    fact: str,
    value: int | None,
    span: tuple[date | None, date | None],
    sentences: dict[str, str],
) -> dict[str, Any]:
    first, last = span
    document = {stop.on: stop.document_no for stop in atlas.stops}.get(first) if first else None
    return {
        "fact": fact,
        "value": value,
        "sentence_zh": sentences["zh"],
        "sentence_en": sentences["en"],
        "true_from": first,
        "true_until": last,
        "document_no": document,
        "url": document_address(atlas.register.documents.loc[document]) if document else None,
    }


@lru_cache(maxsize=64)
def _numbers_on(atlas: Atlas, on: date) -> _Numbers:
    status, provinces = status_on(atlas.register, on), atlas.register.zones["province_adcode"]
    cover = atlas.places.status_on(on, list(atlas.register.provinces.index))["status"]
    whole = tuple(str(adcode) for adcode in cover.index[cover == WHOLE])
    return _Numbers(
        active=int((status == ACTIVE).sum()),
        provinces=provinces[status == ACTIVE].nunique(),
        municipalities=len(MUNICIPALITIES.intersection(whole)),
        whole_provinces=whole,
        approved=int((status != PENDING).sum()),
        revoked=int((status == REVOKED).sum()),
    )


def _spans(atlas: Atlas, true: Callable[[_Numbers], bool]) -> list[tuple[date | None, date | None]]:
    """List the spans of days, each between two documents or more, on which something was true.

    A span without a first day reaches back beyond the first document, one without a last day holds.
    """
    days = [stop.on for stop in atlas.stops]
    starts: list[date | None] = [None, *days]
    held = [true(_numbers_on(atlas, start or days[0] - timedelta(days=1))) for start in starts]
    found: list[tuple[date | None, date | None]] = []
    for place, holds in enumerate(held):
        if holds and not (place and held[place - 1]):
            ends = (starts[one] for one in range(place, len(starts)) if not held[one])
            found.append((starts[place], _day_before(next(ends, None))))
    return found


def _span_around(atlas: Atlas, on: date, name: str) -> tuple[date | None, date | None]:
    value = getattr(_numbers_on(atlas, on), name)
    spans = _spans(atlas, lambda numbers: getattr(numbers, name) == value)
    return next(
        (first, last) for first, last in spans if (first or date.min) <= on <= (last or date.max)
    )


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _sentence(atlas: Atlas, name: str, numbers: _Numbers, on: date, t: Language) -> str:
    value = getattr(numbers, name)
    count = value if isinstance(value, int) else len(value)
    text = {
        "active": t.ngettext(
            "%(n)s pilot zone was active on %(day)s.",
            "%(n)s pilot zones were active on %(day)s.",
            count,
        ),
        "provinces": t.ngettext(
            "%(n)s of %(of)s provincial divisions had an active pilot zone on %(day)s.",
            "%(n)s of %(of)s provincial divisions had active pilot zones on %(day)s.",
            count,
        ),
        "municipalities": t.ngettext(
            "%(n)s of the %(four)s municipalities was wholly a pilot zone on %(day)s.",
            "%(n)s of the %(four)s municipalities were wholly pilot zones on %(day)s.",
            count,
        ),
        "whole_provinces": t.ngettext(
            "%(n)s provincial division lay wholly in pilot zones on %(day)s%(names)s.",
            "%(n)s provincial divisions lay wholly in pilot zones on %(day)s%(names)s.",
            count,
        ),
        "approved": t.ngettext(
            "%(n)s pilot zone had been approved by %(day)s.",
            "%(n)s pilot zones had been approved by %(day)s.",
            count,
        ),
        "revoked": t.ngettext(
            "%(n)s pilot zone had been revoked by %(day)s.",
            "%(n)s pilot zones had been revoked by %(day)s.",
            count,
        ),
    }[name]
    provinces = atlas.register.provinces
    names = [t.name(provinces.loc[adcode]) for adcode in numbers.whole_provinces]
    return text % {
        "n": count,
        "day": t.day(on),
        "of": len(provinces),
        "four": len(MUNICIPALITIES),
        "names": t.brackets(t.names(names)) if names else "",
    }


def _first_sentence(stop: Stop, t: Language) -> str:
    text = t._("The first document, %(number)s, was published on %(day)s.")
    return text % {"number": stop.document_no, "day": t.day(stop.on)}


def _latest_sentence(stop: Stop, on: date, t: Language) -> str:
    text = t._(
        "The latest document on %(on)s was %(number)s, published on %(day)s: zones approved "
        "%(approved)s, revoked %(revoked)s."
    )
    return text % {
        "on": t.day(on),
        "number": stop.document_no,
        "day": t.day(stop.on),
        "approved": len(stop.approved),
        "revoked": len(stop.revoked),
    }


def _span_sentence(active: int, first: date | None, last: date | None, t: Language) -> str:
    text = t._("Until %(last)s the number of active pilot zones was %(n)s.")
    if first:
        text = t._("From %(first)s to %(last)s the number of active pilot zones was %(n)s.")
    if not last:
        text = t._("Since %(first)s the number of active pilot zones has been %(n)s.")
    return text % {
        "n": active,
        "first": t.day(first) if first else "",
        "last": t.day(last) if last else "",
    }
