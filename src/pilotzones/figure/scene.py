"""What a figure shows, before it is drawn: zones in their roles, legend, successions."""

from collections import Counter
from dataclasses import dataclass

from pilotzones.atlas import Atlas
from pilotzones.palette import LIGHT, batch_colours
from pilotzones.query.answer import Answer
from pilotzones.query.roles import Role, zone_roles

NO_FILL = "none"

_CHANGE_COLOURS = {Role.GAINED: LIGHT.gained, Role.LOST: LIGHT.lost, Role.ACTIVE: LIGHT.kept}
_NEWNESS_COLOURS = {Role.NEW: LIGHT.accent, Role.ACTIVE: LIGHT.earlier}
# those whose successor is on the map as well, as an arrow or in words
_ENDED = frozenset({Role.JUST_REVOKED, Role.LOST, Role.PASSED})


@dataclass(frozen=True, kw_only=True)
class Sign:
    """How zones in a role are drawn, on the map and in the legend.

    ``colour`` is the fill, ``#rrggbb`` or ``"none"``; ``absorbed`` means revoked, with a successor
    that is shown active.
    """

    role: Role
    colour: str
    absorbed: bool = False

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
    """One row of the legend: a sign, its meaning, the number of zones."""

    text: str
    count: int


@dataclass(frozen=True)
class Scene:
    """What a figure shows.

    ``marks`` has larger zones first, so that a zone inside another is drawn above it; ``heading``
    and ``rows`` are the legend; ``successions`` are pairs of a revoked zone and its successor.
    """

    marks: list[Mark]
    heading: str
    rows: list[Row]
    successions: list[tuple[str, str]]


def make_scene(answer: Answer) -> Scene:
    """Gather what a figure of one day, or of the change since an earlier day, shows."""
    marks = _marks(answer)
    rows = _rows_of_two_days(answer, marks) if answer.view.since else _rows_of_a_day(answer, marks)
    return Scene(marks, _heading(answer, rows), rows, _successions(answer, marks))


def batch_colour(atlas: Atlas) -> dict[int, str]:
    """Return the colour of each batch, the same in every figure of the same data."""
    batches = [stop.batch for stop in atlas.stops if stop.batch]
    return dict(zip(batches, batch_colours(len(batches)), strict=True))


def _marks(answer: Answer) -> list[Mark]:
    compare = answer.view.since is not None
    roles = {str(zone): Role(role) for zone, role in zone_roles(answer, compare=compare).items()}
    histories, area = answer.atlas.register.histories, answer.atlas.boundaries.zones["area_km2"]
    absorbed = histories["successor_zone_id"].isin(answer.active.index[answer.active])
    batches, by_batch = histories["batch"], batch_colour(answer.atlas)

    def colour(zone_id: str, role: Role) -> str:
        if compare:
            return _CHANGE_COLOURS.get(role, NO_FILL)
        if role.is_revoked:
            return NO_FILL
        if answer.view.colour == "new":
            return _NEWNESS_COLOURS[role]
        return by_batch[int(batches[zone_id])]

    shown = [zone_id for zone_id, role in roles.items() if role != Role.HIDDEN]
    return [
        Mark(
            zone_id=zone_id,
            role=roles[zone_id],
            colour=colour(zone_id, roles[zone_id]),
            absorbed=roles[zone_id].is_revoked and bool(absorbed[zone_id]),
        )
        for zone_id in sorted(shown, key=lambda zone_id: (-area[zone_id], zone_id))
    ]


def _heading(answer: Answer, rows: list[Row]) -> str:
    t = answer.language
    if answer.view.since:
        return t._("Change")
    if all(row.hollow for row in rows):
        return t._("Revoked zones")
    if answer.view.colour == "new":
        return t._("Active zones")
    return t._("Active zones by batch")


def _rows_of_a_day(answer: Answer, marks: list[Mark]) -> list[Row]:
    t = answer.language
    rows = (_rows_by_newness if answer.view.colour == "new" else _rows_by_batch)(answer, marks)
    return [*rows, *_revoked_row(marks, t._("Revoked"))]


def _rows_by_newness(answer: Answer, marks: list[Mark]) -> list[Row]:
    t, stop = answer.language, answer.stop
    texts = {Role.ACTIVE: t._("Approved earlier")}
    if stop:
        day = t.day(stop.on, short=True)
        texts = {Role.NEW: t._("Approved on %(day)s") % {"day": day}, **texts}
    counts = Counter(mark.role for mark in marks)
    return [
        Row(role=role, colour=_NEWNESS_COLOURS[role], text=text, count=counts[role])
        for role, text in texts.items()
        if counts[role]
    ]


def _rows_by_batch(answer: Answer, marks: list[Mark]) -> list[Row]:
    t, colours = answer.language, batch_colour(answer.atlas)
    batches = answer.atlas.register.histories["batch"]
    counts = Counter(int(batches[mark.zone_id]) for mark in marks if not mark.hollow)
    return [
        Row(
            role=Role.NEW if stop == answer.stop else Role.ACTIVE,
            colour=colours[stop.batch],
            text=t.dated_batch(stop.batch, stop.on),
            count=counts[stop.batch],
        )
        for stop in answer.atlas.stops
        if stop.batch and counts[stop.batch]
    ]


def _rows_of_two_days(answer: Answer, marks: list[Mark]) -> list[Row]:
    t = answer.language
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
        Row(role=role, colour=_CHANGE_COLOURS.get(role, NO_FILL), text=text, count=counts[role])
        for role, text in texts.items()
        if counts[role] or role in always
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
    ended = sorted(mark.zone_id for mark in marks if mark.role in _ENDED)
    return [(zone, successors[zone]) for zone in ended if successors[zone] in shown]
