"""What a figure shows, before it is drawn: zones in their roles, legend, successions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry.base import BaseGeometry

from pilotzones.atlas import Atlas
from pilotzones.figure.look import COLOUR, Fill, Look
from pilotzones.query.answer import Answer
from pilotzones.query.roles import Role, zone_roles

NO_FILL = "none"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """How zones in a role are drawn, on the map and in the legend.

    ``colour`` is the fill, ``#rrggbb`` or ``"none"``; ``absorbed`` means revoked, with a successor
    that is shown active.
    """

    role: Role
    colour: str
    absorbed: bool = False
    pattern: str = ""

    @property
    def hollow(self) -> bool:
        """Whether it is a dashed outline above the others."""
        return self.role.is_revoked

    @property
    def hatched(self) -> bool:
        """Whether it is hatched: no successor covers it, and it is a place, not a hole."""
        return self.role in {Role.REVOKED, Role.JUST_REVOKED} and not self.absorbed


@dataclass(frozen=True, kw_only=True)
class Mark(Sign):
    """One zone on the map."""

    zone_id: str


@dataclass(frozen=True, kw_only=True)
class Row(Sign):
    """One row of the legend: a sign, its meaning, the number of zones, which may be left out.

    ``shape`` is ``area``, ``ring`` (an outline that stands out) or ``circle``.
    """

    text: str
    count: int | None
    shape: Literal["area", "ring", "circle"] = "area"


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area that is no zone: a province, a place; projected, with what is written in it."""

    geometry: BaseGeometry
    fill: Fill
    text: str = ""
    ink: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """Name and text, as the note below the figure lists them."""
        return f"{self.name} {self.text}"


@dataclass(frozen=True, kw_only=True)
class Circle:
    """A circle around a projected point, its radius in points on a page of unit 1."""

    x: float
    y: float
    radius: float
    fill: Fill


@dataclass(frozen=True)
class Scene:
    """What a figure shows.

    ``marks`` has larger zones first, so that a zone inside another is drawn above it; ``heading``
    and ``rows`` are the legend; ``successions`` are pairs of a revoked zone and its successor.

    Other kinds than the map of zones have more: ``areas`` below the zones, ``circles`` above them,
    a ``ring`` around what the figure is about; ``focus``: what must be in sight, where it is not
    what the filters leave; ``named``: the zones that are named, where that does not follow from
    their roles; ``remarks`` below the legend. ``outlined``: zones are outlines, not filled.
    """

    marks: list[Mark]
    heading: str
    rows: list[Row]
    successions: list[tuple[str, str]]
    areas: list[Area] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    ring: BaseGeometry | None = None
    focus: list[BaseGeometry] = field(default_factory=list)
    named: list[str] | None = None
    remarks: list[str] = field(default_factory=list)
    outlined: bool = False


def make_scene(answer: Answer, look: Look = COLOUR) -> Scene:
    """Gather what a figure of one day, or of the change since an earlier day, shows."""
    marks = _marks(answer, look)
    rows = (_rows_of_two_days if answer.view.since else _rows_of_a_day)(answer, marks, look)
    return Scene(marks, _heading(answer, rows), rows, _successions(answer, marks))


def _batch_fills(atlas: Atlas, look: Look) -> dict[int, Fill]:
    """Give each batch a fill, the same in every figure of the same data."""
    batches = [stop.batch for stop in atlas.stops if stop.batch]
    return dict(zip(batches, look.batches(len(batches)), strict=True))


def _change_fills(look: Look) -> dict[Role, Fill]:
    theme = look.theme
    return {
        Role.GAINED: Fill(theme.gained),
        Role.LOST: Fill(theme.lost, look.pattern("xxxx")),
        Role.ACTIVE: Fill(theme.kept),
    }


def _newness_fills(look: Look) -> dict[Role, Fill]:
    return {Role.NEW: Fill(look.theme.accent), Role.ACTIVE: Fill(look.theme.earlier)}


def _marks(answer: Answer, look: Look) -> list[Mark]:
    compare = answer.view.since is not None
    roles = {str(zone): Role(role) for zone, role in zone_roles(answer, compare=compare).items()}
    histories = answer.atlas.register.histories
    absorbed = histories["successor_zone_id"].isin(answer.active.index[answer.active])
    batches, by_batch = histories["batch"], _batch_fills(answer.atlas, look)
    by_change, by_newness = _change_fills(look), _newness_fills(look)

    def fill(zone_id: str, role: Role) -> Fill:
        if compare:
            return by_change.get(role, Fill(NO_FILL))
        if role.is_revoked:
            return Fill(NO_FILL)
        if answer.view.colour == "new":
            return by_newness[role]
        return by_batch[int(batches[zone_id])]

    shown = [zone_id for zone_id, role in roles.items() if role != Role.HIDDEN]
    return [
        Mark(
            zone_id=zone_id,
            role=roles[zone_id],
            colour=fill(zone_id, roles[zone_id]).colour,
            pattern=fill(zone_id, roles[zone_id]).pattern,
            absorbed=roles[zone_id].is_revoked and bool(absorbed[zone_id]),
        )
        for zone_id in larger_first(answer.atlas, shown)
    ]


def larger_first(atlas: Atlas, zones: Iterable[str]) -> list[str]:
    """Sort zones so that one inside another comes after it."""
    area = atlas.boundaries.zones["area_km2"]
    return sorted(zones, key=lambda zone_id: (-area[zone_id], zone_id))


def _heading(answer: Answer, rows: list[Row]) -> str:
    t = answer.language
    if answer.view.since:
        return t._("Change")
    if all(row.hollow for row in rows):
        return t._("Revoked zones")
    if answer.view.colour == "new":
        return t._("Active zones")
    return t._("Active zones by batch")


def _rows_of_a_day(answer: Answer, marks: list[Mark], look: Look) -> list[Row]:
    t = answer.language
    by_newness = answer.view.colour == "new"
    rows = (_rows_by_newness if by_newness else _rows_by_batch)(answer, marks, look)
    return [*rows, *_revoked_row(marks, t._("Revoked"))]


def _rows_by_newness(answer: Answer, marks: list[Mark], look: Look) -> list[Row]:
    t, stop, fills = answer.language, answer.stop, _newness_fills(look)
    texts = {Role.ACTIVE: t._("Approved earlier")}
    if stop:
        day = t.day(stop.on, short=True)
        texts = {Role.NEW: t._("Approved on %(day)s") % {"day": day}, **texts}
    counts = Counter(mark.role for mark in marks)
    return [
        Row(role=role, colour=fills[role].colour, text=text, count=counts[role])
        for role, text in texts.items()
        if counts[role]
    ]


def _rows_by_batch(answer: Answer, marks: list[Mark], look: Look) -> list[Row]:
    t, fills = answer.language, _batch_fills(answer.atlas, look)
    batches = answer.atlas.register.histories["batch"]
    counts = Counter(int(batches[mark.zone_id]) for mark in marks if not mark.hollow)
    return [
        Row(
            role=Role.NEW if stop == answer.stop else Role.ACTIVE,
            colour=fills[stop.batch].colour,
            pattern=fills[stop.batch].pattern,
            text=t.dated_batch(stop.batch, stop.on),
            count=counts[stop.batch],
        )
        for stop in answer.atlas.stops
        if stop.batch and counts[stop.batch]
    ]


def _rows_of_two_days(answer: Answer, marks: list[Mark], look: Look) -> list[Row]:
    t, fills = answer.language, _change_fills(look)
    counts = Counter(mark.role for mark in marks)
    # what was gained and revoked again was gained as well: then this row says what it leaves out
    gained = t._("Gained, still active") if counts[Role.PASSED] else t._("Gained")
    texts = {
        Role.GAINED: gained,
        Role.LOST: t._("Revoked in between"),
        Role.PASSED: t._("Approved and revoked in between"),
        Role.ACTIVE: t._("Active on both days"),
    }
    # a zero says that no zone was gained or lost, but not beside a row of zones that were
    always = {Role.GAINED} if counts[Role.PASSED] else {Role.GAINED, Role.LOST}
    rows = [
        Row(role=role, colour=fill.colour, pattern=fill.pattern, text=text, count=counts[role])
        for role, text in texts.items()
        if (fill := fills.get(role, Fill(NO_FILL))) and (counts[role] or role in always)
    ]
    return [*rows, *_revoked_row(marks, t._("Revoked earlier"))]


def _revoked_row(marks: list[Mark], text: str) -> list[Row]:
    revoked = [mark for mark in marks if mark.role in {Role.REVOKED, Role.JUST_REVOKED}]
    # hatched as soon as one of them is
    absorbed = not any(mark.hatched for mark in revoked)
    row = Row(role=Role.REVOKED, colour=NO_FILL, absorbed=absorbed, text=text, count=len(revoked))
    return [row] if revoked else []


def _successions(answer: Answer, marks: list[Mark]) -> list[tuple[str, str]]:
    shown = {mark.zone_id for mark in marks}
    successors = answer.atlas.register.histories["successor_zone_id"]
    # of zones revoked earlier the dashed outline says enough
    ended = sorted(mark.zone_id for mark in marks if mark.role.is_ended)
    return [(zone, successors[zone]) for zone in ended if successors[zone] in shown]
