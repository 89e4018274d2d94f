"""Which measures hold for exporters and importers in a zone or a place on a day.

Measures are what zone status and the national rules bring: exemptions, assessed taxes, the import
pilot, customs codes. (What is measured on boundaries is in :mod:`pilotzones.pipeline.measures`.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MINYEAR, date
from typing import Any

import pandas as pd

from pilotzones.atlas import Atlas, takes_atlas
from pilotzones.atlas.places import PART, UNKNOWN
from pilotzones.atlas.timeline import ACTIVE, status_on
from pilotzones.errors import Problem, UnknownPlaceError, not_a_text, refuse
from pilotzones.i18n import LANGUAGES, Language
from pilotzones.parameters import ROLES
from pilotzones.query.lookup import place_on
from pilotzones.query.reader import refuse_future
from pilotzones.text import excerpt

BOTH = "both"

IN_FORCE = "in force"
IN_PART = "in part"
NOT_VERIFIED = "not verified"

ZONE = "zone"
_LISTED = "listed"
_GUIDANCE = "guidance"
_YEAR = re.compile(r"(?:19|20)\d\d")

MEASURE_COLUMNS = (
    *("measure_id", "kind", "role", "applies_to", "standing", "doubts_zh", "doubts_en"),
    *("document_no", "title_zh", "title_en", "issued_on", "in_force_on", "ended_on"),
    *("summary_zh", "summary_en", "conditions_zh", "conditions_en", "notes_zh", "notes_en"),
    *("url", "confidence", "checked_on"),
)
_DAYS = ("issued_on", "in_force_on", "ended_on", "checked_on")


@dataclass(frozen=True)
class _Where:
    """The active zones that count, and what limits them.

    Parameters
    ----------
    zones
        The active zones in which measures for zones hold.
    cover
        How zones cover the place; empty where no place was given.
    """

    zones: frozenset[str]
    cover: str = ""


@takes_atlas
def measures_in_force(
    atlas: Atlas,
    on: date,
    *,
    zone: str | None = None,
    place: str | None = None,
    role: str | None = None,
) -> pd.DataFrame:
    """Return the measures that hold on a day, in a zone or in a place.

    Information, not tax advice: each measure has conditions, and what the register could not verify
    is said in ``doubts_en`` and ``doubts_zh``.

    Parameters
    ----------
    atlas
        The facts.
    on
        The day.
    zone
        Identifier of a zone. On a day on which it is not active the measures for zones are left
        out, and those for the whole country stay.
    place
        GB/T 2260 code of a division, in place of a zone.
    role
        ``"exporter"`` or ``"importer"``; by default both.

    Returns
    -------
    pandas.DataFrame
        One row a measure, those for zones first; index ``measure_id``; ``kind``, ``role``,
        ``applies_to``; ``standing`` (``in force``; ``in part`` where zones cover a part of the
        place; ``not verified`` where the register leaves open whether it holds); ``doubts_zh``,
        ``doubts_en``, ``document_no``; ``title_zh`` (empty where the title as issued was not
        verified), ``title_en``; ``issued_on``, ``in_force_on``, ``ended_on`` (``datetime.date`` or
        ``None``); ``summary_zh``, ``summary_en``, ``conditions_zh``, ``conditions_en``,
        ``notes_zh``, ``notes_en``, ``url``, ``confidence``, ``checked_on``. Source:
        ``register/measures.csv``.

    Raises
    ------
    InvalidValueError
        If the day is in the future, both a zone and a place are given, or there is no such role.
    UnknownZoneError
        If there is no such zone.
    UnknownPlaceError
        If no division has the code.

    Examples
    --------
    >>> from datetime import date
    >>> from pilotzones import load_atlas, measures_in_force
    >>> atlas = load_atlas()
    >>> "retail-export-tax" in [*measures_in_force(atlas, date(2018, 9, 30), zone="xiamen").index]
    False
    >>> measures_in_force(atlas, date(2018, 10, 1), zone="xiamen")["standing"]["retail-export-tax"]
    'in force'
    """
    _check(atlas, on, zone, place, role)
    where = _where(atlas, on, zone, place)
    rows = [
        _row(measure, on, where)
        for measure in atlas.register.measures.reset_index().to_dict("records")
        if role is None or measure["role"] in {role, BOTH}
        if _applies(atlas, measure, on, where)
    ]
    rows.sort(key=lambda row: row["applies_to"] != ZONE)
    table = pd.DataFrame(rows, columns=[*MEASURE_COLUMNS], dtype="object")
    return table.set_index("measure_id")


def _row(measure: dict[str, Any], on: date, where: _Where) -> dict[str, Any]:
    doubts = {
        code: Language(code).semicolons(_doubts(measure, on, where, Language(code)))
        for code in LANGUAGES
    }
    return {
        **measure,
        **{name: None if pd.isna(measure[name]) else measure[name].date() for name in _DAYS},
        **{f"doubts_{code}": text for code, text in doubts.items()},
        "standing": _standing(doubts[LANGUAGES[0]], measure, where),
    }


def _check(atlas: Atlas, on: date, zone: str | None, place: str | None, role: str | None) -> None:
    refuse_future(atlas, on)
    texts = {"zone": zone, "adcode": place, "role": role}
    refuse(not_a_text(name, value) for name, value in texts.items() if value is not None)
    if zone is not None:
        atlas.register.zone(zone)
    if place is not None and place not in atlas.places.rows:
        raise UnknownPlaceError(excerpt(place))
    refuse(
        [
            Problem("adcode", excerpt(place), "not both", allowed="zone or adcode")
            if zone is not None and place is not None
            else None,
            Problem("role", excerpt(role), "unknown choice", allowed=", ".join(ROLES))
            if role is not None and role not in ROLES
            else None,
        ]
    )


def _where(atlas: Atlas, on: date, zone: str | None, place: str | None) -> _Where:
    if place is not None:
        answer = place_on(atlas, place, on)
        return _Where(frozenset(answer.zone_ids), answer.status)
    status = status_on(atlas.register, on)
    active = frozenset(str(one) for one in status.index[status == ACTIVE])
    return _Where(active if zone is None else active & {zone})


def _applies(atlas: Atlas, measure: dict[str, Any], on: date, where: _Where) -> bool:
    """Whether a measure holds, or may hold, on the day."""
    day = pd.Timestamp(on)
    if day < _first_day(measure) or measure["ended_on"] < day:
        return False
    return measure["applies_to"] != ZONE or _in_a_zone(atlas, measure, where)


def _in_a_zone(atlas: Atlas, measure: dict[str, Any], where: _Where) -> bool:
    if where.cover == UNKNOWN:
        return True
    if measure["document_no"] not in atlas.register.documents.index:
        return bool(where.zones)
    # a reply speaks of the zones that it approves
    approved_by = atlas.register.histories["approved_by"]
    return any(approved_by[zone] == measure["document_no"] for zone in where.zones)


def _first_day(measure: dict[str, Any]) -> pd.Timestamp:
    """Return the first day on which a measure may hold."""
    known = [measure[name] for name in ("in_force_on", "issued_on") if pd.notna(measure[name])]
    return known[0] if known else pd.Timestamp(_year(measure), 1, 1)


def _year(measure: dict[str, Any]) -> int:
    """Return the year in the number of a document, before which it was not issued."""
    found = _YEAR.search(measure["document_no"])
    return int(found[0]) if found else MINYEAR


def _standing(doubts: str, measure: dict[str, Any], where: _Where) -> str:
    if doubts:
        return NOT_VERIFIED
    return IN_PART if measure["applies_to"] == ZONE and where.cover == PART else IN_FORCE


def _doubts(measure: dict[str, Any], on: date, where: _Where, t: Language) -> Iterator[str]:
    """Say what keeps a measure from being sure to hold on the day."""
    if measure["applies_to"] == ZONE and where.cover == UNKNOWN:
        yield t._("whether the place lies in a zone is not known")
    if measure["applies_to"].startswith(_LISTED):
        yield t._("it holds where a list says so, which the register does not have")
    if pd.isna(measure["in_force_on"]) and pd.isna(measure["issued_on"]):
        yield t._("its days were not verified; it is shown from the year of its number on")
    elif pd.isna(measure["in_force_on"]) and measure["kind"] != _GUIDANCE:
        yield t._("the day in force was not verified; it is shown from the day of issue on")
    if measure["doubt_from"] <= pd.Timestamp(on):
        yield str(measure[f"doubt_{t.code}"])
