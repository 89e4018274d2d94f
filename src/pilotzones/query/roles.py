"""What the map shows, as short as it can be said: one letter for each zone.

A map in a browser knows every zone already. All that a change of the day or of a filter has to
tell it is the role that each zone plays; the letters stand in the order of the register.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from pilotzones.atlas import Atlas
from pilotzones.atlas.timeline import (
    ACTIVE,
    GAINED,
    LOST,
    PASSED,
    REVOKED,
    changes,
    state_on,
    stop_on,
)
from pilotzones.query.view import View
from pilotzones.query.zones import passes

HIDDEN = "."
SHOWN_ACTIVE = "a"
NEWLY_ACTIVE = "n"
SHOWN_REVOKED = "r"
NEWLY_REVOKED = "x"
GAINED_LETTER = "g"
LOST_LETTER = "l"
PASSED_LETTER = "p"
_CHANGE_LETTERS = {GAINED: GAINED_LETTER, LOST: LOST_LETTER, PASSED: PASSED_LETTER}
ACTIVE_LETTERS = (SHOWN_ACTIVE, NEWLY_ACTIVE, GAINED_LETTER)


@dataclass(frozen=True)
class Frame:
    """What a map shows from the day of one stop on.

    Parameters
    ----------
    on
        The day of the stop.
    roles
        One letter for each zone of the register: ``a`` active, ``n`` made active by this stop,
        ``r`` revoked, ``x`` revoked by this stop, ``.`` not shown; on a comparison also ``g``
        gained, ``l`` lost, ``p`` approved and revoked in between.
    provinces
        Number of provincial divisions with an active zone among those shown.
    """

    on: date
    roles: str
    provinces: int

    @property
    def active(self) -> int:
        """Number of active zones shown."""
        return sum(map(self.roles.count, ACTIVE_LETTERS))

    @property
    def approved(self) -> int:
        """Number of zones shown that the stop approved, or that were gained since the other day."""
        return sum(map(self.roles.count, (NEWLY_ACTIVE, GAINED_LETTER, PASSED_LETTER)))

    @property
    def revoked(self) -> int:
        """Number of zones shown that the stop revoked, or that were lost since the other day."""
        return sum(map(self.roles.count, (NEWLY_REVOKED, LOST_LETTER, PASSED_LETTER)))


def frames(atlas: Atlas, view: View, *, compare: bool = False) -> list[Frame]:
    """Tell what a map shows at every stop under the filters of a View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The filters; its day does not matter.
    compare
        Whether to tell the change since the earlier day of the View; where it has none, since the
        eve of each stop.

    Returns
    -------
    list of Frame
        One for each stop of the timeline.
    """
    anywhen = replace(view.filters_on_the_day(), on=date.min)
    if compare:
        # two days, also where the earlier one is not said, have no filter by status
        anywhen = replace(anywhen, since=view.since, statuses=())
    return _frames(atlas, anywhen, compare=compare)


@lru_cache(maxsize=256)
def _frames(atlas: Atlas, view: View, *, compare: bool) -> list[Frame]:
    return [_frame(atlas, view, stop.on, compare=compare) for stop in atlas.stops]


def events_in_view(atlas: Atlas, view: View) -> list[list[int]] | None:
    """Count what the document of every stop did, as far as it passes the filters of a View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The filters; its days do not matter.

    Returns
    -------
    list of list of int, or None
        Approved, revoked, active afterwards, for each stop; ``None`` without filters, for then
        `words.browser_words` says it.
    """
    if not view.filtered:
        return None
    return [[frame.approved, frame.revoked, frame.active] for frame in frames(atlas, view)]


def frame_on(atlas: Atlas, view: View) -> Frame:
    """Tell what a map shows on the day of a View.

    Parameters
    ----------
    atlas
        The facts.
    view
        The day and the filters.

    Returns
    -------
    Frame
        That of the latest stop not after the day, or of the first stop.
    """
    stop = stop_on(atlas.stops, view.on) or atlas.stops[0]
    return next(frame for frame in frames(atlas, view) if frame.on == stop.on)


def _frame(atlas: Atlas, view: View, day: date, *, compare: bool) -> Frame:
    stop = stop_on(atlas.stops, day)
    assert stop is not None  # noqa: S101 - frames are made of stops
    status = state_on(atlas.register, day)["status"]
    shown = status.where(passes(atlas, view, status))
    letters = shown.map({ACTIVE: SHOWN_ACTIVE, REVOKED: SHOWN_REVOKED}).fillna(HIDDEN)
    if compare:
        since = view.since or day - timedelta(days=1)
        changed = changes(atlas.register, min(since, day), day)["change"]
        for change, letter in _CHANGE_LETTERS.items():
            of_kind = letters.index.isin(changed.index[changed == change])
            letters[of_kind & (letters != HIDDEN)] = letter
    else:
        new = letters.index.isin([*stop.approved, *stop.revoked])
        letters[new] = letters[new].replace(
            {SHOWN_ACTIVE: NEWLY_ACTIVE, SHOWN_REVOKED: NEWLY_REVOKED}
        )
    provinces = atlas.register.zones.loc[shown == ACTIVE, "province_adcode"].nunique()
    return Frame(day, "".join(letters), provinces)
