"""What is true on a day, what changed between two days, and where the timeline stops."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from pilotzones.atlas.register import APPROVE, Register
from pilotzones.errors import NotAnAtlasError, Problem, refuse
from pilotzones.text import excerpt

ACTIVE = "active"
REVOKED = "revoked"
PENDING = "pending"

GAINED = "gained"
LOST = "lost"
PASSED = "gained and lost"

# by the number of events of a zone so far
_STATUSES = np.array([PENDING, ACTIVE, REVOKED], dtype=object)
_OF_APPROVAL = ["approved_on", "approved_by", "batch"]
_OF_REVOCATION = ["revoked_on", "revoked_by", "successor_zone_id"]


@dataclass(frozen=True)
class Stop:
    """A day on which a document changed the set of active zones.

    Parameters
    ----------
    on
        Day on which the document was published.
    document_no
        Number of the document, such as 国函〔2025〕40号.
    batch
        Ordinal of the batch, ``None`` for a document that approves nothing.
    approved
        Identifiers of the zones that it approved, in the order of the events.
    revoked
        Identifiers of the zones that it revoked, in the order of the events.
    active_after
        Number of zones active from that day on.
    """

    on: date
    document_no: str
    batch: int | None
    approved: tuple[str, ...]
    revoked: tuple[str, ...]
    active_after: int


class Facts(Protocol):
    """What has a register: an `Atlas`."""

    @property
    def register(self) -> Register:
        """The facts about the zones."""
        ...


def state_on(register: Register | Facts, day: date) -> pd.DataFrame:
    """Return the status of every zone on a day, and its history up to that day.

    Parameters
    ----------
    register
        The facts: a `Register`, or the `Atlas` that has it.
    day
        Any day; an event counts from the day its document was published on, not from that of the
        signature.

    Returns
    -------
    pandas.DataFrame
        Index ``zone_id``, all zones in the order of the register; columns ``status``
        (``"active"``, ``"revoked"``, or ``"pending"`` for a zone that is not approved yet) and
        those of `Register.histories`, missing where the event lies after the day.

    Raises
    ------
    InvalidValueError
        If `day` is not a ``datetime.date``; the message has the day as one where it can.
    """
    refuse([day_problem("day", day)])
    facts = _register(register)
    approved, revoked = _happened(facts, day)
    known = dict.fromkeys(_OF_APPROVAL, approved) | dict.fromkeys(_OF_REVOCATION, revoked)
    history = {name: facts.histories[name].where(mask) for name, mask in known.items()}
    return pd.DataFrame({"status": status_on(facts, day), **history})


def status_on(register: Register, day: date) -> pd.Series:
    """Return the status of every zone on a day, the first column of `state_on`."""
    approved, revoked = _happened(register, day)
    # the sum of the events of a zone
    status = _STATUSES[approved.astype(int) + revoked]
    return pd.Series(status, index=register.zones.index, dtype="str", name="status")


def _happened(register: Register, day: date) -> tuple[npt.NDArray[np.bool_], ...]:
    histories, moment = register.histories, pd.Timestamp(day)
    days = (histories["approved_on"], histories["revoked_on"])
    return tuple((column <= moment).to_numpy() for column in days)


def changes(register: Register | Facts, since: date, on: date) -> pd.DataFrame:
    """Return what changed after one day, up to and including another.

    Parameters
    ----------
    register
        The facts: a `Register`, or the `Atlas` that has it.
    since
        The earlier day.
    on
        The later day; on the same day nothing has changed.

    Returns
    -------
    pandas.DataFrame
        Index ``zone_id``, only zones whose status differs, in the order of the register; columns
        ``change`` (``"gained"``, ``"lost"``, ``"gained and lost"``), ``from_status``,
        ``to_status`` and those of `Register.histories`, missing where the event lies after `on`.

    Raises
    ------
    InvalidValueError
        If a day is not a ``datetime.date``, or `since` is after `on`.
    """
    refuse(days_problems(since, on))
    facts = _register(register)
    before, table = status_on(facts, since), state_on(facts, on)
    after = table.pop("status")
    table.insert(0, "from_status", before)
    table.insert(1, "to_status", after)
    table = table[before != after]
    kinds = {(PENDING, ACTIVE): GAINED, (ACTIVE, REVOKED): LOST, (PENDING, REVOKED): PASSED}
    pairs = zip(table["from_status"], table["to_status"], strict=True)
    table.insert(0, "change", [kinds[pair] for pair in pairs])
    return table


def days_problems(since: date | None, on: date) -> list[Problem]:
    """Return what is wrong with two days; the earlier one may be missing."""
    days = {"on": on} if since is None else {"on": on, "since": since}
    problems = [problem for name, day in days.items() if (problem := day_problem(name, day))]
    if not problems and since is not None and since > on:
        problems = [Problem("since", str(since), "after the other day", instead=str(on))]
    return problems


def day_problem(parameter: str, day: object) -> Problem | None:
    """Return what is wrong with a day, which may not be a text or a moment."""
    if isinstance(day, date) and not isinstance(day, datetime):
        return None
    try:
        remedy = repr(date.fromisoformat(str(day)[: len("2025-04-25")]))
    except ValueError:
        remedy = "a datetime.date"
    return Problem(parameter, excerpt(str(day)), "not a date", allowed=remedy)


def _register(facts: Register | Facts) -> Register:
    found = facts if isinstance(facts, Register) else getattr(facts, "register", None)
    if not isinstance(found, Register):
        raise NotAnAtlasError(facts)
    return found


def stops(register: Register | Facts) -> list[Stop]:
    """Return the stops of the timeline: what each document did, and how many zones it left active.

    Parameters
    ----------
    register
        The facts: a `Register`, or the `Atlas` that has it.

    Returns
    -------
    list of Stop
        One a document, in the order of publication.
    """
    register = _register(register)
    found = []
    active = 0
    for document_no, document in register.documents.iterrows():
        events = register.events[register.events["document_no"] == document_no]
        approves = events["action"] == APPROVE
        approved = tuple(events.loc[approves, "zone_id"])
        revoked = tuple(events.loc[~approves, "zone_id"])
        active += len(approved) - len(revoked)
        batch = None if pd.isna(document["batch"]) else int(document["batch"])
        found.append(
            Stop(
                document["published_on"].date(), str(document_no), batch, approved, revoked, active
            )
        )
    return found


def stop_on(all_stops: list[Stop], day: date) -> Stop | None:
    """Return the latest stop that is not after a day, ``None`` before the first."""
    return next((stop for stop in reversed(all_stops) if stop.on <= day), None)
