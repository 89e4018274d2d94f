"""What a figure shows, before anything is drawn: the part each zone plays, the legend, the ties."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import ACTIVE, GAINED, LOST, REVOKED, changes
from pilotzones.palette import LIGHT, batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.view import View

Part = Literal["active", "new", "revoked", "absorbed", "gained", "lost", "passed", "kept"]

# drawn as an outline over the others
HOLLOW: frozenset[Part] = frozenset({"revoked", "absorbed", "lost", "passed"})

_CHANGED: frozenset[Part] = frozenset({"new", "gained", "lost", "passed"})


@dataclass(frozen=True)
class Mark:
    """One zone of a figure.

    Parameters
    ----------
    zone_id
        Identifier.
    part
        ``active``; ``new``: approved by the latest document; ``revoked``; ``absorbed``: revoked,
        and its successor is shown; of two days ``gained``, ``lost``, ``passed`` (gained and lost
        between them), ``kept``.
    colour
        Colour of its fill, ``#rrggbb``.
    """

    zone_id: str
    part: Part
    colour: str

    @property
    def hollow(self) -> bool:
        """Whether it is drawn as an outline over the others."""
        return self.part in HOLLOW

    @property
    def changed(self) -> bool:
        """Whether it became or ceased to be a zone lately."""
        return self.part in _CHANGED


@dataclass(frozen=True)
class Row:
    """A row of the legend: how a part looks, what it means, how many zones play it."""

    part: Part
    colour: str
    text: str
    count: int


@dataclass(frozen=True)
class Scene:
    """What a figure shows.

    Parameters
    ----------
    marks
        The zones, the larger first, so that a zone inside another comes after it.
    heading
        Heading of the legend.
    rows
        Its rows.
    ties
        Pairs of a revoked zone and its successor.
    """

    marks: list[Mark]
    heading: str
    rows: list[Row]
    ties: list[tuple[str, str]]


def make_scene(answer: Answer) -> Scene:
    """Tell what a figure shows.

    Parameters
    ----------
    answer
        The day or the two days, the filters, the language.

    Returns
    -------
    Scene
        Zones, legend, ties.
    """
    marks = _marks_of_two_days(answer) if answer.view.since else _marks_of_a_day(answer)
    area = answer.atlas.boundaries.zones["area_km2"]
    marks.sort(key=lambda mark: (-area[mark.zone_id], mark.zone_id))
    rows = (
        _rows_of_two_days(answer.view, marks)
        if answer.view.since
        else _rows_of_a_day(answer, marks)
    )
    return Scene(marks, _heading(answer.view, rows), rows, _ties(answer, marks))


def batch_colour(atlas: Atlas) -> dict[int, str]:
    """Give every batch its colour, the same in every figure of the same data."""
    batches = [stop.batch for stop in atlas.stops if stop.batch]
    return dict(zip(batches, batch_colours(len(batches)), strict=True))


def _heading(view: View, rows: list[Row]) -> str:
    if view.since:
        return view.language._("Change")
    if all(row.part in HOLLOW for row in rows):
        return view.language._("Revoked zones")
    return view.language._("Active zones by batch")


def _marks_of_a_day(answer: Answer) -> list[Mark]:
    shown = answer.zones
    stop = answer.stop
    latest = set(stop.approved) if stop else set()
    active = set(shown.index[shown["status"] == ACTIVE])
    colours = batch_colour(answer.atlas)
    marks = []
    for zone_id, zone in shown.iterrows():
        part: Part
        if zone["status"] == REVOKED:
            part = "absorbed" if zone["successor_zone_id"] in active else "revoked"
        else:
            part = "new" if zone_id in latest else "active"
        marks.append(Mark(str(zone_id), part, colours[int(zone["batch"])]))
    return marks


def _marks_of_two_days(answer: Answer) -> list[Mark]:
    assert answer.view.since is not None  # noqa: S101 - only called when it is set
    status = answer.status
    keep = answer.passing
    change = changes(answer.atlas.register, answer.view.since, answer.view.on)["change"]
    successors = answer.atlas.register.histories["successor_zone_id"]
    active = set(status.index[keep & (status == ACTIVE)])
    marks = []
    part: Part
    for zone_id in status.index[keep]:
        kind = change.get(zone_id)
        if kind is None and status[zone_id] == ACTIVE:
            marks.append(Mark(str(zone_id), "kept", LIGHT.kept))
        elif kind is None and status[zone_id] == REVOKED:
            part = "absorbed" if successors[zone_id] in active else "revoked"
            marks.append(Mark(str(zone_id), part, "none"))
        elif kind is not None:
            part = {GAINED: "gained", LOST: "lost"}.get(kind, "passed")  # type: ignore[assignment]
            marks.append(Mark(str(zone_id), part, _change_colour(part)))
    return marks


def _change_colour(part: Part) -> str:
    return {"gained": LIGHT.gained, "lost": LIGHT.lost, "kept": LIGHT.kept}.get(part, "none")


def _rows_of_a_day(answer: Answer, marks: list[Mark]) -> list[Row]:
    histories = answer.atlas.register.histories
    stop = answer.stop
    colours = batch_colour(answer.atlas)
    batches = pd.Series([histories.loc[m.zone_id, "batch"] for m in marks if not m.hollow])
    rows = []
    for document in answer.atlas.stops:
        count = int((batches == document.batch).sum()) if document.batch else 0
        if document.batch and count:
            day = answer.language.day(document.on, short=True)
            text = answer.language._("Batch %(n)s, %(day)s") % {"n": document.batch, "day": day}
            part: Part = "new" if document == stop else "active"
            rows.append(Row(part, colours[document.batch], text, count))
    return [*rows, *_revoked_row(marks, answer.language._("Revoked"))]


def _rows_of_two_days(view: View, marks: list[Mark]) -> list[Row]:
    texts: dict[Part, str] = {
        "gained": view.language._("Gained"),
        "lost": view.language._("Revoked in between"),
        "passed": view.language._("Approved and revoked in between"),
        "kept": view.language._("Active on both days"),
    }
    counts = {part: sum(mark.part == part for mark in marks) for part in texts}
    rows = [
        Row(part, _change_colour(part), text, counts[part])
        for part, text in texts.items()
        # a zero tells that nothing was revoked, but not beside a row of what was
        if counts[part] or part == "gained" or (part == "lost" and not counts["passed"])
    ]
    return [*rows, *_revoked_row(marks, view.language._("Revoked before"))]


def _revoked_row(marks: list[Mark], text: str) -> list[Row]:
    parts = [mark.part for mark in marks if mark.part in {"revoked", "absorbed"}]
    # hatched as soon as one of them is
    return [Row(max(parts), "none", text, len(parts))] if parts else []


def _ties(answer: Answer, marks: list[Mark]) -> list[tuple[str, str]]:
    shown = {mark.zone_id for mark in marks}
    successors = answer.atlas.register.histories["successor_zone_id"]
    ending = {"lost", "passed"} if answer.view.since else {"revoked", "absorbed"}
    pairs = [(m.zone_id, successors[m.zone_id]) for m in marks if m.part in ending]
    # of a single day the dashed outline says enough, unless this day's document revoked them
    stop = answer.stop
    fresh = shown if answer.view.since or stop is None else set(stop.revoked)
    return [(zone, to) for zone, to in sorted(pairs) if to in shown and zone in fresh]
