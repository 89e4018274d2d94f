"""The answer for a place on a day, as sentences that a report can quote."""

from datetime import date

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.pieces import MUNICIPALITIES
from pilotzones.atlas.places import NONE, PART, UNKNOWN, WHOLE
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.lookup import PlaceAnswer, place_on

# of more zones, a number
_MOST_NAMED = 3


def place_sentence(atlas: Atlas, adcode: str, on: date, t: Language) -> str:
    """Say whether a place lies in a zone on a day, since when, and what came next.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> print(place_sentence(load_atlas(), "140400", date(2025, 4, 25), Language("en")))
    Changzhi lies in no pilot zone on 25 April 2025.
    """
    return t.sentences(_of_place(atlas, adcode, on, t))


def _of_place(atlas: Atlas, adcode: str, on: date, t: Language) -> list[str]:
    answer = place_on(atlas, adcode, on)
    # until another document, what the latest one made holds on
    holds = on >= atlas.stops[-1].on
    sentences = [_status(atlas, answer, t, holds=holds)]
    if answer.since and answer.status in {WHOLE, PART}:
        sentences.append(_since(atlas, answer, t))
    if answer.next:
        sentences.append(_became(atlas, answer, place_on(atlas, adcode, answer.next), t))
    return sentences


def zone_sentence(atlas: Atlas, zone: str, on: date, t: Language) -> str:
    """Say whether a zone is active on a day, and by which documents it was approved or revoked.

    Examples
    --------
    >>> from pilotzones import load_atlas
    >>> sentence = zone_sentence(load_atlas(), "foshan", date(2016, 1, 15), Language("en"))
    >>> print(sentence.partition(" (")[0])
    Foshan was not yet a pilot zone on 15 January 2016. It was approved on 24 December 2019
    """
    return t.sentences(_of_zone(atlas, zone, on, t))


def record_name(answer: Answer, page: str) -> str:
    """Name the zone or the place whose record is open on a page; empty where none is."""
    atlas, view, t = answer.atlas, answer.view, answer.language
    if page == "place" and view.adcode:
        return place_name(atlas, view.adcode, t)
    if page == "zone" and view.zone:
        return t.name(atlas.register.zones.loc[view.zone])
    return ""


def record_sentences(answer: Answer, page: str) -> list[str]:
    """Answer for the zone or the place whose record is open on a page; empty where none is."""
    atlas, view, t = answer.atlas, answer.view, answer.language
    if page == "place" and view.adcode:
        return _of_place(atlas, view.adcode, view.on, t)
    if page == "zone" and view.zone:
        return _of_zone(atlas, view.zone, view.on, t)
    return []


def _of_zone(atlas: Atlas, zone: str, on: date, t: Language) -> list[str]:
    row = atlas.register.zone(zone)
    approved, revoked = row["approved_on"].date(), row["revoked_on"]
    # until another document, what the latest one made holds on
    holds = on >= atlas.stops[-1].on
    if on < approved:
        message = t._("%(zone)s was not yet a pilot zone on %(day)s.")
    elif pd.isna(revoked) or on < revoked.date():
        message = t._("%(zone)s was an active pilot zone on %(day)s.")
        if holds:
            message = t._("%(zone)s is an active pilot zone on %(day)s.")
    else:
        message = t._("%(zone)s was no longer a pilot zone on %(day)s.")
        if holds:
            message = t._("%(zone)s is no longer a pilot zone on %(day)s.")
    sentences = [message % {"zone": t.name(row), "day": t.day(on)}]
    batches = [t.batches([int(row["batch"])])] if row["batch"] > 0 else []
    message = t._("It was approved on %(day)s (%(documents)s).")
    documents = t.commas([*batches, row["approved_by"]])
    sentences.append(message % {"day": t.day(approved), "documents": documents})
    if not pd.isna(revoked):
        message = t._("It was revoked on %(day)s (%(document)s).")
        sentences.append(message % {"day": t.day(revoked), "document": row["revoked_by"]})
    return sentences


def _status(atlas: Atlas, answer: PlaceAnswer, t: Language, *, holds: bool) -> str:
    message = {
        "self": (
            t._("%(place)s is a pilot zone on %(day)s."),
            t._("%(place)s was a pilot zone on %(day)s."),
        ),
        WHOLE: (
            t._("%(place)s lies in %(zones)s on %(day)s."),
            t._("%(place)s lay in %(zones)s on %(day)s."),
        ),
        PART: (
            t._("Part of %(place)s, %(share)s of its area, lies in a pilot zone on %(day)s."),
            t._("Part of %(place)s, %(share)s of its area, lay in a pilot zone on %(day)s."),
        ),
        NONE: (
            t._("%(place)s lies in no pilot zone on %(day)s."),
            t._("%(place)s lay in no pilot zone on %(day)s."),
        ),
        UNKNOWN: (
            t._("Whether %(place)s lies in a pilot zone on %(day)s is not known."),
            t._("Whether %(place)s lay in a pilot zone on %(day)s is not known."),
        ),
    }[_kind(atlas, answer)][0 if holds else 1]
    return message % {
        "place": place_name(atlas, answer.adcode, t),
        "day": t.day(answer.on),
        "zones": _zones(atlas, answer, t),
        "share": t.percent(answer.share_area or 0),
    }


def _since(atlas: Atlas, answer: PlaceAnswer, t: Language) -> str:
    first = place_on(atlas, answer.adcode, answer.since or answer.on)
    message = t._("It has been in one, wholly or partly, since %(day)s (%(documents)s).")
    if (answer.status, answer.zone_ids) == (first.status, first.zone_ids):
        message = t._("That has been so since %(day)s (%(documents)s).")
    return message % {"day": t.day(first.on), "documents": _documents(first, t)}


def _became(atlas: Atlas, before: PlaceAnswer, answer: PlaceAnswer, t: Language) -> str:
    kind, covered = _kind(atlas, answer), before.status in {WHOLE, PART}
    if kind in {NONE, UNKNOWN}:
        message = {
            NONE: t._("From %(day)s on it lay in none."),
            UNKNOWN: t._("From %(day)s on that is not known."),
        }[kind]
        return message % {"day": t.day(answer.on)}
    if kind == PART:
        message = t._("Part of it came into a pilot zone on %(day)s (%(documents)s).")
        if covered:
            message = t._("From %(day)s on it was %(share)s of its area (%(documents)s).")
    elif before.status == WHOLE:
        message = t._("From %(day)s on it lay in %(zones)s (%(documents)s).")
    elif kind == "self":
        message = t._("It became a pilot zone on %(day)s (%(documents)s).")
    else:
        message = t._("It became part of %(zones)s on %(day)s (%(documents)s).")
    return message % {
        "day": t.day(answer.on),
        "zones": _zones(atlas, answer, t),
        "documents": _documents(answer, t),
        "share": t.percent(answer.share_area or 0),
    }


def _kind(atlas: Atlas, answer: PlaceAnswer) -> str:
    """Return the status, or ``self`` for a place that is a zone of its own."""
    adcodes = atlas.register.zones["adcodes"]
    own = any(adcodes[zone] == answer.adcode for zone in answer.zone_ids)
    return "self" if own else answer.status


def _zones(atlas: Atlas, answer: PlaceAnswer, t: Language) -> str:
    count = len(answer.zone_ids)
    if count > _MOST_NAMED:
        return t._("%(count)s pilot zones") % {"count": count}
    names = [t.name(atlas.register.zones.loc[zone]) for zone in answer.zone_ids]
    text = t.ngettext("the pilot zone %(names)s", "the pilot zones %(names)s", count)
    return text % {"names": t.names(names)}


def _documents(answer: PlaceAnswer, t: Language) -> str:
    # of a province that is covered bit by bit the latest alone
    batch, number = answer.batches[-1], answer.document_nos[-1]
    return t.commas([t.batches([batch]), number])


def whole_place_name(atlas: Atlas, adcode: str, t: Language) -> str:
    """Name a place with its province: two cities may share a name as well."""
    name, province = place_name(atlas, adcode, t), f"{adcode[:2]}0000"
    # a municipality is named with its districts already
    if adcode == province or province in MUNICIPALITIES:
        return name
    return t.within(name, t.name(atlas.places.rows[province]))


def place_name(atlas: Atlas, adcode: str, t: Language) -> str:
    """Name a place, a county with what it lies in: several may share its name."""
    places = atlas.places.rows
    row = places[adcode]
    larger = [row["prefecture_adcode"] or row["province_adcode"]]
    if row["level"] != "county" or larger == [adcode]:
        return t.name(row)
    return t.within(t.name(row), t.name(places[larger[0]]))
