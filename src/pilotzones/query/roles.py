"""The role that each zone plays on a map: one letter a zone.

A browser has every zone already. All that it needs for another day or filter is the role of each
zone, as letters in the order of the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

from pilotzones.atlas.timeline import ACTIVE, GAINED, LOST, PASSED, REVOKED, changes
from pilotzones.query.answer import Answer


class Role(StrEnum):
    """The role of a zone on a map; the value is the letter that the browser knows it by.

    On a map of one day a zone is ``ACTIVE`` or ``NEW`` (approved by the document in force),
    ``REVOKED`` or ``JUST_REVOKED`` (revoked by that document). On a map of two days a zone is
    ``GAINED``, ``LOST`` or ``PASSED`` (approved and revoked in between); ``ACTIVE`` and ``REVOKED``
    then mean that it was so on both days. ``HIDDEN``: not yet approved, or filtered out.
    """

    HIDDEN = "."
    ACTIVE = "a"
    NEW = "n"
    REVOKED = "r"
    JUST_REVOKED = "x"
    GAINED = "g"
    LOST = "l"
    PASSED = "p"

    @property
    def is_active(self) -> bool:
        """Whether a zone in this role is active on the day."""
        return self in _ACTIVE

    @property
    def is_revoked(self) -> bool:
        """Whether a zone in this role is revoked by the day."""
        return self in _REVOKED

    @property
    def is_changed(self) -> bool:
        """Whether the document in force, or one between the two days, changed the zone."""
        return self in _CHANGED

    @property
    def is_ended(self) -> bool:
        """Whether the document in force, or one between the two days, revoked the zone."""
        return self in _ENDED

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of the zone's path on the map, the contract of docs/map.md."""
        return _CLASSES[self]


_ACTIVE = frozenset({Role.ACTIVE, Role.NEW, Role.GAINED})
_REVOKED = frozenset({Role.REVOKED, Role.JUST_REVOKED, Role.LOST, Role.PASSED})
_CHANGED = frozenset({Role.NEW, Role.JUST_REVOKED, Role.GAINED, Role.LOST, Role.PASSED})
_APPROVED = frozenset({Role.NEW, Role.GAINED, Role.PASSED})
_ENDED = frozenset({Role.JUST_REVOKED, Role.LOST, Role.PASSED})
_CLASSES = {
    Role.HIDDEN: ("is-hidden",),
    Role.ACTIVE: ("is-active",),
    Role.NEW: ("is-active", "is-new"),
    Role.REVOKED: ("is-revoked",),
    Role.JUST_REVOKED: ("is-revoked", "is-new"),
    Role.GAINED: ("is-active", "is-gained"),
    Role.LOST: ("is-revoked", "is-lost"),
    Role.PASSED: ("is-revoked", "is-lost"),
}


def zone_roles(answer: Answer, *, compare: bool = False) -> pd.Series:
    """Return the `Role` of every zone on the day of a View, in the order of the register.

    With `compare` it shows the change since `Answer.since`.
    """
    shown = answer.status.where(answer.passing)
    roles = shown.map({ACTIVE: Role.ACTIVE, REVOKED: Role.REVOKED}).fillna(Role.HIDDEN)
    visible = roles != Role.HIDDEN
    if compare:
        kinds = changes(answer.atlas.register, answer.since, answer.view.on)["change"]
        changed = {GAINED: Role.GAINED, LOST: Role.LOST, PASSED: Role.PASSED}
        roles.update(kinds.map(changed)[visible.loc[kinds.index]])
    elif answer.stop:
        of_the_stop = roles.index.isin([*answer.stop.approved, *answer.stop.revoked])
        new = {Role.ACTIVE: Role.NEW, Role.REVOKED: Role.JUST_REVOKED}
        roles[of_the_stop & visible] = roles[of_the_stop & visible].map(new)
    return roles


@dataclass(frozen=True)
class Frame:
    """The map from the day of one stop on.

    Parameters
    ----------
    on
        The day of the stop.
    roles
        The letters of the `Role` of each zone, in the order of the register.
    provinces
        Number of provincial divisions with an active zone among those shown.
    """

    on: date
    roles: str
    provinces: int

    @property
    def active(self) -> int:
        """Number of active zones shown."""
        return self._count(_ACTIVE)

    @property
    def gone(self) -> int:
        """Number of zones shown that are revoked by the day."""
        return self._count(_REVOKED)

    @property
    def approved(self) -> int:
        """Number of zones shown that the stop approved, or that were gained since the other day."""
        return self._count(_APPROVED)

    @property
    def revoked(self) -> int:
        """Number of zones shown that the stop revoked, or that were lost since the other day."""
        return self._count(_ENDED)

    def _count(self, roles: Iterable[Role]) -> int:
        return sum(map(self.roles.count, roles))


def frames(answer: Answer, *, compare: bool = False) -> list[Frame]:
    """Return what a map shows at every stop, under the filters of a View; its day does not matter.

    With `compare` it shows the change since the earlier day of the View; where it has none, since
    the eve of each stop.
    """
    view = answer.view.filters_on_the_day()
    if compare:
        # two days, also where the earlier one is not given, have no filter by status
        view = view.without("statuses").compare(answer.view.since)
    # one question for all days, so that its answer is found again
    return _frames(answer.ask(replace(view, on=date.max)), compare=compare)


@lru_cache(maxsize=256)
def _frames(answer: Answer, *, compare: bool) -> list[Frame]:
    return [_frame(answer, stop.on, compare=compare) for stop in answer.atlas.stops]


def _frame(filters: Answer, day: date, *, compare: bool) -> Frame:
    # a stop before the earlier day shows no change
    since = filters.view.since and min(filters.view.since, day)
    answer = filters.ask(replace(filters.view, on=day, since=since))
    roles = "".join(zone_roles(answer, compare=compare))
    provinces = answer.atlas.register.zones.loc[answer.active, "province_adcode"]
    return Frame(answer.view.on, roles, provinces.nunique())


def frame_on(answer: Answer) -> Frame:
    """Return the frame of the latest stop not after the day of a View, or of the first stop."""
    stop = answer.stop or answer.atlas.stops[0]
    return next(frame for frame in frames(answer) if frame.on == stop.on)


def frame_between(answer: Answer) -> Frame:
    """Return the frame of a comparison: what changed from the earlier day of a View to its day."""
    return _frame(answer, answer.view.on, compare=True)


def frame_of(answer: Answer) -> Frame:
    """Return the frame that a View shows: of its day, or between its two days."""
    return frame_between(answer) if answer.view.since else frame_on(answer)


def events_in_view(answer: Answer) -> list[list[int]] | None:
    """Count what the document of every stop did, as far as it passes the filters of a View.

    Approved, revoked, active afterwards, for each stop; ``None`` without filters, when
    `words.browser_words` has it.
    """
    if not answer.view.filtered:
        return None
    return [[frame.approved, frame.revoked, frame.active] for frame in frames(answer)]


def kept_by_stop(answer: Answer) -> list[list[int]]:
    """Count, at every stop, the active zones among those that each stop approved.

    Under the filters of a View; a row for each stop in force, a column for each that approved.
    """
    order = answer.atlas.register.zones.index
    approved = [order.isin(stop.approved) for stop in answer.atlas.stops]
    rows = []
    for frame in frames(answer):
        active = np.array([Role(letter).is_active for letter in frame.roles])
        rows.append([int((active & own).sum()) for own in approved])
    return rows
