"""The measures that hold in a zone or a place on a day, for a template to show."""

from typing import Any

from pilotzones.atlas.timeline import ACTIVE, status_on
from pilotzones.credits import not_tax_advice
from pilotzones.i18n import Language
from pilotzones.query.answer import Answer
from pilotzones.query.policy import BOTH, IN_PART, ZONE, measures_in_force


def measures_shown(
    answer: Answer, *, zone: str | None = None, place: str | None = None, whole: bool = True
) -> dict[str, Any]:
    """Describe the measures on the day of a View, those for zones apart from the others.

    The others are left out where the `whole` is too much.
    """
    on, t = answer.view.on, answer.language
    table = measures_in_force(answer.atlas, on, zone=zone, place=place)
    rows = table.to_dict("records")
    return {
        "day": t.day(on),
        "of_zones": [_shown(row, t) for row in rows if row["applies_to"] == ZONE],
        "of_others": [_shown(row, t) for row in rows if whole and row["applies_to"] != ZONE],
        "missing": answer.atlas.register.measures.empty,
        "caution": not_tax_advice(t),
    }


def measures_by_zone(answer: Answer) -> dict[str, dict[str, Any]]:
    """Describe, for every zone, the measures for zones that hold there on the day of a View."""
    atlas, on = answer.atlas, answer.view.on
    active = status_on(atlas.register, on) == ACTIVE
    approved_by = atlas.register.histories["approved_by"]
    # what holds follows from the reply that approved a zone, and from its being active
    known: dict[tuple[bool, str], dict[str, Any]] = {}
    found = {}
    for zone in map(str, atlas.register.zones.index):
        kind = (bool(active[zone]), str(approved_by[zone]))
        if kind not in known:
            known[kind] = measures_shown(answer, zone=zone, whole=False)
        found[zone] = known[kind]
    return found


def _shown(row: dict[str, Any], t: Language) -> dict[str, str]:
    return {
        "number": row["document_no"],
        "url": row["url"],
        "role": _role(row["role"], t),
        "title": _title(row, t),
        "summary": row[f"summary_{t.code}"],
        "conditions": row[f"conditions_{t.code}"],
        "remarks": t.semicolons([*_days(row, t), _part(row, t), row[f"notes_{t.code}"]]),
        "doubts": t.semicolons([row[f"doubts_{t.code}"], _confidence(row, t)]),
    }


def _confidence(row: dict[str, Any], t: Language) -> str:
    return "" if row["confidence"] == "high" else t._("check against the official text")


def _title(row: dict[str, str], t: Language) -> str:
    if row[f"title_{t.code}"]:
        return row[f"title_{t.code}"]
    return row["title_en"] + t.brackets(t._("the Chinese title was not verified"))


def _role(role: str, t: Language) -> str:
    return {
        "exporter": t._("for exporters"),
        "importer": t._("for importers"),
        BOTH: t._("for exporters and importers"),
    }[role]


def _part(row: dict[str, Any], t: Language) -> str:
    return t._("holds in the part that lies in a zone") if row["standing"] == IN_PART else ""


def _days(row: dict[str, Any], t: Language) -> list[str]:
    days = {
        t._("issued on %(day)s"): row["issued_on"],
        t._("in force from %(day)s"): row["in_force_on"],
        t._("until %(day)s"): row["ended_on"],
    }
    return [text % {"day": t.day(day)} for text, day in days.items() if day]
